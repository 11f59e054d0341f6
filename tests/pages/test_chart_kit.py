"""A chart on a page, and the lines under it."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from docutils.writers.html5_polyglot import HTMLTranslator, Writer
from lxml import html
from markupsafe import Markup
from page import book_with

from wavebook.pages import chart_kit
from wavebook.pages.uses import Use

TABLE = {"head": ["", "2014"], "rows": [["cijfer", "6,9"]]}
PAYLOAD = {"name": "line", "language": "nl", "notes": ["Let <op>.", "Twee."], "table": TABLE}
PAYLOAD["places"] = [["A", "p. 1", None, "https://a.nl/?b&c"], ["B", "bijlage", "nl", ""]]
CONFIG = SimpleNamespace(author="Wij", html_baseurl="")


def a_chart(**more):
    caption = chart_kit.headline("", "Het cijfer\nsteeg.")
    below = chart_kit.chart_caption("", nodes.paragraph("", "Meer <hierover>."))
    kit = chart_kit.chart_kit(payload=PAYLOAD, kinds=("csv", "svg"), language="nl", explored=Markup("{}"))
    node = chart_kit.chart("", caption, below, kit, ids=["fig-line"], classes=["chart"], use=Use("chart", "line"))
    drawn = {"wide": '<svg viewBox="0 0 9 9"><g/></svg>', "narrow": '<svg viewBox="0 0 3 3"><g/></svg>'}
    node.attributes |= {"svg": drawn, "summary": "Een lijn.", "language": "nl", "name": "line", "subtitle": "Bij wie"}
    node.attributes |= more
    return node, kit


def translator(book, page="deel/een", baseurl=""):
    made = HTMLTranslator(new_document("", get_default_settings(Writer())))
    options = {"licence": "CC BY 4.0", "licence_url": "https://l.nl"}
    config = SimpleNamespace(author="Wij", html_baseurl=baseurl, html_theme="wavebook", html_theme_options=options)
    domain = SimpleNamespace(book=book)
    made.add_fignumber = lambda node: made.body.append('<span class="caption-number">Figuur 1 </span>')
    made.builder = SimpleNamespace(
        name="html",
        current_docname=page,
        config=config,
        env=SimpleNamespace(get_domain=lambda _: domain),
        get_target_uri=lambda name: f"{name}.html",
    )
    return made


def shown(loaded, **more):
    """The figure as a page has it."""
    node, kit = a_chart(**more)
    book = book_with(loaded)
    book.title = "Boek"
    made = translator(book)
    caption, below, _ = node.children
    chart_kit.visit_chart(made, node)
    chart_kit.visit_headline(made, caption)
    caption[0].walkabout(made)
    chart_kit.depart_headline(made, caption)
    chart_kit.visit_caption(made, below)
    below[0].walkabout(made)
    chart_kit.depart_caption(made, below)
    with pytest.raises(nodes.SkipNode):
        chart_kit.visit_kit(made, kit)
    chart_kit.depart_chart(made, node)
    return html.fromstring("".join(made.body))


def test_a_chart_is_a_figure_with_its_message_first_then_its_picture_what_else_is_said_and_its_line(loaded):
    figure = shown(loaded)
    parts = [(part.tag, part.get("class")) for part in figure]
    assert parts == [
        ("figcaption", None),
        ("div", "chart-wide"),
        ("div", "chart-narrow"),
        ("div", "chart-caption"),
        ("div", "chart-kit"),
    ]
    caption = figure[0]
    assert [(part.get("class"), " ".join(part.text_content().split())) for part in caption] == [
        ("headline", "Figuur 1 Het cijfer steeg."),
        ("subtitle", "Bij wie"),
    ]
    assert figure[3].text_content().strip() == "Meer <hierover>."
    (name,) = figure.xpath("//*[@id = //figure/@aria-labelledby]")
    assert " ".join(name.text_content().split()) == "Het cijfer steeg."  # without its number


@pytest.mark.parametrize("subtitle", ["", "het cijfer steeg"])
def test_a_subtitle_that_says_nothing_new_is_left_out(loaded, subtitle):
    assert shown(loaded, subtitle=subtitle).find_class("subtitle") == []


def test_all_that_the_line_names_opens_from_it(loaded):
    (line,) = shown(loaded).find_class("chart-kit")
    opened = [part for part in line if part.tag == "details"]
    assert [part[0].text for part in opened] == ["Bron: A; B", "Cijfers", "Download", "Deel"]
    button, points = (part for part in line if part.tag != "details")
    assert (button.tag, button.text, button.get("hidden")) == ("button", "Verken", "")
    assert (points.tag, points.get("type"), points.text) == ("script", "application/json", "{}")
    assert all(part[0].tag == "summary" and not part.get("open") for part in opened)


def test_where_there_is_nothing_to_explore_it_is_not_offered(loaded):
    _, kit = a_chart()
    kit["explored"] = None
    made = chart_kit.kit_html(kit, "Kop", "", "Wij")
    assert "<button" not in made
    assert "<script" not in made


@pytest.mark.parametrize(
    ("names", "said"),
    [(["A"], "A"), (["A", "B", "A"], "A; B"), (["A", "B", "A", "C"], "A en nog 2")],
)
def test_the_sources_in_short_are_one_or_two_names_or_the_first_and_how_many_more(names, said):
    assert chart_kit.sources_in_short([[name, "p. 1", None] for name in names], "nl") == said


def test_both_widths_have_a_name_a_description_and_ids_of_their_own(loaded):
    figure = shown(loaded)
    assert (figure.tag, figure.get("class"), figure.get("id")) == ("figure", "chart", "fig-line")
    drawings = list(figure.iter("svg"))
    assert [d.get("viewbox") for d in drawings] == ["0 0 9 9", "0 0 3 3"]
    named = [d.get("aria-labelledby") for d in drawings]
    assert len(set(named)) == 2
    assert all(f"fig-line-{width}" in name for width, name in zip(("wide", "narrow"), named, strict=True))
    assert [title.text for title in figure.iter("title")] == ["Het cijfer steeg."] * 2
    assert [desc.text for desc in figure.iter("desc")] == ["Een lijn."] * 2


@pytest.mark.parametrize(
    ("page", "baseurl", "address", "up"),
    [
        ("een", "", "een.html#fig-line.", ""),
        ("deel/een", "https://x.nl/", "https://x.nl/deel/een.html#fig-line.", "../"),
    ],
)
def test_the_line_under_a_chart_has_its_sources_notes_figures_files_and_citation(loaded, page, baseurl, address, up):
    book, (_, kit) = book_with(loaded), a_chart()
    book.title = "Boek"
    made = translator(book, page, baseurl)
    with pytest.raises(nodes.SkipNode):
        chart_kit.visit_kit(made, kit)
    written = "".join(made.body)
    found = html.fragment_fromstring(written, create_parent=True)
    text = " ".join(found.text_content().split())
    assert "A (p. 1); B (bijlage)" in text
    assert [(a.text, a.get("href")) for a in found.iter("a") if a.get("rel") == "license"] == [
        ("CC BY 4.0", "https://l.nl")
    ]
    assert [note.text for note in found.find_class("note")] == ["Let <op>.", "Twee."]
    assert f"Wij (z.j.). ‘Het cijfer steeg’. In: Boek, meting 2014. {address}" in text
    links = {a.get("href") for a in found.iter("a") if a.get("download") is not None or "charts/" in a.get("href")}
    assert links == {f"{up}charts/line.csv", f"{up}charts/line.svg", f"{up}charts/line.html"}
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
def test_a_headline_that_was_left_out_is_replaced_by_the_subject(loaded, figures, said):
    payload = {"figures": figures, "table": {"rows": [["eerste rij", "1"]]}}
    assert chart_kit.neutral_caption(payload, loaded) == said


def test_what_has_html_of_its_own_is_shown_as_that_in_place_of_its_picture():
    node = nodes.Element(html="<table></table>", svg={"wide": "<svg/>"}, summary="s", language="nl")
    assert chart_kit.chart_svg(node, "a", "b") == "<table></table>"
