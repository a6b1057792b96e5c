from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.index.embed import SHIPPED
from assistant.index.snapshot import EXACT_LIMIT
from assistant.reading.refusal import THRESHOLD
from assistant.retrieve.hybrid import MEASURED
from assistant.settings import Settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def user_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = home / "settings"
    folder.mkdir()
    monkeypatch.setattr("assistant.settings.user_config_path", lambda *_, **__: folder)
    return folder / "assistant.toml"


def test_defaults(home: Path) -> None:
    settings = Settings.load()
    assert settings.corpus == Path("seeds")
    assert settings.home == home / "state"


def test_flags_then_environment_then_working_directory_then_user_file(
    user_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings.load().top_k == 10
    user_file.write_text("top_k = 2")
    assert Settings.load().top_k == 2
    Path("assistant.toml").write_text("top_k = 3")
    assert Settings.load().top_k == 3
    monkeypatch.setenv("ASSISTANT_TOP_K", "4")
    assert Settings.load().top_k == 4
    assert Settings.load(top_k=5).top_k == 5
    assert Settings.load(top_k=None).top_k == 4


def test_each_file_fills_in_what_the_stronger_one_leaves_out(user_file: Path) -> None:
    user_file.write_text('top_k = 2\ncolor = "never"')
    Path("assistant.toml").write_text("top_k = 3")
    settings = Settings.load()
    assert (settings.top_k, settings.color) == (3, "never")


def test_folders_in_a_file_are_relative_to_that_file(user_file: Path, tmp_path: Path) -> None:
    user_file.write_text('corpus = "pages"')
    assert Settings.load().corpus == user_file.parent / "pages"
    Path("assistant.toml").write_text('corpus = "docs"')
    assert Settings.load().corpus == tmp_path / "docs"


def test_a_tilde_is_the_home_directory(home: Path) -> None:
    assert Settings.load(corpus="~/pages").corpus == home / "pages"


def test_an_empty_variable_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CORPUS", "")
    assert Settings.load().corpus == Path("seeds")


def message(**flags: object) -> str:
    with pytest.raises(UsageError) as caught:
        Settings.load(**flags)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_unknown_key_names_the_nearest_known_one(tmp_path: Path) -> None:
    Path("assistant.toml").write_text("topk = 3")
    assert message() == (
        f"Unknown setting topk in {tmp_path / 'assistant.toml'}. "
        f"The nearest known one is top_k in {tmp_path / 'assistant.toml'}."
    )


def test_an_unknown_variable_names_the_nearest_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CORPSE", "x")
    assert message() == ("Unknown setting ASSISTANT_CORPSE. The nearest known one is ASSISTANT_CORPUS.")


@pytest.mark.parametrize("place", ["flag", "variable", "file"])
def test_a_bad_value_names_where_it_stands(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flags: dict[str, object] = {}
    if place == "flag":
        flags, where, value = {"top_k": 0}, "--top-k", "0"
    elif place == "variable":
        monkeypatch.setenv("ASSISTANT_TOP_K", "0")
        where, value = "ASSISTANT_TOP_K", "'0'"
    else:
        Path("assistant.toml").write_text("top_k = 0")
        where, value = f"top_k in {tmp_path / 'assistant.toml'}", "0"
    assert message(**flags) == f"{where} is {value}, but takes a whole number from 1 to 100. See docs/settings.md."


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("top_k", "many", "a whole number from 1 to 100"),
        ("top_k", "9" * 5000, "a whole number from 1 to 100"),
        ("top_k", 2.5, "a whole number from 1 to 100"),
        ("top_k", True, "a whole number from 1 to 100"),
        ("top_k", [3], "a whole number from 1 to 100"),
        ("corpus", "", "a folder"),
        ("corpus", 7, "a folder"),
        ("embedder", {}, "text"),
        ("color", "red", "auto, always or never"),
        ("color", ["never"], "auto, always or never"),
    ],
)
def test_what_a_setting_does_not_take(name: str, value: object, takes: str) -> None:
    assert message(**{name: value}).endswith(f" is {value!r}, but takes {takes}. See docs/settings.md.")


def test_an_embedder_in_a_file_is_a_name_or_a_folder_beside_it(tmp_path: Path) -> None:
    Path("assistant.toml").write_text('embedder = "minilm"')
    assert Settings.load().embedder == "minilm"
    Path("assistant.toml").write_text('embedder = "openai:text-embedding-3-small"')
    assert Settings.load().embedder == "openai:text-embedding-3-small"
    Path("assistant.toml").write_text('embedder = "models/mine"')
    assert Settings.load().embedder == str(tmp_path / "models" / "mine")


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    Path("assistant.toml").write_text("top_k =")
    assert message().startswith(f"{tmp_path / 'assistant.toml'} is not TOML: ")


def test_the_fingerprint_tells_settings_that_change_answers_from_those_that_do_not() -> None:
    base = Settings.load().fingerprint()
    assert len(base) == 12
    assert Settings.load(corpus="elsewhere", color="never").fingerprint() == base
    assert Settings.load(top_k=3).fingerprint() != base


def test_defaults_are_those_of_the_parts_they_set() -> None:
    settings = Settings.load()
    assert settings.refuse_below == THRESHOLD
    assert settings.exact_limit == EXACT_LIMIT
    assert settings.embedder == SHIPPED
    blend = (
        settings.candidates,
        settings.lexical_weight,
        settings.outlet_bonus,
        settings.date_bonus,
        settings.name_bonus,
    )
    assert blend == (MEASURED.candidates, MEASURED.lexical, MEASURED.outlet, MEASURED.day, MEASURED.name)
