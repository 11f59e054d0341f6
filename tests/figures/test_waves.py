"""Readers see the name of a wave: as declared, or the period in their own language."""

import pytest
import rounds

from wavebook.definitions import load_definitions
from wavebook.figures import called

NAMES = {
    "2018": ("2018", "2018"),
    "2023H1": ("1e halfjaar 2023", "H1 2023"),
    "2024Q2": ("2e kwartaal 2024", "Q2 2024"),
    "2024-03": ("maart 2024", "March 2024"),
    "2024-W07": ("week 7 van 2024", "week 7 of 2024"),
    "2025-01-31": ("31 januari 2025", "31 January 2025"),
}
SHORT = {
    "2018": ("2018", "2018"),
    "2023H1": ("H1 2023", "H1 2023"),
    "2024Q2": ("K2 2024", "Q2 2024"),
    "2024-03": ("mrt 2024", "Mar 2024"),
    "2024-W07": ("wk 7 2024", "wk 7 2024"),
    "2025-01-31": ("31 jan 2025", "31 Jan 2025"),
}


@pytest.fixture
def all_kinds(tmp_path):
    return load_definitions(rounds.write(tmp_path, dict.fromkeys(NAMES, ""), [50] * len(NAMES)))


def test_a_wave_is_named_by_its_period_in_the_language_of_its_readers(all_kinds):
    assert {wave: (called(all_kinds, wave, "nl"), called(all_kinds, wave, "en")) for wave in NAMES} == NAMES
    assert called(all_kinds, "2024Q2", "de") == "2. Quartal 2024"
    assert called(all_kinds, "2024Q2", "fr") == "2e trimestre 2024"


def test_a_short_name_is_for_axes(all_kinds):
    short = {w: tuple(called(all_kinds, w, language, short=True) for language in ("nl", "en")) for w in SHORT}
    assert short == SHORT


def test_a_declared_label_comes_first_and_its_key_is_short_for_it(tmp_path):
    d = load_definitions(rounds.write(tmp_path, rounds.ROUNDS, [50] * 4))
    assert (called(d, "R10", "nl"), called(d, "R10", "en")) == ("Ronde 10", "Round 10")
    assert called(d, "R10", "en", short=True) == "R10"


def test_a_round_without_a_label_is_its_key(tmp_path):
    d = load_definitions(rounds.write(tmp_path, {"R1": 'period = "2016-09..2017-02"'}, [50]))
    assert called(d, "R1", "en") == "R1"


def test_three_months_up_to_another_are_not_named_by_the_last_alone(tmp_path):
    d = load_definitions(rounds.write(tmp_path, rounds.ROLLING, [50] * 3))
    assert called(d, "2024-03", "en") == "January 2024 to March 2024"
    assert called(d, "2024-03", "nl") == "januari 2024 tot en met maart 2024"


def test_figures_take_keys_in_order_of_time(tmp_path):
    figures = rounds.book(tmp_path, rounds.ROUNDS, [40, 42, 47, 51])
    assert [(f.key.wave, f.value) for f in figures.series("visits")] == [
        ("R1", 40),
        ("R2", 42),
        ("R9", 47),
        ("R10", 51),
    ]
    assert (figures.wave, figures.baseline) == ("R10", "R1")
    assert figures["visits@previous"].value == 47
    assert [f.value for f in figures.between("visits@R2..R9")] == [42, 47]
    with pytest.raises(LookupError, match="R10 does not come before R9"):
        figures.between("visits@R10..R9")
    assert [key.wave for key in figures.select("visits", waves="all").keys] == ["R1", "R2", "R9", "R10"]


def test_an_edition_shows_its_wave_and_those_before_it(tmp_path):
    figures = rounds.book(tmp_path, rounds.ROUNDS, [40, 42, 47, 51], wave="R9")
    assert {f.key.wave for f in figures} == {"R1", "R2", "R9"}


def test_a_leading_zero_of_a_key_stays(tmp_path):
    waves = {"07": 'period = "2022"', "08": 'period = "2023"'}
    figures = rounds.book(tmp_path, waves, [40, 42])
    assert [str(f.key) for f in figures.series("visits")] == ["visits@07", "visits@08"]
    assert figures["visits@07"].value == 40
    assert set(figures.select("visits", waves="all").frame["wave"]) == {"07", "08"}


def test_a_year_may_be_given_as_a_number(tmp_path):
    assert rounds.book(tmp_path, {"2022": "", "2023": ""}, [40, 42], wave=2023, baseline=2022).wave == "2023"
