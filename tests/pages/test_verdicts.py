"""The list of all tested sentences."""

from docutils import nodes

from wavebook.pages.records import Record
from wavebook.pages.verdicts import claim_tables

VERDICT = {"basis": "measured", "said": "steeg", "figures": ["grade@2010", "grade@2014"], "facts": [], "absent": []}


def claim(name="rises", outcome="holds", **more):
    return "een.html", "Een", Record("claim", name, 1, "het cijfer steeg.", outcome=outcome, **{"keys": ("k",)} | more)


def cells(table):
    pieces = [piece.astext() for piece in table.children[1:]]
    return [["".join(p if isinstance(p, str) else pieces[p] for p in cell) for cell in row] for _, row in table["rows"]]


def test_a_tested_sentence_leads_to_its_page_and_says_what_was_tested_about_what_and_the_verdict(loaded):
    (table,) = claim_tables([claim()], loaded, {"rises": VERDICT})
    assert cells(table) == [
        ["Het cijfer steeg. (Een)", "steeg", "2010: 6,7; 2014: 6,9", "klopt (foutmarge gemeten)"],
    ]
    (link,) = table.findall(nodes.reference)
    assert (link["refuri"], link.astext()) == ("een.html", "Een")


def test_figures_of_one_wave_come_together_in_the_order_of_waves(loaded):
    verdict = VERDICT | {"figures": ["share.no@2014", "grade@2010", "share.yes@2014"]}
    (table,) = claim_tables([claim()], loaded, {"rises": verdict})
    assert cells(table)[0][2] == "2010: 6,7; 2014: 70%, 14%"


def test_facts_come_with_their_day_and_what_no_source_gives_is_named(loaded):
    verdict = VERDICT | {"figures": [], "facts": ["towns"], "absent": ["share.maybe@2010", "share.maybe@2013"]}
    (table,) = claim_tables([claim()], loaded, {"rises": verdict})
    assert cells(table)[0][2] == "augustus 2015: 39; niet bekend: 2010 en 2013"
    verdict |= {"facts": [], "absent": ["share.maybe@2014"]}
    (table,) = claim_tables([claim()], loaded, {"rises": verdict})
    told = cells(table)[0][2]
    assert told.startswith("niet bekend: antwoord")
    assert "2014" not in told


def test_a_sentence_that_could_not_be_tested_rests_on_nothing(loaded):
    rows = [claim(outcome="open", keys=()), claim(outcome="open"), claim("unknown", "fails")]
    (table,) = claim_tables(rows, loaded, {"rises": VERDICT})
    assert [row[3] for row in cells(table)] == [
        "niet te toetsen",
        "niet te toetsen (foutmarge gemeten)",
        "klopt niet met de cijfers",
    ]
    assert cells(table)[2][1:3] == ["", ""]


def test_what_rests_on_a_source_alone_follows_in_a_table_of_its_own(loaded):
    reported = ("twee.html", "Twee", Record("reported", "report,elsewhere", 1, "klanten zijn blij"))
    tested, said, table = claim_tables([reported, claim()], loaded, {"rises": VERDICT})
    assert len(cells(tested)) == 1
    assert said.astext() == "Deze zinnen over het onderzoek rusten alleen op wat de genoemde bron zegt."
    assert cells(table) == [["Klanten zijn blij (Twee)", "Jansen, 2015, elsewhere"]]
