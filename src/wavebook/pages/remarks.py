"""Remarks on the comparisons of a page, made once at its end."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from docutils import nodes

from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.uses import remark


def remarks_on(
    figures: Figures, asked: Iterable[str | tuple[str, str]], marked: Collection[str | tuple[str, str]] = ()
) -> nodes.Element:
    """The remarks on a page's comparisons: the two waves on either side of a break, or a word.

    The word is ``chance`` where no error is known, and ``derived`` where errors follow from declarations. Those that
    are ``marked`` in the text begin with that mark and lead back to it; the others hold for the page as a whole.
    """
    words = words_in(figures.language).tables
    made = remark("", classes=["remark"], is_div=True)
    for what in asked:
        told = _break_remark(figures, *what) if isinstance(what, tuple) else words[what]
        told = told.format(samples=samples_told(figures)) if what == "derived" else told
        line = nodes.paragraph("", f"* {told}" if what in marked else told, ids=[remark_id(what)])
        if what in marked:
            line += [nodes.Text(" "), nodes.reference("", words["back"], refuri=f"#{mark_id(what)}", internal=True)]
        made += line
    return made


def remark_id(what: str | tuple[str, str]) -> str:
    """The address of a remark on its page."""
    return what if isinstance(what, str) else "break-{}-{}".format(*what).lower()


def mark_id(what: str | tuple[str, str]) -> str:
    """The address of the mark that leads to a remark."""
    return f"mark-{remark_id(what)}"


def samples_told(figures: Figures) -> str:
    """The samples behind figures without an error, as declared, by wave: the source, or the assumption."""
    words, language, d = words_in(figures.language).tables, figures.language, figures.definitions
    told = []
    for key, sample in ((key, sample) for key, wave in d.waves.items() for sample in wave.samples):
        if not figures.is_shown(key):
            continue
        about = [d.indicators[name].name[language] for name in sample.indicators]
        numbers = {name: getattr(sample, name) for name in sample.NUMBERS if getattr(sample, name) is not None}
        parts = [
            words[f"sample_{name}"].format(n=wording.number(value, 2 if name == "deviation" else 0, language))
            for name, value in numbers.items()
        ]
        if sample.assumption:
            parts.append(words["assumed"].format(why=sample.assumption[language]))
        elif sample.source:
            parts.append(f"{wording.cited(d.sources[sample.source], language)}, {sample.locator}")
        named = f" ({wording.listing(about, language)})" if about else ""
        told.append(wording.headed(f"{figures.called(key)}{named}", ", ".join(parts), language))
    return wording.in_series(told, language)


def _break_remark(figures: Figures, start: str, end: str) -> str:
    """The remark on comparisons across a noted break."""
    language = figures.language
    reasons = [b.reason[language] for b in figures.definitions.breaks if (b.start, b.end) == (start, end)]
    ends = {"start": figures.called(start), "end": figures.called(end)}
    return words_in(language).tables["break"].format(**ends, reason=wording.in_series(reasons, language))
