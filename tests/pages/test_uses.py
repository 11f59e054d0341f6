"""Nodes of this library's own: what they say stays with them, and docutils treats them as what they are."""

import pickle

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from wavebook.pages.uses import (
    Generated,
    Use,
    Used,
    break_mark,
    draft_note,
    live,
    live_link,
    lost_xref,
    made_paragraph,
    made_section,
    remark,
    statement,
    use_of,
)

KINDS = [
    (live, nodes.inline), (live_link, nodes.reference), (statement, nodes.inline), (lost_xref, addnodes.pending_xref),
    (draft_note, nodes.inline), (break_mark, nodes.reference), (remark, nodes.container),
    (made_section, nodes.section), (made_paragraph, nodes.paragraph),
]  # fmt: skip
USE = Use("value", "grade", 3, 0, ("grade@2014",))


@pytest.mark.parametrize(("kind", "like"), KINDS)
def test_visitors_that_know_nothing_of_a_node_treat_it_as_what_it_is_like(kind, like):
    seen = []

    class Visitor(nodes.SparseNodeVisitor):
        def unknown_visit(self, node):
            raise AssertionError(node)

    setattr(Visitor, f"visit_{like.__name__}", lambda self, node: seen.append(node))
    node = kind("", use=USE) if issubclass(kind, Used) else kind("")
    Visitor(new_document("page")).dispatch_visit(node)
    assert seen == [node]
    assert node.tagname == like.__name__


@pytest.mark.parametrize("kind", [live, live_link, statement, lost_xref])
def test_what_a_node_says_goes_with_its_copies(kind):
    node = kind("", use=USE)
    for copy in (node.deepcopy(), pickle.loads(pickle.dumps(node))):
        assert isinstance(copy, kind)
        assert copy.use == USE
    node.become_unfit()
    assert node.use.unfit
    assert not USE.unfit


def test_only_what_a_role_made_is_generated_and_has_a_use_of_its_own():
    made = [live("", use=USE), statement("", use=USE), draft_note("")]
    assert [use_of(node) for node in made] == [USE, None, None]
    assert [isinstance(node, Generated) for node in made] == [True, False, True]


def test_a_statement_is_named_by_its_claim_also_the_second_time():
    assert statement("", use=USE, names=["rose"]).name == "rose"
    assert statement("", use=USE, dupnames=["rose"], ids=["id1"]).name == "rose"
    assert statement("", use=USE).name == ""
