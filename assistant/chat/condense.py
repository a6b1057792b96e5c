"""Makes follow-ups standalone questions: by rules, or by a language model with the rules behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Event
from typing import TYPE_CHECKING

from assistant.chat.chat import Condense, Standalone
from assistant.chat.shape import TIMES, VERBS
from assistant.chat.standalone import Names, leans, standalone
from assistant.domain import Outcome, Turn
from assistant.errors import ModelError, UsageError
from assistant.protocols import Speaker
from assistant.question import checked
from assistant.retrieve.vocabulary import STOP_WORDS

if TYPE_CHECKING:
    from assistant.reading.llm.condense import Condenser

TURNS = 4
"""How many of the last turns a model is shown."""
ANSWER = 600
"""How many characters of each answer."""


def by_rules(names: Names = dict) -> Condense:
    """As the rules have it; `names` as for `standalone`."""

    def condense(question: str, turns: Sequence[Turn], stop: Event) -> Standalone:  # noqa: ARG001 the seam's own
        return Standalone(standalone(question, turns, names))

    return condense


def with_model(condenser: Condenser, names: Names = dict) -> Condense:
    """As the model has it; as the rules have it where the model fails or writes something else.

    A question in which nothing points back is not sent: it would cost a request and could only be made worse.
    """

    def condense(question: str, turns: Sequence[Turn], stop: Event) -> Standalone:
        if not turns or not leans(question):
            return Standalone(question)
        from assistant.reading.llm.stream import Stopped

        try:
            condensed = condenser.condense(told(turns), question, stop)
        except (ModelError, Stopped):
            return Standalone(standalone(question, turns, names))
        return Standalone(_usable(condensed.question) or standalone(question, turns, names), condensed.usage)

    return condense


def _usable(question: str) -> str:
    """What a model wrote, if it may be asked; else empty."""
    try:
        return checked(question)
    except UsageError:
        return ""


def surnames(speakers: Iterable[Speaker]) -> dict[str, str]:
    """The surnames of the people who speak in a corpus, by their lower case, without those that are words too."""
    last = (speaker.name.split()[-1] for speaker in speakers if " " in speaker.name)
    return {
        name.lower(): name for name in last if name[:1].isupper() and name.lower() not in STOP_WORDS | VERBS | TIMES
    }


def told(turns: Sequence[Turn]) -> str:
    """The last turns, as a model reads them."""
    lines = []
    for turn in turns[-TURNS:]:
        lines.append(f"Question: {turn.standalone_question or turn.question}")
        if turn.answer and turn.answer.outcome is Outcome.ANSWERED:
            lines.append(f"Answer: {_short(turn.text)}")
            speakers = dict.fromkeys(_speaker(c.speaker, c.speaker_role) for c in turn.answer.citations if c.speaker)
            if speakers:
                lines.append(f"Speakers: {'; '.join(speakers)}")
        else:
            lines.append("Answer: none was found.")
    return "\n".join(lines)


def _speaker(name: str, role: str | None) -> str:
    return f"{name}, {role}" if role else name


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= ANSWER else flat[:ANSWER].rsplit(" ", 1)[0] + " …"
