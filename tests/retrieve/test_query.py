"""What a question asks for."""

from datetime import date

import pytest

from assistant.retrieve.language import language_of
from assistant.retrieve.query import Kind, parse, suggest
from assistant.retrieve.when import When, dates_in
from tests.support.embedders import HashEmbedder
from tests.support.memory import MemorySnapshot
from tests.support.stages import articles, attribute, header, make_document, split

PAGE = """# Envoys meet | The Courier | 2022-01-14

Envoys of Norland met Jake Sullivan in Geneva on Monday. They asked Jake Sullivan about tanks and about bread.

The envoys will meet again, and Norland will send tanks to Geneva. In Geneva the bread was good.
"""


def indexed(page: str) -> MemorySnapshot:
    return MemorySnapshot.build(
        [make_document("a.txt", page)],
        HashEmbedder(),
        articles=articles,
        split=split,
        attribute=attribute,
        header=header,
    )


@pytest.fixture(scope="module")
def snapshot() -> MemorySnapshot:
    return indexed(PAGE)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who met the envoys?", Kind.PERSON),
        ("When did they meet?", Kind.DATE),
        ("In what year did they meet?", Kind.DATE),
        ("Where did they meet?", Kind.PLACE),
        ("Which city hosted them?", Kind.PLACE),
        ("How many tanks were sent?", Kind.NUMBER),
        ("How much does bread cost?", Kind.MONEY),
        ("How old is Sullivan?", Kind.AGE),
        ("Why did they meet?", Kind.REASON),
        ("How did they get there?", Kind.MANNER),
        ("Did they meet?", Kind.YES_NO),
        ("Who is Jake Sullivan?", Kind.DEFINITION),
        ("Who is the envoy of Norland?", Kind.PERSON),
        ("How was he received when he came?", Kind.MANNER),
        ("Which company built it?", Kind.NAME),
        ("tanks for Norland", Kind.OPEN),
    ],
)
def test_kind(question: str, kind: Kind, snapshot: MemorySnapshot) -> None:
    assert parse(question, snapshot).kind is kind


@pytest.mark.parametrize("question", ["what did jake sullivan ask", "What did Jake Sullivan ask?"])
def test_names_are_known_from_the_corpus_whatever_the_case(question: str, snapshot: MemorySnapshot) -> None:
    assert [name.lower() for name in parse(question, snapshot).names] == ["jake sullivan"]


def test_an_unknown_capitalised_word_is_a_name(snapshot: MemorySnapshot) -> None:
    assert parse("Did they meet Ada Lovelace?", snapshot).names == ("Ada Lovelace",)


def test_a_surname_stands_for_a_first_name_the_corpus_knows(snapshot: MemorySnapshot) -> None:
    terms = {term.text: term.surname for term in parse("Did Jake Sullivan meet Ada Lovelace?", snapshot).terms}
    assert terms["Jake"] == "sullivan"
    assert terms["Ada"] is None


def test_the_counted_noun_and_the_asked_role(snapshot: MemorySnapshot) -> None:
    assert parse("How many US tanks are there?", snapshot).focus == ("tank",)
    assert parse("Who is the prime minister of Norland?", snapshot).focus == ("minist",)


def test_lists(snapshot: MemorySnapshot) -> None:
    assert parse("Which countries met?", snapshot).several
    assert parse("Who are the envoys?", snapshot).several
    assert not parse("Which country met?", snapshot).several


@pytest.mark.parametrize("typed", ["2.23", "$125m", "U.S.", "Łódź", "Lodz", "1,400"])
def test_a_word_that_the_index_cuts_or_folds_is_still_counted(typed: str) -> None:
    page = "# Sale | The Courier\n\nVersion 2.23 of the U.S. tool was sold in Łódź for $125m, and 1,400 copies of it.\n"
    terms = parse(f"What is {typed}?", indexed(page)).terms
    assert terms
    assert [term.frequency for term in terms if term.text not in {"$", "m"}] == [1]


def test_only_stop_words_leave_no_term(snapshot: MemorySnapshot) -> None:
    query = parse("what is it?", snapshot)
    assert query.terms == ()
    assert query.mass == 1.0


def test_a_huge_question_is_cut(snapshot: MemorySnapshot) -> None:
    assert len(parse(" ".join(f"word{n}" for n in range(20_000)), snapshot).terms) == 64


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("in January 2022", When(2022, 1)),
        ("on 14 January", When(None, 1, 14)),
        ("on Jan. 14th, 2022", When(2022, 1, 14)),
        ("on 2022-01-14", When(2022, 1, 14)),
        ("on Wednesday", When(weekday=2)),
        ("in 2014", When(2014)),
    ],
)
def test_dates(text: str, when: When) -> None:
    assert dates_in(text) == (when,)


def test_a_date_fits_what_it_does_not_contradict() -> None:
    assert When(month=1).fits(date(2022, 1, 14))
    assert not When(2021, 1).fits(date(2022, 1, 14))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wer hat die Raketen nach Litauen verkauft und warum?", "German"),
        ("Qui a vendu les missiles et pourquoi?", "French"),
        ("Кто продал ракеты?", "a language in Cyrillic script"),
        ("谁卖了导弹", "Chinese"),
        ("Who sold the missiles to Lithuania?", None),
        ("lithuania missiles", None),
        ("?!", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_slips_of_the_pen() -> None:
    assert suggest("sulivan", ["Sullivan", "Stoltenberg"]) == "Sullivan"
    assert suggest("Sullivan", ["Sullivan"]) is None
    assert suggest("bread", ["Sullivan"]) is None


def test_words_that_others_stand_for_are_told_from_names_and_things(snapshot: MemorySnapshot) -> None:
    terms = {term.text: term.general for term in parse("What did Sullivan receive besides tanks?", snapshot).terms}
    assert terms == {"Sullivan": False, "receive": True, "besides": False, "tanks": False}


def test_a_dotted_number_is_rarer_than_its_parts() -> None:
    page = "# Releases | The Courier | 2022-01-14\n\n" + "\n\n".join(
        f"Version {n}.1 came on May {n}." for n in range(1, 9)
    )
    many = MemorySnapshot.build([make_document(f"{n}.txt", page) for n in range(6)], HashEmbedder())
    weights = {term.text: term.weight for term in parse("When did version 3.1 come on May 1?", many).terms}
    assert weights["3.1"] >= weights["1"]
