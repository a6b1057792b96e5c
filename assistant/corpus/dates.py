"""Dates as news pages write them, and the day that a weekday in a sentence means."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ],
        start=1,
    )
    for name in names
}
_DAYS = {
    name: number
    for number, names in enumerate(
        [
            ("monday", "mon"),
            ("tuesday", "tues", "tue"),
            ("wednesday", "wed"),
            ("thursday", "thurs", "thur", "thu"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        ]
    )
    for name in names
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        rf"(?<!\d){_YEAR}/(?P<number>[01]?\d)/(?P<day>[0-3]?\d)(?!\d)",
        rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}",
        rf"(?<!\d){_DAY}\s*(?:[\s-]+of)?[\s-]{_MONTH}\s*[,\s-]\s*{_YEAR}",
        rf"(?<![\d.])(?P<day>[0-3]?\d)\.\s?(?P<number>[01]?\d)\.\s?{_YEAR}",
        rf"(?<![\d/])(?P<a>[0-3]?\d)[/-](?P<b>[0-3]?\d)[/-]{_YEAR}",
    )
)
_TIME = (
    r"(?:at\s+)?\d{1,2}(?:[:.h]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?\s?m\b\.?)?|\s*[ap]\.?\s?m\b\.?)"
    r"(?:\s*\(?(?:[A-Z]{2,4}|Z|[+-]\d{2}:?\d{2}|UTC[+-]\d+|GMT[+-]\d+)\)?)?"
)
_LABEL = (
    r"(?:(?:first\s+)?published|posted|updated|last\s+(?:updated|modified)|modified|created|date|released?|issued|"
    r"publication\s+date|release\s+date)(?:\s+(?:on|at|by))?\s*[:\-–—|]?"
)
_REST = re.compile(
    rf"(?:{_LABEL}|{_WEEKDAY}|{_TIME}|T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|"
    r"\d+\s*(?:min(?:ute)?s?|hours?)\s*(?:read|ago)|\b(?:on|at|in|GMT|UTC|E[SD]?T|C[ES]?T|IST|MSK|P[SD]?T)\b|[\s,;:|/·•()\[\]–—.-])+",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated?|modified)\b", re.IGNORECASE)


def parse_date(text: str) -> date | None:
    """The first written date with day, month and year; None if there is none, or if it can be read in two ways."""
    found = _first(text)
    return found[0] if found else None


def date_line(line: str) -> date | None:
    """The date of a line that holds nothing but a date (with label, weekday, time); else None.

    Of "Published …, updated …" it is the first.
    """
    if len(line) > 120:
        return None
    rest = line
    result: date | None = None
    while found := _first(rest):
        day, start, end = found
        result = result or day
        rest = f"{rest[:start]} {rest[end:]}"
    if result is None or (rest.strip() and not _REST.fullmatch(rest)):
        return None
    return result


def is_update(line: str) -> bool:
    """Whether a date line tells a change and not the publication."""
    return _UPDATED.search(line) is not None and "publish" not in line.lower() and "posted" not in line.lower()


def _first(text: str) -> tuple[date, int, int] | None:
    best: tuple[date, int, int] | None = None
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            if best is not None and match.start() >= best[1]:
                break
            day = None if match.groupdict().get("month") == "may" else _of(match.groupdict())
            if day is not None:
                best = (day, match.start(), match.end())
                break
    return best


def _of(parts: dict[str, str | None]) -> date | None:
    year = int(parts["year"] or 0)
    if parts.get("a"):
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        # 03/04/2022 is March in one country and April in another.
        if first != second and first <= 12 and second <= 12:
            return None
        day, month = (first, second) if first > 12 else (second, first)
    else:
        day = int(parts["day"] or 0)
        number = parts.get("number")
        month = int(number) if number else _MONTHS[(parts["month"] or "").lower()]
    return _valid(year, month, day)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_FULL_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ON_WEEKDAY = re.compile(
    rf"\b(?:(?P<next>next|this\s+coming)\s+|(?P<other>every|each|by|until|till|since|from|before|after|alternate)\s+|"
    rf"(?P<how>on|last|this|late|early|this\s+past|past)\s+)?(?P<name>{_FULL_DAY})(?P<s>s|['’]s)?\b"
)
_NEAR_DAY = re.compile(
    r"\b(?:(?P<yesterday>yesterday)|(?P<today>today|tonight|earlier\s+in\s+the\s+day))\b", re.IGNORECASE
)
_ANY_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CALENDAR = re.compile(
    rf"\b(?:(?P<month>{_ANY_MONTH})\b\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[,.]\d)|"
    rf"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_ANY_MONTH}))"
    r"\b(?!\s*,?\s*(?:1[89]|20)\d\d)(?:\s*,?\s*(?P<which>this|last|next)\s+year)?",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|scheduled|upcoming|(?:is|are|was|were|due|set|expected|plans?|planned|going)\s+to)\b[^.,;:]{0,50}$"
)
_SENTENCE_LIMIT = 3000
_SOON = timedelta(days=45)
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]|(?:(?<=\s)|(?<=^))‘[^‘]*?’(?=\W|$)")


def said_on(sentence: str, published: date | None) -> date | None:
    """The one day that a sentence names, worked out from the article's date.

    "on Thursday" is the nearest Thursday not after `published` ("next Thursday" the nearest after it), "on December 20"
    the nearest one not after it. Words in quotation marks are the speaker's and do not count, nor does a day of which
    the sentence says that it lies ahead ("will meet on Friday"). None if it names no day or several, or only a span
    ("last week"), or when a relative day has nothing to be relative to.
    """
    text = _QUOTED.sub(" ", sentence[:_SENTENCE_LIMIT])
    days: set[date | None] = set()
    while found := _first(text):
        days.add(found[0])
        text = f"{text[: found[1]]} ; {text[found[2] :]}"
    for match in _CALENDAR.finditer(text):
        if (match["month"] or match["month2"]) != "may" and not _AHEAD.search(text, 0, match.start()):
            days.add(_calendar_day(match, published))
        text = f"{text[: match.start()]}{';' * (match.end() - match.start())}{text[match.end() :]}"
    relative = _relative_days(text, published)
    # "on Wednesday, December 8": the weekday repeats the calendar day and may not fall elsewhere.
    if days and relative:
        weekdays = {day.weekday() for day in days if day}
        relative = {day for day in relative if day is None or day.weekday() not in weekdays}
    days |= relative
    return days.pop() if len(days) == 1 else None


def _calendar_day(match: re.Match[str], published: date | None) -> date | None:
    if published is None:
        return None
    month = _MONTHS[(match["month"] or match["month2"]).lower()]
    day = int(match["day"] or match["day2"])
    if match["which"]:
        shift = {"this": 0, "last": -1, "next": 1}[match["which"].lower()]
        told = _valid(published.year + shift, month, day)
        return told if told is not None and (told <= published or shift == 1) else None
    this_year = _valid(published.year, month, day)
    if this_year is None or this_year > published:
        # Ten months ago or next week: nobody can tell.
        soon = this_year is not None and this_year - published <= _SOON
        return None if soon else _valid(published.year - 1, month, day)
    return this_year


def _relative_days(text: str, published: date | None) -> set[date | None]:
    days: set[date | None] = set()
    for match in _ON_WEEKDAY.finditer(text):
        ahead = not match["next"] and _AHEAD.search(text, max(0, match.start() - 80), match.start())
        if match["other"] or match["s"] == "s" or ahead:
            continue
        if published is None:
            days.add(None)
            continue
        back = (published.weekday() - _DAYS[match["name"].lower()]) % 7
        if match["next"]:
            days.add(published + timedelta(days=7 - back))
        elif match["how"] == "last" and back == 0:
            days.add(published - timedelta(days=7))
        else:
            days.add(published - timedelta(days=back))
    for match in _NEAR_DAY.finditer(text):
        days.add(None if published is None else published - timedelta(days=1 if match["yesterday"] else 0))
    return days
