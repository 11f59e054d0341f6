"""What readers are told of changes to editions after they were published."""

import pytest
from docutils import nodes

from wavebook.pages import changes
from wavebook.pages.tables import data_table

HEAD = "date,wave,figure,before,after,reason,reason_en\n"
CORRECTION = """
    [[corrections]]
    date = {date}
    wave = {wave}
    pages = ["index", "een"]
    what.nl = "Er stond {date}"
    what.en = "It said {date}"
    reason.nl = "slordig"
    reason.en = "carelessness"
"""


def test_a_revision_of_an_indicator_that_is_gone_is_told_as_it_was_recorded(small):
    small.write("revisions.csv", HEAD + "2016-01-01,2014,gone@2014,1,2,slip,\n")
    figures = small.load()
    assert changes.revised_figure(figures, figures.definitions.revisions[0]) == ("gone@2014", "1", "2")


def test_a_revised_figure_is_told_in_readers_words(small):
    small.write("revisions.csv", HEAD + "2016-01-01,2014,grade@2014,6.85,,slip,\n")
    figures = small.load()
    name = figures.definitions.indicators["grade"].name.nl
    assert changes.revised_figure(figures, figures.definitions.revisions[0]) == (name, "6,9", "geen")


def test_a_revised_figure_is_named_with_its_category_and_segment(small):
    small.write("revisions.csv", HEAD + '2016-01-01,2014,"share.yes@theme=work,2014",13,14,slip,\n')
    figures = small.load()
    told = changes.revised_figure(figures, figures.definitions.revisions[0])
    assert told == ("antwoord, ja, werk", "13%", "14%")


def made(figures):
    """Title, sentence and rows of each section; nodes as their text, a page as its name between angles."""
    found = {}
    for section in changes.changes_tables(figures, lambda page: [nodes.inline("", f"<{page}>")]):
        title, said, *tables = section.children
        rows = []
        for table in tables:
            assert isinstance(table, data_table)
            pieces = table.children[1:]
            for _, cells in table["rows"]:
                texts = [[p if isinstance(p, str) else pieces[p].astext() for p in cell] for cell in cells]
                rows.append(["".join(cell) for cell in texts])
        assert section["ids"] == section["names"]
        found[section["ids"][0]] = (title.astext(), said.astext(), rows)
    return found


def test_without_changes_both_sections_say_so(loaded):
    found = made(loaded)
    assert list(found) == ["revisions", "corrections"]
    assert [found[name][1:] for name in found] == [
        ("Er zijn geen cijfers herzien.", []),
        ("Er zijn geen fouten verbeterd.", []),
    ]


def test_revisions_come_newest_first_and_none_of_a_later_wave(small):
    rows = [
        "2016-01-02,2014,grade@2014,6.8,6.9,eerst,first\n",
        "2016-02-01,2014,share.yes@2014,13,14,later,later\n",
        "2016-01-03,2013,grade@2013,6.7,6.8,daarna,then\n",
    ]
    small.write("revisions.csv", HEAD + "".join(rows))
    _, said, told = made(small.load())["revisions"]
    assert said == "Deze cijfers zijn na publicatie opnieuw berekend."
    assert told == [
        ["1 februari 2016", "2014", "antwoord, ja", "13%", "14%", "later"],
        ["3 januari 2016", "2013", "cijfer", "6,7", "6,8", "daarna"],
        ["2 januari 2016", "2014", "cijfer", "6,8", "6,9", "eerst"],
    ]
    assert [row[1] for row in made(small.load(wave="2013"))["revisions"][2]] == ["2013"]


@pytest.mark.parametrize(("reason_en", "told", "marked"), [("slip", "slip", []), ("", "fout", ["language-nl"])])
def test_a_reason_that_is_dutch_only_is_marked_for_english_readers(small, reason_en, told, marked):
    small.write("revisions.csv", HEAD + f"2016-01-01,2014,grade@2014,6.8,6.9,fout,{reason_en}\n")
    section, _ = changes.changes_tables(small.load(language="en"), lambda page: [])
    table = section.children[-1]
    assert "fout" in small.path("revisions.csv").read_text()
    assert [node["classes"] for node in table.findall(nodes.inline) if node["classes"]] == [marked] * bool(marked)
    assert told in table.astext()
    assert ("fout" in table.astext()) == bool(marked)


def test_corrections_name_their_pages_and_what_was_before_and_after(small):
    text = CORRECTION.format(date="2016-01-02", wave="2014") + '    before = "6,8"\n'
    small.write("corrections.toml", text + CORRECTION.format(date="2016-03-01", wave="2014"))
    _, said, told = made(small.load())["corrections"]
    assert said == "Deze fouten stonden in een eerdere versie en zijn verbeterd."
    assert told == [
        ["1 maart 2016", "2014", "<index>, <een>", "Er stond 2016-03-01", "geen", "geen", "slordig"],
        ["2 januari 2016", "2014", "<index>, <een>", "Er stond 2016-01-02", "6,8", "geen", "slordig"],
    ]
    assert made(small.load(wave="2013"))["corrections"][2] == []
