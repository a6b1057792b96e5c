"""Questions that leave out what the last one said: "And Norway?", "When?", "In 2014?", "Who else?"."""

from __future__ import annotations

import re

from assistant.chat.context import whole
from assistant.chat.shape import (
    AUX,
    DO,
    PREPOSITIONS,
    VERBS,
    WH,
    Kind,
    Phrase,
    Shape,
    is_role,
    kind_of,
    parse,
    participle,
    tokens,
)
from assistant.reading.said_question import Ask
from assistant.reading.said_question import parse as parse_said

LEAD = re.compile(
    r"^(?:(?:and|but|so|or|ok|okay|also|then|now|well|yes|no|hm+)[,:]? )*(?:(?:what|how) about |what of )?",
    re.IGNORECASE,
)
_BARE_WH = re.compile(
    r"^(?:(?:since|until|by|from|to|at|in|for|with|against|on) )?(?:when|where|why|how|who|whom|which \w+|what year|"
    r"what time|how (?:much|many|long|often|old|far|big|high|tall|come|so|exactly))(?: exactly| precisely| so| not)?$",
    re.IGNORECASE,
)
_ELSE = re.compile(r"^(?:who|what|where|anyone|anything|anybody|somebody|nobody|nothing) else$", re.IGNORECASE)
_ADVERB_WH = frozenset("when where why how".split())
_NO_PREPOSITION = frozenset("last next this yesterday today tomorrow tonight before after".split())
_IN = "in"
_LONGEST = 8
"""Words of a fragment; a longer one says more than what it takes the place of."""


def completed(question: str, before: str) -> str:
    """The question with what it leaves out taken from the one before; unchanged if that is nothing, or unclear."""
    last = before.strip().rstrip("?!. ")
    text = question.replace("’", "'").strip().rstrip("?!. ")
    lead = LEAD.match(text)
    had_lead = bool(lead and lead[0])
    fragment = text[lead.end() :].strip() if lead else text
    if not fragment or not last:
        return question
    if _ELSE.match(fragment):
        return _else(fragment, parse(last)) or question
    if _BARE_WH.match(fragment):
        return _asked_with(fragment, parse(last)) + "?"
    if not is_fragment(question):
        return (_same_matter(fragment, last) if had_lead else None) or _same_predicate(fragment, last) or question
    return _put_in(fragment, parse(last)) or question


def is_fragment(question: str) -> bool:
    """Whether a question has no verb, and so leaves out what the last one asked."""
    text = question.replace("’", "'").strip()
    asked = text.endswith("?")
    text = text.rstrip("?!. ")
    lead = LEAD.match(text)
    had_lead = bool(lead and lead[0])
    found = tokens(text[lead.end() :] if lead else text)
    if not found or len(found) > _LONGEST or not (had_lead or asked):
        return False
    lows = [word.low for word in found]
    if lows[0] in WH or lows[0] in AUX or any(low in AUX for low in lows[:-1]):
        return False
    # Without "and" or "what about" only the shortest is taken for a fragment, and nothing that gives an order.
    return had_lead or (len(found) <= 4 and lows[0] not in VERBS and lows[0] not in ("tell", "show", "list", "more"))


def _else(fragment: str, shape: Shape) -> str | None:
    """The last question, for others: "Who else?"."""
    word = {"anyone": "who", "anybody": "who", "anything": "what"}.get(
        fragment.split()[0].lower(), fragment.split()[0].lower()
    )
    if not shape.wh.lower().startswith(word):
        return None
    rest = shape.text[len(shape.wh) :]
    return f"{shape.wh} else{rest}?" if " else" not in shape.text else f"{shape.text}?"


def _asked_with(fragment: str, shape: Shape) -> str:
    """The last question, asked with another question word."""
    wh = _capital(fragment)
    old = shape.wh.lower()
    joined = f"{shape.text}, and {fragment[0].lower()}{fragment[1:]}"
    if fragment.lower().split()[0] in ("who", "which", "what") and fragment.lower() != "who":
        return joined
    if not shape.wh and shape.aux:
        return f"{wh} {shape.aux.lower()}{shape.text[len(shape.aux) :]}"
    adverb = old.split()[-1] in _ADVERB_WH or old.startswith(("in which year", "in what year", "since when"))
    if fragment.lower() == "who":
        return joined
    if shape.aux and adverb:
        return f"{wh}{shape.text[len(shape.wh) :]}"
    if shape.aux.lower() in DO and shape.subject and shape.verb:
        amount = re.match(r"how (much|many)\b(.*)", old)
        gap = f"that {amount[1]}{amount[2]}" if amount else "" if old.startswith("how") else "that"
        return " ".join(part for part in (wh, shape.aux, shape.subject, shape.verb, gap, shape.rest) if part)
    if old == "who" and not shape.aux and participle(shape.verb) and shape.rest:
        return _passive(wh, shape) or joined
    return joined


def _passive(wh: str, shape: Shape) -> str | None:
    """A question for who did it as one for when or where: "When was the bridge built?"."""
    objects = [phrase for phrase in shape.phrases if not phrase.preposition and not phrase.subject]
    if not objects or not shape.rest.startswith(objects[0].text):
        return None
    thing = whole(objects[0], shape)
    rest = shape.rest[len(thing) :].strip()
    several = (
        objects[0].head.endswith("s") and not objects[0].head.endswith("ss") and objects[0].kind is not Kind.PERSON
    )
    be = "were" if several else "was"
    return " ".join(part for part in (wh, be, thing, participle(shape.verb), rest) if part)


def _same_matter(fragment: str, last: str) -> str | None:
    """About what the last question was about: "And what did NASA say?"."""
    new, old = parse_said(fragment), parse_said(last)
    if not new or not old or new.ask is not Ask.WHAT or new.topic or not old.topic:
        return None
    if new.speaker == old.speaker or new.speaker.lower() in old.topic.lower():
        return None
    shape = parse(last)
    about = shape.rest if shape.verb and old.topic in shape.rest else f"about {old.topic}"
    return f"{_capital(fragment)} {about}?"


def _same_predicate(fragment: str, last: str) -> str | None:
    """Whether another did what the last question asks: "Did Norway?"."""
    new, old = parse(fragment), parse(last)
    if new.wh or not new.aux or new.aux.lower() not in DO or new.verb or not new.subject or not old.verb:
        return None
    if old.wh or old.aux.lower() not in DO or not old.subject or len(new.phrases) != 1:
        return None
    return f"{_capital(fragment)} {old.verb} {old.rest}".rstrip() + "?"


def _put_in(fragment: str, shape: Shape) -> str | None:
    """The last question with the fragment in the place of what it answers to."""
    found = tokens(fragment)
    low = found[0].low
    if low in PREPOSITIONS and len(found) > 1:
        phrase = fragment[found[1].start :]
        return _put_prepositional(low, phrase, shape)
    kind = kind_of(fragment)
    if kind is Kind.TIME:
        return _put_time("", fragment, shape)
    slot = _slot(fragment, kind, shape)
    if slot is None:
        return None
    end = slot.end
    if kind in (Kind.THING, Kind.ROLE) and slot.kind in (Kind.THING, Kind.ROLE) and slot.head != found[-1].low:
        end = slot.start + len(whole(slot, shape))
    return f"{shape.text[: slot.start]}{fragment}{shape.text[end:]}?"


def _put_prepositional(preposition: str, phrase: str, shape: Shape) -> str:
    kind = kind_of(phrase, preposition)
    if kind is Kind.TIME:
        return _put_time(preposition, phrase, shape)
    named = kind_of(phrase) in (Kind.PERSON, Kind.POWER, Kind.BODY)
    slots = [one for one in shape.phrases if one.preposition == preposition and one.kind is not Kind.TIME]
    if preposition in ("in", "at", "on", "near"):
        slots = [one for one in slots if (kind_of(one.text) in (Kind.PERSON, Kind.POWER, Kind.BODY)) == named]
    if slots:
        return f"{shape.text[: slots[-1].start]}{phrase}{shape.text[slots[-1].end :]}?"
    return f"{shape.text} {preposition} {phrase}?"


def _put_time(preposition: str, phrase: str, shape: Shape) -> str:
    """The last question at another time."""
    slot = next((one for one in shape.phrases if one.kind is Kind.TIME and one.end > len(shape.wh)), None)
    alone = not preposition and phrase.split()[0].lower() in _NO_PREPOSITION
    if slot is not None:
        start = slot.at if preposition or alone else slot.start
        new = f"{preposition} {phrase}" if preposition else phrase
        return f"{shape.text[:start]}{new}{shape.text[slot.end :]}?"
    return f"{shape.text} {phrase if alone else f'{preposition or _IN} {phrase}'}?"


_PREFERRED: dict[Kind, tuple[Kind, ...]] = {
    Kind.PERSON: (Kind.PERSON, Kind.ROLE, Kind.BODY, Kind.POWER, Kind.THING),
    Kind.POWER: (Kind.POWER, Kind.BODY, Kind.PERSON, Kind.ROLE, Kind.THING),
    Kind.BODY: (Kind.BODY, Kind.POWER, Kind.PERSON, Kind.ROLE, Kind.THING),
    Kind.ROLE: (Kind.ROLE, Kind.PERSON, Kind.BODY, Kind.POWER),
    Kind.THING: (Kind.THING, Kind.BARE, Kind.BODY),
    Kind.BARE: (Kind.BARE, Kind.THING),
}


def _slot(fragment: str, kind: Kind, shape: Shape) -> Phrase | None:
    """What of the last question a fragment takes the place of: of its kind, and the subject before the rest."""
    slots = [one for one in shape.phrases if one.kind is not Kind.TIME]
    head = tokens(fragment)[-1].low
    same = [one for one in slots if one.head == head and one.text.lower() != fragment.lower()]
    if same:
        return same[0]
    wanted = _PREFERRED[kind]
    if is_role(fragment) and "'s" in fragment:
        # Somebody's wife or lawyer speaks and acts where they do.
        wanted = (Kind.PERSON, *wanted)
    for one_kind in wanted:
        for one in slots:
            if one.kind is one_kind and one.text.lower() != fragment.lower():
                return one
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
