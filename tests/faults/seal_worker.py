"""A worker process that runs what is due and ends; started by test_seal_kill.py with a failpoint in its environment."""

from threading import Event

import django

django.setup()

from inkseal.project.worker import work_off  # noqa: E402  # Django first

work_off("killed", Event())
