"""What a sentence says that can be looked up: its numbers, dates, names and content words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.retrieve.query import When, dates_in
from assistant.retrieve.terms import Token, is_content, stem, tokens
from assistant.retrieve.vocabulary import MONTHS, SYMBOLS, WEEKDAYS

_MAGNITUDES = frozenset(stem(word) for word in ("hundred", "thousand", "million", "billion", "trillion"))
_UNITS = _MAGNITUDES | {"percent"}
_CALENDAR = frozenset(stem(word) for word in (*MONTHS, *WEEKDAYS))
_SOURCING = frozenset(
    stem(word) for word in ("passage", "document", "text", "article", "source", "report", "according")
)
_AUXILIARIES = frozenset("was is has had will would did does can could may might".split())
"""Before these, an English sentence opens with a name, or with a noun that has no article: rarely a singular one."""
_OPENING = re.compile(r"(?:^|[.!?:;“”\"‘(\[–—])\s*$")


@dataclass(frozen=True, slots=True)
class Claims:
    """What can be looked up of one sentence or passage."""

    quantities: frozenset[tuple[str, str]]
    """Number in plain digits, and its magnitude, "percent" or ""."""
    dates: tuple[When, ...]
    names: tuple[Token, ...]
    """Words that are part of a name, in order."""
    content: frozenset[str]
    """Stems of all content words, names and numbers included."""


def claims_of(text: str) -> Claims:
    """Reads a text."""
    words = tokens(text)
    dates = dates_in(text)
    return Claims(
        quantities=_quantities(words, dates),
        dates=dates,
        names=tuple(_names(text, words)),
        content=frozenset(word.stem for word in words if is_content(word) and word.stem not in _SOURCING),
    )


def _quantities(words: list[Token], dates: tuple[When, ...]) -> frozenset[tuple[str, str]]:
    """The numbers that are no part of a date. "One" is left out: it is rarely a count."""
    dated = {str(part) for when in dates for part in (when.year, when.day) if part is not None}
    found = set()
    for n, word in enumerate(words):
        if not word.stem[:1].isdigit() or word.text.lower() == "one":
            continue
        number = _plain(word.stem)
        following = words[n + 1].stem if n + 1 < len(words) else ""
        unit = following if following in _UNITS else ""
        if unit or number not in dated:
            found.add((number, unit))
    return frozenset(found)


def _plain(number: str) -> str:
    """One spelling for numbers such as 1,500.50 and 1500.5."""
    digits = number.replace(",", "")
    if digits.count(".") == 1:
        digits = digits.rstrip("0").rstrip(".")
    return digits.lstrip("0") or "0"


def _names(text: str, words: list[Token]) -> list[Token]:
    found = []
    for n, word in enumerate(words):
        capital = word.text[0].isupper() and (is_content(word) or word.stem == "usa")
        if not capital or word.stem in _CALENDAR or word.text in SYMBOLS or word.stem[:1].isdigit():
            continue
        if _OPENING.search(text[: word.start]) and not _surely_name(text, words, n):
            continue
        found.append(word)
    return found


def _surely_name(text: str, words: list[Token], n: int) -> bool:
    """Whether the word that opens a sentence is a name: an acronym, or before another capital, "'s" or a verb."""
    word = words[n]
    if len(word.text) > 1 and word.text.isupper():
        return True
    if text[word.end : word.end + 2] in ("'s", "’s"):
        return True
    if n + 1 == len(words):
        return False
    following = words[n + 1]
    if following.text[0].isupper() and text[word.end : following.start].isspace() and is_content(following):
        return True
    from assistant.attribution.cues import cue_forms

    verb = following.text.lower()
    return verb in cue_forms() or (verb in _AUXILIARIES and not word.text.endswith("s"))


def filled(when: When, published: date | None) -> When:
    """A date without its year, in the year that brings it nearest to the day of publication."""
    if when.year is not None or when.month is None or published is None:
        return when
    years = (published.year, published.year - 1, published.year + 1)
    day = when.day or 15

    def distance(year: int) -> int:
        # 28 keeps 29 February from failing in other years; a day or three do not change which year is nearest.
        return abs((date(year, when.month or 1, min(day, 28)) - published).days)

    return When(min(years, key=distance), when.month, when.day, when.weekday)


def agrees(claimed: When, known: When) -> bool:
    """Whether everything that a date claims is told by a known one."""
    return all(mine is None or mine == its for mine, its in zip(claimed, known, strict=True))
