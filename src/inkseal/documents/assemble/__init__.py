"""The signed file of the paper way: the accepted photographs as one PDF/A-2b, with the print PDF inside."""

from inkseal.documents.assemble.file import NoPagesError, PageImageError, assemble_signed_file

__all__ = ["NoPagesError", "PageImageError", "assemble_signed_file"]
