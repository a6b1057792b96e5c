"""What is in the corpus: documents, their articles, and the files that were not read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from assistant.show.passages import origin
from assistant.show.safe import one_line
from assistant.show.screen import Screen, joined, paragraph, render

if TYPE_CHECKING:
    from assistant.domain import Article, Json, Skipped
    from assistant.protocols import DocumentInfo, Snapshot


def to_json(snapshot: Snapshot) -> Json:
    """`documents` with their `articles`, `skipped`, and the index's fingerprint."""
    return {
        "index": snapshot.fingerprint,
        "documents": [_document_json(info, snapshot.articles(info.path)) for info in snapshot.documents()],
        "skipped": skipped_json(snapshot.skipped()),
    }


def skipped_json(skipped: Sequence[Skipped]) -> list[Json]:
    """One object a file that was not read."""
    return [{"path": one.path, "reason": one.reason} for one in skipped]


def _document_json(info: DocumentInfo, articles: Sequence[Article]) -> Json:
    return {
        "path": info.path,
        "sha256": info.sha256,
        "format": info.format,
        "encoding": info.encoding,
        "characters": info.characters,
        "passages": info.passages,
        "articles": [
            {
                "title": article.source.title,
                "outlet": article.source.outlet,
                "author": article.source.author,
                "published": article.source.published.isoformat() if article.source.published else None,
                "url": article.source.url,
                "start": article.start,
                "end": article.end,
            }
            for article in articles
        ],
    }


def to_terminal(snapshot: Snapshot, folder: Path, screen: Screen) -> str:
    """Each document with its articles below it, then what was skipped and why."""
    lines: list[Text | str] = []
    documents = snapshot.documents()
    for info in documents:
        details = joined(
            (info.format, info.encoding, f"{info.characters:,} characters", counted(info.passages, "passage"))
        )
        name = Text.assemble((one_line(info.path), "bold"), (f"  {details}", "dim"))
        lines += paragraph(name, screen, hanging=2, whole_words=True)
        for article in snapshot.articles(info.path):
            lines += paragraph(Text(f"· {origin(article.source) or 'untitled'}"), screen, indent=2, hanging=4)
    skipped = snapshot.skipped()
    for one in skipped:
        lines += paragraph(skipped_line(one), screen, hanging=2, whole_words=True)
    articles = sum(info.articles for info in documents)
    counts = [
        counted(len(documents), "document"),
        counted(articles, "article"),
        counted(snapshot.passage_count, "passage"),
    ]
    if skipped:
        counts.append(f"{len(skipped)} skipped")
    lines += ["", *paragraph(Text(f"{', '.join(counts)} in {one_line(str(folder))}"), screen, whole_words=True)]
    return render(lines, screen)


def skipped_line(one: Skipped) -> Text:
    """A file that was not read, and why."""
    return Text.assemble(("skipped  ", "yellow"), f"{one_line(one.path)}: {one_line(one.reason)}")


def counted(number: int, noun: str) -> str:
    """`1 passage`, `2 passages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
