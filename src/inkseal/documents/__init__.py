"""Contracts as paper and as files: typesets, codes pages, reads scans, seals, verifies, renders.

Everything here works on bytes and plain data and knows nothing of contracts, flows or the database. Libraries
that open PDFs or pictures are imported here only; what comes from outside is opened in child processes.
"""
