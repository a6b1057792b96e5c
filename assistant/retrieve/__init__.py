"""Question to the passages that may answer it."""
