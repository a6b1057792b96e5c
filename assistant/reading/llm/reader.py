"""The reader with a language model: passages to prompt to model to statements that the program has checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Protocol

from assistant.domain import Answer, Delta, Filter, Hit, Outcome, Statement, Support, Usage
from assistant.protocols import Reader, Snapshot
from assistant.reading.compose import citation, markdown
from assistant.reading.llm import prices, tokens
from assistant.reading.llm.claims import claims_of
from assistant.reading.llm.drafts import NOT_FOUND, Draft, answer_of, drafts, is_not_found
from assistant.reading.llm.live import Live
from assistant.reading.llm.passages import Given, give, render
from assistant.reading.llm.prompts import Prompt
from assistant.reading.llm.reply import STOPPED, Reply
from assistant.reading.llm.seam import ChatModel, Message, ModelRequestError, Tokens
from assistant.reading.llm.stream import Patience, Stopped, stream
from assistant.reading.llm.support import Checked
from assistant.reading.llm.window import UNKNOWN, Fitted, count, fit

MOST_CHARACTERS = 100_000
"""Longer answers are cut: the longest that anybody reads is a tenth of this."""
REASONS = 3
"""Unsupported statements whose reason the note tells."""


class Quoting(Reader, Protocol):
    """The reader that stands in where the model has nothing that holds."""

    def refuse(
        self, question: str, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None = None, reason: str = ""
    ) -> Answer:
        """A refusal with receipts."""
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """How the model is asked."""

    answer_tokens: int = 1024
    """Room for the answer in the window."""
    window: int | None = None
    """Tokens of the window, if the user knows better than the model's own data."""
    patience: Patience = field(default_factory=Patience)
    prices: Mapping[str, prices.Price] = field(default_factory=dict)


class LanguageModelReader:
    """Implements `protocols.Reader` with a language model whose every statement is checked."""

    def __init__(self, model: ChatModel, prompt: Prompt, quoting: Quoting, options: Options | None = None) -> None:
        self._model = model
        self._prompt = prompt
        self._quoting = quoting
        self._options = options or Options()

    @property
    def name(self) -> str:
        """`provider:name` of the model."""
        return self._model.name

    @property
    def model(self) -> ChatModel:
        """The model that is asked."""
        return self._model

    @property
    def options(self) -> Options:
        """How it is asked."""
        return self._options

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        where: Filter | None = None,
        stop: Event | None = None,
    ) -> Iterator[Delta | Answer]:
        """The text as it comes, then the checked answer. Without hits the model is not asked.

        Set `stop` from another thread or a signal handler to end it early: what came is kept and marked incomplete.

        Raises:
            ModelError: the model gave nothing; once text came, the answer is kept and its `incomplete` tells why.
        """
        if not hits:
            yield from self._quoting.read(question, hits, snapshot, where)
            return
        fitted = self._fitted(question, give(hits, snapshot))
        while True:
            reply = Reply(fitted, snapshot)
            try:
                yield from self._stream(reply, stop or Event())
            except ModelRequestError as error:
                if not error.too_long or len(fitted.given) < 2:
                    raise
                half = fitted.given[: len(fitted.given) // 2]
                fitted = Fitted(self._build(half, question), half, None)
                continue
            yield self._answer(question, hits, snapshot, where, reply)
            return

    def _build(self, given: Sequence[Given], question: str) -> tuple[Message, Message]:
        return self._prompt.fill(passages=render(given, question), question=question, not_found=NOT_FOUND)

    def _fitted(self, question: str, given: Sequence[Given]) -> Fitted:
        window = self._options.window or self._model.window or UNKNOWN

        def build(some: Sequence[Given]) -> tuple[Message, Message]:
            return self._build(some, question)

        return fit(build, given, self.name, window, self._options.answer_tokens)

    def _stream(self, reply: Reply, stop: Event) -> Iterator[Delta]:
        """Reads the model into `reply`; an error after the first text ends the reply, one before it is raised."""
        live = Live(reply.cite)
        try:
            for piece in stream(self._model, reply.fitted.messages, self._options.patience, stop):
                reply.tokens = piece.tokens or reply.tokens
                reply.finish = piece.finish or reply.finish
                if not piece.text:
                    continue
                reply.add(piece.text)
                if shown := live.feed(piece.text):
                    yield Delta(shown)
                if len(reply.text) > MOST_CHARACTERS:
                    reply.incomplete = f"cut off after {MOST_CHARACTERS:,} characters"
                    break
        except Stopped:
            reply.incomplete = STOPPED
        except ModelRequestError as error:
            if not answer_of(reply.text):
                raise
            reply.incomplete = error.message
        reply.settle(self.name)
        if rest := live.end():
            yield Delta(rest)

    def _answer(
        self, question: str, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None, reply: Reply
    ) -> Answer:
        text = answer_of(reply.text)
        if is_not_found(text):
            given = len(reply.fitted.given)
            reason = f"{self.name} finds no answer in the {given} passage{'s' if given > 1 else ''} it was given."
            answer = self._quoting.refuse(question, hits, snapshot, where, reason)
            return self._told(replace(answer, reader=self.name), reply)
        checked = [reply.check(draft) for draft in drafts(text) if not _only_leads_in(draft, question)]
        if not reply.incomplete and not any(one.places for one in checked):
            return self._told(self._instead(question, hits, snapshot, where, checked), reply)
        return self._told(self._composed(question, hits, snapshot, reply, checked), reply)

    def _composed(
        self, question: str, hits: Sequence[Hit], snapshot: Snapshot, reply: Reply, checked: Sequence[Checked]
    ) -> Answer:
        """The statements with their citations, numbered in the order in which they are cited."""
        places = list(dict.fromkeys(place for one in checked for place in one.places))
        marker = {place: n for n, place in enumerate(places, 1)}
        statements = tuple(
            Statement(one.text, tuple(marker[place] for place in one.places), one.support) for one in checked
        )
        note = " ".join(part for part in (_unsupported(checked), _incomplete(reply.incomplete)) if part)
        return Answer(
            question=question,
            standalone_question=question,
            outcome=Outcome.ANSWERED if statements else Outcome.REFUSED,
            answer=markdown(statements, note=note) if statements else "No answer came.",
            citations=tuple(
                citation(marker[place], reply.quoted(place), snapshot.document(place.document)) for place in places
            ),
            statements=statements,
            passages=tuple(hits),
            nearest=(),
            reader=self.name,
            index=snapshot.fingerprint,
            note=note,
            incomplete=reply.incomplete,
        )

    def _instead(
        self, question: str, hits: Sequence[Hit], snapshot: Snapshot, where: Filter | None, checked: Sequence[Checked]
    ) -> Answer:
        """The quoting reader's answer in place of one that nothing supports, which is said."""
        answer = next(one for one in self._quoting.read(question, hits, snapshot, where) if isinstance(one, Answer))
        why = f" ({checked[0].why})" if checked else ""
        note = (
            f"The answer of {self.name} was refused, since nothing in it is supported by what it cites{why}. "
            "What the documents themselves say is quoted instead."
        )
        notes = " ".join(part for part in (note, answer.note) if part)
        text = markdown(answer.statements, answer.heading, notes) if answer.statements else answer.answer
        return replace(answer, note=notes, answer=text)

    def _told(self, answer: Answer, reply: Reply) -> Answer:
        """The answer with what it took: prompt, tokens, money, time, and how many passages had room."""
        used, found = len(reply.fitted.given), len(answer.passages)
        room = f"{used} of {found} passages had room in the model's window." if used < found else ""
        notes = " ".join(part for part in (answer.note, room) if part)
        text = markdown(answer.statements, answer.heading, notes) if room and answer.statements else answer.answer
        timings = dict(answer.timings_ms)
        if reply.first is not None:
            timings["first_token"] = round((reply.first - reply.started) * 1000, 1)
        return replace(
            answer, answer=text, note=notes, prompt=self._prompt.id, usage=self._usage(reply), timings_ms=timings
        )

    def _usage(self, reply: Reply) -> Usage:
        """As the server reports, else as counted here."""
        used = reply.tokens
        if used is None:
            sent = reply.fitted.counted or count(reply.fitted.messages, self.name)
            used = Tokens(sent, tokens.count(reply.text, self.name.partition(":")[2]))
        cost = prices.cost(self.name, used, self._options.prices) if self._model.metered else None
        return Usage(used.input, used.output, cost)


def _only_leads_in(draft: Draft, question: str) -> bool:
    """Whether a sentence only announces the answer in the words of the question ("Sullivan claimed the following:")."""
    if not draft.text.endswith(":") or (draft.numbers and not draft.borrowed):
        return False
    return claims_of(draft.text).content <= claims_of(question).content


def _unsupported(checked: Sequence[Checked]) -> str:
    missing = [one for one in checked if one.support is Support.UNSUPPORTED]
    if not missing:
        return ""
    why = "; ".join(dict.fromkeys(one.why for one in missing[:REASONS]))
    return f"{len(missing)} of {len(checked)} statements unsupported: {why}."


def _incomplete(reason: str) -> str:
    return f"Incomplete: {reason}." if reason else ""
