"""Names that stand for one power: country, adjective, capital and seat of government.

Used only at question time and ranked below exact names: whether "Moscow" and "the Kremlin" are one speaker is a
reader's choice, not a fact of the text.
"""

from __future__ import annotations

from functools import cache

# One power a line: names | adjectives | capital and seats. Names that also mean something else are left out.
_POWERS = """
Afghanistan|Afghan|Kabul
Albania|Albanian|Tirana
Algeria|Algerian|Algiers
Argentina|Argentine,Argentinian|Buenos Aires,Casa Rosada
Armenia|Armenian|Yerevan
Australia|Australian|Canberra
Austria|Austrian|Vienna
Azerbaijan|Azerbaijani,Azeri|Baku
Bangladesh|Bangladeshi|Dhaka
Belarus|Belarusian,Belarussian|Minsk
Belgium|Belgian|
Bolivia|Bolivian|La Paz
Bosnia,Bosnia and Herzegovina|Bosnian|Sarajevo
Brazil|Brazilian|Brasilia,Brasília
Bulgaria|Bulgarian|Sofia
Cambodia|Cambodian|Phnom Penh
Canada|Canadian|Ottawa
Chile|Chilean|Santiago
China,People's Republic of China,PRC|Chinese|Beijing,Zhongnanhai
Colombia|Colombian|Bogota,Bogotá
Croatia|Croatian|Zagreb
Cuba|Cuban|Havana
Cyprus|Cypriot|Nicosia
Czech Republic,Czechia|Czech|Prague
Denmark|Danish|Copenhagen
Egypt|Egyptian|Cairo
Estonia|Estonian|Tallinn
Ethiopia|Ethiopian|Addis Ababa
European Union,EU,bloc|European|Brussels,European Commission
Finland|Finnish|Helsinki
France|French|Paris,Elysee,Élysée,Quai d'Orsay
Georgia|Georgian|Tbilisi
Germany|German|Berlin,Bundestag
Greece|Greek|Athens
Hungary|Hungarian|Budapest
Iceland|Icelandic|Reykjavik
India|Indian|New Delhi,Delhi
Indonesia|Indonesian|Jakarta
Iran,Islamic Republic|Iranian|Tehran
Iraq|Iraqi|Baghdad
Ireland|Irish|Dublin
Israel|Israeli|Jerusalem,Tel Aviv,Knesset
Italy|Italian|Rome,Palazzo Chigi
Japan|Japanese|Tokyo
Jordan|Jordanian|Amman
Kazakhstan|Kazakh,Kazakhstani|Astana
Kenya|Kenyan|Nairobi
Kosovo|Kosovar|Pristina
Latvia|Latvian|Riga
Lebanon|Lebanese|Beirut
Libya|Libyan|Tripoli
Lithuania|Lithuanian|Vilnius
Malaysia|Malaysian|Kuala Lumpur,Putrajaya
Mexico|Mexican|Mexico City
Moldova|Moldovan|Chisinau
Montenegro|Montenegrin|Podgorica
Morocco|Moroccan|Rabat
Myanmar,Burma|Burmese|Naypyidaw
NATO,North Atlantic Treaty Organization|NATO|alliance,bloc,military alliance
Nepal|Nepali,Nepalese|Kathmandu
Netherlands,Holland|Dutch|The Hague
New Zealand|New Zealand|Wellington
Nigeria|Nigerian|Abuja
North Korea,DPRK|North Korean|Pyongyang
North Macedonia|Macedonian|Skopje
Norway|Norwegian|Oslo
Pakistan|Pakistani|Islamabad
Palestine,Palestinian Authority|Palestinian|Ramallah
Peru|Peruvian|Lima
Philippines|Philippine,Filipino|Manila,Malacanang
Poland|Polish|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari|Doha
Romania|Romanian|Bucharest
Russia,Russian Federation|Russian|Moscow,Kremlin,Smolenskaya
Saudi Arabia|Saudi|Riyadh
Serbia|Serbian|Belgrade
Singapore|Singaporean|
Slovakia|Slovak|Bratislava
Slovenia|Slovenian|Ljubljana
Somalia|Somali|Mogadishu
South Africa|South African|Pretoria
South Korea|South Korean|Seoul,Blue House
Spain|Spanish|Madrid,Moncloa
Sri Lanka|Sri Lankan|Colombo
Sudan|Sudanese|Khartoum
Sweden|Swedish|Stockholm
Switzerland|Swiss|Bern
Syria|Syrian|Damascus
Taiwan|Taiwanese|Taipei
Thailand|Thai|Bangkok
Tunisia|Tunisian|Tunis
Turkey,Türkiye|Turkish|Ankara
Ukraine|Ukrainian|Kyiv,Kiev
United Arab Emirates,UAE|Emirati|Abu Dhabi
United Kingdom,UK,Britain,Great Britain|British,UK|London,Downing Street,Whitehall,Westminster
United Nations,UN|UN|
United States,US,USA,America|American,US|Washington,White House,Pentagon,State Department,Capitol Hill
Venezuela|Venezuelan|Caracas,Miraflores
Vietnam|Vietnamese|Hanoi
Yemen|Yemeni|Sanaa
"""


@cache
def _table() -> dict[str, int]:
    rows = _POWERS.strip().splitlines()
    return {
        word.casefold(): number
        for number, row in enumerate(rows)
        for group in row.split("|")
        for word in group.split(",")
        if word
    }


def fold(name: str) -> str:
    """A name as the table keys it: no determiner, no dots in abbreviations, lower case."""
    words = name.replace(".", "").replace("’", "'").casefold().split()
    if words[:1] == ["the"]:
        words = words[1:]
    return " ".join(words)


def power(name: str) -> int | None:
    """A number that all names of one power share ("Kremlin" and "Russian"); None for any other name."""
    key = fold(name)
    for form in (key, key.removesuffix("'s"), key.removesuffix("s")):
        if form in _table():
            return _table()[form]
    return None


def powers_in(phrase: str) -> frozenset[int]:
    """The powers that a phrase names with any of its runs of one to three words ("Russian deputy foreign minister")."""
    words = [w.strip(",'\"()") for w in phrase.split()]
    runs = (" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1))
    return frozenset(p for p in map(power, runs) if p is not None)


def country(phrase: str) -> str | None:
    """The one power that a phrase names, by its own name ("Lithuanian defence minister": "Lithuania"), else None."""
    found = powers_in(phrase)
    if len(found) != 1:
        return None
    (number,) = found
    return _POWERS.strip().splitlines()[number].partition("|")[0].partition(",")[0]
