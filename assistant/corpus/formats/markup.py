"""HTML to text: paragraphs, headings, lists and tables, without what pages put around their content.

The output is Markdown-like: headings carry `#`, list items `-`, so that the cleaner sees what the page showed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed", "nav", "aside", "footer",
     "input", "select", "button", "textarea", "label", "menu", "dialog", "audio", "video", "map", "figcaption", "head",
     "math", "datalist", "progress"]
)  # fmt: skip
_BLOCKS = frozenset(
    ["p", "div", "section", "article", "main", "header", "ul", "ol", "li", "table", "tbody", "thead", "tfoot", "tr",
     "caption", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "dl", "dt", "dd", "form", "fieldset",
     "hr", "address", "details", "summary", "body", "html", "center", "hgroup", "legend", "title"]
)  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_ROLES = frozenset(
    ["navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar",
     "toolbar"]
)  # fmt: skip
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|side-?bar|footer|shar(?:e|ing)(?:-?(?:bar|buttons?|links?|tools?))?|social|"
    r"comments?(?:-?(?:area|list|section|form))?|respond|related|recommend(?:ed|ations?)?|newsletter|subscri(?:be|ption)|promo(?:tion)?|"
    r"ad(?:s|vert|verts|vertisement|vertising|sense)?|cookies?|gdpr|consent|pop-?up|modal|overlay|trending|popular|most-?read|outbrain|taboola|"
    r"disqus|pagination|pager|toolbar|skip-?link|masthead|copyright|sponsored|widget-area|caption|wp-caption-text|credits?|"
    r"photo-?credit|image-?caption|tags|tag-?(?:list|cloud|links)|author-?(?:bio|box)|read-?more|see-?also|sr-only|visually-hidden|screen-reader-text)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
MAX_DEPTH = 250
"""Deeper nesting than any honest page has; what lies deeper is read as one run of text."""


def parse(text: str) -> HtmlElement | None:
    """The tree of a page; None if there is nothing to parse."""
    # 25 ms to import.
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except etree.ParserError:
        return None


def render(root: HtmlElement) -> str:
    """The content of a page as text."""
    body = root.find("body")
    start = root if body is None else body
    total = _prose(start)
    content = _content(start, total)
    writer = _Writer(total)
    if content is not start:
        heading = _headline(start, content)
        if heading is not None:
            writer.walk(heading, 0)
            writer.flush()
    writer.walk(content, 0)
    writer.flush()
    return "\n\n".join(writer.blocks) + ("\n" if writer.blocks else "")


def _prose(element: HtmlElement) -> int:
    """Characters in paragraphs and behind line breaks: how much of a page's content lies in an element."""
    paragraphs = sum(len(paragraph.text_content().strip()) for paragraph in element.iter("p"))
    return paragraphs + sum(len((line.tail or "").strip()) for line in element.iter("br"))


def _content(body: HtmlElement, total: int) -> HtmlElement:
    """The element that holds the content: the one that says so, if most of the page's paragraphs are in it."""
    for path in (".//*[@itemprop='articleBody']", ".//article", ".//main", ".//*[@role='main']"):
        found = [(place, element) for place, element in enumerate(body.iterfind(path))]
        if len(found) == 1 and total and _prose(found[0][1]) >= 0.6 * total:
            return found[0][1]
    return body


def _headline(body: HtmlElement, content: HtmlElement) -> HtmlElement | None:
    """The page's only `h1`, if it stands outside of the content."""
    first = [element for element in body.iter("h1") if (element.text_content() or "").strip()]
    if len(first) != 1 or any(ancestor is content for ancestor in first[0].iterancestors()):
        return None
    return first[0]


class _Writer:
    """Collects the blocks of text of a tree."""

    def __init__(self, total: int) -> None:
        self.blocks: list[str] = []
        self._total = total
        self._buffer: list[str] = []
        self._length = 0
        self._linked = 0
        self._prefix = ""
        self._raw = False

    def walk(self, element: HtmlElement, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if self._around(element, tag):
            return
        if depth > MAX_DEPTH:
            self._add(element.text_content())
        elif tag == "br":
            self._buffer.append("\n")
        elif tag == "tr":
            self._row(element, depth)
        elif tag in _BLOCKS:
            self._block(element, tag, depth)
        else:
            before = self._length
            self._inside(element, depth)
            self._linked += self._length - before if tag == "a" else 0

    def _block(self, element: HtmlElement, tag: str, depth: int) -> None:
        self.flush()
        prefix = "#" * _HEADINGS[tag] + " " if tag in _HEADINGS else "- " if tag in {"li", "dt"} else ""
        self._prefix = prefix or self._prefix
        self._raw = self._raw or tag == "pre"
        self._inside(element, depth)
        self.flush()
        self._raw = self._raw and tag != "pre"
        if prefix:
            self._prefix = ""

    def _inside(self, element: HtmlElement, depth: int) -> None:
        self._add(element.text)
        for child in element:
            self.walk(child, depth + 1)
            self._add(child.tail)

    def flush(self) -> None:
        """Ends a block of text."""
        raw = "".join(self._buffer)
        linked, prefix = self._linked, self._prefix
        self._buffer, self._linked, self._length = [], 0, 0
        if self._raw:
            if raw.strip():
                self.blocks.append(raw.strip("\r\n"))
            return
        lines = [_SPACE.sub(" ", line).strip() for line in raw.split("\n")]
        for paragraph in re.split(r"\n\n+", "\n".join(lines).strip("\n")):
            text = paragraph.strip()
            if not text:
                continue
            self._prefix = ""
            words = len(text.split())
            # Headlines that are nothing but links lead elsewhere; short links in a list may be its content.
            if linked >= 0.8 * len(raw.strip()) and not prefix.startswith("#") and (5 <= words <= 25 or prefix != "- "):
                continue
            self.blocks.append(prefix + text)
            prefix = ""

    def _add(self, text: str | None) -> None:
        if text:
            self._buffer.append(text if self._raw else text.replace("\n", " "))
            self._length += len(text)

    def _row(self, row: HtmlElement, depth: int) -> None:
        """Cells of a data table in one line; tables made for layout are walked like any other block."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        texts = [" ".join((cell.text_content() or "").split()) for cell in cells]
        if any(len(text) > 200 for text in texts) or len([text for text in texts if text]) < 2:
            for cell in cells:
                self.flush()
                self._inside(cell, depth)
                self.flush()
            return
        self.flush()
        self.blocks.append("| " + " | ".join(texts) + " |")

    def _around(self, element: HtmlElement, tag: str) -> bool:
        """Whether an element belongs to what stands around the content."""
        if not tag or tag in _SKIPPED:
            return True
        get = element.get
        if get("hidden") is not None or get("aria-hidden") == "true" or _HIDDEN.search(get("style") or ""):
            return True
        if tag in ("body", "html", "article", "main", "p") or tag in _HEADINGS:
            return False
        if get("role") in _ROLES or (tag == "header" and element.find(".//h1") is None and not _within(element)):
            return not self._holds_most(element)
        names = f"{get('class') or ''} {get('id') or ''}"
        return len(names) > 1 and _AROUND.search(_CAMEL.sub("-", names)) is not None and not self._holds_most(element)

    def _holds_most(self, element: HtmlElement) -> bool:
        """Frames of whole pages are named "has-sidebar" too, and what holds the headline is content."""
        if element.find(".//h1") is not None:
            return True
        return self._total > 0 and _prose(element) >= 0.4 * self._total


def _within(element: HtmlElement) -> bool:
    return any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())
