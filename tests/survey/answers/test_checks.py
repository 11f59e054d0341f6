"""What is wrong with answers, or worth a look, and how it is counted."""

import re

import polars as pl
import pytest
from answered import CODES, COLUMNS, column, notices

from wavebook.core.problems import Problem, ProblemsError
from wavebook.definitions import ResponseFile
from wavebook.survey.answers import checks
from wavebook.survey.answers.checks import Checks
from wavebook.survey.files.codes import Codebook, Column


def place(name):
    return f"data/responses/2016.parquet, column {name}: "


YES_NO = CODES + 'used = { 1 = "yes", 2 = "no" }'


@pytest.mark.parametrize(
    ("declared", "data", "found"),
    [
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": [1, 2, 7, 7]},
            ["W104 " + place("v") + "code 7 is not in the codebook of used (2 respondents)."],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": [1, 11, 11, 0]},
            ["W111 " + place("v") + "has answers outside 1–10 for mark: 11 (2 respondents), 0 (1 respondent)."],
        ),
        (
            COLUMNS + 'mark = "v"\n[waves.2016.responses.ranges]\nmark = [0, 100]',
            {"v": [0, 101]},
            ["W111 " + place("v") + "has answers outside 0–100 for mark: 101 (1 respondent)."],
        ),
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": ["1", "2", "Jan"]},
            ["W104 " + place("v") + "a code is not in the codebook of used (1 respondent), of 3 characters."],
        ),
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": ["1", *["xyz"] * 5, *["Jan"] * 4, "Anna-Maria"]},
            [
                "W104 "
                + place("v")
                + "2 other codes are not in the codebook of used (5 respondents), of 3 to 10 characters.",
                "W104 " + place("v") + "code xyz is not in the codebook of used (5 respondents).",
            ],
        ),
        (
            COLUMNS + 'used = "v"\n' + YES_NO,
            {"v": [1, 2, 1953, 2512]},
            ["W104 " + place("v") + "2 codes are not in the codebook of used (2 respondents), of 4 characters."],
        ),
        (
            "\n[disclosure]\nminimum_base = 6\ndominance_share = 90\nsource = 'x'\n"
            + COLUMNS
            + 'used = "v"\n'
            + YES_NO,
            {"v": ["1", *["xyz"] * 5]},
            ["W104 " + place("v") + "a code is not in the codebook of used (5 respondents), of 3 characters."],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": [1, *[1953] * 5, 1987, "2512"]},
            [
                f"W111 {place('v')}has answers outside 1–10 for mark: "
                "1953 (5 respondents), 2 other numbers (2 respondents), of 4 characters."
            ],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": ["1", "731955", "12.25"]},
            [
                "W111 "
                + place("v")
                + "has answers outside 1–10 for mark: 2 numbers (2 respondents), of 5 to 6 characters."
            ],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": ["7", "zeven", "geen idee"]},
            [
                "W112 " + place("v") + "there is text where a number is expected: "
                "2 texts of 5 to 9 characters (2 respondents)."
            ],
        ),
        (COLUMNS + 'mark = "v"', {"v": ["", " "]}, ["W113 " + place("v") + "is empty: nobody answered mark."]),
        (
            "missing = [99]\n" + COLUMNS + 'mark = "v"',
            {"v": [99, 99]},
            ["W113 " + place("v") + "has missing codes only: nobody answered mark."],
        ),
        (
            COLUMNS + 'mark = "v"',
            {"v": ["7.5", "6,5"]},
            ["W114 " + place("v") + "has decimal points and decimal commas."],
        ),
        (
            COLUMNS + 'used = "v"',
            {"v": [f"antwoord {i}" for i in range(1200)]},
            ["W115 " + place("v") + "holds 1200 different values, not the codes of used."],
        ),
        (
            'respondent = "id"\n' + COLUMNS + 'mark = "v"',
            {"id": [1, 1, 2, 2, 3, None], "v": [6] * 6},
            [
                "W121 " + place("id") + "the same number occurs again: 4 respondents share 2.",
                "W122 " + place("id") + "a respondent has no number (1 respondent).",
            ],
        ),
        (
            COLUMNS + 'mark = "v"\n[waves.2016.responses.asked_if]\nmark = { q = ["2.."] }',
            {"q": [1, 2, 3, 1], "v": [6, None, 7, None]},
            [
                "W123 " + place("v") + "mark is answered by people who were not asked (1 respondent).",
                "W124 " + place("v") + "mark is empty for people who were asked (1 respondent).",
            ],
        ),
        (
            COLUMNS + 'theme = "v"\n' + CODES + 'theme = { 1 = "education", 2 = "housing" }',
            {"v": [1, 1]},
            ["W126 " + place("v") + "theme housing has no respondents."],
        ),
        (
            'weight = "w"\nweight_sum = 5\n' + COLUMNS + 'mark = "v"',
            {"v": [6] * 5, "w": [1.0, None, 0, -1, float("inf")]},
            [
                "W131 " + place("w") + "a weight is missing (1 respondent).",
                "W132 " + place("w") + "a weight is not positive and finite (3 respondents).",
                "W133 " + place("w") + "the weights add up to 1, not 5.",
            ],
        ),
        (
            'strata = "s"\nclusters = "c"\n' + COLUMNS + 'mark = "v"',
            {"v": [6, 6], "s": [1, None], "c": ["", "a"]},
            [
                "W134 " + place("c") + "a cluster is missing (1 respondent).",
                "W134 " + place("s") + "a stratum is missing (1 respondent).",
            ],
        ),
        (
            'strata = "s"\npopulation_size = "p"\n' + COLUMNS + 'mark = "v"',
            {"v": [6] * 5, "s": [1, 1, 2, 2, 3], "p": [9, 8, 1, 1, None]},
            [
                "W135 " + place("p") + "a population size is missing (1 respondent).",
                "W135 " + place("p") + "the population size is below the number drawn in 1 stratum.",
                "W135 " + place("p") + "the population size varies within 1 stratum.",
            ],
        ),
    ],
)
def test_a_fault_is_named_with_column_code_and_count(book, declared, data, found):
    assert book.problems(declared, data) == found


def test_a_declared_blank_is_no_routing_fault(book):
    text = COLUMNS + 'mark = "v"\n' + CODES + 'mark = { blank = "missing" }\n'
    text += "[waves.2016.responses.asked_if]\nmark = { q = [1] }"
    assert column(book.read(text, {"q": [1, 1], "v": [6, None]}), "mark") == [6, None]


def test_many_unknown_codes_make_one_line_after_the_first_five(book):
    found = book.problems(COLUMNS + 'used = "v"', {"v": list(range(20))})
    assert len(found) == 6
    assert sum("13 other codes are not in the codebook of used (13 respondents)" in line for line in found) == 1


def test_what_somebody_typed_is_never_shown(book):
    with pytest.raises(ProblemsError) as error:
        book.read(COLUMNS + 'used = "v"\nmark = "w"', {"v": ["1", "mijn buurman Jan"], "w": ["7", "acht volgens Piet"]})
    assert not re.search("Jan|Piet", str(error.value))
    assert {p.code for p in error.value.problems} == {"W104", "W112"}


def test_straight_lines_are_reported_and_kept(book):
    text = COLUMNS + 'aspect = { a = "v1", b = "v2", c = "v3", d = "v4" }\n' + CODES
    text += 'aspect = { "4..5" = "yes", "1..3" = "no" }'
    data = {"v1": [3, 1, 5, 4], "v2": [3, 4, 5, 1], "v3": [3, 4, 5, None], "v4": [3, 4, 5, 4]}
    read = book.read(text, data)
    assert notices(read) == [
        "W142 data/responses/2016.parquet, columns v1 to v4: 2 respondents (50.0 %) gave one answer to all 4 of aspect."
    ]
    assert read.respondents == 4


def test_an_extreme_weight_is_reported_with_its_size(book):
    text = 'weight = "w"\n' + COLUMNS + 'mark = "v"'
    read = book.read(text, {"v": [6] * 10, "w": [1.0] * 9 + [11.0]})
    assert notices(read) == [
        "W141 data/responses/2016.parquet, column w: "
        "the largest weight is 5.5 times the mean; over 5 times: 1 respondent."
    ]


def test_a_category_nobody_chose_and_a_group_without_code_are_reported(book):
    text = COLUMNS + 'channel = "c"\ntheme = "t"\n' + CODES + 'channel = { 1 = "phone", 2 = "desk" }\n'
    text += 'theme = { 1 = "education" }'
    read = book.read(text, {"c": [1, 1], "t": [1, 1]})
    assert [notice.code for notice in read.notices] == ["W143", "W144"]


def test_clusters_numbered_anew_in_every_stratum_are_reported(book):
    text = 'strata = "s"\nclusters = "c"\n' + COLUMNS + 'mark = "v"'
    read = book.read(text, {"v": [6] * 4, "s": [1, 1, 2, 2], "c": [1, 2, 1, 3]})
    assert notices(read) == [
        "W148 data/responses/2016.parquet, column c: 1 cluster in several strata count once in each."
    ]


# by themselves


def checks_of(data, plan=None, **more):
    declared = ResponseFile.model_construct(
        **({"weight_sum": None, "codes": {}, "strata": (), "clusters": ()} | (plan or {}))
    )
    return Checks("file", "[waves.2016.responses]", declared, pl.LazyFrame(data, strict=False), **more)


def found(check_of, data, plan=None, **more):
    """Codes and texts of what a check finds; ``check_of`` makes it from the checks of these answers."""
    made = checks_of(data, plan, **more)
    made.add(check_of(made))
    return [(problem.code, problem.found) for problem in made.run()[1]]


def book_of(meanings, name="v", missing=(), text=False):
    return Codebook(Column(name, text), meanings, missing)


def test_respondents_are_counted_and_nothing_is_found_where_there_is_nobody():
    book = book_of({"1": "yes"})
    for values, rows, problems in (([7, 7], 2, 1), ([], 0, 0)):
        made = checks_of({"v": pl.Series(values, dtype=pl.Int64)})
        made.add(made.known("used", book, {}))
        counted, told = made.run()
        assert (counted, len(told)) == (rows, problems)


def test_more_counts_than_one_pass_takes_are_all_made(monkeypatch):
    monkeypatch.setattr(checks, "COUNTS_AT_ONCE", 2)
    made = checks_of({"v": [1, 1, 2]})
    for code in "123":
        made.add(made.chosen("used", code, "v", pl.col("v") == int(code)))
        made.add(made.segments("theme", "v", {code: pl.col("v") == int(code), "4": pl.col("v") == 4}))
    told = [problem.found for problem in made.run()[1]]
    assert told == [
        "theme 4 has no respondents",
        "theme 4 has no respondents",
        "nobody answered 3 to used",
        "theme 3 has no respondents",
        "theme 4 has no respondents",
    ]


def test_a_check_counts_before_it_tells():
    def hasty():
        yield Problem("W104", "here", "is told", "Do.")

    made = checks_of({"v": [1]})
    made.add(hasty())
    with pytest.raises(TypeError):
        made.run()


def test_a_label_is_named_where_enough_gave_its_code_and_labels_are_few():
    labels = {"7": "weet niet"}

    def known(answers, labels):
        return found(lambda made: made.known("used", book_of({"1": "yes"}), labels), {"v": [1, *answers]}, enough=5)

    assert known([7] * 5, labels) == [("W104", "code 7 (weet niet) is not in the codebook of used (5 respondents)")]
    assert known([7] * 4, labels) == [("W104", "code 7 is not in the codebook of used (4 respondents)")]
    typed = labels | {str(code): "x" for code in range(100, 140)}
    assert known([7] * 5, typed) == [("W104", "code 7 is not in the codebook of used (5 respondents)")]


def test_no_code_is_named_of_a_column_that_holds_something_else():
    assert found(lambda made: made.known("used", book_of({"1": "yes"}), {}), {"v": list(range(2, 23))}) == [
        ("W104", "21 codes are not in the codebook of used (21 respondents), of 1 to 2 characters")
    ]


def test_long_answers_are_not_quoted():
    texts = ["a" * 60] * 5 + ["b" * 61] * 5
    (_, short), (_, long) = found(lambda made: made.known("used", book_of({"1": "yes"}, text=True), {}), {"v": texts})
    assert short == f"code {'a' * 60} is not in the codebook of used (5 respondents)"
    assert long == "another code is not in the codebook of used (5 respondents), of 61 characters"


def test_an_empty_column_is_no_matter_where_an_empty_cell_is_an_answer():
    for blank, codes in (({}, ["W113"]), ({"blank": "no"}, [])):
        told = found(lambda made, b=blank: made.answered("used", book_of({"1": "yes", **b})), {"v": [None, None]})
        assert [code for code, _ in told] == codes


def written(values, **more):
    column = Column("v", True, **({"form": more.pop("form")} if "form" in more else {}))
    return [
        code for code, _ in found(lambda made: made.written(column, column.cell.is_not_null(), **more), {"v": values})
    ]


def test_a_mark_that_may_be_for_thousands_matters_where_numbers_are_that_large():
    assert written(["1.234", "5.678"]) == written(["1.234", "5"], most=1000) != []
    assert written(["1.234", "5"], most=999) == []
    assert written(["1.234", "5.6"]) == []  # the other can only be a decimal point
    assert written(["1.234", "5,6"]) == ["W114"]


def test_a_mark_of_weights_is_no_matter_where_all_have_one():
    assert written(["1.234", "0.567"], relative=True) == []
    assert written(["1.234", "5"], relative=True) != []


def inside(values, low, high):
    return [text for _, text in found(lambda made: made.inside("mark", "v", pl.col("v"), low, high), {"v": values})]


def test_numbers_at_the_ends_can_be_answers():
    assert inside([1, 10, None], 1, 10) == []
    assert inside([0], 1, 10) == ["has answers outside 1–10 for mark: 0 (1 respondent)"]
    assert inside([-1], 0, float("inf")) == ["has answers outside 0 and up for mark: -1 (1 respondent)"]


def weighed(weights, weight_sum=None):
    plan = {"weight_sum": weight_sum}
    return [code for code, _ in found(lambda made: made.weighed("w", pl.col("w")), {"w": weights}, plan)]


def test_weights_add_up_to_a_thousandth():
    assert weighed([1.0, 1.0], 2.0) == []
    assert weighed([1.0, 1.0015], 2.0) == []
    assert weighed([1.0, 1.0025], 2.0) == ["W133"]
    assert weighed([1.0, 0.0, None]) == ["W131", "W132"]


def test_a_weight_of_five_times_the_mean_is_not_extreme():
    assert weighed([1.0] * 8 + [10.0]) == []  # the mean is 2
    assert weighed([1.0] * 9 + [10.0]) == ["W141"]


def sized(sizes, strata=None, clusters=None):
    columns = {"p": sizes} | ({"s": strata} if strata else {}) | ({"c": clusters} if clusters else {})
    stratum, cluster = (pl.col(name) if name in columns else None for name in "sc")
    plan = {"population_size": "p"}
    return [text for _, text in found(lambda made: made.sized(pl.col("p"), stratum, cluster), columns, plan)]


def test_a_population_is_no_smaller_than_what_was_drawn():
    assert sized([3.0] * 3) == []
    assert sized([2.0] * 3) == ["the population size is below the number drawn in 1 stratum"]
    assert sized([2.0] * 3, clusters=[1, 1, 2]) == []  # two clusters were drawn
    assert sized([1.0] * 3, clusters=[1, 1, 2]) == ["the population size is below the number drawn in 1 stratum"]
    assert sized([1.0] * 4, strata=[1, 1, 2, 2]) == ["the population size is below the number drawn in 2 strata"]


def test_a_population_is_one_size_within_a_stratum():
    assert sized([5.0, 6.0], strata=[1, 2]) == []
    assert sized([5.0, 6.0]) == ["the population size varies within 1 stratum"]
    assert sized([5.0, 0.0], strata=[1, 2])[0] == "a population size is not positive (1 respondent)"


def test_a_number_that_is_given_twice_is_found_in_whatever_part_of_the_file(monkeypatch):
    monkeypatch.setattr(checks, "ROWS_AT_ONCE", 3)
    ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 5, 5]
    told = found(lambda made: made.numbered("id"), {"id": ids})
    assert told == [("W121", "the same number occurs again: 5 respondents share 2")]


def routed(data, counted=False, said=False, codes=None):
    book = book_of({"0": "no", "1": "yes"})
    asked, plan = pl.col("q") == 1, {"codes": {"used": codes or {}}}
    return found(lambda made: made.routed("used", [book], asked, counted=counted, said=said), data, plan)


def test_in_a_set_that_is_counted_no_is_no_answer():
    data = {"q": [2, 2], "v": [0, 1]}
    assert routed(data) == [("W123", "used is answered by people who were not asked (2 respondents)")]
    assert routed(data, counted=True) == [("W123", "used is answered by people who were not asked (1 respondent)")]


def test_an_empty_cell_of_who_was_asked_is_no_matter_where_it_is_said_what_it_is():
    data = {"q": [1, 2], "v": [None, None]}
    assert routed(data) == [("W124", "used is empty for people who were asked (1 respondent)")]
    assert routed(data, said=True) == routed(data, codes={"": {"blank": "no"}}) == []


def straight(*rows):
    data = {f"v{k}": column for k, column in enumerate(zip(*rows, strict=True))}
    books = [book_of({"1..5": "yes"}, name) for name in data]
    return [text for _, text in found(lambda made: made.straight("aspect", books), data)]


def test_one_answer_to_a_whole_block_is_told_where_three_codes_are_in_use():
    assert straight((3, 3, 3, 3), (1, 3, 5, 3)) == ["1 respondent (50.0 %) gave one answer to all 4 of aspect"]
    assert straight((3, 3, 3, 3), (1, 3, 1, 3)) == []  # of two codes all alike is common
    assert straight((3, 3, 3, 4), (1, 3, 5, 3)) == []
    assert straight((3, 3, 3, None), (1, 3, 5, 3)) == []
