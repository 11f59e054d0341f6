"""Among the rows that are sifted out, everything is found that is found among all."""

import textwrap
from dataclasses import replace

import pytest
import small as small_book
from hypothesis import given
from hypothesis import strategies as st

from wavebook.core.units import PERCENT
from wavebook.definitions import load_definitions
from wavebook.figures import Figure, Key
from wavebook.figures.rows import Rows
from wavebook.survey.disclosure import subtraction
from wavebook.survey.disclosure.sifting import suspects

RULES = '\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "test"\n'
KEYS = st.builds(
    lambda wave, population, segment, category: Key(
        *(wave, "share", population, "theme" if segment else "", segment, category)
    ),
    st.sampled_from(["2013", "2014"]),
    st.sampled_from(["", "citizens"]),
    st.sampled_from(["", "work", "school"]),
    st.sampled_from(["yes", "no", "maybe"]),
)
COUNTS = st.sampled_from([None, 0, 10, 29, 30, 50, 60, 80, 90, 100, 120])


@st.composite
def figures(draw):
    found = []
    for key in draw(st.lists(KEYS, unique=True, max_size=20)):
        status = draw(st.sampled_from(["published", "published", "suppressed", "perturbed"]))
        shown = status != "suppressed"
        value, n = (draw(st.sampled_from([20.0, 30.0, 50.0])), draw(COUNTS)) if shown else (None, None)
        found.append(Figure(key, value, PERCENT, 0, n, None, None, None, None, status, "report", "page 1"))
    return found


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    root = tmp_path_factory.mktemp("small")
    small_book.SmallBook(root).write("waves.toml", textwrap.dedent(small_book.WAVES) + RULES)
    return load_definitions(root)


def told(definitions, found):
    return [str(problem) for problem in subtraction.problems(definitions, found)]


@given(found=figures())
def test_it_finds_what_is_found_in_all(definitions, found):
    assert told(definitions, suspects(definitions, Rows.of(found)).values()) == told(definitions, found)


def figure(n, segment="", category="yes", value=50.0):
    key = Key("2014", "share", "", "theme" if segment else "", segment, category)
    status = "suppressed" if value is None else "published"
    return Figure(key, value, PERCENT, 0, n, None, None, None, None, status, "report", "page 1")


@pytest.mark.parametrize(
    "found",
    [
        [figure(100), figure(90, "work")],
        [figure(100), figure(90, "work"), figure(None, "school", value=None)],
        [figure(100), figure(60, "work"), figure(80, "school")],  # they overlap
        [figure(None, "", name, 30.0 if name != "no" else 40.0) for name in ("yes", "no", "maybe")]
        + [figure(None, "work", name, None if name == "no" else 20.0) for name in ("yes", "no", "maybe")],
    ],
)
def test_what_follows_is_found(definitions, found):
    rows = Rows.of([*found, replace(found[0], key=found[0].key._replace(wave="2013"))])
    some = suspects(definitions, rows)
    assert told(definitions, some.values()) == told(definitions, found) != []
    assert some.words["wave"].used() == ["2014"]


def test_nothing_is_looked_at_where_no_rules_are_declared(small):
    loaded = small.load()
    assert len(suspects(loaded.definitions, loaded.rows)) == 0


def test_a_table_in_which_nothing_follows_has_no_suspects(small):
    small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + RULES)
    loaded = small.load()
    assert len(loaded) > 0
    assert len(suspects(loaded.definitions, loaded.rows)) == 0
