"""The web server process: `python -m inkseal.project.web HOST PORT`; Granian serves the WSGI entry."""

import sys
from typing import Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from inkseal.project.children import die_with_parent

#: Python runs one of them at a time; the others wait for the database or a slow phone.
THREADS: Final = 4


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT."""
    die_with_parent()
    host, port = arguments
    Granian(
        "inkseal.project.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
