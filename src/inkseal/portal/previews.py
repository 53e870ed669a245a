"""The last few previews of this process, so that the pictures of one preview page are of one setting of type.

Held in memory only, a handful at a time, and handed out only after the verb has checked who asks.
"""

import threading
from collections import OrderedDict
from datetime import datetime
from typing import Final

from inkseal.contracts.author_view import author_contract
from inkseal.contracts.errors import ContentChangedError
from inkseal.contracts.preview import Preview
from inkseal.contracts.preview import preview as set_preview
from inkseal.core.actor import Actor

MOST: Final = 16

_kept: Final[OrderedDict[tuple[int, int, str], Preview]] = OrderedDict()
_lock: Final = threading.Lock()


def new_preview(book_id: int, *, actor: Actor, now: datetime) -> Preview:
    """Set the preview and keep it for its pictures."""
    made = set_preview(book_id, actor=actor, now=now)
    with _lock:
        _kept[actor.id, book_id, made.content_hash] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def seen_preview(book_id: int, content_hash: str, *, actor: Actor, now: datetime) -> Preview:
    """Return the preview of that hash, set again if need be; ContentChangedError when the text is another now."""
    contract = author_contract(book_id, actor=actor, now=now)
    with _lock:
        found = _kept.get((actor.id, book_id, content_hash))
    if found is None or found.revision != contract.revision:
        found = new_preview(book_id, actor=actor, now=now)
    if found.content_hash != content_hash:
        raise ContentChangedError
    return found
