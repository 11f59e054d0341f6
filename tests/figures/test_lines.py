"""Parts that are cut from a table have the rows that reading, choosing and writing would give."""

import csv
import io

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from wavebook.core.writing import csv_table
from wavebook.figures import COLUMNS
from wavebook.figures.key import NUMBER_COLUMNS, PERTURBED, shows
from wavebook.figures.lines import Lines

ROWS = st.fixed_dictionaries(
    {
        "place": st.sampled_from([("", ""), ("town", "a"), ("town", "b"), ("sex", "a"), ("sex*town", "man*a")]),
        "n": st.sampled_from(["", "29", "30", "31.0", " 7 ", "0"]),
        "status": st.sampled_from(["published", "suppressed", PERTURBED, " estimated "]),
        "locator": st.sampled_from(["page 1", "page 1, table 2", 'say "x"', "a\nb", "é", ' "', "'"]),
    }
)
FORMS = [
    lambda text: text.encode(),
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.replace("\n", "\r").encode(),
    lambda text: text.rstrip("\n").encode(),
    lambda text: text.replace("published", " published").encode(),
    lambda text: (text + "\n\n,,,\n").encode(),
    lambda text: text.replace("locator\n", "locator\n\n").encode(),
]


def table(rows, columns=COLUMNS):
    made = []
    for number, row in enumerate(rows):
        by, segment = row["place"]
        more = {"wave": "2014", "indicator": f"i{number}", "segment_by": by, "segment": segment, "value": "7.25"}
        suppressed = dict.fromkeys(NUMBER_COLUMNS, "") if row["status"] == "suppressed" else {}
        made.append({"population": "", "unit": "grade", "source": "x"} | row | more | suppressed)
    return csv_table(columns, made)


def rows_of(content):
    found = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = [{name: " ".join(cell.split()) for name, cell in row.items() if name} for row in found if any(row.values())]
    return [{"population": ""} | row for row in rows]


def expected(content, own, least):
    found = [row for row in rows_of(content) if shows(row["segment_by"], row["segment"], own)]
    for row in found:
        if row["n"] and float(row["n"]) < least and row["status"] != PERTURBED:
            row |= dict.fromkeys(NUMBER_COLUMNS, "") | {"status": "suppressed"}
    return found


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.lists(ROWS, max_size=8),
    st.sampled_from(FORMS),
    st.sampled_from([COLUMNS, COLUMNS[::-1], [name for name in COLUMNS if name != "population"]]),
    st.sampled_from([("", ""), ("town", "a"), ("town", "b"), ("sex", "a"), ("age", "x")]),
    st.sampled_from([0, 30]),
)
def test_a_part_has_the_rows_that_an_edition_may_show(rows, form, columns, own, least):
    content = form(table(rows, columns))
    lines = Lines(content, least)
    shown = lines.shown(own)
    found, wanted = rows_of(lines.table(shown)), expected(content, own, least)
    assert found == wanted
    hidden = [row["indicator"] for row in wanted if row["status"] == "suppressed"]
    assert [row["indicator"] for row in lines.suppressed(shown)] == hidden


def test_a_table_that_is_written_plainly_goes_along_byte_for_byte():
    content = table([{"place": ("town", "a"), "n": "40", "status": "published", "locator": 'a "b", c'}] * 3).encode()
    lines = Lines(content, 30)
    assert lines.table(lines.shown(("", ""))) == content
    assert lines.table(lines.shown(("town", "b"))) == content.splitlines(keepends=True)[0]


@pytest.mark.parametrize("content", [b"", (",".join(COLUMNS) + "\n").encode()], ids=["no file", "no rows"])
def test_a_table_without_rows_is_a_header(content):
    lines = Lines(content, 30)
    assert lines.table(lines.shown(("", ""))).decode() == ",".join(COLUMNS) + "\n"
    assert lines.suppressed(lines.shown(("", ""))) == []
