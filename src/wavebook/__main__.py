"""``python -m wavebook`` is the same as ``wavebook``."""

import sys

from wavebook.cli import main

sys.exit(main())
