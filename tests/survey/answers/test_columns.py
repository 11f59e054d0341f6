"""Which columns of a file the declarations of a wave speak of."""

import polars as pl
import pyreadstat
import pytest
from answered import CODES, COLUMNS, column

from wavebook.core.problems import ProblemsError
from wavebook.core.spans import span
from wavebook.survey.answers.columns import Columns
from wavebook.survey.demo import with_sets
from wavebook.survey.files.codes import Codebook
from wavebook.survey.files.quoting import ENOUGH
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable


def test_a_multiple_response_set_of_spss_is_read_by_its_name(book):
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"k1": [1.0, None, None], "k2": [1.0, 1.0, None]}), path)
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke kanalen?", ["k1", "k2"])}))
    text = COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { k1 = "phone", k2 = "desk", blank = "no" }'
    read = book.read(text)
    assert column(read, "channel.phone") == [1, 0, 0]
    assert column(read, "channel.desk") == [1, 1, 0]


def test_column_names_match_whatever_their_case(book):
    assert column(book.read(COLUMNS + 'mark = "V1"', {"v1": [6]}), "mark") == [6]


def test_a_set_and_its_codes_have_to_agree(book):
    path = book.folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"k1": [1.0], "k2": [1.0]}), path)
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke kanalen?", ["k1", "k2"])}))
    found = book.problems(COLUMNS + 'channel = "$kanalen"\n' + CODES + 'channel = { k1 = "phone", k9 = "desk" }')
    assert found == [
        "W109 data/responses/2016.sav, set $kanalen: has no column k9.",
        "W109 data/responses/2016.sav, set $kanalen: its column k2 has no meaning.",
    ]


def test_what_is_not_in_the_file_is_named(book):
    assert book.problems(COLUMNS + 'mark = "v1"\nchannel = "$kanalen"', {"v1_nieuw": [6]}) == [
        "W107 data/responses/2016.parquet: no declared column is there.",
        "W107 data/responses/2016.parquet, column v1: is not in the file.",
        "W109 data/responses/2016.parquet, set $kanalen: is not in the file.",
    ]


# by themselves


@pytest.fixture
def source(book):
    """The columns of a file of which only the names are known, by what waves.toml says."""

    def made(declared, *names, sets=(), disclosure=""):
        book.declare(declared)
        if disclosure:
            path = book.root / "data" / "waves.toml"
            path.write_text(path.read_text() + disclosure)
        d = book.definitions()
        variables = {name: Variable(name, "number", f"vraag van {name}") for name in names}
        file = SurveyFile("file", variables, None, {item.name: item for item in sets})
        return Columns(d, "2016", d.waves["2016"].responses, file)

    return made


def test_every_column_that_waves_toml_names_is_looked_for(source):
    declared = (
        """respondent = "ID"
weight = "w"
strata = "s"
clusters = ["c1", "c2"]
population_size = "p"
filter = { f = [1] }
missing_in = { m = [9] }
formats = { d = "dd-mm-yyyy" }
"""
        + COLUMNS
        + """mark = "v1"
channel = { phone = "k1", other = "k2" }
[waves.2016.responses.asked_if]
mark = { q = [1] }
[waves.2016.responses.labels_overruled]
v1 = { 1 = "x" }
"""
    )
    names = "id w s c1 c2 p f m d v1 k1 k2 q".split()
    found = source(declared, *names, "more")
    assert found.problems == []
    assert set(found.actual.values()) == set(names)
    assert found.actual["ID"] == "id"
    assert found.columns == {"mark": {"": ("v1",)}, "channel": {"phone": ("k1",), "other": ("k2",)}}


def action(found):
    (problem,) = found.problems
    return problem.code, problem.action


def test_the_nearest_name_is_proposed_the_longer_one_before_any_other(source):
    declared = COLUMNS + 'mark = "vraag1"'
    mend = "Correct [waves.2016.responses] in data/waves.toml."
    assert action(source(declared, "vraag2", "vraag1_nieuw")) == ("W107", f"The nearest is vraag1_nieuw. {mend}")
    assert action(source(declared, "vraga1", "zz")) == ("W107", f"The nearest is vraga1. {mend}")
    assert action(source(declared, "vraag2", "zz")) == ("W107", mend)  # another question
    assert action(source(declared, "zz")) == ("W107", mend)


def test_a_name_is_taken_as_it_is_before_it_is_taken_in_another_case(source):
    assert source(COLUMNS + 'mark = "v1"', "V1", "v1").actual == {"v1": "v1"}


def test_without_the_filter_nothing_more_is_looked_at(source):
    with pytest.raises(ProblemsError) as error:
        source("filter = { f = [1] }\n" + COLUMNS + 'mark = "v1"\n', "v1")
    assert [problem.place for problem in error.value.problems] == ["file, column f"]


SET = ResponseSet("$set", "Welke?", ("k1", "k2", "k3"), "1")
OF_SET = COLUMNS + 'channel = "$SET"\n' + CODES


def test_columns_of_a_set_are_its_answers_by_what_they_mean(source):
    found = source(OF_SET + 'channel = { K1 = "phone", k2 = "desk", k3 = "phone" }', "k1", "k2", "k3", sets=[SET])
    assert found.columns == {"channel": {"": (), "phone": ("k1", "k3"), "desk": ("k2",)}}
    assert found.counted == {"channel": "1"}
    assert found.problems == []


def test_a_set_of_codes_is_read_by_its_columns(source):
    codes = ResponseSet("$set", "Welke?", ("k1", "k2"), None)
    found = source(OF_SET + 'channel = { 1 = "phone", 2 = "desk" }', "k1", "k2", sets=[codes])
    assert found.columns == {"channel": {"": ("k1", "k2")}}
    assert found.counted == {}


def test_who_had_to_answer_is_who_meets_all_conditions(source):
    declared = COLUMNS + 'mark = "v1"\nvisits = "v2"\n[waves.2016.responses.asked_if]\nmark = { Q = ["2.."], r = [1] }'
    found = source(declared, "v1", "v2", "q", "r")
    raw = pl.LazyFrame({"v1": [1] * 4, "v2": [1] * 4, "q": [2, 1, 3, None], "r": [1, 1, 2, 1]})
    found.read_formats(raw)
    assert raw.select(found.asked("mark")).collect().to_series().to_list() == [True, False, False, False]
    assert found.asked("visits") is None


def test_who_had_to_answer_is_not_known_without_the_column_that_tells(source):
    found = source(COLUMNS + 'mark = "v1"\n[waves.2016.responses.asked_if]\nmark = { q = [1] }', "v1")
    assert found.asked("mark") is None


def test_a_cell_is_empty_where_all_columns_of_who_was_asked_are(source):
    declared = COLUMNS + 'channel = ["k1", "k2"]\n' + CODES + 'channel = { 1 = "phone", 2 = "desk" }\n'
    raw = pl.LazyFrame({"k1": [None, None, 1, None], "k2": [None, 2, None, None], "q": [1, 1, 1, 2]})
    for rule, empty in (("", [True, False, False, True]), ("channel = { q = [1] }", [True, False, False, False])):
        found = source(f"{declared}[waves.2016.responses.asked_if]\n{rule}", "k1", "k2", "q")
        found.read_formats(raw)
        books = [Codebook(found.column(name), {}, []) for name in ("k1", "k2")]
        assert raw.select(found.empty("channel", *books)).collect().to_series().to_list() == empty


def test_a_condition_holds_codes_and_ranges(source):
    found = source(COLUMNS + 'mark = "V1"', "v1")
    raw = pl.LazyFrame({"v1": [1, 2, 3, 5]})
    found.read_formats(raw)
    assert found.column("v1").span("2..3") == span("2..3")
    held = raw.select(found.condition("V1", ["1", "3.."])).collect().to_series().to_list()
    assert held == [True, False, True, True]


def test_whose_a_row_is_is_known_where_clusters_are_people(source):
    raw = pl.LazyFrame({"id": [1, 2], "c1": [1, 1], "c2": ["a", None], "v1": [1, 2]})
    of_clusters = source('clusters = ["c1", "c2"]\n' + COLUMNS + 'mark = "v1"', "c1", "c2", "v1")
    of_clusters.read_formats(raw.drop("id"))
    assert raw.select(of_clusters.person()).collect().to_series().to_list() == ["1|a", "1"]
    numbered = source('respondent = "id"\nclusters = "c1"\n' + COLUMNS + 'mark = "v1"', "id", "c1", "v1")
    assert numbered.person() is None
    assert source(COLUMNS + 'mark = "v1"', "v1").person() is None


def test_cells_hold_several_answers_where_codes_are_categories(source):
    declared = 'separator = ";"\n' + COLUMNS + 'channel = "k"\nmark = "v1"\ntheme = "t"\naspect = { a = "x" }\n' + CODES
    declared += 'channel = { 1 = "phone", 2 = "desk" }\ntheme = { 1 = "education", 2 = "housing" }'
    found = source(declared, "k", "v1", "t", "x")
    assert [found.separator(name) for name in ("channel", "mark", "theme", "aspect")] == [";", None, None, None]
    raw = pl.LazyFrame({"k": ["1;2", "2", None], "v1": [1, 2, 3], "t": [1, 2, 1], "x": [1, 0, 1]})
    found.read_formats(raw)
    apart = found.apart(raw).collect()
    parts = found.parts["channel", "k"]
    assert apart.select(parts).rows() == [("1", "2"), ("2", None), (None, None)]
    assert {found.variable(part).name for part in parts} == {"k"}
    assert all(found.column(part).text for part in parts)


def test_as_many_must_give_an_answer_for_it_to_be_named_as_the_smallest_group_that_is_shown(source):
    text = "\n[disclosure]\nminimum_base = {}\ndominance_share = 90\nsource = 'x'\n"
    columns = COLUMNS + 'mark = "v1"'
    assert source(columns, "v1").enough == ENOUGH
    assert source(columns, "v1", disclosure=text.format(ENOUGH + 3)).enough == ENOUGH + 3
    assert source(columns, "v1", disclosure=text.format(2)).enough == ENOUGH


def test_a_table_is_named_as_waves_toml_writes_it(source):
    assert source(COLUMNS + 'mark = "v1"', "v1").table("codes", "mark") == "[waves.2016.responses.codes.mark]"
