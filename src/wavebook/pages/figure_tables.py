"""The figures, facts and waves of an edition as tables of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from docutils import nodes

from wavebook.core.text import capital
from wavebook.core.units import Language
from wavebook.definitions import Fact
from wavebook.figures import PERTURBED, PERTURBED_REVISED, AbsentFigureError, Figure, Figures, Key
from wavebook.figures.rows import Rows
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import columns, fact_downloads, panels
from wavebook.pages.banners import download
from wavebook.pages.tables import Cell, Cite, Places, table
from wavebook.pages.uses import made_paragraph, made_section


def figures_tables(figures: Figures, cite: Cite) -> list[nodes.Element]:
    """Every figure of the edition: a section for each indicator, a row for each figure, with its source and locator."""
    words, language = words_in(figures.language).tables, figures.language
    made: list[nodes.Element] = [made_paragraph("", text, classes=["marks"]) for text in legend(figures, figures.rows)]
    made += download.link(figures)
    places = Places(figures, cite)
    order = figures.definitions.order
    rows_of = {
        name: figures.rows.take(figures.rows.words["indicator"].having(name))
        for name in figures.rows.words["indicator"].used()
    }
    unknown = [columns.unknown(rows) for name, rows in rows_of.items() if figures.of_people(name)]
    everywhere = set.intersection(*unknown) if unknown else set()
    made += _said(columns.said(everywhere, language))
    for name, group in rows_of.items():
        indicator = figures.definitions.indicators[name]
        shown = columns.columns_of(figures, name, group)
        rows: list[tuple[str, list[Cell]]] = []
        for figure in sorted(group.values(), key=lambda f: (f.key.segment, f.key.category, order(f.key.wave))):
            source = places.told(figure.source, figure.locator)
            rows.append((figure.key.anchor, [*cells_of(figures, figure, shown), source]))
        title = capital(indicator.name[language])
        section = made_section("", nodes.title("", title), ids=[name.replace("_", "-")], names=[name])
        section += nodes.paragraph("", about(figures, name, group))
        section += _downloads(name, wording.headed(words["series"], "", language))
        if figures.of_people(name):
            section += _said(columns.said(columns.unknown(group) - everywhere, language))
        numeric = [place for place, column in enumerate(shown) if column in columns.NUMERIC]
        section += table([words[k] for k in shown], rows, f"{title}. {words['scroll']}", numeric=numeric)
        made.append(section)
    return made


def _said(texts: Iterable[str]) -> list[nodes.Element]:
    """The sentences on what a table does not have, as a paragraph; none where it has all."""
    text = " ".join(texts)
    return [made_paragraph("", text, classes=["marks"])] if text else []


def about(figures: Figures, name: str, rows: Rows | None = None) -> str:
    """What an indicator measures, and in whom where it is about people; also the population that all ``rows`` share."""
    indicator, language = figures.definitions.indicators[name], figures.language
    said = wording.ended(indicator.definition[language])
    if figures.of_people(name):
        base = figures.definitions.bases[indicator.base][language]
        if (
            rows
            and columns.is_of_one(figures, name, rows)
            and (people := figures.people(rows.words["population"].used()[0]))
        ):
            base = wording.in_series([base, people], language)
        said += f" {wording.ended(wording.headed(words_in(language).tables['base'], base, language))}"
    return said


def cells_of(figures: Figures, figure: Figure, shown: Sequence[str]) -> list[str]:
    """A figure's row as far as these columns go, but for its source: wave, what it is of, value, n, interval."""
    key = figure.key
    cells = (figures.called(key.wave), what_of(figures, key), *numbers_of(figures, figure))
    return [cell for name, cell in zip(columns.ALL, cells, strict=False) if name in shown]


def what_of(figures: Figures, key: Key) -> str:
    """What a figure of an indicator is of: segment, category, population; the same in each wave."""
    what = [
        figures.segment_label(key),
        figures.label(key) if key.category else "",
        columns.population_of(figures, key),
    ]
    return ", ".join(filter(None, what)) or figures.people("") or words_in(figures.language).tables["everyone"]


def numbers_of(figures: Figures, figure: Figure) -> tuple[str, str, str]:
    """A figure's value, respondents, interval."""
    words, language = words_in(figures.language).tables, figures.language
    n = words["unknown"] if figure.n is None else wording.number(figure.n, 0, language)
    return figure.text(language, "chart"), n, panels.interval(figures, figure) or words["unknown"]


def legend(figures: Figures, rows: Rows) -> Iterator[str]:
    """The meaning of the marks beside figures (provisional, revised, with noise), if any of these rows carries one."""
    language, there = figures.language, rows.words["status"].used()
    shown = [
        f"{mark} {words_in(language).panels[status]}"
        for status, mark in words_in(language).marks.items()
        if status in there
    ]
    if shown:
        yield words_in(language).tables["marks"].format(marks=", ".join(shown))


def _downloads(name: str, heading: str) -> nodes.paragraph:
    """Links to the files of one series, beside the page."""
    links = [nodes.reference("", kind.upper(), refuri=f"data/{name}.{kind}", internal=True) for kind in ("csv", "json")]
    return nodes.paragraph("", "", nodes.Text(heading), links[0], nodes.Text(", "), links[1], classes=["downloads"])


def facts_table(figures: Figures, cite: Cite) -> list[nodes.Element]:
    """The context facts, each with its own date and source."""
    words, language, places = words_in(figures.language).tables, figures.language, Places(figures, cite)
    rows: list[tuple[str, list[Cell]]] = []
    for name, fact in figures.definitions.facts.items():
        value = fact_value(fact, language)
        source = places.told(fact.source, fact.locator)
        cells: list[Cell] = [wording.date(fact.date, language), fact.name[language], value, source]
        rows.append((f"fact-{name.replace('_', '-')}", cells))
    head = [words[k] for k in ("date", "what", "value", "source")]
    made: list[nodes.Element] = [table(head, rows, words["scroll"], numeric=(2,))]
    return [*made, _download_of_facts(language)] if rows else made


def fact_value(fact: Fact, language: Language) -> str:
    """The number of a context fact with what it is part of, and that it was more or less."""
    words = words_in(language).tables
    value = wording.number(fact.value, fact.decimals, language)
    if fact.of:
        value += f" {words['of']} {wording.number(fact.of, 0, language)}"
    return f"{words['at_least' if fact.bound == 'lower' else 'at_most']} {value}" if fact.bound else value


def _download_of_facts(language: Language) -> nodes.paragraph:
    """A link to the file of all facts, beside the page."""
    heading = wording.headed(words_in(language).travel["files"], "", language)
    link = nodes.reference("", "CSV", refuri=f"data/{fact_downloads.NAME}.csv", internal=True)
    return nodes.paragraph("", "", nodes.Text(heading), link, classes=["downloads"])


def waves_table(figures: Figures, cite: Cite, keys: Sequence[str] = ()) -> list[nodes.Element]:
    """The table of waves: who measured when, for whom, with how many respondents; a column for each of ``keys``.

    Raises MissingFigureError where a key names no series.
    """
    words, language, d = words_in(figures.language).tables, figures.language, figures.definitions
    waves = {key: wave for key, wave in d.waves.items() if figures.is_shown(key)}
    by_key = {key: {f.key.wave: f for f in series_of(figures, key)} for key in keys}
    series = [(_series_name(figures, key), found) for key, found in by_key.items()]
    shown = [(name, found) for name, found in series if found.keys() & waves]
    sizes = {key: [*_largest(figures, key), *(s.n for s in wave.samples if s.n)] for key, wave in waves.items()}
    sized, commissioned = any(sizes.values()), any(wave.client for wave in waves.values())
    rows: list[tuple[str, list[Cell]]] = []
    for key, wave in waves.items():
        values = [found[key].text(language, "chart") if key in found else words["unknown"] for _, found in shown]
        if sized:
            values.append(wording.number(max(sizes[key]), 0, language) if sizes[key] else words["unknown"])
        cells: list[Cell] = [
            figures.called(key) + (f" ({wave.name[language]})" if wave.name else ""),
            wave.bureau,
            *([wave.client[language] if wave.client else ""] if commissioned else []),
            *values,
            cite(wave.source),
        ]
        rows.append(("", cells))
    who = ("wave", "bureau", "client") if commissioned else ("wave", "bureau")
    head = [
        *(words[k] for k in who),
        *(name for name, _ in shown),
        *(["n"] if any(sizes.values()) else []),
        words["source"],
    ]
    head = [capital(h) if len(h) > 1 else h for h in head]
    made = table(head, rows, f"{words['wave']}. {words['scroll']}", numeric=range(len(who), len(head) - 1))
    unknown = [
        capital(words["not_known"].format(what=name)) + "." for name, found in series if not found.keys() & waves
    ]
    unknown += [] if any(sizes.values()) else [words["no_n_waves"]]
    return [*_said(unknown), made, *_noise(figures)]


def _largest(figures: Figures, wave: str) -> list[int]:
    """The largest number of respondents behind a figure of a wave about everyone; empty where none is known."""
    words, n = figures.rows.words, figures.rows.numbers["n"]
    known = n[words["wave"].having(wave) & words["segment_by"].having("") & (n > 0)]
    return [int(known.max())] if len(known) else []


def _noise(figures: Figures) -> Iterator[made_paragraph]:
    """A remark on the waves with noise in their figures, its size, and its reason."""
    words, language = words_in(figures.language).tables, figures.language
    rows = figures.rows
    noisy = rows.take(rows.words["status"].having(PERTURBED, PERTURBED_REVISED)).words["wave"].used()
    for wave in sorted(noisy, key=figures.definitions.order):
        size = panels.noise_of(figures.definitions, wave, language)
        yield made_paragraph("", words["noise"].format(wave=figures.called(wave), **size), classes=["noise"])


def series_of(figures: Figures, key: str) -> list[Figure]:
    """The figures of a key through the waves; none where it names something that this edition does not have.

    Raises MissingFigureError where no edition has it.
    """
    try:
        found = figures.series(key)
        return found or [figures[key]]  # this says what is missing, and what is nearest
    except AbsentFigureError:
        return []


def _series_name(figures: Figures, key: str) -> str:
    """The name of a series above a column: its indicator and category."""
    name, _, category = key.partition("@")[0].strip().partition(".")
    indicator, language = figures.definitions.indicators[name], figures.language
    told = indicator.categories[category][language] if category else ""
    return ", ".join(filter(None, (indicator.name[language], told)))


TABLES: dict[str, Callable[[Figures, Cite], list[nodes.Element]]] = {
    "figures": figures_tables,
    "facts": facts_table,
}
