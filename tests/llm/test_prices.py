from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.reading.llm.prices import Price, cost, table
from assistant.reading.llm.seam import Tokens

PRICES = {
    "openai:x": Price(date(2026, 1, 1), input=2.0, output=8.0, cached=0.5, written=2.5, up_to=1000),
    "openai:y": Price(date(2026, 1, 1), input=1.0, output=4.0),
}


@pytest.mark.parametrize(
    ("model", "tokens", "dollars"),
    [
        ("openai:x", Tokens(1000, 100), 0.0028),
        ("openai:x", Tokens(1000, 100, cached=400, written=100), 0.00225),
        ("openai:x", Tokens(1001, 1), None),
        ("openai:x-2026-04-01", Tokens(10, 0), 0.00002),
        ("openai:x-mini", Tokens(10, 0), None),
        ("openai:y", Tokens(100, 10, cached=50), 0.00014),
        ("groq:x", Tokens(10, 0), None),
    ],
)
def test_cost(model: str, tokens: Tokens, dollars: float | None) -> None:
    assert cost(model, tokens, PRICES) == dollars


def test_the_shipped_table_is_dated() -> None:
    prices = table()
    assert prices["openai:gpt-5.6-luna"] == Price(date(2026, 9, 24), 0.2, 1.2, 0.02, 0.25, 200_000)
    assert all(isinstance(price.seen, date) and price.input > 0 for price in prices.values())


def test_the_users_table_is_added_and_wins(tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text(
        '["mine:m"]\nseen = 2026-11-01\ninput = 1\noutput = 2\n'
        '["openai:gpt-5.6-luna"]\nseen = 2026-11-02\ninput = 3\noutput = 4\n'
    )
    prices = table(own)
    assert prices["mine:m"] == Price(date(2026, 11, 1), 1.0, 2.0)
    assert prices["openai:gpt-5.6-luna"].input == 3.0
    assert len(prices) == len(table()) + 1


@pytest.mark.parametrize(
    "text",
    [
        "not toml", '["a:b"]\ninput = 1', '["a:b"]\nseen = "x"\ninput = 1\noutput = 1',
        '["a:b"]\nseen = 2026-01-01\ninput = true\noutput = 1', '["a:b"]\nseen = 2026-01-01\ninput = -1\noutput = 1',
        '["a:b"]\nseen = 2026-01-01\ninput = 1\noutput = 1\nprice = 2', "a = 1",
    ],
)  # fmt: skip
def test_a_wrong_table_is_told(text: str, tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text(text)
    with pytest.raises(UsageError, match=r"prices\.toml is not a table of prices"):
        table(own)
