"""A chart on a page, and the lines under it."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from docutils.writers.html5_polyglot import HTMLTranslator, Writer
from lxml import html
from page import book_with

from wavebook.pages import chart_kit
from wavebook.pages.uses import Use

TABLE = {"head": ["", "2014"], "rows": [["cijfer", "6,9"]]}
PAYLOAD = {"name": "line", "language": "nl", "notes": ["Let <op>.", "Twee."], "table": TABLE}
PAYLOAD["places"] = [["A", "p. 1", None], ["B", "bijlage", "nl"]]
CONFIG = SimpleNamespace(author="Wij", html_baseurl="")


def a_chart(**more):
    caption = nodes.caption("", "Het cijfer\nsteeg.")
    kit = chart_kit.chart_kit(payload=PAYLOAD, caption="Het cijfer steeg.", kinds=("csv", "svg"), language="nl")
    node = chart_kit.chart("", caption, kit, ids=["fig-line"], classes=["chart"], use=Use("chart", "line"))
    drawn = {"wide": '<svg viewBox="0 0 9 9"><g/></svg>', "narrow": '<svg viewBox="0 0 3 3"><g/></svg>'}
    node.attributes |= {"svg": drawn, "summary": "Een lijn.", "language": "nl", "name": "line"} | more
    return node, kit


def translator(book, page="deel/een", baseurl=""):
    made = HTMLTranslator(new_document("", get_default_settings(Writer())))
    config = SimpleNamespace(author="Wij", html_baseurl=baseurl)
    domain = SimpleNamespace(book=book)
    made.builder = SimpleNamespace(
        current_docname=page,
        config=config,
        env=SimpleNamespace(get_domain=lambda _: domain),
        get_target_uri=lambda name: f"{name}.html",
    )
    return made


def test_both_widths_have_a_name_a_description_and_ids_of_their_own(loaded):
    node, _ = a_chart()
    made = translator(book_with(loaded))
    chart_kit.visit_chart(made, node)
    chart_kit.depart_chart(made, node)
    figure = html.fromstring("".join(made.body))
    assert (figure.tag, figure.get("class"), figure.get("id")) == ("figure", "chart", "fig-line")
    drawings = list(figure.iter("svg"))
    assert [d.get("viewbox") for d in drawings] == ["0 0 9 9", "0 0 3 3"]
    named = [d.get("aria-labelledby") for d in drawings]
    assert len(set(named)) == 2
    assert all(f"fig-line-{width}" in name for width, name in zip(("wide", "narrow"), named, strict=True))
    assert [title.text.split() for title in figure.iter("title")] == [["Het", "cijfer", "steeg."]] * 2
    assert [desc.text for desc in figure.iter("desc")] == ["Een lijn."] * 2


@pytest.mark.parametrize(
    ("page", "baseurl", "address", "up"),
    [
        ("een", "", "een.html#fig-line.", ""),
        ("deel/een", "https://x.nl/", "https://x.nl/deel/een.html#fig-line.", "../"),
    ],
)
def test_the_lines_under_a_chart_stand_outside_its_caption_and_lead_to_its_files(loaded, page, baseurl, address, up):
    book, (_, kit) = book_with(loaded), a_chart()
    book.title = "Boek"
    made = translator(book, page, baseurl)
    with pytest.raises(nodes.SkipNode):
        chart_kit.visit_kit(made, kit)
    written = "".join(made.body)
    assert written.startswith("</figcaption>")
    found = html.fragment_fromstring(written.removeprefix("</figcaption>"), create_parent=True)
    text = " ".join(found.text_content().split())
    assert "A (p. 1); B (bijlage)" in text
    assert "Let <op>. Twee." in text
    assert f"Wij (z.j.). ‘Het cijfer steeg’. In: Boek, meting 2014. {address}" in text
    links = {a.get("href") for a in found.iter("a") if a.get("download") is not None or "charts/" in a.get("href")}
    assert links == {f"{up}charts/line.csv", f"{up}charts/line.svg"}
    assert [[cell.text for cell in row] for row in found.iter("tr")][-1][-1] == "6,9"


def test_a_citation_has_the_year_of_the_edition_once_it_came_out(small):
    small.edit("waves.toml", "[waves.2014]\n", '[waves.2014]\nreleased = "2015-02-03"\n')
    cited = chart_kit.citation(book_with(small.load()), CONFIG, "een.html#x", "Kop..")
    assert cited.startswith("Wij (2015). ‘Kop’. In: ")
    assert cited.endswith("een.html#x.")


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (["grade@2010", "grade@2014"], "Cijfer."),
        (["share.yes@2014", "grade@2014", "share.no@2014"], "Antwoord en cijfer."),
        ([], "Eerste rij."),
    ],
)
def test_a_caption_that_was_left_out_is_replaced_by_the_subject(loaded, figures, said):
    payload = {"figures": figures, "table": {"rows": [["eerste rij", "1"]]}}
    assert chart_kit.neutral_caption(payload, loaded) == said
