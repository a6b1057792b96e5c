"""Folder to articles and passages: load, clean, split."""
