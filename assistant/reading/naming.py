"""Whether a text speaks of the one who is asked about: "Hillary Clinton" is not told about by "Bill Clinton"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.retrieve.terms import Token, is_content, is_variant, tokens

_ROLES = frozenset(
    """mr mrs ms miss dr sir lord lady president vice prime minister secretary judge justice general senator governor
    king queen prince princess chancellor pope professor captain colonel chief mayor attorney ambassador congressman
    congresswoman representative commissioner director coach officer sergeant lieutenant former then""".split()
)


def runs(name: str) -> list[list[Token]]:
    """The parts of a name that stand side by side, of two words and more ("Bank of New York" has "New York")."""
    parts: list[list[Token]] = [[]]
    for word in tokens(name):
        if not is_content(word):
            parts.append([])
            continue
        parts[-1].append(word)
    return [part for part in parts if len(part) > 1]


def names_together(run: Sequence[Token], words: Sequence[Token]) -> bool:
    """Whether the words of a name stand side by side in a text."""
    size = len(run)
    return any(
        all(is_variant(a.stem, b.stem) for a, b in zip(run, words[n : n + size], strict=False))
        for n in range(len(words) - size + 1)
    )


def names_another(run: Sequence[Token], words: Sequence[Token], text: str) -> bool:
    """Whether a text has the last word of a name only for somebody or something else.

    True if the full name is nowhere in the text and its last word follows another name directly.
    """
    if names_together(run, words):
        return False
    last, own = run[-1], {word.stem for word in run}
    for before, word in pairwise(words):
        if (
            is_variant(word.stem, last.stem)
            and word.text[0].isupper()
            and before.text[0].isupper()
            and before.stem not in own
            and before.text.lower() not in _ROLES
            and is_content(before)
            and re.fullmatch(r"[.]?[ \u00a0]|-", text[before.end : word.start])
            and not _opens(text, before.start)
        ):
            return True
    return False


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in '.!?:“”"‘('


_IS = re.compile(
    r"\s*(?:\([^)]*\))?,?\s+(?:is|was|are|were|has been|refers|means)\b|\s*,\s+(?:who|which|an?|the|\w+)\b|\s*\("
)
_ROLE_BEFORE = re.compile(
    r"(?:\b[\w’'-]+(?:er|or|ist|ian|man|woman|ent|ant|ary|ief|eer|ive|yst|ess|ire|ing|al)\s*,?\s*)$"
)


def defines(name: Sequence[Token], words: Sequence[Token], text: str) -> bool:
    """Whether a sentence tells who or what a name is: "X, a spokesman …", "X is a …", "spokesman X"."""
    size = len(name)
    for n in range(len(words) - size + 1):
        if all(is_variant(a.stem, b.stem) for a, b in zip(name, words[n : n + size], strict=False)):
            after = text[words[n + size - 1].end :]
            before = text[: words[n].start].rstrip("“\"‘' ")
            if _IS.match(after) or _ROLE_BEFORE.search(before):
                return True
    return False
