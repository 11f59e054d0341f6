"""What the extension puts on pages: tables, and what stands under a chart."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from html import escape
from itertools import groupby
from typing import ClassVar

from docutils import nodes

from wavebook import claims
from wavebook.charts import svg
from wavebook.definitions import Language, Revision
from wavebook.figures import AbsentFigureError, Figure, Figures, Key
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import panels

# --- tables -----------------------------------------------------------------------------------------------

UP, CITED = "<up>", "<cited>"  # no text can hold these, since all text is escaped
Cite = Callable[[str], list[nodes.Node]]
Cell = str | list[str | nodes.Node]


class data_table(nodes.General, nodes.Element):
    """A table whose cells are text for the most part, and stay that: one node, however long.

    The first child is all its text, for the search; the others hold the markup that cells refer to by number.
    """


def table(
    head: list[str],
    rows: list[tuple[str, list[Cell]]],
    label: str,
    numeric: Iterable[int] = (),
    language: Mapping[int, Language] | None = None,
) -> data_table:
    """A table that scrolls by itself on a narrow screen; ``rows`` are (id, cells).

    ``numeric`` are columns of numbers, ``language`` is that of columns in another one than the page's.
    """
    node, places = data_table(label=label), {}

    def part(content: str | nodes.Node) -> str | int:
        if isinstance(content, str):  # docutils' own text is too
            return str(content)
        return places.setdefault(content, len(places))

    made = [(name, [[cell] if isinstance(cell, str) else [*map(part, cell)] for cell in cells]) for name, cells in rows]
    said = dict.fromkeys(text for _, cells in made for cell in cells for text in cell if isinstance(text, str))
    node += nodes.Text(" ".join(said))
    node += [nodes.inline("", "", content.deepcopy()) for content in places]
    node.attributes |= {"head": head, "rows": made, "numeric": set(numeric), "language": language or {}}
    return node


def visit_table(self, node: data_table) -> None:
    """Write the whole table."""
    markup = []
    for holder in node[1:]:
        start = len(self.body)
        for child in holder:
            child.walkabout(self)
        markup.append(("".join(self.body[start:]), len(holder.astext())))
        del self.body[start:]
    self.body.append(table_html(node, markup))
    raise nodes.SkipNode


def table_html(node: data_table, markup: Sequence[tuple[str, int]] = ()) -> str:
    """The whole table; ``markup`` is HTML, and the length of what it says, for each piece that is not just text."""

    def cell(column: int, parts: list[str | int]) -> str:
        made = [(escape(part), len(part)) if isinstance(part, str) else markup[part] for part in parts]
        width = "num" if column in node["numeric"] else "long" if sum(length for _, length in made) > 15 else ""
        told = {"class": width, "lang": node["language"].get(column)}
        return f"<td{_attributes(told)}>{''.join(html for html, _ in made)}</td>"

    head = "".join(
        f"<th{_attributes({'scope': 'col', 'class': 'num' if i in node['numeric'] else ''})}>{escape(text)}</th>"
        for i, text in enumerate(node["head"])
    )
    rows = "\n".join(
        f"<tr{_attributes({'id': name})}>{''.join(cell(i, parts) for i, parts in enumerate(cells))}</tr>"
        for name, cells in node["rows"]
    )
    return _scrolling(node["label"], head, rows)


def _attributes(given: Mapping[str, str | None]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)


def _scrolling(label: str, head: str, rows: str) -> str:
    return (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def figures_tables(figures: Figures, cite: Cite) -> list[nodes.Element]:
    """Every figure of the edition: a section an indicator, a row a figure, with source and place in it."""
    words, language = words_in(figures.language).tables, figures.language
    made: list[nodes.Element] = [*_legend(figures)]
    cited: dict[str, list[nodes.Node]] = {}
    for name, group in groupby(figures, key=lambda f: f.key.indicator):
        indicator = figures.definitions.indicators[name]
        if any(name in section["names"] for section in made):
            continue
        group = [f for f in figures if f.key.indicator == name]
        rows = []
        for figure in sorted(group, key=lambda f: (f.key.segment, f.key.category, f.key.wave)):
            what = [
                figures.segment_label(figure.key),
                figures.label(figure.key) if figure.key.category else "",
            ]
            source = cited.setdefault(figure.source, cite(figure.source))
            shown = figure.text(language, "chart")
            n = words["unknown"] if figure.n is None else wording.number(figure.n, 0, language)
            interval = panels.interval(figures, figure) or words["unknown"]
            if not figures.definitions.bases[indicator.base].people:
                n, interval = words["not_applicable"], words["not_applicable"]
            what_cell = (
                ", ".join(filter(None, what)) or figures.definitions.populations[figure.key.population][language]
            )
            cells = [
                str(figure.key.wave),
                what_cell,
                shown,
                n,
                interval,
                [*source, f", {figure.locator}"],
            ]
            rows.append((figure.key.anchor, cells))
        title = indicator.name[language]
        title = title[:1].upper() + title[1:]
        section = nodes.section("", nodes.title("", title), ids=[name.replace("_", "-")], names=[name])
        base = figures.definitions.bases[indicator.base][language]
        section += nodes.paragraph("", f"{indicator.definition[language]}. {words['base']}: {base}.")
        section += _downloads(name, words["series"])
        head = [words[k] for k in ("wave", "what", "value", "n", "ci", "source")]
        section += table(head, rows, f"{title}. {words['scroll']}", numeric=(2, 3), language=_dutch_column(5, language))
        made.append(section)
    return made


def _legend(figures: Figures) -> Iterator[nodes.paragraph]:
    """What the marks of provisional and revised figures mean, when any figure carries one."""
    language, there = figures.language, {f.status for f in figures}
    shown = [
        f"{mark} {words_in(language).panels[status]}"
        for status, mark in words_in(language).marks.items()
        if status in there
    ]
    if shown:
        yield nodes.paragraph("", words_in(language).tables["marks"].format(marks=", ".join(shown)), classes=["marks"])


def _downloads(name: str, words: str) -> nodes.paragraph:
    """Links to the files of one series, beside the page."""
    links = [nodes.reference("", kind.upper(), refuri=f"data/{name}.{kind}", internal=True) for kind in ("csv", "json")]
    return nodes.paragraph(
        "", "", nodes.Text(f"{words}: "), links[0], nodes.Text(", "), links[1], classes=["downloads"]
    )


def facts_table(figures: Figures, cite: Cite) -> list[nodes.Element]:
    """The context facts, each with its own date and source."""
    words, language = words_in(figures.language).tables, figures.language
    rows = []
    for name, fact in figures.definitions.facts.items():
        value = wording.number(fact.value, 0, language)
        if fact.of:
            value += f" {words['of']} {wording.number(fact.of, 0, language)}"
        if fact.bound:
            value = f"{words['at_least' if fact.bound == 'lower' else 'at_most']} {value}"
        source = [*cite(fact.source), f", {fact.locator}"]
        cells = [wording.date(fact.date, language), fact.name[language], value, source]
        rows.append((f"fact-{name.replace('_', '-')}", cells))
    head = [words[k] for k in ("date", "what", "value", "source")]
    return [table(head, rows, words["scroll"], numeric=(2,), language=_dutch_column(3, language))]


def waves_table(figures: Figures, cite: Cite, keys: Sequence[str] = ()) -> list[nodes.Element]:
    """Who measured when, for whom and with how many respondents; a column for each of ``keys``, with its figures.

    Raises MissingFigureError where a key names no series.
    """
    words, language, d = words_in(figures.language).tables, figures.language, figures.definitions
    shown = {key: {f.key.wave: f for f in series_of(figures, key)} for key in keys}
    rows = []
    for year, wave in sorted(d.waves.items()):
        if year > figures.wave:
            continue
        values = [found[year].text(language) if year in found else words["unknown"] for found in shown.values()]
        sizes = [f.n for f in figures if f.key.wave == year and f.n and not f.key.segment_by]
        sizes += [sample.n for sample in wave.samples if sample.n]
        n = wording.number(max(sizes), 0, language) if sizes else words["unknown"]
        cells = [
            f"{year} ({wave.name[language]})",
            wave.bureau,
            wave.client[language],
            *values,
            n,
            cite(wave.source),
        ]
        rows.append(("", cells))
    names = [_series_name(figures, key) for key in keys]
    head = [*(words[k] for k in ("wave", "bureau", "client")), *names, "n", words["source"]]
    head = [h[:1].upper() + h[1:] if len(h) > 1 else h for h in head]
    label, numbers, last = f"{words['wave']}. {words['scroll']}", range(3, len(head) - 1), len(head) - 1
    return [table(head, rows, label, numeric=numbers, language=_dutch_column(last, language))]


def series_of(figures: Figures, key: str) -> list[Figure]:
    """The figures of a key through the waves; none where it names something that this edition does not have.

    Raises MissingFigureError where there is no such thing at all.
    """
    try:
        found = figures.series(key)
        return found or [figures[key]]  # which says what is missing, and what comes nearest
    except AbsentFigureError:
        return []


def _series_name(figures: Figures, key: str) -> str:
    """What a series is called above a column: its indicator and category."""
    name, _, category = key.partition("@")[0].strip().partition(".")
    indicator, language = figures.definitions.indicators[name], figures.language
    told = indicator.categories[category][language] if category else ""
    return ", ".join(filter(None, (indicator.name[language], told)))


def changes_tables(figures: Figures, link: Cite) -> list[nodes.Element]:
    """What changed in published editions: revised figures and corrected mistakes, apart, the newest first.

    ``link`` gives the nodes that lead to a page of the book, by its slug.
    """
    words, language, d = words_in(figures.language).tables, figures.language, figures.definitions
    none = words["none"]
    revised = [
        (r.date, [wording.date(r.date, language), str(r.wave), *revised_figure(figures, r), _reason(r, language)])
        for r in d.revisions
        if r.wave <= figures.wave
    ]
    corrected = []
    for c in d.corrections:
        if c.wave <= figures.wave:
            where = _listed([link(page) for page in c.pages])
            told = [c.what[language], c.before or none, c.after or none, c.reason[language]]
            corrected.append((c.date, [wording.date(c.date, language), str(c.wave), where, *told]))
    heads = {
        "revisions": ("date", "wave", "what", "before", "after", "reason"),
        "corrections": ("date", "wave", "page", "what", "before", "after", "reason"),
    }
    made = []
    for name, rows in (("revisions", revised), ("corrections", corrected)):
        section = nodes.section("", nodes.title("", words[name]), ids=[name], names=[name])
        section += nodes.paragraph("", words[f"{name}_are"] if rows else words[f"no_{name}"])
        if rows:
            newest_first = [("", cells) for _, cells in sorted(rows, key=lambda row: row[0], reverse=True)]
            section += table([words[k] for k in heads[name]], newest_first, f"{words[name]}. {words['scroll']}")
        made.append(section)
    return made


def revised_figure(figures: Figures, revision: Revision) -> tuple[str, str, str]:
    """A revised figure in readers' words, and its value before and after.

    As the record has them when the figure or its indicator is gone.
    """
    words, language = words_in(figures.language).tables, figures.language
    try:
        key = Key.read(revision.figure)
        indicator = figures.definitions.indicators[key.indicator]
    except LookupError:
        return revision.figure, revision.before or words["none"], revision.after or words["none"]
    parts = [indicator.name[language], figures.label(key) if key.category else "", figures.segment_label(key)]

    def told(value: str) -> str:
        try:
            return wording.quantity(Decimal(value), indicator.unit, indicator.decimals, language, style="chart")
        except InvalidOperation:
            return value or words["none"]

    return ", ".join(filter(None, parts)), told(revision.before), told(revision.after)


def _reason(revision: Revision, language: Language) -> Cell:
    """Why a figure was revised; marked as Dutch where English readers get it in Dutch."""
    if language == "nl" or revision.reason_en:
        return revision.reason if language == "nl" else revision.reason_en
    return [nodes.inline("", revision.reason, classes=["language-nl"])]  # docutils makes a lang attribute of the class


def _dutch_column(column: int, page: Language) -> dict[int, Language]:
    """The language of a column that is Dutch in every edition."""
    return {} if page == "nl" else {column: "nl"}


def _listed(items: list[list[nodes.Node]]) -> list[nodes.Node]:
    """Nodes of several items with commas between them."""
    return [node for i, item in enumerate(items) for node in ([nodes.Text(", ")] if i else []) + item]


TABLES: dict[str, Callable[[Figures, Cite], list[nodes.Element]]] = {
    "figures": figures_tables,
    "facts": facts_table,
}


def claim_tables(
    rows: list[tuple[str, str, object]], figures: Figures, verdicts: Mapping[str, dict]
) -> list[nodes.Element]:
    """Every tested sentence of the book, what was tested, about which figures, and its verdict with what that rests on.

    ``rows`` are (address, page title, record), ``verdicts`` those of the notebooks by name. Sentences that rest on a
    source alone follow in a table of their own.
    """
    words = words_in(figures.language).tables

    def sentence(address: str, title: str, record) -> Cell:
        said = record.shown[:1].upper() + record.shown[1:]
        link = nodes.reference("", title, refuri=address, internal=True)
        return [f"{said} (", link, ")"]

    tested = []
    for address, title, record in (row for row in rows if row[2].kind == "claim"):
        verdict = verdicts.get(record.text)
        rests = verdict and (record.outcome != "open" or record.keys)
        outcome = words[record.outcome] + (f" ({words[verdict['basis']]})" if rests else "")
        said = verdict["said"] if verdict else ""
        tested.append(("", [sentence(address, title, record), said, _covers(verdict, figures), outcome]))
    head = [words[k] for k in ("sentence", "tested", "covers", "verdict")]
    made = [table(head, tested, f"{words['tests']}. {words['scroll']}")]
    reported = [
        ("", [sentence(*row), ", ".join(_short_sources(row[2].text, figures))])
        for row in rows
        if row[2].kind == "reported"
    ]
    if reported:
        made.append(nodes.paragraph("", words["reported_are"]))
        made.append(table([words["sentence"], words["source"]], reported, f"{words['reported']}. {words['scroll']}"))
    return made


def _covers(verdict: dict | None, figures: Figures) -> str:
    """The figures that a test looked at, by wave, and what it speaks of that no source gives."""
    if verdict is None:
        return ""
    words, language = words_in(figures.language).tables, figures.language
    seen = [Key.read(text) for text in verdict["figures"]]
    told = [
        f"{key.wave}: " + ", ".join(figures[k].text(language, "chart") for k in keys)
        for key, keys in ((next(iter(group)), group) for group in _by_wave(seen))
    ]
    d = figures.definitions
    for name in verdict["facts"]:
        fact = d.facts[name]
        told.append(f"{wording.date(fact.date, language)}: {wording.number(fact.value, 0, language)}")
    absent = [Key.read(text) for text in verdict["absent"]]
    if absent:
        what = dict.fromkeys(
            str(key.wave) if key.wave != figures.wave else claims.words.name_of(figures, key) for key in absent
        )
        told.append(words["not_known"].format(what=wording.listing(list(what), language)))
    return "; ".join(told)


def _by_wave(keys: Iterable[Key]) -> list[list[Key]]:
    ordered = sorted(keys, key=lambda key: key.wave)
    return [list(group) for _, group in groupby(ordered, key=lambda key: key.wave)]


def _short_sources(names: str, figures: Figures) -> list[str]:
    known = figures.definitions.sources
    return [known[name].short(figures.language) if name in known else name for name in names.split(",") if name]


def samples_told(figures: Figures) -> str:
    """What is declared of the people behind figures without an error, by wave: who says so, or what is assumed."""
    words, language, d = words_in(figures.language).tables, figures.language, figures.definitions
    told = []
    for year, sample in ((year, sample) for year, wave in sorted(d.waves.items()) for sample in wave.samples):
        if year > figures.wave:
            continue
        about = [d.indicators[name].name[language] for name in sample.indicators]
        numbers = {name: getattr(sample, name) for name in sample.NUMBERS if getattr(sample, name) is not None}
        parts = [
            words[f"sample_{name}"].format(n=wording.number(value, 2 if name == "deviation" else 0, language))
            for name, value in numbers.items()
        ]
        if sample.assumption:
            parts.append(words["assumed"].format(why=sample.assumption[language]))
        else:
            parts.append(f"{d.sources[sample.source].short(language)}, {sample.locator}")
        named = f" ({wording.listing(about, language)})" if about else ""
        told.append(f"{year}{named}: {', '.join(parts)}")
    return "; ".join(told)


def remarks(figures: Figures, asked: Iterable[str | tuple[int, int]]) -> nodes.Element:
    """What readers should know of a page's comparisons: the two waves between which a break lies, or a word.

    The word is ``chance`` where no error is known, and ``derived`` where errors follow from what is declared.
    """
    words = words_in(figures.language).tables
    made = nodes.container("", classes=["remark"], wavebook="remark", is_div=True)
    for remark in asked:
        told = _break_remark(figures, *remark) if isinstance(remark, tuple) else words[remark]
        told = told.format(samples=samples_told(figures)) if remark == "derived" else told
        made += nodes.paragraph("", f"* {told}", ids=[remark_id(remark)])
    return made


def remark_id(remark: str | tuple[int, int]) -> str:
    """Where a remark stands on its page."""
    return remark if isinstance(remark, str) else "break-{}-{}".format(*remark)


def _break_remark(figures: Figures, start: int, end: int) -> str:
    """What readers should know of comparisons across a noted break."""
    language = figures.language
    reasons = [b.reason[language] for b in figures.definitions.breaks if (b.start, b.end) == (start, end)]
    return words_in(language).tables["break"].format(start=start, end=end, reason="; ".join(reasons))


# --- charts -----------------------------------------------------------------------------------------------


def chart_svg(node: nodes.Element, identity: str, caption: str) -> str:
    """Both widths of a chart as inline SVG with a name and a description; the page shows the one that fits."""
    html = []
    for width, drawing in node["svg"].items():
        named = svg.described(
            drawing,
            id=f"{identity}-{width}",
            title=caption,
            description=node["summary"],
            language=node["language"],
        )
        html.append(f'<div class="chart-{width}">{named}</div>')
    return "\n".join(html) + "\n"


def chart_table(payload: dict, caption: str) -> str:
    """The figures of a chart as HTML: a table that opens by a press, named after the chart's caption."""
    words = words_in(payload["language"]).tables
    cells = "".join(f'<th scope="col">{escape(text)}</th>' for text in payload["table"]["head"])
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(text)}</td>" for text in rest) + "</tr>"
        for first, *rest in payload["table"]["rows"]
    )
    shown = _scrolling(f"{words['data']}: {caption}", cells, rows)
    return f'<details class="chart-data"><summary>{words["data"]}</summary>{shown}</details>'


def chart_kit(payload: dict, figures: Figures, kinds: Iterable[str], caption: str) -> str:
    """Source, notes, table, downloads (files of these ``kinds``) and citation of a chart as HTML.

    ``UP`` stands for the way to the site's root, ``CITED`` for what is known when the page is written.
    """
    words, name = words_in(figures.language).tables, payload["name"]
    notes = f'<p class="note">{escape(" ".join(payload["notes"]))}</p>' if payload["notes"] else ""
    source = wording.in_dutch(escape("; ".join(payload["sources"])), figures.language)
    links = [f'<a href="{UP}charts/{name}.{kind}" download>{kind.upper()}</a>' for kind in kinds]
    links.append(f'<a href="#fig-{name}">{words["permalink"]}</a>')
    return (
        f'<p class="source">{words["source"]}: {source}</p>{notes}'
        f"{chart_table(payload, caption)}"
        f'<p class="chart-downloads">{_explore(name, words)} {" ".join(links)}</p>'
        f'<details class="chart-cite"><summary>{words["cite"]}</summary><p>{CITED} '
        f"{words['source']}: {source}.</p></details>\n"
    )


def _explore(name: str, words: Mapping[str, str]) -> str:
    """The button that lets a chart be explored; hidden until the script that it needs runs."""
    told = {"other": "done", "hint": "hint", "role": "explored", "failed": "failed"}
    data = "".join(f' data-{attribute}="{escape(words[key])}"' for attribute, key in told.items())
    return f'<button type="button" class="explore" value="{name}" hidden{data}>{words["explore"]}</button>'


def neutral_caption(payload: dict, figures: Figures) -> str:
    """What a chart is about, without saying what there is to see."""
    names = dict.fromkeys(re.split(r"[.@]", key)[0] for key in payload["figures"])
    declared = [figures.definitions.indicators[name].name[figures.language] for name in names]
    said = wording.listing(declared, figures.language) if declared else payload["table"]["rows"][0][0]
    return f"{said[:1].upper()}{said[1:]}."


def citation(book, config, address: str, caption: str) -> str:
    """How a chart is cited: maker, year of the edition, caption, publication and where it stands."""
    words = words_in(book.language).tables
    return words["cited"].format(
        author=config.author,
        year=book.released[:4] or words["no_year"],
        caption=caption.rstrip("."),
        title=config.html_title,
        wave=book.figures.wave,
        address=f"{address}.",
    )


class OutputRenderer:
    """Shows charts and verdicts on the pages of the executed notebooks; a plugin of myst-nb."""

    mime_priority_overrides: ClassVar = [
        (builder, mime, 1) for builder in ("html", "singlehtml") for mime in (svg.MIME, claims.MIME)
    ]

    @staticmethod
    def handle_mime(renderer, data, inline: bool) -> list[nodes.Element] | None:
        """Docutils nodes for an output made by this library, None for any other."""
        if data.mime_type not in (svg.MIME, claims.MIME):
            return None
        content = json.loads(data.content) if isinstance(data.content, str) else data.content
        if "absent" in content:
            return [nodes.paragraph("", content["absent"])]
        if data.mime_type == svg.MIME:
            named = content["summary"].partition(":")[0]  # its kind and what comes first in it
            holder = nodes.Element(svg=content["svg"], summary=content["summary"], language=content["language"])
            drawn = chart_svg(holder, f"output-{content['name']}", named) + chart_table(content, named)
            return [nodes.raw("", f'<div class="chart">{drawn}</div>', format="html")]
        page = renderer.renderer.sphinx_env.config.language or "nl"
        words = words_in(page).tables
        rows = [
            ("", [name, verdict["predicate"], words[verdict["outcome"]], verdict["reason"]])
            for name, verdict in content.items()
        ]
        head = [words[k] for k in ("sentence", "tested", "verdict", "figures")]
        own = {column: language for column, language in enumerate(("nl", "en", page, "en")) if language != page}
        # as HTML, for a book that knows nothing of this library's tables shows it too
        return [nodes.raw("", table_html(table(head, rows, words["scroll"], language=own)), format="html")]
