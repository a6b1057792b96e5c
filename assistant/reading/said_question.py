"""Recognises questions about what somebody said: "What did X say about T?", "Who accused X of T?", "Did X deny T?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """What such a question wants to know."""

    WHAT = "what"
    """What a given speaker said."""
    WHO = "who"
    """Who said a given thing."""
    WHETHER = "whether"
    """Whether a given speaker said a given thing."""


class Act(StrEnum):
    """The kind of saying that the question's verb names; PLAIN accepts every kind."""

    PLAIN = "plain"
    ACCUSE = "accuse"
    DENY = "deny"
    WARN = "warn"
    PROMISE = "promise"
    ADMIT = "admit"
    DEMAND = "demand"
    APOLOGISE = "apologise"
    ATTITUDE = "attitude"


_ACTS: dict[Act, list[str]] = {
    Act.ACCUSE: (
        "accuse blame criticize criticise slam condemn denounce blast attack lambast lambaste rebuke decry assail "
        "accusation allegation criticism condemnation"
    ).split(),
    Act.DENY: "deny reject dismiss refute dispute rebut disavow denial rejection".split(),
    Act.WARN: "warn threaten caution warning threat".split(),
    Act.PROMISE: "promise pledge vow commit".split(),
    Act.ADMIT: "admit concede acknowledge confess confirm admission".split(),
    Act.DEMAND: "demand urge insist request ask call".split(),
    Act.APOLOGISE: "apologize apologise apology".split(),
    Act.ATTITUDE: "think believe want hope expect feel fear prefer wish consider view see".split(),
}
_PLAIN = (
    "say tell claim state announce declare argue report explain suggest note add write tweet post reveal disclose "
    "mention emphasize emphasise stress underline underscore assert affirm reiterate allege contend maintain comment "
    "remark respond react reply answer observe predict estimate describe characterize characterise call discuss "
    "express speak talk point recall conclude testify propose recommend promise praise welcome endorse signal imply "
    "complain joke quip opine cite quote justify summarise summarize"
).split()
_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "see": "sees saw seen seeing",
    "speak": "speaks spoke spoken speaking",
    "deny": "denies denied denying",
    "reply": "replies replied replying",
    "testify": "testifies testified testifying",
    "justify": "justifies justified justifying",
    "decry": "decries decried decrying",
    "quip": "quips quipped quipping",
    "rebut": "rebuts rebutted rebutting",
    "commit": "commits committed committing",
    "imply": "implies implied implying",
}
# Nouns that stand for a person's words: "Sullivan's claims", "the Kremlin's response".
_NOUNS = (
    "accusation accusations allegation allegations announcement announcements answer assertion assertions assessment "
    "claim claims comment comments complaint complaints conclusion conclusions criticism demand demands denial denials "
    "explanation opinion opinions position pledge pledges promise promises proposal quote quotes reaction reactions "
    "remark remarks reply response responses stance statement statements testimony threat threats view views warning "
    "warnings words"
).split()
_HOW = {
    "respond",
    "react",
    "describe",
    "characterize",
    "characterise",
    "justify",
    "explain",
    "comment",
    "answer",
    "reply",
}


def _forms(verb: str) -> list[str]:
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb].split()]
    stem = verb.removesuffix("e")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return [verb, third, stem + "ed", stem + "ing"]


_ALSO_VERBS = "claim demand promise pledge comment remark reply answer quote view".split()
_VERBS = sorted({*_PLAIN, *_ALSO_VERBS, *(v for words in _ACTS.values() for v in words if v not in _NOUNS)})
_LEMMA = {form: verb for verb in _VERBS for form in _forms(verb)}
_ACT_OF = {word: act for act, words in _ACTS.items() for word in words}
_BASE = "|".join(sorted(_VERBS, key=len, reverse=True))
_FORM = "|".join(sorted(_LEMMA, key=len, reverse=True))
_FINITE = "|".join(sorted((f for f in _LEMMA if not f.endswith("ing")), key=len, reverse=True))
_ING = "|".join(sorted((f for f in _LEMMA if f.endswith("ing")), key=len, reverse=True))
_ACCUSED = "|".join(sorted((f for f in _LEMMA if f.endswith("ed") and _LEMMA[f] in _ACTS[Act.ACCUSE]), key=len))
_NOUN = "|".join(sorted(_NOUNS, key=len, reverse=True))
_ADVERB = (
    r"(?:(?:just|also|really|actually|ever|himself|herself|themselves|itself|publicly|reportedly|recently|first|exactly|"
    r"already|once|repeatedly|have to|had to|has to|go on to|try to|want to) )*"
)
_AUX = r"(?:did|does|do|has|have|had|is|was|are|were|will|would|could|can)"
_DO = r"(?:did|does|do|has|have|had|will|would|could|can)"
_BE = r"(?:is|was|are|were)"
_OF = r"(?:about|on|regarding|concerning|of|over|as to|with regard to|when asked about|towards?|to)"

# "state" and "call" open names as often as they are verbs; a capital in mid-question says the same of any verb.
_NAME_LIKE = r"(?!state (?:department|secretary|media|duma|tv|news|council|bank|university))"
_WH = r"(?:what|which|how|why|who|whom|whose|when|where)"


def _said_by(verbs: str) -> str:
    speaker = rf"(?P<speaker>(?!(?:it|there|been)\b)(?:(?!\b{_AUX}\b).)+?)"
    return rf"{speaker} {_ADVERB}{_NAME_LIKE}(?P<verb>{verbs})\b(?P<topic>.*)$"


# Tried in this order; the first that fits decides. Compiled when tried (`re` keeps them): all of them take 30 ms.
_PATTERNS: tuple[tuple[Ask, bool, str], ...] = (
    (Ask.WHAT, False, rf"^according to (?P<speaker>[^,]+?),? (?P<topic>(?:{_WH}|is|are|does|did|will)\b.*)$"),
    (Ask.WHAT, False, rf"^(?P<topic>(?:{_WH}|is|are|does|will)\b.+?),? according to (?P<speaker>.+)$"),
    (
        Ask.WHO,
        False,
        rf"^what(?: else)? (?:is|was|were|has been|have been|had been|is being) (?:publicly )?(?P<verb>{_FINITE}) "
        rf"(?P<topic>{_OF} .+)$",
    ),
    (
        Ask.WHAT,
        False,
        rf"^(?:what|how)(?:'s| is| are| was| were) (?P<speaker>.+?)(?:'s|s') (?:[\w-]+ )?(?P<verb>{_NOUN})\b"
        r"(?P<topic>.*)$",
    ),
    (
        Ask.WHAT,
        False,
        rf"^(?:what|how)(?:'s| is| are| was| were) the (?P<verb>{_NOUN}) (?:of|by|from|made by) (?P<speaker>.+?)"
        rf"(?: {_OF} (?P<topic>.*))?$",
    ),
    (Ask.WHO, False, rf"^what {_BE} (?P<topic>.+? (?P<verb>{_ACCUSED})\b.*)$"),
    (Ask.WHAT, False, rf"^what(?: exactly)? {_BE} " + _said_by(_ING)),
    (
        Ask.WHAT,
        False,
        rf"^(?:what|which|how)(?: (?:all|else|exactly|precisely|things?|kind of))?"
        rf"(?: (?P<noun>(?!{_AUX}\b)[\w-]+(?: (?!{_AUX}\b)[\w-]+)?))? {_DO} " + _said_by(_FORM),
    ),
    (
        Ask.WHAT,
        False,
        rf"^(?:.*\b)?(?:what|everything|anything|all|things|words|statements|how)(?: that| which)? (?!{_AUX}\b)"
        + _said_by(_FINITE),
    ),
    (Ask.WHO, False, rf"^by whom (?:was|were|is|are) (?P<topic>.+? (?P<verb>{_FINITE})\b.*)$"),
    (
        Ask.WHO,
        False,
        r"^(?:who|whose|which [\w-]+) (?:is|was|were|are|has been) (?:quoted|cited|reported)"
        r"(?: as saying| saying| on)? (?P<topic>.+)$",
    ),
    (
        Ask.WHO,
        False,
        r"^(?:who|which (?:[\w-]+ ){0,2}[\w-]+|what (?:[\w-]+ )?(?:country|countries|officials?|experts?|people|"
        r"politicians?|ministers?|agency|newspaper|person|party))(?: else| all)?(?: has| have| had)? "
        rf"{_ADVERB}(?P<verb>{_FINITE})\b(?P<topic>.+)$",
    ),
    (
        Ask.WHO,
        False,
        r"^(?:who|whose) (?:(?:made|makes|voiced|expressed|issued|raised|gave) )?(?:(?:the|a|an) )?"
        rf"(?P<verb>{_NOUN})\b (?:is it that|that|about|of|on|was|is)?(?P<topic>.+)$",
    ),
    (Ask.WHETHER, True, rf"^{_AUX} " + _said_by(_FORM)),
    (
        Ask.WHAT,
        False,
        rf"^(?:all |any |the |list |show |give |find |me )*(?P<verb>{_NOUN}) (?:of|by|from|made by) "
        rf"(?P<speaker>.+?)(?: {_OF} (?P<topic>.*))?$",
    ),
    (
        Ask.WHAT,
        True,
        rf"^(?!(?:(?:in|at|on|by|from|to|for|of|with) )?(?:{_WH}|{_AUX})\b)(?P<speaker>[^,?]+?)(?:'s|s')? "
        rf"{_NAME_LIKE}(?P<verb>{_NOUN}|{_FINITE})"
        r"(?P<topic>|\b.*)$",
    ),
)

_LEAD = re.compile(
    r"^(?:(?:please|and|so|but|ok|okay|then|now|well|hey|in (?:this|the) (?:corpus|folder|documents?)|"
    r"can you|could you|would you|tell me|show me|give me|find|i want to know|i'd like to know|do you know|explain)"
    r"[, ]+)+",
    re.IGNORECASE,
)
_TOPIC_LEAD = re.compile(
    rf"^(?:\s|[,:;–—-]|(?:{_OF}|that|by|whether|if|out|about|for|clear|in response to|in reaction to|saying)\b)+",
    re.IGNORECASE,
)
_TOPIC_TAIL = re.compile(r"\s+(?:of|about|for|on|over|against|to|with)$", re.IGNORECASE)
_IN_ARTICLE = re.compile(
    r"(?:^|\s)(?:in|from) (?:the|an|its|his|her|that) (?:[\w-]+ )?(?:article|story|piece|report|page|text|document)s?"
    r"(?: (?:on|about|of|titled|headlined|called|entitled|with the (?:title|headline))) (?P<about>.+)$",
    re.IGNORECASE,
)
_SPEAKER_TAIL = re.compile(r"\s+(?:have to|has to|had to|have|has|had|be|been|being|to|also|just|not)$", re.IGNORECASE)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class SaidQuestion:
    """A question about somebody's words; `speaker` and `topic` are as typed and may be empty.

    `loose` marks a form that only counts if its speaker is known to the corpus ("Sullivan claims"), because the same
    words may ask for something else.
    """

    ask: Ask
    act: Act
    verb: str
    speaker: str
    topic: str
    article: str
    """What the article is about that the words must stand in ("… in the article on the dam")."""
    loose: bool


def parse(question: str) -> SaidQuestion | None:
    """The question's parts, or None if it does not ask for somebody's words."""
    text = " ".join(question.translate(_QUOTES).split()).strip(" ?!.")
    text = _LEAD.sub("", text)
    for ask, loose, pattern in _PATTERNS:
        match = re.match(pattern, text, re.IGNORECASE)
        if match is None:
            continue
        groups = match.groupdict()
        verb = (groups.get("verb") or "").lower()
        if (groups.get("verb") or "")[:1].isupper() and ask is not Ask.WHO and groups["verb"] != text[: len(verb)]:
            continue
        lemma = _LEMMA.get(verb, verb)
        if text.lower().startswith("how ") and ask is Ask.WHAT and lemma not in _HOW and lemma not in _NOUNS:
            continue
        speaker = _SPEAKER_TAIL.sub("", (groups.get("speaker") or "").strip(" ,'\""))
        topic, article = _article(_TOPIC_TAIL.sub("", _TOPIC_LEAD.sub("", groups.get("topic") or "").strip()))
        topic = f"{groups['noun']} {topic}".strip() if groups.get("noun") else topic
        if ask is Ask.WHETHER and not topic:
            continue
        return SaidQuestion(ask, _act(lemma), lemma, speaker, topic, article, loose)
    return None


def _article(topic: str) -> tuple[str, str]:
    """The topic without "in the article on …", and what that article is about."""
    match = _IN_ARTICLE.search(topic)
    return (topic[: match.start()].strip(), match["about"].strip(" \"'")) if match else (topic, "")


def _act(lemma: str) -> Act:
    for word in (lemma, lemma.removesuffix("s")):
        if word in _ACT_OF:
            return _ACT_OF[word]
    return Act.PLAIN
