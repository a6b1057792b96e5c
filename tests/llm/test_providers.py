from __future__ import annotations

import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from assistant import doctor
from assistant.errors import ModelError, UsageError
from assistant.reading.extractive import ExtractiveReader
from assistant.reading.llm.choose import DEFAULT_OPENAI, Choice, named, reader_for
from assistant.reading.llm.fallback import FallbackReader
from assistant.reading.llm.faults import request_error
from assistant.reading.llm.prompts import load
from assistant.reading.llm.providers import LangChainModel, Request, open_model
from assistant.reading.llm.scripted import ScriptedModel
from assistant.reading.llm.seam import Message, ModelRequestError, Piece
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("model", "fallbacks", "environment", "names"),
    [
        ("", (), {}, ("extractive",)),
        ("", (), {"OPENAI_API_KEY": "k"}, (DEFAULT_OPENAI,)),
        ("", ("extractive",), {"OPENAI_API_KEY": "k"}, (DEFAULT_OPENAI, "extractive")),
        ("extractive", (), {"OPENAI_API_KEY": "k"}, ("extractive",)),
        ("a:b", ("c:d", "a:b"), {}, ("a:b", "c:d")),
    ],
)
def test_who_answers(model: str, fallbacks: tuple[str, ...], environment: dict[str, str], names: tuple[str]) -> None:
    assert named(model, fallbacks, environment) == names


def test_the_reader_of_a_choice(quoting: ExtractiveReader, tmp_path: Path) -> None:
    assert reader_for(Choice(("extractive",)), quoting, tmp_path) is quoting
    assert reader_for(Choice(("openai:x",)), quoting, tmp_path).name == "openai:x"
    both = reader_for(Choice(("openai:x", "extractive")), quoting, tmp_path)
    assert isinstance(both, FallbackReader)


@pytest.mark.parametrize("name", ["gpt-4", ":x", "openai:", " : "])
def test_a_name_that_is_no_model(name: str) -> None:
    with pytest.raises(UsageError) as error:
        open_model(name, Request())
    assert str(error.value) == (
        f"“{name}” is not a model. "
        "Write extractive, or provider:name, like openai:gpt-5.6-luna; docs/models.md has more."
    )


def test_a_provider_that_nobody_knows() -> None:
    with pytest.raises(UsageError) as error:
        open_model("qwen2.5:7b", Request()).prepare()
    assert str(error.value) == (
        "There is no provider “qwen2.5”. "
        "For a server that speaks OpenAI's protocol write openai:qwen2.5:7b; see docs/models.md."
    )


def test_a_provider_whose_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    with pytest.raises(ModelError) as error:
        open_model("anthropic:claude-x", Request()).prepare()
    assert str(error.value) == (
        "anthropic:claude-x needs the package langchain-anthropic. Install it: pip install langchain-anthropic"
    )


@pytest.mark.parametrize("url", ["localhost:11434", "http://", "ftp://x/v1", "http://x:port/v1", "http://[::1"])
def test_an_address_that_is_none(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    with pytest.raises(UsageError, match="OPENAI_BASE_URL is not an address"):
        open_model("openai:x", Request())


def test_what_is_known_of_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    model = open_model(DEFAULT_OPENAI, Request())
    assert (model.window, model.metered) == (1_050_000, True)
    assert open_model("openai:nobody-knows", Request()).window is None
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
    own = open_model(DEFAULT_OPENAI, Request())
    assert (own.window, own.metered) == (None, False)


def test_a_reasoning_model_gets_no_limits_that_it_does_not_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    plain, reasoning = (
        LangChainModel("openai", "gpt-4.1", Request()),
        LangChainModel("openai", "gpt-5.6-luna", Request()),
    )
    assert (_field(plain, "max_tokens"), _field(plain, "temperature")) == (1024, 0.0)
    assert (_field(reasoning, "max_tokens"), _field(reasoning, "temperature")) == (None, None)
    assert _field(plain, "max_retries") == 0


def _field(model: LangChainModel, name: str) -> Any:
    return getattr(model._chat, name)


def test_any_chat_model_of_langchain_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers() -> Iterator[AIMessage]:
        yield AIMessage("It sank [1].")

    model = LangChainModel("other", "m", Request())
    monkeypatch.setitem(model.__dict__, "_chat", GenericFakeChatModel(messages=answers()))
    pieces = list(model.stream([Message("system", "s"), Message("user", "u")]))
    assert "".join(piece.text for piece in pieces) == "It sank [1]."
    assert pieces[-1] == Piece(tokens=None, finish=None)


def test_a_certificate_that_cannot_be_verified() -> None:
    error = ssl.SSLCertVerificationError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    told = request_error(error, "openai:x", "my.host")
    assert str(told) == (
        "The certificate of my.host cannot be verified, so that openai:x was not asked. "
        "Check OPENAI_BASE_URL; name your own authority with SSL_CERT_FILE."
    )
    assert not told.retryable


def test_nothing_that_looks_like_a_key_is_shown() -> None:
    class RefusedError(Exception):
        status_code = 422
        body = {"message": "header Bearer abcdef123456, key sk-proj-XYZ123456 and mysecret"}  # noqa: RUF012 never changed

    told = request_error(RefusedError(), "a:b", "host", secret="mysecret")  # noqa: S106 made up
    assert told.message == "host refuses the request to a:b (422): header …, key … and …"


def test_a_script_from_a_file(tmp_path: Path) -> None:
    script = tmp_path / "s.txt"
    script.write_text("pace: 0.001\nOne [1].\nSame.\n---\nTwo.\n", encoding="utf-8")
    model = ScriptedModel.from_file(script)
    assert model.name == "scripted:s.txt"
    texts = ["".join(piece.text for piece in model.stream([Message("user", "q")])) for _ in range(2)]
    assert texts == ["One [1].\nSame.", "Two."]
    assert model.asked == [(Message("user", "q"),)] * 2
    with pytest.raises(ModelRequestError, match="has no answer left"):
        list(model.stream([]))
    with pytest.raises(UsageError, match="cannot be read"):
        ScriptedModel.from_file(tmp_path / "none.txt")


def test_doctor_tells_who_answers_without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    def readers(**settings: str | tuple[str, ...]) -> list[tuple[str, str]]:
        checks = [one for one in doctor.examine(Settings.load(**settings)) if one.name == "reader"]
        return [(one.severity.value, one.finding) for one in checks]

    monkeypatch.setattr(doctor, "_model", lambda _: iter(()))
    assert readers() == [("ok", "extractive: quotes, and needs no language model")]
    assert readers(model="openai:x") == [("broken", "openai:x needs an API key")]
    assert readers(model="openai:x", fallbacks=("extractive",))[0] == ("warning", "openai:x needs an API key")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    prompt = load("answer").id
    assert readers() == [("ok", f"{DEFAULT_OPENAI} is set up, not asked; prompt {prompt}")]
