"""What a single line of a page is, by its own looks: credit, byline, share bar, navigation, start of the comments.

Only short lines are looked at; running text is never furniture by its looks alone.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from assistant.corpus import phrases
from assistant.corpus.dates import date_line
from assistant.corpus.lines import Marker, Unit


class Role(Enum):
    """What a unit is for."""

    TEXT = auto()
    CREDIT = auto()
    CAPTION = auto()
    BYLINE = auto()
    DATE = auto()
    DATELINE = auto()
    COMMENTS = auto()
    """Starts the readers' comments."""
    RELATED = auto()
    """Starts a list of links to other articles."""
    FURNITURE = auto()
    RULE = auto()
    """A drawn line, or a lone symbol."""


_AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|Getty(?:\s?Images)?|EPA(?:[-/]EFE)?|EFE|Shutterstock(?:\.com)?|i?Stock(?:photo)?|"
    r"Bloomberg|"
    r"TASS|Sputnik|RIA(?: Novosti)?|Xinhua|Anadolu(?: Agency)?|AA|dpa|DPA|ANSA|PA(?: Wire| Media| Images)?|UPI|"
    r"ZUMA(?: Press)?|"
    r"Alamy(?: Stock Photo)?|NurPhoto|Wikimedia(?: Commons)?|Flickr|Unsplash|Pixabay|Pexels|Adobe Stock|"
    r"Associated Press|"
    r"Agence France-Presse|Kyodo|Yonhap|Ukrinform|BNS|ELTA|PAP|CTK|MTI|Corbis|Scanpix)"
)
_PICTURE = (
    r"(?:photos?|images?|pictures?|pics?|photographs?|fotos?|фото|bild|illustrations?|infographics?|screenshots?)"
)
_CREDIT_START = re.compile(
    r"[\[(]?\s*(?:(?:file|stock|archive|handout|illustrative|representational|cover|main|featured?)\s+)?"
    rf"{_PICTURE}\b(?:\s+(?:credits?|source|copyright))?\s*(?:[:;|/©]|[–—-]\s)|"
    rf"[\[(]?\s*{_PICTURE}(?:\s+(?:credits?|courtesy|source))?\s+(?:by|of|via|courtesy of)\s+(?-i:[A-Z@])|"
    rf"(?:credits?|courtesy)\s*:\s*\S|source\s*:\s*.*\b(?:{_PICTURE}|commons|via)\b|"
    r"[\[(]?(?:file|archive|stock|handout) (?:photo|image|picture)\b|(?-i:PHOTO|Photo)\.\s",
    re.IGNORECASE,
)
_CREDIT_INSIDE = re.compile(
    r"(?P<before>^|[.!?…)\"”’|(\[–—-]\s*|\s)"
    r"(?:[Pp]hotos?|PHOTO|[Ii]mages?|IMAGE|[Pp]ictures?|[Cc]redits?|CREDIT|[Ff]oto|[Pp]hotograph|[Ii]llustration)"
    r"(?:\s+(?:[Cc]redits?|[Cc]ourtesy(?:\s+of)?|[Bb]y|[Ss]ource))?(?:\s*[:/]\s?|(?<=[Bb]y)\s|(?<=of)\s)(?=[A-Z©@])"
)
_CREDIT_END = re.compile(
    rf"(?:[/|]\s?{_AGENCY}\b[^.!?\n]{{0,40}}|\b{_AGENCY}\s?/\s?[A-Z][^.!?\n]{{1,40}}|"
    rf"[(\[](?:[^()\[\]]*\b)?{_AGENCY}\s+(?:photo|image|file|via)s?\b[^()\[\]]*[)\]]|\([^()]*/\s?{_AGENCY}[^()]*\)|"
    rf"\bvia\s+{_AGENCY}|\bGetty Images)[)\]]?\.?\s*$"
)
_PICTURE_HINTS = ("photo", "image", "picture", "credit", "foto", "illustration")
_AGENCY_HINTS = ("/", "|", "(", "[", "via ", "Getty")
_AGENCY_ONLY = re.compile(rf"(?:©\s*)?{_AGENCY}(?:\s*[/|,-]\s*(?:{_AGENCY}|[A-Z][\w.'’ -]{{1,40}}))*\.?")
_IMAGE = re.compile(
    r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|<img\b.*|<!--.*-->|\[\]\([^)]*\)|\[!\[.*\]\(.*\)|\[[^\]]+\]:\s*\S+.*|"
    r"\[\[(?:File|Image):.*"
)

_PARTICLE = r"(?:de|van|von|der|den|da|di|la|le|el|al|bin|ben|del|dos|st)"
_CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir)\.?\s)?{_CAPITALISED}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITALISED}){{0,3}}"
_NAMES = rf"{_NAME}(?:\s*(?:,|&|\band\b|;|/)\s*(?:and\s+)?{_NAME}){{0,4}}"
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|(?:[Ww]ritten|[Ss]tory|[Tt]ext|[Pp]osted|[Pp]ublished|[Rr]eported|[Rr]eporting) by|[Aa]uthor|"
    r"AUTHOR|Von|Par|Por)"
    rf"\s*:?\s+(?P<names>{_NAMES})(?P<rest>(?:\s*(?:[,|·•—–@(/-]|\b(?:for|in|on|at)\b|\d).*)?)\.?"
)
_JOB = r"(?:writer|reporter|correspondent|editor|contributor|columnist|journalist|bureau chief)"
_STAFF = re.compile(rf"(?P<names>{_NAMES})\s*[,|–—-]\s*(?:[\w'’-]+\s+){{0,3}}(?i:{_JOB})(?:[\s,|].*)?")
_POSTED = re.compile(
    r"(?:posted|written|published|submitted|uploaded|created) (?:by|on|at|in)\b.{1,80}|"
    r".{1,40}\bposted (?:this )?on\b.{1,40}",
    re.IGNORECASE,
)
_CREW = re.compile(
    r"\(?(?:additional\s+)?(?:reporting|writing|editing|edited|compiled|translated|produced)\s+by\s+[^\W\d_].*",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"\b(?:the|a|an|his|her|their|its|this|that|now|then|all|far|most|comparison|contrast|law|default|monday|tuesday|"
    r"wednesday|"
    r"thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|"
    r"december)\b",
    re.IGNORECASE,
)

_CAPITALS = r"[A-Z][A-Z.'’-]{2,}(?:[ /-][A-Z][A-Z.'’-]+){0,3}"
_OPENING = r"(?=[\"“‘'(]?[A-Z\d])"
_AGENCY_IN_BRACKETS = r"[(\[/]\s*[A-Z][^()\[\]/]{1,30}(?:/[^()\[\]/]{1,20})?[)\]/]"
_DATELINE_ALONE = re.compile(rf"{_CAPITALS}(?:,\s*[\w. ]{{1,30}}){{0,2}}\s*[(\[/]\s*{_AGENCY}\s*[)\]/]\s*[—–-]{{0,2}}")
_DATELINE = re.compile(
    # KYIV, Ukraine, Jan 14 (Reuters) - …
    rf"(?:{_CAPITALS}(?:,\s*[A-Z][\w.' ]{{1,24}})?(?:,\s*(?:[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}}|"
    rf"\d{{1,2}}\s+[A-Z][a-z]{{2,8}})"
    rf"(?:,?\s*\d{{4}})?)?|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}},?)\s*{_AGENCY_IN_BRACKETS}\s*(?:[:–—]|--?)?\s*"
    # KYIV, Ukraine — …
    rf"|{_CAPITALS},\s*[A-Z][\w.' ]{{1,24}}?\s*(?:—|–|--)\s+|[A-Z][A-Z.'’-]{{3,}}\s*(?:—|--)\s+"
)
_SEPARATED = re.compile(r"\s[>»›|/·•]\s|\s::\s")
_URL_ONLY = re.compile(
    r"(?:[\w ]{2,30}:\s*|source\s+)?<?(?:https?://|www\.)\S+>?|[\w.+-]+@[\w-]+\.[\w.]+|@\w{2,30}", re.IGNORECASE
)


_LEADER = re.compile(r"(?:\. ?){5,}\d")
"""The dots between a heading and its page, in a table of contents."""


def role_of(unit: Unit) -> Role:
    """What a unit is when seen alone."""
    text = unit.text
    if len(text) < 200 and (not any(map(str.isalnum, text)) or (len(text) == 1 and not text.isdigit())):
        return Role.RULE
    if "..." in text or ". . ." in text:
        leaders = len(_LEADER.findall(text))
        if leaders > 1 or (leaders and unit.words <= 25):
            return Role.FURNITURE
    if unit.marker in (Marker.TABLE, Marker.CODE) or unit.words > 80 or len(text) > 1000:
        return Role.TEXT
    if text[0] in "!<[" and _IMAGE.fullmatch(text):
        return Role.CREDIT
    stripped = text.strip("*_ \u00a0") or text
    short = unit.words <= 25
    if short and any(map(str.isdigit, stripped)) and date_line(stripped) is not None:
        return Role.DATE
    if is_credit(stripped, unit):
        return Role.CREDIT
    role = _short_role(stripped, unit) if short else Role.TEXT
    # "## Next" heads a chapter, and "Read on." is a sentence.
    brief = (
        unit.words == 1 if unit.marker is Marker.HEADING else unit.words <= 3 and text[-1] == "." and text[-2:] != ".."
    )
    return Role.TEXT if brief and role in (Role.FURNITURE, Role.RELATED, Role.COMMENTS) else role


def is_credit(text: str, unit: Unit) -> bool:
    """Whether a unit names who made a picture, alone or behind the picture's caption."""
    if unit.words <= 45 and ("©" in text or _CREDIT_START.match(text)):
        return True
    # Searching every paragraph for the long patterns would take half of the time of cleaning.
    low = text.lower()
    if any(word in low for word in _PICTURE_HINTS):
        inside = _CREDIT_INSIDE.search(text)
        if inside is not None and len(text) - inside.end() <= 80 and (inside["before"].strip() or not unit.terminal):
            return True
    if not any(hint in text for hint in _AGENCY_HINTS):
        return unit.words <= 8 and _AGENCY_ONLY.fullmatch(text) is not None
    ending = _CREDIT_END.search(text, max(0, len(text) - 120))
    if ending is not None and (unit.words <= 45 or ending.group()[0] in "([{"):
        return True
    return _AGENCY_ONLY.fullmatch(text) is not None


def _short_role(text: str, unit: Unit) -> Role:
    bare = text.rstrip(" *:.!?…»›→") or text
    if phrases.COMMENTS.fullmatch(bare):
        return Role.COMMENTS
    if unit.words <= 9 and not unit.paragraph and phrases.RELATED.fullmatch(bare):
        return Role.RELATED
    posted = _POSTED.fullmatch(text) is not None and not unit.terminal
    if posted or byline(text) is not None or _CREW.fullmatch(text):
        return Role.BYLINE
    if _DATELINE_ALONE.fullmatch(text):
        return Role.DATELINE
    if any(pattern.fullmatch(bare) for pattern in (phrases.FURNITURE, phrases.LEAD_IN)) or _URL_ONLY.fullmatch(text):
        return Role.FURNITURE
    return Role.FURNITURE if _is_breadcrumb(text, unit) else Role.TEXT


def _is_breadcrumb(text: str, unit: Unit) -> bool:
    """Whether a line is a path or a bar of links ("Home > World > Europe", "News | Sport | Weather")."""
    if unit.terminal or unit.marker in (Marker.LIST, Marker.QUOTE) or not _SEPARATED.search(text):
        return False
    parts = [part.strip() for part in _SEPARATED.split(text)]
    if any(arrow in text for arrow in (" > ", " » ", " › ")):
        return len(parts[0].split()) <= 3
    return len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts)


def is_section_name(text: str) -> bool:
    """Whether a line is the name of a section; only a run of such lines is navigation."""
    return phrases.SECTION.fullmatch(text) is not None


def is_weak_comments(text: str) -> bool:
    """Whether a line may be the heading of the comments, or of a chapter with that name."""
    return phrases.WEAK_COMMENTS.fullmatch(text.rstrip(" :")) is not None


def byline(text: str) -> str | None:
    """The names in "By A and B, Staff Writer"; "" for a byline without a person; None if it is something else."""
    text = text.strip("*_ ")
    match = _BYLINE.fullmatch(text) or _STAFF.fullmatch(text)
    if match is None or len(text.split()) > 20:
        return None
    names = match["names"].strip(" ,|")
    if _NOT_NAMES.search(names):
        return None
    if len(names.split()) < 2:
        rest = match.groupdict().get("rest") or ""
        return "" if not rest.strip() else None
    return names.title() if names.isupper() else names


def dateline_length(text: str) -> int:
    """Characters of "KYIV, Jan 14 (Reuters) - " before the first sentence; 0 if there is none."""
    match = _DATELINE.match(text)
    if match is None or match.group().rstrip()[-1] not in ":–—-" or not re.match(_OPENING, text[match.end() :]):
        return 0
    return match.end()
