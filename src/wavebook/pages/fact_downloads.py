"""The dated facts of a book as readers download them, beside the figures: a CSV, and its description for machines."""

from __future__ import annotations

from typing import Any

from wavebook.charts.columns import FACTS
from wavebook.core.writing import as_text, csv_table
from wavebook.figures import Figures

NAME = "dated-facts"
"""The name of the table: with a hyphen, so that no indicator has the same."""
_TYPES = {"value": "number", "of": "integer"}
_NEEDED = ("fact", "date", "value", "source", "locator")


def rows(figures: Figures) -> list[dict[str, Any]]:
    """Each fact, with its name for readers beside its code."""
    d, language = figures.definitions, figures.language
    told = ({"fact": key, "fact_label": fact.name[language], **fact.model_dump()} for key, fact in d.facts.items())
    return [{name: row[name] for name in FACTS} for row in told]


def table(figures: Figures) -> bytes:
    """All facts as CSV, in which no cell is a formula."""
    plain = [{k: as_text(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows(figures)]
    return csv_table(FACTS, plain).encode()


def resource(folder: str) -> dict[str, Any]:
    """The table as a resource of a Frictionless Data Package; a day may be a month or a year."""
    fields = [
        {"name": name, "type": _TYPES.get(name, "string")}
        | ({"constraints": {"required": True}} if name in _NEEDED else {})
        for name in FACTS
    ]
    return {
        "name": NAME,
        "path": f"{folder}/{NAME}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": ["fact"]},
    }
