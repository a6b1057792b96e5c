"""Days as people write them to limit a search."""

from __future__ import annotations

import calendar
import re
from datetime import date

from assistant.errors import UsageError

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def day(text: str, *, last: bool) -> date:
    """A date in ISO form; a month or a year stands for its first or its last day.

    Raises:
        UsageError: it is none.
    """
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, in_month = match.groups()
        which = int(month) if month else (12 if last else 1)
        if in_month:
            return date(int(year), which, int(in_month))
        return date(int(year), which, calendar.monthrange(int(year), which)[1] if last else 1)
    except ValueError:
        raise UsageError(f"{text!r} is not a date like 2022-01-31, 2022-01 or 2022", "Write it so.") from None
