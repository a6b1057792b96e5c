# ruff: noqa: RUF001 typographic marks are what this module is about
"""Text as it is compared: typography made plain, with every character's place in the original kept.

Models and editors change quotation marks, dashes, spaces and ellipses without changing what is said. Folded, such
variants are equal, and a match leads back to the exact characters of the document.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from assistant.domain import Span

_QUOTES = "'\"‘’‚‛“”„‟«»‹›`´′″ʼ＂＇"
_PLAIN = {
    **dict.fromkeys(_QUOTES, "'"),
    **dict.fromkeys("([{（［｛【〔", "("),
    **dict.fromkeys(")]}）］｝】〕", ")"),
    "⟨": "<",
    "⟩": ">",
    "−": "-",
    "⁃": "-",
    "·": "·",
}
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_KEPT_FORMAT = "\u200c\u200d"
"""Joiners, which Persian, Indic scripts and emoji need to be read."""
_OPENERS, _CLOSERS = "“„«", "”»"
_STRAIGHT = re.compile(r"\"([^\"]+)\"|``(.+?)''", re.DOTALL)
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\S)([^‘\n]{0,600}?\S)['’](?!\w)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origin[i]` is the index in the original of the character that `text[i]` comes from."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The place in the original of a non-empty piece of the folded text."""
        return Span(self.origin[start], self.origin[end - 1] + 1)


def visible(text: str) -> str:
    """The text without characters that show nothing: controls, directional marks, tags, variation selectors."""
    return "".join(c for c in text if _is_visible(c))


def _is_visible(character: str) -> bool:
    if character in "\n\t" or character in _KEPT_FORMAT:
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn") and not _VARIATION.match(character)


def fold(text: str) -> Folded:
    """Compatibility forms made plain (NFKD); one kind of quotation mark, dash, bracket and space each.

    Runs of spaces, quotation marks and dashes become one, spaces around a dash go, and so do invisible characters.
    Letters keep their case.
    """
    kept: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for one in _folded(character):
            last = kept[-1] if kept else " "
            if one == " " and last in " -":
                continue
            if one == "-":
                if last == " " and kept:
                    kept.pop()
                    origin.pop()
                    last = kept[-1] if kept else ""
                if last == "-":
                    continue
            if one == "'" and last == "'":
                continue
            kept.append(one)
            origin.append(index)
    if kept and kept[-1] == " ":
        kept.pop()
        origin.pop()
    return Folded("".join(kept), tuple(origin))


def _folded(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isascii():
        return " " if character.isspace() else character if character.isprintable() else ""
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Pd":
        return "-"
    if category in ("Cc", "Cf", "Cs") or _VARIATION.match(character):
        return ""
    return "".join(_PLAIN.get(one, one) for one in unicodedata.normalize("NFKD", character))


def find(needle: str, hay: Folded, start: int = 0) -> tuple[int, int] | None:
    """Where a piece of text stands in a folded one, as whole words, at or after `start`; None if it does not.

    The first letter may differ in case, as it does where a quotation opens a sentence, and punctuation at the end of
    the needle is left out, since writers put their own comma or full stop before a closing mark.
    """
    folded = fold(needle).text.strip(" '.,;:!?-").removesuffix("...").rstrip(" .,;:!?")
    if not folded:
        return None
    for form in dict.fromkeys((folded, folded[0].swapcase() + folded[1:])):
        at = hay.text.find(form, start)
        while at >= 0:
            end = at + len(form)
            if not (_joins(hay.text, at) or _joins(hay.text, end)):
                return at, end
            at = hay.text.find(form, at + 1)
    return None


def _joins(text: str, at: int) -> bool:
    """Whether a cut at this place would go through a word or number."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def quotations(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks, without the marks; of nested ones the outer.

    One that is opened and never closed reaches to the last closing mark, or to the end.
    """
    found = _curly(text)
    for pattern in (_STRAIGHT, _SINGLE):
        starts = [span.start for span in found]
        outer = list(found)
        for match in pattern.finditer(text):
            at = bisect_right(starts, match.start() + 2) - 1
            inside = at >= 0 and match.end() <= outer[at].end + 2
            group = next(n for n, one in enumerate(match.groups(), 1) if one is not None)
            if not inside and (pattern is _STRAIGHT or " " in match[group].strip()):
                found.append(Span(*match.span(group)))
        found.sort()
    return tuple(span for span in found if any(c.isalnum() for c in text[span.start : span.end]))


def _curly(text: str) -> list[Span]:
    found: list[Span] = []
    open_marks: list[str] = []
    start = last = 0
    for at, character in enumerate(text):
        closes = character in _CLOSERS or (character == "“" and open_marks[-1:] == ["„"])
        if closes and open_marks:
            open_marks.pop()
            last = at
            if not open_marks:
                found.append(Span(start, at))
        elif character in _OPENERS:
            if not open_marks:
                start = last = at + 1
            open_marks.append(character)
    if open_marks:
        found.append(Span(start, last if last > start else len(text)))
    return found


_ELISION = re.compile(r"\s*[\[(]?\s*(?:…|\.\s?\.\s?\.)\s*[\])]?\s*")


def locate(quotation: str, hay: Folded) -> tuple[Span, ...]:
    """Where a quotation stands in the original of a folded text: one span for each part between elisions, in order.

    Empty if any part is missing or stands before the one it should follow.
    """
    whole = find(quotation, hay)
    if whole:
        return (hay.span(*whole),)
    parts = [part for part in _ELISION.split(quotation) if any(c.isalnum() for c in part)]
    spans: list[Span] = []
    at = 0
    for part in parts:
        place = find(part, hay, at)
        if place is None:
            return ()
        spans.append(hay.span(*place))
        at = place[1]
    return tuple(spans)
