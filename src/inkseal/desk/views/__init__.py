"""The desk's pages, one module each: parse, call one verb or reader, render."""
