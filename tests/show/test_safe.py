from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistant.show.safe import flowing, one_line, sanitize, to_json

HOSTILE = "\x1b[2J\x1b]8;;http://x\x07a\x9b31m\u202eb\u200bc\U000e0041d\x7f"


def test_escapes_are_shown_as_text() -> None:
    assert sanitize(HOSTILE) == r"\x1b[2J\x1b]8;;http://x\x07a\x9b31m\u202eb\u200bc\U000e0041d\x7f"


def test_windows_line_ends_become_newlines_and_lone_returns_are_shown() -> None:
    assert sanitize("a\r\nb\rc\td") == "a\nb\\rc\td"


def test_one_line_shows_breaks() -> None:
    assert one_line("a\nb\tc\r") == r"a\nb\tc\r"


def test_flowing_text_has_single_spaces() -> None:
    assert flowing("  a\n\n b\tc ") == "a b c"


def test_joiners_of_scripts_and_emoji_stay_and_soft_hyphens_go() -> None:
    assert sanitize("می\u200cخواهم 👩\u200d🚀 Regie\xadrung") == "می\u200cخواهم 👩\u200d🚀 Regierung"


def test_undecodable_file_names_are_shown() -> None:
    assert one_line("caf\udce9.txt") == r"caf\udce9.txt"


def test_json_escapes_what_acts_on_a_terminal_and_keeps_the_data() -> None:
    text = to_json({"quote": HOSTILE + "é\udce9"})
    assert json.loads(text) == {"quote": HOSTILE + "é\udce9"}
    assert text == (
        '{\n  "quote": "\\u001b[2J\\u001b]8;;http://x\\u0007a\\u009b31m\\u202eb\\u200bc\\udb40\\udc41d\\u007fé\\udce9"\n}'
    )


# Arabic, Syriac and Kaithi number marks that are format characters by category but are drawn.
DRAWN = {chr(c) for c in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)}


def test_every_character_that_acts_on_a_terminal_is_escaped() -> None:
    acting = {c for c in map(chr, range(0x110000)) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert acting - DRAWN - {c for c in acting if sanitize(c) != c} == {"\t", "\n", "\u200c", "\u200d"}
    assert {c for c in acting - DRAWN if c in to_json(c)} == set()


@given(st.text(st.characters()))
def test_json_is_exact(text: str) -> None:
    assert json.loads(to_json([text])) == [text]
