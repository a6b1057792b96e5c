"""The one place that makes text fit to print: nothing from a document, a file name or a question acts on a terminal.

Control characters could move the cursor or rewrite the screen; bidirectional and invisible ones could make a quote read
differently from what it says. They are printed as visible escapes. Programs that read `--json` get the data itself,
escaped by JSON's own means.
"""

from __future__ import annotations

import json
import re
from typing import Any

# C0 without tab and newline, DEL and C1; the invisible and the directional format characters; line and paragraph
# separators; the tag block, in which text can hide; lone surrogates (undecodable bytes of a file name). Not in it:
# U+200C and U+200D, which Persian, Indic scripts and emoji need, and variation selectors.
_UNSAFE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff"
)
_CONTROL = re.compile(f"[{_UNSAFE}]")
_CONTROL_OR_BREAK = re.compile(f"[{_UNSAFE}\t\n]")
_IN_JSON = re.compile(f"[{_UNSAFE}\xad\u200c\u200d]")

_SOFT_HYPHEN = "\xad"
"""Says where a word may be broken, and is no part of it: it is left out rather than shown."""

_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def sanitize(text: str) -> str:
    r"""The text with everything that could act on a terminal shown as an escape such as `\x1b` or `\u202e`.

    Newlines and tabs stay; Windows line ends become newlines.
    """
    return _CONTROL.sub(_visible, text.replace("\r\n", "\n").replace(_SOFT_HYPHEN, ""))


def one_line(text: str) -> str:
    """As `sanitize`, with newlines and tabs shown as escapes too: for file names, messages and table cells."""
    return _CONTROL_OR_BREAK.sub(_visible, text.replace(_SOFT_HYPHEN, ""))


def flowing(text: str) -> str:
    """As `sanitize`, with every run of white space made one space: for prose that is wrapped anew."""
    return sanitize(" ".join(text.split()))


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def to_json(value: Any, *, ascii_only: bool = False) -> str:
    """JSON on several lines in which no character can act on a terminal; reading it gives back the exact value."""
    return _IN_JSON.sub(_json_escape, json.dumps(value, ensure_ascii=ascii_only, indent=2))
