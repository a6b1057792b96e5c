"""Quotations over paragraphs, carry-over, headings, transcripts, e-mail."""

from __future__ import annotations

from assistant.domain import Manner
from tests.attribution.building import found, said


def test_a_quotation_opened_anew_in_each_paragraph_has_one_speaker() -> None:
    text = "“First we came to see the town.\n\n“Then we left it for good,” said Ann Lee.\n\nIt rained."
    assert said(text) == [
        ("Ann Lee", "“First we came to see the town."),
        ("Ann Lee", "“Then we left it for good,”"),
    ]


def test_the_later_paragraphs_go_to_the_speaker_of_the_first() -> None:
    text = "“We came,” said Ann Lee. “We saw it all.\n\n“Then we left it for good.”"
    assert said(text) == [
        ("Ann Lee", "“We came,”"),
        ("Ann Lee", "“We saw it all."),
        ("Ann Lee", "“Then we left it for good.”"),
    ]


def test_unmarked_paragraphs_inside_a_quotation() -> None:
    text = "“We came.\n\nWe saw the town, ”Ann Lee said.\n\nIt rained."
    assert said(text) == [("Ann Lee", "“We came.\n\nWe saw the town, ”")]
    assert (
        text[found(text)[0].sentence_start : found(text)[0].sentence_end]
        == "“We came.\n\nWe saw the town, ”Ann Lee said."
    )


def test_a_quotation_does_not_run_over_removed_text() -> None:
    text = "“We came.\n\nFILE PHOTO\n\nWe saw the town,” Ann Lee said."
    words = [one for _, one in said(text, removed=("FILE PHOTO",))]
    assert all("FILE PHOTO" not in one for one in words)


def test_a_stray_mark_swallows_nothing() -> None:
    assert said('Forces stood there in 1997 ".\n\nAnna Smith said it was over.') == [("Anna Smith", "it was over")]


def test_carry_over_needs_a_quotation_before() -> None:
    near = "“We came to see the town,” Ann Lee said.\n\n“Nobody was there when we arrived.”"
    assert said(near)[1] == ("Ann Lee", "“Nobody was there when we arrived.”")
    assert found(near)[1].cue is None
    far = "“We came,” Ann Lee said.\n\nThe town lies by a river.\n\n“Nobody was there when we arrived.”"
    assert said(far)[1] == (None, "“Nobody was there when we arrived.”")


def test_headings_with_a_source_behind_a_dash() -> None:
    heading = "Patience has come to an end – Moscow"
    assert said(f"{heading}\n\nMoscow is tired.", headings=(heading,)) == [("Moscow", "Patience has come to an end")]
    assert said(f"{heading}\n\nNobody is tired.", headings=(heading,)) == []


def test_a_transcript_with_capital_labels() -> None:
    text = "JON SIEBEN: It is a shame.\n\nI mean it.\n\nELLA LEE: Is it?\n\nJON SIEBEN: It is."
    assert said(text) == [
        ("JON SIEBEN", "It is a shame."),
        ("JON SIEBEN", "I mean it."),
        ("ELLA LEE", "Is it?"),
        ("JON SIEBEN", "It is."),
    ]
    assert {one.manner for one in found(text)} == {Manner.DIRECT}


def test_a_label_takes_the_form_that_the_text_has() -> None:
    text = "ELLA LEE: Here is Jon Sieben, a swimmer.\n\nJON SIEBEN: It is a shame.\n\nELLA LEE: Is it?"
    assert [speaker for speaker, _ in said(text)] == ["ELLA LEE", "Jon Sieben", "ELLA LEE"]


def test_labels_of_an_interview() -> None:
    text = "Mr. Jones: I object.\n\nMs. Lee: On what ground?\n\nMr. Jones: Relevance."
    assert said(text) == [("Jones", "I object."), ("Lee", "On what ground?"), ("Jones", "Relevance.")]


def test_questions_and_answers_have_no_names() -> None:
    text = "Q. Where were you?\n\nA. At home.\n\nQ. Who was there?"
    assert said(text) == [(None, "Where were you?"), (None, "At home."), (None, "Who was there?")]


def test_a_list_of_places_is_no_transcript() -> None:
    assert said("Oregon: Leave is longer.\n\nColorado: Roads are free.\n\nDelaware: Fins are banned.") == []


def test_quoted_mail() -> None:
    intro = "On Mon, Jan 3, 2022 at 10:00 AM, John Smith <js@example.org> wrote:"
    text = f"Thanks.\n\n{intro}\n> We ship on Friday.\n> Agreed?"
    assert said(text) == [("John Smith", "> We ship on Friday.\n> Agreed?")]


def test_a_headline_says_its_part() -> None:
    title = "Putin Warns Of Tough Response If Alliance Expands"
    text = f"{title}\n\nRussian President Vladimir Putin said it was late."
    assert said(text, headings=(title,)) == [
        ("Vladimir Putin", "Of Tough Response If Alliance Expands"),
        ("Vladimir Putin", "it was late"),
    ]


def test_an_opening_mark_left_at_the_sentence_before_belongs_to_the_words_it_opens() -> None:
    text = (
        'Karl Holt was there. "It is late," he said. "We do not mind him as a man, we like him well enough. '
        '"We mind the plans for the town and for the river."'
    )
    assert said(text) == [
        ("Karl Holt", '"It is late,"'),
        ("Karl Holt", '"We do not mind him as a man, we like him well enough.'),
        ("Karl Holt", '"We mind the plans for the town and for the river."'),
    ]


def test_a_heading_with_a_colon_needs_a_verb() -> None:
    text = "Ada Lovelace: Queen of Engines\n\nAda Lovelace was a writer of programs."
    assert said(text, headings=("Ada Lovelace: Queen of Engines",)) == []


def test_a_label_before_a_quotation_that_has_its_own_speaker() -> None:
    text = "NEW: “Tomorrow will be a quieter day,” says Karl Holt."
    assert [speaker for speaker, _ in said(text)] == ["Karl Holt"]
