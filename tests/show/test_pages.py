"""The pages of search, sources and verify, exactly as they are printed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from rich.text import Text

from assistant.domain import Article, Document, Hit, Passage, Provenance, Skipped, Span
from assistant.show import passages, sources, verdicts
from assistant.show.progress import Progress
from assistant.show.screen import NARROWEST, WIDEST, Screen, paragraph, screen_for
from assistant.verify import Finding, Verdict
from tests.support.memory import MemorySnapshot

SOURCE = Provenance("US approves \x1b[31msale", "The Outlet", None, date(2022, 1, 2))
TEXT = "Washington is prepared for dialog with Moscow."
DOCUMENT = Document("pages/a.txt", "ab" * 32, TEXT, "text", "utf-8")
HIT = Hit(1, 0.834, Passage("p", "pages/a.txt", 0, 0, len(TEXT), TEXT, (Span(0, len(TEXT)),), SOURCE), 0.5, 3.0)


def snapshot() -> MemorySnapshot:
    return MemorySnapshot.build(
        [DOCUMENT],
        None,
        articles=lambda document: [Article(document.path, 0, 0, len(TEXT), SOURCE, ())],
        split=lambda *_: [HIT.passage],
        attribute=lambda *_: [],
        header=lambda *_: "",
        skipped=[Skipped("logo\n.png", "images are not supported")],
    )


def test_search_in_forty_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert passages.to_terminal([HIT], Screen(40), tmp_path / "corpus", lambda *_: 7) == (
        " 1  US approves \\x1b[31msale · The\n"
        "    Outlet · 2022-01-02\n"
        "    Washington is prepared for dialog\n"
        "    with Moscow.\n"
        "    corpus/pages/a.txt:7 · score 0.83\n"
    )


def test_search_without_a_hit(tmp_path: Path) -> None:
    assert passages.to_terminal([], Screen(), tmp_path, lambda *_: 1) == "Nothing found.\n"


def test_sources_page() -> None:
    assert sources.to_terminal(snapshot(), Path("corpus"), Screen(80)) == (
        "pages/a.txt  text · utf-8 · 46 characters · 1 passage\n"
        "  · US approves \\x1b[31msale · The Outlet · 2022-01-02\n"
        "skipped  logo\\n.png: images are not supported\n"
        "\n"
        "1 document, 1 article, 1 passage, 1 skipped in corpus\n"
    )


def test_sources_object() -> None:
    state = snapshot()
    assert sources.to_json(state) == {
        "index": state.fingerprint,
        "documents": [
            {
                "path": "pages/a.txt",
                "sha256": "ab" * 32,
                "format": "text",
                "encoding": "utf-8",
                "characters": 46,
                "passages": 1,
                "articles": [
                    {
                        "title": SOURCE.title,
                        "outlet": "The Outlet",
                        "author": None,
                        "published": "2022-01-02",
                        "url": None,
                        "start": 0,
                        "end": 46,
                    }
                ],
            }
        ],
        "skipped": [{"path": "logo\n.png", "reason": "images are not supported"}],
    }


def test_verdicts() -> None:
    found = [
        Verdict(1, "a.txt", Finding.VERIFIED, "stands at 0-4"),
        Verdict(2, "b.txt", Finding.GONE, "does not hold “x”"),
    ]
    assert verdicts.to_terminal(found, Screen()) == (
        "[1] verified  a.txt: stands at 0-4\n[2] gone  b.txt: does not hold “x”\n1 of 2 verified\n"
    )
    assert verdicts.to_json(found)["verified"] is False
    assert verdicts.to_json(found[:1])["verified"] is True


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "setting", "color"),
    [
        ({}, "auto", True),
        ({"NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": ""}, "auto", True),
        ({"TERM": "dumb"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({}, "never", False),
    ],
)
def test_colour_on_a_terminal(
    variables: dict[str, str], setting: str, color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert screen_for(Terminal(), setting).color is color  # type: ignore[arg-type] # one of the three


def test_no_colour_in_a_pipe() -> None:
    assert screen_for(io.StringIO()).color is False


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("300", WIDEST), ("5", NARROWEST)])
def test_width(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert screen_for(io.StringIO()).width == width


def test_progress_in_a_pipe_is_a_plain_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    stream = io.StringIO()
    with Progress(stream) as progress:
        progress("embedding", 1, 600)
        now = 11.0
        progress("embedding", 300, 600)
        progress("embedding", 301, 600)
        now = 22.0
        progress("reading", 7, 0)
    assert stream.getvalue() == "embedding: 300 of 600\nreading: 7\n"


def test_progress_on_a_terminal_is_a_bar_that_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    with Progress(stream, "never") as progress:
        progress("reading", 1, 2)
        progress("embedding", 1, 2)
    assert "embedding" in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[2K")


def test_a_path_stays_in_one_piece_and_alone_on_its_line() -> None:
    path = "/a/very/long/path/that/does/not/fit.txt:7"
    lines = paragraph(Text(f"see {path} · score 1.00"), Screen(20), indent=2, whole_words=True)
    assert [line.plain for line in lines] == ["  see", f"  {path}", "  · score 1.00"]


def test_a_text_without_spaces_is_broken_by_cells() -> None:
    lines = paragraph(Text("港は何トンの貨物を扱いましたか"), Screen(20), indent=4)
    assert [line.plain for line in lines] == ["    港は何トンの貨物", "    を扱いましたか"]
