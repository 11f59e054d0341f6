"""Books of which one file is spoilt: each command ends in the one form, or in what is right."""

import pytest
import spoilt
import spoilt_runs


def test_the_same_number_spoils_a_file_in_the_same_way():
    good = b'[a]\nname = "x"\nvalue = 3\n' * 5
    made = [spoilt.spoilt("a.toml", good, seed) for seed in range(40)]
    assert made == [spoilt.spoilt("a.toml", good, seed) for seed in range(40)]
    assert len(set(made) - {good}) > 30


@pytest.mark.slow
@pytest.mark.parametrize(("which", "last"), [("cheap", 5000), ("costly", 400)])
def test_thousands_of_commands_on_spoilt_books_are_refused_or_right(tmp_path, tally, which, last):
    told, crashes = spoilt_runs.all_told(tmp_path, which, 0, last)
    assert len(told) + len(crashes) == last
    tally(f"{'builds' if which == 'costly' else 'commands'} of spoilt books refused or right", len(told))
    tally("commands on spoilt files that crashed what reads them", len(crashes))
