"""The files beside the pages: charts and figures in forms that other programs open, described for machines."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from wavebook.charts import pictures
from wavebook.core.files import holds, keep_only, write_whole, writing
from wavebook.core.units import MOST_NOISE
from wavebook.core.writing import as_text, csv_lines, json_file
from wavebook.figures import COLUMNS, PERTURBED, PERTURBED_REVISED, STATUSES, Figures
from wavebook.figures.rows import Rows
from wavebook.language.words import words_in
from wavebook.pages import fact_downloads, large_downloads, technical_notes
from wavebook.pages.banners import download as banners
from wavebook.pages.banners.about import Publication

MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Row = dict[str, Any]
_CROSSED = "Of two breakdowns that are crossed, both names, with * between them."
_NUMBERS = ("value", "n_effective", "se", "ci_low", "ci_high")
_TYPES = dict.fromkeys(_NUMBERS, "number") | {"n": "integer"}
_KEY = COLUMNS[:6]
_CONSTRAINTS = {
    **{name: {"required": True} for name in ("wave", "indicator", "population", "source", "locator")},
    **{name: {"minimum": 0} for name in ("n", "n_effective", "se")},
    "status": {"required": True, "enum": list(STATUSES)},
}


def write_picture(drawing: Path, picture: Path, content: str, *, scale: int) -> None:
    """An SVG and its PNG, ``scale`` pixels for each px of the SVG; drawn only if the SVG differs.

    The PNG comes first: after a run stopped between the two, the old SVG has it drawn again.
    """
    new = content.encode()
    if not (picture.is_file() and holds(drawing, new)):
        write_whole(picture, pictures.png(content, scale=scale))
        write_whole(drawing, new)


def figure_files(figures: Figures) -> list[str]:
    """The names of all files that ``write_figures`` makes in its folder."""
    there = set(figures.rows.words["wave"].used())
    waves = [wave for wave in figures.definitions.waves if wave in there]
    names = figures.rows.words["indicator"].used()
    series = [f"{name}.{kind}" for name in names for kind in series_files(figures, name)]
    facts = [f"{fact_downloads.NAME}.csv"] if figures.definitions.facts else []
    tables = [banners.NAME] if banners.is_there(figures) else []
    whole = ["figures.csv", "figures.xlsx", "figures.parquet"]
    return [*whole, *tables, *(f"{wave}.csv" for wave in waves), *series, *facts]


def series_files(figures: Figures, name: str) -> tuple[str, ...]:
    """The forms in which a series has a file of its own."""
    few = figures.rows.words["indicator"].counts.get(name, 0) <= large_downloads.MOST_SERIES
    return ("csv", "json") if few else ("csv",)


def write_figures(
    folder: Path,
    figures: Figures,
    *,
    title: str,
    licence: dict[str, str],
    made: large_downloads.Made | None = None,
    tables: banners.Beside | None = None,
) -> None:
    """Write all figures as one CSV and one workbook, each wave and each series as CSV, each series as JSON too.

    The dated facts have a CSV of their own, and a sheet in the workbook. An edition with breakdowns has its tables
    book, as ``tables`` say.

    ``datapackage.json`` beside the folder describes the tables; ``licence`` holds name and path. Only what differs
    is written; many figures are not even compared if ``made`` knows that nothing changed.
    """
    if figures.definitions.facts:
        write_whole(folder / f"{fact_downloads.NAME}.csv", fact_downloads.table(figures))
    if len(figures) <= large_downloads.LARGE:
        _write_small(folder, figures, title)
        (tables or banners.Beside(Publication(title))).write(folder, figures)
        keep_only(folder, figure_files(figures))
    elif not (made and made.is_there(folder, figures)):
        _write_large(folder, figures, title)
        keep_only(folder, figure_files(figures))
        if made:
            made.note(folder, figures)
    described = data_package(figures, title=title, licence=licence, folder=folder.name)
    write_whole(folder.parent / "datapackage.json", json_file(described))


def _tables(figures: Figures) -> list[str]:
    """The names of the files of CSV that hold figures, without ``.csv``."""
    names = [name.removesuffix(".csv") for name in figure_files(figures) if name.endswith(".csv")]
    return [name for name in names if name != fact_downloads.NAME]


def _write_large(folder: Path, figures: Figures, title: str) -> None:
    """Write the tables part by part."""
    rows = figures.rows
    with writing(folder / "figures.parquet") as file:
        large_downloads.write_parquet(file, figures)
    large_downloads.write_tables(folder, figures)
    names = rows.words["indicator"].used()
    for name in (name for name in names if "json" in series_files(figures, name)):
        own = rows_of(figures, rows.take(rows.words["indicator"].having(name)))
        write_whole(folder / f"{name}.json", json_file(series(figures, name, own)))
    some = rows_of(figures, large_downloads.examples(rows))
    model = workbook(figures, some, title, sheets=large_downloads.sheets_of(figures))
    large_downloads.write_workbook(folder / "figures.xlsx", figures, model)


def _write_small(folder: Path, figures: Figures, title: str) -> None:
    """Write the tables at once, only those that differ."""
    parquet = io.BytesIO()
    large_downloads.write_parquet(parquet, figures)
    write_whole(folder / "figures.parquet", parquet.getvalue())
    rows = rows_of(figures)
    lines = [csv_lines([{**row, "locator": as_text(str(row["locator"]))}.values()]) for row in rows]
    indicators, waves = _places(rows, "indicator"), _places(rows, "wave")
    in_order = {wave: waves[wave] for wave in figures.definitions.waves if wave in waves}
    tables = {"figures": range(len(rows)), **in_order, **indicators}
    for name, places in tables.items():
        write_whole(folder / f"{name}.csv", "".join([csv_lines([COLUMNS]), *(lines[i] for i in places)]).encode())
    for name, places in indicators.items():
        write_whole(folder / f"{name}.json", json_file(series(figures, name, [rows[i] for i in places])))
    write_whole(folder / "figures.xlsx", workbook(figures, rows, title))


def rows_of(figures: Figures, some: Rows | None = None) -> list[Row]:
    """The figures, or some of them, as rows with ``COLUMNS``, None where a number is not known."""
    whole, plain = figures.definitions.population, figures.definitions.plain
    rows = figures.rows if some is None else some
    return [
        {**f.key._asdict(), "wave": plain(f.key.wave), "population": f.key.population or whole, **f.cells}
        for f in rows.values()
    ]


def _places(rows: list[Row], column: str) -> dict[str, list[int]]:
    """The places of rows with the same value in ``column``."""
    found: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(str(row[column]), []).append(place)
    return found


def series(figures: Figures, name: str, rows: list[Row]) -> dict:
    """One indicator with everything a reader needs to use it: question, unit, base, breaks, sources, observations."""
    d, language = figures.definitions, figures.language
    indicator = d.indicators[name]
    breaks = [b for b in d.breaks if figures.is_shown(b.end) and name in (b.indicators or (name,))]
    columns = [c for c in COLUMNS if c not in ("indicator", "unit")]
    return {
        "indicator": name,
        "name": indicator.name[language],
        "definition": indicator.definition[language],
        "unit": indicator.unit.name,
        **({"scale": list(indicator.unit.ends)} if indicator.unit.is_score else {}),
        "decimals": indicator.decimals,
        "base": d.bases[indicator.base][language],
        "categories": {key: text[language] for key, text in indicator.categories.items()},
        **_segments(figures, rows),
        "breaks": [
            {"from": d.plain(b.start), "to": d.plain(b.end), "kind": b.kind, "reason": b.reason[language]}
            for b in breaks
        ],
        **({} if d.yearly else {"waves": [{"wave": wave, **_named(figures, wave)} for wave in _waves(figures)]}),
        "sources": {key: _source(figures, key) for key in dict.fromkeys(row["source"] for row in rows)},
        **_noise(figures, rows),
        "observations": [{column: row[column] for column in columns} for row in rows],
    }


def _waves(figures: Figures) -> list[str]:
    """The waves of the edition."""
    return figures.definitions.until(figures.wave)


def _named(figures: Figures, wave: str) -> dict[str, str]:
    """The name of a wave for readers, and its first and last day."""
    start, end = figures.definitions.period(wave)
    return {"label": figures.called(wave), "start": start.isoformat(), "end": end.isoformat()}


def _segments(figures: Figures, rows: list[Row]) -> dict[str, Row]:
    """By breakdown that the rows have, its name, the names of its segments, and where these lie, if anywhere."""
    d, language, found = figures.definitions, figures.language, {}
    for by in dict.fromkeys(row["segment_by"] for row in rows if row["segment_by"]):
        declared = d.breakdowns[by]
        there = {row["segment"] for row in rows if row["segment_by"] == by}
        names = {key: text[language] for key, text in declared.values.items() if key in there}
        found[by] = {"name": declared[language], "values": names}
        if declared.within:
            parents = {key: declared.parents[key] for key in names}
            found[by] |= {"within": declared.within, "parents": parents}
    return {"segments": found} if found else {}


def _noise(figures: Figures, rows: list[Row]) -> dict[str, list[Row]]:
    """By wave, the size of the noise in perturbed rows, in respondents, and its largest possible size."""
    d = figures.definitions
    noisy = {row["wave"] for row in rows if row["status"] in (PERTURBED, PERTURBED_REVISED)}
    sizes = [(d.plain(wave), d.noise_of(wave) or 0.0) for wave in d.waves if d.plain(wave) in noisy]
    told = [{"wave": wave, "deviation": size, "most": MOST_NOISE * size, "unit": "respondents"} for wave, size in sizes]
    return {"noise": told} if told else {}


def _source(figures: Figures, key: str) -> dict[str, str]:
    source = figures.definitions.sources[key]
    found = {"title": source.title, "author": source.author, "year": source.year, "url": source.url}
    return {name: value for name, value in found.items() if value}


def slug(title: str) -> str:
    """A title as a name in small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def data_package(figures: Figures, *, title: str, licence: dict[str, str], folder: str) -> dict:
    """The tables as a Frictionless Data Package (version 1): https://specs.frictionlessdata.io/data-package/."""
    types = _TYPES | ({"wave": "year"} if figures.definitions.yearly else {})
    constraints = {k: v for k, v in _CONSTRAINTS.items() if k != "population" or figures.definitions.populations}
    constraints["unit"] = {"required": True, "enum": sorted(unit.name for unit in figures.rows.words["unit"].used())}
    told: Row = dict.fromkeys(
        ("segment_by", "segment"), {"description": _CROSSED} if figures.definitions.crossings else {}
    )
    fields = [
        {"name": name, "type": types.get(name, "string"), **told.get(name, {})}
        | ({"constraints": constraints[name]} if name in constraints else {})
        for name in COLUMNS
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": list(_KEY)}
    sources = [_source(figures, key) for key in sorted(figures.rows.words["source"].used())]
    return {
        "profile": "tabular-data-package",
        "name": slug(title),
        "title": title,
        **({"licenses": [licence]} if licence["name"] else {}),
        "sources": [{"title": s["title"], **({"path": s["url"]} if "url" in s else {})} for s in sources],
        "alternatives": [  # of the first resource, in forms that this format does not know
            {"path": f"{folder}/figures.{kind}", "format": kind, "mediatype": MEDIA[kind]}
            for kind in ("xlsx", "parquet")
        ],
        "waves": [technical_notes.plain(figures, key) for key in _waves(figures)],
        **_noise(figures, rows_of(figures, large_downloads.examples(figures.rows))),
        "resources": [
            {
                "name": name.replace("_", "-"),
                "path": f"{folder}/{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": MEDIA["csv"],
                "encoding": "utf-8",
                "schema": schema,
            }
            for name in _tables(figures)
        ]
        + ([fact_downloads.resource(folder)] if figures.definitions.facts else []),
    }


# --- the workbook -----------------------------------------------------------------------------------------


def workbook(figures: Figures, rows: list[Row], title: str, *, sheets: int = 1) -> bytes:
    """Figures and their meaning as an Excel workbook; text is never a formula, and the bytes do not hold the date.

    With several ``sheets`` each has these figures.
    """
    import xlsxwriter

    target, lexicon = io.BytesIO(), words_in(figures.language)
    words = {**lexicon.methods, **lexicon.downloads}
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties(
            {
                "title": title,
                "created": datetime(figures.definitions.period(figures.wave).start.year, 1, 1),
            }
        )
        bold = book.add_format({"bold": True, "bottom": 1})
        shown = {n: book.add_format({"num_format": "0" if n == 0 else "0." + "0" * n}) for n in range(10)}
        decimals = [figures.definitions.indicators[row["indicator"]].decimals for row in rows]
        for name, number, table in [
            *(("figures", number, rows) for number in range(1, sheets + 1)),
            *((name, 1, table) for name, table in _explained(figures, rows).items()),
        ]:
            if not table:
                continue
            sheet = book.add_worksheet(words[name] if number == 1 else f"{words[name]} {number}")
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(table[0]):
                # The figures keep the column names of the CSV: readers of both find the same.
                sheet.write_string(0, column, head if name == "figures" else words.get(head, head), bold)
                cells = [row[head] for row in table]
                width = max(len(str(cell)) for cell in [head, *cells])
                sheet.set_column(column, column, min(60, width + 2))
                for row, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row + 1, column, cell)
                    elif cell is not None:
                        form = shown[decimals[row]] if (name, head) == ("figures", "value") else None
                        sheet.write_number(row + 1, column, cell, form)
            sheet.autofilter(0, 0, len(table), len(table[0]) - 1)
    return target.getvalue()


def _explained(figures: Figures, rows: list[Row]) -> dict[str, list[Row]]:
    """The indicators, waves and sources that the rows are about, and the facts beside them, by name of their sheet."""
    d, language = figures.definitions, figures.language
    indicators = [
        {
            "indicator": name,
            "name": d.indicators[name].name[language],
            "definition": d.indicators[name].definition[language],
            "unit": d.indicators[name].unit.name,
            "base": d.bases[d.indicators[name].base][language],
        }
        for name in _places(rows, "indicator")
    ]
    waves: list[Row] = [
        {"wave": d.plain(key)}
        | ({} if d.yearly else _named(figures, key))
        | {"name": w.name[language] if w.name else "", "bureau": w.bureau}
        | {"client": w.client[language] if w.client else ""}
        | _measured(figures, key)
        | {"source": w.source}
        for key, w in d.waves.items()
        if figures.is_shown(key)
    ]
    sizes = {told["wave"]: told["deviation"] for told in _noise(figures, rows).get("noise", ())}
    waves = [wave | ({"noise": sizes.get(wave["wave"])} if sizes else {}) for wave in waves]
    facts = fact_downloads.rows(figures)
    used = sorted({row["source"] for row in [*rows, *waves, *facts]})
    sources = [
        {"source": key, **dict.fromkeys(("author", "year", "title", "url")), **_source(figures, key)} for key in used
    ]
    segments = [
        {"segment_by": by, "segment": key, "name": name, "within": told.get("parents", {}).get(key, "")}
        for by, told in _segments(figures, rows).get("segments", {}).items()
        for key, name in told["values"].items()
    ]
    return {"indicators": indicators, "segments": segments, "waves": waves, "facts": facts, "sources": sources}


def _measured(figures: Figures, wave: str) -> Row:
    """How a wave was measured, in a column for each thing that is known of any wave."""
    d = figures.definitions
    known = {key: technical_notes.plain(figures, key) for key in d.waves if figures.is_shown(key)}
    names = [n for n in technical_notes.TOLD[2:] if any(n in told for told in known.values())]
    cells: Row = {}
    for name in names:
        told = known[wave].get(name)
        if name == "fieldwork":
            cells |= {f"fieldwork_{end}": told[end] if told else "" for end in ("start", "end")}
        else:
            cells[name] = d.waves[wave].report if name == "report" else told
    return cells
