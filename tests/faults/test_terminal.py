"""Nothing that a document, a name or a question holds acts on a terminal, in no output of any command."""

from __future__ import annotations

import json

from tests.faults import hostile
from tests.faults.program import ACTS_ON_TERMINAL, COLOURS, Ended, Program

Indexed = tuple[Program, Ended]

COMMANDS = (
    ("ask", "How many litres does the dam hold?"),
    ("ask", "What did the governor say?"),
    ("ask", "What did the astronaut bake?"),
    ("search", "the governor and the dam"),
    ("show", "screen.txt"),
    ("show", "screen.txt:110-200"),
    ("sources",),
    ("doctor",),
)


def test_index_names_no_raw_escape(escapes: Indexed) -> None:
    _, ran = escapes
    ran.is_fine()
    ran.is_safe()


def test_no_output_holds_a_raw_escape(escapes: Indexed) -> None:
    program, _ = escapes
    answers = program.run_all(*COMMANDS)
    for ran in answers:
        ran.is_fine(0, 3)
        ran.is_safe()
    assert "37 billion" in answers[0].out
    assert "safe" in answers[1].out
    assert "[bold red]province[/]" in answers[4].out
    assert "[link=http://x.invalid]left[/link]" in answers[4].out


def test_no_json_holds_a_raw_escape_and_all_of_it_is_exact(escapes: Indexed) -> None:
    program, _ = escapes
    answers = program.run_all(*((*command, "--json") for command in COMMANDS))
    for ran in answers:
        ran.is_fine(0, 3)
        ran.is_safe()
        json.loads(ran.out)
    cited = [citation for ran in answers[:2] for citation in json.loads(ran.out)["citations"]]
    assert cited
    for citation in cited:
        assert hostile.ESCAPES[citation["start"] : citation["end"]] == citation["quote"]


def test_in_colour_the_only_escapes_are_colours(escapes: Indexed) -> None:
    program, _ = escapes
    answers = program.run_all(*COMMANDS, env={"ASSISTANT_COLOR": "always"})
    assert b"\x1b[" in answers[0].stdout
    for ran in answers:
        ran.is_fine(0, 3)
        plain = COLOURS.sub("", ran.out)
        assert ACTS_ON_TERMINAL.search(plain) is None, plain


def test_what_the_user_typed_is_echoed_as_text(small: Program) -> None:
    for ran in small.run_all(
        ("ask", "a\x1b[2Jb"),
        ("ask", "--corpus", "no\x1b[2Jsuch", "What?"),
        ("show", "x\x1b[2J"),
        ("verify", "x\x1b[2J.json"),
        ("x\x1b[2J",),
        ("ask", "--\x1b[2J", "What?"),
    ):
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
    answers = fresh.run_all(("index",), COMMANDS[0], ("sources",))
    for ran in answers:
        ran.is_fine()
        ran.is_safe()
    assert "37 billion" in answers[1].out
