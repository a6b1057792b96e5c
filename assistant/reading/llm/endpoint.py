"""Where requests in OpenAI's protocol go, and with which key: the environment says so, and nothing else may."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from assistant.errors import UsageError

OPENAI = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks the protocol; OpenAI itself unless there is an address."""

    url: str | None = None

    @classmethod
    def from_environment(cls) -> Self:
        """The server that OPENAI_BASE_URL names.

        Raises:
            UsageError: it is no address.
        """
        url = os.environ.get("OPENAI_BASE_URL", "").strip()
        if not url:
            return cls()
        try:
            parts = urlsplit(url)
            good = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
        except ValueError:
            good = False
        if not good:
            raise UsageError("OPENAI_BASE_URL is not an address", "Write it like http://localhost:11434/v1.")
        return cls(url)

    @property
    def host(self) -> str:
        """Host name and port, without what else an address may hold (a password, too); empty for OpenAI itself."""
        if self.url is None:
            return ""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or self.url

    @property
    def own(self) -> bool:
        """Whether it is not OpenAI's: prices and limits are then unknown."""
        return self.url is not None and not self.host.endswith(OPENAI)


def key_of(provider: str) -> str:
    """The API key for a provider; empty if there is none."""
    return os.environ.get(f"{provider.upper()}_API_KEY", "")
