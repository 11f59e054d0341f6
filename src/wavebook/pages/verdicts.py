"""The list of all statements of a book: each whole sentence with its tests, their figures, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from docutils import nodes

from wavebook.claims import falls, rises, stable, uncertain
from wavebook.claims.words import name_of, turned_on
from wavebook.core.text import capital
from wavebook.figures import Figures, Key
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import panels
from wavebook.pages.figure_tables import fact_value
from wavebook.pages.records import Book, Record, read_trend
from wavebook.pages.uses import Use, live_link, made_paragraph, made_section

PROOFS = "proofs"  # the class of the list
Line = tuple[str, Sequence[nodes.Node]]  # what it tells, and that


@dataclass(frozen=True)
class Told:
    """A page with statements: its name, its address from the list, its title, and its records in their order."""

    docname: str
    address: str
    title: str
    records: Sequence[Record]


def proof_id(docname: str, address: str) -> str:
    """The address of a sentence in the list, from that of its first statement on its page."""
    return f"proof-{nodes.make_id(docname)}-{address}"


def first_address(record: Record) -> str:
    """The address of the first statement of the sentence that a record is about; empty if it has none."""
    return next((address for _, address in record.sentence if address), "")


def proofs(pages: Sequence[Told], book: Book) -> list[nodes.Element]:
    """How many sentences are tested and how many are a source's; then, for each page, all of them in its order."""
    words = words_in(book.language).tables
    by_page = [(page, [list(group) for _, group in groupby(page.records, key=_sentence)]) for page in pages]
    first = [group[0] for _, groups in by_page for group in groups]
    untested = sum(record.kind == "reported" for record in first)
    tested, reported = (wording.number(count, 0, book.language) for count in (len(first) - untested, untested))
    made: list[nodes.Element] = [made_paragraph("", words["counted"].format(tested=tested, reported=reported))]
    for page, groups in by_page:
        if groups:
            items = [_item(page, group, book) for group in groups]
            listed = nodes.bullet_list("", *items, classes=[PROOFS])
            made.append(made_section("", nodes.title("", page.title), listed, ids=[proof_id(page.docname, "page")]))
    return made


def _sentence(record: Record) -> object:
    return record.sentence or record


def _item(page: Told, group: Sequence[Record], book: Book) -> nodes.list_item:
    """A sentence that leads to its place, with the tests of all statements in it, or its source."""
    first = group[0]
    pieces = first.sentence or ((capital(first.shown), ""),)
    said = [
        nodes.reference("", text, refuri=f"{page.address}#{address}", internal=True) if address else nodes.Text(text)
        for text, address in pieces
    ]
    lists = [
        _pairs(_reported(record, book) if record.kind == "reported" else _tested(record, book)) for record in group
    ]
    item = nodes.list_item("", nodes.paragraph("", "", *said), *lists)
    address = first_address(first)
    item["ids"] = [proof_id(page.docname, address)] if address else []
    return item


def _pairs(lines: Iterable[Line]) -> nodes.definition_list:
    """What is told of one statement: lines under one name stand under it together."""
    made = nodes.definition_list()
    for name, group in groupby(lines, key=lambda line: line[0]):
        told = nodes.definition("", *(nodes.paragraph("", "", *line) for _, line in group))
        made += nodes.definition_list_item("", nodes.term("", name), told)
    return made


def _reported(record: Record, book: Book) -> Iterator[Line]:
    words = words_in(book.language).tables
    if found := _sources(record, book.figures):
        yield words["source"], found
    yield words["verdict"], [nodes.Text(words["not_tested"])]


def _tested(record: Record, book: Book) -> Iterator[Line]:
    words, figures = words_in(book.language).tables, book.figures
    verdict = _of_word(record, book) if record.kind == "trend" else book.results.claims.get(record.text)
    for part in verdict["parts"] if verdict else ():
        test: list[nodes.Node] = [nodes.Text(capital(part["said"]))]
        if closest := turned_on(part["closest"], figures):
            test.append(nodes.inline("", f" ({closest})", classes=["turned-on"]))
        yield words["test"], test
    for told in _behind(verdict, book) if verdict else ():
        yield words["figures"], told
    yield words["verdict"], [nodes.Text(capital(_outcome(record, verdict, figures)))]


def _of_word(record: Record, book: Book) -> dict:
    """The verdict that chose a word for the direction of a change."""
    key = read_trend(record.text)[1]
    statements = (rises(key), falls(key), stable(key), uncertain(rises(key)))
    told = [(item, item.verdict(book.figures)) for item in statements]
    item, verdict = next((pair for pair in told if pair[1].outcome == "holds"), told[0])
    return asdict(verdict) | {"parts": [{"said": item.said.text(book.figures), "closest": verdict.closest}]}


def _outcome(record: Record, verdict: Mapping | None, figures: Figures) -> str:
    """The verdict in words, with what it takes into account."""
    words = words_in(figures.language).tables
    told = words[record.outcome or "holds"]
    if verdict is None or not (verdict["figures"] or verdict["facts"]):
        return told
    basis = verdict["basis"]
    closest = [part["closest"] for part in verdict["parts"] if part["closest"]]
    decided = record.outcome in ("holds", "") and bool(closest) and all(item["truth"] is not None for item in closest)
    if decided and basis == "figures only":
        return words["holds_rounding"]
    if decided and basis in ("measured", "declared"):
        return words["holds_chance"].format(basis=words[basis])
    return f"{told} ({words[basis]})"


def _behind(verdict: Mapping, book: Book) -> Iterator[list[nodes.Node]]:
    """The figures that a test looked at, a line for each series, and those it is about that no source gives."""
    figures, language = book.figures, book.language
    seen: dict[Key, list[Key]] = {}
    for key in map(Key.read, verdict["figures"]):
        seen.setdefault(key._replace(wave=""), []).append(key)
    for series, keys in seen.items():
        numbers: list[nodes.Node] = []
        for key in sorted(keys, key=lambda key: figures.definitions.order(key.wave)):
            figure = figures[key]
            use = Use("value", str(key), keys=(str(key),), anchor=key.anchor, panel=book.panel(figure))
            shown = figure.text(language, "chart")
            numbers += [_number(shown, use), nodes.Text(f" ({figures.called(key.wave)})"), nodes.Text(", ")]
        yield [nodes.Text(wording.headed(capital(name_of(figures, series)), "", language)), *numbers[:-1]]
    for name in verdict["facts"]:
        fact = figures.definitions.facts[name]
        panel = panels.of_fact(figures, name, fact)
        use = Use("fact", name, anchor=f"fact-{name.replace('_', '-')}", panel=panel)
        day = nodes.Text(f" ({wording.date(fact.date, language)})")
        heading = wording.headed(capital(fact.name[language]), "", language)
        yield [nodes.Text(heading), _number(fact_value(fact, language), use), day]
    if absent := [Key.read(text) for text in verdict["absent"]]:
        what = dict.fromkeys(
            str(figures.called(key.wave)) if key.wave != figures.wave else name_of(figures, key) for key in absent
        )
        told = words_in(language).tables["not_known"].format(what=wording.listing(list(what), language))
        yield [nodes.Text(capital(told))]


def _number(shown: str, use: Use) -> live_link:
    return live_link("", shown, classes=["figure-value"], internal=True, refuri=f"#{use.anchor}", use=use)


def _sources(record: Record, figures: Figures) -> list[nodes.Node]:
    """The sources that a statement rests on, each a link if it can be read somewhere."""
    made: list[nodes.Node] = []
    for name in filter(None, record.text.split(",")):
        source = figures.sourced(name, "") if name in figures.definitions.sources else None
        cited, url = (source.cited, source.url) if source else (name, "")
        made += [nodes.reference("", cited, refuri=url) if url else nodes.Text(cited), nodes.Text("; ")]
    return made[:-1]
