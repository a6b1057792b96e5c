"""Files to documents, articles, passages and attributions, and those into the catalogue of a new generation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Document, Skipped
from assistant.errors import CorpusError
from assistant.index.casing import add_casing, body_sentences, count_casing
from assistant.index.catalog import Catalog
from assistant.index.catalog_writer import CatalogWriter
from assistant.index.changes import Changes, Progress, without
from assistant.index.embedding import BatchEmbedder, Embedding
from assistant.index.faults import storage
from assistant.index.location import Generation, Location
from assistant.index.rows import source_row
from assistant.index.stages import Found, Stages
from assistant.protocols import Casing


@dataclass(frozen=True, slots=True)
class Run:
    """What all steps of bringing an index in line need."""

    location: Location
    embedder: BatchEmbedder
    stages: Stages
    server: str | None
    progress: Progress


def scan(folder: Path, stages: Stages) -> tuple[list[Found], list[Skipped]]:
    """The files of the folder; one whose name is not Unicode cannot be cited and is skipped."""
    found, skipped = stages.scan(folder)
    good = [one for one in found if _is_unicode(one.path)]
    bad = [_printable(one.path) for one in found if not _is_unicode(one.path)]
    return good, [
        *(Skipped(_printable(one.path), one.reason) for one in skipped),
        *(Skipped(path, "its name is not valid Unicode") for path in bad),
    ]


def retry(changes: Changes, stages: Stages, known_bad: set[str]) -> tuple[Changes, list[Skipped]]:
    """Tries the files that could not be read the last time: what still fails is no change."""
    failed = []
    for one in changes.read:
        if one.path in known_bad:
            outcome = load(one, stages)
            if isinstance(outcome, Skipped):
                failed.append(outcome)
    return without(changes, {one.path for one in failed}), failed


def load(one: Found, stages: Stages) -> Document | Skipped:
    """The document of a file, or why there is none."""
    try:
        document = stages.load(one)
    except CorpusError as error:
        return Skipped(one.path, error.message.removeprefix(f"{one.path} "))
    known = [*source_row(document.declared), *source_row(document.override)]
    if not all(_is_unicode(text) for text in (document.text, *known) if text):
        return Skipped(one.path, "it holds characters that are not valid Unicode")
    return document


def write_catalog(
    file: Path,
    run: Run,
    made: Mapping[str, str],
    changes: Changes,
    old: Catalog | None,
    generation: Generation | None,
    unread: Sequence[Skipped],
    embedding: Embedding,
) -> list[Skipped]:
    """Writes the catalogue: kept documents are copied, the others read; tells which could not be.

    Passages go to `embedding` as soon as they are split.
    """
    place = file.parent
    casing = _kept_casing(old, changes.keep)
    failed: list[Skipped] = []
    with storage(place):
        writer = CatalogWriter(
            file, run.embedder.id, generation.catalog if generation and old and changes.keep else None
        )
    try:
        reading = {one.path: one for one in changes.read}
        done = 0
        for path in sorted(changes.keep | reading.keys()):
            if path in changes.keep:
                with storage(place):
                    writer.copy(path)
                continue
            document = load(reading[path], run.stages)
            done += 1
            if isinstance(document, Skipped):
                failed.append(document)
                continue
            articles = run.stages.articles(document)
            passages = run.stages.split(document, articles, run.embedder.count_tokens)
            embedding.submit([one.text for one in passages])
            said = [one for article in articles for one in run.stages.attribute(document, article)]
            headers = [run.stages.header(article.source, document.path) for article in articles]
            add_casing(casing, count_casing(document.text, body_sentences(articles, passages)))
            with storage(place):
                writer.add(document, articles, headers, passages, said)
            run.progress("reading documents", done, len(reading))
        with storage(place):
            writer.finish(made, run.embedder.dimension, run.server, casing, [*unread, *failed])
    finally:
        writer.close()
    return failed


def _kept_casing(old: Catalog | None, keep: frozenset[str]) -> dict[str, Casing]:
    """The casing counts of the documents that are kept: all old ones, less those of documents that are not."""
    if old is None or not keep:
        return {}
    casing = old.all_casing()
    for path in sorted(old.states().keys() - keep):
        counts = count_casing(old.document(path).text, body_sentences(old.articles(path), old.passages_of(path)))
        add_casing(casing, counts, sign=-1)
    return casing


def _is_unicode(text: str) -> bool:
    """Whether a text can be stored: file names and broken PDFs may hold lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()
