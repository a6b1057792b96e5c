"""Asks a model with patience that ends: time-outs, retries within a budget, and a way to stop.

What comes is read in a thread of its own. A server that sends nothing, or only keep-alive comments, cannot hold up
the caller, and a stop takes effect at once although the socket is still waiting.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from assistant.reading.llm.seam import ChatModel, Message, ModelRequestError, Piece

T = TypeVar("T")

POLL = 0.05
"""Seconds between two looks at the stop event."""
FIRST_WAIT = 0.5
"""Seconds before the first retry, doubled for each further one, where the server names no time."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and how often to ask again."""

    first: float = 60.0
    """For the first piece."""
    between: float = 30.0
    """For each further piece."""
    retries: int = 2
    longest_wait: float = 20.0
    """A server that asks to come back later than this is not waited for."""


class Stopped(Exception):  # noqa: N818 nothing failed: somebody asked to stop
    """The stop event was set."""


def stream(model: ChatModel, messages: Sequence[Message], patience: Patience, stop: threading.Event) -> Iterator[Piece]:
    """The pieces of an answer. Asked again only as long as nothing of it came.

    Raises:
        ModelRequestError: it failed for good; the message tells how often it was tried.
        Stopped: `stop` was set.
    """
    model.prepare()
    for attempt in range(patience.retries + 1):
        came = False
        try:
            for piece in _timed(lambda: model.stream(messages), lambda one: one.text, model.name, patience, stop):
                came = came or bool(piece.text)
                yield piece
        except ModelRequestError as fault:
            _pause(fault, attempt, patience, stop, final=came)
        else:
            return


def request(ask: Callable[[], T], name: str, patience: Patience, stop: threading.Event) -> T:
    """What `ask` gives, which comes all at once from the model `name`; asked again within the same budget.

    Raises:
        ModelRequestError: it failed for good; the message tells how often it was tried.
        Stopped: `stop` was set.
    """
    attempt = 0
    while True:
        try:
            return next(_timed(lambda: (ask() for _ in range(1)), bool, name, patience, stop))
        except ModelRequestError as fault:
            _pause(fault, attempt, patience, stop)
            attempt += 1


def _pause(
    fault: ModelRequestError, attempt: int, patience: Patience, stop: threading.Event, *, final: bool = False
) -> None:
    """Waits until it is time to ask again; raises the fault where that may not be."""
    wait = FIRST_WAIT * 2**attempt if fault.wait is None else fault.wait
    if final or not fault.retryable or attempt == patience.retries or wait > patience.longest_wait:
        raise _told(fault, attempt, wait, patience) from fault
    if stop.wait(wait):
        raise Stopped from None


def _told(fault: ModelRequestError, attempt: int, wait: float, patience: Patience) -> ModelRequestError:
    """The fault, with how often it was tried or how long the server asks to wait."""
    message = fault.message
    if fault.retryable and wait > patience.longest_wait:
        message = f"{message} and asks to wait {wait:,.0f} s"
    elif attempt:
        message = f"{message}, {attempt + 1} times in a row"
    return ModelRequestError(message, fault.remedy, retryable=fault.retryable, wait=fault.wait, too_long=fault.too_long)


_END = object()


def _timed(
    source: Callable[[], Iterable[T]],
    speaks: Callable[[T], object],
    name: str,
    patience: Patience,
    stop: threading.Event,
) -> Iterator[T]:
    """What the source gives; once something in it `speaks`, the server may be silent for `patience.between` only."""
    pieces: queue.SimpleQueue[object] = queue.SimpleQueue()
    left = threading.Event()
    threading.Thread(target=_pump, args=(source, pieces, left), name="model", daemon=True).start()
    limit = patience.first
    try:
        while True:
            piece = _next(pieces, limit, stop, name, first=limit is patience.first)
            if piece is _END:
                return
            if isinstance(piece, BaseException):
                raise piece
            given = cast("T", piece)
            yield given
            if speaks(given):
                limit = patience.between
    finally:
        left.set()


def _next(pieces: queue.SimpleQueue[object], limit: float, stop: threading.Event, name: str, *, first: bool) -> object:
    until = time.monotonic() + limit
    while not stop.is_set():
        remaining = until - time.monotonic()
        if remaining <= 0:
            what = "sent nothing" if first else "stopped sending and was silent"
            raise ModelRequestError(
                f"{name} {what} for {limit:g} s", "Try again, or raise model_timeout or model_stall."
            )
        try:
            return pieces.get(timeout=min(POLL, remaining))
        except queue.Empty:
            continue
    raise Stopped


def _pump(source: Callable[[], Iterable[object]], into: queue.SimpleQueue[object], left: threading.Event) -> None:
    """Runs in the thread: every piece, then the end or what went wrong. Ends at the next piece once nobody listens."""
    try:
        for piece in source():
            if left.is_set():
                return
            into.put(piece)
        into.put(_END)
    except Exception as error:  # noqa: BLE001 handed to the thread that waits, which raises it
        into.put(error)
