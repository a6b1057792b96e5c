"""What a text file says about itself in its first lines: front matter, `Key: value` headers, Org keywords."""

from __future__ import annotations

import re
from datetime import date

from assistant.corpus.dates import parse_date
from assistant.domain import Provenance

_FENCED = re.compile(
    r"\ufeff?\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)(?:\r?\n)(?P=fence)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_PAIR = re.compile(r"[ \t]*(?:#\+)?(?P<key>[A-Za-z][A-Za-z_ -]{1,20}?)[ \t]*[:=][ \t]*(?P<value>[^\n\r]*)\r?(?:\n|$)")
_KEYS = {
    "title": "title",
    "headline": "title",
    "subject": "title",
    "outlet": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "site": "outlet",
    "site_name": "outlet",
    "source": "outlet",
    "newspaper": "outlet",
    "author": "author",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "from": "author",
    "date": "date",
    "published": "date",
    "publish_date": "date",
    "pubdate": "date",
    "date_published": "date",
    "published_at": "date",
    "url": "url",
    "link": "url",
    "permalink": "url",
    "canonical": "url",
}
_OTHER_KEYS = frozenset(
    {"to", "cc", "bcc", "sent", "reply-to", "tags", "category", "categories", "section", "language", "lang"}
)
_ADDRESS = re.compile(r"\s*<[^<>]*>|\s*\([^()]*@[^()]*\)")
_FENCED_LIMIT = 20_000


def front_matter(text: str) -> tuple[Provenance, int]:
    """What the head of a text says, and where the text behind it starts (0 if there is no such head)."""
    fenced = _FENCED.match(text[:_FENCED_LIMIT])
    if fenced:
        pairs = [(match["key"], match["value"]) for match in _PAIR.finditer(fenced["body"])]
        if pairs:
            return _provenance(pairs), fenced.end()
        return Provenance(), 0
    return _plain_header(text)


def _plain_header(text: str) -> tuple[Provenance, int]:
    at = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    pairs: list[tuple[str, str]] = []
    while match := _PAIR.match(text, at):
        key = _normal(match["key"])
        if (key not in _KEYS and key not in _OTHER_KEYS) or not match["value"].strip():
            break
        pairs.append((match["key"], match["value"]))
        at = match.end()
    named = {_KEYS[_normal(key)] for key, _ in pairs if _normal(key) in _KEYS}
    # One such line may be the first words of the text; two different ones are a header.
    return (_provenance(pairs), at) if len(named) >= 2 else (Provenance(), 0)


def _normal(key: str) -> str:
    return key.strip().lower().replace(" ", "_")


def _provenance(pairs: list[tuple[str, str]]) -> Provenance:
    found: dict[str, str] = {}
    for key, raw in pairs:
        name = _KEYS.get(_normal(key))
        value = raw.strip().strip("\"'[]").strip()
        if name and value and name not in found:
            found[name] = value
    published: date | None = parse_date(found["date"]) if "date" in found else None
    outlet = found.get("outlet")
    return Provenance(
        title=found.get("title"),
        outlet=None if outlet is None or "://" in outlet else outlet,
        author=_ADDRESS.sub("", found.get("author", "")).strip(" ,;\"'") or None,
        published=published,
        url=found.get("url") or (outlet if outlet is not None and "://" in outlet else None),
    )
