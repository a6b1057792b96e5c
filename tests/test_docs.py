"""The pages that are made from the code, and the commands that the README shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.corpus.load import FORMATS
from tests.support.command import ROOT, python


def test_generated_pages_are_current() -> None:
    ran = python("scripts/make_docs.py", "--check")
    assert (ran.out, ran.code) == ("current\n", 0)


def test_the_readme_shows_what_the_program_prints() -> None:
    ran = python("scripts/make_readme.py", "--check")
    assert (ran.out, ran.code) == ("current\n", 0)


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_format_that_is_read_has_its_line() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [suffix for suffix in FORMATS if f"`{suffix}`" not in page] == []
