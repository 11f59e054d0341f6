"""How waves.toml reads a made-up wave."""

import tomllib
from types import SimpleNamespace

import numpy as np
import pytest

from wavebook.survey.demo.declaration import break_text, wave_text
from wavebook.survey.demo.folder import MARK

DRAFT = SimpleNamespace(
    d=SimpleNamespace(languages=("nl", "en"), waves={}),
    wave="2018",
    complete=np.array([True, True, False]),
    columns={"mark": "v1", "contact": {"phone": "v2_1", "desk": "v2_2"}},
    codes={"used": {"1": "yes", "a b": "no"}},
    missing_in={},
    asked_if={},
)


def read(**changed):
    text = wave_text(SimpleNamespace(**(vars(DRAFT) | changed)))
    return text, tomllib.loads(text)["waves"]["2018"]


def test_a_made_up_wave_says_that_it_is():
    text, wave = read()
    assert text.startswith("\n" + MARK)
    assert text.endswith("\n")
    assert wave["made_up"] is True
    assert wave["source"] == wave["responses"]["source"] == "demo"
    assert wave["name"] == {"nl": "verzonnen demonstratie 2018", "en": "made-up demonstration 2018"}


def test_after_a_made_up_wave_it_is_of_the_same_series():
    waves = {"2014": SimpleNamespace(made_up=False, bureau="a"), "2016": SimpleNamespace(made_up=True, bureau="b")}
    _, wave = read(d=SimpleNamespace(languages=("nl",), waves=waves))
    assert wave["bureau"] == "b"
    assert "client" not in wave


@pytest.mark.parametrize(("language", "word"), [("nl", "verzonnen"), ("de", "erfunden"), ("fr", "inventé")])
def test_what_readers_see_of_it_is_in_the_language_of_the_root(language, word):
    _, wave = read(d=SimpleNamespace(languages=(language, "en"), waves={}))
    assert wave["bureau"] == wave["responses"]["locator"] == word


def test_the_design_is_that_of_a_draft():
    _, wave = read()
    responses = wave["responses"]
    assert responses["weight_sum"] == 2  # of who completed it
    assert responses["filter"] == {"compleet": [1]}
    assert responses["missing"] == [98, 99]
    names = ("respondent", "weight", "strata", "clusters", "population_size")
    assert [responses[name] for name in names] == ["respnr", "weegfactor", "landsdeel", "gemeente", "gemeenten"]


def test_columns_and_codes_are_those_of_a_draft():
    _, wave = read()
    assert wave["responses"]["columns"] == DRAFT.columns
    assert wave["responses"]["codes"] == DRAFT.codes
    assert not {"missing_in", "asked_if"} & wave["responses"].keys()


def test_routing_and_missing_codes_of_a_column_have_tables_of_their_own():
    _, wave = read(missing_in={"v1": [9998.0], "v3": []}, asked_if={"mark": {"v4": ["2..97"], "v5": ["1"]}})
    assert wave["responses"]["missing_in"] == {"v1": [9998], "v3": []}
    assert wave["responses"]["asked_if"] == {"mark": {"v4": ["2..97"], "v5": ["1"]}}


def test_a_question_that_was_asked_in_another_way_breaks_its_series_alone():
    (found,) = tomllib.loads(break_text("channel", "2016", "2018", ("nl", "en")))["breaks"]
    assert (found["from"], found["to"], found["kind"], found["indicators"]) == ("2016", "2018", "full", ["channel"])
    assert set(found["reason"]) == {"nl", "en"}
