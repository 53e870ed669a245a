"""Figures that the documents promise, each measured beside its named alternative: `python -m benchmarks`."""
