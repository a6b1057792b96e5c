"""Follow-ups that the rules were made with, and questions that they must leave alone."""

from __future__ import annotations

from tests.chat.talk import Before, Case, Voice

VOLCANO = Before("What did Hansen say about the volcano?", "“It sleeps,” he said.", (Voice("Ida Hansen", "geologist"),))
MINISTER = Before(
    "What did Anders Lund claim?",
    "“We are ready,” he said.",
    (Voice("Anders Lund", "Danish Defence Minister", "he"),),
)
BRIDGE = Before("Who built the bridge over the Vltava?", "Petr Parler built the bridge over the Vltava in 1357.")
MUSEUM = Before("When was the museum of maps opened?", "The museum of maps was opened in 1931.")
COUNTRY = Before("What did Chile say about lithium prices?", "Chile expects them to fall.", (Voice("Chile"),))
PILL = Before("What is aspirin made from?", "Aspirin is made from salicylic acid.")

FOLLOW_UPS = (
    # Somebody or something takes the place of somebody or something.
    Case("And Novak?", ("What did Novak say about the volcano?",), (VOLCANO,)),
    Case("What about Novak?", ("What did Novak say about the volcano?",), (VOLCANO,)),
    Case("and what about the mayor?", ("What did the mayor say about the volcano?",), (VOLCANO,)),
    Case("And about the glacier?", ("What did Hansen say about the glacier?",), (VOLCANO,)),
    Case("And Peru?", ("What did Peru say about lithium prices?",), (COUNTRY,)),
    Case("What about copper prices?", ("What did Chile say about copper prices?",), (COUNTRY,)),
    Case("And the tunnel?", ("Who built the tunnel?",), (BRIDGE,)),
    Case("And the museum of clocks?", ("When was the museum of clocks opened?",), (MUSEUM,)),
    Case("And paracetamol?", ("What is paracetamol made from?",), (PILL,)),
    Case(
        "How about goats?",
        ("How many goats live in the valley?",),
        (Before("How many sheep live in the valley?", "900 sheep."),),
    ),
    Case(
        "And UNICEF?",
        ("How much did UNICEF spend on vaccines?",),
        (Before("How much did Gavi spend on vaccines?", "Gavi spent $2 billion."),),
    ),
    Case("What about the second lap?", ("Who won the second lap?",), (Before("Who won the first lap?", "Kimi won."),)),
    Case("And Graz?", ("Who is the mayor of Graz?",), (Before("Who is the mayor of Linz?", "Klaus Luger is."),)),
    Case("And the river?", ("Is the river deep in summer?",), (Before("Is the lake deep in summer?", "It is not."),)),
    # Another time, place or purpose.
    Case(
        "And in 2003?",
        ("Who won the election in 2003?",),
        (Before("Who won the election in 1999?", "The Greens won."),),
    ),
    Case(
        "And last year?",
        ("How many trees were felled last year?",),
        (Before("How many trees were felled in May 2020?", "Forty."),),
    ),
    Case("In 2014?", ("What did Hansen say about the volcano in 2014?",), (VOLCANO,)),
    Case(
        "And in Lyon?",
        ("How much does a ticket cost in Lyon?",),
        (Before("How much does a ticket cost in Paris?", "Two euros."),),
    ),
    Case(
        "And to Denmark?",
        ("What did Poland sell to Denmark?",),
        (Before("What did Poland sell to Norway?", "Poland sold ships."),),
    ),
    Case(
        "And on Tuesday?",
        ("When does the pool open on Tuesday?",),
        (Before("When does the pool open on Monday?", "At nine."),),
    ),
    Case("And with milk?", ("How long does tea keep with milk?",), (Before("How long does tea keep?", "A day."),)),
    # Another question word.
    Case("When?", ("When was the bridge over the Vltava built?",), (BRIDGE,)),
    Case("Where?", ("Where was the museum of maps opened?",), (MUSEUM,)),
    Case("And by whom?", ("By whom was the museum of maps opened?",), (MUSEUM,)),
    Case("Why?", ("Why did Hansen say that about the volcano?",), (VOLCANO,)),
    Case("When exactly?", ("When exactly did Hansen resign?",), (Before("Did Hansen resign?", "Hansen resigned."),)),
    Case("Why?", ("Why did the opera cost that much?",), (Before("How much did the opera cost?", "Nine million."),)),
    Case("Who else?", ("Who else criticised the dam?",), (Before("Who criticised the dam?", "Farmers did."),)),
    Case("What else?", ("What else did Hansen say about the volcano?",), (VOLCANO,)),
    # Words that point back.
    Case("When did he say that?", ("When did Anders Lund say that?",), (MINISTER,)),
    Case("And what did his president say?", ("What did Denmark's president say?",), (MINISTER,)),
    Case("How large is his country's army?", ("How large is Denmark's army?",), (MINISTER,)),
    Case("What did his wife say?", ("What did Anders Lund's wife say?",), (MINISTER,)),
    Case("Why did she say that?", ("Why did Hansen say that about the volcano?",), (VOLCANO,)),
    Case("How long is it?", ("How long is the bridge over the Vltava?",), (BRIDGE,)),
    Case("What else did he build?", ("What else did Petr Parler build?",), (BRIDGE,)),
    Case("What does it show?", ("What does the museum of maps show?",), (MUSEUM,)),
    Case("How big is that museum?", ("How big is the museum of maps?",), (MUSEUM,)),
    Case("What happened in that year?", ("What happened in 1931?",), (MUSEUM,)),
    Case("What did they say about copper?", ("What did Chile say about copper?",), (COUNTRY,)),
    Case("What did their president say?", ("What did Chile's president say?",), (COUNTRY,)),
    Case("Who lives there?", ("Who lives in Nuuk?",), (Before("How cold was it in Nuuk in 2010?", "It was mild."),)),
    Case("What did Novak say about it?", ("What did Novak say about the volcano?",), (VOLCANO,)),
    Case("Is it dangerous?", ("Is the volcano dangerous?",), (VOLCANO,)),
    Case("What are its side effects?", ("What are aspirin's side effects?",), (PILL,)),
    Case("Did Novak meet her?", ("Did Novak meet Hansen?",), (VOLCANO,)),
    Case("And what did Novak say?", ("What did Novak say about the volcano?",), (VOLCANO,)),
    Case("Did Peru?", ("Did Peru ban plastic bags?",), (Before("Did Chile ban plastic bags?", "Chile did."),)),
    # A person by the answer, and somebody of another gender in between.
    Case(
        "How old is he?",
        ("How old is Lars Vik?",),
        (Before("Who is the mayor of Oslo?", "Lars Vik is the mayor.", (Voice("Lars Vik"),)),),
    ),
    Case(
        "What did she say about taxes?",
        ("What did Berit Moe say about taxes?",),
        (
            Before("What did Berit Moe say?", "“No,” she said.", (Voice("Berit Moe", None, "she"),)),
            Before("What did Jon Dahl say?", "“Yes,” he said.", (Voice("Jon Dahl", None, "he"),)),
        ),
    ),
    Case(
        "And Stoltenberg?",
        ("What did Stoltenberg say about the harbour?",),
        (
            Before("What did Sullivan say about the harbour?", "Nothing new.", (Voice("Ann Sullivan"),)),
            Before("What did Novak say about the harbour?", "Nothing at all.", (Voice("Eva Novak"),)),
        ),
    ),
)

STANDS_ALONE = (
    "What did Novak say about her mother?",
    "Did Novak say he would resign?",
    "Who owns the ferry?",
    "Is it true that the volcano erupted in 1902?",
    "Is there a bridge in Prague?",
    "How many bridges are there in Prague?",
    "What did the minister say when she was asked about the dam?",
    "Which town claims that it has the oldest tower?",
    "What did Chile say about its copper mines?",
    "What time is it in Tokyo?",
    "How long does it take to cross the strait?",
    "When did the farmers sell their land?",
    "Who said that the dam is safe?",
    "What is the treaty that Norway signed in 1905?",
    "What did Hansen tell the reporters about his time in prison?",
    "Who was the first president of Iceland?",
    "Why did Peru ban plastic bags?",
    "List the speakers who criticised the dam.",
    "How did the prices of copper and lithium change between 2010 and 2020?",
    "Was it Novak who warned of the eruption?",
    "Does Portugal let its citizens vote by post?",
    "What did Lund say about Hansen and her volcano?",
)
