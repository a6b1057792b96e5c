"""Nothing that a document, a name or a question holds acts on a terminal, in no output of any command."""

from __future__ import annotations

import json

import pytest

from tests.faults import hostile
from tests.faults.program import ACTS_ON_TERMINAL, COLOURS, Ended, Program

Indexed = tuple[Program, Ended]

COMMANDS = [
    ("ask", "How many litres does the dam hold?"),
    ("ask", "What did the governor say?"),
    ("ask", "What did the astronaut bake?"),
    ("search", "the governor and the dam"),
    ("show", "screen.txt"),
    ("show", "screen.txt:10-80"),
    ("sources",),
    ("doctor",),
]


def test_index_names_no_raw_escape(escapes: Indexed) -> None:
    _, ran = escapes
    ran.is_fine()
    ran.is_safe()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", ["", "--json"])
def test_no_output_holds_a_raw_escape(escapes: Indexed, command: tuple[str, ...], form: str) -> None:
    program, _ = escapes
    ran = program.run(*command, *([form] if form else []))
    ran.is_fine(0, 3)
    ran.is_safe()
    if form:
        json.loads(ran.out)


@pytest.mark.parametrize("command", COMMANDS[:2] + COMMANDS[3:6], ids=" ".join)
def test_in_colour_the_only_escapes_are_colours(escapes: Indexed, command: tuple[str, ...]) -> None:
    program, _ = escapes
    ran = program.run(*command, env={"ASSISTANT_COLOR": "always"})
    ran.is_fine(0, 3)
    plain = COLOURS.sub("", ran.out)
    assert ACTS_ON_TERMINAL.search(plain) is None, plain


def test_markup_of_a_document_is_shown_as_it_stands(escapes: Indexed) -> None:
    program, _ = escapes
    shown = program.run("show", "screen.txt")
    assert "[bold red]province[/]" in shown.out
    assert "[link=http://x.invalid]left[/link]" in shown.out


def test_the_json_holds_the_exact_text(escapes: Indexed) -> None:
    program, _ = escapes
    ran = program.run("ask", "--json", "How many litres does the dam hold?")
    ran.is_fine()
    for citation in json.loads(ran.out)["citations"]:
        assert hostile.ESCAPES[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "a\x1b[2Jb"),
        ("ask", "--corpus", "no\x1b[2Jsuch", "What?"),
        ("show", "x\x1b[2J"),
        ("verify", "x\x1b[2J.json"),
    ],
    ids=repr,
)
def test_what_the_user_typed_is_echoed_as_text(small: Program, arguments: tuple[str, ...]) -> None:
    ran = small.run(*arguments)
    ran.is_fine(2, 4)
    ran.is_safe()


def test_a_page_title_acts_on_nothing(fresh: Program) -> None:
    page = (
        "<html><head><title>Dam\x1b[2J\x07 news \u202eevil</title>"
        "<meta property='og:site_name' content='The \x1b[31mPost'></head><body><article><h1>Dam\x1b[2J news</h1>"
        "<p>The dam of the upper valley holds 37 billion litres of water, the governor\x1b[1m said on Friday in a long "
        "statement to the press.</p><p>She added that the valley below it is safe and that nobody has to leave their "
        "home this winter.</p></article></body></html>"
    )
    (fresh.corpus / "page.html").write_text(page, encoding="utf-8")
    fresh.run("index").is_safe()
    for command in COMMANDS[:1] + COMMANDS[6:7]:
        ran = fresh.run(*command)
        ran.is_fine(0, 3)
        ran.is_safe()
