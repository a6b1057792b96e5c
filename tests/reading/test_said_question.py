from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.said_question import Act, Ask, parse

WHAT, WHO, WHETHER = Ask.WHAT, Ask.WHO, Ask.WHETHER


@pytest.mark.parametrize(
    ("question", "ask", "act", "speaker", "topic"),
    [
        ("What did Okafor claim?", WHAT, Act.PLAIN, "Okafor", ""),
        ("what did okafor say about the dam", WHAT, Act.PLAIN, "okafor", "the dam"),
        (
            "What does the Chilean finance minister say about copper?",
            WHAT,
            Act.PLAIN,
            "the Chilean finance minister",
            "copper",
        ),
        ("What has Dr. Lund just told parliament?", WHAT, Act.PLAIN, "Dr. Lund", "parliament"),
        ("How did Norway respond to the ruling?", WHAT, Act.PLAIN, "Norway", "the ruling"),
        ("What is the bank's position on rates?", WHAT, Act.PLAIN, "the bank", "rates"),
        ("What are Okafor’s allegations against the board?", WHAT, Act.ACCUSE, "Okafor", "against the board"),
        ("What was the response of the union to the offer?", WHAT, Act.PLAIN, "the union", "the offer"),
        ("According to Lund, how old is the glacier?", WHAT, Act.PLAIN, "Lund", "how old is the glacier"),
        ("what is the dam worth according to the ministry", WHAT, Act.PLAIN, "the ministry", "what is the dam worth"),
        ("Tell me what Okafor said about the flood.", WHAT, Act.PLAIN, "Okafor", "the flood"),
        ("everything Lund said about ice", WHAT, Act.PLAIN, "Lund", "ice"),
        ("quotes from Okafor about the mayor", WHAT, Act.PLAIN, "Okafor", "the mayor"),
        ("What did Lund deny?", WHAT, Act.DENY, "Lund", ""),
        ("What does the village want?", WHAT, Act.ATTITUDE, "the village", ""),
        ("Who said that the dam would hold?", WHO, Act.PLAIN, "", "the dam would hold"),
        ("What did Lund accuse the board of?", WHAT, Act.ACCUSE, "Lund", "the board"),
        ("Who accused the board of fraud?", WHO, Act.ACCUSE, "", "the board of fraud"),
        ("Which two ministers warned of a drought?", WHO, Act.WARN, "", "a drought"),
        ("By whom was the board accused of fraud?", WHO, Act.ACCUSE, "", "the board accused of fraud"),
        ("What was the board accused of?", WHO, Act.ACCUSE, "", "the board accused"),
        ("What is Lund saying about ice?", WHAT, Act.PLAIN, "Lund", "ice"),
        ("What was said about the dam?", WHO, Act.PLAIN, "", "the dam"),
        ("Whose claim is it that the dam leaks?", WHO, Act.PLAIN, "", "the dam leaks"),
        ("Did Okafor deny the fraud?", WHETHER, Act.DENY, "Okafor", "the fraud"),
        ("Has Lund said when the ice will melt?", WHETHER, Act.PLAIN, "Lund", "when the ice will melt"),
    ],
)
def test_parts_of_a_said_question(question: str, ask: Ask, act: Act, speaker: str, topic: str) -> None:
    parsed = parse(question)
    assert parsed is not None
    assert (parsed.ask, parsed.act, parsed.speaker, parsed.topic) == (ask, act, speaker, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Ada Okafor?",
        "How many people died?",
        "How many houses did the minister say were lost?",
        "When did Okafor speak?",
        "Why did Lund accuse the board?",
        "What did the US State Department approve?",
        "Which country borders Chile?",
        "What is required before the board's pull request is merged?",
        "In which file is the format described?",
        "What is the dam's main wall called?",
        "Who signed the treaty?",
        "What did the army do in 2014?",
        "dam",
        "",
    ],
)
def test_other_questions_are_not_taken(question: str) -> None:
    assert parse(question) is None


@pytest.mark.parametrize("question", ["Okafor claims", "okafor quotes", "Okafor's remarks on the dam"])
def test_keywords_count_only_if_the_speaker_is_known(question: str) -> None:
    parsed = parse(question)
    assert parsed is not None
    assert parsed.loose
    assert parsed.speaker.lower() == "okafor"


@given(st.text(max_size=300))
def test_any_text_is_parsed_without_error(text: str) -> None:
    parsed = parse(text)
    assert parsed is None or isinstance(parsed.ask, Ask)


def test_a_long_question_does_not_explode() -> None:
    assert parse("what did " + "the man who " * 330 + "do") is None
