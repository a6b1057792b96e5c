"""What a request cost, from a dated table that users can extend. What is not in it has no price."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import UsageError
from assistant.reading.llm.seam import Tokens

SHIPPED = Path(__file__).parent / "prices.toml"
MILLION = 1_000_000
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_KEYS = frozenset({"seen", "input", "cached", "written", "output", "up_to"})


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens, as seen on a day; `cached` and `written` default to what input costs."""

    seen: date
    input: float
    output: float
    cached: float | None = None
    written: float | None = None
    up_to: int | None = None
    """Input tokens to which the price holds."""


def table(own: Path | None = None) -> dict[str, Price]:
    """The shipped prices by `provider:name`, with those of the user's file `own`, if there is one, over them.

    Raises:
        UsageError: the user's file is not such a table.
    """
    prices = _read(SHIPPED)
    if own is not None and own.is_file():
        prices |= _read(own)
    return prices


def cost(model: str, tokens: Tokens, prices: Mapping[str, Price]) -> float | None:
    """US dollars; None if the price is not known. A dated snapshot ("…-2026-04-01") costs what its model costs."""
    price = prices.get(model) or prices.get(_SNAPSHOT.sub("", model))
    if price is None or (price.up_to is not None and tokens.input > price.up_to):
        return None
    plain = tokens.input - tokens.cached - tokens.written
    parts = (
        plain * price.input
        + tokens.cached * (price.input if price.cached is None else price.cached)
        + tokens.written * (price.input if price.written is None else price.written)
        + tokens.output * price.output
    )
    return round(parts / MILLION, 8)


def _read(file: Path) -> dict[str, Price]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        return {model: _price(values) for model, values in tables.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, ValueError, KeyError) as error:
        raise UsageError(f"{file} is not a table of prices: {error}", "docs/models.md shows one.") from None


def _price(values: Mapping[str, object]) -> Price:
    if unknown := set(values) - _KEYS:
        raise ValueError(f"unknown key {min(unknown)}")
    seen = values["seen"]
    if not isinstance(seen, date):
        raise TypeError("seen is not a date")

    def number(key: str) -> float:
        value = values[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise TypeError(f"{key} is not a price")
        return float(value)

    return Price(
        seen=seen,
        input=number("input"),
        output=number("output"),
        cached=number("cached") if "cached" in values else None,
        written=number("written") if "written" in values else None,
        up_to=int(number("up_to")) if "up_to" in values else None,
    )
