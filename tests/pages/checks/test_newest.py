"""The newest figure there is (``@latest``), and the wave that readers see of it."""

import copy

import pytest
from page import Page, book_with
from waves import add_wave, grade, share

from wavebook import claims
from wavebook.claims import judge
from wavebook.figures import MissingFigureError
from wavebook.pages.checks.statements import bind, check
from wavebook.pages.checks.statements import judge as judge_page

STATEMENTS = {
    "more-no": claims.more("share.no@latest", "share.yes@latest"),
    "fewer-no": claims.falls("share.no@latest"),
    "fewer-no-since": claims.falls("share.no@2010..latest"),
    "mixed-waves": claims.more("share.no@latest", "share.maybe@latest"),
    "mixed-now": claims.more("share.no@latest", "grade"),
    "rose": claims.rises("grade"),
}


@pytest.fixture(scope="module")
def newest(tmp_path_factory):
    """A wave of 2016 with a grade alone; of 2014 yes and no are known, and maybe in 2013."""
    from small import SmallBook

    book = SmallBook(tmp_path_factory.mktemp("newest"))
    table = book.path("figures/2014.csv").read_text(encoding="utf-8")
    book.write("figures/2014.csv", table.rpartition("2014,")[0])
    share(book, "2013", "maybe", "9")
    add_wave(book, "2016")
    grade(book, "2016", "7.2")
    return book


@pytest.fixture(scope="module")
def figures(newest):
    return newest.load()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("share.no@latest", "share.no@2014"),
        ("share.maybe@latest", "share.maybe@2013"),
        ("grade@latest", "grade@2016"),
        ("grade@theme=work,latest", "grade@theme=work,2014"),
        ("grade@latest,population=citizens", "grade@population=citizens,2014"),
        ("grade@theme=school, latest", "grade@theme=school,2016"),  # suppressed in 2014, so there is none
    ],
)
def test_the_newest_is_of_the_last_wave_that_has_the_figure(figures, text, key):
    assert str(figures.resolve(text)) == key


def test_in_an_earlier_edition_it_is_the_newest_up_to_that(newest):
    assert str(newest.load(wave="2013").resolve("share.no@latest")) == "share.no@2010"


def test_a_change_runs_to_it(figures):
    assert [f.key.wave for f in figures.between("share.no@latest")] == ["2010", "2014"]
    assert [f.key.wave for f in figures.between("grade@2013..latest")] == ["2013", "2016"]
    with pytest.raises(MissingFigureError, match="2014 does not come before 2014"):
        figures.between("share.no@previous..latest")


def test_a_wave_can_be_that_of_a_figure_and_is_never_the_newest_by_itself(figures):
    assert figures.wave_of("share.maybe@latest") == "2013"
    with pytest.raises(MissingFigureError, match="write which, as in grade@latest"):
        figures.wave_of("latest")
    with pytest.raises(MissingFigureError, match="there is no figure grade@theme=school,2016"):
        figures.wave_of("grade@theme=school,latest")


def test_a_chart_draws_it_and_never_two_ends_at_once(figures):
    assert [str(key) for key in figures.select("share@latest").keys] == ["share.yes@2014", "share.no@2014"]
    both = figures.select("share.no@latest", "share.yes@latest", waves="both")
    assert [key.wave for key in both.keys] == ["2010", "2014", "2010", "2014"]
    with pytest.raises(MissingFigureError, match="end in 2014, 2016; draw those of one wave"):
        figures.select("share.no@latest", "grade", waves="both")


def test_a_statement_compares_the_newest_of_one_wave_only(figures):
    verdicts = judge(figures, STATEMENTS).verdicts
    assert {name for name, verdict in verdicts.items() if verdict["outcome"] == "holds"} == {
        "more-no",
        "fewer-no",
        "fewer-no-since",
        "rose",
    }
    assert verdicts["mixed-waves"]["reason"].startswith("the newest figures are of 2013 and 2014")
    assert verdicts["mixed-now"]["outcome"] == "open"
    assert verdicts["fewer-no"]["waves"] == ["baseline", "latest"]
    assert "2014" in verdicts["fewer-no"]["said"]
    assert "latest" not in verdicts["fewer-no"]["said"]


def shown(figures, folder, text, language="nl"):
    figures = copy.copy(figures)
    figures.language = language
    book = book_with(figures, folder, claims=judge(figures, STATEMENTS).verdicts)
    made = Page(book, folder / "book", f"# T\n\n{text}\n")
    for node in bind(made.document):
        judge_page(made.env, book, node)
    check(made.env, book, made.document)
    return made.document.astext().partition("T\n\n")[2], made.problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nee zei {value}`share.no@latest`.", "Nee zei 70 procent (2014)."),
        (
            "Ja zei {value}`share.yes@latest`, nee {value}`share.no@latest` toen.",
            "Ja zei 14 procent, nee 70 procent (2014) toen.",
        ),
        (
            "Ja zei {value}`share.yes@latest`, misschien {value}`share.maybe@latest`.",
            "Ja zei 14 procent (2014), misschien 9 procent (2013).",
        ),
        ("In {wave}`share.no@latest` zei {value}`share.no@latest` nee.", "In 2014 zei 70 procent nee."),
        ("{wave}`In share.no@latest` zei {value}`share.no@latest` nee.", "In 2014 zei 70 procent nee."),
        ("Het cijfer is {value}`grade@latest`.", "Het cijfer is 7,2."),
        ("Nee {trend}`share.no@latest`.", "Nee daalde (2014)."),
        (
            "Nee {trend}`share.no@latest` met {change}`share.no@latest` sindsdien.",
            "Nee daalde met 10 procentpunt (2014) sindsdien.",
        ),
        ("[Meer mensen zeiden nee.]{.claim #more-no}", "Meer mensen zeiden nee (2014)."),
        ("[Meer mensen zeiden nee]{.claim #more-no}, toen.", "Meer mensen zeiden nee (2014), toen."),
        ("[Meer zeiden ‘nee’.]{.claim #more-no} En dit.", "Meer zeiden ‘nee’ (2014). En dit."),
        (
            "[Nee zei {value}`share.no@latest` van hen.]{.claim #more-no}",
            "Nee zei 70 procent (2014) van hen.",
        ),
        ("[In {wave}`share.no@latest` zeiden meer nee.]{.claim #more-no}", "In 2014 zeiden meer nee."),
        ("[Het cijfer steeg.]{.claim #rose}", "Het cijfer steeg."),
    ],
)
def test_readers_see_of_when_it_is_once_for_each_sentence_and_wave(figures, tmp_path, text, expected):
    assert shown(figures, tmp_path, text) == (expected, [])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_year_stands_in_brackets_in_every_language(figures, tmp_path, language):
    text, problems = shown(figures, tmp_path, "No: {number}`share.no@latest`.", language)
    assert (text, problems) == ("No: 70 (2014).", [])


def test_a_sentence_that_names_another_wave_is_wrong(figures, tmp_path):
    _, problems = shown(figures, tmp_path, "In {wave}`wave` zei {value}`share.no@latest` nee.")
    assert len(problems) == 1
    assert "names wave, and its figures are of latest" in problems[0]


def test_in_the_edition_of_its_own_wave_nothing_is_added(newest, tmp_path):
    text, problems = shown(newest.load(wave="2014"), tmp_path, "Nee zei {value}`share.no@latest`.")
    assert (text, problems) == ("Nee zei 70 procent.", [])


def test_a_heading_and_a_cell_have_it_too(figures, tmp_path):
    text, _ = shown(figures, tmp_path, "## [Meer nee dan ja]{.claim #more-no}\n\n- **{number}`share.no@latest`** nee")
    assert "Meer nee dan ja (2014)" in text
    assert "70 (2014) nee" in text
