"""What is wrong with corpus, index, model and disk, and what to do about it. Changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.index.location import Generation, Location
    from assistant.settings import Settings

LOW, EMPTY = 1_000_000_000, 50_000_000
"""Bytes of free disk below which indexing may fail, and below which it will: an index takes some MB a thousand
passages, and is written beside the one before."""


class Severity(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing is wrong."""
    WARNING = "warning"
    """Answers may be incomplete or out of date."""
    BROKEN = "broken"
    """Questions cannot be answered."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    severity: Severity
    finding: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """All checks, in the order in which mending them makes sense."""
    return tuple(check for checks in (_program, _model, _readers, _home, _corpus, _index) for check in checks(settings))


def _program(settings: Settings) -> Iterator[Check]:
    from importlib.metadata import version

    from assistant.settings import configuration_files

    parts = ("chromadb", "tantivy", "onnxruntime")
    versions = ", ".join(f"{part} {version(part)}" for part in parts)
    finding = f"assistant {version('corpus-assistant')}, Python {platform.python_version()}, {versions}"
    yield Check("program", Severity.OK, finding)
    used = [str(file) for file in configuration_files() if file.is_file()]
    yield Check("settings", Severity.OK, f"{', '.join(used) or 'no configuration file'}; {settings.fingerprint()}")


def _model(settings: Settings) -> Iterator[Check]:
    from assistant.wiring import open_embedder

    try:
        embedder = open_embedder(settings)
        embedder.embed(["A sentence, to see that the model runs."])
    except AssistantError as error:
        yield Check("model", Severity.BROKEN, error.message, error.remedy)
    else:
        yield Check("model", Severity.OK, f"{embedder.id} runs, {embedder.dimension} dimensions")


def _readers(settings: Settings) -> Iterator[Check]:
    """Who answers, in order of preference. A provider is not asked: that could cost money."""
    from assistant.reading.llm.choose import EXTRACTIVE, PROMPTS, named
    from assistant.reading.llm.prompts import load
    from assistant.reading.llm.providers import Request, open_model
    from assistant.settings import user_folder

    names = named(settings.model, settings.fallbacks, os.environ)
    severity = Severity.WARNING if len(names) > 1 else Severity.BROKEN
    for name in names:
        if name == EXTRACTIVE:
            yield Check("reader", Severity.OK, "extractive: quotes, and needs no language model")
            continue
        try:
            prompt = load("answer", user_folder() / PROMPTS)
            open_model(name, Request()).prepare()
        except AssistantError as error:
            yield Check("reader", severity, error.message, error.remedy)
        else:
            yield Check("reader", Severity.OK, f"{name} is set up, not asked; prompt {prompt.id}")


def _home(settings: Settings) -> Iterator[Check]:
    home = settings.home
    existing = home.absolute()
    while not os.path.exists(existing) and existing != existing.parent:  # noqa: PTH110 Path raises on too long names
        existing = existing.parent
    remedy = "Set ASSISTANT_HOME to a folder you may write to."
    if not existing.is_dir():
        yield Check("state", Severity.BROKEN, f"{existing} is a file, not a folder", remedy)
        return
    if not os.access(existing, os.W_OK | os.X_OK):
        yield Check("state", Severity.WARNING, f"{existing} cannot be written, so the index stays as it is", remedy)
    else:
        yield Check("state", Severity.OK, f"kept in {home}")
    free = shutil.disk_usage(existing).free
    finding = f"{free / 1e9:.1f} GB free for the index"
    if free >= LOW:
        yield Check("disk", Severity.OK, finding)
    else:
        severity = Severity.BROKEN if free < EMPTY else Severity.WARNING
        yield Check("disk", severity, finding, "Free some space or set ASSISTANT_HOME to another disk.")


def _corpus(settings: Settings) -> Iterator[Check]:
    from assistant.pipeline import stages

    try:
        found, skipped = stages().scan(settings.corpus)
    except CorpusError as error:
        yield Check("corpus", Severity.BROKEN, error.message, error.remedy)
        return
    if not found:
        yield Check("corpus", Severity.BROKEN, f"nothing in {settings.corpus} can be read", "See docs/formats.md.")
        return
    yield Check("corpus", Severity.OK, f"{len(found):,} files in {settings.corpus} can be read")
    kinds: dict[str, int] = {}
    for one in skipped:
        kind = Path(one.path).suffix.lower() or Path(one.path).name
        kinds[kind] = kinds.get(kind, 0) + 1
    if kinds:
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        yield Check("formats", Severity.NOTE, f"not read: {counts}", "`assistant sources` tells why.")


def _index(settings: Settings) -> Iterator[Check]:
    from assistant.index.check import check
    from assistant.wiring import index_location

    if not settings.corpus.is_dir():
        return
    location = index_location(settings)
    problems = check(location)
    for problem in problems:
        yield Check("index", Severity.BROKEN, problem.message, problem.remedy)
    if problems:
        return
    generation = location.current()
    if generation is None:
        yield Check("index", Severity.NOTE, "there is none yet", "The first question makes it, or `assistant index`.")
    else:
        yield _state(settings, location, generation)


def _state(settings: Settings, location: Location, generation: Generation) -> Check:
    """Whether a sound index is that of the files as they are, made as the settings say."""
    from assistant.index import fingerprint
    from assistant.index.catalog import Catalog
    from assistant.index.changes import compare, hash_files
    from assistant.index.derive import scan
    from assistant.pipeline import stages
    from assistant.wiring import open_embedder

    made_by = stages()
    catalog = Catalog(generation.catalog)
    try:
        made = fingerprint.made_with(open_embedder(settings).id, made_by.versions)
        if differences := fingerprint.differences(catalog.made, made):
            finding = f"made with other settings: {', '.join(differences)}"
            return Check("index", Severity.BROKEN, finding, "Run `assistant index`.")
        found, _ = scan(settings.corpus, made_by)
        hashes = hash_files(found, location.files, lambda phase, done, total: None)  # noqa: ARG005 the contract's names
        changes = compare(found, hashes.sha256, catalog.states(), anew=False)
        failed = {one.path for one in catalog.skipped()}
        counts = {
            "new": len(set(changes.added) - failed),
            "changed": len(changes.changed),
            "renamed": len(changes.renamed),
            "removed": len(changes.removed),
        }
        if any(counts.values()):
            finding = f"out of date: {', '.join(f'{count} {what}' for what, count in counts.items() if count)}"
            return Check("index", Severity.WARNING, finding, "Run `assistant index`.")
        finding = f"complete and current: {len(catalog.documents()):,} documents, {catalog.passage_count:,} passages"
        return Check("index", Severity.OK, f"{finding}; {catalog.fingerprint}")
    except AssistantError as error:
        return Check("index", Severity.BROKEN, error.message, error.remedy)
    finally:
        catalog.close()
