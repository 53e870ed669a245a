"""A process that takes numbers and prints them until it is killed; started by test_ids_kill.py."""

import django

django.setup()

from inkseal import ids  # noqa: E402  # Django first

while True:
    print(ids.next_id("serial"), flush=True)  # noqa: T201  # the parent reads them
