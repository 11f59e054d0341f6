import pytest

from wavebook.core.problems import Problem
from wavebook.definitions import load_definitions
from wavebook.definitions.references import read_sources


def test_a_source_that_stands_in_the_bibliography_twice_is_named(small):
    entry = small.path("references.bib").read_text()
    small.write("references.bib", entry * 2)
    assert "repeated bibliography entry: report" in small.problems()[0]


def test_an_institution_keeps_its_whole_name(small):
    small.edit("references.bib", "{Jansen, Jan}", r"{{I\&O Research}}")
    assert load_definitions(small.root).sources["report"].author == "I&O Research"


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("@string{jan = {Jansen}}\n", "W202 references.bib: has abbreviations"),
        ("@book{a b, author={X}, title={Y}, year={2015}}", "W202 references.bib:1: cannot be read as BibTeX"),
        ("@book{a.b, author={X}, title={Y}, year={2015}}", "W203 references.bib:1: a.b is not a valid key"),
        ("@book{a, author={X}, title={Y}, year={2015}, url={x}}", "W203 references.bib:1: the url of a is no address"),
        ("@report{a, author={X}, title={Y}}", "W203 references.bib:1: a lacks year (@report)"),
        ("@book{a, author={X}, title={Y}, year={1/5}}", "W203 references.bib:1: the year of a is '1/5' (@book)"),
        (r"@book{a, author={X}, title={ver\-trouwen}, year={2015}}", "W203 references.bib:1: a holds an invisible"),
        (r"@book{a, author={X\-Y}, title={Y}, year={2015}}", "W203 references.bib:1: a holds an invisible"),
        ("@book{a, author={X}, title={Y}}", "W203 references.bib:1: a lacks year"),
    ],
)
def test_an_entry_that_cannot_be_used_is_a_problem(entry, found):
    problems: list[Problem] = []
    read_sources(entry, "references.bib", problems)
    assert [f"{p.code} {p.place}: {p.found}"[: len(found)] for p in problems] == [found]


BIBLATEX = [
    ("date = {4 maart 2015}", "a lacks a year, as its date '4 maart 2015' is not like 2015-03-04 (@report)"),
    ("date = {2015}, year = {2016}", "a is of 2016 by its year, and of 2015 by its date"),
    ("author = {Centraal Bureau voor de Statistiek}", "a would be cited as 'voor de Statistiek', as of a person"),
    ("author = {family=Vries, given=Jan, prefix=de}", "a has a name that is not read: "),
    (r"title = {De \tekst{x}}", r"the title of a would show '\\tekst'"),
    ("title = {Van $x^2$}", "the title of a would show '$x^2$'"),
]


@pytest.mark.parametrize(("fields", "found"), BIBLATEX)
def test_what_readers_would_see_and_no_editor_meant_is_named_with_its_line(fields, found):
    own = [field for field in ("author = {Jansen, Jan}", "title = {T}", "date = {2015}") if field[:5] not in fields]
    problems: list[Problem] = []
    read_sources(
        f"\n@book{{b, author={{X}}, title={{Y}}, year={{2015}}}}\n@report{{a, {', '.join([fields, *own])}}}",
        "r.bib",
        problems,
    )
    assert [(p.code, p.place, p.found[: len(found)]) for p in problems] == [("W203", "r.bib:3", found)]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("@book{B, author={X}, title={Y}, year={2015}}", 3),
        ("@book{a, title={Y}, title={Z}}", 3),
        ("@book{a,\n author={P, Q, R, S},\n title={Y}, year={2015}}", 4),
        ("@book{a,\n author={X}\n title={Y}}", 5),
    ],
)
def test_an_entry_that_bibtex_cannot_read_is_named_with_its_line(entry, line):
    problems: list[Problem] = []
    assert read_sources(f"\n@book{{b, author={{X}}, title={{Y}}, year={{2015}}}}\n{entry}", "r.bib", problems) == {}
    assert [(p.code, p.place) for p in problems] == [("W202", f"r.bib:{line}")]


def test_an_entry_of_a_reference_manager_is_told_as_readers_know_it():
    entry = (
        r"@thesis{a, author={de Vries, Anna and others}, title={De \textit{lange} weg}, subtitle={een proef}, "
        "type={phdthesis}, date={2015-03}, doi={https://doi.org/10.1/x}, langid={dutch}}"
    )
    problems: list[Problem] = []
    (found,) = read_sources(entry, "r.bib", problems).values()
    assert problems == []
    assert (found["author"], found["others"], found["title"]) == ("de Vries", True, "De lange weg: een proef")


def test_an_entry_gives_what_a_source_line_needs():
    entry = "@book{a, author={{\\'E}mile, Piet and X, Y}, title={De {T}itel}, year={2015}, url={https://x.nl/a}}"
    problems: list[Problem] = []
    found = read_sources(entry, "references.bib", problems)
    assert not problems
    assert found == {
        "a": {
            "author": "Émile",
            "second": "X",
            "others": False,
            "title": "De Titel",
            "year": "2015",
            "url": "https://x.nl/a",
            "language": None,
        }
    }


def test_an_entry_of_biblatex_gives_its_year_and_editors_stand_for_authors():
    entry = "@thesis{a, editor={Piet, P}, title={T}, date={2016-05-12}}@www{b, author={X}, title={T}, year={n.d.}}"
    problems: list[Problem] = []
    found = read_sources(entry, "references.bib", problems)
    assert not problems
    assert [(source["author"], source["year"]) for source in found.values()] == [("Piet", "2016"), ("X", "n.d.")]


def test_a_bibliography_of_more_entries_than_a_book_cites_is_refused_before_they_are_read():
    text = "".join(f"@book{{a{n},title={{x}},author={{B}},year=2014}}\n" for n in range(5001))
    problems: list[Problem] = []
    assert read_sources(text, "data/references.bib", problems) == {}
    assert [str(p).splitlines()[0] for p in problems] == [
        "W202 data/references.bib: has 5,001 entries, and at most 5,000 are read."
    ]


def test_each_of_many_entries_is_named_by_its_own_line():
    text = "\n" + "".join(f"@book{{A{n},title={{x}},year=2014}}\n" for n in range(300))
    problems: list[Problem] = []
    read_sources(text, "b.bib", problems)
    assert [p.place for p in problems] == [f"b.bib:{line}" for line in range(2, 302)]
