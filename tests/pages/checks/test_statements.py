"""A sentence beside its test: each way in which the two can say different things, in one copy of a book."""

import re
from types import SimpleNamespace

import lending
import pytest

import book
from wavebook.pages.checks import statements

PAGE = """---
reviewed: 2014
---

# Proef

## [Meer ontevreden klanten]{.claim #kop-nu}

[Er waren meer ontevreden klanten dan in {wave}`baseline`.]{.claim #zin-toen}
[Er zijn meer ontevreden klanten.]{.claim #zin-nu}

## [Er kwamen meer ontevreden klanten]{.claim #kop-toen}

[Het cijfer bleef vrijwel gelijk.]{.claim #zonder-marge}

[Het cijfer bleef vrijwel gelijk, op {margin}`met-marge` na.]{.claim #met-marge}

[In geen meting waren er meer ontevreden klanten.]{.claim #zonder-bekend}

[In geen meting waarvan het bekend is, waren er meer ontevreden klanten.]{.claim #met-bekend}

[De overheid werd sinds {wave}`baseline` beter.]{.claim #werd-beter}

[Sinds {wave}`2008` steeg het cijfer.]{.claim #vast-genoemd}

[Sinds {wave}`baseline` ging het cijfer omhoog.]{.claim #vast-getoetst}

[Het cijfer is hoger dan een {value}`mark_desk`.]{.claim #ander-cijfer}

[Het cijfer steeg]{.claim #andere-bron}, staat elders {cite:p}`vries2015`.

In {wave}`2014` was het een {value}`mark_library`.

In {wave}`2014` was het een {value}`mark_library@2014`.

Het cijfer {trend}`mark_desk@2013..2014` van {value}`mark_desk@2013`
naar {value}`mark_desk@2014`.

Het cijfer {trend}`mark_desk@2013..2014`.

[Klanten zijn tevredener.]{.reported}

[Klanten zijn een beetje tevredener]{.reported}, staat in het artikel {cite:p}`vries2015`.

[Minder dan een kwart ging online.]{.claim #toeval} [Hooguit een derde ging online.]{.claim #geen-toeval}

[Bij twee derde ging het cijfer omhoog.]{.claim #woord-los} [Hooguit een vijfde ging online.]{.claim #woord-ander}

[{word}`fact:target_desk` op de tien kwamen.]{.claim #woord-levend}

[Elk jaar ging het cijfer omhoog.]{.claim #elk-jaar}

[Dezelfde zin staat hier.]{.claim #twee-keer} [En hier nog eens.]{.claim #twee-keer}

[Het doel kwam in {fact}`target_desk.date`.]{.claim #feit}
"""
CLAIMS = """
fail, chain = "mark_band_library.fail", "mark_library"
claims.judge(
    figures,
    {
        "kop-nu": claims.rises(fail),
        "zin-toen": claims.rises(fail),
        "zin-nu": claims.rises(fail, now=True),
        "kop-toen": claims.rises(fail, now=False),
        "zonder-marge": claims.stable(chain, within=0.5),
        "met-marge": claims.stable(chain, within=0.5),
        "zonder-bekend": claims.peaks(fail, 2013, known=True),
        "met-bekend": claims.peaks(fail, 2013, known=True),
        "werd-beter": claims.rises(chain),
        "vast-genoemd": claims.rises(chain),
        "vast-getoetst": claims.rises("mark_library@2008..2014"),
        "ander-cijfer": claims.above(chain, 5),
        "andere-bron": claims.rises(chain),
        "toeval": claims.below("app_used", 25),
        "geen-toeval": claims.below("app_used", 33),
        "woord-los": claims.rises(chain),
        "woord-ander": claims.below("app_used", 33),
        "woord-levend": claims.rises(chain),
        "twee-keer": claims.rises(chain),
        "elk-jaar": claims.rises(chain),
        "feit": claims.at_least("mark_desk", "fact:target_desk"),
    },
)
"""
EXPECTED = {
    ("W403", "Meer ontevreden klanten"): "against 2013, the wave before",
    ("W403", "Er zijn meer ontevreden klanten."): "against 2013, the wave before",
    ("W421", "Het cijfer bleef vrijwel gelijk."): "rests on a margin of 0.5",
    ("W423", "In geen meting waren er meer ontevreden klanten."): "only on what is known",
    ("W425", "De overheid werd sinds 2008 beter."): "“beter”",
    ("W424", "Sinds 2008 steeg het cijfer."): "names 2008, and its test compares baseline, wave",
    ("W424", "Sinds 2008 ging het cijfer omhoog."): "names baseline, and its test compares 2008, 2014",
    ("W424", "Het cijfer is hoger dan een 7,1."): "shows mark_desk@2014, which its test ander-cijfer",
    (
        "W424",
        "Het cijfer steeg, staat elders vries2015.",
    ): "cites vries2015; its figures are from leeslust2014",
    ("W424", "In 2014 was het een 6,9."): "names 2014, and its figures are of wave",
    ("W422", "Het cijfer bleef vrijwel gelijk van 7,1 naar 7,1."): "nothing moved",
    ("W426", "Klanten zijn tevredener."): "cites nobody",
    (
        "W534",
        "Bij twee derde ging het cijfer omhoog.",
    ): "“twee derde”, and its test (mark_library rises) is not about that number",
    ("W534", "Hooguit een vijfde ging online."): "“een vijfde”, and its test (app_used is below 33)",
    (
        "W539",
        "Elk jaar ging het cijfer omhoog.",
    ): "“Elk jaar”, and its test (mark_library rises) looks at no other wave",
    ("W420", "Minder dan een kwart ging online."): "difference 3 ± 4.3, p = 0.25 (measured)",
}


def _checked(folder):
    """A book with that page, a notebook cell for it, and a standard error of one figure."""
    import nbformat

    root = lending.copy(folder)
    (root / "book" / "proef.md").write_text(PAGE, encoding="utf-8")
    book.edit(root, "_toc.yml", "      - file: app\n", "      - file: app\n      - file: proef\n")
    figure = "app_used,total,,,,22,percent,,,"
    book.edit(root, "data/figures/2014.csv", figure, f"{figure}2")
    path = root / "notebooks" / "app.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(CLAIMS.strip(), id="proef"))
    nbformat.write(notebook, path)
    return (
        root,
        book.wavebook(root, "check"),
        book.wavebook(root, "check", "--table"),
        book.wavebook(root, "build", "--draft"),
    )


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    return book.once(tmp_path_factory, "statements", _checked)


def found(run):
    """The problems of the page by code and sentence: (line, text)."""
    problems = {}
    for problem in run.problems:
        if problem.file == "book/proef.md":
            sentence = re.search(r"“([^”]*)”", problem.text)
            problems[problem.code, sentence[1] if sentence else ""] = problem
    return problems


def test_each_mistake_is_found_and_nothing_else(checked):
    problems = found(checked[1])
    assert problems.keys() == EXPECTED.keys()


@pytest.mark.parametrize("where", EXPECTED, ids=" ".join)
def test_a_mistake_is_named_with_its_line_and_what_differs(checked, where):
    root, run, *_ = checked
    problem = found(run)[where]
    assert EXPECTED[where] in problem.text
    first = re.split("2008|2014|7,1|6,9|,| bleef", where[1])[0].strip()
    assert first in (root / "book" / "proef.md").read_text(encoding="utf-8").splitlines()[problem.line - 1]


def test_what_turned_since_the_wave_before_is_told_once_with_all_its_sentences(checked):
    root, run, *_ = checked
    lines = (root / "book" / "proef.md").read_text(encoding="utf-8").splitlines()
    words = ("Er waren meer ontevreden klanten dan in", "Er kwamen meer ontevreden klanten")
    at = {("book/proef.md", next(n for n, line in enumerate(lines, 1) if word in line)) for word in words}
    (turned,) = [problem for problem in run.of("W452") if problem.places & at]
    assert at <= turned.places
    assert "the opposite since 2013" in turned.text


def test_the_reviewers_table_has_test_figures_basis_and_verdict(checked):
    rows = [line.strip("| ").split(" | ") for line in checked[2].out.splitlines() if "book/proef.md" in line]
    by_sentence = {row[1]: row for row in rows}
    first = by_sentence["Er waren meer ontevreden klanten dan in 2008."]
    assert first[2:] == [
        "oordeel over de bibliotheek (ontevreden): in 2014 hoger dan in 2008",
        "mark_band_library.fail@2008 mark_band_library.fail@2014",
        "figures only",
        "holds; against 2013: fails",
    ]
    assert by_sentence["Er zijn meer ontevreden klanten."][5] == "fails; against 2013: fails"
    assert by_sentence["Minder dan een kwart ging online."][4:] == ["measured", "not certain"]
    assert by_sentence["Klanten zijn een beetje tevredener"][3:] == ["vries2015", "reported", "not tested"]


def test_a_draft_marks_what_is_not_certain_apart_from_what_fails(checked):
    page = (checked[0] / "_build/html/proef.html").read_text(encoding="utf-8")
    assert 'class="claim claim-not-certain" id="toeval"' in page
    assert 'class="claim claim-fails" id="zin-nu"' in page
    assert "niet zeker: kan toeval zijn" in page


def test_a_page_has_one_box_of_remarks(checked):
    page = (checked[0] / "_build/html/proef.html").read_text(encoding="utf-8")
    (box,) = re.findall(r'<div class="remark[^"]*">(.*?)</div>', page, re.DOTALL)
    assert re.findall(r'<p id="([^"]+)">', box) == ["break-2013-2014", "chance"]
    assert page.count('class="break-mark') == 1


def test_the_page_of_all_statements_says_what_was_tested_and_what_that_rests_on(checked):
    page = (checked[0] / "_build/html/verantwoording.html").read_text(encoding="utf-8")
    told = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))
    assert "Hooguit een derde ging online. Toets Gebruikte de Leesapp in 2014: lager dan 33 procent (11" in told
    assert "Leesapp: 22% (2014) Uitkomst Klopt, ook als toeval meetelt (foutmarge gemeten)" in told
    assert "Niet bekend: 2010" in told
    assert "Klanten zijn een beetje tevredener , staat in het artikel. Bron De Vries en Van Dam, 2015" in told


@pytest.mark.parametrize(
    ("edition", "named"),
    [
        ({"wave": "2014", "baseline": "2010"}, ["wave", "baseline", "2013"]),
        ({"wave": "2013", "baseline": "2010"}, ["2013", "baseline", "2013"]),
        ({}, ["wave", "baseline", "2013"]),
    ],
)
def test_a_test_about_another_edition_than_its_page_compares_that_ones_wave(loaded, edition, named):
    book = SimpleNamespace(figures=loaded)
    verdict = {"edition": edition, "waves": ["wave", "baseline", "2013"]}
    assert [statements._as_here(book, verdict, name) for name in verdict["waves"]] == named
