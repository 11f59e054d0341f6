"""What a node stands in."""

from docutils import nodes

from wavebook.pages.ancestors import above, around, block_of, is_cited, is_in, line_of, nearest


def a_page():
    text = nodes.Text("steeg")
    strong = nodes.strong("", "", text)
    paragraph = nodes.paragraph("", "", strong)
    paragraph.line = 7
    section = nodes.section("", paragraph)
    document = nodes.document(None, None)
    document += section
    return text, strong, paragraph, section, document


def test_the_nearest_comes_first():
    text, *holders = a_page()
    assert list(above(text)) == holders
    assert nearest(text, nodes.section, nodes.paragraph) is holders[1]
    assert nearest(holders[0], nodes.strong) is holders[0]
    assert nearest(text, nodes.title) is None


def test_a_node_is_in_itself_and_in_what_holds_it():
    text, strong, *_ = a_page()
    assert is_in(strong, nodes.strong)
    assert is_in(text, nodes.title, nodes.section)
    assert not is_in(text, nodes.title)


def test_a_block_is_what_is_not_inline_and_holds_text():
    text, strong, paragraph, section, _ = a_page()
    assert around(text) is around(strong) is block_of(strong) is paragraph
    assert block_of(section) is None


def test_a_line_is_that_of_the_nearest_that_knows_it():
    text, _, _, section, _ = a_page()
    assert (line_of(text), line_of(section)) == (7, 1)


def test_what_stands_in_a_citation_is_told_from_other_text():
    text, strong, paragraph, *_ = a_page()
    assert not is_cited(text)
    strong["refdomain"] = "cite"
    assert (is_cited(text), is_cited(paragraph)) == (True, False)
