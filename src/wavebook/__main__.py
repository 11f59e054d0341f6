"""``python -m wavebook`` is the same as ``wavebook``."""

from wavebook.cli import command

command()
