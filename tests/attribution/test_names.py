"""From "he", "the minister" and "Sullivan" to a full name."""

from __future__ import annotations

from tests.attribution.building import found, said


def speakers(text: str) -> list[str | None]:
    return [one.speaker for one in found(text)]


def test_a_surname_takes_the_full_form_also_from_later_text() -> None:
    text = "Sullivan said it was over. It was late.\n\nJake Sullivan, the adviser, left."
    assert speakers(text) == ["Jake Sullivan"]
    assert found(text)[0].speaker_role == "adviser"
    assert found(text)[0].speaker_as_written == "Sullivan"


def test_the_family_name_may_come_first() -> None:
    assert speakers("Xi Jinping met guests. Xi told reporters that trade mattered.") == ["Xi Jinping"]


def test_particles_belong_to_the_name() -> None:
    assert speakers("Mohammed bin Salman said he was ready. Bin Salman added that talks would start.") == [
        "Mohammed bin Salman",
        "Mohammed bin Salman",
    ]
    assert speakers("Ursula von der Leyen said it was over. “No,” von der Leyen said.") == [
        "Ursula von der Leyen",
        "Ursula von der Leyen",
    ]


def test_a_double_surname_with_a_title() -> None:
    assert speakers("President Adolfo Rodriguez Saa said no. “I am worried,” Mr Rodriguez Saa said.") == [
        "Adolfo Rodriguez Saa",
        "Adolfo Rodriguez Saa",
    ]


def test_he_is_who_spoke_last_and_fits() -> None:
    text = (
        "“No,” said Anna Smith, who had met John Brown. “Yes,” said Peter Jones.\n\n"
        "“It is over,” she said.\n\n“It is not,” he said."
    )
    assert speakers(text) == ["Anna Smith", "Peter Jones", "Anna Smith", "Peter Jones"]


def test_he_behind_a_sentence_whose_subject_is_new() -> None:
    assert speakers("Anna Smith said no.\n\nPeter Jones owns a shop. He said he would sell it.") == [
        "Anna Smith",
        "Peter Jones",
    ]


def test_roles_are_remembered() -> None:
    text = (
        "Lithuanian Foreign Minister Gabrielius Landsbergis met Defense Minister Arvydas Anusauskas.\n\n"
        "“We wait,” the foreign minister said.\n\nThe defense minister said troops would come."
    )
    assert speakers(text) == ["Gabrielius Landsbergis", "Arvydas Anusauskas"]


def test_an_indefinite_role_keeps_its_phrase() -> None:
    assert said("A senior US official said talks had begun. He said they would last.") == [
        ("senior US official", "talks had begun"),
        ("senior US official", "they would last"),
    ]


def test_it_is_the_organisation_that_spoke() -> None:
    assert speakers("The Pentagon claimed that it was ready. It said the sale would help.") == ["Pentagon", "Pentagon"]


def test_the_paper_is_the_paper_that_spoke_not_a_country() -> None:
    text = "Seoul said no. “A hostile act,” the Rodong Sinmun said.\n\nThe paper said the South would pay."
    assert speakers(text) == ["Seoul", "Rodong Sinmun", "Rodong Sinmun"]


def test_a_spokesman_of_somebody_is_not_that_person() -> None:
    assert speakers("Paul Ryan was away. Another Ryan spokesman said nothing was planned.") == ["Ryan spokesman"]


def test_determiners_go_and_the_rest_stays_as_written() -> None:
    one = found("The Kremlin said there was no plan.")[0]
    assert (one.speaker, one.speaker_as_written) == ("Kremlin", "The Kremlin")


def test_roles_from_before_and_behind_the_name() -> None:
    rows = {
        "White House National Security Adviser Jake Sullivan said so.": "White House National Security Adviser",
        "“So,” said Jens Stoltenberg, the Secretary-General of the bloc.": "Secretary-General of the bloc",
        "The spokesman for the ministry, Maria Zakharova, said so.": "spokesman for the ministry",
        "Jim Hansen, a professor of earth and space at Columbia, said so.": "professor of earth and space at Columbia",
        "Ina Moll, secretary of Health and Human Services, said so.": "secretary of Health and Human Services",
        "Jo Katz, the mayor and a friend of Lee, said so.": "mayor",
        "“So,” said Anna Berg, a writer and Karl Holt agreed.": "writer",
    }
    assert {text: found(text)[0].speaker_role for text in rows} == rows


def test_offices_with_a_hyphen_and_titles_that_are_surnames() -> None:
    assert speakers("US Vice-President Dick Cheney said so. “Yes,” he said.") == ["Dick Cheney", "Dick Cheney"]
    assert speakers("Dr Aamer Sultan was ill. Dr Sultan said he was upset.") == ["Aamer Sultan"]


def test_a_name_behind_an_organisation_or_a_lower_case_office() -> None:
    rows = {
        "Federal Reserve Bank of Kansas City President Thomas Hoenig said rates were low.": "Thomas Hoenig",
        "Head of financial reporting Richard Martin said rates were low.": "Richard Martin",
        "Bill Shorten of the Australian Workers Union (AWU) says rates are low.": "Bill Shorten",
        "The wife of one employee said rates were low.": "wife of one employee",
    }
    assert {text: speakers(text)[0] for text in rows} == rows


def test_her_who_opens_the_sentence_before_is_enough_when_nobody_else_is_there() -> None:
    assert speakers("Zora Quell won the race in record time. She said it was hard.") == ["Zora Quell"]


def test_they_are_the_group_that_spoke_just_before() -> None:
    assert speakers("Police said two men ran. They said one was ill.") == ["Police", "Police"]
    assert speakers("Police said two men ran. Karl Holt said no. They said one was ill.")[2] is None


def test_a_pronoun_tells_the_gender_of_an_unknown_name() -> None:
    text = (
        "Zuri Huegill won the first race. “It was hard,” he said.\n\n"
        "Elka Grahamson won the second race. She said it was easy."
    )
    assert speakers(text) == ["Zuri Huegill", "Elka Grahamson"]


def test_somebodys_lawyer_is_not_somebody_elses() -> None:
    text = (
        "Assan’s lawyer, Aitor Martin, said it was over. Adler’s lawyer said it was fine. "
        "Assan’s lawyer said it was late."
    )
    assert speakers(text) == ["Aitor Martin", "Adler’s lawyer", "Aitor Martin"]


def test_the_head_of_another_house_is_another_head() -> None:
    text = "Jo Katz, head of Vail Resorts, said no. The head of Orbo said yes. The head of Vail said maybe."
    assert speakers(text) == ["Jo Katz", "head of Orbo", "Jo Katz"]


def test_a_constituency_is_nobodys_name() -> None:
    assert speakers("The Member for Fremantle said it was over.") == ["Member for Fremantle"]
    assert speakers("Director of Product Management Joe Amber said it was over.") == ["Joe Amber"]


def test_a_kings_first_name_alone() -> None:
    assert speakers("King Juan Carlos said it was over. King Juan said it was late.") == ["Juan Carlos", "Juan Carlos"]


def test_he_is_no_firm() -> None:
    text = "Karl Holt met UC Global. UC Global paid him. Global is a firm. He said it was over."
    assert speakers(text) == ["Karl Holt"]


def test_a_spokesman_for_somebodys_firm_is_not_the_firm() -> None:
    assert speakers("A spokesman for Adler’s Sands said it was over. The sands of Sands are hot.") == [
        "spokesman for Adler’s Sands"
    ]


def test_the_company_is_no_newspaper() -> None:
    assert speakers("The Daily Observer said he was ill. He did not work there, the company said.") == [
        "Daily Observer",
        "company",
    ]


def test_the_subject_between_commas_is_he() -> None:
    text = "Anna Smith said it was over. One of the men in the room, Ron Dolin, left early. He said it was late."
    assert speakers(text) == ["Anna Smith", "Ron Dolin"]


def test_a_product_is_no_person() -> None:
    assert speakers("The Apple II sold well. Apple said it was late.") == ["Apple"]
