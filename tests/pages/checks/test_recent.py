"""Change since the wave before, beside that since the baseline: in words, in statements, and told to the editor."""

import copy

import pytest
from page import Page, book_with
from waves import add_wave, grade, share

from wavebook import claims
from wavebook.claims import judge
from wavebook.figures import AbsentFigureError
from wavebook.pages import roles
from wavebook.pages.checks.statements import bind, check
from wavebook.pages.checks.statements import judge as judge_page
from wavebook.pages.uses import statement

BREAK = """
[[breaks]]
from = 2014
to = 2016
kind = "full"
reason.nl = "andere vraag"
reason.en = "another question"
"""
# A wave of 2016 after 2010 (grade 6.7, yes 13, no 80), 2013 and 2014 (grade 6.9, yes 14, no 70).
WORLDS = {
    "reversed": {"grade": "6.5", "yes": "12", "no": "75"},
    "as in 2014": {"grade": "6.9", "yes": "14", "no": "70"},
    "as at the start": {"grade": "6.7", "yes": "13", "no": "80"},
    "measured": {"grade": "6.97", "yes": "14.4", "no": "83.2"},
}
# The grade since 2010 and since 2014, and those who say no since 2014.
SAID = {
    ("reversed", "nl"): ("0,2 punt lager dan in 2010", "0,4 punt lager dan in 2014", "5 procentpunt hoger dan in 2014"),
    ("reversed", "en"): (
        "0.2 points lower than in 2010",
        "0.4 points lower than in 2014",
        "5 percentage points higher than in 2014",
    ),
    ("reversed", "de"): (
        "0,2 Punkte niedriger als 2010",
        "0,4 Punkte niedriger als 2014",
        "5 Prozentpunkte höher als 2014",
    ),
    ("reversed", "fr"): (
        "en baisse de 0,2 point depuis 2010",
        "en baisse de 0,4 point depuis 2014",
        "en hausse de 5 points de pourcentage depuis 2014",
    ),
    ("as in 2014", "nl"): (
        "0,2 punt hoger dan in 2010",
        "afgerond even hoog als in 2014",
        "afgerond even hoog als in 2014",
    ),
    ("as in 2014", "en"): (
        "0.2 points higher than in 2010",
        "as high as in 2014 once rounded",
        "as high as in 2014 once rounded",
    ),
    ("as in 2014", "de"): ("0,2 Punkte höher als 2010", "gerundet so hoch wie 2014", "gerundet so hoch wie 2014"),
    ("as in 2014", "fr"): (
        "en hausse de 0,2 point depuis 2010",
        "sans changement après arrondi depuis 2014",
        "sans changement après arrondi depuis 2014",
    ),
    ("as at the start", "nl"): (
        "afgerond even hoog als in 2010",
        "0,2 punt lager dan in 2014",
        "10 procentpunt hoger dan in 2014",
    ),
    # the error of 2016 alone is known: 6.97 ± 0.1 beside 6.85–6.95
    ("measured", "nl"): (
        "0,3 punt hoger dan in 2010",
        "niet aantoonbaar hoger of lager dan in 2014",
        "13 procentpunt hoger dan in 2014",
    ),
    ("measured", "fr"): (
        "en hausse de 0,3 point depuis 2010",
        "sans variation significative depuis 2014",
        "en hausse de 13 points de pourcentage depuis 2014",
    ),
}
STATEMENTS = {
    "rose": claims.rises("grade"),
    "rose-since": claims.rises("grade@previous"),
    "fell-since": claims.falls("grade@previous"),
    "rose-now": claims.rises("grade", now=True),
    "fewer-no": claims.falls("share.no"),
    "more-no-since": claims.rises("share.no@previous..wave"),
    "gap-since": claims.widens("share.no@previous", "share.yes@previous"),
}


def world(small, name, extra=""):
    """The small book with a wave of 2016."""
    add_wave(small, "2016", extra)
    errors = {"se": "0.05"} if name == "measured" else {}
    grade(small, "2016", WORLDS[name]["grade"], **errors)
    for answer in ("yes", "no"):
        share(small, "2016", answer, WORLDS[name][answer], **({"se": "1"} if errors else {}))
    return small


def said(figures, text, language="nl"):
    spoken = copy.copy(figures)
    spoken.language = language
    return roles.ROLES["compared"](book_with(spoken), text)


@pytest.mark.parametrize(("name", "language"), SAID)
def test_a_figure_beside_an_earlier_one_is_a_true_phrase_in_every_world(small, name, language):
    figures = world(small, name).load()
    keys = ("grade", "grade@previous", "share.no@previous")
    assert tuple(said(figures, key, language).text for key in keys) == SAID[name, language]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "niet te vergelijken met 2014, want dat cijfer is niet bekend"),
        ("en", "not comparable with 2014, as that figure is not known"),
        ("de", "nicht mit 2014 vergleichbar, weil dieser Wert nicht bekannt ist"),
        ("fr", "sans comparaison possible avec 2014, faute de chiffre connu"),
    ],
)
def test_where_the_earlier_figure_is_not_known_it_says_so(small, language, words):
    share(world(small, "reversed"), "2016", "maybe", "9")
    table = small.path("figures/2014.csv").read_text(encoding="utf-8")
    small.write("figures/2014.csv", table.rpartition("2014,")[0])
    figures = small.load()
    shown = said(figures, "share.maybe@previous", language)
    assert (shown.text, [f.key.wave for f in shown.figures]) == (words, ["2016"])
    with pytest.raises(AbsentFigureError):
        said(figures, "grade@theme=work,previous", language)  # of this wave itself


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "niet te vergelijken met 2014, door een breuk in de reeks"),
        ("en", "not comparable with 2014, because of a break in the series"),
        ("de", "wegen eines Bruchs in der Zeitreihe nicht mit 2014 vergleichbar"),
        ("fr", "sans comparaison possible avec 2014, en raison d’une rupture de série"),
    ],
)
def test_across_a_full_break_nothing_is_compared(small, language, words):
    figures = world(small, "reversed", BREAK).load()
    assert said(figures, "grade@previous", language).text == words


def test_a_change_too_small_for_the_decimals_that_readers_see_has_no_size(small):
    add_wave(small, "2016")
    add_wave(small, "2017")
    grade(small, "2016", "6.949", se="0.0001")
    grade(small, "2017", "6.951", se="0.0001")
    assert said(small.load(), "grade@previous").text == "hoger dan in 2016"  # 6.9 and 7.0, and no 0.0 points
    assert said(small.load(), "grade@previous", "fr").text == "en hausse depuis 2016"


def test_a_small_change_within_what_counts_as_alike_is_hardly_one(small):
    small.edit("indicators.toml", 'name.nl = "cijfer"', 'alike = 0.4\nname.nl = "cijfer"')
    add_wave(small, "2016")
    add_wave(small, "2017")
    grade(small, "2016", "6.80", se="0.1")
    grade(small, "2017", "6.86", se="0.1")
    assert said(small.load(), "grade@previous").text == "vrijwel even hoog als in 2016"
    assert said(small.load(), "grade@previous", "en").text == "about as high as in 2016"


def test_its_figures_break_and_basis_are_those_of_a_change(small):
    shown = said(world(small, "reversed").load(), "grade")
    assert ([f.key.wave for f in shown.figures], shown.breaks) == (["2010", "2016"], (("2013", "2014"),))
    assert shown.basis == "figures only"


@pytest.mark.parametrize(
    ("name", "hold", "turned"),
    [
        ("reversed", {"fell-since", "fewer-no", "more-no-since", "gap-since"}, {"fewer-no"}),
        ("as in 2014", {"rose", "fewer-no"}, set()),
        ("as at the start", {"fell-since", "more-no-since", "gap-since"}, set()),
        ("measured", {"rose", "more-no-since", "gap-since"}, set()),
    ],
)
def test_a_statement_is_about_the_wave_before_or_the_baseline_and_none_holds_that_does_not(small, name, hold, turned):
    verdicts = judge(world(small, name).load(), STATEMENTS).verdicts
    now = verdicts.pop("rose-now")
    assert {key for key, verdict in verdicts.items() if verdict["outcome"] == "holds"} == hold
    assert {key for key in hold if verdicts[key]["recent"]["outcome"] == "fails"} == turned
    assert now["outcome"] == verdicts["rose"]["outcome"]
    assert now["recent"]["outcome"] == verdicts["rose-since"]["outcome"] != "holds"
    assert verdicts["fell-since"]["waves"] == ["previous", "wave"]
    assert verdicts["fell-since"]["said"] == "cijfer: in 2016 lager dan in 2014"


def notices(figures, folder, text):
    made = Page(book_with(figures, folder, claims=judge(figures, STATEMENTS).verdicts), folder / "book", text)
    for node in bind(made.document):
        judge_page(made.env, made.env.get_domain("").book, node)
    check(made.env, made.env.get_domain("").book, made.document)
    assert not any(isinstance(node.use.number, type(None)) for node in made.all(statement))
    return [(r.notice.code, r.notice.place, r.notice.found) for r in made.records if r.notice]


CLAIM = "“[X] zeiden nee.” holds against 2010, and the opposite since 2014: share.no 70 (2014) → 75 (2016)"
TREND = "“{trend}`share.no`” holds against 2010, and the opposite since 2014: share.no 70 (2014) → 75 (2016)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[Minder mensen zeiden nee.]{.claim #fewer-no}", [CLAIM.replace("[X]", "Minder mensen")]),
        ("Nee {trend}`share.no`.", [TREND]),
        ("Nee {trend}`share.no` met {change}`share.no`.", [TREND]),
        (
            "[Minder mensen zeiden nee.]{.claim #fewer-no} Dat {trend}`share.no`.",
            [CLAIM.replace("[X]", "Minder mensen")],
        ),
        ("[Minder zeiden nee.]{.claim #fewer-no} Het is nu {compared}`share.no@previous`.", []),
        ("[Minder zeiden nee.]{.claim #fewer-no} [Sinds {wave}`2014` steeg het.]{.claim #more-no-since}", []),
        ("[Minder zeiden nee.]{.claim #fewer-no} In {wave}`previous` was het {value}`share.no@previous`.", []),
        ("Het cijfer {trend}`grade`.", []),  # since both
        ("Nee {trend}`share.no@previous`.", []),
        ("[Meer nee.]{.claim #more-no-since}", []),
        ("Nee was {value}`share.no`.", []),
    ],
)
def test_an_editor_is_told_what_holds_and_turned_unless_readers_are(small, tmp_path, text, found):
    figures = world(small, "reversed").load()
    told = notices(figures, tmp_path, f"# T\n\n{text}\n")
    assert told == [("W452", "book/index.md:3", one) for one in found]


@pytest.mark.parametrize("edition", [{"wave": "2014"}, {"baseline": "2014"}, {"wave": "2013"}])
def test_without_another_wave_before_there_is_nothing_to_tell(small, tmp_path, edition):
    figures = world(small, "reversed").load(**edition)
    assert notices(figures, tmp_path, "# T\n\n[Minder nee.]{.claim #fewer-no} {trend}`share.no`\n") == []


def test_what_stood_still_since_the_baseline_and_moved_since_is_told_too(small, tmp_path):
    figures = world(small, "as at the start").load()
    (told,) = notices(figures, tmp_path, "# T\n\nHet cijfer {trend}`grade`.\n")
    assert told[2].startswith(
        "“{trend}`grade`” holds against 2010, and the opposite since 2014: grade 6.9 (2014) → 6.7"
    )


def test_of_a_sentence_that_must_be_rewritten_nothing_else_is_told(small, tmp_path):
    figures = world(small, "as at the start").load()
    text = "# T\n\nHet cijfer {trend}`grade` van {value}`grade@baseline` naar {value}`grade`.\n"
    assert notices(figures, tmp_path, text) == []


@pytest.mark.parametrize("name", ["as in 2014", "measured"])
def test_where_nothing_turned_nothing_is_told(small, tmp_path, name):
    figures = world(small, name).load()
    text = "# T\n\n[Minder nee.]{.claim #fewer-no} {trend}`share.no` [Hoger.]{.claim #rose} {trend}`grade`\n"
    assert notices(figures, tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Nee {trend}`bleef <share.no>`", False),  # no word for a rise
        ("Het cijfer {trend}`grade@previous` intussen van {value}`grade@previous` naar {value}`grade`.", True),
        ("Van een {value}`grade@previous` naar een {value}`grade` {trend}`grade@previous` het cijfer.", True),
        ("Het is {change}`grade@previous` {trend}`hoger dan <grade@previous>` in {wave}`previous`.", True),
        ("Het cijfer {trend}`grade@previous`, op {change}`grade@previous` na.", False),
        ("Het cijfer {trend}`grade@previous` in {wave}`wave`.", False),
    ],
)
def test_a_sentence_of_something_that_moved_is_named_where_nothing_did(small, tmp_path, text, wrong):
    small.edit("indicators.toml", 'name.nl = "cijfer"', 'alike = 0.4\nname.nl = "cijfer"')
    figures = world(small, "as in 2014").load()
    made = Page(book_with(figures, tmp_path), tmp_path / "book", f"# T\n\n{text}\n")
    check(made.env, made.env.get_domain("").book, made.document)
    assert any(problem.startswith("W422") for problem in made.problems) == wrong
