"""What somebody must read again when a wave is new: page by page, in each language, to be ticked off."""

import nbformat
import pytest
from waves import add_wave, grade, share

from wavebook.core.languages import shipped
from wavebook.language.words import words_in
from wavebook.publish import rereading

OLD = "\n@misc{later, author = {Jansen, Jan}, title = {Later}, year = {2017}}\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A wave of 2016 with a grade and one of the answers, whose report came out after that of all others."""
    from small import SmallBook

    small = SmallBook(tmp_path_factory.mktemp("again"))
    small.write("references.bib", small.path("references.bib").read_text(encoding="utf-8") + OLD)
    add_wave(small, "2016")
    waves = small.path("waves.toml").read_text(encoding="utf-8")
    head, wave, tail = waves.partition("[waves.2016]")
    small.write("waves.toml", head + wave + tail.replace('"report"', '"later"', 1))
    grade(small, "2016", "7.2")
    share(small, "2016", "no", "60")
    return small


@pytest.fixture(scope="module")
def figures(book):
    return book.load()


def found(figures, text, language="nl"):
    return [(item.place, item.why) for item in rereading.page(figures, "p.md", text, language)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[Mensen zijn blij]{.reported}, zegt {cite:p}`later`.", ["reported, not tested"]),
        ("Slechts {value}`share.no` zei nee.", ["words around figures, not tested"]),
        ("[Slechts {value}`share.no` zei nee.]{.claim #nee}", []),
        ("[Slechts {value}`share.no` zei nee.]{.claim\n#nee}", []),
        ("In {wave}`2014` zei {value}`share.no@2014` nee.", ["pinned, {wave}`2014`, and 2016 is known; pinned, "]),
        ("Toen was het {value}`grade@2014`.", ["pinned, {value}`grade@2014`, and 2016 is known"]),
        ("Het was {value}`grade@2010` en {change}`grade@2010..2013`.", []),  # history, also in the last edition
        ("Ja zei {value}`share.yes@2014`.", []),  # nothing newer is known
        ("Het {trend}`steeg<grade@2010..2014>`.", ["pinned, {trend}`steeg<grade@2010..2014>`, and 2016 is known"]),
        ("De mensen zijn nog steeds blij.", ["“nog steeds” passes"]),
        ("Vorig jaar was dat anders, en inmiddels niet.", ["“Vorig jaar” passes; “inmiddels” passes"]),
        ("Sinds 2014 ging het naar {value}`grade`.", ["words around figures, not tested; 2014 stands still beside"]),
        (
            "[Sinds 2014 ging het naar {value}`grade@latest`.]{.claim #x}",
            ["2014 stands still beside figures that move"],
        ),
        ("In 2014 was er niets, en 1.234 of 2016-12 ook niet.", []),
        ("Zo staat het er {cite:p}`report`.", ["cites report, older than this wave's report"]),
        ("Zo staat het er {cite:p}`later`.", []),
        ("Het nut is nut, en de nuance ook.", []),
        ("`nu` is code, en [dit](nu.md) een adres.", []),
    ],
)
def test_a_sentence_is_listed_with_the_reason(figures, text, why):
    told = [reason for _, reason in found(figures, text)]
    assert len(told) == len(why), told
    assert all(one.startswith(start) for one, start in zip(told, why, strict=True))


def test_lines_are_those_of_the_page_and_only_text_is_read(figures):
    text = (
        "---\nreviewed: 2014\nfixed:\n  nu: ja\n---\n\n# Nu\n\nEen zin. En nu\ndeze.\n\n```python\nnu = 1\n```\n\n"
        "- nu dit\n- {number}`grade` dat\n\n| nu | x |\n\n:::{chart} nu\nEn inmiddels dit.\n:::\n"
    )
    assert found(figures, text) == [
        ("p.md:7", "“Nu” passes"),
        ("p.md:9", "“nu” passes"),
        ("p.md:16", "“nu” passes"),
        ("p.md:17", "words around figures, not tested"),
        ("p.md:22", "“inmiddels” passes"),
    ]


SAID = {
    "nl": "Nu, vorig jaar en het laatste.",
    "en": "Now, last year and the latest.",
    "de": "Jetzt, derzeit und bald.",
}
SAID["fr"] = "Maintenant, récemment et l’an dernier."


@pytest.mark.parametrize("language", SAID)
def test_every_language_has_words_for_a_time_that_passes(figures, language):
    (why,) = [why for _, why in found(figures, SAID[language], language)]
    assert why.count(" passes") == 3
    assert SAID.keys() == set(shipped())
    assert words_in(language).patterns.passing


def test_notebooks_and_pages_in_each_language_are_one_list(book, figures):
    root = book.root
    for page, text in (
        ("index", "Nu is het zo."),
        ("en/index", "Now it is so."),
        ("b", "Later."),
        ("notebooks/x", "Nu."),
    ):
        (root / "book" / page).parent.mkdir(parents=True, exist_ok=True)
        (root / "book" / f"{page}.md").write_text(f"# T\n\n{text}\n", encoding="utf-8")
    cell = nbformat.v4.new_code_cell('figures.select("grade@2014", "share.no@theme=work,2014", "share.yes@2014")')
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), root / "notebooks" / "n.ipynb")
    assert rereading.listing(root, figures).split("\n") == [
        "book/index.md",
        "[ ] book/index.md:3  “Nu” passes: Nu is het zo.",
        "",
        "book/en/index.md",
        "[ ] book/en/index.md:3  “Now” passes: Now it is so.",
        "",
        "notebooks/n.ipynb",
        "[ ] notebooks/n.ipynb, cell 1  pinned, grade@2014, and 2016 is known",
        "",
        "3 places to read again for 2016",
    ]
