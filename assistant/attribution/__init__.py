"""Article to who said what."""
