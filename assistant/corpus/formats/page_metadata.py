"""What an HTML page declares about itself in meta tags, JSON-LD, Open Graph and marked times; never from its prose."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.corpus.dates import parse_date
from assistant.domain import Provenance

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATE_NAMES = (
    "article:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date", "publication_date",
    "og:published_time", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "sailthru.date", "parsely-pub-date", "article.published", "citation_publication_date", "citation_date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting)")
_TIME_CLASS = re.compile(r"publi|entry-date|post-date|pubdate|dateline", re.IGNORECASE)
_TAIL = re.compile(r"\s+[|–—-]\s+(?P<tail>[^|]+)$|\s+::\s+(?P<tail2>.+)$")
_LD_LIMIT = 1_000_000


def read(root: HtmlElement) -> Provenance:
    """Title, outlet, author, date and URL as far as the page declares them."""
    meta = _meta(root)
    linked = next(_linked(root), {})
    outlet = (
        _clean(meta.get("og:site_name"))
        or _clean(_name(linked.get("publisher")))
        or _clean(meta.get("application-name"))
    )
    url = _url(root, meta)
    return Provenance(
        title=_title(root, meta, linked, outlet),
        outlet=outlet,
        author=_author(meta, linked, outlet),
        published=_published(root, meta, linked),
        url=url,
    )


def _meta(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if key and content:
            found.setdefault(key, content)
    return found


def _linked(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article."""
    for script in root.iter("script"):
        if (
            (script.get("type") or "").lower() != "application/ld+json"
            or not script.text
            or len(script.text) > _LD_LIMIT
        ):
            continue
        try:
            waiting = deque([json.loads(script.text, strict=False)])
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.popleft()
            if isinstance(item, list):
                waiting.extendleft(reversed(item))
            elif isinstance(item, dict):
                kinds = item.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(name, str) and _ARTICLE.fullmatch(name) for name in names):
                    yield item
                if isinstance(item.get("@graph"), list):
                    waiting.extendleft(reversed(item["@graph"]))


def _name(value: Any) -> str | None:
    """The name in a JSON-LD value, which may be a string, an object or a list of either."""
    if isinstance(value, list):
        names = [name for item in value[:10] if (name := _name(item))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _clean(value: str | None) -> str | None:
    text = " ".join((value or "").split())
    return text if text and len(text) <= 300 else None


def _title(root: HtmlElement, meta: dict[str, str], linked: dict[str, Any], outlet: str | None) -> str | None:
    heads = [" ".join((element.text_content() or "").split()) for element in root.iter("h1")]
    element = root.find(".//title")
    shown = _clean(element.text_content()) if element is not None else None
    told = (
        _clean(meta.get("og:title"))
        or _clean(_text(linked.get("headline")))
        or _clean(meta.get("twitter:title"))
        or shown
    )
    return _without_tail(told, heads, outlet) if told else _clean(heads[0]) if len(heads) == 1 else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _without_tail(title: str, heads: Sequence[str], outlet: str | None) -> str:
    """The title without the site's name at its end."""
    tail = _TAIL.search(title)
    if tail is None:
        return title
    front, name = title[: tail.start()].strip(), (tail["tail"] or tail["tail2"]).strip()
    same = front.casefold() in map(str.casefold, heads)
    site = outlet is not None and (name.casefold() in outlet.casefold() or outlet.casefold() in name.casefold())
    piped = "|" in tail.group() and len(name.split()) <= 4 and len(front.split()) >= 3
    return front if front and (same or site or piped) else title


def _author(meta: dict[str, str], linked: dict[str, Any], outlet: str | None) -> str | None:
    for value in (
        _name(linked.get("author")),
        meta.get("author"),
        meta.get("article:author"),
        meta.get("byl"),
        meta.get("dc.creator"),
    ):
        name = _clean(value)
        if (
            name
            and "://" not in name
            and len(name) <= 120
            and "@" not in name
            and name.casefold() != (outlet or "").casefold()
        ):
            return re.sub(r"^by\s+", "", name, flags=re.IGNORECASE)
    return None


def _published(root: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> date | None:
    values = [_text(linked.get("datePublished")), *(meta.get(name) for name in _DATE_NAMES)]
    for element in root.iter("time", "span", "abbr", "p", "div"):
        marked = element.get("itemprop") == "datePublished" or (
            element.tag == "time"
            and (element.get("pubdate") is not None or _TIME_CLASS.search(element.get("class") or ""))
        )
        if marked:
            values.append(element.get("datetime") or element.get("content") or element.text_content())
    times = [element for element in root.iter("time") if element.get("datetime")]
    if len(times) == 1:
        values.append(times[0].get("datetime"))
    return next((day for value in values if value and (day := parse_date(_spread(value)))), None)


def _spread(value: str) -> str:
    """20220115 is common in meta tags, and no date anywhere else."""
    return re.sub(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?=$|T)", r"\1-\2-\3 ", value.strip())


def _url(root: HtmlElement, meta: dict[str, str]) -> str | None:
    links: list[str | None] = [
        element.get("href") for element in root.iter("link") if (element.get("rel") or "").lower() == "canonical"
    ]
    for value in (*links, meta.get("og:url")):
        if value and re.match(r"https?://\S+$", value.strip()):
            return value.strip()
    return None
