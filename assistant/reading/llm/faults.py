"""What a provider's exception means to a person: one line, what to do, and whether asking again may help.

Providers' libraries raise classes of their own. They are told apart by the names in their ancestry (LangChain gives
every provider's errors common base classes) and by the HTTP status they carry, so that no provider is imported here.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from assistant.corpus.folding import visible
from assistant.reading.llm.seam import ModelRequestError

LONGEST_REASON = 200
"""Characters of a server's own message that are shown."""

_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|prompt is too long|too many tokens|exceeds? the (?:avail|max)",
    re.IGNORECASE,
)
_KEY = re.compile(r"\b(?:(?:sk|pk|key|api)[-_]|Bearer )[\w*.-]{6,}", re.IGNORECASE)
_WAIT = re.compile(r"\d+(?:\.\d+)?")


def request_error(
    error: BaseException, name: str, server: str, secret: str = "", named: str = "after --model"
) -> ModelRequestError:
    """The error of a request to the model `name` on `server` (a host name or a provider's name).

    `secret` is the key in use; it never shows, and neither does anything that looks like one. `named` says where
    the user wrote the name.
    """
    chain = list(_chain(error))
    kinds = {kind.__name__ for one in chain for kind in type(one).__mro__}
    status = next((s for one in chain if isinstance(s := getattr(one, "status_code", None), int)), None)
    reason = _reason(error, secret)
    if "ContextOverflowError" in kinds or (status in (400, 413, 422, None) and _TOO_LONG.search(reason)):
        return ModelRequestError(
            f"The prompt is longer than {name} takes",
            "Set model_window to what it takes, or lower top_k.",
            too_long=True,
        )
    if status is not None and status >= 400:
        return _of_status(status, error, name, server, reason, named)
    if unreachable := _unreachable(chain, name, server):
        return unreachable
    if kinds & {"APITimeoutError", "ModelTimeoutError", "TimeoutException", "TimeoutError"}:
        return ModelRequestError(f"{server} did not answer {name} in time", "Try again, or raise model_timeout.")
    if kinds & {"APIConnectionError", "ModelConnectionError", "TransportError", "ConnectionError"}:
        return ModelRequestError(f"{server} closed the connection to {name}", "Try again.", retryable=True)
    if "APIError" in kinds or "ModelError" in kinds:
        return ModelRequestError(f"{server} broke off the answer of {name}{_said(reason)}", "Try again.")
    return ModelRequestError(
        f"{server} sent something that is not the protocol ({type(error).__name__})",
        "Check OPENAI_BASE_URL: it has to be a server that speaks OpenAI's protocol, and usually ends in /v1.",
    )


def _of_status(status: int, error: BaseException, name: str, server: str, reason: str, named: str) -> ModelRequestError:
    told = _said(reason)
    match status:
        case 401:
            return ModelRequestError(f"{server} refuses the API key for {name} (401)", "Check OPENAI_API_KEY.")
        case 403:
            return ModelRequestError(
                f"{server} does not let this API key use {name} (403){told}", "Choose another model, or ask for access."
            )
        case 404:
            return ModelRequestError(
                f"{server} has no model {name.partition(':')[2]} (404)",
                f"Check the name {named}, and OPENAI_BASE_URL.",
            )
        case 429 if "insufficient_quota" in str(getattr(error, "code", "")) or "quota" in reason.lower():
            return ModelRequestError(
                f"The account for {name} has no credit left (429)", "Add credit with the provider."
            )
        case 408 | 409 | 429:
            what = "limits how often it may be asked" if status == 429 else "did not get to"
            return ModelRequestError(
                f"{server} {what}{'' if status == 429 else f' {name}'} ({status})",
                "Try again in a while.",
                retryable=True,
                wait=_wait(error),
            )
    if status >= 500:
        return ModelRequestError(
            f"{server} has a fault of its own with {name} ({status})",
            "Try again in a while, or use another model.",
            retryable=True,
            wait=_wait(error),
        )
    return ModelRequestError(f"{server} refuses the request to {name} ({status}){told}", "docs/models.md may help.")


def _unreachable(chain: list[BaseException], name: str, server: str) -> ModelRequestError | None:
    """A server that cannot be reached at all: waiting half a second does not change that."""
    if any("CERTIFICATE_VERIFY_FAILED" in str(one) for one in chain):
        return ModelRequestError(
            f"The certificate of {server} cannot be verified, so that {name} was not asked",
            "Check OPENAI_BASE_URL; name your own authority with SSL_CERT_FILE.",
        )
    if any(isinstance(one, ssl.SSLError) for one in chain):
        return ModelRequestError(
            f"No secure connection to {server} for {name}: it does not speak TLS",
            "Check OPENAI_BASE_URL; a server of your own may need http:// instead of https://.",
        )
    if any(isinstance(one, socket.gaierror) for one in chain):
        return ModelRequestError(f"There is no server {server} for {name}", "Check OPENAI_BASE_URL and the network.")
    if any(isinstance(one, ConnectionRefusedError) for one in chain):
        return ModelRequestError(f"No server answers at {server} for {name}", "Start it, or check OPENAI_BASE_URL.")
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, also through libraries that only keep it as their context."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [other for other in (one.__cause__, one.__context__) if other is not None]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def _reason(error: BaseException, secret: str) -> str:
    """The server's own words, on one line, without anything that looks like a key."""
    body = getattr(error, "body", None)
    words = body.get("message") if isinstance(body, Mapping) else None
    text = visible(str(words or getattr(error, "message", "") or error))
    if len(secret) > 3:
        text = text.replace(secret, "…")
    flat = " ".join(_KEY.sub("…", text).split())
    return flat if len(flat) <= LONGEST_REASON else flat[:LONGEST_REASON] + "…"


def _said(reason: str) -> str:
    return f": {reason.rstrip('.')}" if reason else ""


def _wait(error: BaseException) -> float | None:
    """Seconds that the server asks to wait, if it does."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    milliseconds = headers.get("retry-after-ms") or ""
    if _WAIT.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    asked = headers.get("retry-after") or ""
    if _WAIT.fullmatch(asked):
        return float(asked)
    try:
        day = parsedate_to_datetime(asked)
    except ValueError:
        return None
    return max(0.0, ((day if day.tzinfo else day.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
