"""Charts and tables of other programs that a cell shows by themselves: a page leaves them blank, or unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from wavebook.core.problems import Problem

_GLUED = "application/papermill.record/"  # what a page may show elsewhere, by {glue}
_HIDDEN = {"remove-output", "remove-cell", "remove_output", "remove_cell"}  # tags of cells that no reader sees
_SUMMARY = 'selection, summary="…")'


class _Kind(NamedTuple):
    """Something that another program makes: what it is, how it is recognised, and how it is shown rightly."""

    what: str
    action: str
    mime: str = "(?!)"
    html: str = "(?!)"
    plain: str = "(?!)"


_KINDS = (
    _Kind(
        "an Altair chart",
        f'Give it to charts.own("name", chart, {_SUMMARY}, and show it on a page by {{chart}}.',
        mime=r"application/vnd\.vega(lite)?\b.*",
        html=r"vega-?embed|vega-?lite",
        plain=r"alt\.\w*Chart\(|<VegaLite ",
    ),
    _Kind(
        "a matplotlib figure",
        f'Give it to charts.picture("name", figure, {_SUMMARY} in its cell, and show it on a page by {{chart}}.',
        plain=r"<Figure size |<Figure \(|<plotnine\.|<seaborn\.",
    ),
    _Kind(
        "a styled table",
        f'Give it to charts.table("name", table, {_SUMMARY}, and show it on a page by {{chart}}.',
        html=r'class="gt_table\b|<style type="text/css">\s*(#T_|</style>\s*<table id="T_)',
        plain=r"<pandas\.io\.formats\.style\.Styler |GT\(_tbl_data",
    ),
    _Kind(
        "a chart that needs a script",
        f'Draw it with Altair, and give it to charts.own("name", chart, {_SUMMARY}.',
        mime=r"application/vnd\.(plotly|bokeh|holoviews).*",
        html=r"Plotly\.newPlot|bokeh",
    ),
)


def bare(data: Mapping[str, Any]) -> tuple[str, str] | None:
    """What an output of a cell is, and what to do with it, if it is a chart or table of another program."""
    held = {name.removeprefix(_GLUED): _text(value) for name, value in data.items()}
    for kind in _KINDS:
        if (
            any(re.fullmatch(kind.mime, name) for name in held)
            or re.search(kind.html, held.get("text/html", ""))
            or re.match(kind.plain, held.get("text/plain", "").lstrip("'\""))
        ):
            return kind.what, kind.action
    return None


def problems(notebook: Mapping[str, Any], place: str) -> Iterator[Problem]:
    """What the cells of a notebook that was run show bare (W346), unless no reader sees it."""
    number = 0
    for cell in notebook["cells"]:
        told = cell.get("metadata", {})
        tags = set(told.get("tags", ()))
        described = bool(told.get("mystnb", {}).get("image", {}).get("alt"))
        number += "injected-parameters" not in tags
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            glued = any(name.startswith(_GLUED) for name in data)
            if described and any(name.startswith("image/") for name in data):
                continue
            if (found := bare(data)) and (glued or not tags & _HIDDEN):
                what, action = found
                yield Problem("W346", f"{place}, cell {number}", f"shows {what} by itself", action)


def unheld(error: Exception) -> str:
    """The form of an output that no notebook can hold, as the library that keeps them says; else empty."""
    match = re.search(r"On instance\['data'\]\['([^']+)'\]", str(error))
    return match[1] if match and type(error).__name__ == "NotebookValidationError" else ""


def _text(value: object) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else ""
