"""The terminal chat: the only place that knows Textual (0.4 s to import)."""
