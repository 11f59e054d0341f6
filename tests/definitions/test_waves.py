"""Waves are keys of the editor's, in order of their periods, whatever the keys look like."""

import pytest
import rounds

from wavebook.core.problems import ProblemsError
from wavebook.definitions import is_wave_key, load_definitions


def definitions(tmp_path, waves, more=""):
    return load_definitions(rounds.write(tmp_path, waves, [50] * len(waves), more))


@pytest.mark.parametrize(
    ("waves", "in_order"),
    [
        (rounds.ROUNDS, ["R1", "R2", "R9", "R10"]),
        (rounds.QUARTERS, ["2023Q1", "2023Q2", "2023Q4", "2024Q1"]),
        (rounds.ROLLING, ["2024-01", "2024-02", "2024-03"]),
        ({"2024H2": "", "2019": "", "2024-03": "", "2023-11": ""}, ["2019", "2023-11", "2024-03", "2024H2"]),
        ({"07": 'period = "2023"', "7": 'period = "2022"'}, ["7", "07"]),
        ({"2024": "", "2024-01": "", "2024-12": ""}, ["2024-01", "2024", "2024-12"]),
    ],
)
def test_waves_are_in_order_of_their_periods(tmp_path, waves, in_order):
    d = definitions(tmp_path, waves)
    assert [*d.waves] == in_order
    assert (d.newest, d.baseline) == (in_order[-1], in_order[0])
    assert [d.previous(wave) for wave in in_order] == [None, *in_order[:-1]]
    assert d.until(in_order[1]) == in_order[:2]
    assert d.asked("visits", in_order[-2]) == in_order[:-1]


@pytest.mark.parametrize(
    ("published", "current", "in_preparation"),
    [([], "R10", []), (["R2"], "R2", ["R9", "R10"]), (["R1", "R9"], "R9", ["R10"]), (["R1", "R10"], "R10", [])],
)
def test_the_book_is_about_the_newest_published_wave_if_there_is_one(tmp_path, published, current, in_preparation):
    waves = {key: f"{said}\npublished = true" if key in published else said for key, said in rounds.ROUNDS.items()}
    d = definitions(tmp_path, waves)
    assert (d.current, d.in_preparation, d.newest) == (current, in_preparation, "R10")


def test_a_wave_that_is_not_declared_yet_comes_after_those_before_it(tmp_path):
    d = definitions(tmp_path, rounds.QUARTERS)
    assert d.before("2023Q3") == ["2023Q1", "2023Q2"]
    assert d.before("extra-1") == [*rounds.QUARTERS]


def test_distances_follow_the_periods(tmp_path):
    d = definitions(tmp_path, rounds.QUARTERS)
    one, two, four, five = map(d.time, rounds.QUARTERS)
    assert four - two == pytest.approx(2 * (two - one), rel=0.03)
    assert five - four == pytest.approx(two - one, rel=0.03)


def test_breaks_and_samples_take_keys(tmp_path):
    more = """
        baseline = "R2"
        [[breaks]]
        from = "R9"
        to = "R10"
        kind = "full"
        reason.nl = "andere vraag"
        reason.en = "another question"
    """
    waves = rounds.ROUNDS
    root = rounds.write(tmp_path, waves, [50] * 4)
    path = root / "data" / "waves.toml"
    text = path.read_text()
    lines = "\n".join(line.strip() for line in more.splitlines())
    path.write_text('baseline = "R2"\n' + text + lines.replace('baseline = "R2"', ""))
    d = load_definitions(root)
    assert d.baseline == "R2"
    assert d.full_break("visits", "R1", "R10") is d.breaks[0]
    assert d.full_break("visits", "R10", "R9") is d.breaks[0]
    assert d.full_break("visits", "R1", "R9") is None


@pytest.mark.parametrize(
    ("waves", "code", "found"),
    [
        ({"R1": ""}, "W208", "has no period"),
        ({"2024-13": ""}, "W208", "has no period"),
        ({"R1": 'period = "2024"', "2024": ""}, "W209", "has the same period as"),
        ({"r1": 'period = "2023"', "R1": 'period = "2024"'}, "W208", "capital letters"),
        ({"wave": ""}, "W208", "at least one digit"),
        ({'"2024 03"': ""}, "W208", "at least one digit"),
        ({"2024_03": ""}, "W208", "at least one digit"),
        ({"-2024": ""}, "W208", "at least one digit"),
        ({f"R{'0' * 40}": ""}, "W208", "at least one digit"),
        ({"2024": "period = 2024"}, "W203", "is not a period"),
    ],
)
def test_a_wave_without_a_time_or_a_key_of_its_own_is_a_problem(tmp_path, waves, code, found):
    with pytest.raises(ProblemsError) as caught:
        definitions(tmp_path, waves)
    assert [(p.code, found in p.found) for p in caught.value.problems] == [(code, True)], caught.value.problems


def test_a_wave_has_no_key_that_an_indicator_has(tmp_path):
    root = rounds.write(tmp_path, {"2024": "", "v1": 'period = "2023"'}, [50, 51])
    path = root / "data" / "indicators.toml"
    path.write_text(path.read_text().replace("indicators.visits", "indicators.v1"))
    with pytest.raises(ProblemsError) as caught:
        load_definitions(root)
    assert [p.code for p in caught.value.problems] == ["W208"]


def test_a_key_fits_a_file_an_address_and_a_typed_selector():
    assert all(map(is_wave_key, ("2018", "2024-03", "2023H2", "R8", "2023-W07", "spring-2024")))
    assert not any(map(is_wave_key, ("wave", "a..b", "2018,2019", "a=1", "", "1/2", "1 2", "é1", "2018-", "a--1")))


def test_there_is_a_wave(tmp_path):
    root = rounds.write(tmp_path, {}, [])
    with pytest.raises(ProblemsError) as caught:
        load_definitions(root)
    assert any("data/waves.toml, waves" in p.place for p in caught.value.problems)
