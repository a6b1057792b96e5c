"""The five seed pages with their kept paragraphs named by hand, so that these tests need no cleaner."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import Article, Block, BlockKind, Document, Provenance

SEEDS = Path(__file__).parents[2] / "seeds"
REMOVED = ("FILE PHOTO", "•", "©", "..", "Leave a Reply", "Post a Comment", "No comments", "Related Posts", "By Layla")
HEADINGS = {
    "Patience with West has come to an end – Moscow",
    "Russia’s ability to keep calm is waning, foreign minister indicates",
    "Russia ‘fabricating a pretext for invasion’ of Ukraine – White House",
    "Washington believes Moscow could stage a fake incident to justify military action",
    "Russia responds to US ‘false flag’ claims",
    "The Kremlin says there is no evidence for ‘hearsay’ accusations",
    "of Russian ‘operatives’ set to frame Ukraine",
    "Estonia, Latvia and Lithuania want to increase deterrence",
    "against possible Russian military action",
    "US Supporting Lithuania",
    "Bratislava against",
    '"There is a consistent refutation"',
    "Mastering the European military theater",
    "Military buildup and missiles",
}
DROPPED = {
    "X",
    "Saturday, January 15, 2022",
    "Troops of the Donetsk People’s Republic, opposed to the Kiev regime, in front of a statue of Bolshevik Party "
    "leader Vladimir Lenin",
    "Russian President Vladimir Putin warns of military-technical measures and a tough response if NATO expands "
    "further toward Russia",
    "The head of Libya’s election committee orders the dissolution of the electoral body ahead of polls today.",
    "A Lithuanian soldier seen carrying a M72 unguided anti-tank training weapon. Photo: A.Pliadis/Lithuania Ministry "
    "of Defense",
    "Your email address will not be published. Required fields are marked *",
}


def seed(prefix: str) -> tuple[Document, Article]:
    """One seed as a document with one article whose blocks are its kept lines."""
    path = next(SEEDS.glob(prefix + "_*.txt"))
    text = path.read_text(encoding="utf-8")
    blocks = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        words = line.strip()
        if words and words not in DROPPED and not words.startswith(REMOVED):
            start = at + line.index(words)
            title = number == 0 or words.startswith("European Politics >")
            kind = BlockKind.TITLE if title else BlockKind.HEADING if words in HEADINGS else BlockKind.BODY
            if prefix == "003" and number == 0:
                kind = BlockKind.BODY
            blocks.append(Block(start, start + len(words), kind))
        at += len(line) + 1
    document = Document(path.name, "0" * 64, text, "text")
    return document, Article(path.name, 0, 0, len(text), Provenance(), tuple(blocks))
