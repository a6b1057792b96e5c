"""Accents and compatibility forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.spelling import plain


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łódź", "Lodz"),
        ("Erdoğan", "Erdogan"),
        ("Løkke", "Lokke"),
        ("Straße", "Strasse"),
        ("İstanbul", "Istanbul"),
        ("o\u0301", "o"),
        ("ﬁne", "fine"),
        ("한국어", "한국어"),
        ("Ελλάς", "Ελλας"),
        ("ąžuolas 東京", "azuolas 東京"),
    ],
)
def test_accents_are_dropped_and_letters_kept(written: str, typed: str) -> None:
    assert plain(written) == typed


@given(st.text())
def test_what_is_plain_stays(text: str) -> None:
    assert plain(plain(text)) == plain(text)
