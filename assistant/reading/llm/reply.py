"""What came of one request to a model, and what of it was looked up so far."""

from __future__ import annotations

import time

from assistant.protocols import Snapshot
from assistant.reading.compose import Piece as Quoted
from assistant.reading.llm.drafts import Draft, answer_of
from assistant.reading.llm.evidence import Evidence, evidence_of
from assistant.reading.llm.places import Place
from assistant.reading.llm.seam import ModelRequestError, Tokens
from assistant.reading.llm.support import Checked, check
from assistant.reading.llm.window import Fitted

STOPPED = "stopped by you"
_TOO_LONG = "cut off at the longest answer that answer_tokens or the server allows"
_CUT = {
    "length": _TOO_LONG,
    "max_tokens": _TOO_LONG,
    "content_filter": "cut off by the provider's content filter",
}
"""Why a text ends early, by what the provider gives as the reason for its end."""


class Reply:
    """What came of one request, and what of it was looked up so far."""

    def __init__(self, fitted: Fitted, snapshot: Snapshot) -> None:
        self.fitted = fitted
        self.text = ""
        self.tokens: Tokens | None = None
        self.finish: str | None = None
        self.incomplete = ""
        self.started = time.perf_counter()
        self.first: float | None = None
        self._given = {one.number: one for one in fitted.given}
        self._snapshot = snapshot
        self._evidence: dict[int, Evidence] = {}
        self._markers: dict[Place, int] = {}

    def add(self, text: str) -> None:
        """Takes a further piece of text."""
        if self.first is None:
            self.first = time.perf_counter()
        self.text += text

    def settle(self, name: str) -> None:
        """At the end of the stream: whether the text is whole.

        Raises:
            ModelRequestError: there is no text, and nobody stopped it.
        """
        if not answer_of(self.text) and self.incomplete != STOPPED:
            raise _empty(name, self.finish)
        if not self.incomplete:
            self.incomplete = _CUT.get(self.finish or "", "")

    def check(self, draft: Draft) -> Checked:
        """Holds a statement against the passages it names."""
        for number in draft.numbers:
            if number in self._given and number not in self._evidence:
                self._evidence[number] = evidence_of(self._given[number], self._snapshot)
        return check(draft, self._evidence)

    def cite(self, draft: Draft) -> tuple[int, ...]:
        """The numbers of the citations that a statement gets, in the order in which they first came up."""
        places = self.check(draft).places
        return tuple(self._markers.setdefault(place, len(self._markers) + 1) for place in places)

    def quoted(self, place: Place) -> Quoted:
        """The place with its source and with who speaks there."""
        given = self._given[place.number]
        said = tuple(
            a for a in given.attributions if a.sentence_start < place.span.end and place.span.start < a.sentence_end
        )
        return Quoted(place.document, place.span.start, place.span.end, given.hit.passage.source, attributions=said)


def _empty(name: str, finish: str | None) -> ModelRequestError:
    if finish == "content_filter":
        return ModelRequestError(
            f"The content filter of {name} withheld the answer", "Ask in other words, or use another model."
        )
    if finish in ("tool_calls", "function_call", "tool_use"):
        return ModelRequestError(
            f"{name} asked for a tool instead of answering", "Use another model: no tools are offered here."
        )
    if finish in ("length", "max_tokens"):
        return ModelRequestError(f"{name} used up all its tokens before it answered", "Raise answer_tokens.")
    return ModelRequestError(f"{name} sent an empty answer", "Ask again, or use another model.")
