"""Pictures from outside: what is accepted, what they are turned into, and which page codes they show.

A picture is decoded and encoded again in a sandboxed child, so that nothing of the original file but its
look goes on: no place where it was taken, no hidden second file. Whether its page belongs to a contract is
decided in `documents.scan`.
"""

from inkseal.documents.intake.faults import PictureFault, PictureRefusedError
from inkseal.documents.intake.picture import MAX_BYTES, Picture, read_picture

__all__ = ["MAX_BYTES", "Picture", "PictureFault", "PictureRefusedError", "read_picture"]
