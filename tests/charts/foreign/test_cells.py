"""Tables of other programs, read as cells."""

import pandas as pd
import pytest

from wavebook.charts.foreign.cells import Grid, NoTableError, grid_of, html_of, is_number

GT = """<div id="x"><style>#x .gt_table {color: red}</style><table class="gt_table"><thead>
<tr class="gt_heading"><td colspan="3" class="gt_heading gt_title">Titel</td></tr>
<tr class="gt_col_headings"><th rowspan="2"></th><th colspan="2" scope="colgroup"><span>Jaar</span></th></tr>
<tr class="gt_col_headings"><th>2010</th><th>2014</th></tr></thead><tbody>
<tr class="gt_group_heading_row"><th class="gt_group_heading" colspan="3">groep</th></tr>
<tr><th scope="row" style="color:red" onclick="x()">a &lt;b&gt;</th><td><strong>1</strong></td><td>2</td></tr>
<tr><th scope="row">b</th><td>3</td><td></td></tr></tbody>
<tfoot><tr><td colspan="3">Noot<script>x()</script></td></tr></tfoot></table></div>"""


class Made:
    def __init__(self, html):
        self.html = html

    def as_raw_html(self):
        return self.html


def texts(rows):
    return [[cell.text for cell in row] for row in rows]


def test_a_table_of_great_tables_is_read_with_its_parts():
    grid = grid_of(Made(GT))
    assert [cell.text for cell in grid.title] == ["Titel"]
    assert texts(grid.head) == [["", "Jaar"], ["2010", "2014"]]
    assert texts(grid.body) == [["groep"], ["a <b>", "1", "2"], ["b", "3", ""]]
    assert [cell.text for cell in grid.foot] == ["Noot"]
    assert list(grid.refused) == ["a script"]
    assert grid.names_of_columns() == ["", "Jaar, 2010", "Jaar, 2014"]
    assert grid.numeric() == [False, True, True]


def test_each_number_has_the_names_beside_and_above_it():
    first = next(grid_of(Made(GT)).places())
    assert first[0].text == "1"
    assert {"a <b>", "Jaar", "2010", "groep"} <= set(first[1])
    assert "2014" not in first[1]


def test_only_text_and_structure_reach_the_page():
    html = html_of(grid_of(Made(GT)), 'Een "tabel"')
    assert html.startswith('<section class="table-scroll" tabindex="0" aria-label="Een &#34;tabel&#34;"><table>')
    assert "<caption>Titel</caption>" in html
    assert '<th scope="colgroup" colspan="3">groep</th>' in html
    assert '<th scope="row">a &lt;b&gt;</th><td class="num"><strong>1</strong></td>' in html
    assert html.endswith('<p class="note">Noot</p>')
    assert not [word for word in ("style", "onclick", "script", 'class="gt') if word in html]


def test_frames_and_stylers_are_read_without_the_numbers_of_their_rows():
    frame = pd.DataFrame({"wie": ["a", "b"], "deel": [1, 2]})
    for table in (frame, frame.style):
        grid = grid_of(table)
        assert texts(grid.head) == [["wie", "deel"]]
        assert texts(grid.body) == [["a", "1"], ["b", "2"]]


def test_the_name_of_an_index_stands_above_it():
    grid = grid_of(pd.DataFrame({"2010": [1], "2014": [2]}, index=pd.Index(["a"], name="wie")))
    assert texts(grid.head) == [["wie", "2010", "2014"]]


@pytest.mark.parametrize("text", ["1", "20%", "−3", "1.234,5", "20.0", "1 234"])
def test_a_number_is_known(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "a", "1a", "12 mensen", "%", "-"])
def test_anything_else_is_none(text):
    assert not is_number(text)


@pytest.mark.parametrize(
    "thing", [3, None, "tekst", object(), pd.DataFrame(), Made("<p>x</p>"), Made("<table></table>")]
)
def test_what_is_no_table_or_empty_is_refused(thing):
    with pytest.raises(NoTableError):
        grid_of(thing)


def test_a_table_that_is_too_large_for_a_page_is_refused():
    with pytest.raises(NoTableError, match="has 2001 cells"):
        grid_of(Made(f"<table>{'<tr><td>1</td></tr>' * 2001}</table>"))


def test_a_table_with_nonsense_is_read_as_far_as_it_goes():
    grid = grid_of(Made('<table><tr><td colspan="9999" rowspan="-1">a<td>b</table><table><tr><td>c</td></tr></table>'))
    assert isinstance(grid, Grid)
    assert [cell.text for row in grid.body for cell in row] == ["a", "b"]
    assert grid.columns <= 101
