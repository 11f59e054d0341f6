"""The columns of tables of figures: nothing is said to be unknown, or not to apply, row after row."""

import lending
import pytest

from wavebook.figures import load
from wavebook.language.words import LANGUAGES, words_in
from wavebook.pages import columns, panels
from wavebook.pages.figure_tables import figures_tables, waves_table

THINGS = '[bases.things]\nnl = "dingen"\nen = "things"\npeople = false\n\n[bases.people]'

WITHOUT_N = "Het aantal respondenten achter deze cijfers is niet bekend."
WITHOUT_CI = "De foutmarge van deze cijfers is niet bekend."


def cite(source):
    return []


def parts(figures):
    """What stands above the sections, and by indicator the texts and the head of its table."""
    made = figures_tables(figures, cite)
    sections = [node for node in made if node.tagname == "section"]
    above = [node.astext() for node in made if "marks" in node["classes"]]
    found = {s["names"][0]: ([p.astext() for p in s.children[1:-1]], s.children[-1]["head"]) for s in sections}
    return above, found


def test_columns_unknown_throughout_are_left_out_and_said_once_for_the_page(small):
    above, found = parts(small.load())
    assert above == [
        "Het aantal respondenten achter deze cijfers is niet bekend. De foutmarge van deze cijfers is niet bekend."
    ]
    assert {tuple(head) for _, head in found.values()} == {("Meting", "Wat", "Cijfer", "Bron")}
    assert not any("bekend" in text for texts, _ in found.values() for text in texts)


def test_one_known_cell_keeps_its_column_and_the_other_tables_say_that_they_lack_it(small):
    small.row(2014, 2, n="900")
    above, found = parts(small.load())
    assert above == [WITHOUT_CI]
    assert found["grade"][1] == ["Meting", "Wat", "Cijfer", "n", "Bron"]
    assert WITHOUT_N in found["share"][0]


def test_known_intervals_have_their_column(small):
    small.row(2014, 2, n="900", n_effective="800", se="0.05", ci_low="6.8", ci_high="7.0")
    above, found = parts(small.load())
    assert above == []
    assert found["grade"][1] == ["Meting", "Wat", "Cijfer", "n", "95%-interval", "Bron"]


@pytest.fixture
def things(small):
    """The grade is of things, and nobody was asked about it."""
    small.edit("indicators.toml", "[bases.people]", THINGS)
    small.edit("indicators.toml", 'decimals = 1\nbase = "people"', 'decimals = 1\nbase = "things"')
    return small


def test_figures_of_things_say_nothing_of_people(things):
    _, found = parts(things.load())
    texts, head = found["grade"]
    assert texts[0] == "Rapportcijfer."
    assert head == ["Meting", "Wat", "Cijfer", "Bron"]


def test_things_without_parts_have_no_column_that_says_of_whom():
    _, found = parts(load(lending.SOURCE))
    assert found["questions"][1] == ["Meting", "Cijfer", "Bron"]


def test_a_panel_about_things_says_nothing_of_whom(things):
    figures = things.load()
    _, html = panels.of_figures(figures, (figures["grade"],))
    assert "Bij wie" not in html
    assert "iedereen" not in html
    assert "Bij wie" in panels.of_figures(figures, (figures["share.yes"],))[1]


def test_a_panel_about_part_of_the_things_names_the_part(things):
    figures = things.load()
    assert "<strong>Rapportcijfer: werk.</strong>" in panels.of_figures(figures, (figures["grade@theme=work"],))[1]


def test_waves_of_which_nobody_knows_the_size_say_so_above_the_table(small):
    said, table = waves_table(small.load(), cite)
    assert said.astext() == "Van geen van deze metingen is bekend hoeveel mensen meededen."
    assert table["head"] == ["Meting", "Bureau", "Opdrachtgever", "Bron"]


def test_a_series_that_no_wave_of_the_table_has_is_no_column(small):
    said, table = waves_table(small.load(), cite, ["grade@theme=school", "grade"])
    assert said.astext().startswith("Niet bekend: cijfer.")
    assert table["head"][3:] == ["Cijfer", "Bron"]


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_each_language_says_what_is_left_out(code):
    assert len(list(columns.said({"n", "ci"}, code))) == 2
    assert words_in(code).tables["no_n_waves"].endswith(".")


def test_what_all_rows_have_in_common_is_said_once():
    texts, head = parts(load(lending.SOURCE))[1]["mark_desk"]
    assert head == ["Meting", "Cijfer", "Bron"]
    assert texts[0].endswith("Bij wie: mensen en scholen die een boek leenden; mensen en scholen samen.")


def test_rows_about_several_populations_say_of_each_which(small):
    texts, head = parts(small.load())[1]["grade"]
    assert head == ["Meting", "Wat", "Cijfer", "Bron"]
    assert texts[0] == "Rapportcijfer. Bij wie: mensen."


def test_a_panel_on_one_answer_says_the_answer_first(small):
    figures = small.load()
    assert "<strong>Nee. Deel dat dit antwoordt.</strong>" in panels.of_figures(figures, (figures["share.no"],))[1]
