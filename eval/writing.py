"""Writing gold: asks for a question, shows the passages, takes the quote. On a terminal and from a pipe alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .gold import Evidence, Problem, Question, parse, to_line
from .matching import fold

if TYPE_CHECKING:
    from assistant.domain import Hit

    from .gold import TextOf

Ask = Callable[[str], str | None]
"""Shows a prompt and gives the line that was typed, stripped; None at the end of the input."""
Show = Callable[[str], None]
Search = Callable[[str], Sequence["Hit"]]
_SENTENCES = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")


class Ended(Exception):  # noqa: N818 no error: the user is done
    """The input has ended."""


class Desk:
    """Writes one question after the other."""

    def __init__(self, existing: str, text_of: TextOf, search: Search, ask: Ask, show: Show) -> None:
        """`existing` is what the gold file holds already."""
        self._lines = existing if not existing or existing.endswith("\n") else existing + "\n"
        self._text_of = text_of
        self._search = search
        self._asking = ask
        self._show = show

    def question(self) -> str | None:
        """The line of the next question; None when the user is done."""
        while asked := self._asking("Question (Enter to end): "):
            try:
                question = self._written(asked)
            except Ended:
                self._show(f"left unfinished: {asked}")
                return None
            line = to_line(question)
            problems = self._problems(line)
            if not problems:
                self._lines += line
                self._show(f"kept as {question.id}")
                return line
            for one in problems:
                self._show(f"not kept: {one.what}")
        return None

    def _problems(self, line: str) -> list[Problem]:
        """What the lint says of the new line."""
        _, problems = parse(self._lines + line, self._text_of)
        number = self._lines.count("\n") + 1
        return [one for one in problems if one.line == number]

    def _ask(self, prompt: str) -> str:
        answer = self._asking(prompt)
        if answer is None:
            raise Ended
        return answer

    def _written(self, asked: str) -> Question:
        evidence = self._evidence(asked)
        must_say = self._claims() if evidence else ()
        reference = self._ask("The answer in your words: " if evidence else "Why the corpus has no answer: ")
        tags = [one.strip() for one in self._ask("Tags, with commas between: ").split(",") if one.strip()]
        if not evidence and "unanswerable" not in tags:
            tags.insert(0, "unanswerable")
        return Question(
            id=self._id(asked),
            turns=(asked,),
            answerable=bool(evidence),
            must_say=must_say,
            reference=reference,
            evidence=evidence,
            tags=tuple(dict.fromkeys(tags)),
        )

    def _evidence(self, asked: str) -> tuple[Evidence, ...]:
        found: list[Evidence] = []
        hits = self._list(asked)
        prompt = "Passage that answers (number; other words to search for; Enter if there is none): "
        while choice := self._ask(prompt):
            if choice.isdigit():
                if 1 <= int(choice) <= len(hits):
                    found.append(self._quote(hits[int(choice) - 1]))
                else:
                    self._show(f"There is no passage {choice}.")
            else:
                hits = self._list(choice)
            prompt = "Another passage (number, words, Enter to go on): " if found else prompt
        return tuple(dict.fromkeys(found))

    def _list(self, words: str) -> Sequence[Hit]:
        hits = self._search(words)
        for number, hit in enumerate(hits, 1):
            passage = hit.passage
            self._show(f"\n{number}  {passage.source.title or ''} {passage.document}")
            for at, (start, end) in enumerate(passage.sentences, 1):
                self._show(f"   {at}. {passage.text[start - passage.start : end - passage.start]}")
        if not hits:
            self._show("Nothing was found.")
        return hits

    def _quote(self, hit: Hit) -> Evidence:
        passage = hit.passage
        while True:
            given = self._ask("Sentence (2, or 2-3), or the quote as it stands there: ")
            quote = given
            if match := _SENTENCES.fullmatch(given):
                first, last = int(match[1]), int(match[2] or match[1])
                if not 1 <= first <= last <= len(passage.sentences):
                    self._show(f"There is no sentence {given}.")
                    continue
                start, end = passage.sentences[first - 1].start, passage.sentences[last - 1].end
                quote = passage.text[start - passage.start : end - passage.start]
            if quote and quote in (self._text_of(passage.document) or ""):
                break
            self._show(f"{passage.document} does not hold that, letter for letter.")
        speaker = self._ask("Who says it (Enter if nobody): ")
        return Evidence(passage.document, quote, speaker or None, passage.source.title)

    def _claims(self) -> tuple[tuple[str, ...], ...]:
        claims = []
        while line := self._ask("What a right answer says, other wordings behind | (Enter to go on): "):
            wordings = tuple(one.strip() for one in line.split("|") if one.strip())
            claims += [wordings] if wordings else []
        return tuple(claims)

    def _id(self, asked: str) -> str:
        words = re.findall(r"\w+", fold(asked))
        slug = "-".join(words[:6]) or "question"
        taken = set(re.findall(r'"id": "([^"]*)"', self._lines))
        number = 2
        candidate = slug
        while candidate in taken:
            candidate, number = f"{slug}-{number}", number + 1
        return candidate
