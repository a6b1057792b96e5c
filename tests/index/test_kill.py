"""`kill -9` at any moment, then index again: the same as from nothing."""

from __future__ import annotations

from pathlib import Path

from tests.support.index_state import dump
from tests.support.killing import kill_often


def test_an_index_that_was_killed_often_equals_a_fresh_one(tmp_path: Path) -> None:
    survivor, fresh, cut = kill_often(tmp_path, kills=12, seed=1)
    assert cut >= 3
    assert dump(survivor) == dump(fresh)
