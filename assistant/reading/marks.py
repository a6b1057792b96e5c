"""Values in a sentence that can answer a question: dates, numbers, amounts of money, ages, names.

Dates and numbers are found well enough to be shown as the answer within the sentence (80 % and 59 % exact when the
sentence holds the answer, on SQuAD); names and places are not (47 % and 37 %), so they only help to rank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from assistant.domain import Span
from assistant.retrieve.query import Kind, Query
from assistant.retrieve.terms import Token, is_content, is_variant, tokens
from assistant.retrieve.vocabulary import FORMS, MONTHS, NUMBER_WORDS, STOP_WORDS, WEEKDAYS

_MONTH = "|".join(
    [name.title() for name in MONTHS if name != "may"]
    + [short.title() for short, full in FORMS.items() if full in MONTHS]
)
_MAY = r"(?:(?<=\d )May|(?<=\bin )May|(?<=\bon )May|(?<=\bsince )May|(?<=\bof )May|May(?= \d))"
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d{3}|20\d{2})"
_WEEKDAY = "|".join(name.title() for name in WEEKDAYS)
_DATE = re.compile(
    rf"\b(?:(?:{_WEEKDAY}),?\s+)?(?:(?:the\s+)?{_DAY}\s+(?:of\s+)?)?(?:{_MONTH}|{_MAY})\b\.?(?:\s+{_DAY}\b(?!\d))?(?:,?\s+{_YEAR}\b)?"
    rf"|\b{_YEAR}-\d{{2}}-\d{{2}}\b"
    rf"|(?<![$€£\d.,])\b{_YEAR}s?\b(?![.,]\d)(?!\s*(?:%|percent|people|men|women|feet|miles|km|metres|meters|square))"
    rf"|\b(?:{_WEEKDAY})\b(?:\s+(?:morning|afternoon|evening|night))?"
    r"|\b\d{1,2}(?:[:.]\d{2})?\s*(?:a\.m\.|p\.m\.|am\b|pm\b)|\b\d{1,2}:\d{2}\b"
    r"|\b(?:\d+(?:st|nd|rd|th)|\w+th|first|second|third)\s+century\b"
    r"|\b(?:yesterday|today|tomorrow|tonight|midnight)\b"
    r"|\b(?:last|next|this|earlier this|later this)\s+"
    r"(?:week|month|year|night|spring|summer|autumn|fall|winter|decade)\b"
    r"|\b(?:a|an|one|two|three|several|\d+)\s+(?:day|week|month|year|decade)s?\s+(?:ago|earlier|later|before|after)\b",
)
_WORD_NUMBER = "|".join(["one", *NUMBER_WORDS, "dozen", "dozens", "hundreds", "thousands", "millions", "half", "twice"])
_NUMBER = re.compile(
    rf"(?:(?:US|A|C)?[$€£]\s?)?(?<![\w.])\d+(?:[.,]\d+)*(?:\s?(?:%|°C?|[kmb]n?\b|percent\b|per cent\b))?"
    rf"(?:\s(?:hundred|thousand|million|billion|trillion)\b)?|\b(?:{_WORD_NUMBER})\b(?:-\w+)?",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:US|A|C)?[$€£]\s?\d+(?:[.,]\d+)*(?:\s?(?:[kmb]n?|hundred|thousand|million|billion|trillion)\b)?"
    r"|\b\d+(?:[.,]\d+)*\s?(?:[kmb]n?|hundred|thousand|million|billion|trillion)?\s?"
    r"(?:dollars?|euros?|pounds?|cents?|yen|yuan|roubles?|rubles?|francs?|rupees?|crowns?|litas|zloty|USD|EUR|GBP)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b\d{1,3}[- ]years?[- ]old\b|\b(?:aged|age|age of|at the age of)\s+\d{1,3}\b"
    r"|(?<=[a-z], )\d{1,2}(?=[,.])|\bborn\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"[“\"‘']?(?P<run>[^\W\d_][\w’'.\-]*(?:\s+(?:(?:of|the|de|von|van|der|la|and|for|&)\s+)*[^\W\d_][\w’'.\-]*)*)"
)
_JOINERS = frozenset("of the de von van der la".split())


def dates(text: str) -> list[Span]:
    """Dates, years, weekdays, times of day and relative days."""
    return [Span(m.start(), m.end()) for m in _DATE.finditer(text)]


def numbers(text: str) -> list[Span]:
    """Numbers in digits or words, with sign and magnitude, that are no part of a date."""
    taken = dates(text)
    return [
        Span(m.start(), m.end())
        for m in _NUMBER.finditer(text)
        if not any(m.start() < span.end and span.start < m.end() for span in taken)
    ]


def money(text: str) -> list[Span]:
    """Amounts with a currency."""
    return [Span(m.start(), m.end()) for m in _MONEY.finditer(text)]


def ages(text: str) -> list[Span]:
    """Ages, and the word "born", which a date of birth follows."""
    return [Span(m.start(), m.end()) for m in _AGE.finditer(text)]


def names(words: Sequence[Token], text: str, is_name: Callable[[str], bool]) -> list[Span]:
    """Runs of capitalised words; the first word of the text counts only if `is_name` knows it."""
    runs: list[list[int]] = []
    gap = False
    for n, word in enumerate(words):
        lower = word.text.lower()
        capital = word.text[0].isupper() and not (lower in STOP_WORDS and not word.text.isupper())
        if capital and (n == 0 or _opens(text, word.start)) and not is_name(word.text):
            capital = False
        if capital:
            if (
                runs
                and not gap
                and re.fullmatch(r"[\s.’'\-]*(?:(?:of|the|de|von|van|der|la)\s+)*", text[runs[-1][1] : word.start])
            ):
                runs[-1][1] = word.end
            else:
                runs.append([word.start, word.end])
            gap = False
        elif lower not in _JOINERS and lower != "s":
            gap = True
    return [Span(start, end) for start, end in runs]


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in '.!?:“”"‘('


def values(
    query: Query, text: str, words: Sequence[Token], is_name: Callable[[str], bool], asked: Collection[str]
) -> list[Span]:
    """Values of the kind a question asks for that are not made of its own words alone."""
    match query.kind:
        case Kind.DATE:
            found = [span for span in dates(text) if _fine_enough(query, text[span.start : span.end])]
        case Kind.NUMBER:
            found = [span for span in numbers(text) if _measures(query, text, span)]
        case Kind.MONEY:
            found = money(text) or numbers(text)
        case Kind.AGE:
            found = ages(text)
        case Kind.PERSON | Kind.PLACE | Kind.NAME:
            found = names(words, text, is_name)
        case _:
            return []
    return [span for span in found if not _only(words, span, asked)]


_PART_ASKED = re.compile(r"\b(?:what|which) (?:exact )?(year|month|time|hour)\b", re.IGNORECASE)
_PART_TOLD = {
    "year": re.compile(r"\b[12]\d{3}\b"),
    "month": re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d[-./]\d"),
    "time": re.compile(r"\d[:.h]\d\d|\b\d{1,2}\s*[ap]\.?m\b|o['’]clock|noon|midnight|\d\s*GMT", re.IGNORECASE),
}
_PART_TOLD["hour"] = _PART_TOLD["time"]


def part_asked(query: Query) -> str | None:
    """The part of a date that a question names ("in what month …"): `year`, `month`, `time` or `hour`."""
    match = _PART_ASKED.search(query.text)
    return match[1].lower() if match else None


_ONE_ASKED = re.compile(r"\b(?:one|a single|each|every|per)\b", re.IGNORECASE)
_ONE_TOLD = re.compile(r"\b(?:one|single|each|every|per|apiece|a piece|unit (?:price|cost))\b", re.IGNORECASE)


def of_one(query: Query, text: str) -> bool:
    """Whether a text can tell the price of one thing, if the question asks for that and not for the whole."""
    return query.kind is not Kind.MONEY or not _ONE_ASKED.search(query.text) or _ONE_TOLD.search(text) is not None


def _fine_enough(query: Query, date: str) -> bool:
    part = part_asked(query)
    return part is None or _PART_TOLD[part].search(date) is not None


_LENGTH = r"feet|foot|ft|inch|yard|mile|met(?:er|re)|m\b|km|kilomet|centimet|cm|mm|nautical|stor(?:ey|y|ies)|floors?"
_TIME = r"second|minute|hour|day|week|month|year|decade|centur"
_DEGREE = r"°|degree|percent|%"
_UNITS = {
    "long": rf"{_LENGTH}|{_TIME}|page|word",
    "tall": _LENGTH,
    "high": rf"{_LENGTH}|{_DEGREE}|[kmb]n?\b|million|billion|dollar|euro",
    "far": _LENGTH,
    "deep": _LENGTH,
    "wide": _LENGTH,
    "fast": rf"mph|knot|{_LENGTH}|{_TIME}",
    "heavy": r"kg|kilo|gram|pound|lb|ton|ounce|stone",
    "hot": _DEGREE,
    "cold": _DEGREE,
}


def _measures(query: Query, text: str, span: Span) -> bool:
    """Whether a unit of what is measured follows a number; anything goes where nothing is measured."""
    if query.measure is None:
        return True
    if query.measure == "high" and text[span.start] in "$€£":
        return True
    return re.search(
        rf"^[\s\-]*(?:\w+\s)?(?:{_UNITS[query.measure]})", text[span.end : span.end + 24], re.IGNORECASE
    ) is not None or (
        re.search(rf"(?:{_UNITS[query.measure]})\w*$", text[span.start : span.end], re.IGNORECASE) is not None
    )


def beside(query: Query, words: Sequence[Token], found: Sequence[Span], asked: Collection[str]) -> bool:
    """Whether a name stands right beside the role that is asked for: "Judge Arthur Engoron", "X, a lawyer with"."""
    fresh = [
        span
        for span in found
        if any(span.start <= w.start < span.end and w.stem not in asked and is_content(w) for w in words)
    ]
    for n, word in enumerate(words):
        if not any(is_variant(word.stem, noun) for noun in query.focus):
            continue
        follower = words[n + 1].start if n + 1 < len(words) else -1
        earlier = words[max(0, n - 3)].start
        if any(span.start == follower or span.start <= word.start < span.end for span in fresh):
            return True
        if any(earlier <= span.end <= word.start for span in _full(fresh, words)):
            return True
    return False


def _full(spans: Sequence[Span], words: Sequence[Token]) -> list[Span]:
    """Names of two words and more: "Kevin Wallace, the lawyer", but not "by Russia, the minister said"."""
    return [span for span in spans if sum(span.start <= w.start < span.end for w in words) > 1]


def _only(words: Sequence[Token], span: Span, asked: Collection[str]) -> bool:
    inside = [w.stem for w in words if span.start <= w.start and w.end <= span.end and is_content(w)]
    return bool(inside) and all(stem in asked for stem in inside)


def mark(query: Query, text: str, asked: Collection[str]) -> Span | None:
    """The date, number, amount or age of a sentence that most likely answers; None where that is unsure.

    Among several the one with the most of the question's weight close by wins: sum of weight / (1 + words between).
    A count must be followed by the noun that is counted.
    """
    if query.kind not in (Kind.DATE, Kind.NUMBER, Kind.MONEY, Kind.AGE):
        return None
    words = tokens(text)
    found = values(query, text, words, lambda _: False, asked)
    if query.kind is Kind.NUMBER and query.focus:
        found = [span for span in found if counted(words, span, query.focus)]
    if not found:
        return None
    weights = {term.stem: term.weight for term in query.terms}

    def closeness(span: Span) -> float:
        first = next((n for n, word in enumerate(words) if word.start >= span.start), len(words))
        return sum(
            weight / (1 + abs(n - first))
            for n, word in enumerate(words)
            if (weight := weights.get(word.stem)) is not None
        )

    return max(found, key=lambda span: (round(closeness(span), 6), -span.start))


PEOPLE = frozenset({"peopl", "person"})
COUNTED_WITHIN = 5
"""Words between a number and the noun it counts."""


_PEOPLE_WORDS = frozenset(
    "people men women children killed dead died injured wounded hurt arrested detained troops police personnel staff "
    "were are have".split()
)


def is_people(word: str) -> bool:
    """Whether a word after a number can mean that people are counted: a plural, or what befell them."""
    return word in _PEOPLE_WORDS or (len(word) > 3 and word.endswith("s") and not word.endswith("ss"))


def counted(words: Sequence[Token], span: Span, focus: Sequence[str]) -> bool:
    """Whether the noun that a question counts follows a number closely."""
    after = [word for word in words if word.start >= span.end][:COUNTED_WITHIN]
    if set(focus) & PEOPLE:
        return any(is_people(word.text.lower()) for word in after)
    return any(is_variant(word.stem, noun) for word in after for noun in focus)
