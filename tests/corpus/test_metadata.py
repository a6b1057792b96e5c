from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.metadata import read_metadata
from assistant.domain import Provenance
from assistant.errors import CorpusError

PATHS = ("001_page.txt", "sub/other.txt")


def read(folder: Path, text: str) -> dict[str, Provenance]:
    (folder / "metadata.toml").write_text(text, encoding="utf-8")
    return read_metadata(folder, PATHS)


def test_every_key_is_read(tmp_path: Path) -> None:
    text = '["001_page.txt"]\ntitle = "T  x"\noutlet = "O"\nauthor = "A"\ndate = 2022-01-15\nurl = "http://u"\n'
    assert read(tmp_path, text) == {"001_page.txt": Provenance("T x", "O", "A", date(2022, 1, 15), "http://u")}


@pytest.mark.parametrize("value", ["2022-01-15", '"2022-01-15"', "2022-01-15T10:00:00Z", '"2022-01-15T10:00:00+02:00"'])
def test_forms_of_a_date(tmp_path: Path, value: str) -> None:
    assert read(tmp_path, f'["001_page.txt"]\ndate = {value}')["001_page.txt"].published == date(2022, 1, 15)


def test_no_file_says_nothing(tmp_path: Path) -> None:
    assert read_metadata(tmp_path, PATHS) == {}


def test_a_file_in_a_subfolder_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "metadata.toml").write_text('["other.txt"]\noutlet = "O"\n', encoding="utf-8")
    assert read_metadata(tmp_path, PATHS) == {"sub/other.txt": Provenance(outlet="O")}


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        (
            '\n["001_page.txt"]\noutlt = "O"',
            "metadata.toml, line 3: unknown key 'outlt' for '001_page.txt'",
            "Did you mean 'outlet'?",
        ),
        (
            '["001_page.txt"]\nxyzzy = "O"',
            "metadata.toml, line 2: unknown key 'xyzzy' for '001_page.txt'",
            "Known keys are title, outlet, author, date, url.",
        ),
        (
            '\n\n["001_pge.txt"]\ntitle = "T"',
            "metadata.toml, line 3: there is no document '001_pge.txt'",
            "Did you mean '001_page.txt'?",
        ),
        (
            '[001_page.txt]\ntitle = "T"',
            "metadata.toml, line 1: there is no document '001_page'",
            'Put the name in quotation marks: ["001_page.txt"].',
        ),
        (
            '["001_page.txt"]\ndate = "last week"',
            "metadata.toml, line 2: 'last week' of '001_page.txt' is no date",
            "Write it as date = 2022-01-15.",
        ),
        (
            '["001_page.txt"]\ntitle = 5',
            "metadata.toml, line 2: title of '001_page.txt' is not a text",
            'Write title = "…".',
        ),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path: Path, text: str, message: str, remedy: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(tmp_path, text)
    assert (caught.value.message, caught.value.remedy) == (message, remedy)


def test_broken_toml_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^metadata\.toml is no valid TOML: .*line 1") as caught:
        read(tmp_path, '["001_page.txt"\ntitle = "T"')
    assert "\n" not in str(caught.value)


def test_a_key_outside_of_a_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="line 1: 'title' stands outside of a table"):
        read(tmp_path, 'title = "T"')
