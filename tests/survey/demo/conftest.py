import numpy as np
import pytest
from answered import CONTACT, INDICATORS, WAVE, Book, indicator
from small import speak

from wavebook.survey.demo.draft import Draft
from wavebook.survey.demo.roles import roles_of, truths_of

MORE = """
[populations.firms]
nl = "bedrijven"
en = "firms"
[indicators.mark_band]
unit = "percent"
decimals = 0
base = "clients"
name = { nl = "oordeel", en = "judgement" }
definition = { nl = "oordeel", en = "judgement" }
[indicators.mark_band.categories]
good = { nl = "tevreden", en = "satisfied" }
bad = { nl = "ontevreden", en = "dissatisfied" }
"""
PUBLISHED = {"visits": 3.0, "channel.phone": 70.0, "channel.desk": 60.0, "mark_band.good": 40.0, "mark_band.bad": 20.0}


@pytest.fixture
def drafted(tmp_path):
    """A made-up file in the making, of a book with a question of every kind; published figures may be others."""
    book = Book(tmp_path / "book")
    speak(book.root, "nl", "en")
    later = indicator("later_mark", "grade") + indicator("lead", "percentage_point")
    book.write("indicators.toml", INDICATORS + MORE + CONTACT + later)
    book.write("waves.toml", "baseline = 2016\n" + WAVE.format(year="2016"))
    d = book.definitions()

    def made(rows=400, seed=1, **published):
        known = PUBLISHED | published
        roles = roles_of(d, known)
        truths = truths_of(d, roles, known, {})
        return Draft(d, roles, ("citizens", "firms"), "2018", np.random.default_rng(seed), rows, truths)

    return made
