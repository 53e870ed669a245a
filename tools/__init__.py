"""Tools of the working copy. They run on the system's Python, before anything is installed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this very line is what tells the owner of an older Python
    sys.exit("Inkseal needs Python 3.11 or newer. Choose one: make run PYTHON=python3.12")
