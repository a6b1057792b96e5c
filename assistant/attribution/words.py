"""Closed word classes that the rules ask for. All in lower case unless said otherwise."""

from __future__ import annotations

DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any every each no another one two three several "
    "many most all both few".split()
)
ARTICLES = frozenset("the a an".split())
POSSESSIVE_PRONOUNS = frozenset("his her its their our my your".split())
HE_SHE = frozenset({"he", "she"})
SUBJECT_PRONOUNS = frozenset("he she they it we i you".split())
RELATIVES = frozenset("who which that".split())
STANDALONE = frozenset("he she they it we i you who others some many one this these both".split())
"""Words that are a source on their own."""

BE = frozenset("is are was were be been being am's isn't aren't wasn't weren't am".split())
AUXILIARIES = BE | frozenset(
    "has have had having do does did will would could should may might must can shall cannot can't won't wouldn't "
    "couldn't shouldn't don't doesn't didn't hasn't haven't hadn't he's she's it's they've we've i've i'd he'd she'd "
    "they'd we'd i'll he'll she'll they'll we'll they're we're you're i'm".split()
)
NEGATIONS = frozenset("not never neither nor cannot".split())
DECLINES = frozenset(
    "declined declines refused refuses failed fails unable unwilling reluctant yet decline refuse fail afraid "
    "neglected".split()
)
"""Before "to say": nothing was said."""
GOES_ON = frozenset("on continued continues proceeded continue began begun".split())
"""Before "to say": it was said ("went on to say")."""

PREPOSITIONS = frozenset(
    "of in on at by for from with to into onto over under about against between among during after before since until "
    "through throughout within without across near amid amidst despite following regarding concerning toward towards "
    "upon via per off above below behind beyond along alongside around like unlike as besides except including "
    "outside inside".split()
)
SUBORDINATORS = frozenset(
    "that because if when while although though since after before than whether until unless where whereas how why "
    "what as once whenever wherever".split()
)
COORDINATORS = frozenset("and or but nor yet".split())
ADVERBS = frozenset(
    "overall also further then later earlier now meanwhile again once first recently already still just "
    "even often always "
    "however instead therefore thus too rather soon today yesterday tomorrow tonight ever quite almost once-again "
    "nevertheless nonetheless moreover furthermore additionally so indeed perhaps maybe not never n't only yet back "
    "there here afterwards afterward elsewhere long since reportedly ago twice both all themselves himself herself "
    "itself sometimes apparently second third".split()
)
TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays january february april june july august september october november december jan. feb. mar. apr. "
    "aug. sept. sep. oct. nov. dec. yesterday today tomorrow tonight morning afternoon evening night week month year "
    "weekend midday noon midnight overnight weeks months years days day hours".split()
)
TIME_LEADS = frozenset("on in last this next earlier later late early that the same at past previous every".split())
NEVER_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february july september october november "
    "december".split()
)
"""Days and months that are nobody's name."""

IRREGULAR_VERBS = frozenset(
    "came went met made took gave got held began left led ran won lost kept brought bought built caught chose drew "
    "drove fell fought flew forgot grew heard hit hurt laid lay lent let meant paid put rose sat sent "
    "set shot spoke rang sang drank swam hid bit blew froze tore woke "
    "spent stood struck taught thought threw understood wore became broke fed fled hung sold slept stuck swept sank "
    "shook stole sought knew saw told said wrote comes goes makes takes gives gets holds begins leaves leads runs "
    "wins loses keeps brings means pays puts rises sends sets speaks spends stands works needs includes contains "
    "follows seems appears remains becomes wants knows thinks believes".split()
)
"""Frequent finite forms; with -ed forms and auxiliaries they mark a clause without a part-of-speech tagger."""

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady sen rep gov gen lt col sgt maj capt adm rev hon st sheikh "
    "sheik imam rabbi father pastor pope king queen prince princess emperor justice judge lieutenant colonel captain "
    "major general admiral sergeant corporal private officer detective inspector constable brig cpl pvt cmdr "
    "commander ayatollah sultan emir messrs madame monsieur herr frau baron baroness count countess duke duchess "
    "saint mullah cardinal bishop archbishop reverend sister brother senator congressman congresswoman representative "
    "governor mayor president chancellor premier councilor councillor ambassador secretary".split()
)
MALE_TITLES = frozenset("mr sir lord king prince emperor father pope sheikh sheik baron duke herr monsieur".split())
FEMALE_TITLES = frozenset("mrs ms miss dame lady queen princess madame frau baroness duchess countess".split())

ROLES = frozenset(
    "president minister secretary secretary-general chancellor premier ambassador envoy senator congressman "
    "congresswoman representative lawmaker legislator governor mayor councillor councilor councilman councilwoman "
    "commissioner spokesman spokeswoman spokesperson spokespeople chairman chairwoman chairperson chair chief director "
    "head leader adviser advisor aide official officer general commander colonel captain lieutenant sergeant major "
    "admiral judge justice attorney lawyer prosecutor solicitor barrister counsel expert analyst economist strategist "
    "scientist researcher professor lecturer historian author writer editor journalist reporter correspondent "
    "columnist critic activist campaigner advocate organizer organiser founder co-founder cofounder owner manager "
    "executive ceo coo cfo cto cio cmo president-elect candidate nominee contender rival opponent diplomat negotiator "
    "delegate "
    "deputy undersecretary under-secretary assistant vice detective inspector superintendent constable sheriff "
    "coach captain player striker midfielder defender goalkeeper quarterback manager trainer umpire referee actor "
    "actress singer musician director producer artist comedian doctor physician surgeon nurse psychologist "
    "psychiatrist epidemiologist biologist physicist chemist engineer architect teacher principal student pastor "
    "priest bishop archbishop cardinal pope rabbi imam cleric king queen prince princess sultan emir "
    "sheikh president's "
    "veteran resident neighbor neighbour witness survivor victim father mother brother sister son daughter wife "
    "husband widow uncle aunt nephew niece cousin friend colleague partner boss landlord farmer fisherman driver pilot "
    "banker investor trader broker billionaire businessman businesswoman entrepreneur developer coordinator "
    "co-ordinator administrator superintendent dean provost chancellor rector fellow scholar pollster consultant "
    "speechwriter operative treasurer trustee member speaker whip ombudsman auditor regulator inspector watchdog "
    "insider source mp mep firefighter coroner cricketer paceman swimmer soldier clerk chef designer "
    "photographer lecturer athlete golfer boxer republican democrat skipper agent minister premier host "
    "anchor presenter moderator "
    "commentator pundit "
    "ministers officials experts analysts spokesmen lawmakers senators leaders diplomats prosecutors lawyers "
    "representatives economists critics businessmen".split()
)
GENERIC_ROLES = frozenset(
    "official expert analyst diplomat lawmaker candidate scientist researcher economist critic activist author writer "
    "source nominee veteran politician contender negotiator professor historian journalist republican democrat".split()
)
ROLE_MODIFIERS = frozenset(
    "foreign defence defense prime vice deputy interior finance health education justice trade energy culture national "
    "security press former acting interim assistant opposition home shadow senior chief executive economic political "
    "military permanent junior environment labour labor agriculture transport first second managing general "
    "attorney state editorial communications campaign party top veteran".split()
)
CONFLICTING = frozenset(
    "foreign defence defense prime vice deputy interior finance health education justice trade energy culture former "
    "assistant environment labour labor agriculture transport".split()
)
"""Role words that tell two holders of the same office apart."""
DEPARTMENT = frozenset(
    "state defense defence treasury commerce energy labor labour foreign affairs homeland security health human "
    "services interior justice education transportation transport agriculture war finance economy culture internal "
    "national veterans housing environment trade staff parliament the and & government police intelligence".split()
)
FEMALE_ROLES = frozenset(
    "spokeswoman congresswoman chairwoman businesswoman actress queen princess wife mother daughter sister widow aunt "
    "niece councilwoman policewoman woman girl lady".split()
)
MALE_ROLES = frozenset(
    "spokesman congressman chairman businessman king prince husband father son brother uncle nephew councilman "
    "fisherman policeman pope priest man boy gentleman".split()
)
ORGANISATION = frozenset(
    "ministry department agency university council party committee house commission times post news bank inc corp "
    "corporation union group court company co ltd llc association institute institution center centre office bureau "
    "service services police force forces army navy parliament congress senate assembly federation organization "
    "organisation foundation college school church press network tribune herald journal guardian magazine tv radio "
    "television media hospital club team league administration government authority board campaign alliance coalition "
    "society fund trust exchange motors airport airlines systems technologies industries holdings "
    "partners capital embassy "
    "consulate white pentagon kremlin treaty act conference summit agreement republic states kingdom nations street "
    "avenue road city county district region province island islands river sea ocean lake mountain mount east west "
    "north south eastern western northern southern europe asia africa america middle cup world war day international "
    "national security report study survey program programme project initiative review".split()
)
ORG_NOUNS = frozenset(
    "ministry department agency university council party committee commission newspaper bank corporation union group "
    "court company association institute center centre office bureau service police army navy parliament congress "
    "senate assembly federation organization organisation foundation church network government authority board "
    "campaign alliance coalition society administration bloc regulator watchdog firm statement report study letter "
    "survey document memo team club league hospital school charity ngo think-tank embassy paper magazine outlet "
    "kremlin pentagon nato un eu".split()
)
"""What "it" may stand for."""
PEOPLE = (
    frozenset("man woman boy girl person people couple teenager pensioner driver".split()) | FEMALE_ROLES | MALE_ROLES
)
NAME_PARTICLES = frozenset(
    "van von der den de da di du del della des dos la le al el bin ibn ben bint abu ter ten zu y e".split()
)
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv qc kc phd md".split())

NOT_NAMES = frozenset(
    "the a an in on at by for from with to but and or so yet as if when while after before although though however "
    "meanwhile moreover furthermore he she they it we i you his her their its our my your this that these those there "
    "here what who which why how where whose not no yes according speaking asked then now also earlier later last next "
    "first second one two three some many most several other others another all both each every any few more such "
    "despite during since until under over between among about against through amid following despite instead "
    "perhaps still even just only once again today yesterday tomorrow monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december nor "
    "because of is are was were be has have had do does did will would can could should may might must let let's "
    "well oh sure ok okay please thank thanks addressing returning announcing asked people".split()
)
"""Capitalised at a sentence's start without being a name."""

PLAN_WORDS = frozenset("plan plans schedule tradition custom law whether how which need needs taste size".split())
"""After "according to": no source."""

COUNTRIES = frozenset(
    "afghanistan albania algeria america argentina armenia australia austria azerbaijan bahrain bangladesh belarus "
    "belgium bolivia bosnia brazil britain bulgaria burma cambodia cameroon canada chad chile china colombia croatia "
    "cuba cyprus czechia denmark ecuador egypt england eritrea estonia ethiopia finland france georgia germany ghana "
    "greece guatemala haiti honduras hungary iceland india indonesia iran iraq ireland israel italy "
    "jamaica japan jordan "
    "kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg malaysia mali "
    "malta mexico moldova mongolia montenegro morocco mozambique myanmar nepal netherlands niger nigeria norway oman "
    "pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal "
    "serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania "
    "thailand tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia "
    "zimbabwe us u.s. usa u.s.a. uk u.k. eu e.u. un u.n. nato uae moscow washington brussels beijing kiev kyiv london "
    "paris berlin tehran ankara minsk vilnius warsaw tokyo seoul pyongyang delhi jerusalem kremlin pentagon europe "
    "asia africa crimea donbass donbas".split()
)
DEMONYMS = frozenset(
    "afghan albanian algerian american argentine armenian australian austrian azerbaijani belarusian belgian bolivian "
    "bosnian brazilian british bulgarian burmese cambodian canadian chilean chinese colombian croatian cuban czech "
    "danish dutch ecuadorian egyptian english estonian ethiopian european finnish french georgian german "
    "ghanaian greek "
    "haitian hungarian icelandic indian indonesian iranian iraqi irish israeli italian japanese jordanian kazakh "
    "kenyan korean kuwaiti latvian lebanese libyan lithuanian malaysian maltese mexican moldovan mongolian moroccan "
    "nepalese nigerian norwegian pakistani palestinian peruvian polish portuguese qatari romanian russian saudi "
    "scottish serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian "
    "taiwanese thai tunisian "
    "turkish ugandan ukrainian venezuelan vietnamese welsh yemeni democratic republican democrat democrats "
    "republicans conservative labour soviet western eastern northern southern baltic arab muslim christian jewish "
    "catholic african asian latin".split()
)
STATES = frozenset(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho "
    "illinois indiana iowa "
    "kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska "
    "nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming queensland tasmania "
    "victoria ontario quebec alberta manitoba scotland england wales kabul baghdad sydney melbourne "
    "chicago boston".split()
)
MALE_NAMES = frozenset(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony antony "
    "mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob "
    "gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank "
    "raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter "
    "christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce "
    "gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip "
    "phillip eugene bill bob jim mike tom tim dan dave steve ben sam matt rick ron ted ken greg jeff chris nick tony "
    "barack bernie vladimir sergei sergey dmitry dmitri mikhail boris igor ivan oleg alexei aleksei andrei yuri "
    "nikolai viktor viktors volodymyr emmanuel olaf jens jean francois pierre hans klaus jurgen karl wolfgang "
    "mohammed muhammad mohammad ahmed ahmad ali hassan hussein omar abdullah ibrahim yusuf mustafa recep xi narendra "
    "rishi keir nigel jeremy gordon simon ian graham neil stuart colin gareth alistair hugh giorgio "
    "matteo silvio mario "
    "marco luca giovanni carlos luis miguel pedro pablo fernando jorge manuel javier diego rafael jair lula benjamin "
    "yair ariel shimon lloyd jake wang li hiroshi shinzo taro kim eduard gitanas alexis kyriakos viktor janos "
    "andrzej lech donald mitch chuck lindsey marco rand mitt newt rudy al barry harry louis leo martin fred howard "
    "stanley oscar max felix oliver liam lucas aleksandr oleksandr oleksiy gabrielius raimundas".split()
)
FEMALE_NAMES = frozenset(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley "
    "kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura "
    "cynthia kathleen "
    "amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet "
    "catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith "
    "megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail "
    "alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany "
    "charlotte marie kayla alexis lori hillary hilary ivanka melania kellyanne nikki kamala jill jen jenny wendy uzra "
    "ursula annalena marine giorgia theresa liz kaja ingrida sanna mette magdalena dalia svetlana olga tatiana natalia "
    "irina elena ekaterina yulia katerina fatima aisha malala jacinda nicola priti suella penny harriet christine "
    "angela carly elisabeth loretta condoleezza madeleine michele sally tina tammy debbie kate katie lucy claire "
    "eleanor ellen fiona gina heidi irene josephine kirsten leah lena lily maya mia monica naomi nina nora paula "
    "rosa ruby sofia sonia sylvia tulsi valerie vera vivian yvonne zoe greta gabrielle".split()
)
