"""Gold questions: what is asked, what a right answer says, and where the corpus says it.

One JSON object a line. Evidence is a document and a verbatim quote, never a passage id, so that it outlives every
change of the splitter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from assistant.domain import Span
from assistant.errors import UsageError

from .matching import fold

KEYS = frozenset({"id", "question", "turns", "answerable", "must_say", "must_not_say", "reference", "evidence", "tags"})
EVIDENCE_KEYS = frozenset({"document", "quote", "speaker", "title"})
SHOWN = 8
"""Problems named in the message of an error; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that answers: a verbatim quote of a document."""

    document: str
    quote: str
    speaker: str | None = None
    """Who says it, where the corpus tells; checked against the citation's speaker."""
    title: str | None = None
    """The headline of the article it stands in, where the page has one; checked against the citation's title."""


@dataclass(frozen=True, slots=True)
class Question:
    """One gold question."""

    id: str
    turns: tuple[str, ...]
    """The conversation so far and, last, the question that is judged; mostly that question alone."""
    answerable: bool
    must_say: tuple[tuple[str, ...], ...] = ()
    """Claims that a right answer makes; each is a list of alternative wordings. Without any, a right answer is one that
    cites the evidence."""
    must_not_say: tuple[str, ...] = ()
    reference: str = ""
    """The answer as a person would give it; for an unanswerable question, why it is one."""
    evidence: tuple[Evidence, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """The question that is judged."""
        return self.turns[-1]


class Problem(NamedTuple):
    """What is wrong in a line of a gold file; lines count from 1."""

    line: int
    what: str


class Gold(NamedTuple):
    """A gold file that passed the lint."""

    questions: tuple[Question, ...]
    fingerprint: str
    """Sixteen hexadecimal digits over all questions, in any order."""


TextOf = Callable[[str], str | None]
"""The text of a document by its path; None if there is no such document."""


def load(file: Path, text_of: TextOf) -> Gold:
    """The questions of a gold file.

    Raises:
        UsageError: it cannot be read, or the lint refuses it; the message names lines.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"The gold file {file} cannot be read: {reason}", "Name one with --gold.") from None
    questions, problems = parse(text, text_of)
    if problems:
        named = "; ".join(f"line {one.line} {one.what}" for one in problems[:SHOWN])
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise UsageError(f"{file}: {named}{more}", "docs/evaluation.md has the form of a gold file.")
    if not questions:
        raise UsageError(f"{file} holds no question", "Write some with `assistant eval new`.")
    return Gold(questions, fingerprint(questions))


def parse(text: str, text_of: TextOf) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions, and everything that is wrong with the file; questions with problems are left out."""
    questions: list[Question] = []
    problems: list[Problem] = []
    ids: dict[str, int] = {}
    asked: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        question, wrong = _read(line, text_of)
        if question is not None:
            wrong += _repeated(ids, question.id, number, f"repeats the id {question.id!r}")
            wrong += _repeated(asked, fold(" / ".join(question.turns)), number, "asks the same")
        problems += [Problem(number, what) for what in wrong]
        if question is not None and not wrong:
            questions.append(question)
    return tuple(questions), tuple(problems)


def to_row(question: Question) -> dict[str, Any]:
    """The object of a gold file's line; keys without content are left out."""
    asked = {"question": question.asked} if len(question.turns) == 1 else {"turns": list(question.turns)}
    row = {
        "id": question.id,
        **asked,
        "answerable": question.answerable,
        "must_say": [list(one) for one in question.must_say],
        "must_not_say": list(question.must_not_say),
        "reference": question.reference,
        "evidence": [
            {key: value for key in ("document", "quote", "speaker", "title") if (value := getattr(e, key)) is not None}
            for e in question.evidence
        ],
        "tags": list(question.tags),
    }
    return {key: value for key, value in row.items() if value or key == "answerable"}


def to_line(question: Question) -> str:
    """A line of a gold file, with its newline."""
    return json.dumps(to_row(question), ensure_ascii=False) + "\n"


def fingerprint(questions: Iterable[Question]) -> str:
    """Equal for equal questions in any order."""
    lines = sorted(json.dumps(to_row(one), sort_keys=True) for one in questions)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def places(evidence: Evidence, text: str) -> tuple[Span, ...]:
    """Everywhere the quote stands in its document."""
    found: list[Span] = []
    at = text.find(evidence.quote)
    while at >= 0:
        found.append(Span(at, at + len(evidence.quote)))
        at = text.find(evidence.quote, at + 1)
    return tuple(found)


def choose(questions: Sequence[Question], only: Sequence[str], sample: int | None, seed: int) -> tuple[Question, ...]:
    """Those with any of the tags, and of these a random sample, in the order of the file.

    Raises:
        UsageError: no question has any of the tags.
    """
    import random

    kept = [one for one in questions if not only or set(only) & set(one.tags)]
    if not kept:
        tags = ", ".join(sorted({tag for one in questions for tag in one.tags}))
        raise UsageError(f"No question is tagged {' or '.join(only)}", f"There are: {tags}.")
    if sample is None or sample >= len(kept):
        return tuple(kept)
    # Not for secrets: the same seed has to give the same sample.
    drawn = set(random.Random(seed).sample(range(len(kept)), sample))  # noqa: S311
    return tuple(one for at, one in enumerate(kept) if at in drawn)


def _repeated(seen: dict[str, int], key: str, number: int, what: str) -> list[str]:
    first = seen.setdefault(key, number)
    return [] if first == number else [f"{what} as line {first}"]


def _read(line: str, text_of: TextOf) -> tuple[Question | None, list[str]]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, [f"is not JSON: {error}"]
    if not isinstance(row, dict):
        return None, ["is not a JSON object"]
    wrong = [f"has the unknown key {key!r}" for key in row if key not in KEYS]
    wrong += _wrong_types(row)
    if wrong:
        return None, wrong
    evidence = tuple(
        Evidence(e["document"], e["quote"], e.get("speaker"), e.get("title")) for e in row.get("evidence", [])
    )
    question = Question(
        id=row["id"],
        turns=tuple(row.get("turns") or [row["question"]]),
        answerable=row["answerable"],
        must_say=tuple(tuple(one) for one in row.get("must_say", [])),
        must_not_say=tuple(row.get("must_not_say", [])),
        reference=row.get("reference", ""),
        evidence=evidence,
        tags=tuple(row.get("tags", [])),
    )
    return question, _wrong_content(question) + _wrong_evidence(question, text_of)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


def _wrong_types(row: dict[str, Any]) -> list[str]:
    must, reference = row.get("must_say", []), row.get("reference", "")
    checks = (
        (_is_text(row.get("id")), "needs an id"),
        (("question" in row) != ("turns" in row), "needs either a question or turns"),
        (_is_text(row.get("question", "?")), "has a question that is no text"),
        (_is_texts(row.get("turns", ["?"])) and row.get("turns") != [], "has turns that are no list of texts"),
        (isinstance(row.get("answerable"), bool), "needs answerable, true or false"),
        (
            isinstance(must, list) and all(_is_texts(one) and one for one in must),
            "has a must_say that is no list of lists of texts",
        ),
        (_is_texts(row.get("must_not_say", [])), "has a must_not_say that is no list of texts"),
        (_is_texts(row.get("tags", [])), "has tags that are no list of texts"),
        (isinstance(reference, str), "has a reference that is no text"),
    )
    return [what for good, what in checks if not good] + _wrong_evidence_types(row.get("evidence", []))


def _wrong_evidence_types(evidence: Any) -> list[str]:
    if not (isinstance(evidence, list) and all(isinstance(one, dict) for one in evidence)):
        return ["has evidence that is no list of objects"]
    wrong = []
    for one in evidence:
        wrong += [f"has the unknown key {key!r} in its evidence" for key in one if key not in EVIDENCE_KEYS]
        if not all(_is_text(one.get(key)) for key in ("document", "quote")):
            wrong.append("has evidence without a document and a quote")
        wrong += [
            f"has evidence whose {key} is no text" for key in ("speaker", "title") if not _is_text(one.get(key, "?"))
        ]
    return wrong


def _wrong_content(question: Question) -> list[str]:
    wrong = []
    if question.answerable and not question.evidence:
        wrong.append("is answerable but has no evidence")
    if not question.answerable and (question.must_say or question.evidence):
        wrong.append("is not answerable but has must_say or evidence")
    return wrong


def _wrong_evidence(question: Question, text_of: TextOf) -> list[str]:
    wrong = []
    for one in question.evidence:
        text = text_of(one.document)
        if text is None:
            wrong.append(f"names the document {one.document!r}, which the corpus does not have")
        elif one.quote not in text:
            wrong.append(f"has a quote that is not in {one.document}: “{one.quote[:60]}”")
    repeated = {one for one in question.evidence if question.evidence.count(one) > 1}
    wrong += [f"gives the same evidence twice: “{one.quote[:60]}”" for one in sorted(repeated, key=lambda e: e.quote)]
    return wrong
