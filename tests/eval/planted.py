"""Faults planted into the real program, to show that the gate sees them.

Each wraps or replaces one part: a stage of indexing, the snapshot, the reader, or what is shown. The rest is what users
run. `scripts/planted.py` writes the table of docs/evaluation.md from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from assistant.domain import (
    Answer,
    Article,
    Attribution,
    Block,
    BlockKind,
    Delta,
    Document,
    Filter,
    Hit,
    Passage,
    Provenance,
    Span,
)
from assistant.index.fingerprint import made_with
from assistant.index.location import locate
from assistant.index.onnx_embedder import OnnxEmbedder
from assistant.index.snapshot import IndexSnapshot, open_snapshot
from assistant.index.stages import CountTokens, Stages
from assistant.index.sync import sync
from assistant.pipeline import stages
from assistant.protocols import Ranked, Reader, Snapshot, Speaker
from assistant.reading.extractive import ExtractiveReader
from assistant.reading.llm.prompts import Prompt, load, parse, shipped
from assistant.reading.llm.reader import LanguageModelReader
from assistant.reading.llm.seam import Message, Piece
from assistant.settings import Settings
from assistant.verify import Files
from assistant.wiring import Parts
from eval import provenance
from eval.asking import asker
from eval.baseline import Baseline, Kept, of_run
from eval.command import GOLD
from eval.gate import Comparison, compare
from eval.gold import Question, choose
from eval.gold import load as load_gold
from eval.run import Ask, Run, ask_all, score_all
from eval.scoring import Scorer

if TYPE_CHECKING:
    from assistant.protocols import Vectors


class RememberingEmbedder:
    """Embeds each text once: a dozen runs ask the same questions over nearly the same passages."""

    def __init__(self, embedder: OnnxEmbedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As the embedder that it asks."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        dimension = self._embedder.dimension
        return np.asarray([self._known[text] for text in texts], dtype=np.float32).reshape(-1, dimension)


class Wrapped:
    """A snapshot of which a subclass replaces a part."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.inner = snapshot

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


class WithoutLexical(Wrapped):
    def bm25(self, query: str, k: int, where: Filter | None = None) -> list[Ranked]:  # noqa: ARG002 the seam
        return []


class ShuffledVectors(Wrapped):
    """Every passage has the vector of the one half the corpus further on."""

    def _moved(self, ids: Iterable[str]) -> dict[str, str]:
        everything = [p.id for d in self.inner.documents() for p in self.inner.passages_of(d.path)]
        other = dict(zip(everything, everything[len(everything) // 2 :] + everything, strict=False))
        return {one: other[one] for one in ids}

    def nearest(self, vector: Vectors, k: int, where: Filter | None = None) -> list[Ranked]:
        found = self.inner.nearest(vector, k, where)
        moved = self._moved([one.id for one in found])
        return [Ranked(moved[one.id], one.score) for one in found]

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        moved = self._moved(ids)
        scores = self.inner.cosines(vector, list(moved.values()))
        return {one: scores[moved[one]] for one in ids}


class WithoutSpeakers(Wrapped):
    def attributions(
        self, *, speaker: str | None = None, document: str | None = None, where: Filter | None = None
    ) -> tuple[Attribution, ...]:
        found = self.inner.attributions(document=document, where=where)
        return () if speaker else tuple(replace(one, speaker=None, speaker_role=None) for one in found)

    def speakers(self) -> tuple[Speaker, ...]:
        return ()


class Rewriting:
    """A reader whose finished answers are changed."""

    def __init__(self, reader: Reader, change: Callable[[Answer], Answer]) -> None:
        self._reader = reader
        self._change = change
        self.name = reader.name

    def read(self, *arguments: Any, **named: Any) -> Iterator[Delta | Answer]:
        for piece in self._reader.read(*arguments, **named):
            yield self._change(piece) if isinstance(piece, Answer) else piece


def invent_a_number(answer: Answer) -> Answer:
    """Every number of the answer one higher."""

    def higher(text: str) -> str:
        return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), text)

    return replace(answer, statements=tuple(replace(one, text=higher(one.text)) for one in answer.statements))


def shift_citations(answer: Answer) -> Answer:
    """Every citation a character too far."""
    shifted = tuple(replace(one, start=one.start + 1, end=one.end + 1) for one in answer.citations)
    return replace(answer, citations=shifted)


class ObedientModel:
    """A language model that says what the quoting reader would say, and cites only if its prompt asks for it."""

    name = "double:obedient"
    window = None
    metered = False

    def __init__(self) -> None:
        self.statements: tuple[str, ...] = ()

    def prepare(self) -> None:
        """There is nothing to load."""

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """The statements, each behind it the number of the first passage that holds it."""
        passages = re.findall(
            r"^--- passage (\d+) .*?\ntext:\n(.*?)\n--- end", messages[-1].text, re.DOTALL | re.MULTILINE
        )
        cites = "square brackets" in messages[0].text
        said = []
        for statement in self.statements:
            number = next((number for number, text in passages if statement[:60] in text), None)
            if number is not None:
                said.append(f"{statement} [{number}]" if cites else statement)
        yield Piece("\n".join(said) or "NOT FOUND. The passages hold nothing about it.")
        yield Piece(finish="stop")


class Dictating:
    """A reader with a language model that is told beforehand what the quoting reader answers."""

    name = ObedientModel.name

    def __init__(self, quoting: ExtractiveReader, prompt: Prompt) -> None:
        self._quoting = quoting
        self._model = ObedientModel()
        self._reader = LanguageModelReader(self._model, prompt, quoting)

    def read(
        self, question: str, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None = None, stop: Any = None
    ) -> Iterator[Delta | Answer]:
        for piece in self._quoting.read(question, hits, snapshot, where):
            if isinstance(piece, Answer):
                self._model.statements = tuple(" ".join(one.text.split()) for one in piece.statements)
        yield from self._reader.read(question, hits, snapshot, where, stop)


def citing() -> Prompt:
    """The shipped prompt."""
    return load("answer")


def forgetful() -> Prompt:
    """The shipped prompt without the rule to cite."""
    text = (shipped() / "answer.md").read_text(encoding="utf-8")
    kept = re.sub(r"^- End every sentence.*?(?=^- )", "", text, flags=re.MULTILINE | re.DOTALL)
    assert kept != text
    return parse(kept, "answer", "answer.md")


def no_header(*_: object) -> str:
    return ""


def shifted_split(document: Document, articles: Sequence[Article], count: CountTokens) -> Sequence[Passage]:
    """Passages that begin and end 60 characters too late."""
    moved = []
    for one in stages().split(document, articles, count):
        start, end = (min(at + 60, len(document.text)) for at in (one.start, one.end))
        if end - start > 60:
            sentences = tuple(Span(max(a, start), b) for a, b in one.sentences if b > start) or (Span(start, end),)
            moved.append(replace(one, start=start, end=end, text=document.text[start:end], sentences=sentences))
    return moved


def everything_kept(document: Document) -> Sequence[Article]:
    """The page as one article, with all that is on it."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", document.text)]
    blocks = tuple(Block(start, end, BlockKind.BODY) for start, end in lines)
    return [Article(document.path, 0, 0, len(document.text), Provenance(), blocks)]


def shifted_sentences(document: Document, articles: Sequence[Article], count: CountTokens) -> Sequence[Passage]:
    """Sentences that begin and end one character too late."""
    return [
        replace(one, sentences=tuple(Span(a + 1, min(b + 1, one.end)) for a, b in one.sentences))
        for one in stages().split(document, articles, count)
    ]


def without_a_file(folder: Path) -> Any:
    found, skipped = stages().scan(folder)
    return found[1:], skipped


class Bench:
    """One corpus, its embedder, and indexes made on demand in folders of their own."""

    def __init__(self, corpus: Path, home: Path) -> None:
        self.settings = Settings(corpus=corpus, home=home / "sound", model="extractive", history=False)
        from assistant.index.embed import open_embedder

        self.embedder = cast("OnnxEmbedder", RememberingEmbedder(open_embedder(self.settings.embedder)))
        self._home = home

        self._files = Files(corpus)
        self._gold = load_gold(GOLD / f"{corpus.name}.jsonl", self._files.text)
        self._sound: dict[str, dict[str, Kept]] = {}

    def hold(self, fault: Fault, sample: int | None = None) -> Comparison:
        """The program with the fault against the program without, over all questions or some."""
        asked = choose(self._gold.questions, (), sample, 0)
        sound = self._sound.setdefault(fault.reader, {})
        missing = tuple(one for one in asked if one.id not in sound)
        sound.update(of_run(self._run(missing, fault.sound(self), fault.reader)).kept)
        run = self._run(asked, fault.plant(self), fault.reader)
        return compare(run, Baseline("sound", run.provenance, sound))

    def _run(self, asked: tuple[Question, ...], ask: Ask, reader: str) -> Run:
        scored = score_all(asked, ask_all(asked, ask), Scorer(self._files, reader))
        return Run(provenance.of_run(self.parts(), self._gold.fingerprint), scored)

    def parts(self, made: Stages | None = None, name: str = "sound", **settings: Any) -> Parts:
        """The program over an index that these stages made."""
        chosen = replace(self.settings, home=self._home / name, **settings)
        location = locate(chosen.corpus, chosen.home)
        if location.current() is None:
            sync(chosen.corpus, location, self.embedder, made or stages(), progress=lambda *_: None)
        snapshot = open_snapshot(location, made_with(self.embedder.id, stages().versions))
        return Parts(chosen, self.embedder, snapshot, ExtractiveReader(self.embedder, chosen.refuse_below))

    def with_snapshot(self, wrap: type[Wrapped]) -> Parts:
        parts = self.parts()
        return replace(parts, snapshot=cast("IndexSnapshot", wrap(parts.snapshot)))

    def with_reader(self, change: Callable[[Answer], Answer]) -> Parts:
        parts = self.parts()
        return replace(parts, reader=Rewriting(parts.reader, change))

    def with_prompt(self, prompt: Prompt) -> Parts:
        parts = self.parts()
        return replace(parts, reader=Dictating(cast("ExtractiveReader", parts.reader), prompt))


@dataclass(frozen=True)
class Fault:
    """A fault and how to plant it."""

    name: str
    plant: Callable[[Bench], Ask]
    sound: Callable[[Bench], Ask] = lambda bench: asker(bench.parts())
    """What it is held against."""
    reader: str = ExtractiveReader.name
    enough: int | None = 60
    """How many of the gold questions show it; None if it takes all of them."""


def _stage(name: str, **broken: Any) -> Callable[[Bench], Ask]:
    return lambda bench: asker(bench.parts(replace(stages(), **broken), name))


def _shown(change: Callable[[Answer], Answer]) -> Callable[[Bench], Ask]:
    """The fault lies behind the last check of the program itself."""

    def plant(bench: Bench) -> Ask:
        ask = asker(bench.parts())
        return lambda turns: change(ask(turns))

    return plant


def _by_model(prompt: Callable[[], Prompt]) -> Callable[[Bench], Ask]:
    return lambda bench: asker(bench.with_prompt(prompt()))


FAULTS = (
    Fault("lexical search off", lambda bench: asker(bench.with_snapshot(WithoutLexical)), enough=100),
    Fault("vectors shuffled", lambda bench: asker(bench.with_snapshot(ShuffledVectors)), enough=None),
    Fault("top-k 1", lambda bench: asker(bench.parts(top_k=1)), enough=100),
    Fault("headers dropped", _stage("headers", header=no_header), enough=None),
    Fault("chunk borders shifted", _stage("borders", split=shifted_split), enough=100),
    Fault("cleaner off", _stage("cleaner", articles=everything_kept)),
    Fault("citation offsets off by one", _shown(shift_citations)),
    Fault("citation offsets off by one, before the check", lambda bench: asker(bench.with_reader(shift_citations))),
    Fault("sentence offsets off by one", _stage("sentences", split=shifted_sentences)),
    Fault("refusal threshold lowest", lambda bench: asker(bench.parts(refuse_below=-20.0)), enough=120),
    Fault("refusal threshold highest", lambda bench: asker(bench.parts(refuse_below=20.0))),
    Fault("speakers dropped", lambda bench: asker(bench.with_snapshot(WithoutSpeakers))),
    Fault("a prompt that forgets to cite", _by_model(forgetful), _by_model(citing), ObedientModel.name),
    Fault("a reader that invents a number", lambda bench: asker(bench.with_reader(invent_a_number)), enough=100),
    Fault("an index missing one file", _stage("file", scan=without_a_file)),
)
