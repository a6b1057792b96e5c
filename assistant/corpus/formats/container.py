"""Zip containers of XML parts (office files, e-books), read within bounds.

A hostile file may unpack to terabytes or expand entities without end; nothing here trusts a size that a file states.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from assistant.errors import CorpusError

MAX_PART = 60 * 1024 * 1024
"""Unpacked bytes of one part."""

MAX_TOTAL = 200 * 1024 * 1024
"""Unpacked bytes of all parts that are read."""


class Container:
    """The parts of a zip file by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MAX_TOTAL
        self.names = archive.namelist()

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None if there is no such part."""
        try:
            with self._archive.open(name) as part:
                limit = min(MAX_PART, self._left)
                data = part.read(limit + 1)
        except KeyError:
            return None
        if len(data) > limit:
            raise CorpusError("unpacks to more than an honest file would", "Remove it, or split it into smaller files.")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Any:
        """The root element of an XML part; None if there is no such part."""
        data = self.read(name)
        return None if data is None else parse_xml(data)


def parse_xml(data: bytes) -> Any:
    """The root element of XML, with entities left alone and nothing fetched; ValueError if it is no XML."""
    # 10 ms to import.
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


@contextmanager
def opened(data: bytes, kind: str) -> Iterator[Container]:
    """The container in a file's bytes; CorpusError if it is damaged or locked with a password."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise CorpusError(f"is an encrypted or old-style office file, not {kind}", "Save it again without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Container(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError) as error:
        raise CorpusError(f"is damaged or not {kind}", "Open it in its program and save it again.") from error
    except RuntimeError as error:
        # zipfile raises a bare RuntimeError for parts that want a password.
        raise CorpusError("is protected by a password", "Save it again without a password.") from error
