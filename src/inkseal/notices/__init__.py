"""Messages to authors: what is written, by which route, and one row per route and attempt."""
