"""Numbers and dates of a wave that contradict each other are listed, all at once."""

import pytest

from wavebook.definitions import load_definitions

KNOWN = """
fieldwork = ["2014-10-01", "2014-11-30"]
drawn = 9000
screened = 6000
responded = 1500
response = 16.7
report = "report"
"""


def declared(small, **changed):
    """The small book with what is known of its newest wave, where ``changed`` differs."""
    lines = [line for line in KNOWN.strip().splitlines() if line.partition(" = ")[0] not in changed]
    lines += [f"{name} = {value}" for name, value in changed.items()]
    small.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\n" + "\n".join(lines) + "\n")
    return small


def test_the_response_follows_from_those_drawn_or_is_as_declared(small):
    wave = load_definitions(declared(small, response="17").root).waves["2014"]
    assert wave.rate == 17
    assert wave.model_copy(update={"response": None}).rate == pytest.approx(100 / 6)
    assert wave.model_copy(update={"response": None, "drawn": None}).rate is None


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"responded": "9100", "response": "100"}, ["9100 responded of 9000 drawn", "9100 responded of 6000 screened"]),
        ({"screened": "9001"}, ["9001 screened of 9000 drawn cannot be"]),
        ({"response": "16.6"}, ["16.6 per cent is not 1500 of 9000, which is 16.7"]),
        ({"fieldwork": '"2015-01..2015-02"'}, ["2015-01-01 to 2015-02-28 lies outside the wave, 2014-01-01 to"]),
        ({"released": "2014-11-30"}, ["2014-11-30 is not after the last day of fieldwork, 2014-11-30"]),
        ({"report": '"other"'}, ["source other is not declared"]),
        ({"described": '{ source = "other", locator = "p. 1" }'}, ["source other is not declared"]),
        ({"responded": "0"}, ["input should be greater than 0"]),
        ({"fieldwork": '["2014-11-30", "2014-10-01"]'}, ["is not a period"]),
        ({"drawn": "9000.5"}, ["not 9000.5"]),
    ],
)
def test_what_cannot_be_is_found(small, changed, found):
    problems = declared(small, **changed).problems()
    assert all(any(text in problem for problem in problems) for text in found), problems


def test_a_report_that_came_before_the_fieldwork_is_not_its_report(small):
    small.edit("references.bib", "year = {2015}", "year = {2013}")
    (found,) = declared(small).problems()
    assert found.endswith("report is of 2013, and the wave began in 2014")


def test_a_sample_is_no_larger_than_those_who_responded(small):
    sample = '\n[[waves.2014.samples]]\nn = 1501\nsource = "report"\nlocator = "p. 1"\n'
    declared(small).write("waves.toml", small.path("waves.toml").read_text() + sample)
    (found,) = small.problems()
    assert "an n of 1501 is more than the 1500 who responded" in found


def test_several_faults_of_several_waves_come_at_once(small):
    declared(small, screened="9001", fieldwork='"2015"')
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\ndrawn = 10\nresponded = 11\n")
    assert sorted(problem[:4] for problem in small.problems()) == ["W221", "W221", "W222"]
