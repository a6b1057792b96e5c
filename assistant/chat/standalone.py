"""Follow-ups made questions that stand alone, by rules.

Two things make a question lean on what went before: words that point back (`pronouns`), and what it leaves out
(`ellipsis`). Where the turns before do not tell, the question stays as it is: a wrong name does more harm than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.chat.context import taken_apart
from assistant.chat.ellipsis import LEAD, completed, is_fragment
from assistant.chat.pronouns import points_back, resolved
from assistant.chat.shape import tokens
from assistant.domain import Turn
from assistant.question import MAX_CHARACTERS

_BACK = re.compile(
    r"\b(?:else|another|again|more|same|former|latter|ones?|such|instead|other|others|both|earlier|above|previous)\b"
    r"|^(?:and|but|so|or|also|then|what about|how about)\b",
    re.IGNORECASE,
)


_WORD = re.compile(r"[^\W\d_]{3,}")

Names = Callable[[], Mapping[str, str]]


def leans(question: str) -> bool:
    """Whether something in a question may point back; what is short always may."""
    return len(tokens(question)) < 4 or bool(_BACK.search(question)) or points_back(question) or is_fragment(question)


def standalone(question: str, turns: Sequence[Turn], names: Names = dict) -> str:
    """The question as it reads alone; the question itself if it does already, or nobody can tell.

    `names` gives the surnames that the corpus knows, by their lower case: it is asked where somebody typed none.
    """
    if not turns or not leans(question):
        return question
    before = taken_apart(turns)
    typed = question
    if question.islower() and is_fragment(question):
        known = names()
        typed = _WORD.sub(lambda match: known.get(match[0], match[0]), question)
    full = completed(resolved(typed, before), before[0].question)
    if full in (question, typed) or len(full) > MAX_CHARACTERS:
        return question
    if full.split(" ", 1)[0].lower() in ("and", "but", "so", "or") and (lead := LEAD.match(full)):
        full = full[lead.end() :]
    return full[:1].upper() + full[1:]
