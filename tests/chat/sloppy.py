"""Thirty follow-ups typed in haste, written before any rule looked at that; 24 of them were right at first."""

from __future__ import annotations

from tests.chat.talk import Before, Case, Voice

NAMES = {name.lower(): name for name in ("Okafor", "Lindgren", "Tanaka", "Reyes", "Moreau")}
"""Surnames that the corpus knows as speakers."""

_OKAFOR = Before(
    "what did okafor say about the dam?", "“It leaks,” Okafor said.", (Voice("Grace Okafor", None, "she"),)
)
_LINDGREN = Before(
    "what did lindgren claim", "“We won,” he said.", (Voice("Per Lindgren", "Swedish finance minister", "he"),)
)
_COST = Before("how much did the stadium in porto cost", "The stadium cost 97 million euros.")
_OPEN = Before("when did the metro in lagos open?", "The metro opened in 2023.")
_WHO = Before("who discovered radium", "Marie Curie discovered radium in 1898.")

SLOPPY = (
    Case("and tanaka?", ("What did Tanaka say about the dam?", "what did Tanaka say about the dam?"), (_OKAFOR,)),
    Case("what about reyes", ("What did Reyes say about the dam?",), (_OKAFOR,)),
    Case("and the mayor?", ("What did the mayor say about the dam?",), (_OKAFOR,)),
    Case(
        "what else did she say",
        ("What else did okafor say", "What else did Okafor say", "What else did Grace Okafor say"),
        (_OKAFOR,),
    ),
    Case("why", ("Why did okafor say that about the dam?", "Why did Okafor say that about the dam?"), (_OKAFOR,)),
    Case(
        "did she warn of floods",
        ("Did okafor warn of floods", "Did Okafor warn of floods", "Did Grace Okafor warn of floods"),
        (_OKAFOR,),
    ),
    Case("and what did his prime minister say?", ("What did Sweden's prime minister say?",), (_LINDGREN,)),
    Case(
        "when did he say that",
        ("When did lindgren say that", "When did Lindgren say that", "When did Per Lindgren say that"),
        (_LINDGREN,),
    ),
    Case("and moreau", ("What did Moreau claim?",), (_LINDGREN,)),
    Case("how old is he", ("How old is lindgren", "How old is Lindgren", "How old is Per Lindgren"), (_LINDGREN,)),
    Case(
        "and the one in lisbon?",
        ("And the one in lisbon?", "How much did the stadium in lisbon cost?", "How much did the one in lisbon cost?"),
        (_COST,),
    ),
    Case("and the bridge?", ("How much did the bridge cost?",), (_COST,)),
    Case("who paid for it?", ("Who paid for the stadium in porto?",), (_COST,)),
    Case("when was it built", ("When was the stadium in porto built",), (_COST,)),
    Case(
        "and in lisbon?",
        ("How much did the stadium in lisbon cost?", "How much did the stadium in porto cost in lisbon?"),
        (_COST,),
    ),
    Case("why?", ("Why did the stadium in porto cost that much?",), (_COST,)),
    Case(
        "and in cairo?", ("When did the metro in cairo open?", "When did the metro in lagos open in cairo?"), (_OPEN,)
    ),
    Case("who built it", ("Who built the metro in lagos",), (_OPEN,)),
    Case("how long is it?", ("How long is the metro in lagos?",), (_OPEN,)),
    Case("what about the airport?", ("When did the airport open?",), (_OPEN,)),
    Case("when?", ("When was radium discovered?",), (_WHO,)),
    Case("and polonium?", ("Who discovered polonium?",), (_WHO,)),
    Case("what is it used for", ("What is radium used for",), (_WHO,)),
    Case("where was she born", ("Where was Marie Curie born",), (_WHO,)),
    Case("what did tanaka say about her brother", ("what did tanaka say about her brother",), (_OKAFOR,)),
    Case("is it true that lisbon has two stadiums", ("is it true that lisbon has two stadiums",), (_COST,)),
    Case("metro map", ("metro map",), (_OPEN,)),
    Case("who won the nobel prize in 1911", ("who won the nobel prize in 1911",), (_WHO,)),
    Case("how many people live in lagos", ("how many people live in lagos",), (_OPEN,)),
    Case("did okafor say she would resign", ("did okafor say she would resign",), (_LINDGREN,)),
)
