"""What notebooks select for their charts, pinned to a wave."""

import pytest
from waves import notebook

from wavebook.publish.desk import selections

CODE = """shown = figures.select("grade", "share.no", waves="both")
series = figures.select("grade", waves="all")
parts = figures.select(*(f"share.{n}" for n in ("yes", "no")))
then = figures.select("share.yes@2010")
frame.select("grade")
kept = figures.as_of("2010").select("grade")"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.ipynb").write_text(notebook(CODE, '"zo": claims.rises("grade")'), encoding="utf-8")
    (tmp_path / "notebooks" / "b.ipynb").write_text("none", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("what", "keys", "changed"),
    [
        ("grade", ["grade, share.no"], ["shown"]),
        ("share", ["grade, share.no", "share.no, share.yes"], ["shown", "parts"]),
        ("share.yes", ["share.no, share.yes"], ["parts"]),
        ("share.maybe", [], []),
    ],
)
def test_only_what_floats_and_holds_the_indicator_is_pinned(root, what, keys, changed):
    file = "notebooks/a.ipynb"
    before, made = (root / file).read_bytes(), {}
    told = [*selections.pinned(root, "2013", what, ["grade", "share"], made)]
    assert told == [(file, one) for one in keys]
    after = before.decode()
    for name in changed:
        after = after.replace(f"{name} = figures.select(", f'{name} = figures.as_of(\\"2013\\").select(')
    assert made == ({file: (before, after.encode())} if changed else {})
    assert (root / file).read_bytes() == before
