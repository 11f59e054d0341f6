"""A small book made from respondents, and what an attacker has of it: every table it has published, and its margins."""

import csv
import itertools

import numpy as np
import pandas as pd
import polars as pl
from small import speak

from wavebook.figures import KEY_COLUMNS
from wavebook.survey import wave

ELSE = "elsewhere"
NAMES = '{ nl = "x", en = "x" }'


def indicator(name, unit, decimals, categories=()):
    text = f'\n[indicators.{name}]\nunit = "{unit}"\ndecimals = {decimals}\nbase = "clients"\n'
    text += f"name = {named(name)}\ndefinition = {NAMES}\n"
    return text + "".join(f"categories.{category} = {named(category)}\n" for category in categories)


def named(key):
    """The name that readers see of what has this key."""
    return f'{{ nl = "{key}", en = "{key}" }}'


class Survey:
    """A book about 2016 whose respondents a test gives: ``people``, with a column for each breakdown and indicator.

    ``weighted``, ``populations`` and ``rules`` say that there is a column of weights, which populations there are,
    and what stands under ``[disclosure]`` besides a minimum base of 30. Of a breakdown, ``ELSE`` is an answer that is
    no segment; ``crossings`` are those declared, and ``nests`` says by breakdown in which of another each segment lies.
    """

    def __init__(
        self,
        root,
        people,
        units,
        *,
        decimals=0,
        rules="",
        minimum=30,
        weighted=False,
        answers=None,
        crossings=(),
        nests=None,
    ):
        self.root, self.people, self.units = root, people, units
        data = root / "data"
        (data / "responses").mkdir(parents=True)
        (data / "figures").mkdir()
        speak(root, "nl", "en")
        breakdowns = [name for name in people if name not in units and name not in ("population", "w")]
        codes = ""
        text = "".join(f"[[crossings]]\nof = {list(names)}\n\n" for names in crossings)
        text += f'[bases.clients]\nnl = "x"\nen = "x"\n\n[populations]\ntotal = {named("total")}\n'
        if "population" in people:
            text += "".join(f"{name} = {named(name)}\n" for name in sorted(people["population"].unique()))
        for name in breakdowns:
            text += f'\n[segments.{name}]\nnl = "{name}"\nen = "{name}"\n\n[segments.{name}.values]\n'
            values = [value for value in sorted(people[name].dropna().unique()) if value != ELSE]
            text += "".join(f"{value} = {named(value)}\n" for value in values)
            if name in (nests or {}):
                outer, parents = nests[name]
                text = text.replace(f"[segments.{name}]\n", f'[segments.{name}]\nwithin = "{outer}"\n')
                text += f"[segments.{name}.parents]\n" + "".join(f'{k} = "{v}"\n' for k, v in parents.items())
            meanings = ", ".join(f'{value} = "{value}"' for value in values)
            codes += f'{name} = {{ {meanings}, {ELSE} = "other" }}\n'
        text += "".join(indicator(name, unit, decimals) for name, unit in units.items())
        (data / "indicators.toml").write_text(text)
        (data / "context.toml").write_text("")
        (data / "references.bib").write_text("@misc{bureau, author = {Bureau}, title = {T}, year = {2016}}")
        columns = [name for name in people if name != "w"]
        self.declaration = (
            f"baseline = 2016\n\n[disclosure]\nminimum_base = {minimum}\ndominance_share = 50\n"
            f'source = "test"\n{rules}\n'
            f'[waves.2016]\nname = {NAMES}\nbureau = "b"\nclient = {NAMES}\nsource = "bureau"\n'
            "#published\n"
            '\n[waves.2016.responses]\nsource = "bureau"\nlocator = "file"\n'
            + ('weight = "w"\n' if weighted else "")
            + "\n[waves.2016.responses.columns]\n"
            + "".join(f'{name} = "{name}"\n' for name in columns)
            + "\n[waves.2016.responses.codes]\n"
            + codes
            + "".join(f'{n} = {{ 0 = "no", 1 = "yes" }}\n' for n, unit in units.items() if unit == "percent")
        )
        self.declare()
        self.answer(people)

    def declare(self, published=False):
        text = self.declaration.replace("#published", "published = true" if published else "")
        (self.root / "data/waves.toml").write_text(text)

    def answer(self, people):
        """Let the respondents be these from now on."""
        known = people.astype(object).where(people.notna(), None)
        pl.DataFrame(known.to_dict("list"), strict=False).write_parquet(self.root / "data/responses/2016.parquet")

    def margins(self, **totals):
        """Rake to these from now on: ``theme={"a": 100, "b": 200}``."""
        folder = self.root / "data/margins"
        folder.mkdir(exist_ok=True)
        lines = [f"{column},{c},{total}\n" for column, by in totals.items() for c, total in by.items()]
        (folder / "2016.csv").write_text("column,category,total\n" + "".join(lines))

    def estimate(self, **more):
        """Estimate, publish, and give the table that is public then."""
        reasons = {"en": "corrected"} if "revise" in more else {}
        self.report = wave.estimate_wave(self.root, "2016", reasons=reasons, **more)
        self.declare(published=True)
        return self.table()

    def table(self):
        table = pd.read_csv(self.root / "data/figures/2016.csv", dtype=dict.fromkeys(KEY_COLUMNS, str))
        return table.assign(**table[KEY_COLUMNS].fillna("")).astype({"wave": int})

    def revisions(self):
        path = self.root / "data/revisions.csv"
        return list(csv.DictReader(path.open())) if path.exists() else []


def figure(table, indicator, segment="", population="total"):
    """The row of a figure; in the library's own tables the first population has no name, in a book's files it has."""
    by, _, name = segment.partition("=")
    (row,) = table[
        (table["indicator"] == indicator)
        & (table["population"].replace("", "total") == population)
        & (table["segment_by"] == by)
        & (table["segment"] == name)
    ].itertuples()
    return row


def places(series):
    """How many decimals an attacker must take the numbers of a published column to have."""
    texts = [repr(float(value)) for value in series.dropna()]
    return max((len(text.partition(".")[2].rstrip("0")) for text in texts), default=0)


def product(*ranges):
    return np.array(list(itertools.product(*ranges)))
