"""The surrounding systems' tables: books, authors, staff, editor groups, signing companies."""
