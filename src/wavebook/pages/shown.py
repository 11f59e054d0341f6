"""The charts that a page shows by its text, without a run of Sphinx."""

from __future__ import annotations

import re
from pathlib import Path

_CHART = re.compile(r"^[ \t]*(?:`{3,}|:{3,})\{chart\}[ \t]+(\S+)[ \t]*$", re.MULTILINE)


def charts_in(path: Path) -> list[str]:
    """The names of the charts that the page at ``path`` shows, in its order; none if there is no page."""
    return _CHART.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
