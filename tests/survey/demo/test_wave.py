import polars as pl
import pytest
from answered import INDICATORS, WAVE, Book, indicator

from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.figures import COLUMNS
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.demo import make_wave
from wavebook.survey.wave import estimate_wave


@pytest.fixture
def other(tmp_path):
    """Another book than this one, without figures: other names, large counts, two breakdowns, its own populations."""
    book = Book(tmp_path / "other")
    more = '[populations.firms]\nnl = "bedrijven"\nen = "firms"\n[segments.size]\nnl = "grootte"\nen = "size"\n'
    more += '[segments.size.values]\nsmall = { nl = "klein", en = "small" }\nlarge = { nl = "groot", en = "large" }\n'
    book.write(
        "indicators.toml", INDICATORS + more + indicator("later_mark", "grade") + indicator("lead", "percentage_point")
    )
    book.write("waves.toml", "baseline = 2016\n" + WAVE.format(year="2016"))
    head = ",".join(COLUMNS)
    rows = [
        "2016,visits,total,,,,120,count,,,,,,published,bureau,p. 1",
        "2016,mark,total,,,,3.1,grade,,,,,,published,bureau,p. 1",
    ]
    (book.root / "data/figures").mkdir()
    book.write("figures/2016.csv", "\n".join([head, *rows]) + "\n")
    return book.root


def test_a_wave_of_any_book_is_made_read_and_estimated(other, tmp_path):
    made = make_wave(tmp_path / "demo", root=other, respondents=800)
    assert (made.wave, made.before) == ("2018", "2016")
    answers = read_responses(made.root, load_definitions(made.root), "2018")
    frame = answers.frame.collect()
    assert frame["population"].unique().sort().to_list() == ["citizens", "firms"]
    for name, truth in made.truths.items():
        value = pl.col(name) * (100 if frame[name].dtype == pl.Int8 else 1)
        known = frame.filter(pl.col(name).is_not_null())
        mean = known.select((value * pl.col("weight")).sum() / pl.col("weight").sum()).item()
        assert abs(mean - truth) < 6 * known.select(value.std()).item() / known.height**0.5, name
    estimate_wave(made.root, "2018")
    assert (made.root / "data/figures/2018.csv").is_file()


def test_faults_of_any_book_are_found(other, tmp_path):
    made = make_wave(tmp_path / "demo", root=other, respondents=800, defects=True)
    with pytest.raises(ProblemsError) as error:
        read_responses(made.root, load_definitions(made.root), made.wave)
    found = {problem.code for problem in error.value.problems}
    assert {code for code, _ in made.defects} <= found


def test_a_wave_that_is_there_is_not_made_again(other, tmp_path):
    with pytest.raises(ProblemsError, match="W110"):
        make_wave(tmp_path / "demo", root=other, wave="2016")
