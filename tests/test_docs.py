"""The pages that are made from the code, and the commands that the README shows."""

from __future__ import annotations

from tests.support.command import python


def test_generated_pages_are_current() -> None:
    ran = python("scripts/make_docs.py", "--check")
    assert (ran.out, ran.code) == ("current\n", 0)
