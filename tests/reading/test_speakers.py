from __future__ import annotations

import pytest

from assistant.protocols import Speaker
from assistant.reading.metonyms import power, powers_in
from assistant.reading.speakers import resolve
from tests.support.memory import MemorySnapshot

SPEAKERS = (
    Speaker("Ada Okafor", ("Nigerian Foreign Minister",), 5),
    Speaker("Ben Okafor", ("engineer",), 1),
    Speaker("Berlin", (), 2),
    Speaker("German Foreign Ministry", (), 2),
    Speaker("Jonas Lund", ("spokesman", "German government spokesman"), 3),
    Speaker("Kaja Saar", ("Prime Minister of Estonia",), 2),
    Speaker("Port Safety Inspection Office", (), 1),
    Speaker("Xi Jinping", ("President",), 2),
)


class Known(MemorySnapshot):
    def speakers(self) -> tuple[Speaker, ...]:
        return SPEAKERS


def names(phrase: str) -> tuple[list[str], list[str]]:
    match = resolve(phrase, Known())
    return [s.name for s in match.exact], [s.name for s in match.related]


@pytest.mark.parametrize(
    ("phrase", "exact"),
    [
        ("Ada Okafor", ["Ada Okafor"]),
        ("ada okafor", ["Ada Okafor"]),
        ("A. Okafor", ["Ada Okafor"]),
        ("Okafor", ["Ada Okafor", "Ben Okafor"]),
        ("Minister Ada Okafor", ["Ada Okafor"]),
        ("President Xi", ["Xi Jinping"]),
        ("Xi", ["Xi Jinping"]),
        ("the Nigerian foreign minister", ["Ada Okafor"]),
        ("Nigeria's foreign minister", ["Ada Okafor"]),
        ("the Estonian prime minister", ["Kaja Saar"]),
        ("Lund", ["Jonas Lund"]),
        ("the engineer", ["Ben Okafor"]),
        ("PSIO", ["Port Safety Inspection Office"]),
        ("the P.S.I.O.", ["Port Safety Inspection Office"]),
    ],
)
def test_a_phrase_names_speakers(phrase: str, exact: list[str]) -> None:
    assert names(phrase)[0] == exact


def test_names_of_one_power_rank_below_the_exact_one() -> None:
    assert names("Berlin") == (["Berlin"], ["German Foreign Ministry", "Jonas Lund"])
    assert names("Germany")[0] == []
    assert "Berlin" in names("Germany")[1]
    assert "Ada Okafor" not in names("Germany")[1]


def test_another_first_name_is_not_the_same_person() -> None:
    match = resolve("Peter Lund", Known())
    assert match.exact == ()
    assert match.other_first_name
    assert [s.name for s in match.related] == ["Jonas Lund"]


def test_a_misspelt_name_is_read_as_the_nearest_one_and_says_so() -> None:
    match = resolve("Okaffor", Known())
    assert match.assumed
    assert [s.name for s in match.exact] == ["Ada Okafor", "Ben Okafor"]


@pytest.mark.parametrize("phrase", ["", "the", "he", "Zanzibar", "the dog", "the minister's dog", "X"])
def test_unknown_phrases_name_nobody(phrase: str) -> None:
    match = resolve(phrase, Known())
    assert (match.exact, match.related) == ((), ())


def test_powers() -> None:
    assert power("the Kremlin") == power("Moscow") == power("Russian") == power("RUSSIA") is not None
    assert power("U.S.") == power("Washington") == power("White House")
    assert power("us") == power("US")
    assert power("Okafor") is None
    assert powers_in("Russian Deputy Foreign Minister") == {power("Russia")}
    assert powers_in("a New Zealand farmer") == {power("Wellington")}


def test_two_speakers_can_be_asked_for_at_once() -> None:
    assert names("Kaja Saar and Lund") == (["Kaja Saar", "Jonas Lund"], [])
    assert names("Kaja Saar and Zanzibar") == ([], [])
