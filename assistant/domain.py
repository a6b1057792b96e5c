"""The plain types that the stages hand to each other.

Standard library only, frozen, and without behaviour beyond what follows from their own fields. All offsets are
character offsets into `Document.text`, half open: `text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A half-open range of characters in a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known about where a text comes from; None where the page does not tell."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus, decoded.

    `text` is the decoded file for plain text and Markdown (no newline translation), and the extracted text for every
    other format. `pages` holds the start offset of each page (PDF), else it is empty. `declared` is what the file's
    own metadata says (HTML meta tags, PDF and office properties); `override` is what `metadata.toml` says and wins.
    """

    path: str
    """Relative to the corpus folder, with forward slashes."""
    sha256: str
    """Of the file's bytes, hexadecimal."""
    text: str
    format: str
    """"text", "markdown", "html", "pdf", "docx", …"""
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    declared: Provenance = field(default_factory=Provenance)
    override: Provenance = field(default_factory=Provenance)


class BlockKind(StrEnum):
    """What a kept piece of a page is. Everything else of the page (credits, share bars, bylines) is not kept."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece of an article that may serve as evidence."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document; a file may hold several.

    `blocks` are in text order, do not overlap, and lie within `start:end`.
    """

    document: str
    ordinal: int
    """0, 1, 2 … within the document."""
    start: int
    end: int
    source: Provenance
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, at most about 256 embedder tokens, with no removed text inside.

    `text == document.text[start:end]`, always.
    """

    id: str
    """Stable: a hash of the document's path, the offsets, the text and the source."""
    document: str
    article: int
    """The ordinal of its article."""
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    """Offsets into the document, in order."""
    source: Provenance


class Manner(StrEnum):
    """How somebody's words are given."""

    DIRECT = "direct"
    """Inside quotation marks, or verbatim by the layout: a transcript, a quoted mail."""
    MIXED = "mixed"
    """Partly inside quotation marks."""
    INDIRECT = "indirect"
    """Reported in the writer's words."""


class CueClass(StrEnum):
    """What kind of word introduces the said words."""

    SAYING = "saying"
    JUDGING = "judging"
    ATTITUDE = "attitude"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what: found once, at indexing.

    `start:end` are the said words alone (for a direct quotation with its marks); `sentence_start:sentence_end` is the
    whole sentence or sentences that hold the said words and, where there is one, the cue.
    """

    document: str
    article: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    speaker: str | None
    """Resolved name ("Jake Sullivan", "the Kremlin"); None if nobody can be named."""
    speaker_as_written: str | None
    """The source phrase as it stands in the text ("he", "the minister")."""
    speaker_role: str | None
    """Role words found with the name ("US National Security Adviser"), if any."""
    cue: str | None
    """Lemma of the cue ("say", "accuse", "according to"); None for a carried-over quotation."""
    cue_class: CueClass
    manner: Manner


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of the corpus folder that is not in the index, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Restricts a search; every given condition must hold. Dates are inclusive."""

    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    document: str | None = None

    def __bool__(self) -> bool:
        return any((self.since, self.until, self.outlet, self.document))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; `score` is comparable only within one result list, best first."""

    rank: int
    score: float
    passage: Passage
    cosine: float
    """Cosine of question and passage vectors, -1 to 1."""
    bm25: float
    """BM25 score; 0.0 when no query term occurs."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document that backs a statement: `text[start:end] == quote`."""

    marker: int
    document: str
    sha256: str
    start: int
    end: int
    quote: str
    source: Provenance
    speaker: str | None = None
    speaker_role: str | None = None
    speaker_as_written: str | None = None
    manner: Manner | None = None
    said: Span | None = None
    """The said words alone, within `start:end`."""
    said_on: date | None = None
    """The day a weekday in the sentence means ("on Thursday"), worked out from the article's date."""
    line: int | None = None
    """1-based line of `start`."""
    page: int | None = None
    """1-based page of `start`, for formats that have pages."""
    verified: bool = False


class Support(StrEnum):
    """What a program found when it held a statement against what it cites."""

    QUOTED = "quoted"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an answer.

    `marks` are the parts that answer (a number, a date), as offsets into `text`.
    """

    text: str
    markers: tuple[int, ...]
    support: Support
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage that came near a refused question, and why it does not answer it."""

    document: str
    start: int
    end: int
    quote: str
    source: Provenance
    why: str


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model consumed."""

    input_tokens: int
    output_tokens: int
    cost_usd: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The one result object: what the terminal shows, `--json` prints, history keeps and eval judges."""

    question: str
    standalone_question: str
    outcome: Outcome
    answer: str
    """Markdown with markers `[1]`; if refused, the reason in one sentence."""
    citations: tuple[Citation, ...]
    statements: tuple[Statement, ...]
    passages: tuple[Hit, ...]
    nearest: tuple[Nearest, ...]
    reader: str
    index: str
    """Fingerprint of the index that answered."""
    heading: str = ""
    """The line above the statements: who speaks, that sources differ."""
    note: str = ""
    """The line below: what was left out or assumed; if refused, what was looked for."""
    incomplete: str = ""
    """Why the text ends early (stopped by the user, cut off by the server); empty if it is whole."""
    prompt: str | None = None
    usage: Usage | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)


class TurnState(StrEnum):
    """How far the answer of a turn has come."""

    WRITING = "writing"
    """It is being answered; or the program ended without a word, and what stands there is all that came."""
    FINISHED = "finished"
    """The answer stands, or the refusal; `answer.incomplete` tells if its text ends early."""
    BROKEN = "broken"
    """There will be no answer: `error` tells why."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and what came of it."""

    id: int | None
    """None where it is not recorded."""
    question: str
    """As asked."""
    asked: datetime
    """With a time zone."""
    standalone_question: str = ""
    """What was searched for and read; empty as long as that is not known."""
    state: TurnState = TurnState.WRITING
    text: str = ""
    """Markdown: the answer, or what came of it so far."""
    answer: Answer | None = None
    error: str = ""

    @property
    def incomplete(self) -> str:
        """Why the text is not a whole answer; empty if it is one."""
        if self.answer:
            return self.answer.incomplete
        return self.error or "not finished"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in the order in which they were asked; a turn that was asked anew stands where the old one stood."""

    id: int | None
    """Counts up from 1 over all conversations of a user and is never given again; None where it is not recorded."""
    corpus: str
    """Absolute path of the folder that was asked."""
    title: str
    """The first question, shortened, or what the user calls it."""
    created: datetime
    updated: datetime
    where: Filter = field(default_factory=Filter)
    """What its questions are limited to."""
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Event: the first of a turn in a conversation; what will be searched for and read."""

    question: str
    standalone_question: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Event: the passages were found."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """Event: a further piece of the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Event: the whole answer (answered or refused), verified; always the last one."""

    answer: Answer


Event = Asked | Retrieved | Delta | Finished

Json = dict[str, Any]
