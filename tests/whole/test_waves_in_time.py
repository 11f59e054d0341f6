"""Claims, charts, sentences and downloads of a book whose waves are quarters, rounds, or months that overlap."""

import json

import pytest
import rounds

from wavebook import charts, claims
from wavebook.core.problems import ProblemsError
from wavebook.pages.checks.statements import waves_in
from wavebook.pages.downloads import data_package, figure_files, series


def spec(chart):
    return json.loads(chart.payload["spec"])


def axis(chart):
    layers = json.dumps(spec(chart))
    start = layers.index('"labelExpr"')
    return layers[start : layers.index("datum.value", start)]


def test_a_straight_line_is_straight_in_time(tmp_path):
    # a quarter is missing: 10, 30, 70, 90 lie on one line over time, and not over their numbers
    figures = rounds.book(tmp_path, rounds.QUARTERS, [10, 30, 70, 90])
    assert claims.linear("visits", within=1.5).verdict(figures).outcome == "holds"
    bent = rounds.book(tmp_path / "bent", rounds.QUARTERS, [5, 35, 65, 95])
    assert claims.linear("visits", within=1.5).verdict(bent).outcome == "fails"


def test_the_highest_wave_is_named_by_its_key_and_told_by_its_name(tmp_path):
    figures = rounds.book(tmp_path, rounds.ROUNDS, [40, 42, 60, 51])
    predicate = claims.peaks("visits", "R9")
    assert predicate.verdict(figures).outcome == "holds"
    assert predicate.said.text(figures).endswith("higher in Round 9 than in any other wave")
    assert claims.rises("visits@R9..R10").verdict(figures).outcome == "fails"
    assert claims.always_rises("visits").verdict(figures).outcome == "fails"


@pytest.mark.parametrize(
    ("waves", "values", "text", "named"),
    [
        (rounds.ROUNDS, [1, 2, 3, 4], "Round 10 was higher than R9, and round 1.", ["R10", "R9", "R1"]),
        (
            rounds.QUARTERS,
            [1, 2, 3, 4],
            "In second quarter of 2023, as in 2024Q1, not 2023.",
            ["2023Q2", "2024Q1"],
        ),
        (rounds.IRREGULAR, [1, 2, 3, 4], "In March 2024, as in 2019.", ["2024-03", "2019"]),
        (rounds.ROLLING, [1, 2, 3], "From January 2024 to March 2024 and in 2024-02.", ["2024-03", "2024-02"]),
    ],
)
def test_a_sentence_names_a_wave_by_its_name_or_key(tmp_path, waves, values, text, named):
    assert [*waves_in(text, rounds.book(tmp_path, waves, values))] == named


def test_a_line_has_the_names_of_its_waves(tmp_path):
    figures = rounds.book(tmp_path, rounds.QUARTERS, [10, 20, 40, 50])
    chart = charts.lines("visits", figures.select("visits", waves="all"))
    assert [row[0] for row in chart.payload["table"]["rows"]] == [
        "Q1 2023",
        "Q2 2023",
        "Q4 2023",
        "Q1 2024",
    ]
    assert chart.payload["table"]["head"][0] == "Wave"
    assert '\\"Q1 2024\\"' in axis(chart) or '"Q1 2024"' in axis(chart)
    one, two, four, _ = (point["wave"] for point in chart.payload["points"])
    assert four - two == pytest.approx(2 * (two - one), rel=0.03)
    assert chart.payload["wave"] == "2024Q1"


def test_a_line_of_one_wave_is_a_point(tmp_path):
    figures = rounds.book(tmp_path, {"R1": 'period = "2024-03..2024-05"'}, [40])
    chart = charts.lines("visits", figures.select("visits", waves="all"))
    assert len(chart.payload["points"]) == 1
    assert "40" in chart.payload["svg"]["wide"]
    for form in (charts.change, charts.lines):
        with pytest.raises(LookupError, match="a change needs two"):
            form("visits", figures.select("visits", waves="both"))


def test_downloads_name_waves_by_their_keys_and_tell_their_days(tmp_path):
    figures = rounds.book(tmp_path, rounds.ROUNDS, [40, 42, 47, 51])
    assert [name for name in figure_files(figures) if name.startswith("R")] == ["R1.csv", "R2.csv", "R9.csv", "R10.csv"]
    package = data_package(figures, title="Library", licence={"name": "", "path": ""}, folder="data")
    (wave,) = (field for field in package["resources"][0]["schema"]["fields"] if field["name"] == "wave")
    assert wave["type"] == "string"
    told = series(figures, "visits", [])["waves"]
    assert told[-1] == {"wave": "R10", "label": "Round 10", "start": "2021-09-01", "end": "2022-02-28"}


def test_a_change_in_a_first_wave_is_not_tested(tmp_path):
    figures = rounds.book(tmp_path, {"2024": ""}, [40])
    for predicate in (
        claims.rises("visits"),
        claims.stable("visits"),
        claims.always_rises("visits"),
        claims.linear("visits"),
    ):
        verdict = predicate.verdict(figures)
        assert (verdict.outcome, "a change needs two" in verdict.reason) == ("open", True)
    assert claims.above("visits", 30).verdict(figures).outcome == "holds"


def test_the_first_wave_of_many_has_an_edition_and_a_later_baseline_has_none(tmp_path):
    root = rounds.write(tmp_path, rounds.ROUNDS, [40, 42, 47, 51])
    assert rounds.load(root, wave="R1", language="en").is_first
    with pytest.raises(ProblemsError, match="does not come before"):
        rounds.load(root, wave="R2", baseline="R2")
