"""``python -m assist`` is the same as the command ``assist``."""

from assist.cli.app import main

main()
