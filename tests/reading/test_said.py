from __future__ import annotations

from datetime import date

import pytest

from assistant.domain import Article, Attribution, CueClass, Document, Filter, Manner, Provenance
from assistant.reading.compose import Reading
from assistant.reading.said import SaidReader
from assistant.reading.said_question import parse
from assistant.retrieve.hybrid import search
from assistant.retrieve.query import parse as parse_query
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, header, make_document, split

DAM = """Dam may fail, engineer warns

The dam at Odra could fail this winter, engineer Ada Okafor said on Monday.

“The concrete is cracked from end to end,” she told the council. “Nobody listened to us.”

Okafor accused the ministry of hiding a report. The ministry rejected the accusation as baseless.

Mayor Ben Lund praised the volunteers.
"""
RIVER = """River towns prepare

Okafor announced that new sensors would be installed along the river by May.

A farmer, Jon Berg, said the sensors were useless.
"""
SAID = {
    # said words: (speaker, sentence, cue, class, manner)
    "The dam at Odra could fail this winter": (
        "Ada Okafor",
        "The dam at Odra could fail this winter, engineer Ada Okafor said on Monday.",
        "say",
        CueClass.SAYING,
        Manner.INDIRECT,
    ),
    "“The concrete is cracked from end to end,”": (
        "Ada Okafor",
        "“The concrete is cracked from end to end,” she told the council.",
        "tell",
        CueClass.SAYING,
        Manner.DIRECT,
    ),
    "“Nobody listened to us.”": ("Ada Okafor", "“Nobody listened to us.”", None, CueClass.SAYING, Manner.DIRECT),
    "the ministry of hiding a report": (
        "Ada Okafor",
        "Okafor accused the ministry of hiding a report.",
        "accuse",
        CueClass.JUDGING,
        Manner.INDIRECT,
    ),
    "the accusation as baseless": (
        "ministry",
        "The ministry rejected the accusation as baseless.",
        "reject",
        CueClass.JUDGING,
        Manner.INDIRECT,
    ),
    "the volunteers": (
        "Ben Lund",
        "Mayor Ben Lund praised the volunteers.",
        "praise",
        CueClass.JUDGING,
        Manner.INDIRECT,
    ),
    "new sensors would be installed along the river by May": (
        "Ada Okafor",
        "Okafor announced that new sensors would be installed along the river by May.",
        "announce",
        CueClass.SAYING,
        Manner.INDIRECT,
    ),
    "the sensors were useless": (
        "Jon Berg",
        "A farmer, Jon Berg, said the sensors were useless.",
        "say",
        CueClass.SAYING,
        Manner.INDIRECT,
    ),
}


def attribute(document: Document, article: Article) -> tuple[Attribution, ...]:
    found = []
    for words, (speaker, sentence, cue, cue_class, manner) in SAID.items():
        at, begin = document.text.find(words), document.text.find(sentence)
        if at >= 0 and article.start <= at < article.end:
            role = "engineer" if speaker == "Ada Okafor" else None
            found.append(
                Attribution(
                    document.path, article.ordinal, at, at + len(words), begin, begin + len(sentence),
                    speaker, speaker, role, cue, cue_class, manner,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda a: a.start))


@pytest.fixture
def snapshot() -> MemorySnapshot:
    documents = [
        make_document("dam.txt", DAM, Provenance(published=date(2024, 1, 15))),
        make_document("river.txt", RIVER, Provenance(title="River towns prepare", published=date(2024, 3, 1))),
    ]
    return MemorySnapshot.build(
        documents, HashEmbedder(), articles=articles, split=split, attribute=attribute, header=header
    )


def ask(question: str, snapshot: MemorySnapshot, where: Filter | None = None) -> Reading | None:
    asked = parse(question)
    assert asked is not None
    embedder = HashEmbedder()
    hits = search(question, snapshot, embedder, 10, where)
    return SaidReader(embedder).read(asked, parse_query(question, snapshot), hits, snapshot, where)


def quotes(reading: Reading | None, snapshot: MemorySnapshot) -> list[str]:
    assert reading is not None
    return [snapshot.document(p.document).text[p.start : p.end] for p in reading.pieces]


def test_all_claims_of_a_speaker_the_strongest_first_and_nobody_elses(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Okafor claim?", snapshot)
    assert quotes(reading, snapshot) == [
        "“The concrete is cracked from end to end,” she told the council.",
        "“Nobody listened to us.”",
        "Okafor accused the ministry of hiding a report.",
        "The dam at Odra could fail this winter, engineer Ada Okafor said on Monday.",
        "Okafor announced that new sensors would be installed along the river by May.",
    ]
    assert reading is not None
    assert reading.heading == "Ada Okafor, engineer, in 2 articles:"


def test_a_topic_keeps_what_was_said_about_it(snapshot: MemorySnapshot) -> None:
    assert quotes(ask("What did Okafor say about sensors?", snapshot), snapshot) == [
        "Okafor announced that new sensors would be installed along the river by May."
    ]


def test_a_topic_nobody_spoke_about_is_refused_with_what_was_said_instead(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Okafor say about taxes?", snapshot)
    assert reading is not None
    assert reading.pieces == ()
    assert reading.refusal == "This corpus quotes or reports Ada Okafor 5 times, but with nothing about “taxes”."
    assert len(reading.nearest) == 3


def test_the_act_must_fit(snapshot: MemorySnapshot) -> None:
    assert quotes(ask("What did Okafor accuse the ministry of?", snapshot), snapshot) == [
        "Okafor accused the ministry of hiding a report."
    ]
    reading = ask("What did Okafor apologise for?", snapshot)
    assert reading is not None
    assert reading.refusal == "This corpus quotes or reports Ada Okafor 5 times, but with no apology."


def test_who_said_a_thing(snapshot: MemorySnapshot) -> None:
    reading = ask("Who said the sensors were useless?", snapshot)
    assert quotes(reading, snapshot) == ["A farmer, Jon Berg, said the sensors were useless."]
    assert reading is not None
    assert reading.pieces[0].attributions[0].speaker == "Jon Berg"


def test_a_filter_holds_for_statements_too(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Okafor claim?", snapshot, Filter(since=date(2024, 2, 1)))
    assert quotes(reading, snapshot) == ["Okafor announced that new sensors would be installed along the river by May."]


def test_a_misspelt_speaker_is_named(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Okaffor claim?", snapshot)
    assert reading is not None
    assert len(reading.pieces) == 5
    assert reading.note == "“Okaffor” was read as Ada Okafor."


def test_another_first_name_is_refused(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Peter Okafor claim?", snapshot)
    assert reading is not None
    assert reading.refusal == "Nobody named Peter Okafor is quoted in this corpus; Ada Okafor is."


def test_somebody_who_is_not_quoted_is_refused(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Zanzibar claim?", snapshot)
    assert reading is not None
    assert reading.refusal == "No words of Zanzibar are quoted or reported in this corpus."


def test_a_thing_that_says_something_is_left_to_the_reader_of_facts(snapshot: MemorySnapshot) -> None:
    assert ask("What does the letter say?", snapshot) is None


def test_an_article_can_be_named_by_its_title(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Okafor say in the article about river towns?", snapshot)
    assert quotes(reading, snapshot) == ["Okafor announced that new sensors would be installed along the river by May."]


def test_a_name_of_the_topic_must_be_there(snapshot: MemorySnapshot) -> None:
    reading = ask("What did Okafor say about the sensors in Krakow?", snapshot)
    assert reading is not None
    assert reading.pieces == ()
