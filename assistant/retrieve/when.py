"""The dates that a question names."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from assistant.retrieve.terms import MAX_TEXT
from assistant.retrieve.vocabulary import FORMS, MONTHS, WEEKDAYS


class When(NamedTuple):
    """A date as far as a question tells it; weekday 0 is Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def fits(self, day: date) -> bool:
        """Whether nothing that is told contradicts the day."""
        return (
            (self.year is None or self.year == day.year)
            and (self.month is None or self.month == day.month)
            and (self.day is None or self.day == day.day)
            and (self.weekday is None or self.weekday == day.weekday())
        )


_MONTH = "|".join([*MONTHS, *(short for short, full in FORMS.items() if full in MONTHS)])
_DATES = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?(?:,?\s+(?P<y1>[12]\d{{3}}))?"
    rf"|(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>[12]\d{{3}}))?"
    rf"|(?P<m3>{_MONTH})\b\.?,?\s+(?:of\s+)?(?P<y3>[12]\d{{3}})"
    rf"|(?P<y5>[12]\d{{3}})-(?P<m5>\d{{2}})-(?P<d5>\d{{2}})"
    rf"|(?<=\bin )(?P<m4>{_MONTH})\b|(?P<y4>(?:1[0-9]|20)\d{{2}})|(?P<w>{'|'.join(WEEKDAYS)}))\b",
    re.IGNORECASE,
)


def dates_in(text: str) -> tuple[When, ...]:
    """The dates a question names, as far as it tells them."""
    found = []
    for match in _DATES.finditer(text[:MAX_TEXT]):
        parts = {key: value for key, value in match.groupdict().items() if value}
        year = next((int(v) for k, v in parts.items() if k[0] == "y"), None)
        day = next((int(v) for k, v in parts.items() if k[0] == "d"), None)
        name = next((v for k, v in parts.items() if k[0] == "m"), None)
        month = None
        if name:
            lower = name.lower()
            month = int(name) if name.isdigit() else MONTHS[FORMS.get(lower, lower)]
        weekday = WEEKDAYS[parts["w"].lower()] if "w" in parts else None
        found.append(When(year, month, day, weekday))
    return tuple(dict.fromkeys(found))
