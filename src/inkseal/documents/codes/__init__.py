"""Page codes: what is written on every page of a contract, so that a photograph of it can be told apart.

A code proves which page of which print was photographed, not that its text is unaltered; that is the
comparison's job.
"""

from inkseal.documents.codes.matrix import CODE_SIZE_MM, CodeTooLongError, modules, outline
from inkseal.documents.codes.payload import PageCode, PrintFacts, is_genuine, page_payload, read_payload

__all__ = [
    "CODE_SIZE_MM",
    "CodeTooLongError",
    "PageCode",
    "PrintFacts",
    "is_genuine",
    "modules",
    "outline",
    "page_payload",
    "read_payload",
]
