"""What a sentence stands under: the question of a FAQ above its answer, the lead-in of a list, the heading of a clause.

Legal texts, manuals, minutes and FAQs put the subject of a sentence into a line above it ("The Secretary shall:",
'"Larger Work"', "Is it thread-safe?"). Read alone, their items and answers do not hold the words that are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.domain import BlockKind, Span
from assistant.retrieve.context import Sentence

HEADING_WORDS = 12
"""Words of a line without a full stop that can head what follows."""
LEAD_SENTENCES = 8
"""Sentences after the question of a FAQ that still belong to its answer."""


class Role(Enum):
    """What a sentence is in its text."""

    TEXT = "text"
    QUESTION = "question"
    """Asks, so it cannot answer."""
    HEADING = "heading"
    LEAD_IN = "lead-in"
    """Announces what follows ("It must:")."""
    ITEM = "item"
    LABEL = "label"
    """Nothing but a number, a mark or a link: no evidence."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence's role, and the sentences that it stands under, nearest last."""

    role: Role
    above: tuple[Sentence, ...] = ()


_LABEL = re.compile(
    r"[\W\d_]*|\(?(?:\d+(?:\.\d+)*|[a-zA-Z]|[ivxIVX]+)[.):]*|(?:[QA]|Question|Answer|See|Note|Example)\s*[.:)]*"
    r"|\W*\[[^\]]*\]\s?(?:\([^)]*\)|\[[^\]]*\])\W*"
)
_QUESTION = re.compile(r"\?[\s*_)]*$")
_COLON = re.compile(r":[\s*_]*$")
_UNFINISHED = re.compile(r"\b(?:may|shall|must|can|will|means|either)\s*$")
_NUMBER = re.compile(r"\(?\d+(?:\.\d+)*[.):]*")
_ASKS = re.compile(r"(?:Q|Question)\s*\d*\s*[.:)]")
_NO_HEADING = re.compile(r"[.!?…;,][”\"’'»)\]*_]*\s*$|^\W*\[|[-=_~]{5}")
_MARK_BEFORE = re.compile(r"(?:^|\n)[ \t>]*(?:[•‣◦▪·*+–—-]|\[[ xX]?\])[ \t\u00a0]*(?:\[[ xX]?\][ \t]*)?$")
_MARK_AT = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s|[•‣◦▪]")


def is_question(text: str) -> bool:
    """Whether a sentence asks; one that begins with a quotation mark tells what somebody asked."""
    return _QUESTION.search(text) is not None and text[:1] not in '“”"«„'


SHOWN_WITH = 400
"""Characters up to which a sentence is shown together with the line it stands under."""


def shown_with(sentence: Sentence, above: Sequence[Sentence]) -> Span | None:
    """The line that a sentence must be shown with to be understood, if it stands close above."""
    if not above:
        return None
    lead = above[-1]
    if lead.start >= sentence.start or sentence.end - lead.start > SHOWN_WITH:
        return None
    announces = _COLON.search(lead.text) or _UNFINISHED.search(lead.text) or is_question(lead.text)
    return Span(lead.start, lead.end) if announces or sentence.text[:1].islower() else None


def place(sentences: Sequence[Sentence], text: str, kinds: Mapping[int, BlockKind]) -> dict[Span, Placed]:
    """The place of every sentence of an article.

    `text` is the document's; `kinds` tells what starts at an offset of it: only a sentence that starts a block can
    be a heading, an item, or the question above an answer.
    """
    placed: dict[Span, Placed] = {}
    state = _State()
    for n, sentence in enumerate(sentences):
        before = sentences[n - 1] if n else None
        following = sentences[n + 1] if n + 1 < len(sentences) else None
        starts = sentence.start in kinds
        opens = starts or (before is not None and _label(before.text))
        gap = text[before.end : sentence.start] if before else ""
        item = starts and (_marked(sentence, text) or (state.lead_in is not None and _blank_lines(gap) == 0))
        if starts and not item and before is not state.lead_in:
            state.lead_in = None
        role = _role(sentence, following, text, kinds, opens, item)
        if role is Role.QUESTION and not opens and before is not None and state.asked[-1:] == [before]:
            opens = True  # "I have many files. Can I convert them?" is one question
        placed[_span(sentence)] = Placed(role, state.above(sentence, role, opens))
    return placed


class _State:
    """What the sentences read so far leave standing above the next one."""

    def __init__(self) -> None:
        self.heading: list[Sentence] = []
        self.asked: list[Sentence] = []
        self.lead_in: Sentence | None = None
        self._since = 0

    def above(self, sentence: Sentence, role: Role, opens: bool) -> tuple[Sentence, ...]:
        """What the sentence stands under; remembers it if others stand under it."""
        if role is Role.HEADING:
            over = self.heading[-1:] if self._since == 0 else []
            self.heading, self.asked, self.lead_in, self._since = [*over, sentence], [], None, 0
            return tuple(over)
        if role is Role.QUESTION and opens:
            if self._since > 0 or not self.asked:
                self.asked = []
            over = [*self.heading[-1:], *self.asked]
            self.asked, self.lead_in, self._since = [*self.asked, sentence], None, 0
            return tuple(over)
        if role is Role.LABEL:
            if _NUMBER.fullmatch(sentence.text.strip()):
                self.heading, self.asked, self.lead_in = [], [], None
            return ()
        self._since += 1
        found = [*self.heading[-1:], *self.asked] if self._since <= LEAD_SENTENCES else []
        if self.lead_in is not None:
            found.append(self.lead_in)
        if role is Role.LEAD_IN:
            self.lead_in = sentence
        return tuple(found)


def _marked(sentence: Sentence, text: str) -> bool:
    """Whether a mark of a list stands before a sentence, or a number opens it."""
    before = text[max(0, sentence.start - 12) : sentence.start]
    return _MARK_BEFORE.search(before) is not None or _MARK_AT.match(sentence.text) is not None


def _span(sentence: Sentence) -> Span:
    return Span(sentence.start, sentence.end)


def _blank_lines(gap: str) -> int:
    return max(0, gap.count("\n") - 1)


def _label(text: str) -> bool:
    return _LABEL.fullmatch(text.strip()) is not None


def _role(
    sentence: Sentence,
    following: Sentence | None,
    text: str,
    kinds: Mapping[int, BlockKind],
    opens: bool,
    item: bool,
) -> Role:
    if _label(sentence.text):
        return Role.LABEL
    if is_question(sentence.text) or (opens and _ASKS.match(sentence.text)):
        return Role.QUESTION
    ends_block = following is None or following.start in kinds
    if ends_block and following is not None and _COLON.search(sentence.text):
        return Role.LEAD_IN
    if ends_block and following is not None and not item and _UNFINISHED.search(sentence.text):
        return Role.LEAD_IN
    if item:
        return Role.ITEM
    if opens and ends_block and following is not None and not _NO_HEADING.search(sentence.text):
        short = len(sentence.text.split()) <= HEADING_WORDS
        if kinds.get(sentence.start) is BlockKind.HEADING and short:
            return Role.HEADING
        continued = following.text[:1].islower()
        if short and (continued or _blank_lines(text[sentence.end : following.start]) > 0):
            return Role.HEADING
    return Role.TEXT
