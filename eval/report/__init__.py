"""One run, told in five forms."""
