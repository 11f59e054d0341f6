"""What tests of the review share: waves for the small book, sentences of its editions, and a book of one page."""

import json

import nbformat

from wavebook.pages.records import Record
from wavebook.publish.review.differences import Edition
from wavebook.runs.execute import Results
from wavebook.site.sphinx import Report

WAVE = """
[waves.{year}]
name.nl = "nieuw"
name.en = "new"
bureau = "Twee"
client.nl = "wij"
client.en = "we"
source = "report"
"""
BREAK = """
[[breaks]]
from = 2016
to = 2018
kind = "full"
indicators = ["grade"]
reason.nl = "andere vraag"
reason.en = "another question"
"""
SE = "0.7071067811865476"  # of each side: a change then has a standard error of 1


def add_wave(book, year, extra=""):
    toml = book.path("waves.toml").read_text(encoding="utf-8")
    book.write("waves.toml", toml + WAVE.format(year=year) + extra)
    book.write(f"figures/{year}.csv", book.path("figures/2014.csv").read_text(encoding="utf-8").splitlines()[0] + "\n")


def grade(book, wave, value, **cells):
    book.add(wave, indicator="grade", value=value, unit="grade", **cells)


def share(book, wave, category, value, **cells):
    book.add(wave, indicator="share", category=category, value=value, unit="percent", **cells)


def claim(outcome, text="Het cijfer steeg.", name="steeg", line=3):
    return Record("claim", name, line, text, ("grade@2018",), outcome, "6.7 → 6.2")


def edition(*records, page="book/index.md", **claims):
    return Edition(Report(records={page: list(records)}), Results(claims=claims))


FALLS = {"predicate": "grade rises", "outcome": "fails", "instead": "grade falls"}


def codebook(book, wave, **questions):
    asked = {name: {"question": text, "labels": labels, "columns": ["v"]} for name, (text, labels) in questions.items()}
    book.write(f"codebooks/{wave}.json", json.dumps({"wave": wave, "questions": asked}))


INDEX = """\
---
reviewed: 2014
---
# Rapport

[Het cijfer steeg.]{.claim #steeg} Het {trend}`grade` van {value}`grade@baseline` naar {value}`grade`.

:::{chart} cijfers
Zo ging het.
:::

[De meesten zeggen nee.]{.claim #meest-nee}

:::{chart} antwoorden
Dit zeiden zij.
:::
"""
CELLS = {
    "cijfers": ('charts.lines("cijfers", figures.select("grade", waves="all"))', '"steeg": claims.rises("grade")'),
    "antwoorden": (
        'charts.bars("antwoorden", figures.select("share.no", "share.maybe"))',
        '"meest-nee": claims.majority("share.no")',
    ),
}


def notebook(chart, test):
    cell = nbformat.v4.new_code_cell
    parameters = cell("wave = 2014\nbaseline = 2010\npopulation = 'total'\nlanguage = 'nl'")
    parameters.metadata["tags"] = ["parameters"]
    load = (
        "from wavebook import charts, claims\nfrom wavebook.figures import load\n"
        "figures = load(wave=wave, baseline=baseline, population=population, language=language)"
    )
    made = nbformat.v4.new_notebook(cells=[parameters, cell(load), cell(chart)])
    made.cells.append(cell(f"claims.judge(figures, {{{test}}})"))
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    return nbformat.writes(made)
