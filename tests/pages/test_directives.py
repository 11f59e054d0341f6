"""Charts, tables and lists that editors type as directives."""

import pytest
from docutils import nodes
from page import Page, book_with
from sphinx import addnodes

from wavebook.pages import chart_kit, directives
from wavebook.pages.tables import data_table
from wavebook.pages.uses import live

CHART = {
    "name": "line",
    "language": "nl",
    "figures": ["grade@2014"],
    "notes": [],
    "places": [["Jansen, 2015", "p. 1", None, ""]],
    "table": {"head": [], "rows": []},
    "svg": {"wide": "<svg/>"},
    "summary": "Een lijn.",
    "subtitle": "Bij wie",
}


def page(figures, folder, text, chart=CHART, **more):
    return Page(book_with(figures, folder, charts={"line": chart}), folder / "book", f"# T\n\n{text}\n", **more)


def test_a_chart_is_a_figure_with_its_headline_label_and_files(loaded, tmp_path):
    made = page(loaded, tmp_path, ":::{chart} line\nHet cijfer is {value}`grade`.\n:::")
    (chart,) = made.all(chart_kit.chart)
    assert "fig-line" in chart["names"]
    assert chart["ids"]
    assert (chart["svg"], chart["summary"], chart["name"]) == (CHART["svg"], "Een lijn.", "line")
    assert chart["subtitle"] == "Bij wie"
    headline, kit = chart.children
    assert headline.astext() == "Het cijfer is 6,9."
    assert kit["explored"] is None
    assert kit["kinds"] == ("xlsx", "csv", "svg", "png")
    assert kit["payload"] == {key: CHART[key] for key in ("name", "language", "notes", "places", "table")}
    record = made.records[chart.use.number]
    assert (record.kind, record.text, record.line, record.shown) == ("chart", "line", 3, "Het cijfer is 6,9.")
    assert record.keys == ("grade@2014",)
    assert made.problems == []


@pytest.mark.parametrize(
    ("typed", "problem", "mark"),
    [
        (":::{chart} lien\nKop.\n:::", "W405 book/index.md:3: there is no chart lien; the nearest is line", "lien"),
        (":::{chart} line\n:::", "W406 book/index.md:3: chart line has no headline", "line"),
        (":::{chart} line\n- Een rij.\n\nKop.\n:::", "W406 book/index.md:3: chart line has no headline", "line"),
    ],
)
def test_a_chart_that_cannot_be_shown_is_named_and_marked(loaded, tmp_path, typed, problem, mark):
    made = page(loaded, tmp_path, typed)
    assert made.problems == [problem]
    assert made.all(chart_kit.chart) == []
    assert [node.astext() for node in made.all(live) if node["classes"] == ["missing"]] == [f"[{mark}?]"]


def test_what_follows_the_first_paragraph_is_a_caption_of_its_own(loaded, tmp_path):
    made = page(
        loaded, tmp_path, ":::{chart} line\n% voor redacteuren\n\nKop met\neen *regel*.\n\nMeer.\n\n- Een rij.\n:::"
    )
    (chart,) = made.all(chart_kit.chart)
    headline, below, kit = chart.children
    assert isinstance(headline, chart_kit.headline)
    assert isinstance(kit, chart_kit.chart_kit)
    assert headline.astext().split() == ["Kop", "met", "een", "regel."]
    assert [type(block) for block in below.children] == [nodes.comment, nodes.paragraph, nodes.bullet_list]
    assert [r.shown for r in made.records if r.kind == "chart"] == ["Kop met een regel."]


@pytest.mark.parametrize("caption", ["Kop.\n", ""])
def test_a_chart_whose_figures_this_edition_lacks_is_unfit_and_no_problem(loaded, tmp_path, caption):
    made = page(loaded, tmp_path, f":::{{chart}} line\n{caption}:::", CHART | {"absent": "no figures"})
    (chart,) = made.all(chart_kit.chart)
    assert chart.use.unfit
    assert made.records[-1].reason == "no figures"
    assert made.problems == []


def test_the_statements_of_such_a_chart_are_known_to_have_been_on_its_page(loaded, tmp_path):
    typed = ":::{chart} line\nHet cijfer is {value}`grade`.\n\nOnder de grafiek: {value}`grade@2013`.\n:::"
    made = page(loaded, tmp_path, typed, CHART | {"absent": "no figures"})
    (chart,) = made.all(chart_kit.chart)
    assert [part.astext() for part in chart.children] == ["Het cijfer is 6,9.", "Onder de grafiek: 6,8."]
    assert [r.text for r in made.records if r.kind == "value"] == ["grade", "grade@2013"]


@pytest.mark.parametrize("name", ["figures", "facts"])
def test_a_table_notes_what_it_was_made_from_and_the_page_of_the_figures_is_known(loaded, tmp_path, name):
    made = page(loaded, tmp_path, f"```{{{name}}}\n```")
    assert made.all(data_table)
    (record,) = [r for r in made.records if r.kind == name]
    assert record.line == 3
    assert record.stamp
    assert made.env.metadata["index"].get("wavebook_data", False) == (name == "figures")


def test_a_table_of_waves_lists_what_its_option_names(loaded, tmp_path):
    made = page(loaded, tmp_path, "```{waves}\n:indicators: grade, share.yes\n```")
    (table,) = made.all(data_table)
    (plain,) = page(loaded, tmp_path, "```{waves}\n```").all(data_table)
    assert len(table["head"]) == len(plain["head"]) + 2
    assert made.problems == []


def test_what_the_option_of_a_table_names_and_is_not_there_is_a_problem(loaded, tmp_path):
    made = page(loaded, tmp_path, "```{waves}\n:indicators: gradee\n```")
    (problem,) = made.problems
    assert problem.startswith("W401 book/index.md:3: ")
    assert "gradee" in problem
    assert made.records[-1].problem.action == "Correct the options of {waves}."
    assert [node.astext() for node in made.all(live)] == ["[waves?]"]


CORRECTION = """
[[corrections]]
date = 2016-01-02
wave = 2014
pages = ["index", "weg"]
what.nl = "a"
what.en = "a"
reason.nl = "b"
reason.en = "b"
"""


def test_changes_lead_to_the_pages_they_are_about_and_name_one_that_is_not_there(small):
    small.write("corrections.toml", CORRECTION)
    made = page(small.load(), small.root, "```{changes}\n```")
    assert made.problems == ["W204 data/corrections.toml: names pages that are not in the book: weg"]
    assert [link["reftarget"] for link in made.all(addnodes.pending_xref)] == ["/index", "/weg"]
    assert not any(link["refwarn"] for link in made.all(addnodes.pending_xref))
    assert made.env.metadata["index"]["wavebook_changes"] is True


def test_an_older_correction_may_name_a_page_that_is_gone(small):
    small.write("corrections.toml", CORRECTION.replace("wave = 2014", "wave = 2013"))
    assert page(small.load(), small.root, "```{changes}\n```").problems == []


def test_tests_of_accessibility_are_two_sections(small):
    made = page(small.load(), small.root, "```{accessibility}\n```")
    assert len(made.all(nodes.section)) == 2
    assert [r.kind for r in made.records] == ["accessibility"]


def test_the_list_of_claims_has_a_place_to_be_filled_later(loaded, tmp_path):
    made = page(loaded, tmp_path, "```{claims}\n```")
    assert len(made.all(directives.claim_list)) == 1
    assert made.env.metadata["index"]["wavebook_claims"] is True
    assert [r.kind for r in made.records] == ["claims"]
