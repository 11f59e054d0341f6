"""One block of text, read as sentences and cut."""

from docutils import nodes

from wavebook.pages.blocks import put_after, read_block, replace_node, tidy, trim
from wavebook.pages.uses import Use, live, statement


def a_block():
    number = live("", "6,9", use=Use("value", "grade", unfit=True))
    claim = statement("", "", nodes.Text("Het is "), number, nodes.Text("."), classes=["claim"], use=Use("claim"))
    return nodes.paragraph("", "", nodes.Text("Eerst. "), claim, nodes.Text(" Dan 3 mensen.")), claim, number


def test_a_sentence_knows_what_stands_in_it_and_what_of_it_was_typed():
    block, claim, number = a_block()
    _, found, stated = read_block(block, "nl")
    assert [sentence.text for sentence in found] == ["Eerst.", "Het is 6,9.", "Dan 3 mensen."]
    assert set(found[1].marked) == {claim, number}
    assert found[1].wrong == (number,)
    assert "6,9" not in found[1].typed
    assert stated == [(claim, (7, 18))]


def test_what_is_cut_leaves_no_empty_node_and_no_space():
    block, _, _ = a_block()
    pieces, found, _ = read_block(block, "nl")
    for piece in pieces:
        trim(piece, [found[1].span, found[2].span])
    tidy(block)
    assert block.astext() == "Eerst."
    assert not list(block.findall(statement))


def test_of_two_texts_alike_the_one_that_was_meant_is_replaced():
    first, second = nodes.Text("a"), nodes.Text("a")
    block = nodes.paragraph("", "", first, second)
    replace_node(second, nodes.Text("b"))
    put_after(first, nodes.strong("", "c"))
    assert block.astext() == "acb"
