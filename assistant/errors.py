"""Everything that can go wrong in a way a person can act on.

    AssistantError
    ├── UsageError            2  the request itself is off
    ├── CorpusError           4  the folder, its files or its index
    │   ├── IndexStaleError      built with another embedder, cleaner or splitter
    │   ├── IndexBrokenError     pieces missing or damaged
    │   └── IndexLockedError     another process is writing
    ├── HistoryError          4  the saved conversations
    ├── ModelError            5  a model provider
    └── VerificationError     7  a citation does not stand in its file

Every error carries what happened and what to do next; the command line prints both on one line of stderr.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the process tells its caller."""

    ANSWERED = 0
    """The command did what was asked."""
    UNEXPECTED = 1
    """A defect of the program; a traceback was printed."""
    USAGE = 2
    """The request itself is off: an unknown option, an empty question."""
    NOT_IN_CORPUS = 3
    """The corpus does not hold the answer."""
    CORPUS = 4
    """The corpus, its index or the history has a problem; for `index`: some files could not be read."""
    MODEL = 5
    """A model provider has a problem."""
    REGRESSION = 6
    """The evaluation found a regression."""
    UNVERIFIED = 7
    """A citation failed verification."""
    INTERRUPTED = 130
    """Stopped by ^C."""


class AssistantError(Exception):
    """What happened, and what to do next.

    `message` and `remedy` are single lines without a trailing full stop in `message`; `remedy` may be empty.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.UNEXPECTED

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}" if self.remedy else self.message


class UsageError(AssistantError):
    """The request itself is off."""

    exit_code = ExitCode.USAGE


class CorpusError(AssistantError):
    """The corpus folder, its files or its index cannot be used."""

    exit_code = ExitCode.CORPUS


class IndexStaleError(CorpusError):
    """The index was built with another embedder, cleaner or splitter than the settings name."""


class IndexBrokenError(CorpusError):
    """Pieces of the index are missing or damaged."""


class IndexLockedError(CorpusError):
    """Another process is writing this index."""


class HistoryError(AssistantError):
    """The saved conversations cannot be read or written."""

    exit_code = ExitCode.CORPUS


class ModelError(AssistantError):
    """A model provider refused, failed or did not answer."""

    exit_code = ExitCode.MODEL


class VerificationError(AssistantError):
    """A citation does not stand in its file."""

    exit_code = ExitCode.UNVERIFIED
