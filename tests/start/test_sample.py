"""Made-up answers."""

import csv
import io

from wavebook.start import sample
from wavebook.start.phrases import phrases_in


def test_made_up_answers_are_the_same_each_time_and_in_the_language_of_the_book():
    text = sample.made_up(phrases_in("de"))
    assert text == sample.made_up(phrases_in("de"))
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert "Wie alt sind Sie?" in head
    assert len(rows) == 400
    assert {len(row) for row in rows} == {len(head)}
    assert {row[-1] for row in rows} == set(phrases_in("de")["sample"]["age_answers"])
