"""How `--model` becomes a model: LangChain's chat models behind our seam. Only this module imports langchain.

`openai:NAME` talks to OpenAI, or to any server that speaks its protocol if `OPENAI_BASE_URL` names one;
`PROVIDER:NAME` to whatever LangChain package is installed; `scripted:FILE` reads answers from a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError, UsageError
from assistant.reading.llm.endpoint import Endpoint, key_of
from assistant.reading.llm.faults import request_error
from assistant.reading.llm.scripted import ScriptedModel
from assistant.reading.llm.seam import ChatModel, Message, ModelRequestError, Piece, Tokens

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

_INSTALL = re.compile(r"pip install ([\w-]+)")
_FINISH = ("finish_reason", "stop_reason", "done_reason")
"""Where providers put why they stopped."""


@dataclass(frozen=True, slots=True)
class Request:
    """What goes with every request."""

    temperature: float = 0.0
    answer_tokens: int = 1024
    timeout: float = 65.0
    """Seconds of silence after which the connection itself is given up."""


def open_model(name: str, request: Request) -> ChatModel:
    """The model of that name; nothing is imported or connected before it is asked.

    Raises:
        UsageError: the name is not `provider:name`, a script cannot be read, or OPENAI_BASE_URL is no address.
    """
    provider, colon, model = name.partition(":")
    if not colon or not provider.strip() or not model.strip():
        raise UsageError(
            f"“{name}” is not a model",
            "Write extractive, or provider:name, like openai:gpt-5.6-luna; docs/models.md has more.",
        )
    if provider == "scripted":
        return ScriptedModel.from_file(Path(model))
    return LangChainModel(provider, model, request)


class LangChainModel:
    """Any chat model of LangChain."""

    def __init__(self, provider: str, model: str, request: Request) -> None:
        self._provider = provider
        self._model = model
        self._request = request
        self._endpoint = Endpoint.from_environment() if provider == "openai" else Endpoint()

    @property
    def name(self) -> str:
        """`provider:name`."""
        return f"{self._provider}:{self._model}"

    @property
    def metered(self) -> bool:
        """Whether it is the provider itself; a server of one's own has no price."""
        return not self._endpoint.own

    @property
    def window(self) -> int | None:
        """As LangChain's data about models has it; not for a server of one's own, which sets its own."""
        if self._endpoint.url is not None:
            return None
        limit = self._profile.get("max_input_tokens")
        return limit if isinstance(limit, int) else None

    def prepare(self) -> None:
        """Imports langchain and the provider's package."""
        self._chat  # noqa: B018 making it is the point

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """The answer as it comes; ModelRequestError for whatever goes wrong on the way."""
        from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
        from langsmith.run_helpers import tracing_context

        chat = self._chat
        turns = [(SystemMessage if m.role == "system" else HumanMessage)(m.text) for m in messages]
        used: Tokens | None = None
        finish: str | None = None
        # Tracing to LangSmith is switched on by the environment, for other programs: nothing is sent there from here.
        with tracing_context(enabled=False):
            try:
                for chunk in chat.stream(turns):
                    if not isinstance(chunk, AIMessageChunk):
                        continue
                    used = _added(used, chunk)
                    finish = finish or _finish(chunk)
                    if text := str(chunk.text):
                        yield Piece(text)
            except Exception as error:
                raise request_error(error, self.name, self._server, self._key) from error
        if finish is None and self._provider == "openai":
            raise ModelRequestError(
                f"{self._server} closed the connection before the answer of {self.name} was whole",
                "Try again.",
                retryable=True,
            )
        yield Piece(tokens=used, finish=finish)

    @property
    def _server(self) -> str:
        return self._endpoint.host or self._provider

    @property
    def _key(self) -> str:
        return key_of(self._provider)

    @property
    def _profile(self) -> Mapping[str, Any]:
        return self._chat.profile or {}

    @cached_property
    def _chat(self) -> BaseChatModel:
        """The chat model. Imports langchain and the provider's package: 0.8 s warm, 2.2 s cold for openai.

        Raises:
            ModelError: the package or the key is missing.
            UsageError: LangChain does not know the provider.
        """
        if self._provider == "openai" and not self._key and self._endpoint.url is None:
            raise ModelError(
                f"{self.name} needs an API key",
                "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or use --model extractive.",
            )
        try:
            from langchain.chat_models import init_chat_model

            chat: BaseChatModel = init_chat_model(self._model, model_provider=self._provider, **self._arguments())
        except ImportError as error:
            package = _INSTALL.search(str(error))
            name = package[1] if package else f"langchain-{self._provider}"
            raise ModelError(f"{self.name} needs the package {name}", f"Install it: pip install {name}") from None
        except ValueError as error:
            if "provider" not in str(error).lower():
                raise request_error(error, self.name, self._server, self._key) from error
            raise UsageError(
                f"There is no provider “{self._provider}”",
                f"For a server that speaks OpenAI's protocol write openai:{self.name}; see docs/models.md.",
            ) from None
        except Exception as error:
            raise request_error(error, self.name, self._server, self._key) from error
        return _fitting(chat)

    def _arguments(self) -> dict[str, Any]:
        common: dict[str, Any] = {
            "temperature": self._request.temperature,
            "max_tokens": self._request.answer_tokens,
            "timeout": self._request.timeout,
            "max_retries": 0,  # stream.py retries, within one budget for all providers
        }
        if self._provider == "openai":
            common |= {"stream_usage": True, "api_key": self._key or "none"}
            if self._endpoint.url is not None:
                common |= {"base_url": self._endpoint.url, "use_responses_api": False}
        return common


def _fitting(chat: BaseChatModel) -> BaseChatModel:
    """Without the limits that a reasoning model does not take: its thinking would count as answer."""
    profile = chat.profile or {}
    for field, known in (
        ("max_tokens", not profile.get("reasoning_output")),
        ("temperature", profile.get("temperature")),
    ):
        if known is False and hasattr(chat, field):
            setattr(chat, field, None)
    return chat


def _added(used: Tokens | None, chunk: AIMessageChunk) -> Tokens | None:
    """The tokens so far; providers report input and output in different pieces."""
    usage = chunk.usage_metadata
    if usage is None:
        return used
    details = usage.get("input_token_details") or {}
    before = used or Tokens(0, 0)
    return Tokens(
        before.input + usage["input_tokens"],
        before.output + usage["output_tokens"],
        before.cached + (details.get("cache_read") or 0),
        before.written + (details.get("cache_creation") or 0),
    )


def _finish(chunk: AIMessageChunk) -> str | None:
    found = next((value for key in _FINISH if (value := chunk.response_metadata.get(key))), None)
    return str(found) if found else None
