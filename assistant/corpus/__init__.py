"""Folder to articles and passages: load, clean, split."""

CLEANER_VERSION = "3"
"""Part of the index fingerprint: raised whenever the same document may give other articles or blocks."""

SPLITTER_VERSION = "2"
"""Part of the index fingerprint: raised whenever the same articles may give other passages or headers."""
