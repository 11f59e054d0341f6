"""Excerpts of data/: the data that one edition may read, as a data folder of its own.

An excerpt holds the figures and declarations of the edition's waves, and only the edition's own segment of a breakdown
that it is about; no figure that may not be shown, and no answers. Notebooks run in it, so that a run depends on no more
than it can read; one of many editions is built from it, here or on another machine.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tomli_w

from wavebook.core import files, hashes
from wavebook.core.writing import csv_table
from wavebook.definitions import in_order, wave_key
from wavebook.figures import correlations
from wavebook.figures.key import KEY_COLUMNS, Key
from wavebook.figures.lines import Lines, Row, read_rows

# each is read by its own rules, or never
_FOLDERS = ("codebooks", "correlations", "figures", "mappings", "margins", "published", "responses")
_FILES = (
    "accessibility.json",
    "revisions.csv",
    files.EXCERPT,
    *(f"{name}.toml" for name in ("accessibility", "context", "corrections", "indicators", "waves")),
)
_MARK = b"Part of a book's data, made for one edition. What is not used here is used elsewhere.\n"


class Excerpts:
    """Excerpts of one book's data; ``figures.load`` has already reported faulty files."""

    def __init__(self, root: Path):
        self.data = root / "data"
        self.indicators = self._toml("indicators")
        self.waves = self._toml("waves")
        self.facts = self._toml("context")
        self.population = next(iter(self.indicators.get("populations", {})), "")
        self.least = self.waves.get("disclosure", {}).get("minimum_base", 0)
        own = [path for name in ("context.toml", "references.bib") if (path := self.data / name).is_file()]
        self.verbatim = {path.name: path.read_bytes() for path in own}
        self.verbatim |= self._named() | self._shapes()
        self.corrections = self._toml("corrections").get("corrections", [])
        self.revisions = self._rows("revisions.csv")
        self.order = {wave: place for place, wave in enumerate(in_order(self.waves["waves"]))}
        self.lines = {wave: Lines(self._content(f"figures/{wave}.csv"), self.least) for wave in self.order}
        self.pairs = {year: self._pairs(year) for year in self.lines}

    def of(self, *, wave: str, baseline: str, segment: str = "") -> dict[str, bytes]:
        """Make the files of one edition, by their names below the book's folder."""
        breakdown, _, value = segment.partition("=")
        own = breakdown, value
        shown = {year: lines.shown(own) for year, lines in self.lines.items() if self._is_until(year, wave)}
        made = {f"figures/{year}.csv": self.lines[year].table(lines) for year, lines in shown.items()}
        for year in shown:
            pairs = [row for row, keys in self.pairs[year] if all(self._is_shown(key, wave, own) for key in keys)]
            made |= {f"correlations/{year}.csv": _csv(correlations.COLUMNS, pairs)} if pairs else {}
        made |= self.verbatim | {files.EXCERPT: _MARK}
        facts = {name: fact for name, fact in self.facts.items() if self._is_until(fact.get("since", wave), wave)}
        made |= {"context.toml": tomli_w.dumps(facts).encode()} if len(facts) < len(self.facts) else {}
        indicators = self._indicators(wave, own)
        whole = indicators == self.indicators
        made["indicators.toml"] = self._content("indicators.toml") if whole else tomli_w.dumps(indicators).encode()
        made["waves.toml"] = tomli_w.dumps(self._waves(wave, baseline)).encode()
        corrections = [c for c in self.corrections if self._is_until(c["wave"], wave)]
        if corrections:
            made["corrections.toml"] = tomli_w.dumps({"corrections": corrections}).encode()
        revisions = [row for row in self.revisions if self._is_of(row, wave, own)]
        if revisions:
            hidden = {year: self._hidden(year, shown[year]) for year in {row["wave"] for row in revisions}}
            revisions = [_revision(row, hidden[row["wave"]]) for row in revisions]
            made["revisions.csv"] = _csv(list(revisions[0]), revisions)
        return {f"data/{name}": content for name, content in sorted(made.items())}

    def _named(self) -> dict[str, bytes]:
        """The editor's own files that notebooks, or modules beside them, name, as in ``../data/regions.csv``."""
        root = self.data.parent
        code = [*files.notebooks(root), *(p for p in files.beside_notebooks(root) if p.suffix == ".py")]
        text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in code if path.is_file())
        paths = {p.relative_to(self.data): p for p in files.data(root) if self.data in p.parents}
        return {
            name.as_posix(): path.read_bytes()
            for name, path in paths.items()
            if name.parts[0] not in _FOLDERS and name.as_posix() not in _FILES and any(n in text for n in name.parts)
        }

    def _shapes(self) -> dict[str, bytes]:
        """The files of shapes that breakdowns name."""
        named = {item["shapes"] for item in self.indicators.get("segments", {}).values() if "shapes" in item}
        return {name: (self.data / name).read_bytes() for name in sorted(named)}

    def _is_until(self, wave: object, last: str) -> bool:
        return self.order[str(wave_key(wave))] <= self.order[last]

    def _is_shown(self, key: Key, wave: str, own: tuple[str, str]) -> bool:
        """Tell whether an edition of ``wave``, about segment ``own`` of a breakdown, shows a figure with this key."""
        return self._is_until(key.wave, wave) and key.may_show(own)

    def _toml(self, name: str) -> dict:
        path = self.data / f"{name}.toml"
        return tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}

    def _content(self, name: str) -> bytes:
        path = self.data / name
        return path.read_bytes() if path.is_file() else b""

    def _rows(self, name: str) -> list[Row]:
        return read_rows(self._content(name).decode("utf-8-sig"))

    def _pairs(self, year: str) -> list[tuple[Row, list[Key]]]:
        """The pairs of figures whose correlation is known, with their keys."""
        rows = self._rows(f"correlations/{year}.csv")
        return [(row, [Key.read(row[name].strip()) for name in ("one", "other")]) for row in rows]

    def _indicators(self, wave: str, own: tuple[str, str]) -> dict:
        segments = dict(self.indicators.get("segments", {}))
        if own[0]:
            values = segments[own[0]]["values"]
            declared = {name: value for name, value in segments[own[0]].items() if name not in ("shapes", "id")}
            segments[own[0]] = declared | {"values": {own[1]: values[own[1]]}}  # one shape is no map
            parents = segments[own[0]].get("parents", {})
            segments[own[0]] |= {"parents": {own[1]: parents[own[1]]}} if parents else {}
            for name, declared in segments.items():  # the parents of most are not among the values any more
                if declared.get("within") == own[0]:
                    segments[name] = {k: v for k, v in declared.items() if k not in ("within", "parents")}
        indicators = {
            name: declared | {"waves": [key for key in declared["waves"] if self._is_until(key, wave)]}
            if "waves" in declared
            else declared
            for name, declared in self.indicators["indicators"].items()
        }
        return self.indicators | {"indicators": indicators} | ({"segments": segments} if segments else {})

    def _waves(self, wave: str, baseline: str) -> dict:
        """The declarations of the waves up to this one, without those for reading answers."""
        waves = {
            year: {name: value for name, value in declared.items() if name != "responses"}
            for year, declared in self.waves["waves"].items()
            if self._is_until(year, wave)
        }
        told = {
            name: [item for item in self.waves.get(name, []) if self._is_until(item["to"], wave)]
            for name in ("breaks", "same")
        }
        unknown = [item for item in self.waves.get("unknown", []) if self._is_until(item["wave"], wave)]
        told |= {"unknown": unknown} if unknown or "unknown" in self.waves else {}
        return self.waves | {"baseline": baseline, "waves": waves} | told

    def _is_of(self, revision: Row, wave: str, own: tuple[str, str]) -> bool:
        try:
            key = Key.read(revision["figure"])
        except LookupError:
            return not own[0]
        return self._is_shown(key._replace(wave=revision["wave"]), wave, own)

    def _hidden(self, year: str, shown: np.ndarray) -> set[tuple[str, ...]]:
        """The keys of those of the lines that show no numbers."""
        whole = {"population": {self.population: ""}}
        return {
            tuple(whole.get(name, {}).get(cell, cell) for name in KEY_COLUMNS for cell in [row.get(name, "").strip()])
            for row in self.lines[year].suppressed(shown)
        }


def _revision(revision: Row, hidden: set[tuple[str, ...]]) -> Row:
    """A revision without the values of a figure that may not be shown any more."""
    try:
        key = tuple(map(str, Key.read(revision["figure"])))
    except LookupError:
        return revision
    return revision | {"before": "", "after": ""} if key in hidden else revision


def digest(made: dict[str, bytes]) -> str:
    """A hash of the names and contents of files."""
    return hashes.of_all(sorted(made.items()))


def _csv(columns: Sequence[str], rows: list[Row]) -> bytes:
    return csv_table(columns, rows).encode()
