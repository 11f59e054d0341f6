"""How often readers look at the same answers, and by which method; by hand."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from estimates import SETTINGS, row, table_of
from measures import UNITS

from wavebook.core.problems import ProblemsError
from wavebook.survey.disclosure import looks
from wavebook.survey.disclosure.cellkeys import FILE, Secret

NOISY = replace(SETTINGS, method="cell_key", noise=2.0, smallest=5, guess=80.0)


def test_the_bound_is_that_of_the_normal_and_a_bit_more():
    assert looks.guessed(2, 1) == pytest.approx(59.9, abs=0.1)
    assert looks.guessed(2, 4) == pytest.approx(69.2, abs=0.1)
    assert looks.guessed(2, 8) == pytest.approx(76.1, abs=0.1)
    assert looks.enough(80, 16) == pytest.approx(2.4, abs=0.05)
    assert looks.guessed(looks.enough(80, 16), 16) <= 80


def test_the_least_noise_is_the_first_tenth_that_is_enough():
    for guess, figures in ((80, 16), (60, 4), (99, 1)):
        least = looks.enough(guess, figures)
        assert looks.guessed(least, figures) <= guess
        assert least == 0.5 or looks.guessed(least - 0.1, figures) > guess


# how many figures an answer counts in


def per_answer(units, single=(), columns=None, groups=3, drawn=0):
    file, sample = SimpleNamespace(columns=columns or {}), SimpleNamespace(groups=groups, units=drawn)
    return looks.per_answer({name: UNITS[unit] for name, unit in units.items()}, single, file, sample)


def test_an_answer_counts_once_in_each_group():
    assert per_answer({"used": "percent"}) == 3
    assert per_answer({}) == 0


def test_errors_of_means_and_of_a_design_are_one_more_look():
    assert per_answer({"mark": "grade"}) == 4
    assert per_answer({"used": "percent"}, drawn=40) == 4
    assert per_answer({"mark": "grade"}, drawn=40) == 4


def test_a_choice_counts_in_the_category_that_was_given_and_in_that_which_would_have_been():
    units = {"channel.phone": "percent", "channel.desk": "percent"}
    assert per_answer(units, single=units) == 6
    assert per_answer(units) == 3  # several may be given, and each is an answer of its own


def test_indicators_that_are_read_from_one_column_are_one_question():
    units = {"mark": "grade", "band.high": "percent", "band.low": "percent", "used": "percent"}
    columns = {"mark": {"": ("v1",)}, "band": {"": ("v1",)}, "used": {"": ("v2",)}}
    assert per_answer(units, single=("band.high", "band.low"), columns=columns) == 4 + 6
    assert per_answer(units, single=("band.high", "band.low"), columns=columns | {"band": {"": ("v3",)}}) == 6


# what is kept of how a table was made


def test_what_is_kept_is_read_again(tmp_path):
    path = tmp_path / "2016.json"
    secret = Secret(bytes(32))
    path.write_text(json.dumps(looks.kept(NOISY, secret)))
    assert looks.Record.of(path) == looks.Record("2016", secret.fingerprint, 2.0, 5)


@pytest.mark.parametrize("text", ["{}", "[]", "{", '{"cell_key": {"secret": "a", "noise": 2}}', '{"cell_key": "x"}'])
def test_a_report_without_noise_has_no_record(tmp_path, text):
    path = tmp_path / "2016.json"
    path.write_text(text)
    assert looks.Record.of(path) is None
    assert looks.Record.of(tmp_path / "2018.json") is None


class Kept:
    """A folder of a book in which a wave was perturbed with the secret that lies there."""

    def __init__(self, root):
        self.root, self.folder, self.figures = root, root / "data/responses", root / "data/figures"
        self.folder.mkdir(parents=True)
        self.figures.mkdir()
        self.secret = Secret.make(self.folder)
        self.table("perturbed")
        self.record()

    def table(self, status):
        (self.figures / "2016.csv").write_text(f"wave,status\n2016,{status}\n")

    def record(self, secret=None, settings=NOISY):
        (self.folder / "2016.json").write_text(json.dumps(looks.kept(settings, secret or self.secret)))

    def read(self, noise=2.0, waves=("2016",)):
        return looks.the_secret(self.root, SimpleNamespace(waves=waves, noise_of=lambda wave: noise))

    def problems(self, **more):
        with pytest.raises(ProblemsError) as error:
            self.read(**more)
        return [problem.code for problem in error.value.problems]


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path)


def test_the_secret_of_a_book_is_that_of_its_tables(kept):
    assert kept.read() == kept.secret
    assert kept.read(noise=None) == kept.secret  # where nothing says how much there is
    assert kept.read(noise=9.0, waves=()) == kept.secret  # of a wave that is no more


@pytest.mark.parametrize("status", ["perturbed", "perturbed_revised"])
def test_without_the_secret_of_a_table_there_is_no_other(kept, status):
    (kept.folder / FILE).unlink()
    (kept.folder / "2016.json").unlink()
    kept.table(status)
    assert kept.problems() == ["W194"]
    assert not (kept.folder / FILE).exists()


def test_a_record_alone_tells_that_there_was_a_secret(kept):
    (kept.folder / FILE).unlink()
    (kept.figures / "2016.csv").unlink()
    assert kept.problems() == ["W194"]


def test_a_secret_is_made_where_nothing_has_noise(kept):
    (kept.folder / FILE).unlink()
    (kept.folder / "2016.json").unlink()
    kept.table("estimated")
    made = kept.read()
    assert made != kept.secret
    assert Secret.read(kept.folder) == made


def test_what_is_no_secret_is_named(kept):
    (kept.folder / FILE).write_text("zz")
    assert kept.problems() == ["W194"]


def test_another_secret_or_other_noise_than_that_of_a_table_is_named(kept):
    kept.record(Secret(bytes(32)))
    assert kept.problems() == ["W194"]
    kept.record()
    assert kept.problems(noise=3.0) == ["W199"]


# from one method to the other


def transitions(root, public, settings, before=None, table=None):
    """Codes of the problems where such statuses were public, and are ``before`` that, of the same rows."""

    def rows(statuses):
        return table_of(*(row(50, 7.0, segment=f"theme={k}", status=status) for k, status in enumerate(statuses)))

    now = rows(["estimated"]) if table is None else table
    found = looks.transitions(root, "2016", before and rows(before), rows(public or ["suppressed"]), now, settings)
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("status", "exact", "noisy"),
    [
        ("estimated", [], ["W193"]),
        ("revised", [], ["W193"]),
        ("suppressed", [], []),
        ("perturbed", ["W193"], []),
        ("perturbed_revised", ["W193"], []),
    ],
)
def test_an_edition_of_one_method_is_not_followed_by_one_of_the_other(kept, status, exact, noisy):
    for public, before in (([status], None), ([], [status])):
        assert transitions(kept.root, public, SETTINGS, before) == exact
        assert transitions(kept.root, public, NOISY, before) == noisy


@pytest.mark.parametrize("status", ["published", "provisional"])
def test_figures_that_were_entered_by_hand_count_where_others_take_their_place(kept, status):
    assert transitions(kept.root, [], NOISY, [status]) == ["W193"]
    other = table_of(row(50, 7.0, segment="theme=other"))
    assert transitions(kept.root, [], NOISY, [status], other) == []
    assert transitions(kept.root, [], SETTINGS, [status]) == []


@pytest.mark.parametrize(("change", "found"), [({}, []), ({"noise": 3.0}, ["W193"]), ({"smallest": 9}, ["W193"])])
def test_a_table_with_noise_is_followed_by_one_with_the_same(kept, change, found):
    assert transitions(kept.root, ["perturbed"], replace(NOISY, **change)) == found


def test_without_its_record_a_table_with_noise_is_followed_by_none(kept):
    (kept.folder / "2016.json").unlink()
    assert transitions(kept.root, ["perturbed"], NOISY) == ["W194"]


# too many looks


def too_many(figures, editions=1, **more):
    return list(looks.too_many("2016", figures, editions, replace(NOISY, **more)))


def test_more_looks_than_the_owner_of_the_data_allows_are_a_problem():
    assert too_many(11) == []  # Φ(√11/4) is 79.7 %
    (problem,) = too_many(12)
    assert (problem.code, problem.place) == ("W198", "data/figures/2016.csv")
    assert "up to 12 figures, so that someone who knows all others may guess it right 81 times" in problem.found
    assert problem.found.endswith("in 100, not 80")
    assert problem.action.startswith("Set noise = 2.1, leave out breakdowns")
    assert too_many(12, guess=82) == []
    assert too_many(12, noise=2.1) == []


def test_each_edition_is_a_look():
    assert too_many(5, 2) == []
    (problem,) = too_many(6, 2)
    assert "12 figures" not in problem.found
    assert "6 figures of 2 editions" in problem.found
    assert problem.action.startswith("Leave the table as it is")


def test_editors_read_the_bound():
    one, two = (looks.told(4, editions, NOISY) for editions in (1, 2))
    assert one == "someone who knows all answers but one guesses it right at most 69 times in 100, by 4 figures"
    known = "someone who knows all answers but one guesses it right at most"
    assert two == f"{known} 76 times in 100, by 4 figures and 2 editions"
