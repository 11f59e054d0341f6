import re

import pytest


def test_the_small_book_itself_has_no_problem(small):
    assert len(small.load()) == 12


# name: what an editor did wrong, and the one problem that must come of it
WRONG = {
    "a line that is no TOML": ("waves.toml", "baseline = 2010", "baseline =", "W202 data/waves.toml: .*line 2, column"),
    "a key given twice": (
        "waves.toml",
        "baseline = 2010",
        "baseline = 2010\nbaseline = 2013",
        "W202 data/waves.toml: .*line 3",
    ),
    "a table given twice": (
        "indicators.toml",
        "[populations.total]",
        "[bases.people]\n[populations.total]",
        "W202 data/indicators.toml: .*line 6",
    ),
    "a field that is not known": (
        "indicators.toml",
        'base = "people"',
        'base = "people"\nbases = "people"',
        "W203 data/indicators.toml, indicators.grade.bases: is not a field known here",
    ),
    "a field that is missing": (
        "indicators.toml",
        'name.en = "grade"\n',
        "",
        "W203 data/indicators.toml, indicators.grade.name.en: is missing",
    ),
    "a character that nobody sees, by its code": (
        "indicators.toml",
        'name.en = "grade"',
        'name.en = "gr\\u200bade"',
        "W203 data/indicators.toml, indicators.grade.name.en: holds an invisible .* after “gr”",
    ),
    "a letter of a flag by its code": (
        "waves.toml",
        'bureau = "',
        'bureau = "\\U000E0041',
        "W203 data/waves.toml, waves.2010.bureau: holds an invisible .*tag latin capital letter a",
    ),
    "an empty text": (
        "indicators.toml",
        'name.en = "grade"',
        'name.en = ""',
        "W203 data/indicators.toml, indicators.grade.name.en: is empty",
    ),
    "a unit that does not exist": (
        "indicators.toml",
        'unit = "grade"',
        'unit = "grades"',
        "W203 data/indicators.toml, indicators.grade.unit: is not a unit",
    ),
    "decimals as text": (
        "indicators.toml",
        "decimals = 1",
        'decimals = "1"',
        "W203 data/indicators.toml, indicators.grade.decimals: .*integer",
    ),
    "a number of half a million digits": (
        "indicators.toml",
        "decimals = 1",
        f"decimals = 0x{'f' * 500_000}",
        "W203 data/indicators.toml, indicators.grade.decimals: .* not a number of thousands of digits",
    ),
    "one in decimal digits": (
        "indicators.toml",
        "decimals = 1",
        f"decimals = {'9' * 500_000}",
        r"W202 data/indicators.toml:\d+: holds a number of 500,000 digits",
    ),
    "decimals below zero": (
        "indicators.toml",
        "decimals = 1",
        "decimals = -1",
        "W203 data/indicators.toml, indicators.grade.decimals: .*greater than or equal to 0",
    ),
    "a name with a capital": (
        "indicators.toml",
        "[populations.citizens]",
        "[populations.Citizens]",
        "W203 data/indicators.toml, populations.Citizens",
    ),
    "a table in the wrong file": (
        "waves.toml",
        "[waves.2010]",
        '[bases.people]\nnl = "x"\nen = "x"\n[waves.2010]',
        "W203 data/waves.toml, bases: is not a field known here",
    ),
    "a wave in the wrong file": (
        "indicators.toml",
        "[bases.people]",
        "[waves.2011]\n[bases.people]",
        "W203 data/indicators.toml, waves: is not a field known here",
    ),
    "a key without a digit": (
        "waves.toml",
        "[waves.2013]",
        "[waves.spring]",
        "W208 data/waves.toml, waves.spring: is not",
    ),
    "a key for no file": (
        "waves.toml",
        "[waves.2013]",
        '[waves."2013/1"]',
        "W208 data/waves.toml, waves.2013/1: is not",
    ),
    "a period that is none": (
        "waves.toml",
        "[waves.2010]",
        '[waves.2010]\n    period = "2010-13"',
        "W203 data/waves.toml, waves.2010.period: is not a period",
    ),
    "a period that ends before it starts": (
        "waves.toml",
        "[waves.2010]",
        "[waves.2010]\n    period = [2010-05-01, 2010-04-30]",
        "W203 data/waves.toml, waves.2010.period: is not a period",
    ),
    "two waves of one time": (
        "waves.toml",
        "[waves.2013]",
        '[waves.2013]\n    period = "2010"',
        "W209 data/waves.toml, waves.2013: has the same period as 2010, so that neither comes first",
    ),
    "a baseline that is no wave": (
        "waves.toml",
        "baseline = 2010",
        "baseline = 2011",
        "W204 data/waves.toml, baseline: wave 2011 is not declared",
    ),
    "a base that is not declared": (
        "indicators.toml",
        'base = "people"',
        'base = "peeple"',
        "W204 data/indicators.toml, indicators.grade.base: base peeple is not declared",
    ),
    "a base that nothing uses": (
        "indicators.toml",
        "[populations.total]",
        '[bases.firms]\nnl = "x"\nen = "x"\n[populations.total]',
        "W205 data/indicators.toml, bases.firms: no indicator uses",
    ),
    "a source of a wave that is not declared": (
        "waves.toml",
        'source = "report"',
        'source = "raport"',
        "W204 data/waves.toml, waves.2010.source: source raport is not declared",
    ),
    "a source of a fact that is not declared": (
        "context.toml",
        'source = "report"',
        'source = "raport"',
        "W204 data/context.toml, towns.source: source raport is not declared",
    ),
    "a fact with half a town": (
        "context.toml",
        "value = 39",
        "value = 39.5",
        "W203 data/context.toml, towns.value: 39.5 has more decimals than the 0 that readers see",
    ),
    "a fact with another number of decimals than it says": (
        "context.toml",
        "value = 39",
        "value = 39.55\ndecimals = 1",
        "W203 data/context.toml, towns.value: 39.55 has more decimals than the 1 that readers see",
    ),
    "a fact without a number": ("context.toml", "value = 39", "value = 1e400", "W203 data/context.toml, towns.value"),
    "a date in words": ("context.toml", "2015-08", "augustus", "W203 data/context.toml, towns.date"),
    "a break that runs back": (
        "waves.toml",
        "from = 2013",
        "from = 2014",
        "W203 data/waves.toml, breaks, number 1: from is not before to",
    ),
    "a break from no wave": (
        "waves.toml",
        "from = 2013",
        "from = 2012",
        "W204 data/waves.toml, breaks, number 1: wave 2012 is not declared",
    ),
    "a break of no known kind": ("waves.toml", '"noted"', '"minor"', "W203 data/waves.toml, breaks.0.kind"),
    "a break of no declared indicator": (
        "waves.toml",
        'kind = "noted"',
        'kind = "noted"\nindicators = ["grades"]',
        "W204 data/waves.toml, breaks, number 1: indicator grades is not declared",
    ),
    "a source without a year": (
        "references.bib",
        ", year = {2015}",
        "",
        "W203 data/references.bib:2: report lacks year",
    ),
    "a bibliography that stops": (
        "references.bib",
        "2015}}",
        "2015",
        "W202 data/references.bib:[0-9]+: .*BibTeX.*line",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_in_a_declaration_is_one_problem_with_its_place(small, name):
    file, old, new, expected = WRONG[name]
    small.edit(file, old, new)
    assert [bool(re.match(expected, problem)) for problem in small.problems()] == [True], small.problems()


def test_a_book_without_facts_needs_no_file_of_them(small):
    small.path("context.toml").unlink()
    assert small.load()["grade"].value == 6.9


@pytest.mark.parametrize("name", ["indicators.toml", "waves.toml", "references.bib"])
def test_a_file_that_is_missing_is_named(small, name):
    small.path(name).unlink()
    assert f"W202 data/{name}: the file is missing" in small.problems()


@pytest.mark.parametrize("name", ["indicators.toml", "waves.toml", "context.toml", "references.bib"])
def test_a_file_that_is_not_utf8_is_named_with_the_line(small, name):
    small.write(name, b"# one\n# thema\x92s\n" + small.path(name).read_bytes())
    assert small.problems() == [f"W202 data/{name}:2: is not UTF-8"]


@pytest.mark.parametrize("name", ["indicators.toml", "waves.toml", "context.toml", "references.bib"])
@pytest.mark.parametrize("change", ["mark", "line ends"])
def test_files_that_windows_saved_are_read_as_they_are(small, name, change):
    content = small.path(name).read_bytes()
    small.write(name, b"\xef\xbb\xbf" + content if change == "mark" else content.replace(b"\n", b"\r\n"))
    assert small.load()["grade"].value == 6.9


@pytest.mark.parametrize("text", ["baseline = 2010\nwaves = 3", "baseline = 2010\nwaves.2010 = 3", "waves = []"])
def test_a_value_where_a_table_belongs_is_a_problem_and_no_traceback(small, text):
    small.write("waves.toml", text)
    assert any(problem.startswith("W203 data/waves.toml, waves") for problem in small.problems())


def test_all_faults_of_all_files_are_listed_at_once(small):
    for file in ("indicators.toml", "waves.toml", "context.toml"):
        small.edit(file, small.path(file).read_text()[:20], "broken [")
    small.path("references.bib").unlink()
    found = [problem.split(":")[0] for problem in small.problems()]
    assert found == [f"W202 data/{n}" for n in ("context.toml", "indicators.toml", "references.bib", "waves.toml")]


HEAD = "date,wave,figure,before,after,reason,reason_en\n"


REVISIONS = {
    "other columns": ("date,wave\n2016-01-01,2014\n", "W202 data/revisions.csv: its columns are not date,"),
    "a row cut off": (HEAD + "2016-01-01,2014,grade\n", "W202 data/revisions.csv:2: has 3 cells where 7"),
    "a cell too large": (HEAD + '"' + "x" * 200_000 + '"\n', "W202 data/revisions.csv: cannot be read"),
    "a quote left open": (HEAD + '2016-01-01,2014,"grade', "W202 data/revisions.csv: cannot be read"),
    "no day": (HEAD + "1-1-2016,2014,grade,1,2,slip,\n", "W203 data/revisions.csv:2, date"),
    "no such wave": (HEAD + "2016-01-01,1999,grade,1,2,slip,\n", "W204 data/revisions.csv:2: wave 1999"),
    "no reason": (HEAD + "2016-01-01,2014,grade,1,2,,\n", "W203 data/revisions.csv:2, reason"),
}


@pytest.mark.parametrize("name", REVISIONS)
def test_a_record_of_revisions_that_was_damaged_is_a_problem_with_its_line(small, name):
    content, expected = REVISIONS[name]
    small.write("revisions.csv", content)
    assert [problem[: len(expected)] for problem in small.problems()] == [expected]
