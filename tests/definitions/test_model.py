import csv
import re

import pytest

from wavebook.core.problems import Problem, ProblemsError, raise_all
from wavebook.definitions import find_root, load_definitions
from wavebook.pages import elements


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
        "W203 data/indicators.toml, indicators.grade.bases: is not a field",
    ),
    "a field that is missing": (
        "indicators.toml",
        'name.en = "grade"\n',
        "",
        "W203 data/indicators.toml, indicators.grade.name.en: is missing",
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
        "W203 data/indicators.toml, indicators.grade.unit: .*'grade', 'percent', 'percentage_point' or 'count'",
    ),
    "decimals as text": (
        "indicators.toml",
        "decimals = 1",
        'decimals = "1"',
        "W203 data/indicators.toml, indicators.grade.decimals: .*integer",
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
        "W203 data/waves.toml, bases: is not a field",
    ),
    "a wave in the wrong file": (
        "indicators.toml",
        "[bases.people]",
        "[waves.2011]\n[bases.people]",
        "W203 data/indicators.toml, waves: is not a field",
    ),
    "a wave that is no year": ("waves.toml", "[waves.2013]", "[waves.spring]", "W203 data/waves.toml, waves.spring"),
    "no baseline": ("waves.toml", "baseline = 2010", "", "W203 data/waves.toml, baseline: is missing"),
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
        "W203 data/context.toml, towns.value: .*integer",
    ),
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
        "W203 data/references.bib: report lacks author, title or year",
    ),
    "a bibliography that stops": (
        "references.bib",
        "2015}}",
        "2015",
        "W202 data/references.bib: .*BibTeX.*line",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_in_a_declaration_is_one_problem_with_its_place(small, name):
    file, old, new, expected = WRONG[name]
    small.edit(file, old, new)
    assert [bool(re.match(expected, problem)) for problem in small.problems()] == [True], small.problems()


def test_a_source_that_stands_in_the_bibliography_twice_is_named(small):
    entry = small.path("references.bib").read_text()
    small.write("references.bib", entry * 2)
    assert "repeated bibliography entry: report" in small.problems()[0]


@pytest.mark.parametrize("name", ["indicators.toml", "waves.toml", "context.toml", "references.bib"])
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


def test_all_wrong_names_are_listed_at_once(small):
    small.edit("indicators.toml", 'base = "people"', 'base = "peeple"')
    small.edit("waves.toml", "baseline = 2010", "baseline = 2011")
    small.edit("context.toml", 'source = "report"', 'source = "raport"')
    assert len(small.problems()) == 3


def test_a_wrong_name_comes_with_the_nearest_right_one(small):
    small.edit("indicators.toml", 'base = "people"', 'base = "peeple"')
    with pytest.raises(ProblemsError, match=r"Declare it, or write people\."):
        small.load()


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
SLIP = """
[[corrections]]
date = 2016-01-01
wave = 2014
pages = ["index"]
what = { nl = "dat", en = "that" }
reason = { nl = "slip", en = "slip" }
"""


@pytest.mark.parametrize("name", REVISIONS)
def test_a_record_of_revisions_that_was_damaged_is_a_problem_with_its_line(small, name):
    csv.field_size_limit(131_072)  # Python's own: frictionless, which other tests import, sets another for all
    content, expected = REVISIONS[name]
    small.write("revisions.csv", content)
    assert [problem[: len(expected)] for problem in small.problems()] == [expected]


def test_a_correction_names_a_wave_that_is_declared_and_stands_there_once(small):
    small.write("corrections.toml", SLIP + SLIP.replace("2014", "1999") + SLIP)
    assert [p.split(":")[0] for p in small.problems()] == [
        "W203 data/corrections.toml, corrections, number 3",
        "W204 data/corrections.toml, corrections, number 2",
    ]


def test_a_revision_of_an_indicator_that_is_gone_is_told_as_it_was_recorded(small):
    small.write("revisions.csv", HEAD + "2016-01-01,2014,gone@2014,1,2,slip,\n")
    figures = small.load()
    assert elements.revised_figure(figures, figures.definitions.revisions[0]) == ("gone@2014", "1", "2")


def test_a_revised_figure_is_told_in_readers_words(small):
    small.write("revisions.csv", HEAD + "2016-01-01,2014,grade@2014,6.85,,slip,\n")
    figures = small.load()
    name = figures.definitions.indicators["grade"].name.nl
    assert elements.revised_figure(figures, figures.definitions.revisions[0]) == (name, "6,9", "geen")


@pytest.mark.parametrize(
    ("first", "last", "crossed"),
    [(2010, 2013, 0), (2013, 2014, 1), (2010, 2014, 1), (2014, 2010, 1), (2014, 2014, 0)],
)
def test_a_comparison_crosses_the_breaks_between_its_waves(small, first, last, crossed):
    assert len(load_definitions(small.root).breaks_between("grade", first, last)) == crossed


def test_a_comparison_inside_a_break_crosses_it_too(small):
    small.edit("waves.toml", "from = 2013", "from = 2010")  # somewhere between 2010 and 2014: before or after 2013
    d = load_definitions(small.root)
    assert d.breaks_between("grade", 2010, 2013)
    assert d.breaks_between("grade", 2013, 2014)


def test_a_break_of_one_indicator_leaves_the_others_whole(small):
    small.edit("waves.toml", 'kind = "noted"', 'kind = "full"\nindicators = ["grade"]')
    d = load_definitions(small.root)
    assert d.full_break("grade", 2010, 2014)
    assert not d.full_break("share", 2010, 2014)


def test_two_authors_are_shortened_as_in_running_text(small):
    small.edit("references.bib", "{Jansen, Jan}", "{de Vries, Piet and Jansen, Jan}")
    assert load_definitions(small.root).sources["report"].short("nl") == "de Vries e.a., 2015"


def test_an_institution_keeps_its_whole_name(small):
    small.edit("references.bib", "{Jansen, Jan}", r"{{I\&O Research}}")
    assert load_definitions(small.root).sources["report"].author == "I&O Research"


def test_the_book_is_found_from_any_folder_inside_it(small):
    folder = small.root / "book" / "deep"
    folder.mkdir(parents=True)
    assert find_root(folder) == small.root


def test_outside_a_book_the_problem_says_so(tmp_path):
    with pytest.raises(ProblemsError, match="W201"):
        find_root(tmp_path)


def test_problems_come_in_order_and_once():
    late, early = Problem("W215", "b", "x", "y."), Problem("W202", "a", "x", "y.")
    with pytest.raises(ProblemsError) as caught:
        raise_all([late, early, late])
    assert caught.value.problems == (early, late)


def test_a_problem_reads_as_code_place_finding_and_action():
    assert str(Problem("W213", "a.csv:2", "value is empty", "Fill it.")) == (
        "W213 a.csv:2: value is empty.\n     Fill it."
    )


def test_no_problem_raises_nothing():
    assert raise_all([]) is None


def test_every_declaration_of_the_book_reads_in_both_languages(root):
    d = load_definitions(root)
    texts = {f"{name}.{part}": getattr(i, part) for name, i in d.indicators.items() for part in ("name", "definition")}
    same = {name for name, text in texts.items() if text.nl == text.en}
    assert not same


@pytest.mark.parametrize("written", ["17.475", "17.000", "{ north = 17.475, south = 950 }"])
def test_a_population_size_with_a_mark_for_thousands_is_refused(small, written):
    text = small.path("waves.toml").read_text(encoding="utf-8")
    block = f'\n[waves.2014.responses]\nsource = "report"\nlocator = "x"\npopulation_size = {written}\n'
    small.write("waves.toml", f'{text}{block}[waves.2014.responses.columns]\ngrade = "v"\n')
    with pytest.raises(ProblemsError, match=r"W203 data/waves.toml, waves.2014.responses.population_size"):
        load_definitions(small.root)
