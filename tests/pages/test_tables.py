"""Tables as readers get them."""

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from docutils.writers.html5_polyglot import HTMLTranslator, Writer
from lxml import html

from wavebook.pages import tables


def written(table):
    """The cells of a table as HTML has them, and the table itself."""
    translator = HTMLTranslator(new_document("", get_default_settings(Writer())))
    try:
        tables.visit_table(translator, table)
    except nodes.SkipNode:
        found = html.fromstring("".join(translator.body))
    return [[cell.text_content() for cell in row] for row in found.iter("tr")], found


def test_a_table_shows_text_and_markup_where_they_were_given():
    link = nodes.reference("", "Kanne", refuri="bron.html")
    rows = [("first", ["2008", [link, ", blz. 1"]]), ("second", ["2014", [link, ", blz. 2"]])]
    table = tables.table(["Meting", "Bron"], rows, "Cijfers")
    cells, found = written(table)
    assert cells == [["Meting", "Bron"], ["2008", "Kanne, blz. 1"], ["2014", "Kanne, blz. 2"]]
    assert [row.get("id") for row in found.iter("tr")] == [None, "first", "second"]
    assert [a.get("href") for a in found.iter("a")] == ["bron.html", "bron.html"]
    # what is the same in all rows is resolved once, and search finds the words
    assert len(list(table.findall(nodes.reference))) == 1
    assert "blz. 2" in table.astext()


def test_text_in_a_table_stays_text():
    hostile = '<script>alert("1")</script>'
    cells, found = written(
        tables.table([hostile], [(hostile, [hostile]), ("", [[hostile, nodes.Text(hostile)]])], hostile)
    )
    assert cells == [[hostile], [hostile], [hostile * 2]]
    assert not list(found.iter("script"))
    assert found.get("aria-label") == hostile


def test_columns_of_numbers_and_columns_in_another_language_are_marked():
    rows = [("", ["wonen", "43%", "blz. 1"])]
    _, found = written(tables.table(["What", "Value", "Source"], rows, "Figures", numeric=[1], language={2: "nl"}))
    assert [cell.get("class") for cell in found.iter("th")] == [None, "num", None]
    assert [(cell.get("class"), cell.get("lang")) for cell in found.iter("td")] == [
        (None, None),
        ("num", None),
        (None, "nl"),
    ]
