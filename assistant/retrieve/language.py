"""Whether a question is in another language than English."""

from __future__ import annotations

import re

_SCRIPTS = (
    ("Greek", "\u0370", "\u03ff"),
    ("a language in Cyrillic script", "\u0400", "\u04ff"),
    ("Hebrew", "\u0590", "\u05ff"),
    ("a language in Arabic script", "\u0600", "\u06ff"),
    ("a language in Devanagari script", "\u0900", "\u097f"),
    ("Thai", "\u0e00", "\u0e7f"),
    ("Japanese", "\u3040", "\u30ff"),
    ("Chinese", "\u4e00", "\u9fff"),
    ("Korean", "\uac00", "\ud7af"),
)
_FUNCTION_WORDS = {
    "English": "the of and to is was what who how did does when where which why are in for on with that it by from",
    "German": "der die das und ist wer wie wann wo warum welche welcher hat haben war sind nicht ein eine von mit für "
    "auf dem den über zu im",
    "French": "le la les des est qui que quoi quand où pourquoi comment quel quelle a ont été sont du une dans pour "
    "sur avec et au aux",
    "Spanish": "el la los las es quién qué cuándo dónde por cómo cuál fue son una del en para con y de se ha han",
    "Italian": "il lo gli le è chi che cosa quando dove perché come quale di della nel una per con sono ha hanno stato",
    "Portuguese": "o os as é quem que quando onde por como qual foi são uma do da em para com não e de",
    "Dutch": "de het een en is wie wat wanneer waar waarom hoe welke heeft hebben van met voor op zijn niet was door",
    "Polish": "kto co kiedy gdzie dlaczego jak jest są był była nie się w na z do i który która przez oraz",
    "Lithuanian": "kas ką kada kur kodėl kaip yra buvo ir su apie į iš kuris kuri kiek dėl ar",
    "Latvian": "kas ko kad kur kāpēc kā ir bija un ar par no uz kurš kura cik vai",
    "Swedish": "vem vad när var varför hur är och det den en ett som på av med för till har inte",
}


def language_of(text: str) -> str | None:
    """The language of a text if it is surely not English, by script or function words; else None."""
    letters = [c for c in text[:2_000] if c.isalpha()]
    if not letters:
        return None
    for name, first, last in _SCRIPTS:
        if sum(first <= c <= last for c in letters) * 2 > len(letters):
            return name
    words = set(re.findall(r"[^\W\d_]+", text[:2_000].lower()))
    scores = {language: len(words & set(listed.split())) for language, listed in _FUNCTION_WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    if best == "English" or scores[best] < 2 or scores[best] <= scores["English"] + 1:
        return None
    return best
