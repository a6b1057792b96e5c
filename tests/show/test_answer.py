from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.domain import (
    Answer,
    Attribution,
    CueClass,
    Document,
    Manner,
    Nearest,
    Outcome,
    Provenance,
    Span,
    Usage,
)
from assistant.reading.compose import Piece, Reading, compose, escape, line_of, page_of
from assistant.show.answer import to_json, to_terminal
from assistant.show.safe import to_json as json_text
from assistant.show.screen import Screen

TEXT = "Ferry sinks\n\nThe ferry carried 341 people, Captain Ida Moen said on Thursday.\nIt sank at noon.\n"
SOURCE = Provenance("Ferry sinks", "Harbour News", None, date(2022, 1, 15))
DOCUMENT = Document("ferry.txt", "ab" * 32, TEXT, "text")
FIRST = TEXT.index("The ferry")
LAST = TEXT.index("It sank")
NUMBER = TEXT.index("341")


def said() -> Attribution:
    end = TEXT.index(", Captain")
    return Attribution(
        "ferry.txt", 0, FIRST, end, FIRST, LAST - 1, "Ida Moen", "Captain Ida Moen", "Captain", "say",
        CueClass.SAYING, Manner.INDIRECT,
    )  # fmt: skip


def answered(heading: str = "") -> Answer:
    pieces = (
        Piece("ferry.txt", FIRST, LAST - 1, SOURCE, (Span(NUMBER, NUMBER + 3),), (said(),)),
        Piece("ferry.txt", LAST, LAST + 16, SOURCE),
    )
    reading = Reading(pieces=pieces, heading=heading)
    return compose("How many?", reading, (), {"ferry.txt": DOCUMENT}, reader="extractive", index="f")


def refused() -> Answer:
    near = Nearest("ferry.txt", LAST, LAST + 16, "It sank at noon.", SOURCE, "does not mention “owner”")
    reading = Reading(refusal="Nothing here tells who the owner is.", note="Looked for: owner.", nearest=(near,))
    return compose("Who owns it?", reading, (), {}, reader="extractive", index="f")


def test_every_citation_points_at_its_quote() -> None:
    answer = answered()
    assert [TEXT[c.start : c.end] for c in answer.citations] == [c.quote for c in answer.citations]
    first = answer.citations[0]
    assert (first.line, first.page, first.speaker, first.said_on) == (3, None, "Ida Moen", date(2022, 1, 13))
    assert answer.statements[0].text[slice(*answer.statements[0].marks[0])] == "341"


def test_the_markdown_carries_the_markers() -> None:
    assert answered("So far:").answer == (
        "So far:\n\n- The ferry carried 341 people, Captain Ida Moen said on Thursday. [1]\n- It sank at noon. [2]"
    )


def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert to_terminal(answered(), Screen(width=72), tmp_path / "seeds") == (
        "Ferry sinks · Harbour News · published Sat 15 Jan 2022\n"
        "  The ferry carried 341 people, Captain Ida Moen said on Thursday. [1]\n"
        "      Ida Moen, Captain · reported · said Thu 13 Jan 2022\n"
        "\n"
        "  It sank at noon. [2]\n"
        "\n"
        "[1] seeds/ferry.txt:3\n"
        "[2] seeds/ferry.txt:4\n"
        "quoted verbatim, no language model · 0 of 2 citations verified · 0.0 s\n"
    )


def test_the_page_of_a_refusal_tells_what_was_looked_for_and_what_came_near(tmp_path: Path) -> None:
    page = to_terminal(refused(), Screen(width=72), tmp_path)
    assert page.startswith("Not in this corpus. Nothing here tells who the owner is.\nLooked for: owner.\n")
    assert "  It sank at noon.\n      does not mention “owner” · Ferry sinks · Harbour News" in page
    assert refused().outcome is Outcome.REFUSED


@pytest.mark.parametrize("width", [20, 40, 60, 100])
def test_no_line_is_wider_than_the_screen(width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for answer in (answered("A heading that is long enough to be wrapped anyway:"), refused()):
        assert max(len(line) for line in to_terminal(answer, Screen(width=width), tmp_path).splitlines()) <= width


def test_colour_only_where_it_is_wanted(tmp_path: Path) -> None:
    assert "\x1b" not in to_terminal(answered(), Screen(width=80), tmp_path)
    assert "\x1b[1m341\x1b[0m" in to_terminal(answered(), Screen(width=80, color=True), tmp_path)


def test_nothing_from_a_document_acts_on_the_terminal(tmp_path: Path) -> None:
    evil = "He \x1b]8;;http://x\x07paid\x1b[2J \u202e500 [bold]euros[/bold] `a` <b> [1] [link](http://x)."
    document = Document("e\x1b[31m.txt", "0" * 64, evil, "text")
    source = Provenance(title="T\x1b[2Jitle", outlet="O\u202e")
    reading = Reading(pieces=(Piece(document.path, 0, len(evil), source),))
    answer = compose("?", reading, (), {document.path: document}, reader="extractive", index="f")
    page = to_terminal(answer, Screen(width=80), tmp_path)
    assert not any(c in page for c in "\x1b\x07\u202e")
    assert "[bold]euros[/bold]" in page
    assert r"\[1] \[link](http://x)" in answer.answer
    assert r"\`a\` \<b>" in answer.answer
    text = json_text(to_json(answer))
    assert not any(c in text for c in "\x1b\x07\u202e")
    assert json.loads(text)["citations"][0]["quote"] == evil


def test_the_object_of_the_contract() -> None:
    data = to_json(answered())
    assert list(data) == [
        "schema_version", "question", "standalone_question", "outcome", "answer", "heading", "note", "incomplete",
        "citations", "passages", "nearest", "statements", "reader", "prompt", "index", "usage", "timings_ms",
    ]  # fmt: skip
    assert data["citations"][0] == {
        "marker": 1, "document": "ferry.txt", "sha256": "ab" * 32, "start": FIRST, "end": LAST - 1,
        "quote": "The ferry carried 341 people, Captain Ida Moen said on Thursday.",
        "title": "Ferry sinks", "outlet": "Harbour News", "author": None, "published": "2022-01-15", "url": None,
        "speaker": "Ida Moen", "speaker_role": "Captain", "speaker_as_written": "Captain Ida Moen",
        "manner": "indirect", "said": [FIRST, TEXT.index(", Captain")], "said_on": "2022-01-13", "line": 3,
        "page": None, "verified": False,
    }  # fmt: skip
    json.dumps(data)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[1] is here", r"\[1] is here"),
        ("1. list", r"1\. list"),
        ("# head", r"\# head"),
        ("a_b _c_", r"a_b \_c\_"),
        ("harnessing [burdens] for", "harnessing [burdens] for"),
    ],
)
def test_markdown_of_a_document_is_text(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_lines_and_pages() -> None:
    assert [line_of("a\nb\r\nc\rd", at) for at in (0, 2, 5, 7)] == [1, 2, 3, 4]
    paged = Document("a.pdf", "", "one two three", "pdf", pages=(0, 4, 8))
    assert [page_of(paged, at) for at in (0, 3, 4, 12)] == [1, 1, 2, 3]
    assert page_of(DOCUMENT, 3) is None


def test_the_page_tells_what_a_language_model_took(tmp_path: Path) -> None:
    def last_line(usage: Usage | None) -> str:
        answer = replace(answered(), reader="openai:x", usage=usage, timings_ms={"total": 1200.0})
        return to_terminal(answer, Screen(width=100), tmp_path).splitlines()[-1]

    counted = "openai:x · 0 of 2 citations verified"
    assert last_line(None) == f"{counted} · 1.2 s"
    assert last_line(Usage(1812, 96, None)) == f"{counted} · 1,812 + 96 tokens · 1.2 s"
    assert last_line(Usage(1812, 96, 0.00041)) == f"{counted} · 1,812 + 96 tokens · $0.0004 · 1.2 s"
