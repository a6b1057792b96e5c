"""Every command as its users run it: what it prints, and the code it ends with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import COMMANDS
from tests.support.command import Ran, assistant, python

BRIDGE = (
    "Bridge over the Neris opens\n\nVilnius Courier\n3 May 2021\n\n"
    "The new bridge over the Neris cost 41 million euros and took three years to build.\n\n"
    "“We will never again build so slowly,” Mayor Ona Petraitė said at the opening.\n"
)
FERRY = "The ferry to Nida carries 120 cars. It leaves every half hour, and the crossing takes ten minutes.\n"
NOTE = "A footnote in a folder of its own says that storks nest on eleven roofs of the town.\n"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an indexed corpus of three documents and a picture."""
    folder = tmp_path_factory.mktemp("shelf")
    corpus = folder / "corpus"
    (corpus / "notes").mkdir(parents=True)
    (corpus / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (corpus / "ferry.md").write_text(FERRY, encoding="utf-8")
    (corpus / "notes" / "storks.txt").write_text(NOTE, encoding="utf-8")
    (corpus / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    environment = {"ASSISTANT_CORPUS": str(corpus), "ASSISTANT_HOME": str(folder / "state")}
    ran = assistant("index", "--json", env=environment)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["added"] == ["bridge.txt", "ferry.md", "notes/storks.txt"]
    return environment


def loaded(ran: Ran, code: int = 0) -> Any:
    """The object on stdout of a run that said nothing else."""
    assert (ran.code, ran.err) == (code, "")
    return json.loads(ran.out)


def test_the_chat_in_a_pipe_says_what_to_use_instead() -> None:
    for arguments in ((), ("chat",)):
        ran = assistant(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "assistant: The chat needs a terminal, and stdin is none. "
            'Use: assistant ask "What did the minister say?", and -c to follow up.\n'
        )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_a_page(name: str) -> None:
    ran = assistant(name, "--help")
    assert ran.out.startswith(f"Usage: assistant {name} ")
    assert ran.code == 0
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"## `assistant {name}`\n" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["aks", "x"], "There is no command 'aks'. Did you mean ask? See: assistant --help"),
        (["Who?"], "There is no command 'Who?'. To ask: assistant ask \"Who?\". See: assistant --help"),
        (["ask"], "Missing argument 'QUESTION...'. See: assistant ask --help"),
        (["ask", ""], 'The question is empty. Ask in words, like: assistant ask "What did the minister say?"'),
        (["ask", "x", "--since", "May"], "'May' is not a date like 2022-01-31, 2022-01 or 2022"),
        (["ask", "x", "--since", "2022-02-30"], "'2022-02-30' is not a date like 2022-01-31, 2022-01 or 2022"),
        (["ask", "x", "--since", "2022", "--until", "2021"], "--since 2022-01-01 is later than --until 2021-12-31"),
        (["ask", "x", "--top-k", "0"], "--top-k is 0, but takes a whole number from 1 to 100. See docs/settings.md."),
        (["ask", "x", "--corpus", ""], "--corpus is '', but takes a folder. See docs/settings.md."),
        (["index", "a", "--corpus", "b"], "PATH is a and --corpus is b. Give one of the two."),
        (["verify", "none.json"], "none.json cannot be read: No such file or directory"),
    ],
)
def test_a_request_that_is_off_is_one_line(arguments: list[str], message: str) -> None:
    ran = assistant(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("assistant: ")
    assert ran.err.count("\n") == 1
    assert message in ran.err


def test_no_folder_and_a_file_for_a_folder_are_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for command in (["ask", "Who?"], ["search", "Who?"], ["index"], ["sources"], ["show", "x"]):
        for folder in (tmp_path / "none", file, tmp_path / "e"):
            (tmp_path / "e").mkdir(exist_ok=True)
            ran = assistant(*command, "--corpus", str(folder))
            assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1), (command, folder, ran)
            assert str(folder) in ran.err


def test_ask(shelf: dict[str, str]) -> None:
    answer = loaded(assistant("ask", "--json", "How much did the bridge over the Neris cost?", env=shelf))
    assert answer["outcome"] == "answered"
    (citation,) = answer["citations"]
    assert citation["document"] == "bridge.txt"
    assert citation["verified"] is True
    assert "41 million euros" in citation["quote"]
    assert BRIDGE[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_reads_stdin_and_loose_words(shelf: dict[str, str]) -> None:
    quoted = loaded(assistant("ask", "--json", "How many cars does the ferry carry?", env=shelf))
    loose = loaded(assistant("ask", "--json", "How", "many", "cars", "does", "the", "ferry", "carry?", env=shelf))
    piped = loaded(assistant("ask", "--json", "-", stdin="How many cars does\nthe ferry carry?\n", env=shelf))
    assert quoted["citations"] == loose["citations"] == piped["citations"]
    assert [c["document"] for c in quoted["citations"]] == ["ferry.md"]


def test_stdin_that_is_no_text_is_one_line(shelf: dict[str, str]) -> None:
    ran = assistant("ask", "-", stdin=b"\xff\xfe\x00", env=shelf)
    assert (ran.code, ran.err) == (
        2,
        "assistant: stdin is not UTF-8 text, so that the question cannot be read. Convert it to UTF-8.\n",
    )


def test_a_question_that_the_corpus_does_not_answer_ends_with_3(shelf: dict[str, str]) -> None:
    answer = loaded(assistant("ask", "--json", "Which team won the 1998 World Cup in Paris?", env=shelf), code=3)
    assert (answer["outcome"], answer["citations"]) == ("refused", [])


def test_search(shelf: dict[str, str]) -> None:
    hits = loaded(assistant("search", "--json", "--top-k", "2", "storks on roofs", env=shelf))
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert hits[0]["document"] == "notes/storks.txt"
    assert hits[0]["text"] == NOTE[hits[0]["start"] : hits[0]["end"]]


def test_dates_filter(shelf: dict[str, str]) -> None:
    inside = loaded(assistant("search", "--json", "bridge", "--since", "2021-05", "--until", "2021-05", env=shelf))
    assert [hit["document"] for hit in inside] == ["bridge.txt"]
    assert loaded(assistant("search", "--json", "bridge", "--since", "2021-06", env=shelf), code=3) == []
    assert loaded(assistant("search", "--json", "bridge", "--until", "2021-04", env=shelf), code=3) == []


def test_index_a_second_time_has_nothing_to_do(shelf: dict[str, str]) -> None:
    ran = assistant("index", env=shelf)
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing has changed. 3 documents, 3 passages, 1 skipped in " in " ".join(ran.out.split())


def test_sources(shelf: dict[str, str]) -> None:
    listing = loaded(assistant("sources", "--json", env=shelf))
    assert [document["path"] for document in listing["documents"]] == ["bridge.txt", "ferry.md", "notes/storks.txt"]
    assert [article["published"] for article in listing["documents"][0]["articles"]] == ["2021-05-03"]
    assert [one["path"] for one in listing["skipped"]] == ["logo.png"]


@pytest.mark.parametrize("place", ["bridge.txt", "bri", "notes/storks.txt", "n"])
def test_show_finds_a_document_by_its_path_or_its_beginning(place: str, shelf: dict[str, str]) -> None:
    document = loaded(assistant("show", "--json", place, env=shelf))
    assert document["quote"] == (NOTE if place.startswith("n") else BRIDGE)


def test_show_a_range_and_a_line(shelf: dict[str, str]) -> None:
    start = BRIDGE.index("41 million")
    shown = loaded(assistant("show", "--json", f"bridge.txt:{start}-{start + 10}", "--context", "0", env=shelf))
    assert (shown["quote"], shown["line"]) == ("41 million", 6)
    assert shown["before"] + shown["quote"] + shown["after"] == BRIDGE.splitlines(keepends=True)[5]
    assert loaded(assistant("show", "--json", "bridge.txt:6", env=shelf))["quote"] == BRIDGE.splitlines()[5]


def test_show_takes_a_path_from_here(shelf: dict[str, str]) -> None:
    corpus = Path(shelf["ASSISTANT_CORPUS"])
    ran = assistant("show", "--json", "corpus/bridge.txt:6", cwd=corpus.parent, env=shelf)
    assert loaded(ran)["document"] == "bridge.txt"


@pytest.mark.parametrize(
    "place", ["", "none.txt", "bridge.txt:0", "bridge.txt:99", "bridge.txt:9-3", "bridge.txt:1-9999"]
)
def test_show_what_is_not_there(place: str, shelf: dict[str, str]) -> None:
    ran = assistant("show", place, env=shelf)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_verify_a_saved_answer_and_a_forged_one(shelf: dict[str, str], tmp_path: Path) -> None:
    saved = assistant("ask", "--json", "How much did the bridge over the Neris cost?", env=shelf).out
    corpus = shelf["ASSISTANT_CORPUS"]
    assert loaded(assistant("verify", "--json", "-", "--corpus", corpus, stdin=saved))["verified"] is True
    forged = tmp_path / "forged.json"
    forged.write_text(saved.replace("41 million", "14 million"), encoding="utf-8")
    ran = assistant("verify", str(forged), "--corpus", corpus)
    assert (ran.code, ran.err) == (7, "")
    assert ran.out.startswith("[1] gone  bridge.txt: does not hold “")
    empty = assistant("verify", "-", "--corpus", corpus, stdin="")
    assert (empty.code, empty.err.partition(":")[2].partition(":")[0]) == (2, " stdin is not JSON")


def test_doctor_finds_a_sound_corpus_healthy(shelf: dict[str, str]) -> None:
    report = loaded(assistant("doctor", "--json", env=shelf))
    assert report["healthy"] is True
    found = {check["name"]: check["severity"] for check in report["checks"]}
    assert found == {
        "program": "ok",
        "settings": "ok",
        "model": "ok",
        "reader": "ok",
        "state": "ok",
        "disk": "ok",
        "corpus": "ok",
        "formats": "note",
        "index": "ok",
    }


def test_a_reader_that_leaves_early_is_no_error(shelf: dict[str, str]) -> None:
    script = (
        "import subprocess, sys\n"
        "p = subprocess.Popen([sys.executable, '-m', 'assistant', 'show', 'bridge.txt'], stdout=-1, stderr=-1)\n"
        "p.stdout.close()\n"
        "print(p.wait(), p.stderr.read())\n"
    )
    assert python("-c", script, env=shelf).out == "0 b''\n"


def test_the_page_fits_sixty_columns_and_pipes_hold_no_colour(shelf: dict[str, str]) -> None:
    ran = assistant("ask", "How much did the bridge over the Neris cost?", env={**shelf, "COLUMNS": "60"})
    assert "\x1b" not in ran.out
    assert [line for line in ran.out.splitlines() if len(line) > 60 and " " in line.strip()] == []


def test_colour_when_asked_for(shelf: dict[str, str]) -> None:
    ran = assistant("sources", env={**shelf, "ASSISTANT_COLOR": "always"})
    assert "\x1b[1mbridge.txt\x1b[0m" in ran.out


def test_a_folder_that_moved_on_is_told_on_stderr(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "dam.txt").write_text("The dam at Odra was built in 1954 by two brothers.\n", encoding="utf-8")
    question = ("ask", "--corpus", str(folder), "When was the dam at Odra built?")
    assert assistant(*question).err == ""
    (folder / "ferry.txt").write_text("The ferry sank.\n", encoding="utf-8")
    late = assistant(*question)
    assert late.code == 0
    assert late.err == "assistant: 1 file added since the index was made; `assistant index` brings it up to date.\n"
    assert "built in 1954" in late.out
