"""Puts the parts together: the only place that names concrete stores, embedders, stages and readers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import CorpusError
from assistant.index.fingerprint import made_with
from assistant.index.location import Location, locate
from assistant.index.snapshot import IndexSnapshot, open_snapshot
from assistant.pipeline import stages
from assistant.retrieve.hybrid import Blend
from assistant.verify import Files

if TYPE_CHECKING:
    from assistant.chat.chat import Condense
    from assistant.chat.history import History
    from assistant.domain import Skipped
    from assistant.index.embedding import LoadingEmbedder
    from assistant.index.sync import SyncResult
    from assistant.protocols import Reader
    from assistant.reading.extractive import ExtractiveReader
    from assistant.reading.llm.stream import Patience
    from assistant.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is (0: not known yet)."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What an `Assistant` is made of."""

    settings: Settings
    embedder: LoadingEmbedder
    snapshot: IndexSnapshot
    reader: Reader

    def files(self) -> Files:
        """The corpus files, to hold citations against."""
        return Files(self.settings.corpus, self.snapshot.document)

    def blend(self) -> Blend:
        """How the settings want the two searches joined."""
        chosen = self.settings
        return Blend(
            candidates=chosen.candidates,
            lexical=chosen.lexical_weight,
            outlet=chosen.outlet_bonus,
            day=chosen.date_bonus,
            name=chosen.name_bonus,
        )

    def with_snapshot(self, snapshot: IndexSnapshot) -> Parts:
        """The same parts over another state of the index."""
        return replace(self, snapshot=snapshot)


def build(settings: Settings, progress: Progress | None = None) -> Parts:
    """Opens, or first makes, the index, with the model loading beside it.

    Raises:
        CorpusError: no folder, nothing readable in it, or an index that cannot be used.
        UsageError: a model's name, or the user's own prompt or prices.
    """
    from assistant.reading.extractive import ExtractiveReader

    require_folder(settings.corpus)
    embedder = open_embedder(settings)
    reader = _reader(settings, ExtractiveReader(embedder, settings.refuse_below))
    embedder.load_in_background()
    if index_location(settings).current() is None:
        sync_index(settings, progress=progress, embedder=embedder)
    return Parts(settings, embedder, current_snapshot(settings, embedder), reader)


def with_model(parts: Parts, name: str) -> Parts:
    """The same parts with another model to answer.

    Raises:
        UsageError: it is no model's name.
    """
    settings = replace(parts.settings, model=name)
    return replace(parts, settings=settings, reader=_reader(settings, quoting(parts)))


def quoting(parts: Parts) -> ExtractiveReader:
    """The reader that quotes, whoever else answers."""
    from assistant.reading.extractive import ExtractiveReader

    return ExtractiveReader(parts.embedder, parts.settings.refuse_below)


def _reader(settings: Settings, quoting: ExtractiveReader) -> Reader:
    """The reader that the settings and the environment name.

    Raises:
        UsageError: a model's name, the user's own prompt or the user's own price table is wrong.
    """
    from assistant.reading.llm.choose import EXTRACTIVE, Choice, named, reader_for
    from assistant.settings import user_folder

    names = named(settings.model, settings.fallbacks, os.environ)
    if names == (EXTRACTIVE,):
        return quoting
    choice = Choice(
        models=names,
        window=settings.model_window or None,
        answer_tokens=settings.answer_tokens,
        temperature=settings.temperature,
        patience=_patience(settings),
    )
    return reader_for(choice, quoting, user_folder())


def open_embedder(settings: Settings) -> LoadingEmbedder:
    """The embedder that the settings name; nothing is loaded or connected yet.

    Raises:
        CorpusError: a folder of that name is missing, or holds no model.
        UsageError: a server's model is not named, or OPENAI_BASE_URL is no address.
    """
    from assistant.settings import REMOTE_EMBEDDER

    if settings.embedder.startswith(REMOTE_EMBEDDER):
        from assistant.reading.llm.embeddings import OpenAIEmbedder

        return OpenAIEmbedder(settings.embedder.removeprefix(REMOTE_EMBEDDER), _patience(settings))
    from assistant.index import embed

    return embed.open_embedder(settings.embedder)


def _patience(settings: Settings) -> Patience:
    """How long to wait for a model's server, and how often to ask it again."""
    from assistant.reading.llm.stream import Patience

    return Patience(settings.model_timeout, settings.model_stall, settings.model_retries)


def history(settings: Settings) -> History | None:
    """The saved conversations, None if none are to be kept; nothing is opened or made yet."""
    from assistant.chat.history import History

    return History(settings.home) if settings.history else None


def condense(parts: Parts) -> Condense:
    """How follow-ups become standalone questions: by rules, and by the reader's model where it has one.

    Raises:
        UsageError: the user's own prompt is wrong.
    """
    from assistant.chat.condense import by_rules, surnames, with_model
    from assistant.settings import user_folder

    def names() -> dict[str, str]:
        return surnames(parts.snapshot.speakers())

    if parts.reader.name == "extractive":
        return by_rules(names)
    from assistant.reading.llm.choose import condenser_for

    condenser = condenser_for(parts.reader, user_folder())
    return with_model(condenser, names) if condenser else by_rules(names)


def current_snapshot(settings: Settings, embedder: LoadingEmbedder) -> IndexSnapshot:
    """The last complete state of the index, made with what the settings name."""
    location = index_location(settings)
    return open_snapshot(location, made_with(embedder.id, stages().versions), settings.exact_limit)


def sync_index(
    settings: Settings,
    *,
    progress: Progress | None = None,
    rebuild: bool = False,
    embedder: LoadingEmbedder | None = None,
) -> SyncResult:
    """Brings the index in line with the folder."""
    from assistant.index.sync import sync

    require_folder(settings.corpus)
    if embedder is None:
        embedder = open_embedder(settings)
        embedder.load_in_background()
    return sync(
        settings.corpus,
        index_location(settings),
        embedder,
        stages(),
        rebuild=rebuild,
        progress=progress or (lambda phase, done, total: None),  # noqa: ARG005 the names are the contract
    )


def outdated(parts: Parts) -> str:
    """What has changed in the folder since its index was made, in a few words; empty if nothing has.

    Raises:
        CorpusError: the folder, or its metadata.toml, cannot be read.
    """
    from assistant.index.drift import drift, in_words

    settings = parts.settings
    return in_words(drift(settings.corpus, index_location(settings), parts.snapshot, stages()))


def unread(result: SyncResult) -> tuple[Skipped, ...]:
    """The skipped files that should have been read: of a known format, but damaged, empty or locked away."""
    from assistant.corpus.load import FORMATS

    suffixes = {*FORMATS, ""}
    return tuple(one for one in result.skipped if Path(one.path).suffix.lower() in suffixes)


def index_location(settings: Settings) -> Location:
    """Where the index of this corpus lives."""
    return locate(settings.corpus, settings.home)


def require_folder(folder: Path) -> None:
    """Refuses a corpus that is no folder.

    Raises:
        CorpusError: there is nothing of that name, or it is a file.
    """
    remedy = "Name a folder of documents with --corpus or ASSISTANT_CORPUS."
    if not folder.exists():
        raise CorpusError(f"There is no folder {folder}", remedy)
    if not folder.is_dir():
        raise CorpusError(f"{folder} is a file, not a folder", remedy)
