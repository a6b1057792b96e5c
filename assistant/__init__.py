"""Ask a folder of documents, and get answers whose every quote is checked against its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.api import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> Any:
    """Imports `Assistant` when it is asked for, so that `import assistant.errors` stays cheap."""
    if name == "Assistant":
        from assistant.api import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
