"""Pages of figures hold exactly the rows of the table, and every row is found by its key."""

import large
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.figures import Key, load
from wavebook.pages.row_pages import FOLDER, Layout, about, anchor_of, stamp, title


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return load(large.make(tmp_path_factory.mktemp("towns"), towns=30, indicators=3))


def test_a_table_that_fits_has_no_pages(figures):
    assert Layout(figures, len(figures)).pages == []
    assert Layout(figures, len(figures)).ends == ""
    assert Layout(figures, len(figures)).page_of(next(iter(figures)).key) == ""


@given(st.integers(1, 479))
def test_the_pages_together_hold_each_row_once(figures, most):
    layout = Layout(figures, most)
    names = [page.name for page in layout.pages]
    assert len(set(names)) == len(names)
    assert sorted(np.concatenate([page.rows for page in layout.pages])) == list(range(len(figures)))
    of_group = 5  # waves of a category and segment, which stay together
    assert all(0 < len(page.rows) <= max(most, of_group) for page in layout.pages)
    for page in layout.pages:
        keys = [figures.rows.key(row) for row in page.rows]
        assert {layout.page_of(key) for key in keys} == {page.name}
        assert {key.indicator for key in keys} == {page.indicator}
        assert page.breakdown is None or {key.segment_by for key in keys} == {page.breakdown}


def test_a_page_is_named_after_what_it_holds(figures):
    layout = Layout(figures, 100)
    names = [page.name.removeprefix(f"{FOLDER}/") for page in layout.pages]
    assert names[:4] == ["i00", "i00-town", "i00-town-2", "i01"]
    assert names[-1] == "choice"
    titles = [title(figures, page) for page in layout.pages[:2]]
    assert titles == ["Cijfer i00: iedereen", "Cijfer i00, stad: Stad 0 – Stad 19"]
    assert about(figures, layout.pages[-1]) == ""
    assert [other and other.name[-6:] for other in layout.neighbours(1)] == ["es/i00", "town-2"]
    assert layout.neighbours(2)[1] is None


def test_a_page_is_another_when_a_figure_on_it_is(figures, tmp_path):
    layout = Layout(figures, 100)
    root = large.make(tmp_path, towns=30, indicators=3)
    path = root / "data" / "figures" / "2014.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = next(at for at, line in enumerate(lines) if ",t00029," in line)
    lines[changed] = lines[changed].replace("tabel 1", "tabel 2")
    path.write_text("".join(lines), encoding="utf-8")
    after = load(root)
    again = Layout(after, 100)
    differ = [a.name for a, b in zip(layout.pages, again.pages, strict=True) if stamp(figures, a) != stamp(after, b)]
    assert differ == [f"{FOLDER}/i00-town-2"]
    assert again.ends == layout.ends != Layout(figures, 90).ends


def test_the_part_of_an_anchor_that_names_a_segment(figures):
    part = anchor_of(figures.rows, "town", "t00001")
    assert part == "town-t00001"
    assert Key("2014", "i00", "", "town", "t00001", "").anchor == f"i00-{part}-2014"
