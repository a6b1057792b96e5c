from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Article, Document, Provenance
from assistant.show.screen import Screen
from assistant.show.surroundings import FAR, Place, line_at, page_at, to_json, to_terminal, whole

TEXT = "one\r\ntwo two\nthree \x1b[2J\n\nfive"
DOCUMENT = Document("a.txt", "0" * 64, TEXT, "text", "utf-8")
ARTICLE = Article("a.txt", 0, 0, len(TEXT), Provenance("A title", "An Outlet", None, date(2022, 1, 14)), ())


def page(start: int, end: int, context: int = 1, screen: Screen | None = None) -> str:
    return to_terminal(DOCUMENT, [ARTICLE], Place(start, end, context), screen or Screen())


def test_the_place_is_marked_in_its_lines() -> None:
    start = TEXT.index("two two") + 4
    assert page(start, start + 3) == (
        "a.txt  characters 9-12\nA title · An Outlet · 2022-01-14\n\n1  one\n2  two ⟦two⟧\n3  three \\x1b[2J\n"
    )


def test_a_place_over_several_lines_is_marked_in_each() -> None:
    assert page(2, 8, context=0).splitlines()[3:] == ["1  on⟦e⟧", "2  ⟦two⟧ two"]


def test_colour_takes_the_place_of_brackets() -> None:
    text = page(0, 3, context=0, screen=Screen(color=True))
    assert "⟦" not in text
    assert "\x1b[1;7mone\x1b[0m" in text


def test_the_whole_document_has_no_marks() -> None:
    text = to_terminal(DOCUMENT, [ARTICLE], whole(DOCUMENT), Screen())
    assert text.splitlines()[2:] == ["1  one", "2  two two", "3  three \\x1b[2J", "4", "5  five"]


def test_long_lines_are_cut_around_the_place() -> None:
    document = Document("b.txt", "0" * 64, "x" * 5000 + "HERE" + "y" * 5000, "text")
    text = to_terminal(document, [], Place(5000, 5004, 3), Screen(width=100))
    body = "".join(line.strip() for line in text.splitlines()[2:]).removeprefix("1  ")
    assert body == "…" + "x" * FAR + "⟦HERE⟧" + "y" * FAR + "…"


def test_json_gives_the_quote_between_what_surrounds_it() -> None:
    assert to_json(DOCUMENT, [ARTICLE], Place(5, 8, 0)) == {
        "document": "a.txt",
        "sha256": "0" * 64,
        "start": 5,
        "end": 8,
        "quote": "two",
        "before": "",
        "after": " two\n",
        "line": 2,
        "page": None,
        "title": "A title",
        "outlet": "An Outlet",
        "published": "2022-01-14",
    }


@pytest.mark.parametrize(("offset", "line"), [(0, 1), (4, 1), (5, 2), (12, 2), (13, 3), (len(TEXT), 5)])
def test_line_at(offset: int, line: int) -> None:
    assert line_at(TEXT, offset) == line


def test_page_at() -> None:
    assert [page_at((0, 10, 20), offset) for offset in (0, 9, 10, 25)] == [1, 1, 2, 3]
    assert page_at((), 5) is None


@given(st.text(alphabet="ab \n\r"), st.data(), st.integers(0, 3))
def test_what_is_shown_is_a_run_of_the_text(text: str, data: st.DataObject, context: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = to_json(Document("d", "", text, "text"), [], Place(start, end, context))
    assert shown["before"] + shown["quote"] + shown["after"] in text
    assert shown["quote"] == text[start:end]
    to_terminal(Document("d", "", text, "text"), [], Place(start, end, context), Screen())
