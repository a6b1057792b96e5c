"""Question sets for the refusal: benchmark files to (snapshot, question, answerable) without storing any of them.

Each answerable set comes with its near misses, made by taking the answering sentences out of the corpus.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain import Article, Block, BlockKind, Document, Hit, Passage, Provenance, Span
from assistant.protocols import Embedder, Snapshot
from assistant.retrieve import hybrid
from tests.support.memory import MemorySnapshot

PASSAGE_WORDS = 170


@dataclass(frozen=True)
class Case:
    """One question with its passages; `gold` is what a right sentence is or holds, empty if unanswerable."""

    group: str
    question: str
    answerable: bool
    snapshot: Snapshot
    hits: tuple[Hit, ...]
    gold: tuple[str, ...] = ()


def document(path: str, text: str) -> Document:
    """A plain text document."""
    return Document(path=path, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, format="text")


def clapnq(folder: Path, embedder: Embedder) -> Iterator[Case]:
    """300 web questions over their 300 passages; then the answerable half again, its answering sentences taken out."""
    rows = {kind: _lines(folder / f"clapnq_{kind}.jsonl") for kind in ("answerable", "unanswerable")}
    gold = {
        row["id"]: tuple(s.strip() for o in row["output"] for s in o["selected_sentences"])
        for row in rows["answerable"]
    }
    everything = [*rows["answerable"], *rows["unanswerable"]]
    full = _presplit(everything, embedder, frozenset())
    for kind, listed in rows.items():
        for row in listed:
            yield _case(f"clapnq {kind}", row["input"], full, embedder, gold.get(row["id"], ()))
    out = frozenset(sentence for sentences in gold.values() for sentence in sentences)
    less = _presplit(everything, embedder, out)
    for row in rows["answerable"]:
        if any(s.strip() not in out for s in row["passages"][0]["sentences"]):
            yield _case("clapnq answer taken out", row["input"], less, embedder)


def ramdocs(folder: Path, embedder: Embedder) -> Iterator[Case]:
    """250 questions over all documents of all of them; then without their own documents."""
    rows = _lines(folder / "ramdocs.jsonl")
    documents = [
        document(f"{n:03d}_{m}.txt", " ".join(one["text"].split()))
        for n, row in enumerate(rows)
        for m, one in enumerate(row["documents"])
    ]
    snapshot = MemorySnapshot.build(
        documents, embedder, articles=lambda d: (_article(d, None),), attribute=lambda _d, _a: ()
    )
    for row in rows:
        yield _case("ramdocs", row["question"], snapshot, embedder, tuple(row["gold_answers"]))
    for n, row in enumerate(rows):
        hits = hybrid.search(row["question"], snapshot, embedder, 60)
        others = tuple(hit for hit in hits if not hit.passage.document.startswith(f"{n:03d}_"))[:10]
        yield Case("ramdocs documents taken out", row["question"], False, snapshot, others)


def written(questions: Path, folder: Path, embedder: Embedder) -> Iterator[Case]:
    """Questions written over a folder of pages: rows of set, "a" or "u", question, evidence or kind (tab-separated)."""
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}
    snapshot = _pages(texts, embedder)
    with questions.open(encoding="utf-8") as file:
        rows = [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for name, label, question, gold in rows:
        group = f"{name} {'answerable' if label == 'a' else 'unanswerable'}"
        yield _case(group, question, snapshot, embedder, (gold,) if label == "a" else ())
    evidence = [gold for _, label, _, gold in rows if label == "a"]
    for name, label, question, gold in rows:
        if label == "a":
            cut = {path: _without(text, [gold]) if gold in text else text for path, text in texts.items()}
            changed = _pages(cut, embedder)
            yield _case(f"{name} answer taken out", question, changed, embedder)
    if not evidence:
        raise SystemExit(f"no answerable question in {questions}")


def _case(group: str, question: str, snapshot: Snapshot, embedder: Embedder, gold: tuple[str, ...] = ()) -> Case:
    return Case(group, question, bool(gold), snapshot, hybrid.search(question, snapshot, embedder, 10), gold)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _pages(texts: dict[str, str], embedder: Embedder) -> MemorySnapshot:
    documents = [document(path, text) for path, text in texts.items()]
    return MemorySnapshot.build(documents, embedder, attribute=lambda _d, _a: ())


def _without(text: str, evidence: Sequence[str]) -> str:
    """The text without the sentences that hold the evidence."""
    from assistant.corpus.sentences import split_sentences

    kept, last = [], 0
    for start, end in split_sentences(text):
        if any(one in text[start:end] for one in evidence):
            kept.append(text[last:start])
            last = end
    return "".join([*kept, text[last:]])


def _presplit(rows: Sequence[dict[str, Any]], embedder: Embedder, out: frozenset[str]) -> MemorySnapshot:
    """Passages whose sentences are given, without those in `out`."""
    documents: list[Document] = []
    titles: dict[str, str] = {}
    spans: dict[str, list[Span]] = {}
    seen: set[str] = set()
    for row in rows:
        passage = row["passages"][0]
        sentences = [s for s in passage["sentences"] if s.strip() and s.strip() not in out]
        if passage["text"] in seen or not sentences:
            continue
        seen.add(passage["text"])
        path = f"{len(seen):04d}.txt"
        text = ""
        spans[path] = []
        for sentence in sentences:
            text += " " if text else ""
            spans[path].append(Span(len(text), len(text) + len(sentence)))
            text += sentence
        documents.append(document(path, text))
        titles[path] = passage["title"]
    return MemorySnapshot.build(
        documents,
        embedder,
        articles=lambda d: (_article(d, titles[d.path]),),
        split=lambda d, found, _count: _runs(d, found[0], spans[d.path]),
        attribute=lambda _d, _a: (),
    )


def _article(doc: Document, title: str | None) -> Article:
    block = Block(0, len(doc.text), BlockKind.BODY)
    return Article(doc.path, 0, 0, len(doc.text), Provenance(title=title), (block,))


def _runs(doc: Document, article: Article, spans: Sequence[Span]) -> list[Passage]:
    runs: list[list[Span]] = [[]]
    words = 0
    for span in spans:
        count = len(doc.text[span.start : span.end].split())
        if runs[-1] and words + count > PASSAGE_WORDS:
            runs.append([])
            words = 0
        runs[-1].append(span)
        words += count
    return [
        Passage(
            id=hashlib.sha256(f"{doc.path}\0{run[0].start}".encode()).hexdigest()[:32],
            document=doc.path,
            article=0,
            start=run[0].start,
            end=run[-1].end,
            text=doc.text[run[0].start : run[-1].end],
            sentences=tuple(run),
            source=article.source,
        )
        for run in runs
        if run
    ]
