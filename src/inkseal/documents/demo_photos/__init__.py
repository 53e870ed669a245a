"""Pictures for the demonstration and the tests: signed pages as a phone takes them, and invented identity documents.

Everything is drawn here, from a seed: no photograph of a real thing, no real person, no handwriting font.
"""

from inkseal.documents.demo_photos.identity import identity_document
from inkseal.documents.demo_photos.photos import photograph, photograph_pages, sign_page

__all__ = ["identity_document", "photograph", "photograph_pages", "sign_page"]
