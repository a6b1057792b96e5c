"""The words that introduce somebody's words, and all their forms.

The three lists are graded by what was measured on PolNeAR (train and dev, 22,061 attributions): the share of found
cues that an annotator had marked too is .89 for saying, .75 for judging and .56 for attitude verbs.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from assistant.domain import CueClass

SAYING = """
say tell write add note find show ask suggest argue announce report explain claim declare insist warn
acknowledge state tweet
respond reply reveal conclude indicate admit deny predict confirm complain emphasize emphasise assert reiterate concede
lament allege stress joke caution contend recall remark observe maintain assure remind promise vow pledge quip proclaim
muse testify repeat answer continue comment shout chant yell exclaim speculate imply hint boast brag recount disclose
inform opine retort underscore underline counter agree specify clarify stipulate affirm reaffirm aver posit recommend
mention propose threaten apologize apologise demand urge post signal swear conjecture wonder estimate interject
elaborate whisper mutter murmur cry scream plead stammer outline advise quote attest deplore summarise
summarize elucidate concur intone profess rebut refute charge laugh sigh offer
""".split()

JUDGING = """
accuse blame criticize criticise praise slam blast denounce condemn dismiss reject describe call refer endorse mock
attack decry deride tout portray defend rail cite express discuss thank rebuke assail chide lambaste applaud
characterize characterise compare liken label brand deem congratulate welcome ridicule disavow hail echo oppose back
commend laud censure voice scold berate castigate vilify liken disparage object dispute question
""".split()

ATTITUDE = """
believe think hope expect want feel fear worry doubt wish assume suspect understand consider realize realise
""".split()

IRREGULAR_PAST = {
    "say": ("said",),
    "tell": ("told",),
    "write": ("wrote", "written"),
    "swear": ("swore", "sworn"),
    "find": ("found",),
    "show": ("showed", "shown"),
    "think": ("thought",),
    "feel": ("felt",),
    "understand": ("understood",),
}

DOUBLED = frozenset("admit slam quip hint_ brag refer rebut plan concur".split())
"""Verbs that double their last consonant before -ed and -ing."""

AFTER_QUOTE_ONLY = frozenset(
    "continue joke cry muse interject plead intone stammer mutter whisper murmur charge laugh sigh offer".split()
)
"""Cues only where a quotation stands right before them: else they are acts more often than words."""

NEEDS_CLAUSE = frozenset(
    "add argue conclude assure write claim ask answer agree advise back maintain comment pledge threaten "
    "post signal state observe "
    "recommend propose "
    "demand repeat specify recall estimate counter wonder outline quote indicate swear attest report note "
    "imply hint suggest mention respond reply continue shout chant yell scream advise reveal sum".split()
)
"""Cues that need a that-clause, a quotation, a finite clause, or their place after the said words."""

NEEDS_THAT = frozenset({"find", "show"})
"""Cues only with an explicit "that", and only of somebody named or a document ("The committee found that …")."""

NEEDS_EXPLICIT = frozenset({"maintain", "comment", "post", "agree"})
"""Acts more often than words: cues only with "that", a quotation or a clause that starts with a pronoun."""

NEEDS_QUOTE = frozenset({"attack", "defend", "oppose", "back"})
"""Deeds unless somebody's words are quoted ("defended a law", "defended it as “necessary”")."""

DECIDES = frozenset({"reject", "endorse", "dismiss", "confirm", "welcome", "refute", "question", "recommend"})
"""Words or deeds, by their object ("rejected the claims", "rejected a bill")."""

DEEDS = frozenset(
    "bill bills deadline motion motions application applications merger takeover offer offers bid bids request "
    "requests appeal appeals amendment amendments nomination nominations petition petitions penalty budget treaty "
    "measure measures legislation law laws resolution resolutions candidate candidates nominee nominees ballot "
    "ballots visa visas candidacy resignation case cases lawsuit lawsuits suit suits charges employee employees "
    "staff worker workers contract contracts chance appointment appointments manuscript shipment shipments "
    "batsman opener guests visitors fans students tourists refugees witness witnesses suspect suspects".split()
)
"""Objects on which one decides rather than speaks."""

SPOKEN = frozenset(
    "criticism criticisms report reports idea ideas notion suggestion suggestions speculation concern concerns fear "
    "fears call calls rumor rumors rumour rumours theory theories talk claim claims accusation accusations allegation "
    "allegations assertion assertions statement statements remark remarks comment comments warning warnings threat "
    "threats complaint complaints argument arguments possibility proposal proposals prediction predictions finding "
    "findings charge objections it this these those them that".split()
)
"""Objects that are words themselves ("dismissed the claims")."""

TRANSITIVE = frozenset(JUDGING) - {"object", "refer", "rail", "call", "express", "discuss", "voice"}
"""Verbs whose past form before a preposition is a participle ("troops opposed to the regime"), not a cue."""

RECIPIENT = frozenset("tell remind assure inform warn advise ask".split())
"""Verbs that may name the listener before the said words."""

INVERTS = frozenset(
    "say write add note argue report explain warn announce claim recall remark observe reply respond ask quip declare "
    "insist tell admit conclude continue tweet exclaim comment emphasize emphasise stress".split()
)
"""Verbs that may stand before their speaker ("said the minister")."""

NOUNS = {
    "claim": "claim",
    "claims": "claim",
    "accusation": "accusation",
    "accusations": "accusation",
    "allegation": "allegation",
    "allegations": "allegation",
    "insinuation": "insinuation",
    "insinuations": "insinuation",
    "assertion": "assertion",
    "assertions": "assertion",
    "statement": "statement",
    "statements": "statement",
    "remark": "remark",
    "remarks": "remark",
    "comment": "comment",
    "comments": "comment",
    "suggestion": "suggestion",
    "suggestions": "suggestion",
    "warning": "warning",
    "warnings": "warning",
    "promise": "promise",
    "promises": "promise",
    "pledge": "pledge",
    "vow": "vow",
    "insistence": "insistence",
    "contention": "contention",
    "argument": "argument",
    "prediction": "prediction",
    "predictions": "prediction",
    "complaint": "complaint",
    "complaints": "complaint",
    "announcement": "announcement",
    "denial": "denial",
    "opinion": "opinion",
    "view": "view",
    "charge": "charge",
    "charges": "charge",
}
"""Nouns that carry said words when somebody owns them ("Sullivan's claim that …", "insinuations by "
"Sullivan about …")."""


class Form(NamedTuple):
    """One inflected form of a cue verb."""

    lemma: str
    cue_class: CueClass
    tense: str
    """"base", "s", "past" or "ing"."""


def _past(lemma: str) -> tuple[str, ...]:
    if lemma in IRREGULAR_PAST:
        return IRREGULAR_PAST[lemma]
    if lemma in DOUBLED:
        return (lemma + lemma[-1] + "ed",)
    if lemma.endswith("e"):
        return (lemma + "d",)
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (lemma[:-1] + "ied",)
    if lemma == "label":
        return ("labeled", "labelled")
    if lemma == "signal":
        return ("signaled", "signalled")
    return (lemma + "ed",)


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _ing(lemma: str) -> str:
    if lemma in DOUBLED:
        return lemma + lemma[-1] + "ing"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return lemma + "ing"


@cache
def cue_forms() -> dict[str, Form]:
    """Every inflected form (lower case) with its lemma; where two verbs share a form, the better class wins."""
    forms: dict[str, Form] = {}
    for cue_class, lemmas in (
        (CueClass.ATTITUDE, ATTITUDE),
        (CueClass.JUDGING, JUDGING),
        (CueClass.SAYING, SAYING),
    ):
        for lemma in lemmas:
            forms[lemma] = Form(lemma, cue_class, "base")
            forms[_third(lemma)] = Form(lemma, cue_class, "s")
            forms[_ing(lemma)] = Form(lemma, cue_class, "ing")
            for form in _past(lemma):
                forms[form] = Form(lemma, cue_class, "past")
    return forms
