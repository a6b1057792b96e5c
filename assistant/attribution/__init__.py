"""Article to who said what.

Read in this order: `quotes` pairs the marks, `tokens` folds each quotation into one token, `find` looks for cues
(`cuewords`, `patterns`, `participles`, `passives`) with their source (`verbgroup`, `sources`, `subordinate`,
`inverted`) and their words (`content`, `listeners`, `choice`, `evidence`); `structure`, `headings` and `carry` add what
has no verb; `mentions` and `names` collect the people, `resolve` (`phrases`, `roles`) names the speakers, `attribute`
puts it together.
"""

ATTRIBUTION_VERSION = "3"
"""Part of the index fingerprint: raised whenever the same article may give other attributions."""
