"""Doubles that tests of several parts share."""
