"""Tells whether the tests can run on MariaDB here: `python -m tools.mariadb`; exit 0 when they can.

Decided here: a run that is impossible is left out aloud, by name, never silently and never counted as passed.
"""

import importlib.util
import sys
from typing import Final

from tools.system_packages import has_programs

PROGRAMS: Final = ("mariadbd", "mariadb-install-db", "mariadb-admin")
DRIVER: Final = "MySQLdb"


def missing() -> list[str]:
    """Return the names of what is not there."""
    programs = [name for name in PROGRAMS if not has_programs(name)]
    return programs if importlib.util.find_spec(DRIVER) else [*programs, f"the driver {DRIVER}"]


def main() -> int:
    """Print what is missing, if anything is."""
    absent = missing()
    if absent:
        print(f"SKIPPED: the run on MariaDB; missing: {', '.join(absent)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
