"""HTML that editors type or cells give, against the policy of every page."""

import pytest

from wavebook.pages.checks import raw_html


def found(html, **more):
    return [fault.found for fault in raw_html.faults(html, **more)]


@pytest.mark.parametrize(
    "html",
    [
        "<details open><summary>a</summary>b</details>",
        "H<sub>2</sub>O<br>",
        '<table><tr><td colspan="2">a</td></tr></table>',
        '<a href="https://example.org" title="x">a</a>',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        "a < b & c > d",
        "<!-- a note with <script> in it -->",
    ],
)
def test_what_a_page_can_show_is_no_fault(html):
    assert found(html) == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<SCRIPT src=x>", "<script> is blocked"),
        ('<b style="">x</b>', '<b style=""> is blocked'),
        ("<p onmouseover=x>", "onmouseover of <p>"),
        ('<a href=" JavaScript:x">', 'href="JavaScript:x"> is blocked'),
        ('<svg><a xlink:href="javascript:x"></a></svg>', 'xlink:href="javascript:x"'),
        ('<img srcset="a.png 2x">', "not copied"),
        ("<naam>", "<naam> is no element"),
        ("<!-- open", "is not closed"),
        ("<input>", "<input> is blocked"),
        ("<center>x</center>", "<center> is no element for the text of a page"),
        ("<h1>x</h1>", "<h1> is no element for the text"),
    ],
)
def test_what_a_page_cannot_show_is_named(html, what):
    (said,) = found(html)
    assert what in said


def test_the_style_that_pandas_gives_every_table_is_missed_by_nobody():
    table = '<style scoped>td {}</style><table><tr style="text-align: right;"><td>x</td></tr></table>'
    assert found(table, output=True) == []
    assert len(found(table)) == 2
    assert len(found("<style>td {}</style>", output=True)) == 1


def test_text_is_what_readers_see():
    assert raw_html.text("<b>een</b> &eacute;&eacute;n<!-- twee --><script>3</script>").split() == ["een", "één"]


def test_elements_open_and_close_in_order():
    moved = raw_html.moves("<b>x<br></b>\n</i>")
    assert [(move.tag, move.opens, move.line) for move in moved] == [("b", True, 0), ("b", False, 0), ("i", False, 1)]


def test_a_fault_has_its_line_below_comments_too():
    ((_, _, line, typed),) = raw_html.faults("<!-- een\ntwee -->\n<p>\n<b style='x'>x</b>\n<b style='x'>y</b></p>")
    assert (line, typed) == (3, "<b style='x'")
