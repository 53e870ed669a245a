"""Foreign bytes are opened only in a child process that can do nothing but compute and answer.

Decided here: one fresh interpreter per call, so that a file which takes over its decoder meets no other
person's file; the limits it runs under; what counts as a failure. Not decided here: what a failure means to a
person.

The child has an empty environment and no open file but its two ends, and can open none (no new descriptor
also means no socket); it starts no process, becomes `nobody` where the parent is root, and the kernel refuses it
every call that it does not need.
"""

from inkseal.documents.sandbox.frames import Answer
from inkseal.documents.sandbox.limits import PICTURE_LIMITS, Limits
from inkseal.documents.sandbox.parent import ChildFailedError, ChildFault, run_in_child

__all__ = ["PICTURE_LIMITS", "Answer", "ChildFailedError", "ChildFault", "Limits", "run_in_child"]
