"""A worker process with one idempotent handler; started by test_outbox_kill.py.

Arguments: a folder, the time. Each call is a line in `calls`; the effect itself is a file made once per key.
"""

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import django

django.setup()

from inkseal import outbox  # noqa: E402  # Django first

folder, now = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])


@outbox.handler("note")
def note(effect: outbox.Effect, at: datetime) -> None:
    """Make the file of this key, unless it is there."""
    with (folder / "calls").open("a", encoding="utf-8") as calls:
        calls.write(f"{effect.key} {effect.attempt}\n")
    with suppress(FileExistsError):
        (folder / f"{effect.key}.effect").touch(exist_ok=False)


while outbox.run_due(lambda: now, owner=sys.argv[3]):
    pass
