"""Gold questions, measures, and the gate that tells a regression from noise.

Imported as `eval` in a checkout and as `assistant._eval` in an installed package, so that no package of the name
`eval` lands among a user's own: inside, imports are relative.
"""
