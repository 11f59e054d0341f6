"""The review in words: a terminal, and a page that needs nothing but itself."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from waves import FALLS, add_wave, claim, codebook, edition, grade, share

from wavebook.core.problems import Problem, counted
from wavebook.publish.review import report
from wavebook.publish.review.compare import review
from wavebook.publish.review.differences import Edition
from wavebook.publish.review.report import html, terminal
from wavebook.publish.review.sentences import compare_sentences


def test_the_terminal_fits_a_hundred_columns_and_ten_things(pair, unread):
    pair.edit("indicators.toml", 'name.en = "answer"', f'name.en = "{"a long answer " * 12}"')
    for wave, value in (("2016", "20"), ("2018", "70")):
        for category in ("yes", "no", "maybe"):
            for theme in ("", "work", "school"):
                share(pair, wave, category, value, segment_by="theme" if theme else "", segment=theme)
    lines = terminal(review(pair.root, "2016", "2018")).splitlines()
    assert max(map(len, lines)) <= 100
    assert len([line for line in lines if re.match(r" *\d+\. ", line)]) <= 10


# --- the page ---


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
    codebook(pair, "2016", grade=(f"{HOSTILE} oud", {}))
    codebook(pair, "2018", grade=(f"{HOSTILE} nieuw", {}))
    pair.write("responses/2018.json", json.dumps({"respondents": 3, "notices": [HOSTILE], "weighting": {HOSTILE: 1}}))
    grade(pair, "2016", "6.7")
    grade(pair, "2018", "6.9")
    pair.add("2018", indicator="share", category="yes", unit="percent", status="suppressed")
    new = edition(claim("fails", HOSTILE), steeg=FALLS | {"instead": HOSTILE})
    found = review(pair.root, "2016", "2018")
    found = replace(
        found, sentences=compare_sentences(Edition(), new, ("nl", "en")), editions={"2016": Edition(), "2018": new}
    )
    return html(found)


def test_no_text_becomes_markup(hostile):
    assert HOSTILE not in hostile
    assert hostile.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 7
    assert "javascript:" not in hostile


def test_a_suppressed_figure_is_a_word_and_no_number(hostile):
    (row,) = [row for row in Page(hostile).rows if "answer: yes" in row]
    assert "suppressed" in row
    assert not re.search(r"\d", row)


def test_what_moved_the_other_way_since_the_baseline_is_told_with_sentences_and_figures(small, unread):
    add_wave(small, "2016")
    grade(small, "2016", "6.8")  # 6.7 in 2010, 6.9 in 2014
    notice = Problem("W452", "book/index.md:3", "“x” holds against 2010, and the opposite since 2014: 6.9 → 6.8", "y")
    new = edition(replace(claim("holds"), notice=notice))
    found = review(small.root, "2014", "2016")
    sentences = compare_sentences(edition(claim("holds")), new, ("nl", "en"))
    found = replace(found, sentences=sentences, editions={"2014": Edition(), "2016": new})
    first, second, *_ = map(str, report.headlines(found))
    assert first == "true, and the opposite since the wave before: 1 sentence, first book/index.md:3"
    assert second == "grade fell by 0.1 points to 6.8, higher than in 2010, the baseline"
    assert report.counts(found)["baseline"] == "1 that moved the other way than since then"
    assert "<p>The opposite since 2014: 6.9 → 6.8.</p>" in html(found)


# --- a book ---
def test_a_sentence_of_the_book_that_flips_is_told_with_its_line(reviewed):
    (first, *_) = report.headlines(reviewed)
    assert str(first) == (
        "book/index.md:6 no longer holds: “Het cijfer steeg.”; holds: grade falls; “steeg” → “daalde”"
    )


def test_its_figure_is_marked_and_comes_first(reviewed):
    assert (reviewed.moves[0].key.name, reviewed.moves[0].flips) == ("grade", True)


def test_every_sentence_of_the_book_stands_once(reviewed):
    standings = {s.record.text: s.standing for s in reviewed.sentences if s.record.kind == "claim"}
    assert standings == {"steeg": "flipped", "meest-nee": "lost"}
    assert [s.standing for s in reviewed.sentences if s.record.kind == "trend"] == ["turned"]


def test_what_stops_a_strict_build_is_listed_and_counted_as_the_check_does_it(reviewed):
    problems = reviewed.editions["2016"].report.problems
    assert report.problems(reviewed) == problems
    assert {"W403", "W448"} <= {p.code for p in problems}
    assert report.counts(reviewed)["to publish"] == f"{counted(problems)} to solve"


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
