"""Plain text: finds the encoding, and tells text from binary data."""

from __future__ import annotations

import codecs

from assistant.corpus.formats.extracted import Extracted, bounded
from assistant.errors import CorpusError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"SQLite format 3", "a database"),
    (b"OggS", "audio or video"),
    (b"ID3", "audio"),
    (b"RIFF", "audio, video or an image"),
)
_CANDIDATES = [
    "cp1252", "cp1251", "cp1250", "iso8859_2", "iso8859_15", "koi8_r", "cp866", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüœßÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÙÚÛÜŒ“”‘’„«»‹›–—…•·€£§©®™°½¼¾±²\u201a\u00a0\u00ad"
)
_SAMPLE = 64 * 1024
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27}) + b"\x7f"


def extract(data: bytes) -> Extracted:
    """The decoded file, without its byte order mark and with its line ends as they are."""
    text, encoding = decode(data)
    return Extracted(bounded(text), encoding)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Text and the name of its encoding; CorpusError if the data is no text.

    A byte order mark is believed first, then UTF-8 if it fits (by accident it hardly ever does, whatever the file
    declares), then `declared`; else the encoding is guessed.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    _refuse_binary(data)
    if not data.isascii() and _fits_utf8(data):
        return data.decode("utf-8"), "utf-8"
    if declared is not None:
        told = _declared(data, declared)
        if told is not None:
            return told
    wide = _wide(data)
    if wide is not None:
        return _strict(data, wide)
    if data.count(0) > len(data) // 1000:
        raise CorpusError("is binary data, not text", "Remove it, or give it the suffix of its format.")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _nearly_utf8(data) or _guessed(data)


def _strict(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"is marked as {encoding} but does not decode ({error.reason})", "Save it again as UTF-8."
        ) from error


def _refuse_binary(data: bytes) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise CorpusError(f"is {kind} under the name of a text file", "Give it the suffix of its format.")
    sample = data[:_SAMPLE].replace(b"\0", b"")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50:
        raise CorpusError("is binary data, not text", "Remove it, or give it the suffix of its format.")


def _fits_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return data.count(0) <= len(data) // 1000


def _declared(data: bytes, declared: str) -> tuple[str, str] | None:
    try:
        # Browsers read the label "latin-1" as Windows-1252, and so do those who write it.
        name = codecs.lookup(declared).name
        name = "cp1252" if name in {"iso8859-1", "ascii"} else name
        return data.decode(name), name
    except (LookupError, UnicodeDecodeError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows by zeros in every second byte."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _nearly_utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few broken bytes, as cut files have: they become U+FFFD."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    multibyte = sum(char > "\x7f" for char in text) - broken
    return (text, "utf-8") if multibyte > 4 * broken and broken <= max(2, len(text) // 1000) else None


def _guessed(data: bytes) -> tuple[str, str]:
    if _western(data):
        return data.decode("cp1252"), "cp1252"
    # 60 ms to import; files in UTF-8 never need it.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    for name in (best.encoding if best else "cp1252", "cp1252"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise CorpusError("is in an encoding that could not be found out", "Save it as UTF-8.")


def _western(data: bytes) -> bool:
    """Whether few letters are beyond ASCII, and all of them are such as Western languages have.

    A handful of accents is too little for statistics: "naïve" decodes to a word in Central European code pages too.
    """
    try:
        text = data[:_SAMPLE].decode("cp1252")
    except UnicodeDecodeError:
        return False
    letters = sum(map(str.isalpha, text))
    beyond = [char for char in text if char > "\x7f"]
    accented = sum(map(str.isalpha, beyond))
    return accented <= 0.07 * letters and all(char in _WESTERN for char in beyond)
