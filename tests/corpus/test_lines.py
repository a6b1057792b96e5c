from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.lines import Marker, units
from tests.corpus.test_articles import PAGES


def texts(text: str) -> list[str]:
    return [unit.text for unit in units(text)]


def test_wrapped_lines_are_one_unit_and_long_lines_are_their_own() -> None:
    wrapped = (
        "The minister said on Monday that the old bridge would be closed for\nrepairs, and that nobody knew how long "
        "they would take to finish.\nThe mayor agreed with him.\nA ferry will carry people and goods over the river in "
        "the\n"
        "meantime, if the weather allows it."
    )
    assert len(texts(wrapped)) == 2
    line = "The minister said on Monday that the bridge would be closed for repairs of its arches."
    assert texts(f"{line * 2}\n{line * 2}\n{line * 2}") == [line * 2] * 3


def test_a_page_number_does_not_join_the_paragraph_above() -> None:
    lines = [
        "The minister said on Monday that the old bridge would be closed for",
        "repairs, and that nobody knew how long it would be before it could",
        "be opened for all of the people again who use it on each day of the",
        "12",
    ]
    assert texts("\n".join(lines)) == [" ".join(lines[:3]), "12"]


def test_markers_stand_outside_of_their_units() -> None:
    source = (
        "# One #\n\nTwo\n===\n\n== Three ==\n\n• Four\n- Five\n> Six\n| a | b |\n1. Seven\n```\n# Eight\n```\n#Nine"
    )
    found = [(source[unit.start : unit.end], unit.marker) for unit in units(source)]
    assert found[:9] == [
        ("One", Marker.HEADING),
        ("Two", Marker.HEADING),
        ("===", Marker.NONE),
        ("Three", Marker.HEADING),
        ("Four", Marker.LIST),
        ("Five", Marker.LIST),
        ("Six", Marker.QUOTE),
        ("| a | b |", Marker.TABLE),
        ("1. Seven", Marker.LIST),
    ]
    assert found[9][1] is Marker.CODE
    assert found[-1] == ("#Nine", Marker.NONE)


@given(st.one_of(st.text(), PAGES))
def test_every_letter_is_in_exactly_one_unit(text: str) -> None:
    at = 0
    for unit in units(text):
        assert at <= unit.start < unit.end
        assert not any(map(str.isalnum, text[at : unit.start]))
        at = unit.end
    assert not any(map(str.isalnum, text[at:]))
