"""Figures in units of every kind, from answers to tables, charts, pages and downloads."""

import json
import math
import re

import numpy as np
import polars as pl
import pytest
from commuting import WAVES, Commuting, answers
from page import book_with

from wavebook import charts, claims
from wavebook.core.problems import ProblemsError
from wavebook.pages import downloads, panels, roles
from wavebook.survey.wave import estimate_wave


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    made = Commuting(tmp_path_factory.mktemp("commuting"))
    made.estimate()
    return made


@pytest.fixture
def fresh(tmp_path):
    return Commuting(tmp_path / "book")


@pytest.fixture(scope="module", params=["nl", "en"])
def figures(request, book):
    return book.load(language=request.param)


TOLD = {
    "trust": ("3,0", "3.0"),
    "recommend": ("5,0", "5.0"),
    "spent": ("€\u00a01.329", "€1,329"),
    "saved": ("€\u00a0−45", "−€45"),
    "delay": ("14,4 minuten", "14.4 minutes"),
    "travel": ("1:03 uur", "1:03 hours"),
    "distance": ("39,7 kilometer", "39.7 kilometres"),
    "nps": ("−45", "−45"),
    "price": ("108", "108"),
}
AXES = {
    "trust": ("Vertrouwen, score (1–5), as van 2,0 tot 3,5", "Trust, score (1–5), axis from 2.0 to 3.5"),
    "recommend": ("Aanbeveling, score (0–10), as van 4,5 tot 6,0", "Recommend, score (0–10), axis from 4.5 to 6.0"),
    "spent": ("Uitgaven, euro", "Spent, euros"),
    "delay": ("Vertraging, minuten", "Delay, minutes"),
    "travel": ("Reistijd, uren:minuten", "Travel, hours:minutes"),
    "distance": ("Afstand, kilometer", "Distance, kilometres"),
    "nps": ("Aanbevelingsscore, saldo", "Nps, balance"),
    "price": ("Prijs, index, as van 98 tot 110", "Price, index, axis from 98 to 110"),
}
CHANGES = {
    "trust": ("0,0 punt", "0.0 points"),
    "spent": ("€\u00a053", "€53"),
    "saved": ("€\u00a018", "€18"),
    "delay": ("0,4 minuten", "0.4 minutes"),
    "nps": ("1 punt", "1 point"),
    "price": ("8 punt", "8 points"),
}


def of(pair, figures):
    return pair[figures.language != "nl"]


def drawn(chart):
    return re.findall(r"<text[^>]*>(.*?)</text>", chart.payload["svg"]["wide"])


@pytest.mark.parametrize("name", TOLD)
def test_a_figure_is_written_in_its_unit(figures, name):
    assert figures[name].text(figures.language) == of(TOLD[name], figures)


@pytest.mark.parametrize("name", AXES)
def test_an_axis_says_the_scale_that_was_declared(figures, name):
    assert of(AXES[name], figures) in drawn(charts.lines("a", figures.select(name, waves="all")))


@pytest.mark.parametrize("name", CHANGES)
def test_a_difference_is_in_the_unit_of_differences(figures, name):
    from wavebook.language.wording import difference

    first, last = figures[f"{name}@2024"], figures[name]
    assert difference(last.number - first.number, last.unit, last.decimals, figures.language) == of(
        CHANGES[name], figures
    )


SHOWN = [
    ("value", "spent", "€\u00a01.329", "€1,329"),
    ("number", "spent", "1.329", "1,329"),
    ("change", "spent", "€\u00a053", "€53"),
    ("value", "travel", "1:03 uur", "1:03 hours"),
    ("number", "travel", "1:03", "1:03"),
    ("value", "nps", "−45", "−45"),
    ("change", "nps", "1 punt", "1 point"),
    ("trend", "nps", "veranderde niet aantoonbaar", "did not demonstrably change"),
    ("trend", "price", "steeg", "rose"),
]


@pytest.mark.parametrize(("role", "key", "dutch", "english"), SHOWN)
def test_a_page_shows_it(figures, role, key, dutch, english):
    form = {"nl": "steeg", "en": "rose"}[figures.language]
    made = roles.ROLES[role](book_with(figures), f"{form}<{key}>" if role == "trend" else key)
    assert made.text == of((dutch, english), figures)


def test_a_mean_of_an_amount_has_its_textbook_error_and_no_bounds(book):
    spent, figure = answers(2026)["spent"].to_numpy(), book.load()["spent"]
    assert figure.value == pytest.approx(spent.mean(), abs=0.01)
    se = spent.std(ddof=1) / math.sqrt(len(spent))
    assert figure.se == pytest.approx(se, rel=0.05)  # two digits are published
    assert figure.ci_low == pytest.approx(spent.mean() - 1.964 * se, abs=0.2)


def test_a_balance_has_the_error_of_a_difference_of_two_shares_of_one_question(book):
    """Of n people p are for and q against: the variance is that of p − q, (p + q − (p − q)²) / (n − 1)."""
    marks, figures = answers(2026)["v_rec"].to_numpy(), book.load()
    p, q = (marks >= 9).mean(), (marks <= 6).mean()
    figure = figures["nps"]
    assert figure.value == pytest.approx(100 * (p - q), abs=0.01)
    assert figure.value == pytest.approx(figures["advice.promoter"].value - figures["advice.detractor"].value, abs=0.02)
    assert figure.se == pytest.approx(100 * math.sqrt((p + q - (p - q) ** 2) / (len(marks) - 1)), rel=0.02)


def test_a_balance_is_hidden_where_one_of_its_shares_is(fresh):
    """Nobody on a bike is a promoter but a few: their group is too small to show, so its balance is not shown."""
    mode = pl.Series(["bike"] * 20 + ["train"] * 580)
    fresh.estimate(mode=mode)
    figures = fresh.load()
    keys = [f"{name}@mode=bike" for name in ("advice.promoter", "advice.detractor", "nps")]
    assert [figures[key].value if figures.has(figures.resolve(key)) else None for key in keys] == [None] * 3


def test_figures_on_different_scales_are_not_compared(book):
    figures = book.load()
    found = claims.judge(figures, {"more": claims.more("recommend", "trust")})._repr_mimebundle_()
    assert "recommend is in score 0 to 10, trust in score 1 to 5" in json.dumps(found)
    half = claims.judge(figures, {"half": claims.about("trust", 1 / 2, within=1)})._repr_mimebundle_()
    assert "trust is in score 1 to 5, and no share" in json.dumps(half)
    with pytest.raises(ProblemsError, match=r"mixes score 0 to 10 and score 1 to 5"):
        charts.lines("a", figures.select("recommend", "trust", waves="all"))


def test_bars_stand_on_both_sides_of_zero(book):
    made = charts.bars("a", book.load().select("saved@mode=bike", "saved@mode=train"))
    assert {"−41", "−50"} <= {text.removeprefix("€\u00a0") for text in drawn(made)}
    spec = json.loads(made.payload["spec"])
    assert '"rule"' in json.dumps(spec)


@pytest.mark.parametrize(("name", "rules"), [("price", 1), ("delay", 0)])
def test_an_index_has_a_level_rule_at_its_base(book, name, rules):
    spec = json.loads(charts.lines("a", book.load().select(name, waves="all")).payload["spec"])
    level = [part["data"]["values"] for part in spec["layer"] if "rule" in json.dumps(part["mark"])]
    found = [rows[0] for rows in level if {"x", "x2", "y"} == rows[0].keys()]
    assert len(found) == rules
    assert all(row["y"] == pytest.approx(250 * (110 - 100) / (110 - 98)) for row in found)


def test_panels_and_downloads_have_the_unit(figures, tmp_path):
    _, text = panels.of_figures(figures, (figures["travel"],))
    assert "1:01" in text
    downloads.write_figures(tmp_path / "data", figures, title="t", licence={"name": "", "path": ""})
    series = {name: json.loads((tmp_path / "data" / f"{name}.json").read_text()) for name in ("trust", "spent")}
    assert (series["trust"]["unit"], series["trust"]["scale"]) == ("score", [1, 5])
    assert (series["spent"]["unit"], "scale" in series["spent"]) == ("EUR", False)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    (field,) = [f for f in package["resources"][0]["schema"]["fields"] if f["name"] == "unit"]
    assert {"EUR", "minute", "score", "kilometre"} <= set(field["constraints"]["enum"])
    assert "grade" not in field["constraints"]["enum"]


def test_amounts_below_zero_need_bounds_to_be_judged(fresh):
    fresh.edit("indicators.toml", 'unit = "balance_of_money"', 'unit = "EUR"\ndecimals = 0')
    text = fresh.path("indicators.toml").read_text(encoding="utf-8")
    start, end = text.index("[units.balance_of_money]"), text.index("[indicators.trust]")
    fresh.write("indicators.toml", text[:start] + text[end:])
    with pytest.raises(ProblemsError, match=r"W172 data/indicators.toml, indicators.saved"):
        fresh.estimate()


def test_one_who_spends_most_is_not_shown(fresh):
    """One cyclist spends more than all others together: no figure tells what he spends."""
    spent = np.arange(600) % 20
    spent[0] = 10_000
    fresh.estimate(spent=pl.Series(spent), mode=pl.Series(["bike"] * 100 + ["train"] * 500))
    figures = fresh.load()
    assert not figures.has(figures.resolve("spent"))
    assert not figures.has(figures.resolve("spent@mode=bike"))
    assert figures["spent@mode=train"].value == pytest.approx(9.5, abs=0.1)


def test_a_balance_of_shares_has_no_noise(fresh):
    fresh.edit("waves.toml", "minimum_base = 30", "minimum_base = 30\nmethod = 'cell_key'\nguess = 99.9")
    fresh.enter(WAVES[0], indicator="price", value="100", unit="index")
    answers(WAVES[0]).write_parquet(fresh.path(f"responses/{WAVES[0]}.parquet"))
    with pytest.raises(ProblemsError, match=r"W217 data/indicators.toml, indicators.nps"):
        estimate_wave(fresh.root, str(WAVES[0]))


def test_an_answer_off_the_declared_scale_is_a_problem(fresh):
    with pytest.raises(ProblemsError, match="W111"):
        fresh.estimate(trust=pl.Series([6] + [3] * 599))
