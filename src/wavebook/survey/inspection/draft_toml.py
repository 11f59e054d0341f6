"""Drafts as TOML: what data/indicators.toml needs of each, and its lines in the block of its wave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wavebook.survey.inspection.drafts import Draft
from wavebook.survey.inspection.lines import code_list, remark, toml, toml_key

UNITS = {"share": "percent", "choice": "percent", "several": "percent", "count": "count", "duration": "minute"}
_DECIMALS = {"score": 1, "count": 1}


def words(text: str, languages: Sequence[str]) -> str:
    """A text for readers: as such in a book of one language, else the same in each."""
    plain = " ".join(text.split())
    if len(languages) == 1:
        return toml(plain)
    return f"{{ {', '.join(f'{code} = {toml(plain)}' for code in languages)} }}"


def unit_of(draft: Draft) -> str:
    """The unit that a draft is measured in; an amount in an unknown currency has one that is declared under [units]."""
    if draft.kind == "amount":
        return draft.currency or "amount"
    return "score" if draft.kind == "score" else UNITS[draft.kind]


def unit_tables(drafts: Iterable[Draft]) -> Iterator[str]:
    """The lines that declare amounts of which the currency is not known; comments if all such drafts are in doubt."""
    users = [draft for draft in drafts if draft.kind == "amount" and not draft.currency]
    if users:
        doubt = "# " if all(draft.doubt for draft in users) else ""
        yield from (
            f"{doubt}[units.amount]",
            f'{doubt}kind = "amount"  # or say of which currency: currency = "EUR"',
            "",
        )


def indicator_tables(draft: Draft, languages: Sequence[str], base: str) -> Iterator[str]:
    """The lines that declare a draft, all of them comments where it is in doubt."""
    mark = "# " if draft.doubt else ""
    if draft.doubt:
        yield f"# Look first: {' '.join(draft.doubt.split())}"
    if draft.kind == "breakdown":
        yield f"{mark}[segments.{draft.name}]"
        yield from (f"{mark}{line}" for line in _named(draft.text, languages))
        yield f"{mark}[segments.{draft.name}.values]"
    else:
        yield f"{mark}[indicators.{draft.name}]"
        yield f"{mark}unit = {toml(unit_of(draft))}"
        if draft.kind == "score" and draft.ends:
            yield f"{mark}scale = [{draft.ends[0]:g}, {draft.ends[1]:g}]"
        yield f"{mark}decimals = {_DECIMALS.get(draft.kind, 0)}"
        yield f"{mark}base = {toml(base)}"
        yield f"{mark}name = {words(draft.text, languages)}"
        yield f"{mark}definition = {words(draft.text, languages)}"
        if not draft.complete:
            yield f"{mark}complete = false  # there are other answers than these"
        if draft.categories:
            yield f"{mark}[indicators.{draft.name}.categories]"
    yield from (f"{mark}{key} = {words(label, languages)}" for key, label in draft.categories.items())
    yield ""


def _named(text: str, languages: Sequence[str]) -> list[str]:
    """The name of a breakdown, whose table has a key for each language."""
    return [f"{code} = {toml(' '.join(text.split()))}" for code in languages]


def answer_tables(drafts: Iterable[Draft], table: str, labels: Iterable[tuple[str, str]] = ()) -> Iterator[str]:
    """The lines that read drafts from the file of their wave, below ``table``; those in doubt are comments."""
    drafts, told = list(drafts), dict(labels)
    yield f"[{table}.columns]"
    for draft in drafts:
        mark = "# " if draft.doubt else ""
        for category, source in draft.columns.items():
            name = f"{draft.name}.{category}" if category else draft.name
            yield f"{mark}{name} = {toml(source)}{remark(draft.text if not category else '')}"
    for draft in drafts:
        mark = "# " if draft.doubt else ""
        if draft.codes:
            yield from ("", f"{mark}[{table}.codes.{draft.name}]")
            for code, meaning in draft.codes.items():
                label = told.get(code, "") or draft.categories.get(meaning, "")
                told_blank = "nothing was ticked: is that a no of everyone who was asked?" if code == "blank" else label
                yield f"{mark}{toml_key(code)} = {toml(meaning)}{remark(told_blank if told_blank != code else '')}"
    yield from _table(f"{table}.separator", ((d, d.name, toml(d.separator)) for d in drafts if d.separator))
    missing = ((d, d.name, code_list(d.missing)) for d in drafts if d.missing)
    yield from _table(f"{table}.missing_in", missing)
    ends = ((d, d.name, f"[{d.ends[0]:g}, {d.ends[1]:g}]") for d in drafts if d.kind == "score" and d.ends)
    yield from _table(f"{table}.ranges", ends)


def _table(name: str, lines: Iterable[tuple[Draft, str, str]]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"{'# ' if all(draft.doubt for draft, *_ in found) else ''}[{name}]")
        yield from (f"{'# ' if draft.doubt else ''}{key} = {value}" for draft, key, value in found)
