"""A process that runs one act of the vault for each line it reads, and is killed where the line says.

Each act runs in a fork, so that a sweep over many places loads Django once. Started by test_vault_kill.py.
"""

import os
import sys
from datetime import datetime

import django

django.setup()

from inkseal import vault  # noqa: E402  # Django first
from inkseal.core.actor import SYSTEM  # noqa: E402
from inkseal.project.erasure import Retention, erase_person  # noqa: E402


def act(name: str, subject: str, now: datetime) -> None:
    if name == "rotate":
        vault.rotate(batch_size=2)
    elif name == "delete-remains":
        vault.delete_remains(subject)
    else:
        kept = Retention("tax law", now.date())
        erase_person(subject, actor=SYSTEM, basis="Art. 17", retention=kept, erase_salts=True, now=now)


for line in sys.stdin:
    name, subject, time, failpoint = line.split()
    child = os.fork()
    if child == 0:
        os.environ["INKSEAL_FAILPOINT"] = failpoint
        act(name, subject, datetime.fromisoformat(time))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201  # the parent reads it
