"""What an index was made with, and what it holds, in a few characters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from assistant.errors import IndexStaleError

LAYOUT = "2"
"""Version of the files of a generation; raised when older ones cannot be read, or would be read wrongly."""


def made_with(embedder: str, versions: Mapping[str, str]) -> dict[str, str]:
    """Everything that shapes an index, by name: layout, embedder, and the versions of the stages."""
    return {"layout": LAYOUT, "embedder": embedder, **dict(sorted(versions.items()))}


def contents(
    made: Mapping[str, str], documents: Iterable[tuple[str, str]], passages: Iterable[str], articles: Iterable[str]
) -> str:
    """Sixteen hexadecimal digits that are equal for equal contents and settings.

    Args:
        made: from `made_with`.
        documents: path and sha256 of each, by path.
        passages: ids, in order.
        articles: the source of each article in some fixed written form, in order.
    """
    digest = hashlib.sha256(json.dumps(made, sort_keys=True).encode())
    for path, sha256 in documents:
        digest.update(f"\ndocument\0{path}\0{sha256}".encode("utf-8", "surrogatepass"))
    for passage in passages:
        digest.update(f"\npassage\0{passage}".encode())
    for article in articles:
        digest.update(f"\narticle\0{article}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def differences(stored: Mapping[str, str], current: Mapping[str, str]) -> list[str]:
    """`name stored → current` for each part that differs."""
    return [
        f"{name} {stored.get(name, 'none')} → {current.get(name, 'none')}"
        for name in sorted(stored.keys() | current.keys())
        if stored.get(name) != current.get(name)
    ]


def require_same(stored: Mapping[str, str], current: Mapping[str, str]) -> None:
    """Refuses an index that was made with other things than the settings name.

    Raises:
        IndexStaleError: names what differs, stored → current.
    """
    changed = differences(stored, current)
    if changed:
        raise IndexStaleError(
            f"The index was made with other settings: {', '.join(changed)}",
            "Run `assistant index` to bring it up to date",
        )
