"""Benchmarks that print ratios from one run: `python -m scripts.bench`."""
