"""The parts below the screen: wrapping, keys, texts, the editor's command, suggestions, dates."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.domain import Conversation, Filter, Provenance, Span, Turn, TurnState
from assistant.errors import UsageError
from assistant.period import day
from assistant.settings import Settings
from assistant.tui import editor, keymap, texts
from assistant.tui.places import Place, letter
from assistant.tui.wrapping import row_at, rows, shown

TEXT = st.text(st.sampled_from("ab cd\t\n\r漢字é\x1b\u202e.“”-"), max_size=80)


@given(TEXT, st.integers(4, 20))
def test_rows_hold_every_character_once_and_are_no_wider(text: str, width: int) -> None:
    found = rows(text, width)
    assert [row.start for row in found] == sorted(row.start for row in found)
    covered = "".join(text[row.start : row.end] for row in found)
    assert covered.split() == text.split() or "".join(covered.split()) == "".join(text.split())
    for row in found:
        assert "\n" not in text[row.start : row.end]
        line = shown(text[row.start : row.end].rstrip())
        assert cell_len(line) <= width or row.end - row.start == 1 or not text[row.start : row.end].strip()


@given(TEXT.filter(bool), st.integers(4, 20), st.data())
def test_an_offset_is_found_in_its_row(text: str, width: int, data: st.DataObject) -> None:
    found = rows(text, width)
    offset = data.draw(st.integers(0, len(text) - 1))
    row = found[row_at(found, offset)]
    assert row.start <= offset
    if text[offset].strip():
        assert offset < row.end


def test_a_line_is_a_row_if_it_fits() -> None:
    assert rows("one two\nthree", 20) == [Span(0, 7), Span(8, 13)]
    assert rows("one two three", 8) == [Span(0, 7), Span(8, 13)]
    assert rows("", 8) == [Span(0, 0)]


def test_keys_have_no_two_meanings_as_shipped() -> None:
    assert keymap.checked({}) == {}
    assert {*keymap.LETTERS} <= {command.name for command in keymap.COMMANDS}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"nextcitation": "f3"}, "Unknown command 'nextcitation' in the keys. The nearest known one is "
         "'next_citation'."),
        ({"find": "f3"}, "The key 'f3' stands for next_citation and for find. Choose another."),
        ({"find": "ctrl+q"}, "The key 'ctrl+q' stands for quit and for find. Choose another."),
    ],
)  # fmt: skip
def test_wrong_keys_are_told(keys: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as error:
        keymap.checked(keys)
    assert str(error.value) == said


def test_keys_and_theme_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "assistant.toml").write_text('theme = "nord"\n[keys]\nfind = "ctrl+g"\n')
    settings = Settings.load()
    assert (settings.theme, settings.keys) == ("nord", {"find": "ctrl+g"})
    monkeypatch.setenv("ASSISTANT_KEYS", "find=f11; model=ctrl+b")
    assert Settings.load().keys == {"find": "f11", "model": "ctrl+b"}
    assert Settings.load().fingerprint() == Settings.load(keys={}, theme="x").fingerprint()
    monkeypatch.setenv("ASSISTANT_KEYS", "find")
    with pytest.raises(UsageError, match="takes a table of names and texts"):
        Settings.load()


@pytest.mark.parametrize(
    ("keys", "spelling"),
    [("ctrl+r", "Ctrl+R"), ("f3", "F3"), ("escape", "Esc"), ("n,right", "n, Right"), ("slash", "/"), ("", "")],
)
def test_keys_as_a_person_reads_them(keys: str, spelling: str) -> None:
    assert keymap.spelled(keys) == spelling


@pytest.mark.skipif(sys.platform == "win32", reason="words are split as a POSIX shell does")
@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("vim", ["vim", "+7", "/a b.txt"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "/a b.txt"]),
        ("code --wait", ["code", "--wait", "--goto", "/a b.txt:7"]),
        ("/usr/bin/hx", ["/usr/bin/hx", "/a b.txt:7"]),
        ("open", ["open", "/a b.txt"]),
    ],
)
def test_how_editors_are_told_a_line(chosen: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", chosen)
    assert editor.command(Path("/a b.txt"), 7) == words


def test_no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="No editor is named"):
        editor.command(Path("a.txt"), 1)


def test_letters_go_on_after_z() -> None:
    assert [letter(n) for n in (0, 1, 25, 26, 53)] == ["a", "b", "z", "a1", "b2"]


def test_limits_in_words() -> None:
    assert texts.limits(Filter()) == ""
    where = Filter(date(2022, 1, 1), date(2022, 2, 1), "The\x1b Post", "a.txt")
    assert texts.limits(where) == "outlet The\\x1b Post, since 2022-01-01, until 2022-02-01, document a.txt"


def test_a_place_without_a_speaker_is_copied_with_what_is_known() -> None:
    place = Place("a", "a.txt", 3, 9, "It  sank.", Provenance())
    assert texts.quote(place) == "It sank."
    assert texts.citation(place) == "It sank.\n— a.txt (3-9)"


@pytest.mark.parametrize(
    ("text", "last", "meant"),
    [("2022", False, date(2022, 1, 1)), ("2022", True, date(2022, 12, 31)), ("2024-02", True, date(2024, 2, 29)),
     ("2022-03-04", True, date(2022, 3, 4))],
)  # fmt: skip
def test_days(text: str, last: bool, meant: date) -> None:
    assert day(text, last=last) == meant


@pytest.mark.parametrize("text", ["", "22", "2022-13", "2022-02-30", "2022-1", "yesterday"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(UsageError):
        day(text, last=False)


def test_the_plain_view_shows_the_conversation_and_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    noon = datetime(2022, 1, 15, 12, tzinfo=UTC)
    turn = Turn(1, "Who \x1b[31mspoke?", noon, state=TurnState.BROKEN, error="the server went away")
    waiting = io.StringIO("\nnot read\n")
    monkeypatch.setattr(sys, "stdin", waiting)
    editor.show_plain(Conversation(7, "/pages", "", noon, noon, Filter(), (turn,)), "never")
    shown_text = capsys.readouterr().out
    assert r"Who \x1b[31mspoke?" in shown_text
    assert "the server went away" in shown_text
    assert shown_text.endswith("Enter goes back. ")
    assert "\x1b" not in shown_text
    assert waiting.readline() == "not read\n"
