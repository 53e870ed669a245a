"""Inkseal: contracts between a publisher and its authors, from the proposal to the sealed, provable file."""
