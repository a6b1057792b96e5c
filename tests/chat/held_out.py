"""Thirty follow-ups that were written before there were any rules; the first rules got 27 of them right."""

from __future__ import annotations

from tests.chat.talk import Before, Case, Voice

HELD_OUT = (
    Case(
        "And Djokovic?",
        ("What did Djokovic say about the court surface?",),
        (
            Before(
                "What did Federer say about the court surface?",
                "“It is slow,” Federer said.",
                (Voice("Roger Federer"),),
            ),
        ),
    ),
    Case(
        "Why did she resign?",
        ("Why did Marta Oliveira resign?",),
        (Before("Who is Marta Oliveira?", "Marta Oliveira led the hospital until March."),),
    ),
    Case(
        "When?",
        ("When did the company buy that?", "When did the company buy it?", "What did the company buy, and when?"),
        (Before("What did the company buy?", "The company bought a shipyard in Rostock."),),
    ),
    Case(
        "How tall is it?",
        ("How tall is the lighthouse at Cape Wrath?",),
        (Before("When was the lighthouse at Cape Wrath built?", "The lighthouse at Cape Wrath was built in 1828."),),
    ),
    Case(
        "And in 2019?",
        ("How many whales were counted in 2019?",),
        (Before("How many whales were counted in 2018?", "In 2018 the survey counted 212 whales."),),
    ),
    Case(
        "What about the second reactor?",
        ("When does the second reactor close?",),
        (Before("When does the first reactor close?", "The first reactor closes in 2031."),),
    ),
    Case(
        "What does he say about inflation?",
        ("What does Andrew Bailey say about inflation?", "What does Bailey say about inflation?"),
        (
            Before(
                "Who is the governor of the Bank of England?",
                "Andrew Bailey is the governor.",
                (Voice("Andrew Bailey"),),
            ),
        ),
    ),
    Case(
        "What did his wife say?",
        ("What did Carlsen's wife say?",),
        (
            Before(
                "What did Carlsen say about the match?",
                "“I was tired,” he said.",
                (Voice("Magnus Carlsen", None, "he"),),
            ),
        ),
    ),
    Case(
        "What did their prime minister say about it?",
        ("What did Iceland's prime minister say about the fishing quota?",),
        (Before("What did Iceland say about the fishing quota?", "Iceland rejects the quota."),),
    ),
    Case(
        "Did he deny it?",
        ("Did Berlusconi deny it?", "Did Berlusconi deny the bribery?"),
        (
            Before(
                "Who accused Berlusconi of bribery?",
                "Prosecutors accused Berlusconi of bribery.",
                (Voice("prosecutors"),),
            ),
        ),
    ),
    Case(
        "Where?",
        ("Where was the treaty signed?",),
        (Before("When was the treaty signed?", "The treaty was signed in June 1919."),),
    ),
    Case(
        "By whom?",
        ("By whom was the vaccine developed?",),
        (Before("When was the vaccine developed?", "The vaccine was developed in 1955."),),
    ),
    Case(
        "What about children?",
        ("How much do children pay?",),
        (Before("How much do adults pay?", "Adults pay 12 euros."),),
    ),
    Case(
        "Who lives there?",
        ("Who lives in Svalbard?", "Who lives on Svalbard?"),
        (Before("Where is Svalbard?", "Svalbard lies in the Arctic Ocean."),),
    ),
    Case(
        "And what did NASA say?",
        ("And what did NASA say about the asteroid?", "What did NASA say about the asteroid?"),
        (Before("What did ESA say about the asteroid?", "ESA said that it would miss the Earth.", (Voice("ESA"),)),),
    ),
    Case(
        "Why did they do that?",
        ("Why did the teachers strike?", "Why did the teachers do that?"),
        (Before("When did the teachers strike?", "The teachers struck in May."),),
    ),
    Case(
        "How much did that bridge cost?",
        ("How much did the bridge over the Tagus cost?", "How much did that bridge over the Tagus cost?"),
        (Before("When was the bridge over the Tagus opened?", "The bridge over the Tagus was opened in 1966."),),
    ),
    Case(
        "What else did she say?",
        ("What else did Lagarde say?", "What else did Christine Lagarde say?"),
        (
            Before(
                "What did Lagarde say about rates?",
                "“Rates stay,” she said.",
                (Voice("Christine Lagarde", None, "she"),),
            ),
        ),
    ),
    Case(
        "And for dogs?",
        ("What is the dose for dogs?",),
        (Before("What is the dose for cats?", "The dose for cats is 2 mg."),),
    ),
    Case(
        "And Norway?",
        ("How many medals did Norway win?",),
        (Before("How many medals did Sweden win?", "Sweden won 18 medals."),),
    ),
    Case(
        "Who designed it?",
        ("Who designed the Sagrada Familia?",),
        (Before("When was the Sagrada Familia begun?", "The Sagrada Familia was begun in 1882."),),
    ),
    Case(
        "What happened then?",
        ("What happened in 1989?",),
        (Before("Who was president of Panama in 1989?", "Manuel Noriega ruled Panama."),),
    ),
    Case(
        "What did he promise her?",
        ("What did Gatsby promise Daisy?",),
        (Before("What did Gatsby tell Daisy?", "Gatsby told Daisy about Oxford."),),
    ),
    Case(
        "What are its side effects?",
        ("What are ibuprofen's side effects?", "What are the side effects of ibuprofen?"),
        (Before("What is ibuprofen used for?", "Ibuprofen is used for pain."),),
    ),
    Case(
        "Who wrote the report on the Hillsborough disaster?",
        ("Who wrote the report on the Hillsborough disaster?",),
        (Before("What did Blatter say about the vote?", "“It was fair,” Blatter said.", (Voice("Sepp Blatter"),)),),
    ),
    Case(
        "What did Merkel say about her successor?",
        ("What did Merkel say about her successor?",),
        (Before("What did Scholz say about the budget?", "“It holds,” Scholz said.", (Voice("Olaf Scholz"),)),),
    ),
    Case(
        "Is it true that the museum closes in June?",
        ("Is it true that the museum closes in June?",),
        (Before("Where is the museum of glass?", "The museum of glass is in Corning."),),
    ),
    Case(
        "How many people were there at the concert in Riga?",
        ("How many people were there at the concert in Riga?",),
        (Before("Who played in Tallinn?", "Metallica played in Tallinn."),),
    ),
    Case(
        "When did the ministers agree that the tax would rise?",
        ("When did the ministers agree that the tax would rise?",),
        (Before("What is the tax rate?", "The tax rate is 21 percent."),),
    ),
    Case(
        "Which rivers flow through Serbia?",
        ("Which rivers flow through Serbia?",),
        (Before("What about the Danube in Hungary?", "The Danube flows through Budapest."),),
    ),
)

MORE = (
    Case(
        "And in 2011?",
        ("Which team won the cup in 2011?",),
        (Before("Which team won the cup in 2010?", "Ajax won the cup.", ()),),
    ),
    Case(
        "And the employers?",
        ("What did the employers say about the pension reform?",),
        (
            Before(
                "What did the unions say about the pension reform?",
                "“It is a robbery,” said the CGT.",
                (Voice("CGT", None, None),),
            ),
        ),
    ),
    Case(
        "When did she announce it?",
        ("When did Ursula von der Leyen announce it?",),
        (
            Before(
                "What did Ursula von der Leyen announce?",
                "She announced a fund.",
                (Voice("Ursula von der Leyen", "Commission president", "she"),),
            ),
        ),
    ),
    Case(
        "How long has he led it?",
        ("How long has Simon Rattle led the orchestra?",),
        (Before("Who leads the orchestra?", "Simon Rattle leads it.", (Voice("Simon Rattle", None, None),)),),
    ),
    Case(
        "And Russia?",
        ("How many tonnes of wheat did Russia export in 2021?",),
        (Before("How many tonnes of wheat did Ukraine export in 2021?", "20 million tonnes.", ()),),
    ),
    Case(
        "How can it be prevented?",
        ("How can coral bleaching be prevented?",),
        (Before("What causes coral bleaching?", "Warm water.", ()),),
    ),
    Case(
        "And of Ericsson?",
        ("Where is the headquarters of Ericsson?",),
        (Before("Where is the headquarters of Nokia?", "In Espoo.", ()),),
    ),
    Case(
        "And for drunk driving?",
        ("What is the penalty for drunk driving in Finland?",),
        (Before("What is the penalty for speeding in Finland?", "A day fine.", ()),),
    ),
    Case(
        "Who voted against it?",
        ("Who voted against the budget?",),
        (Before("Did the council approve the budget?", "It did.", ()),),
    ),
    Case(
        "How did Merkel react to that?",
        ("How did Merkel react to that?",),
        (
            Before(
                "What did Macron say about NATO?",
                "“Brain-dead.”",
                (Voice("Emmanuel Macron", "French president", None),),
            ),
        ),
    ),
    Case(
        "What did she say in Davos?",
        ("What did Greta Thunberg say in Davos?",),
        (Before("Who is Greta Thunberg?", "Greta Thunberg is a Swedish activist.", ()),),
    ),
    Case("When did it end?", ("When did the strike end?",), (Before("When did the strike begin?", "On Monday.", ()),)),
    Case(
        "And for flu?",
        ("What do doctors recommend for flu?",),
        (Before("What do doctors recommend for colds?", "Rest.", ()),),
    ),
    Case(
        "Which of them have ratified it?",
        ("Which of the countries have ratified the agreement?",),
        (Before("Which countries signed the agreement?", "France and Spain.", ()),),
    ),
    Case(
        "And the Earth?", ("How old is the Earth?",), (Before("How old is the universe?", "13.8 billion years.", ()),)
    ),
    Case("Who wrote it?", ("Who wrote the report?",), (Before("What did the report find?", "It found fraud.", ()),)),
    Case(
        "And what did Zelensky answer?",
        (
            "And what did Zelensky answer?",
            "What did Zelensky answer?",
        ),
        (Before("What did Trump tell Zelensky?", "He asked for a favour.", (Voice("Donald Trump", None, None),)),),
    ),
    Case(
        "For how long?",
        (
            "Why was the airport closed, and for how long?",
            "For how long was the airport closed?",
        ),
        (Before("Why was the airport closed?", "Because of fog.", ()),),
    ),
    Case("What was his time?", ("What was Mo Farah's time?",), (Before("Who won the race?", "Mo Farah won.", ()),)),
    Case(
        "Who directed it?",
        ("Who directed the film?",),
        (Before("What did the Vatican say about the film?", "It condemned it.", (Voice("the Vatican", None, None),)),),
    ),
)
"""Twenty more, written before the rules had seen the others' faults; 16 of them were right at first."""
