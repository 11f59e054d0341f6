"""The figures of a book, loaded and checked once for each state of its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from wavebook.core import files, hints, languages
from wavebook.core.known import Known
from wavebook.core.problems import Problem, raise_all
from wavebook.core.root import find_root
from wavebook.core.units import Language
from wavebook.definitions import Definitions, load_definitions, wave_key
from wavebook.figures import parted, unknown
from wavebook.figures.correlations import Correlations, read_correlations
from wavebook.figures.figures import Figures
from wavebook.figures.kept import Kept
from wavebook.figures.key import Key
from wavebook.figures.quick import load_rows
from wavebook.figures.rows import AllFigures, Rows
from wavebook.figures.table import figures_of, is_excerpt, load_table


def load(
    root: Path | str | None = None,
    *,
    wave: str | int | None = None,
    baseline: str | int | None = None,
    population: str = "",
    segment: str = "",
    language: Language | None = None,
) -> Figures:
    """The checked figures of an edition.

    Parameters
    ----------
    root
        The book's folder; by default the nearest one at or above the current folder.
    wave, baseline
        Keys of waves, a year as a number too; by default the newest published wave, and the baseline that waves.toml
        declares.
    population, segment
        Whose figures: empty for the first declared population; ``segment`` as in ``"municipality=utrecht"``, empty for
        everyone.
    language
        That of labels; by default the first language of the book.

    Raises
    ------
    ProblemsError
        Every fault of the declarations or the tables, all at once (W20x–W22x).
    """
    root = Path(root) if root else find_root()
    definitions, rows, correlations = _checked(root)
    now = definitions.current if wave is None else str(wave_key(wave))
    since = definitions.baseline if baseline is None else str(wave_key(baseline))
    language = definitions.languages[0] if language is None else language
    raise_all(_edition_problems(definitions, now, since, population, segment, language))
    return Figures(
        definitions.told_until(now),
        rows,
        wave=now,
        baseline=since,
        population=population if population != definitions.population else "",
        segment=segment,
        language=language,
        correlations=correlations,
    )


class _Measured(Mapping[str, str]):
    """The wave of each figure that is shown with its error, by its name."""

    def __init__(self, rows: Rows):
        self.rows = rows

    def __getitem__(self, name: str) -> str:
        try:
            figure = self.rows[Key.read(name)]
        except LookupError:
            raise KeyError(name) from None
        if figure.se is None or str(figure.key) != name:
            raise KeyError(name)
        return figure.key.wave

    def __iter__(self) -> Iterator[str]:
        return (str(figure.key) for figure in self.rows.values() if figure.se is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def everything(root: Path) -> tuple[Definitions, AllFigures]:
    """The declarations of a book and all its checked figures, whichever edition may show them; raises as ``load``."""
    definitions, rows, _ = _checked(root)
    return definitions, rows.values()


_CHECKED: dict[tuple[Path, tuple[Language, ...], str], tuple[Definitions, Rows, Correlations]] = {}
_KNOWN = Known()


def _checked(root: Path) -> tuple[Definitions, Rows, Correlations]:
    """Load declarations, figures and correlations; the same ones again as long as no file in data/ changes."""
    now = root, languages.declared(root), _KNOWN.digest(files.data(root))
    if now in _CHECKED:
        return _CHECKED[now]
    definitions = load_definitions(root)
    kept = Kept(root, f"{now[1:]}")
    there = kept.rows(definitions)
    rows = _rows(root, definitions) if there is None else there
    raise_all(unknown.contradicted(definitions, rows))
    folder = root / "data" / "correlations"
    found = definitions, rows, read_correlations(folder, [*definitions.waves], _Measured(rows))
    if _KNOWN.digest(files.data(root)) == now[2]:  # otherwise a file was saved meanwhile
        if len(_CHECKED) > 1:
            _CHECKED.clear()
        _CHECKED[now] = found
        if there is None:
            kept.keep(rows)
    return found


def _rows(root: Path, definitions: Definitions) -> Rows:
    rows = load_rows(root, definitions, whole=not is_excerpt(root))
    if rows is not None:
        return rows
    if parted.is_large(root):
        return parted.load_parts(root, definitions)
    return Rows.of(figures_of(load_table(root, definitions), definitions))


def _edition_problems(
    d: Definitions, wave: str, baseline: str, population: str, segment: str, language: Language
) -> Iterator[Problem]:
    parts: tuple[tuple[str, object, list[object]], ...] = (
        ("wave", wave, [*d.waves]),
        ("baseline", baseline, [*d.waves]),
        ("population", population, ["", *d.populations]),
        ("language", language, [*d.languages]),
    )
    for name, value, known in parts:
        if value not in known:
            choices = ", ".join(filter(None, map(str, known)))
            action = f"Choose one of: {choices}." if choices else f"Leave it out: this book declares no {name}."
            yield Problem("W501", f"{name} {value!r}", "is not known", action)
    segments = [f"{name}={value}" for name, breakdown in d.segments.items() for value in breakdown.values]
    if segment and segment not in segments:
        none = "Choose a segment of data/indicators.toml." if segments else "This book declares no segments."
        action = hints.before(segment, segments, none)
        yield Problem("W501", f"segment {segment!r}", "is not known", action)
    first = wave == baseline == next(iter(d.waves))  # which has no change
    if {wave, baseline} <= d.waves.keys() and d.order(baseline) >= d.order(wave) and not first:
        yield Problem("W501", f"baseline {baseline}", f"does not come before wave {wave}", "Choose an earlier one.")
