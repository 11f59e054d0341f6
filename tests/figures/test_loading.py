import pytest
from crossed import without_populations

from wavebook.core.problems import ProblemsError
from wavebook.figures import load
from wavebook.figures.quick import load_rows


@pytest.mark.parametrize(
    ("edition", "problem"),
    [
        ({"wave": "2011"}, "W501 wave '2011': is not known"),
        ({"baseline": "2009"}, "W501 baseline '2009': is not known"),
        ({"wave": "2013", "baseline": "2013"}, "W501 baseline 2013: does not come before wave 2013"),
        ({"population": "firms"}, "W501 population 'firms': is not known"),
        ({"language": "fy"}, "W501 language 'fy': is not known"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(small, edition, problem):
    assert small.problems(**edition) == [problem]


def test_everything_that_is_wrong_with_an_edition_is_said_at_once(small):
    assert len(small.problems(wave="2011", population="firms", language="fy")) == 3


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

    def saved_first(*arguments, **options):
        small.row("2014", 2, value="6.5")
        return load_rows(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr("wavebook.figures.loading.load_rows", saved_first)
        assert load(small.root)["grade"].value == 6.5
    table.write_bytes(before)
    assert load(small.root)["grade"].value == 6.9


@pytest.mark.parametrize("column", [True, False], ids=["an empty column", "no column"])
def test_a_book_that_declares_no_population_needs_none(small, column):
    without_populations(small, column)
    figures = small.load(language="en")
    assert str(figures["grade"].key) == "grade@2014"
    assert figures["grade"].key.population == figures.population == figures.people("") == ""
    assert figures["grade@theme=work"].value == 7.0
    with pytest.raises(LookupError):
        figures["grade@population=total"]
    (problem,) = small.problems(population="total")
    assert problem == "W501 population 'total': is not known"


def test_a_book_that_declares_no_population_has_none_in_its_tables(small):
    without_populations(small, column=True)
    small.row("2014", 2, population="total")
    assert [problem[:36] for problem in small.problems()] == ["W214 data/figures/2014.csv:2: populat"[:36]]


def test_the_first_declared_population_is_the_one_that_a_key_means_whatever_its_name(small):
    small.edit("indicators.toml", "[populations.total]", "[populations.panel]")
    for path in small.path("figures").glob("*.csv"):
        path.write_text(path.read_text().replace(",total,", ",panel,"))
    figures = small.load(language="en")
    assert figures["grade"] is figures["grade@population=panel"]
    assert figures.people(figures["grade"].key.population) == "everyone"
    assert str(figures["grade@population=panel"].key) == "grade@2014"
    assert small.load(population="panel").population == small.load().population == ""
    assert small.load(population="citizens")["grade"].key.population == "citizens"
