"""The lines that content management systems put around articles, as patterns for a whole line.

Grouped by what they are for; matched without regard to case, and against short lines only.
"""

from __future__ import annotations

import re

_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|tiktok|messenger|viber|vk|"
    r"vkontakte|tumblr|rss|pocket|flipboard|threads|bluesky|mastodon|skype|line|sms|odnoklassniki|google\+|google news|"
    r"blogthis!?|share|tweet|e-?mail|print|copy(?: link)?|link|more|share (?:to|on|via) \w+|via|on|in|save|pin)"
)

_FURNITURE = (
    # Share bars and counters
    rf"{_NETWORK}(?:[ ,|/·•]+{_NETWORK})*",
    r"(?:pin it|link copied|copied|bookmark|like|like this|loading|follow|send)",
    r"(?:share|tweet|follow|print|e-?mail|save|post) (?:this|it|on|via|to|with|by|the (?:article|story|page))\b.{0,60}",
    r"like (?:this|us)\b.{0,40}",
    r"(?:follow|join|find|connect with|like) us\b.{0,60}",
    r"follow .{1,60} on (?:facebook|twitter|x|instagram|telegram|linkedin|youtube|google news|social media)\b.*",
    r"\d[\d,.]*k? ?(?:shares?|views?|likes?|retweets?|reads|followers|tweets?)",
    r"(?:views|shares|likes|hits)\s*:? ?\d[\d,.]*",
    r"\d+[ -]?min(?:ute)?s?(?: (?:read|ago|listen|watch))?",
    r"\d+ (?:hours?|days?|weeks?|months?) ago",
    r"(?:est(?:imated)?\.? )?reading time\b.{0,25}",
    r"listen(?: to (?:this|the) (?:article|story))?(?: \(?\d.{0,12})?",
    # Advertising, subscriptions, gifts
    r"advertise?ments?|advertising|ads?|ads by .*|sponsored|promoted|(?:ad|advertisement) - .*",
    r"(?:the )?(?:story|article) continues (?:below|after).*|scroll (?:down )?to continue.*",
    r"continue reading(?: (?:below|the main story|on).*)?|remaining \d+% of .*",
    r"subscribe(?: (?:now|today|here|to|for|and|via|or|with)\b.{0,100})?|subscribers? only|already a subscriber.*",
    r"sign up (?:for|to|now|here|today)\b.*|newsletters?(?: sign-?up)?|get (?:the|our|your) .{0,60}"
    r"(?:newsletters?|inbox|app|alerts?|by email).*",
    r"(?:download|install|get) (?:the|our) .{0,30}\bapp\b.*",
    r"(?:support|donate to) (?:us|our|independent|quality|free) .{0,80}|donate(?: now| here| today)?",
    r"become a (?:member|subscriber|supporter|patron)\b.*|buy (?:us|me) a coffee.*",
    r"get (?:the|our|your) .{0,40}\b(?:updates|news|headlines)\b.{0,60}|(?:print|site|our) logo|"
    r"watch \S+(?: \S+)? (?:news|live|tv)",
    r"we[’']?(?:re| are) sorry\b.{0,60}\b(?:unavailable|not available|went wrong|try again)\b.*",
    r"this was published .* ago",
    # Cookies and legal lines
    r"(?:this (?:web)?site|we|by (?:using|continuing)|our (?:web)?site)\b.{0,60}\bcookies?\b.*",
    r"cookies?|cookies? (?:policy|settings|preferences|notice|consent)\b.*|accept(?: all)?(?: cookies)?",
    r"(?:reject|decline|manage|allow) (?:all|cookies|preferences|options)\b.*|i (?:agree|accept)|got it",
    r"privacy(?: (?:policy|notice|statement|settings|cent(?:re|er)))?|terms(?: (?:of (?:use|service|sale)|(?:and|"
    r"&) conditions))?",
    r"contact(?: us)?|about us|advertise(?: with us)?|disclaimer|imprint|impressum|accessibility(?: statement)?|"
    r"careers|"
    r"do not sell .*",
    r"(?:copyright\s*)?(?:©|&copy;|\(c\)|copyright)\s*(?:by\s+\S.{0,60}|(?:19|20)\d\d\b.*)|"
    r".{0,80}\ball rights reserved\b.*",
    # Navigation
    r"(?:skip|jump) (?:to|past) .{0,40}|skip ad(?:vertisement)?|back to (?:top|home|news|all)\b.*|(?:go |"
    r"scroll )?to top",
    r"toggle (?:navigation|menu|search|caption)\b.*|(?:open|close|show|hide)(?: (?:menu|search|navigation|sidebar|"
    r"caption)\b.*)?",
    r"menu|(?:main|primary|site|mobile) (?:menu|navigation)|navigation|search(?: (?:for|(?:this|the|our) (?:site|"
    r"blog|website|archives?)))?|site ?map",
    r"(?:log|sign) ?(?:in|out|up|on)(?: (?:or|/|to|with) .{0,60})?|register(?: now| here)?|my account|create (?:an |"
    r"your )?account.*",
    r"(?:next|previous|prev|older|newer)(?: (?:post|article|story|page|entry|entries|posts))?",
    r"(?:next|previous|prev|older|newer)(?: (?:post|article|story|page|entry|entries|posts))?s?\s*[:»→›«←].*",
    r"[←‹<] ?\S.{0,80}|.{0,80} ?[→›>]",
    r"(?:view|show|see|load|read) (?:more|all|less|full|original|profile|bio|gallery)\b.{0,40}|learn more|"
    r"find out more.*",
    r"(?:click|tap) (?:here|on the|to (?:share|view|read|see|play|open|subscribe|print|email))\b.{0,80}|"
    r"more info(?:rmation)?",
    r"permalink|permanent link|trackbacks?|pingbacks?|\[?edit(?: (?:source|this page|page|post))?\]?",
    r"report (?:an? (?:error|typo)|abuse|this (?:ad|post|comment|article))\b.*|flag|reply|quote|upvote|downvote",
    r"thank you for (?:reading|subscribing|signing up)\b.*",
    # Labels
    r"(?:tags?|tagged(?: (?:with|as|in))?|filed under|posted in|categor(?:y|ies)|(?:story )?topics|labels?|keywords|"
    r"hashtags?)(?:\s*:.*)?",
    r"(?:filed|posted) (?:in|under) .{1,80}|(?:#[\w-]+[\s,]*)+",
    r"(?:about|more about) the authors?|(?:author|published|posted|updated|modified|date)\s*:?",
    # Players and pictures
    r"(?:image|photo|media|video) (?:source|caption|copyright)\b.*",
    r"(?:image|photo|video|gallery|slideshow|play|pause|mute|unmute|play video|watch(?: now| live)?|live|full ?screen)",
    r"(?:hide|show|enlarge|expand) (?:image|photo|caption|this image)|(?:image|photo|slide) \d+ of \d+|video player.*",
    r"(?:page )?\d+ (?:of|/) \d+|page \d+|\d{1,4}|- \d{1,4} -",
    r"(?:this|your) browser does not support .*|please enable javascript.*|javascript (?:is|must) .*|"
    r"getting your .* audio.*",
    r"\d{1,2}:\d{2}(?::\d\d)?",
)

_COMMENTS = (
    r"(?:leave|post|add|write|submit) (?:a|your) (?:reply|comment|response)(?: below| to .{0,60})?(?: cancel reply)?",
    r"no comments(?: yet)?|comments? ?\(\d+\)|comments?(?: are closed| are off| closed| section| policy|: ?\d+)",
    r"\d[\d,.]* (?:comments?|replies|responses?|thoughts?)(?: (?:on|to|for) .*)?",
    r"(?:view|show|load|see|read|all|recent|reader) (?:all |more |the )?(?:\d+ )?comments",
    r"\d+ (?:komentar|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|yorum|комментари\w*)",
    r"posting komentar|kommentar (?:schreiben|hinterlassen)|laisser un commentaire|dejar? un comentario|"
    r"deixe um comentário|lascia un commento|(?:добавить|оставить|написать) комментарий|комментарии",
    r"there are (?:no|\d+) comments\b.*|(?:please )?enter your (?:comment|name|email|website)\b.*|captcha\b.*",
    r"join the (?:conversation|discussion)|have your say|be the first to (?:comment|reply)\b.*|cancel reply",
    r"(?:log|sign) in to (?:leave a |post a )?(?:comment|reply)\b.*|you must be (?:logged|signed) in to .*",
    r"your email address will not be published\b.*|required fields are marked\b.*|save my name,? email\b.*",
    r"notify me of (?:new|follow)\b.*|this site uses akismet\b.*|sort by (?:newest|oldest|best)|powered by disqus|"
    r".*blog comments powered by .*",
)

_THINGS = (
    r"(?:posts?|articles?|stor(?:y|ies)|news|content|reading|topics?|links?|coverage|videos?|headlines|items|reads?|"
    r"reports)"
)
_RELATED = (
    rf"(?:(?:more|see|view|our|read) )?(?:related|recommended|similar|suggested|popular|trending|featured|recent|"
    rf"latest|top|other) {_THINGS}"
    r"(?: .{0,30})?",
    r"related|trending(?: now)?|recommended(?: (?:for you|by .*))?",
    r"most (?:read|popular|viewed|shared|commented)(?: .{0,25})?",
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in)(?: .{0,25})?|you may also .{0,20}",
    rf"more {_THINGS}(?: (?:from|on|in|about|by|like) .{{0,50}})?|more (?:from|on|in|about) .{{1,40}}",
    r"(?:read|see) also|also read|read (?:next|on|more)|up next|what to read next|further reading|don[’']t miss|"
    r"must[- ]reads?",
    r"editor[’']?s?[’']? (?:picks?|choice)|in case you missed it|around the web|from (?:the|our) (?:web|partners|"
    r"archives?)",
    r"paid content|sponsored (?:content|links)|latest|breaking news|in this story|on this topic|explore more|"
    r"keep reading",
)

_LEAD_IN = (
    r"(?:read (?:more|also|next|this|our|full|the (?:full|original|rest))|also read|read|see (?:also|more)|related"
    r"(?: (?:article|story|news|post|reading|content))?|more(?: on this)?|watch(?: (?:also|live|now|more|"
    r"the video))?|listen|video|don[’']t miss|"
    r"further reading|click here|in pictures|explainer|opinion|analysis|recommended|must read)\s*[:|»→]+\s*\S.*",
    r"(?:read (?:more|also)|for more|more on this|click here|read the (?:full|original|rest)\b.{0,30}|see more)"
    r" (?:here|about|on|at|from|to|of|in)\b.{0,80}",
    r"(?:read more|continue reading|read the (?:full|original|rest of the|whole) (?:article|story|report|interview|"
    r"text))\b.{0,60}",
)

_SECTIONS = (
    r"home|news|world|politics|business|sports?|opinion|culture|tech(?:nology)?|science|health|entertainment|lifestyle",
    r"travel|videos?|local|national|international|economy|markets?|finance|weather|education|arts?|style|food|"
    r"podcasts?",
    r"photos?|more|all|europe|asia|africa|americas|middle east|us|uk|u\.s\.|u\.k\.|russia|analysis|features?|"
    r"editorials?",
    r"columns?|blogs?|life|society|environment|climate|defen[cs]e|military|land|air|sea|space|naval|cyber|magazine",
    r"events?|jobs|shop|store|archives?|topics|sections|categories|games|crosswords?|about|contact|live|exclusive|"
    r"latest",
)


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


FURNITURE = _whole(*_FURNITURE)
COMMENTS = _whole(*_COMMENTS)
WEAK_COMMENTS = _whole(r"comments?|discussion|responses|replies|reader reactions?")
RELATED = _whole(*_RELATED)
LEAD_IN = _whole(*_LEAD_IN)
SECTION = _whole(*_SECTIONS)
