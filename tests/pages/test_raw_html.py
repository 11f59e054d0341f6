"""HTML that editors type or cells give, against the policy of every page."""

import pytest

from wavebook.pages import raw_html


def found(html, **more):
    return [what for what, _ in raw_html.faults(html, **more)]


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
    assert raw_html.moves("<b>x<br></b></i>") == [("b", True), ("b", False), ("i", False)]
