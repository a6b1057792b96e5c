"""Each way to say who said something, in a sentence of its own."""

from __future__ import annotations

import pytest

from assistant.domain import CueClass, Manner
from tests.attribution.building import found, said

ONE = [
    # Quotation marks of every kind, before and behind their speaker.
    ("“We will win,” said Smith, the mayor of Leeds.", "Smith", "“We will win,”"),
    ("„Wir bleiben,“ said Hans Meier.", "Hans Meier", "„Wir bleiben,“"),
    ("« We stay », said Marie Dupont.", "Marie Dupont", "« We stay »"),
    (
        "‘It’s the dogs’ dinner that worries us,’ said Alan O'Brien.",
        "Alan O'Brien",
        "‘It’s the dogs’ dinner that worries us,’",
    ),
    ("'It is over,' Putin said.", "Putin", "'It is over,'"),
    ('"I\'m 6\'2" tall," said Tom Ford.', "Tom Ford", '"I\'m 6\'2" tall,"'),
    ("“Never,” exclaimed Dr. Jane Roe, a surgeon.", "Jane Roe", "“Never,”"),
    ("Asked about the talks, Blinken replied: “We are hopeful.”", "Blinken", "“We are hopeful.”"),
    ('Zelenskyy wrote on Twitter: "We will hold on."', "Zelenskyy", '"We will hold on."'),
    ("“The talks are dead, ” - said Marie Dupont.", "Marie Dupont", "“The talks are dead, ”"),
    ("“The future is what you invent.” — Alan Kay", "Alan Kay", "“The future is what you invent.”"),
    # Indirect speech and where it starts and ends.
    ("Sen. John McCain, R-Ariz., said the bill was dead.", "John McCain", "the bill was dead"),
    ("Rep. Martin Luther King Jr. said that he was ready.", "Martin Luther King Jr.", "he was ready"),
    ("O'Brien told the Guardian that the Tories’ plan was dead.", "O'Brien", "the Tories’ plan was dead"),
    ("Police in Karachi say a man was arrested.", "Police in Karachi", "a man was arrested"),
    ("Officials said Friday that two people died.", "Officials", "two people died"),
    ("The plan would fail, Smith said.", "Smith", "The plan would fail"),
    ("The move, organizers say, will help nobody.", "organizers", "will help nobody"),
    ("As Smith noted in May, the plan has failed.", "Smith", "the plan has failed"),
    ("As noted by Anna Smith, the plan has failed.", "Anna Smith", "the plan has failed"),
    ("According to Anna Smith, the plan has failed.", "Anna Smith", "the plan has failed"),
    ("The plan has failed, according to Anna Smith, a lawyer.", "Anna Smith", "The plan has failed"),
    ("Prices fell, according to what a senior official announced.", "senior official", "Prices fell"),
    ("In Anna Smith’s opinion, the plan has failed.", "Anna Smith", "the plan has failed"),
    ("Smith, who said the plan was bad, left early.", "Smith", "the plan was bad"),
    ("The plan has angered China, which said it would answer.", "China", "it would answer"),
    ("Anna Smith made it clear the party would not yield.", "Anna Smith", "the party would not yield"),
    ("Anna Smith expressed the opinion that the plan was bad.", "Anna Smith", "the plan was bad"),
    ("Smith went on to say that the plan was bad.", "Smith", "the plan was bad"),
    ("The committee found that spending had doubled.", "committee", "spending had doubled"),
    ("The report was criticised by Lena Orr and, later, by Josip Rodin.", "Lena Orr", "The report"),
    ("Anna Smith claimed wrongly that the plan was dead.", "Anna Smith", "the plan was dead"),
    ("The ministry confirmed at least 40 people were hurt.", "ministry", "at least 40 people were hurt"),
    ("The union is calling for more pay.", "union", "for more pay"),
    ("Anna Smith was reported as saying the plan was dead.", "Anna Smith", "the plan was dead"),
    ("A new study found thousands of people are ill.", "new study", "thousands of people are ill"),
    ("The Israelis say they had no choice.", "Israelis", "they had no choice"),
    ("The airlines make no excuse and say the rules will stay.", "airlines", "the rules will stay"),
    ("“It is late,” Anna Smith charged.", "Anna Smith", "“It is late,”"),
    ("Razzak told police four men had been seen.", "Razzak", "four men had been seen"),
    ("After the hearing began, according to Anna Smith, two men came in.", "Anna Smith", "two men came in"),
    ("According to Delver.com, a search firm, two thirds are ill.", "Delver.com", "two thirds are ill"),
    ("The union will hold a 24-hour strike and says it is late.", "union", "it is late"),
    ("According to Smith, the envoy to Peru, Jo Lee, was ill.", "Smith", "the envoy to Peru, Jo Lee, was ill"),
    ("Smith, blaming Jones for the delay, left the town.", "Smith", "Jones for the delay"),
    ("Smith objected to the plans for a new road.", "Smith", "to the plans for a new road"),
    ("Smith dismissed the claims out of hand.", "Smith", "the claims out of hand"),
    ("Smith called the ruling a mistake.", "Smith", "the ruling a mistake"),
    # Who: appositions, descriptions, owners, titles.
    ("They came a few hours after Al Qaeda leaders said it was over.", "Al Qaeda leaders", "it was over"),
    ("The raids come as Israeli officials announced they had won.", "Israeli officials", "they had won"),
    ("The law passed after the group Clean Air said it would sue.", "Clean Air", "it would sue"),
    ("When asked what was next the founder of Orbo said it was late.", "founder of Orbo", "it was late"),
    ("The union and Qantas said it was late.", "union and Qantas", "it was late"),
    ("He has a tape which officials say shows the man.", "officials", "shows the man"),
    ("Lowing explained that farming was dead.", "Lowing", "farming was dead"),
    ("An official called Mr Holt's rule “illegal”.", "official", "Mr Holt's rule “illegal”"),
    ("It grew, and Karl Holt stopped it, saying it was late.", "Karl Holt", "it was late"),
    ("It was revealed by the NGO Front Line that six were ill.", "NGO Front Line", "six were ill"),
    ("They hold a third, the union's secretary, Tony Kean, said.", "Tony Kean", "They hold a third"),
    ("The expert in the anthrax attacks declared he was ill.", "expert in the anthrax attacks", "he was ill"),
    ("In a letter to the “Orbo family,” Smith said he “always knew.”", "Smith", "he “always knew.”"),
    ("Two weeks after the deal closed, Smith met Lee and told him it was late.", "Smith", "it was late"),
    ("The Government says armed marshals will come.", "Government", "armed marshals will come"),
    ("Smith blasted Lee for raising taxes.", "Smith", "Lee for raising taxes"),
    ("Residents in the old town of Ten Tena say they fear more.", "Residents", "they fear more"),
    ("Anna Smith smiles and says it was late.", "Anna Smith", "it was late"),
    ("It was told by Queen Elizabeth II, who said it was late.", "Elizabeth II", "it was late"),
    ("Shane Ford of Ballidu just west of Burakin, says it was late.", "Shane Ford", "it was late"),
    ("A letter issued after a meeting chaired by chairman Karl Holt said it was late.", "letter", "it was late"),
    ("The prime minister, Boris Johnson, has denied breaking the law.", "Boris Johnson", "breaking the law"),
    ("Kim Jong Un's sister, Kim Yo Jong, warned that Seoul would pay.", "Kim Yo Jong", "Seoul would pay"),
    ("One of the authors, Republican Sen. Scott Beason, said it worked.", "Scott Beason", "it worked"),
    ("The Taliban's spokesman Zabihullah Mujahid told AFP the city fell.", "Zabihullah Mujahid", "the city fell"),
    ("Federal Bureau of Investigation agent Jo Cronin said he fled.", "Jo Cronin", "he fled"),
    ("US Secretary of State Anthony Blinken said talks went on.", "Anthony Blinken", "talks went on"),
    ("The minister, speaking in Vilnius, said borders would close.", None, "borders would close"),
    ("The US and its allies rejected the plan.", "US and its allies", "the plan"),
    ("A spokesman for the ministry said the plan was dead.", "spokesman for the ministry", "the plan was dead"),
    ("The announcement came after a British committee said it was over.", "British committee", "it was over"),
    ("It is a program Iran says it needs.", "Iran", "it needs"),
    ("KABUL, Afghanistan (AP) -- The mayor of Kabul said roads were closed.", "mayor of Kabul", "roads were closed"),
    # Judging, passive, nouns.
    ("Moscow accused Washington of lying.", "Moscow", "Washington of lying"),
    ("The claims were denied by the Kremlin.", "Kremlin", "The claims"),
    ("The plan was criticised by Ursula von der Leyen as “too late”.", "Ursula von der Leyen", "“too late”"),
    ("“We wait,” Ryabkov was quoted by the agency as saying.", "Ryabkov", "“We wait,”"),
    ("Sullivan’s claim that Russia would invade was disputed.", "Sullivan", "Russia would invade"),
    ("The accusation by Sullivan that Russia would invade was disputed.", "Sullivan", "Russia would invade"),
    ("Jake Sullivan discussed with him “a common approach.”", "Jake Sullivan", "with him “a common approach.”"),
    ("ACCA warned an extended period could harm quality.", "ACCA", "an extended period could harm quality"),
    ("The problem, according to Hoenig, is not the recovery.", "Hoenig", "is not the recovery"),
    ("It fell in May, the Times reports, quoting its own staff.", "Times", "It fell in May"),
    ("Anna Smith shouted at him, telling Kise to “control your client.”", "Anna Smith", "“control your client.”"),
    ("The ministry issued a statement saying that troops would come.", "ministry", "troops would come"),
]


@pytest.mark.parametrize(("text", "speaker", "words"), ONE, ids=[row[0][:50] for row in ONE])
def test_one_statement(text: str, speaker: str | None, words: str) -> None:
    assert said(text) == [(speaker, words)]


NONE = [
    "He declined to say whether he would run.",
    "Johnson did not say when he would leave.",
    "Smith, who through his office refused to comment, was born in Leeds.",
    "The Baltic states have begun discussions.",
    "Troops of the republic, opposed to the regime, stood by.",
    "Libya has meanwhile called off a presidential election.",
    "It includes a group called Durand Jirga.",
    "The company added 50 jobs.",
    "The team claimed victory.",
    "The name refers to a river.",
    "Prelogar, 43, argues the government’s cases.",
    "Prelogar defended the law.",
    "The Senate confirmed Prelogar by a vote of 53-36.",
    "The lawyer, who questioned Trump, left.",
    "The report was long.",
    "The list was maintained by Santiago Vila and, later, by Josip Rodin.",
    "Please refer to the manual for more.",
    "Please note that the list is long.",
    "The chamber rejected the bill.",
    "Karl Holt dismissed the manager.",
    "The president welcomed him to the palace.",
    "The premier called a meeting of ministers.",
    "Karl Holt concluded the talks before he was due in town.",
    "Anna Smith wrote a book about how towns grow.",
    "She was married to an actor called Hayes.",
    "If the world insisted it was late, they would go.",
    "How do you explain it was late?",
    "The good things people say about your firm are few.",
    "Bichel was cheered, adding 67 runs to the score.",
    "Groups are critical of Government claims that it works.",
    "He fought the sale, then declared an end to it.",
    "The party opposed the law.",
    "Seles recovered quickly and claimed the set.",
    "Violence has claimed eight lives.",
    "US-made jets blasted a building in Orbo.",
    "Sullivan told Page so.",
    "He called it PageRank.",
    "He called it Page Rank and used it in a new engine.",
    "What coaches have said about agents lately is bad.",
    "The worst thing you can do is to stop him by saying, “No, never.”",
    "They wait for elections called for in May.",
    "The shuttle Endeavour blasted off from the coast.",
    "What he threatened was that he would go.",
    "Unions will advise members to go because it is late.",
    "He laughed at the end of the day.",
    "Mateen maintained a high profile on social media, but is a mystery.",
    "The “patience” of the town is well known.",
]


@pytest.mark.parametrize("text", NONE, ids=[text[:40] for text in NONE])
def test_no_statement(text: str) -> None:
    assert said(text) == []


def test_a_quotation_in_two_parts_is_two_attributions_of_one_speaker() -> None:
    assert said("“A storm is near,” Anna Smith said. “Stay in.”") == [
        ("Anna Smith", "“A storm is near,”"),
        ("Anna Smith", "“Stay in.”"),
    ]
    assert said('"This is," Anna Smith said, "the end of it."') == [
        ("Anna Smith", '"This is,"'),
        ("Anna Smith", '"the end of it."'),
    ]


def test_participles_share_the_speaker_and_cut_the_words() -> None:
    assert said("Smith said prices rose, adding that wages fell, and Jones said “no.”") == [
        ("Smith", "prices rose"),
        ("Smith", "wages fell"),
        ("Jones", "“no.”"),
    ]


def test_and_carries_the_speaker_to_the_next_verb() -> None:
    assert said("Ryabkov said on Monday that no answer had come and underlined that Russia was ready.") == [
        ("Ryabkov", "no answer had come"),
        ("Ryabkov", "Russia was ready"),
    ]
    assert said("Kirby referred to these claims on Friday, but then added the assessment is open.") == [
        ("Kirby", "to these claims on Friday"),
        ("Kirby", "the assessment is open"),
    ]


def test_a_document_that_reports_somebody_gives_both() -> None:
    assert said("A White House statement said Sullivan welcomed the truce.") == [
        ("White House statement", "Sullivan welcomed the truce"),
        ("Sullivan", "the truce"),
    ]


def test_two_named_people_are_two_speakers() -> None:
    assert said("Angela Merkel and Emmanuel Macron said they would meet.") == [
        ("Angela Merkel", "they would meet"),
        ("Emmanuel Macron", "they would meet"),
    ]


def test_an_unknown_speaker_is_none() -> None:
    assert said("It was reported that the minister resigned.") == [(None, "the minister resigned")]
    assert said("They said the minister resigned.") == [(None, "the minister resigned")]


def test_no_cue_inside_a_quotation() -> None:
    assert said("“He said he would come,” Anna Smith said.") == [("Anna Smith", "“He said he would come,”")]


def test_manner_and_class() -> None:
    rows = [
        ("“It is over,” Smith said.", Manner.DIRECT, CueClass.SAYING),
        ("Smith said it was “over”.", Manner.MIXED, CueClass.SAYING),
        ("Smith said it was over.", Manner.INDIRECT, CueClass.SAYING),
        ("Smith praised the deal.", Manner.INDIRECT, CueClass.JUDGING),
        ("Smith believes that it is over.", Manner.INDIRECT, CueClass.ATTITUDE),
    ]
    got = [(text, found(text)[0].manner, found(text)[0].cue_class) for text, _, _ in rows]
    assert got == rows


def test_lemmas_of_cues() -> None:
    texts = {
        "Smith slammed the deal.": "slam",
        "Smith told AFP that it was over.": "tell",
        "Smith pointed out that it was over.": "point out",
        "“It is over,” Smith summed up.": "sum up",
        "According to Smith, it is over.": "according to",
        "Smith made clear that it was over.": "make clear",
    }
    assert {text: found(text)[0].cue for text in texts} == texts


def test_the_sentence_covers_words_and_cue() -> None:
    text = "It rained. “We wait. We hope,” Smith said on Friday. Then it rained."
    one = found(text)[0]
    assert text[one.start : one.end] == "“We wait. We hope,”"
    assert text[one.sentence_start : one.sentence_end] == "“We wait. We hope,” Smith said on Friday."
