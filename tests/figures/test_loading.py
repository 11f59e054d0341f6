import pytest

from wavebook.core.problems import ProblemsError
from wavebook.figures import load, load_table


@pytest.mark.parametrize(
    ("edition", "problem"),
    [
        ({"wave": 2011}, "W501 wave 2011: is not known"),
        ({"baseline": 2009}, "W501 baseline 2009: is not known"),
        ({"wave": 2013, "baseline": 2013}, "W501 baseline 2013: does not come before wave 2013"),
        ({"wave": 2010}, "W501 baseline 2010: does not come before wave 2010"),
        ({"population": "firms"}, "W501 population 'firms': is not known"),
        ({"language": "fy"}, "W501 language 'fy': is not known"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(small, edition, problem):
    assert small.problems(**edition) == [problem]


def test_everything_that_is_wrong_with_an_edition_is_said_at_once(small):
    assert len(small.problems(wave=2011, population="firms", language="fy")) == 3


def test_an_unknown_segment_is_told_with_the_nearest(small):
    (problem,) = small.problems(segment="theme=wrok")
    assert problem.startswith("W501 segment 'theme=wrok'")


def test_loading_outside_a_book_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProblemsError, match="W201"):
        load()


def test_a_table_that_is_saved_while_it_is_read_is_not_taken_for_what_it_was_before(small, monkeypatch):
    table = small.path("figures/2014.csv")
    before = table.read_bytes()

    def saved_first(*arguments):
        small.row(2014, 2, value="6.5")
        return load_table(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr("wavebook.figures.loading.load_table", saved_first)
        assert load(small.root)["grade"].value == 6.5
    table.write_bytes(before)
    assert load(small.root)["grade"].value == 6.9
