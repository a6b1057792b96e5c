"""Brings the index in line with the folder.

Embedding is nearly all of the time and goes into a journal. What is left is quick, happens in a generation of its
own that no reader knows, and ends with one rename: an index is the old one or the new one, never between.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain import Skipped
from assistant.errors import CorpusError, IndexBrokenError
from assistant.index import fingerprint, lexical
from assistant.index.build import serve, write_chroma, write_vectors
from assistant.index.catalog import Catalog
from assistant.index.changes import Changes, Progress, compare, hash_files, without, write_notes
from assistant.index.check import missing_pieces
from assistant.index.derive import Run, retry, scan, write_catalog
from assistant.index.embedding import BatchEmbedder, Embedding
from assistant.index.faults import make_place, storage
from assistant.index.location import Generation, Location
from assistant.index.lock import writing
from assistant.index.stages import Found, Stages
from assistant.index.vectors import warm_up


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a run found and did. Paths are relative to the folder, in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    """The file's bytes, or what `metadata.toml` says of it."""
    renamed: tuple[tuple[str, str], ...]
    """(before, after); the same bytes under another name."""
    removed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Skipped, ...]
    mended: tuple[str, ...]
    """What of the old index was missing or damaged, and has been made anew."""
    remade: tuple[str, ...]
    """What the old index was made with, and what it is made with now, where they differ."""
    documents: int
    passages: int
    embedded: int
    """Vectors that had to be made; the others were known."""
    fingerprint: str
    seconds: float

    @property
    def written(self) -> bool:
        """Whether there was anything to do."""
        return bool(
            self.added or self.changed or self.renamed or self.removed or self.mended or self.remade or self.embedded
        )


def sync(
    folder: Path,
    location: Location,
    embedder: BatchEmbedder,
    stages: Stages,
    *,
    rebuild: bool = False,
    check: bool = False,
    server: str | None = None,
    progress: Progress = lambda phase, done, total: None,  # noqa: ARG005 the names are the contract
) -> SyncResult:
    """Brings the index at `location` in line with `folder`.

    Args:
        folder: the corpus.
        location: from `locate`.
        embedder: asked for vectors of passages that it has not seen.
        stages: load, clean, split and attribute.
        rebuild: take nothing over from the old index but vectors that pass their checksums.
        check: hash every file, however untouched it looks.
        server: `http(s)://host:port` of the Chroma server that keeps the vectors; None for Chroma's embedded form.
        progress: called often, from this thread.

    Raises:
        CorpusError: no folder, nothing readable in it, a full or read-only disk, a server that does not answer.
        IndexLockedError: another process is writing this index.
    """
    started = time.monotonic()
    run = Run(location, embedder, stages, server, progress)
    found, skipped = scan(folder, stages)
    make_place(location.root)
    with writing(location):
        try:
            result = _sync(run, found, skipped, rebuild=rebuild, check=check)
        except IndexBrokenError as error:
            if rebuild:
                raise
            result = _sync(run, found, skipped, rebuild=True, check=check)
            result = replace(result, mended=(error.message, *result.mended))
    return replace(result, seconds=time.monotonic() - started)


def _sync(run: Run, found: Sequence[Found], skipped: Sequence[Skipped], *, rebuild: bool, check: bool) -> SyncResult:
    location = run.location
    with storage(location.root):
        hashes = hash_files(found, location.files, run.progress, check=check or rebuild)
    unread = [*skipped, *hashes.unreadable]
    made = fingerprint.made_with(run.embedder.id, run.stages.versions)
    generation = _usable(location, rebuild=rebuild)
    old = Catalog(generation.catalog) if generation is not None and not rebuild else None
    try:
        if old is not None and old.made.get("layout") != fingerprint.LAYOUT:
            raise IndexBrokenError("The index was made by another version of the program")
        remade = fingerprint.differences(old.made, made) if old is not None else []
        changes = compare(found, hashes.sha256, old.states() if old is not None else {}, anew=bool(remade))
        if old is not None and old.server != run.server:
            remade.append(f"vectors {old.server or 'embedded'} → {run.server or 'embedded'}")
        if old is not None:
            changes, failed = retry(changes, run.stages, {one.path for one in old.skipped()})
            unread += failed
        broken = missing_pieces(generation, old) if generation is not None and old is not None else []
        unread.sort(key=lambda one: one.path)
        same = old is not None and not changes.read and len(changes.keep) == len(old.states())
        if same and old is not None and not (broken or remade) and tuple(unread) == old.skipped():
            if generation is not None and old.server is not None:
                serve(generation, old, prune=True)
            with storage(location.root):
                location.sweep(keep=generation)
            result = _result(changes, unread, old, embedded=0)
        else:
            result = _write(run, generation, old, made, changes, unread)
            result = replace(result, mended=tuple(broken), remade=tuple(remade))
    finally:
        if old is not None:
            old.close()
    with storage(location.root):
        write_notes(location.files, hashes)
    return result


def _usable(location: Location, *, rebuild: bool) -> Generation | None:
    """The current generation; when rebuilding, one whose vectors may be of use, or None."""
    try:
        return location.current()
    except IndexBrokenError:
        if not rebuild:
            raise
        return location.newest()


def _write(
    run: Run,
    generation: Generation | None,
    old: Catalog | None,
    made: Mapping[str, str],
    changes: Changes,
    unread: Sequence[Skipped],
) -> SyncResult:
    """Writes a new generation and makes it the current one; the one before stays for those who are reading it."""
    location = run.location
    with storage(location.root):
        location.sweep(keep=generation)
        fresh = location.next()
    earlier = [generation.vectors] if generation is not None else []
    try:
        with Embedding(run.embedder, location.journal(run.embedder.id), earlier) as embedding:
            failed = write_catalog(fresh.catalog, run, made, changes, old, generation, unread, embedding)
            unread = sorted([*unread, *failed], key=lambda one: one.path)
            catalog = Catalog(fresh.catalog)
            try:
                if not catalog.documents():
                    raise CorpusError(f"Nothing in {location.corpus} can be read", _why(unread))
                # A server can put another model behind the same name.
                same_embedder = (
                    old is not None
                    and old.made["embedder"] == made["embedder"]
                    and old.dimension == run.embedder.dimension
                )
                known = old.all_ids() if old is not None else []
                _write_searchable(run, fresh, generation if same_embedder else None, catalog, known, embedding)
                result = _result(without(changes, {one.path for one in failed}), unread, catalog, embedding.done)
            finally:
                catalog.close()
        with storage(location.root):
            location.switch(fresh)
    except BaseException:
        _abandon(location, fresh)
        raise
    with storage(location.root):
        for done in location.root.glob("pending-*.vectors"):
            done.unlink()
    if run.server is not None:
        catalog = Catalog(fresh.catalog)
        try:
            serve(fresh, catalog, prune=True)
        finally:
            catalog.close()
    return result


def _write_searchable(
    run: Run,
    fresh: Generation,
    old: Generation | None,
    catalog: Catalog,
    known: Sequence[str],
    embedding: Embedding,
) -> None:
    """The word index, and as soon as they are there, the vectors."""
    lost = [row for row, key in enumerate(catalog.vector_keys()) if not embedding.knows(key)]
    embedding.submit(catalog.texts(lost))
    with storage(run.location.root):
        lexical.build(fresh.lexical, catalog.lexical_rows())
    warm_up()
    cache = embedding.finish(run.progress)
    run.progress("writing the index", 0, 0)
    with storage(run.location.root):
        write_vectors(catalog, cache, fresh.vectors)
    if catalog.server is not None:
        serve(fresh, catalog, prune=False)
    else:
        with storage(run.location.root):
            write_chroma(fresh, old, catalog, known)


def _abandon(location: Location, fresh: Generation) -> None:
    """Removes a generation that was not completed, which may be what fills the disk."""
    with suppress(IndexBrokenError):
        if location.current() == fresh:
            return
    shutil.rmtree(fresh.root, ignore_errors=True)


def _why(unread: Sequence[Skipped]) -> str:
    if not unread:
        return "Put documents into it: text, Markdown, HTML, PDF or Word"
    return f"{unread[0].path} {unread[0].reason}" + (f"; and {len(unread) - 1} more" if len(unread) > 1 else "")


def _result(changes: Changes, unread: Sequence[Skipped], catalog: Catalog, embedded: int) -> SyncResult:
    documents = len(catalog.documents())
    touched = len(changes.added) + len(changes.changed) + len(changes.renamed)
    return SyncResult(
        added=changes.added,
        changed=changes.changed,
        renamed=changes.renamed,
        removed=changes.removed,
        unchanged=documents - touched,
        skipped=tuple(unread),
        mended=(),
        remade=(),
        documents=documents,
        passages=catalog.passage_count,
        embedded=embedded,
        fingerprint=catalog.fingerprint,
        seconds=0.0,
    )
