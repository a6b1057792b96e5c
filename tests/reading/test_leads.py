"""What sentences stand under, and how that helps to answer over rules, FAQs and minutes."""

import pytest

from assistant.domain import Span
from assistant.index.embed import open_embedder
from assistant.protocols import Embedder
from assistant.reading.facts import select
from assistant.reading.leads import Role, is_question, place
from assistant.reading.selection import Selected, Selection, each_once
from assistant.retrieve.context import article_sentences
from assistant.retrieve.hybrid import search
from tests.support.memory import MemorySnapshot
from tests.support.stages import make_document

PAGES = {
    "rules.txt": """Rules of the Rowing Club of Aldmere

1. Terms

1.1. "Novice"
    means a member who has rowed for less than one season.

1.2. "Skiff" means a boat for a single rower.

2. The treasurer

The treasurer shall:

(a) keep the accounts of the club;

(b) collect the yearly fee from every member.

Members must leave the boathouse by nightfall.
""",
    "faq.txt": """Questions about the Aldmere boathouse

Q: Can I bring my dog?

A: No. Animals stay outside, as the floor is new.

Q: I lost my key. Who gives me another one?

A: The warden keeps spare ones. They cost nothing.
""",
}


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder("minilm")


@pytest.fixture(scope="module")
def snapshot(embedder: Embedder) -> MemorySnapshot:
    documents = [make_document(path, text) for path, text in PAGES.items()]
    return MemorySnapshot.build(documents, embedder, attribute=lambda _document, _article: ())


def ask(question: str, snapshot: MemorySnapshot, embedder: Embedder) -> Selection:
    return select(question, search(question, snapshot, embedder), snapshot, embedder)


def shown(selection: Selection, snapshot: MemorySnapshot) -> list[str]:
    return [
        " ".join(snapshot.document(one.document).text[(one.lead_in or one).start : one.end].split())
        for one in selection.selected
    ]


def places(path: str, snapshot: MemorySnapshot) -> list[tuple[str, str, list[str]]]:
    (article,) = snapshot.articles(path)
    sentences = article_sentences(snapshot, snapshot.passages_of(path)[0])
    kinds = {block.start: block.kind for block in article.blocks}
    found = place(sentences, snapshot.document(path).text, kinds)
    return [
        (
            one.text[:24],
            found[Span(one.start, one.end)].role.value,
            [a.text[:24] for a in found[Span(one.start, one.end)].above],
        )
        for one in sentences
    ]


def test_clauses_stand_under_the_term_or_the_line_that_announces_them(snapshot: MemorySnapshot) -> None:
    found = {text: (role, above) for text, role, above in places("rules.txt", snapshot)}
    assert found["means a member who has r"] == ("text", ['"Novice"'])
    assert found['"Skiff" means a boat for'] == ("text", [])
    assert found["The treasurer shall:"][0] == "lead-in"
    assert found["(a) keep the accounts of"][1][-1] == "The treasurer shall:"
    assert found["(b) collect the yearly f"][1][-1] == "The treasurer shall:"
    assert "The treasurer shall:" not in found["Members must leave the b"][1]


def test_answers_stand_under_their_question_whole(snapshot: MemorySnapshot) -> None:
    found = places("faq.txt", snapshot)
    assert ("A: No. Animals stay outs", "text", ["Q: Can I bring my dog?"]) in found
    assert [one for one in found if one[0].startswith("They cost")] == [
        ("They cost nothing.", "text", ["Q: I lost my key.", "Who gives me another one"])
    ]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Can I bring my dog?", True),
        ("What does “skiff” mean?", True),
        ("“Where were you? she asked", False),
        ("“Where were you?", False),
        ("He asked them to leave.", False),
    ],
)
def test_a_reported_question_does_not_ask(text: str, asks: bool) -> None:
    assert is_question(text) is asks


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Can I bring my dog?", ["Q: Can I bring my dog? A: No. Animals stay outside, as the floor is new."]),
        ("What is a novice?", ['"Novice" means a member who has rowed for less than one season.']),
        ("What shall the treasurer of the club do?", [
            "The treasurer shall:",
            "(a) keep the accounts of the club;",
            "(b) collect the yearly fee from every member.",
        ]),
    ],
)  # fmt: skip
def test_answers_are_shown_with_what_they_stand_under(
    question: str, quotes: list[str], snapshot: MemorySnapshot, embedder: Embedder
) -> None:
    assert shown(ask(question, snapshot, embedder), snapshot)[: len(quotes)] == quotes


def test_a_question_is_never_an_answer(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    for question in ("Who gives me another key?", "Can I bring my dog?", "What about dogs and keys in the boathouse?"):
        texts = [
            snapshot.document(s.document).text[s.start : s.end] for s in ask(question, snapshot, embedder).selected
        ]
        assert not [text for text in texts if text.endswith("?")]


def test_a_lacking_general_word_weighs_less(snapshot: MemorySnapshot, embedder: Embedder) -> None:
    general = ask("When must members depart from the boathouse, whatever the reason?", snapshot, embedder)
    concrete = ask("When must members depart from the boathouse, whatever the giraffe?", snapshot, embedder)
    assert general.confidence > concrete.confidence + 0.5


def test_a_line_is_shown_once(snapshot: MemorySnapshot) -> None:
    (passage,) = snapshot.passages_of("faq.txt")

    def at(start: int, end: int, lead: Span | None) -> Selected:
        return Selected("faq.txt", start, end, passage, 1.0, lead_in=lead)

    kept = each_once([at(40, 60, Span(10, 30)), at(61, 80, Span(10, 30))])
    assert [one.lead_in for one in kept] == [Span(10, 30), None]


def test_roles_are_told_apart(snapshot: MemorySnapshot) -> None:
    roles = {role for path in PAGES for _, role, _ in places(path, snapshot)}
    assert {Role.QUESTION.value, Role.LABEL.value, Role.HEADING.value, Role.ITEM.value} <= roles
