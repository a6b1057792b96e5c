"""`metadata.toml`: what a person sets or corrects about documents beside it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.corpus.load import METADATA_FILE
from assistant.domain import Provenance
from assistant.errors import CorpusError

_KEYS = ("title", "outlet", "author", "date", "url")


def read_metadata(folder: Path, paths: Collection[str]) -> dict[str, Provenance]:
    """What every `metadata.toml` of the folder says, by document path.

    `paths` are the documents of the folder. Names are relative to the folder of the `metadata.toml`; CorpusError names
    file, line and what is wrong: broken TOML, an unknown key or document (with the nearest known one), a bad date.
    """
    folders = sorted({parent for path in paths for parent in _parents(path)} | {""})
    found: dict[str, Provenance] = {}
    for place in folders:
        file = folder / place / METADATA_FILE
        if file.is_file():
            name = f"{place}/{METADATA_FILE}" if place else METADATA_FILE
            found.update(_read(file, name, place, paths))
    return found


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _read(file: Path, name: str, place: str, paths: Collection[str]) -> dict[str, Provenance]:
    try:
        source = file.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(source)
    except OSError as error:
        raise CorpusError(
            f"{name} cannot be read ({(error.strerror or 'error').lower()})", "Check its permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{name} is not in UTF-8", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{name} is no valid TOML: {' '.join(str(error).split())}", _EXAMPLE) from error
    found: dict[str, Provenance] = {}
    for document, table in tables.items():
        line = _line(source, document)
        if not isinstance(table, dict):
            raise CorpusError(f"{name}, line {line}: {document!r} stands outside of a table", _EXAMPLE)
        path = f"{place}/{document}" if place else document
        if path not in paths:
            raise CorpusError(
                f"{name}, line {line}: there is no document {document!r}", _nearest(path, paths, document, place)
            )
        found[path] = _provenance(table, source, document, name)
    return found


_EXAMPLE = 'Write one table a document: ["page.txt"], then lines such as title = "…" or date = 2022-01-15.'


def _provenance(table: dict[str, Any], source: str, document: str, name: str) -> Provenance:
    values: dict[str, str] = {}
    published: date | None = None
    for key, value in table.items():
        line = _line(source, document, key)
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1, 0.5)
            remedy = f"Did you mean {near[0]!r}?" if near else f"Known keys are {', '.join(_KEYS)}."
            raise CorpusError(f"{name}, line {line}: unknown key {key!r} for {document!r}", remedy)
        if key == "date":
            published = _date(value, f"{name}, line {line}", document)
        elif not isinstance(value, str) or not value.strip():
            raise CorpusError(f"{name}, line {line}: {key} of {document!r} is not a text", f'Write {key} = "…".')
        else:
            values[key] = " ".join(value.split())
    return Provenance(values.get("title"), values.get("outlet"), values.get("author"), published, values.get("url"))


def _date(value: Any, where: str, document: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise CorpusError(f"{where}: {value!r} of {document!r} is no date", "Write it as date = 2022-01-15.") from error


def _nearest(path: str, paths: Collection[str], document: str, place: str) -> str:
    if "." in document and any(known.startswith(path + ".") for known in paths):
        return "Put its name in quotation marks."
    # `[page.txt]` without quotation marks is the table `txt` inside `page`.
    dotted = next((known for known in sorted(paths) if known.rpartition("/")[2].startswith(document + ".")), None)
    if dotted is not None:
        return f'Put the name in quotation marks: ["{dotted.removeprefix(place + "/")}"].'
    near = difflib.get_close_matches(path, list(paths), 1, 0.5)
    shown = near[0].removeprefix(f"{place}/") if near and place else near[0] if near else None
    return f"Did you mean {shown!r}?" if shown else "Remove the table, or correct the name."


def _line(source: str, document: str, key: str | None = None) -> int:
    """1-based line of a table, or of a key in it."""
    lines = source.splitlines()
    quoted = re.escape(document)
    header = re.compile(rf"""\s*\[?\s*["']?{quoted}\b""")
    start = next((at for at, line in enumerate(lines) if header.match(line)), 0)
    if key is None:
        return start + 1
    entry = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
    return next((at for at, line in enumerate(lines) if at > start and entry.match(line)), start) + 1
