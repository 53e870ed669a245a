"""`python -m inkseal.project.cli` is `inkseal`."""

from inkseal.project.cli import main

main()
