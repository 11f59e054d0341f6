"""The design of a sample as a file holds it."""

from answered import COLUMNS, column, notices


def test_the_design_comes_under_its_own_names(book):
    text = 'respondent = "id"\nweight = "w"\nstrata = ["s", "t"]\nclusters = "c"\n'
    text += 'population_size = { "1|A" = 20, "2|A" = 9 }\n'
    data = {"id": [1, 2], "w": ["0,5", "1,5"], "s": [1, 2], "t": ["A", "A"], "c": ["x", "y"], "v1": [6, 7]}
    made = book.read(text + COLUMNS + 'mark = "v1"', data).frame.collect()
    assert made["respondent"].to_list() == ["1", "2"]
    assert made["weight"].to_list() == [0.5, 1.5]
    assert made["strata"].to_list() == ["1|A", "2|A"]
    assert made["population_size"].to_list() == [20, 9]


def frame(read, *names):
    return read.frame.select(names).collect().rows()


MARK = COLUMNS + 'mark = "v1"'


def test_without_a_design_there_are_no_columns_of_it(book):
    assert book.read(MARK, {"v1": [6, 7]}).frame.collect_schema().names() == ["mark"]


def test_one_column_of_strata_or_clusters_stays_as_it_is_and_several_are_one_text(book):
    data = {"s": [1, 2], "c": [3, 4], "d": [5, 6], "v1": [6, 7]}
    one = book.read('strata = "s"\nclusters = "c"\n' + MARK, data)
    assert frame(one, "strata", "clusters") == [(1, 3), (2, 4)]
    two = book.read('strata = ["s", "c"]\nclusters = ["c", "d"]\n' + MARK, data)
    assert frame(two, "strata", "clusters") == [("1|3", "3|5"), ("2|4", "4|6")]


def test_a_respondent_is_known_by_a_text(book):
    assert frame(book.read('respondent = "id"\n' + MARK, {"id": ["07", "7"], "v1": [6, 7]}), "respondent") == [
        ("07",),
        ("7",),
    ]


def test_a_population_size_is_a_column_one_number_or_a_number_by_stratum(book):
    data = {"s": ["A", "B"], "p": ["8", "9,5"], "v1": [6, 7]}
    for size, found in (('"p"', [8.0, 9.5]), ("7", [7.0, 7.0]), ("{ A = 4, B = 5 }", [4.0, 5.0])):
        read = book.read(f'strata = "s"\npopulation_size = {size}\n' + MARK, data)
        assert column(read, "population_size") == found


def test_a_stratum_without_a_size_is_named(book):
    text = 'strata = "s"\npopulation_size = { A = 4 }\n' + MARK
    assert book.problems(text, {"s": ["A", "B"], "v1": [6, 7]}) == [
        "W135 data/responses/2016.parquet, column s: a population size is missing (1 respondent)."
    ]


def test_a_weight_that_the_file_calls_missing_is_none(book):
    text = 'weight = "w"\n' + MARK
    found = book.problems(text, {"w": [1.0, 99.0], "v1": [6.0, 7.0]}, missing_ranges={"w": [99]})
    assert found == ["W131 data/responses/2016.sav, column w: a weight is missing (1 respondent)."]


def test_a_weight_that_is_a_text_is_named_and_not_quoted(book):
    found = book.problems('weight = "w"\n' + MARK, {"w": ["1", "veel"], "v1": [6, 7]})
    assert [line.partition(" ")[0] for line in found] == ["W112", "W131"]
    assert not any("veel" in line for line in found)


def test_marks_of_weights_may_be_for_thousands_where_all_have_one(book):
    data = {"w": ["1.234", "0.567"], "v1": [6, 7]}
    assert column(book.read('weight = "w"\n' + MARK, data), "weight") == [1.234, 0.567]
    (found,) = book.problems('population_size = "p"\n' + MARK, {"p": ["5.234", "5.234"], "v1": [6, 7]})
    assert found.startswith("W185")  # its size itself matters


def test_clusters_in_several_strata_are_looked_at_where_there_are_both(book):
    data = {"s": [1, 2], "c": [1, 1], "v1": [6, 7]}
    assert len(notices(book.read('strata = "s"\nclusters = "c"\n' + MARK, data))) == 1
    assert notices(book.read('clusters = "c"\n' + MARK, data)) == []
