"""The sample in a proposed block: a column is taken for a weight, stratum or number by name and contents together."""

import pytest
from answered import COLUMNS, Book

from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.inspection.design import design_lines
from wavebook.survey.inspection.summaries import ColumnSummary


def counted(variable, different=5, **more):
    """A column of 100 answers, half of which are above one and all of them numbers."""
    more = {"mean": 1.0, "positive": True, "whole": False, "numeric": True, **more}
    numeric = more.pop("numeric")
    rest = {"answers": 100, "empty": 0, "missing": 0, **more}
    return ColumnSummary(variable=variable, different=different, low=None, high=None, numeric=numeric, **rest)


LIKELY = {
    "respnr": {"different": 100, "whole": True},
    "stratum": {"different": 4, "whole": True},
    "psu": {"different": 20, "whole": True},
    "fpc": {"different": 4, "whole": True, "mean": 2000.0},
}


@pytest.fixture
def design(tmp_path):
    """The lines for these columns, which hold what such columns do unless ``contents`` says otherwise."""
    book = Book(tmp_path)

    def made(*, names=(), variables=(), plan="", declared=False, contents=None):
        book.declare(plan + COLUMNS)
        columns = {v.name: v for v in (*variables, *(Variable(name, "number") for name in names))}
        found = [counted(v, **(contents or LIKELY).get(v.name, {})) for v in columns.values()]
        earlier = book.definitions().waves["2016"].responses if plan else None
        return list(design_lines(SurveyFile("2016.sav", columns, None), earlier, found, declared=declared))

    return made


def of(found, start):
    return [line for line in found if line.lstrip("# ").startswith(start)]


def test_columns_of_the_design_are_known_by_their_names_then_by_their_labels(design):
    found = design(
        names=["respnr", "weegfactor", "stratum", "psu", "fpc"], variables=[Variable("a", "text", "Gewicht")]
    )
    assert found == [
        'respondent = "respnr"',
        'weight = "weegfactor"',
        'strata = "stratum"',
        'clusters = "psu"',
        'population_size = "fpc"',
    ]
    assert design(variables=[Variable("a", "text", "Gewicht")]) == ['weight = "a"  # Gewicht']
    post = Variable("pw", "number", "Post-stratification weight")
    assert design(variables=[post]) == ['weight = "pw"  # Post-stratification weight']


YES_NO = {"1": "Yes", "2": "No"}


@pytest.mark.parametrize(
    "question",
    [
        Variable("pbldmn", "number", "Taken part in lawful public demonstration last 12 months", YES_NO),
        Variable("strategy", "number", "Strategy"),
        Variable("clustered", "number", "Do the houses stand in clusters?"),
        Variable("weight", "number", "Trying to lose weight", YES_NO),
        Variable("id", "number", "Carries an identity card", YES_NO),
        Variable("stratum", "number", "Agrees with stratification", {"1": "Agree", "2": "Disagree"}),
        Variable("q9", "number", "Do you know the id number of your card by heart?"),
    ],
)
def test_a_question_is_no_part_of_the_sample_for_its_name(design, question):
    assert design(variables=[question], contents={question.name: {"whole": True, "different": 2}}) == []


def test_a_name_is_doubted_where_the_contents_are_others(design):
    def line(name, **contents):
        return design(names=[name], contents={name: contents})

    assert line("weight", mean=71.5) == ['# weight = "weight"  # its mean is 71.5: is this a weight?']
    assert line("weight", whole=True) == ['# weight = "weight"  # all its numbers are whole: is this a weight?']
    doubt = "not all it holds are numbers above nought: is this a weight?"
    assert line("weight", positive=False) == line("weight", numeric=False) == [f'# weight = "weight"  # {doubt}']
    assert line("id", whole=True) == ['# respondent = "id"  # several rows have the same: is this one person?']
    assert line("stratum", different=1) == []
    assert line("stratum", different=90) == ['# strata = "stratum"  # is this a column of the sample?']
    assert line("fpc", whole=False) == []


def test_of_several_columns_for_one_role_two_are_proposed_in_comments(design):
    told = "  # there are several"
    assert design(names=["weight1", "weight2", "weight3"]) == [f'# weight = "weight{i}"{told}' for i in (1, 2)]
    assert design(names=["weight", "bodyWeight"], contents={"bodyWeight": {"mean": 70.0}}) == ['weight = "weight"']


def test_the_design_that_was_declared_stays_where_its_columns_are_there(design):
    plan = 'weight = "W"\nstrata = ["s", "t"]\n'
    found = design(plan=plan, names=["w", "weegfactor", "s", "t"])
    assert found == ['weight = "W"  # as declared before', 'strata = ["s", "t"]  # as declared before']
    assert design(plan=plan, names=["weegfactor", "s"]) == ['weight = "weegfactor"']


@pytest.mark.parametrize(("size", "told"), [("100", "100"), ("{ A = 20, 'B c' = 9 }", '{ A = 20, "B c" = 9 }')])
def test_a_population_size_that_is_a_number_stays_in_the_same_wave_and_is_looked_at_in_another(design, size, told):
    plan = f'strata = "s"\npopulation_size = {size}\n'
    of_size = of(design(plan=plan, names=["s", "fpc"], declared=True), "population_size")
    assert of_size == [f"population_size = {told}  # as declared before"]
    of_size = of(design(plan=plan, names=["s", "fpc"]), "population_size")
    assert of_size == [f"# population_size = {told}  # that of an earlier wave", 'population_size = "fpc"']


def test_who_completed_the_questionnaire_is_kept(design):
    done = Variable("compleet", "number", "Afgerond", {"0": "nee", "1": "ja"})
    assert of(design(variables=[done]), "filter") == ["filter = { compleet = [1] }  # Afgerond"]
    assert of(design(names=["compleet"]), "filter") == []  # without labels nobody knows what is complete
    school = Variable("f12", "number", "Have you completed secondary education?", {"0": "no", "1": "yes"})
    assert of(design(variables=[school]), "filter") == []


def test_a_filter_that_was_declared_stays_unless_its_column_or_its_days_are_gone(design):
    plan = 'filter = { done = [1], "a b" = [2] }\n'
    assert of(design(plan=plan, names=["DONE", "a b"]), "filter") == [
        'filter = { done = [1], "a b" = [2] }  # as declared before'
    ]
    assert of(design(plan=plan, names=["done"]), "filter") == [
        '# filter = { done = [1], "a b" = [2] }  # not in the file: a b'
    ]
    days = 'filter = { day = "2016-09-01..2016-09-30" }\n'
    told = 'filter = { day = ["2016-09-01..2016-09-30"] }  # '
    assert of(design(plan=days, names=["day"]), "filter") == [f"# {told}these are the days of an earlier wave"]
    assert of(design(plan=days, names=["day"], declared=True), "filter") == [f"{told}as declared before"]
