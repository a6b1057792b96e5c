"""Conversations over the core events: follow-ups, and turns that are kept."""
