"""Explanations beside a number or a term: its origin, or its meaning, in a panel on the same page.

A number is a link to its row on the data page and is described by its panel; a small script shows the panel beside the
number. Without scripts the link works as usual, and a screen reader reads the description.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from markupsafe import Markup

from wavebook.core.text import capital
from wavebook.core.units import MOST_NOISE
from wavebook.definitions import Definitions, Fact, Language
from wavebook.figures import PERTURBED, PERTURBED_REVISED, Figure, Figures, Key
from wavebook.figures.accuracy import Z95, accuracy
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.parts import part

_TOLD = ("estimated", "provisional", "revised", PERTURBED, PERTURBED_REVISED)  # statuses that readers are told of
ROW = "<row>"  # placeholder for an address; no text can hold it, since all text is escaped


class panel_link(nodes.reference):
    """A number or term that leads to its place (``refuri``) and is described by a panel (``panel``, its id)."""


def visit_link(self, node: panel_link) -> None:
    """Open the link."""
    described = {"aria-describedby": f"{node['panel']}-brief"} if node.get("panel") else {}
    self.body.append(self.starttag(node, "a", "", href=node["refuri"], **described))


def depart_link(self, node: panel_link) -> None:
    """Close it."""
    self.body.append("</a>")


# --- texts of panels --------------------------------------------------------------------------------------


def of_figures(figures: Figures, shown: tuple[Figure, ...]) -> tuple[str, str]:
    """Identity and HTML of the panel for the figures behind one number; ``ROW`` marks the last one's address.

    It tells the question, of whom it was asked and when, the n and interval or why there is none, and the source and
    page of each.
    """
    words, language = words_in(figures.language).panels, figures.language
    key = shown[-1].key
    what, who = subject(figures, key), asked(figures, key)
    rows = [(words["asked"], wording.in_series(who, language))] if who else []
    first, *others = ([*_of_figure(figures, figure)] for figure in shown)
    lists = [rows + first, *others]
    waves = wording.listing([figures.called(f.key.wave) for f in shown], language)
    name = [figures.label(key), *filter(None, [figures.apart(key) if key.category else ""])]
    brief = [capital(", ".join(name)), waves, *dict.fromkeys(_cited(figures, f) for f in shown)]
    return _panel("-".join(f.key.anchor for f in shown), what, lists, words["row"], wording.in_series(brief, language))


def subject(figures: Figures, key: Key) -> str:
    """What a figure is of: its category, its indicator as it is defined and, where nobody was asked, its segment."""
    indicator, language = figures.definitions.indicators[key.indicator], figures.language
    what = indicator.definition[language]
    if key.category:
        what = f"{wording.ended(capital(indicator.categories[key.category][language]))} {what}"
    part_of = "" if figures.of_people(key.indicator) else figures.segment_label(key)
    return wording.headed(what, part_of, language) if part_of else what


def asked(figures: Figures, key: Key) -> list[str]:
    """Who was asked: the base, the population and the segment, as far as a figure has them; empty for things."""
    if not figures.of_people(key.indicator):
        return []
    base = figures.definitions.bases[figures.definitions.indicators[key.indicator].base]
    people = figures.people(key.population) if key.population else ""
    return [*filter(None, (base[figures.language], people, figures.segment_label(key)))]


def known(figures: Figures, figure: Figure) -> Iterator[tuple[str, str]]:
    """What is known of a figure's accuracy: respondents, interval and noise, each a term and its text."""
    words, language = words_in(figures.language).panels, figures.language
    if figures.of_people(figure.key.indicator):
        if figure.n is not None:
            yield words["n"], wording.number(figure.n, 0, language)
        if told := interval(figures, figure) or _derived(figures, figure):
            yield words["interval"], told
    if figure.status in _TOLD:
        yield words["status"], words[figure.status]
    if figure.is_perturbed:
        yield words["noise"], words["added"].format(**noise_of(figures.definitions, figure.key.wave, language))


def _cited(figures: Figures, figure: Figure | Fact) -> str:
    return figures.sourced(figure.source, figure.locator).cited


def _of_figure(figures: Figures, figure: Figure) -> Iterator[tuple[str, str]]:
    """Rows of a panel: a term, and its text."""
    words, language = words_in(figures.language).panels, figures.language
    yield words["wave"], wording.headed(figures.called(figure.key.wave), figure.text(language, "chart"), language)
    if figures.of_people(figure.key.indicator):
        yield words["n"], words["unknown"] if figure.n is None else wording.number(figure.n, 0, language)
        yield words["interval"], interval(figures, figure) or _derived(figures, figure) or words["needs"]
    if figure.status in _TOLD:
        yield words["status"], words[figure.status]
    if figure.is_perturbed:
        size = noise_of(figures.definitions, figure.key.wave, language)
        yield words["noise"], words["added"].format(**size)
    yield words["source"], _source(figures, figure)


def noise_of(d: Definitions, wave: str, language: Language) -> dict[str, str]:
    """The size of the noise in a wave's figures, usual and largest, in words for readers."""
    size = wording.exact(d.noise_of(wave) or 0.0)
    most = MOST_NOISE * size
    numbers = (wording.number(x, wording.decimals_of(x), language) for x in (size, most))
    people = wording.counted("respondent", wording.round_half_up(size, wording.decimals_of(size)), language).lstrip()
    return dict(zip(("noise", "most"), numbers, strict=True)) | {"people": people}


def _source(figures: Figures, told: Figure | Fact) -> Markup:
    """Source and place in it, in the language of the source."""
    source = figures.sourced(told.source, told.locator)
    cited = part("source_link", source.cited, source.url)
    return Markup("{}, {}").format(cited, part("said_in", source.place, source.language))


def interval(figures: Figures, figure: Figure) -> str:
    """The 95 % interval as readers see it; empty where it is not known."""
    if figure.ci_low is None or figure.ci_high is None:
        return ""
    low, high = (_end(figures, figure, bound) for bound in (figure.ci_low, figure.ci_high))
    return words_in(figures.language).panels["span"].format(low=low, high=high)


def _end(figures: Figures, figure: Figure, bound: float) -> str:
    """An end of an interval, without its unit."""
    return wording.quantity(bound, figure.unit, max(figure.decimals, 1), figures.language, style="bare")


def _derived(figures: Figures, figure: Figure) -> str:
    """The 95 % interval that follows from what a wave declares about respondents; empty if that is not enough."""
    if figure.value is None:
        return ""
    known = accuracy(figure, figures.definitions)
    if known.basis != "declared" or known.se is None:
        return ""
    least, most = figure.unit.range
    low, high = max(figure.value - Z95 * known.se, least), min(figure.value + Z95 * known.se, most)
    ends = (_end(figures, figure, end) for end in (low, high))
    words = words_in(figures.language).panels
    return f"{words['span'].format(**dict(zip(('low', 'high'), ends, strict=True)))} ({words['derived']})"


def of_fact(figures: Figures, name: str, fact: Fact) -> tuple[str, str]:
    """The panel for a context fact: its value, date and source."""
    words, language = words_in(figures.language).panels, figures.language
    rows = [(words["date"], wording.date(fact.date, language)), (words["source"], _source(figures, fact))]
    brief = wording.in_series([capital(fact.name[language]), _cited(figures, fact)], language)
    return _panel(f"fact-{name}", fact.name[language], [rows], words["fact_row"], brief)


def of_term(anchor: str, name: str, meaning: str, language: Language) -> tuple[str, str]:
    """The panel for a term of the glossary, which stands there at ``anchor``."""
    return _panel(anchor, wording.headed(name, meaning, language), [], words_in(language).panels["glossary"])


def _panel(name: str, title: str, lists: list[list[tuple[str, str]]], link: str, brief: str = "") -> tuple[str, str]:
    """A panel; ``brief`` says in a dozen words what its number is, where the title takes more."""
    identity = f"panel-{name}".replace("_", "-")
    return identity, str(part("panel", identity, capital(title), brief, lists, Markup(ROW), link))
