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
        ("@book{a b, author={X}, title={Y}, year={2015}}", "W202 references.bib: cannot be read as BibTeX"),
        ("@book{a.b, author={X}, title={Y}, year={2015}}", "W203 references.bib: a.b is not a valid key"),
        ("@book{a, author={X}, title={Y}, year={2015}, url={x}}", "W203 references.bib: the url of a is no address"),
        ("@report{a, author={X}, title={Y}}", "W203 references.bib: a lacks author, title or year (@report)"),
        ("@book{a, author={X}, title={Y}, year={1/5}}", "W203 references.bib: the year of a is '1/5' (@book)"),
        (r"@book{a, author={X}, title={ver\-trouwen}, year={2015}}", "W203 references.bib: a holds an invisible"),
        (r"@book{a, author={X\-Y}, title={Y}, year={2015}}", "W203 references.bib: a holds an invisible"),
        ("@book{a, author={X}, title={Y}}", "W203 references.bib: a lacks author, title or year"),
    ],
)
def test_an_entry_that_cannot_be_used_is_a_problem(entry, found):
    problems: list[Problem] = []
    read_sources(entry, "references.bib", problems)
    assert [f"{p.code} {p.place}: {p.found}"[: len(found)] for p in problems] == [found]


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
