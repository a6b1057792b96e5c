"""Passages to a searchable, durable index."""
