import json
import re
import shutil
import textwrap
from html.parser import HTMLParser

import nbformat
import pytest
from small import ROOT, SmallBook

from wavebook.core.problems import Problem, ProblemsError
from wavebook.publish import review as module
from wavebook.publish.build import Report
from wavebook.publish.review import (
    Edition,
    change_text,
    compare_figures,
    compare_sentences,
    html,
    in_order,
    review,
    state,
    terminal,
    words_that_hold,
)
from wavebook.runs.execute import Results
from wavebook.site.extension import Record

WAVE = """
[waves.{year}]
name.nl = "nieuw"
name.en = "new"
bureau = "Een"
client.nl = "wij"
client.en = "we"
source = "report"
"""
BREAK = """
[[breaks]]
from = 2016
to = 2018
kind = "full"
indicators = ["grade"]
reason.nl = "andere vraag"
reason.en = "another question"
"""
SE = "0.7071067811865476"  # of each side: a change then has a standard error of 1


def add_wave(book, year, extra=""):
    toml = book.path("waves.toml").read_text(encoding="utf-8")
    book.write("waves.toml", toml + WAVE.format(year=year) + extra)
    book.write(f"figures/{year}.csv", book.path("figures/2014.csv").read_text(encoding="utf-8").splitlines()[0] + "\n")


@pytest.fixture
def pair(small):
    """The small book with two empty waves, 2016 and 2018, and no break between them."""
    add_wave(small, 2016)
    add_wave(small, 2018)
    return small


def grade(book, wave, value, **cells):
    book.add(wave, indicator="grade", value=value, unit="grade", **cells)


def share(book, wave, category, value, **cells):
    book.add(wave, indicator="share", category=category, value=value, unit="percent", **cells)


def moved(book, before=2016, after=2018):
    """Every move between two waves, by the name and group of its figure."""
    moves = compare_figures(book.load(wave=after, baseline=before, language="en"))
    return {
        m.key.name + (f" {m.key.segment}" if m.key.segment else ""): m for m in moves if m.key.population == "total"
    }


# --- figures ----------------------------------------------------------------------------------------------


def test_a_change_beyond_chance_rose_and_has_its_interval(pair):
    grade(pair, 2016, "6.7", se="0.03")
    grade(pair, 2018, "6.9", se="0.04")
    move = moved(pair)["grade"]
    assert (move.verdict, change_text(move)) == ("rose", "+0.2 points")
    assert (move.low, move.high) == pytest.approx((0.2 - 1.96 * 0.05, 0.2 + 1.96 * 0.05), abs=1e-5)


def test_a_fall_prints_with_a_minus(pair):
    share(pair, 2016, "yes", "60", se="1")
    share(pair, 2018, "yes", "49", se="1")
    move = moved(pair)["share.yes"]
    assert (move.verdict, change_text(move)) == ("fell", "−11 percentage points")


def test_p_values_are_holms_over_the_whole_set(pair):
    # differences of 2.5758, 2.1701 and 2.0537 standard errors: p is 0.01, 0.03 and 0.04 alone
    for category, after in (("yes", "52.8258"), ("no", "52.4201"), ("maybe", "52.3037")):
        share(pair, 2016, category, "50.25", se=SE)
        share(pair, 2018, category, after, se=SE)
    moves = moved(pair)
    assert [round(moves[f"share.{c}"].p, 3) for c in ("yes", "no", "maybe")] == [0.03, 0.06, 0.06]
    assert [moves[f"share.{c}"].verdict for c in ("yes", "no", "maybe")] == ["rose", "chance", "chance"]


def test_what_prints_alike_has_not_moved_however_small_its_error(pair):
    grade(pair, 2016, "6.71", se="0.001")
    grade(pair, 2018, "6.74", se="0.001")
    assert moved(pair)["grade"].verdict == "alike"


def test_published_figures_rise_beyond_rounding_without_interval_or_p(pair):
    grade(pair, 2016, "6.7")
    grade(pair, 2018, "6.9")
    move = moved(pair)["grade"]
    assert (move.verdict, move.low, move.p) == ("rose", None, None)
    assert move.remark == "beyond rounding; error of 2016 and 2018 not known"


def test_a_change_within_rounding_is_left_open(pair):
    grade(pair, 2016, "6.84")
    grade(pair, 2018, "6.86")
    assert moved(pair)["grade"].verdict == "open"


def test_with_one_known_error_there_is_a_p_and_no_interval(pair):
    share(pair, 2016, "yes", "50")
    share(pair, 2018, "yes", "60", se="1")
    move = moved(pair)["share.yes"]
    assert (move.verdict, move.half_known, move.low) == ("rose", True, None)
    assert "error of 2016 not known" in move.remark


def test_nothing_is_computed_across_a_full_break(small):
    add_wave(small, 2016)
    add_wave(small, 2018, BREAK)
    grade(small, 2016, "6.0", se="0.01")
    grade(small, 2018, "8.0", se="0.01")
    move = moved(small)["grade"]
    assert (move.verdict, move.change, move.p) == ("full", None, None)


def test_what_may_not_be_compared_does_not_make_other_tests_stricter(small):
    add_wave(small, 2016)
    add_wave(small, 2018, BREAK)
    for wave, value in ((2016, "50.25"), (2018, "52.45")):  # p is 0.028 alone, 0.056 in a family of two
        grade(small, wave, "7", se="0.1")
        share(small, wave, "yes", value, se=SE)
    assert moved(small)["share.yes"].verdict == "rose"


def test_a_noted_break_is_remarked_on(loaded):
    assert [b.kind for b in loaded.definitions.breaks] == ["noted"]
    moves = {m.key.name: m for m in compare_figures(loaded) if not m.key.segment and m.key.population == "total"}
    assert moves["grade"].remark.startswith("across the noted break 2013–2014")


@pytest.mark.parametrize(("name", "verdict"), [("share.no", "new"), ("grade school", "suppressed")])
def test_a_figure_of_one_wave_only_says_so(small, name, verdict):
    assert moved(small, 2013, 2014)[name].verdict == verdict


def test_a_figure_that_is_gone_vanished(small):
    assert moved(small, 2010, 2013)["share.no"].verdict == "vanished"


def test_everyone_comes_before_breakdowns_whatever_moved_there(pair):
    for wave, everyone, work in ((2016, "6.7", "5.0"), (2018, "6.8", "9.0")):
        grade(pair, wave, work, segment_by="theme", segment="work")
        grade(pair, wave, everyone)
    assert [m.key.segment for m in in_order(moved(pair).values())] == ["", "work"]


def test_the_largest_change_in_printed_steps_comes_first(pair):
    for wave, value, percent in ((2016, "6.5", "50"), (2018, "7.0", "54")):  # five steps of 0.1, four of 1
        share(pair, wave, "yes", percent)
        grade(pair, wave, value)
    assert [m.key.name for m in in_order(moved(pair).values())] == ["grade", "share.yes"]


def test_a_figure_behind_a_sentence_that_no_longer_holds_comes_first(pair):
    for wave, value, percent in ((2016, "6.5", "50"), (2018, "6.6", "90")):
        share(pair, wave, "yes", percent)
        grade(pair, wave, value)
    moves = moved(pair)
    flipped = [moves["share.yes"], module.replace(moves["grade"], flips=True)]
    assert [m.key.name for m in in_order(flipped)] == ["grade", "share.yes"]


# --- sentences --------------------------------------------------------------------------------------------


def claim(outcome, text="Het cijfer steeg.", name="steeg", line=3):
    return Record("claim", name, line, text, ("grade@2018",), outcome, "6.7 → 6.2")


def edition(*records, page="book/index.md", **claims):
    return Edition(Report(records={page: list(records)}), Results(claims=claims))


FALLS = {"predicate": "grade rises", "outcome": "fails", "instead": "grade falls"}


def test_a_sentence_that_flips_says_what_would_hold_in_the_words_it_has():
    (found,) = compare_sentences(edition(claim("holds")), edition(claim("fails"), steeg=FALLS))
    assert (found.standing, found.verdict["instead"], found.words) == ("flipped", "grade falls", "“steeg” → “daalde”")


@pytest.mark.parametrize(
    ("before", "after", "standing"),
    [
        ("holds", "holds", "holds"),
        ("holds", "fails", "flipped"),
        ("open", "fails", "flipped"),
        ("fails", "fails", "false"),
        ("holds", "open", "lost"),
        ("holds", "not certain", "unsure"),
        ("open", "open", "open"),
        ("not certain", "open", "open"),
        ("not certain", "holds", "now"),
        ("fails", "holds", "now"),
    ],
)
def test_a_sentence_stands_as_both_verdicts_say(before, after, standing):
    (found,) = compare_sentences(edition(claim(before)), edition(claim(after)))
    assert found.standing == standing


def test_without_an_earlier_edition_a_failing_sentence_still_comes_forward():
    (found,) = compare_sentences(Edition(missing="none"), edition(claim("fails")))
    assert (found.standing, found.before) == ("flipped", None)


def test_a_trend_word_that_turns_is_to_be_read_again():
    old, new = (edition(Record("trend", "grade", 4, word)) for word in ("steeg", "daalde"))
    (found,) = compare_sentences(old, new)
    assert (found.standing, state(found.before), state(found.after)) == ("turned", "steeg", "daalde")


def test_a_trend_word_that_cannot_be_chosen_is_lost():
    problem = Problem("W401", "book/index.md:4", "there is no figure", "Add it.")
    new = edition(Record("trend", "grade", 4, problem=problem))
    (found,) = compare_sentences(edition(Record("trend", "grade", 4, "steeg")), new)
    assert found.standing == "lost"


def test_a_change_without_direction_is_one_sentence_and_not_two():
    problem = Problem("W407", "book/index.md:4", "stands without a trend", "Use the trend role.")
    both = edition(Record("change", "grade", 4, "0,2 punt"), Record("change", "grade", 4, problem=problem))
    assert len(compare_sentences(both, both)) == 1


def test_the_same_sentence_in_english_is_its_twin():
    pages = {"book/index.md": [claim("fails")], "book/en/index.md": [claim("fails", "The grade rose.")]}
    new = Edition(Report(records=pages), Results(claims={"steeg": FALLS}))
    (found,) = compare_sentences(Edition(), new)
    assert (found.language, found.twin.text, found.twin.words) == ("nl", "The grade rose.", "“rose” → “fell”")


def test_sentences_that_no_longer_hold_come_first():
    old = edition(claim("holds", name="a", line=1), claim("holds", name="b", line=9))
    new = edition(claim("holds", name="a", line=1), claim("fails", name="b", line=9))
    assert [s.record.text for s in compare_sentences(old, new)] == ["b", "a"]


@pytest.mark.parametrize(
    ("sentence", "predicate", "instead", "words"),
    [
        ("Meer dan toen.", "grade rises", "grade is stable within 0", "“meer dan” → “vrijwel evenveel als”"),
        ("Zij daalden.", "share.yes@theme=work,2010..2014 falls", "share.yes@theme=work rises", "“daalden” → “stegen”"),
        ("Het ging omhoog.", "grade rises", "grade falls", "“daalde”"),
        ("Het is meer.", "a is more than b", "b is more than a", ""),
        ("Het steeg.", "(grade rises and share rises)", "", ""),
    ],
)
def test_trend_words_are_offered_in_the_form_of_the_sentence(sentence, predicate, instead, words):
    assert words_that_hold(sentence, predicate, instead, "nl") == words


# --- the whole, without a book ----------------------------------------------------------------------------


@pytest.fixture
def unread(monkeypatch):
    """No edition can be read: what is left is figures, questions and what was kept."""
    monkeypatch.setattr(module, "_edition", lambda root, baseline, wave, *_: Edition(missing=f"no edition of {wave}"))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [(2014, 2016, "wave 2016: is not known"), (2014, 2013, "wave 2014: does not come before wave 2013")],
)
def test_a_wave_that_cannot_be_reviewed_is_refused(small, before, after, found):
    with pytest.raises(ProblemsError) as caught:
        review(small.root, before, after)
    (problem,) = caught.value.problems
    assert problem.code == "W501"
    assert f"{problem.place}: {problem.found}" == found


def test_an_edition_that_cannot_be_is_said_to_be_missing(small, monkeypatch):
    def refuse(*_, **__):
        raise ProblemsError([Problem("W501", "baseline 2010", "does not come before wave 2010", "Choose.")])

    monkeypatch.setattr(module.build, "check", refuse)
    found = review(small.root, 2010, 2013)
    assert "No sentence or chart of 2010" in found.missing[0]
    assert "baseline 2010" in found.missing[0]


def test_what_is_not_there_is_listed(small, unread):
    found = "\n".join(review(small.root, 2013, 2014).missing)
    assert "no edition of 2014" in found
    assert "error of 2 of the 2 figures of 2013" in found
    assert "data/responses/2014.json" in found
    assert "data/codebooks/2013.json" in found


@pytest.mark.parametrize("content", ["{", "[1, 2]", "null"])
def test_a_report_that_cannot_be_read_is_listed(small, unread, content):
    small.write("responses/2014.json", content)
    assert any("2014, which has an unreadable report" in text for text in review(small.root, 2013, 2014).missing)


def codebook(book, wave, **questions):
    asked = {name: {"question": text, "labels": labels, "columns": ["v"]} for name, (text, labels) in questions.items()}
    book.write(f"codebooks/{wave}.json", json.dumps({"wave": wave, "questions": asked}))


def test_questions_and_labels_that_changed_appeared_or_vanished_are_listed(small, unread):
    codebook(small, 2013, grade=("Welk cijfer?", {"1": "slecht", "2": "matig"}), old=("Oud?", {}))
    codebook(small, 2014, grade=("Welk rapportcijfer?", {"1": "zeer slecht", "3": "goed"}))
    changes = review(small.root, 2013, 2014).changes
    assert [tuple(change) for change in changes] == [
        ("grade", "label of code 1", "slecht", "zeer slecht", ""),
        ("grade", "label of code 2", "matig", "", ""),
        ("grade", "label of code 3", "", "goed", ""),
        ("grade", "question", "Welk cijfer?", "Welk rapportcijfer?", ""),
        ("old", "question", "Oud?", "", ""),
    ]


RESPONSES = """
[waves.{year}.responses]
source = "report"
locator = "file"
columns = {{grade = "v1"}}
asked_if = {{grade = {{v0 = [{codes}]}}}}
"""


def test_a_question_that_went_to_others_is_listed(pair, unread):
    for year, codes in ((2016, "1"), (2018, "1, 2")):
        grade(pair, year, "7")
        toml = pair.path("waves.toml").read_text(encoding="utf-8")
        pair.write("waves.toml", toml + RESPONSES.format(year=year, codes=codes))
    changes = review(pair.root, 2016, 2018).changes
    assert [tuple(c) for c in changes] == [("grade", "asked if", "v0 in 1", "v0 in 1, 2", "")]


def test_an_indicator_that_vanished_takes_its_answers_with_it(pair, unread):
    grade(pair, 2016, "7")
    share(pair, 2016, "yes", "50")
    grade(pair, 2018, "7")
    found = review(pair.root, 2016, 2018)
    assert module.only_in(found.figures, 2016, 2018) == ["indicator “answer” (share), base: people"]


def test_the_terminal_fits_a_hundred_columns_and_ten_things(pair, unread):
    pair.edit("indicators.toml", 'name.en = "answer"', f'name.en = "{"a long answer " * 12}"')
    for wave, value in ((2016, "20"), (2018, "70")):
        for category in ("yes", "no", "maybe"):
            for theme in ("", "work", "school"):
                share(pair, wave, category, value, segment_by="theme" if theme else "", segment=theme)
    lines = terminal(review(pair.root, 2016, 2018)).splitlines()
    assert max(map(len, lines)) <= 100
    assert len([line for line in lines if re.match(r" *\d+\. ", line)]) <= 10


# --- the page ---------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """A page as its tags: what is open where it must be closed, and every attribute."""

    VOID = ("meta", "br", "hr", "link", "img", "input", "path", "rect", "circle", "line", "use")

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.wrong, self.rows = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in self.VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)

    def handle_data(self, data):
        if "tr" in self.open:
            self.rows[-1] += f"{data} "

    def values(self, name):
        return [attributes[name] for _, attributes in self.tags if name in attributes]


HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def hostile(pair, unread):
    """The page of a review whose every text tries to be markup, and which suppresses a figure."""
    pair.edit("indicators.toml", 'name.en = "grade"', f'name.en = "{HOSTILE}"')
    codebook(pair, 2016, grade=(f"{HOSTILE} oud", {}))
    codebook(pair, 2018, grade=(f"{HOSTILE} nieuw", {}))
    pair.write("responses/2018.json", json.dumps({"respondents": 3, "notices": [HOSTILE], "weighting": {HOSTILE: 1}}))
    grade(pair, 2016, "6.7")
    grade(pair, 2018, "6.9")
    pair.add(2018, indicator="share", category="yes", unit="percent", status="suppressed")
    new = edition(claim("fails", HOSTILE), steeg=FALLS | {"instead": HOSTILE})
    found = review(pair.root, 2016, 2018)
    found = module.replace(found, sentences=compare_sentences(Edition(), new), editions={2016: Edition(), 2018: new})
    return html(found)


def test_no_text_becomes_markup(hostile):
    assert HOSTILE not in hostile
    assert hostile.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 7
    assert "javascript:" not in hostile


def test_a_suppressed_figure_is_a_word_and_no_number(hostile):
    (row,) = [row for row in Page(hostile).rows if "answer: yes" in row]
    assert "suppressed" in row
    assert not re.search(r"\d", row)


# --- a book -----------------------------------------------------------------------------------------------

INDEX = """\
---
reviewed: 2014
---
# Rapport

[Het cijfer steeg.]{.claim #steeg} Het {trend}`grade` van {value}`grade@baseline` naar {value}`grade`.

:::{chart} cijfers
Zo ging het.
:::

[De meesten zeggen nee.]{.claim #meest-nee}

:::{chart} antwoorden
Dit zeiden zij.
:::
"""
CELLS = {
    "cijfers": ('charts.lines("cijfers", figures.select("grade", waves="all"))', '"steeg": claims.rises("grade")'),
    "antwoorden": (
        'charts.bars("antwoorden", figures.select("share.no", "share.maybe"))',
        '"meest-nee": claims.majority("share.no")',
    ),
}


def notebook(chart, test):
    cell = nbformat.v4.new_code_cell
    parameters = cell("wave = 2014\nbaseline = 2010\npopulation = 'total'\nlanguage = 'nl'")
    parameters.metadata["tags"] = ["parameters"]
    load = (
        "from wavebook import charts, claims\nfrom wavebook.figures import load\n"
        "figures = load(wave=wave, baseline=baseline, population=population, language=language)"
    )
    made = nbformat.v4.new_notebook(cells=[parameters, cell(load), cell(chart)])
    made.cells.append(cell(f"claims.judge(figures, {{{test}}})"))
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    return nbformat.writes(made)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """A book of one page, and the review of a wave in which the grade falls and an answer is gone."""
    book = SmallBook(tmp_path_factory.mktemp("reviewed"))
    add_wave(book, 2016)
    grade(book, 2016, "6.2")
    share(book, 2016, "yes", "15")
    book.write("context.toml", "")
    shutil.copy(ROOT / "_config.yml", book.root)
    (book.root / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    for folder in ("book", "notebooks"):
        (book.root / folder).mkdir()
    (book.root / "book" / "index.md").write_text(textwrap.dedent(INDEX), encoding="utf-8")
    for name, cells in CELLS.items():
        (book.root / "notebooks" / f"{name}.ipynb").write_text(notebook(*cells), encoding="utf-8")
    return review(book.root, 2014, 2016)


def test_a_sentence_of_the_book_that_flips_is_told_with_its_line(reviewed):
    (first, *_) = module.headlines(reviewed)
    assert str(first) == (
        "book/index.md:6 no longer holds: “Het cijfer steeg.”; holds: grade falls; “steeg” → “daalde”"
    )


def test_its_figure_is_marked_and_comes_first(reviewed):
    assert (reviewed.moves[0].key.name, reviewed.moves[0].flips) == ("grade", True)


def test_every_sentence_of_the_book_stands_once(reviewed):
    standings = {s.record.text: s.standing for s in reviewed.sentences if s.record.kind == "claim"}
    assert standings == {"steeg": "flipped", "meest-nee": "lost"}
    assert [s.standing for s in reviewed.sentences if s.record.kind == "trend"] == ["turned"]


def test_what_else_stops_a_strict_build_is_listed_without_the_sentences(reviewed):
    codes = {p.code for p in module.problems(reviewed)}
    assert {"W304", "W405", "W413"} <= codes
    assert not {"W403", "W404"} & codes


def test_charts_stand_side_by_side_and_a_missing_one_is_said_to_be(reviewed):
    text = html(reviewed)
    assert {"chart-cijfers-2014-title", "chart-cijfers-2016-title"} <= set(Page(text).values("id"))
    assert "The edition of 2016 has no such chart." in text
    assert "The edition of 2014 has no such chart." not in text


def test_dutch_sentences_are_marked_as_dutch(reviewed):
    text = html(reviewed)
    assert '<q lang="nl">Het cijfer steeg.</q>' in text
    assert '<html lang="en">' in text


def test_the_page_asks_nothing_of_anyone_else(reviewed):
    page, text = Page(html(reviewed)), html(reviewed)
    assert not {"script", "link", "img", "iframe", "object", "embed"} & {tag for tag, _ in page.tags}
    assert not page.values("src")
    assert not re.search(r"url\(|@import", text)
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_every_link_in_the_page_leads_somewhere_and_every_tag_is_closed(reviewed):
    page = Page(html(reviewed))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.values("href") if link.startswith("#")} <= set(ids)
    assert (page.wrong, page.open) == ([], [])


@pytest.mark.browser
def test_the_page_is_accessible_and_no_wider_than_the_window(reviewed, browser, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "review.html"
    file.write_text(html(reviewed), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page)
    page.close()
    assert results.violations_count == 0, results.generate_report()
