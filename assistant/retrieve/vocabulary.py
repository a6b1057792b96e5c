"""Closed word classes of English that the stages look words up in."""

from __future__ import annotations

STOP_WORDS = frozenset(
    """a about above after again against ago all almost along already also although always am among an and another any
    anybody anyone anything are aren around as at away be because been before began behind being below
    between both but by can cannot could couldn did didn do does doesn doing don done down during each either else
    ever every everyone everything few for from further get gets getting give given go goes going gone got had hadn
    has hasn have haven having he hence her here hers herself him himself his how however i if in indeed instead into
    is isn it its itself just least less let like made make makes many may me might mine more moreover most mr mrs ms
    much must my myself near neither nor not nothing now of off often on once one only onto or other others otherwise
    our ours ourselves out over own per perhaps please put quite rather really said same say says shall she should
    shouldn since so some somebody someone something soon still such take taken takes tell than that the their theirs
    them themselves then there therefore these they this those though through throughout thus to together too took
    toward towards under until up upon us use used using very via was wasn we well were weren what whatever when where
    whether which while who whoever whole whom whose why will with within without won't would wouldn yet you your
    yours yourself yourselves am pm""".split()
)
"""Words that say nothing about a topic."""

NOT_CONTENT = frozenset(
    """many much long old big far tall wide heavy name
    named names called call known know kind kinds type types sort sorts exactly happen
    happened happens explain describe list find mean means meaning define definition information article articles
    story news report text document documents show according question answer next happening concerning regarding
    actually currently work works worked working appear appears appeared located based occur occurs occurred
    job profession occupation meant supposed shown
    place places thing things people person persons number amount percentage percent year
    years day date month time times total""".split()
)
"""Words of a question that belong to the asking, not to what is asked about."""

GENERAL = frozenset(
    """able absent accept acceptable achieve act actual add additional adequate affect agency agree aim allow
    alternative amend amount announce answer apply appoint approach appropriate approve area argue arise arrange
    arrive ask aspect assert assess assign assist attach attend attendee author available avoid award aware bad
    base basic basis become begin behavior believe belong benefit best big body boss bring bug build business
    buy calculate capable carry case cash cast cause cease certain chair chairman chance change charge check
    chief choose circumstance claim clear client close collect come comment commit common company compare
    complain complete comply compose concern conclude condition conduct confirm connect consequence consider
    consist contain continue contribute control convene convince correct cost count cover create creator critic
    current customer cut damage deal debate decide decision declare decline decrease default define degree delay
    deliver demand deny depend describe deserve design detail determine develop differ difference different
    difficult disagree discover discuss distinct distribute divide document draw drop duty easy effect effective
    effort eligible employ employee enable encourage end enforce enjoy ensure enter entire entitle equal error
    essential establish estimate event exact examine example exceed exclude exist expand expect experience
    expert express extend extent face fact factor fail failure fall fault fear feature fee feel file fill final
    find fine finish firm first fit fix follow forbid force form former found founder free full function future
    gain gather general goal good govern grade great ground group grow guarantee guest handle happen head help
    high hire hold host idea identify ignore impact implement important improve include income increase
    individual influence inform initial insist install institution intend intention interest introduce inventor
    invite involve issue item join journalist justify keep key label lack large last later latest launch lay
    lead leader learn leave level likely limit list live locate look lose main maintain major majority manage
    manner matter maximum meaning means measure meet member mention method minimum mistake mode modify money
    move name necessary need new normal notice notion object objective obligation obtain occasion offer office
    official only open operate opinion opportunity oppose option order organization organize original originate
    other outcome overall overcome owe own owner paper part participant participate particular party pass pay
    penalty people perform performance period permission permit person piece place plan play point policy
    portion position possess possible power practice precise prepare present preside prevent previous price
    primary principle prior private problem procedure proceed process produce product program prohibit promise
    promote prompt proper proposal prove provide public publish pull purpose push qualify quality question raise
    rate reach react read reader ready real realize reason receive recent recognize recommend record reduce
    refer refuse regard regular reject relate release relevant rely remain remove repair replace reply reporter
    represent request require required requirement resolve respond responsibility responsible restrict
    restriction result retain return reveal review right role rule run salary same satisfy save schedule scope
    second section see seek select send separate serve set settle several share short significant similar simple
    single situation small source speak speaker special specific specify spend staff stage stand standard start
    state status stay step stop store strict style subject submit succeed such suffer sufficient suggest
    suitable sum supply support suppose surround switch system talk target task term test text thing think title
    tool topic total transport traveller treat trigger trouble true try turn typical understand undertake update
    urge user usual value various vary version view viewer visit visitor wait want warn watch way whole win wish
    worker worry worth write wrong""".split()
)
"""Words that another word can stand for: verbs of doing and having, abstract nouns, general names for people and firms.

That a text lacks one of them says less about what it tells than a lacking name, number or concrete noun does.
"""

SMALL_WORDS = frozenset("a an and as at but by for from in into of on or over the to up with".split())
"""Words that headlines leave in lower case."""

SYMBOLS = {"%": "percent", "$": "dollar", "€": "euro", "£": "pound"}

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}

NUMBER_WORDS = {
    name: str(number)
    for number, name in enumerate(
        """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty""".split(),
        2,
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}

_VERBS = """arise arose arisen|become became|begin began begun|bend bent|bind bound|bite bit bitten|
bleed bled|blow blew blown|break
broke broken|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen choice|come came|deal
dealt|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight
fought|flee fled|fly flew flown flight|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|grow grew
grown growth|hear heard|hide hid hidden|hold held|keep kept|lay laid|lead led|leave left|lend lent loan loans|
lose lost loss|meet
met meeting|pay paid payment|ride rode ridden|ring rang rung|rise rose risen|run ran|seek sought|sell sold sale
sales|send sent|shake shook shaken|shoot shot|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep
slept|speak spoke spoken speech|spend spent|spin spun|stand stood|steal stole stolen|strike struck|swear swore
sworn|sweep swept|swim swam swum|teach taught|tear tore torn|think thought|throw threw thrown|wear wore worn|win won
winner|write wrote written|die died dead death|bear born birth|marry married marriage|know knew|grant granted"""

_COUNTRIES = """france french|china chinese|netherlands dutch|spain spanish|sweden swedish|denmark danish dane|poland
polish|turkey turkish|greece greek|ireland irish|wales welsh|scotland scottish scots|finland finnish|switzerland
swiss|norway norwegian|thailand thai|philippines filipino|germany german|kyiv kiev|czechia czech|usa america american
americans|uk britain british|cyprus cypriot|peru peruvian|lebanon lebanese|belarus belarusian byelorussian|slovakia
slovak|slovenia slovenian slovene|serbia serbian serb|croatia croatian croat|kazakhstan kazakh|uzbekistan
uzbek|tajikistan
tajik|kyrgyzstan kyrgyz|turkmenistan turkmen|afghanistan afghan|argentina argentine argentinian|hungary
hungarian|portugal portuguese|vietnam vietnamese|japan japanese|taiwan taiwanese|canada canadian|congo congolese|iceland
icelandic|estonia estonian|latvia latvian|lithuania lithuanian|ukraine ukrainian|russia russian|iraq iraqi|israel
israeli|iran iranian"""

_MONTHS_SHORT = {"jan": "january", "feb": "february", "apr": "april", "jun": "june", "jul": "july", "aug": "august"} | {
    "sep": "september",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
}


def _families(table: str) -> dict[str, str]:
    rows = [" ".join(row.split()).split() for row in table.replace("\n", " ").split("|")]
    return {form: row[0] for row in rows for form in row[1:]}


_SPELLINGS = """defense defence|maneuver manoeuvre|maneuvers manoeuvres|program programme|programs programmes|center
centre|centers centres|theater theatre|license licence|gray grey|color colour|labor labour|harbor harbour|honor
honour|favor favour|neighbor neighbour|neighbors neighbours|behavior behaviour|rumor rumour|rumors rumours|armor
armour|armored armoured|catalog catalogue|meter metre|meters metres|kilometers kilometres|liter litre|check cheque|
judgment judgement|aluminum aluminium|skeptical sceptical|organize organise|organized organised|recognize recognise|
recognized recognised|organization organisation|organizations organisations|criticize criticise|criticized criticised"""


FORMS = _families(_VERBS) | _families(_SPELLINGS) | _families(_COUNTRIES) | _MONTHS_SHORT | NUMBER_WORDS
"""Spelling to the one it is compared as."""
