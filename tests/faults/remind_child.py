"""A worker process that reminds authors; started by test_mail_faults.py. Argument: the time."""

import sys
from datetime import datetime

import django

django.setup()

from inkseal.notices.remind import remind  # noqa: E402  # Django first

at = datetime.fromisoformat(sys.argv[1])
remind(lambda: at, owner="killed")
