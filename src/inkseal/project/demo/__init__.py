"""The demonstration: one contract's whole way with invented people, unattended."""
