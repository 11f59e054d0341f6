"""Figures by hand, so small that each verdict can be told from them."""

import re

import numpy as np
import pandas as pd

from wavebook.definitions import Definitions
from wavebook.figures import COLUMNS, Figures, figures_of

H, F, N, O = "holds", "fails", "not certain", "open"  # noqa: E741
CONTRARY = {H: F, F: H, N: N, O: O}
WORDS = {"nl": "x", "en": "x"}
UNITS = {
    "grade": ("grade", 1),
    "share": ("percent", 0),
    "count": ("count", 0),
    "gap": ("percentage_point", 0),
    "things": ("count", 0),  # of no people
}
FULL = {"from": "2010", "to": "2014", "kind": "full", "reason": WORDS}
NOTED = {**FULL, "kind": "noted"}
FACTS = {
    "towns": {"date": "2015", "value": 39, "of": 393, "name": WORDS, "source": "s", "locator": "p"},
    "target": {"date": "2008", "value": 7, "name": WORDS, "source": "s", "locator": "p"},
    "half": {"date": "2015", "value": 20, "of": 40, "name": WORDS, "source": "s", "locator": "p"},
    "many": {"date": "2015", "value": 30, "of": 40, "bound": "lower", "name": WORDS, "source": "s", "locator": "p"},
    "few": {"date": "2015", "value": 10, "of": 40, "bound": "upper", "name": WORDS, "source": "s", "locator": "p"},
    "least": {"date": "2008", "value": 7, "bound": "lower", "name": WORDS, "source": "s", "locator": "p"},
}


def made(
    series, *, breaks=(), wave=None, baseline=None, asked=None, incomplete=(), alike=None, samples=None, **edition
):
    """Figures by hand: ``{"share.yes": {2010: 13, 2014: (14, se)}}``; the key's first word says the unit.

    A figure is a value, None if suppressed, (value, se), or the columns that it has: ``{"value": 13, "n": 100}``.
    ``asked`` and ``alike`` by indicator, ``samples`` by wave, as they are declared; ``words`` by what they name.
    """
    words = edition.pop("words", {})
    rows, indicators, years = [], {}, set(edition.pop("waves", ()))
    for name, values in series.items():
        text, _, theme = name.partition("@theme=")
        indicator, _, category = text.partition(".")
        unit, decimals = UNITS[re.match("[a-z]+", indicator)[0]]
        declared = indicators.setdefault(
            indicator,
            {
                "unit": unit,
                "decimals": decimals,
                "base": "none" if indicator.startswith("things") else "all",
                "name": words.get(indicator, WORDS),
                "definition": WORDS,
                "categories": {},
                "complete": indicator not in incomplete,
                "waves": (asked or {}).get(indicator),
                "alike": (alike or {}).get(indicator),
            },
        )
        if category:
            declared["categories"][category] = words.get(category, WORDS)
        years |= set(values)
        for year, given in values.items():
            columns = {"value": given} if given is None or isinstance(given, int | float) else given
            columns = dict(zip(("value", "se"), given, strict=True)) if isinstance(given, tuple) else columns
            known = {k: np.nan if v is None else v for k, v in columns.items()}
            segment = ("theme", theme) if theme else ("", "")
            row = dict(zip(COLUMNS, [year, indicator, "", *segment, category], strict=False))
            status = "suppressed" if columns["value"] is None else "published"
            row |= {"unit": unit, "status": status, "source": "s", "locator": "p"} | known
            rows.append([row.get(column, np.nan) for column in COLUMNS])
    years = sorted(years)
    definitions = Definitions.model_validate(
        {
            "bases": {"all": WORDS, "none": {**WORDS, "people": False}},
            "populations": {"total": WORDS},
            "segments": {
                "theme": {
                    **words.get("theme", WORDS),
                    "values": {name: words.get(name, WORDS) for name in ("work", "school")},
                }
            },
            "indicators": indicators,
            "baseline": years[0],
            "waves": {
                year: {"name": WORDS, "bureau": "b", "client": WORDS, "source": "s"}
                | {"samples": [{"assumption": WORDS, **sample} for sample in (samples or {}).get(year, ())]}
                for year in years
            },
            "breaks": list(breaks),
            "facts": {name: fact | {"name": words.get(name, WORDS)} for name, fact in FACTS.items()},
        }
    )
    return Figures(
        definitions,
        figures_of(pd.DataFrame(rows, columns=COLUMNS), definitions),
        wave=wave or years[-1],
        baseline=baseline or years[0],
        population="",
        language=edition.pop("language", "nl"),
        **edition,
    )


def verdict(predicate, series, **options):
    return predicate.verdict(made(series, **options))


def outcome(predicate, series, **options):
    return verdict(predicate, series, **options).outcome


def two(first, last, name="share"):
    """One figure in two waves."""
    return {name: {"2010": first, "2014": last}}


def shares(*values, theme=""):
    """Answers a, b, c to one question in one wave."""
    return {f"share.{name}{theme}": {"2014": value} for name, value in zip("abc", values, strict=False)}


def gap(a0, a1, b0, b1):
    """Two answers in two waves."""
    return {"share.a": {"2010": a0, "2014": a1}, "share.b": {"2010": b0, "2014": b1}}


def ident(value) -> str:
    """The name of a case: what its statement says, or its figures."""
    return getattr(value, "text", str(value)[:50])
