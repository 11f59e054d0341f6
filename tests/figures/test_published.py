"""Figures of published waves, compared with how they came out."""

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.figures import everything, published

DISCLOSURE = """
[disclosure]
minimum_base = {least}
dominance_share = 90
source = "us"
"""


@pytest.fixture
def out(small):
    """A book whose last wave came out, and is kept."""
    small.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\npublished = true\n")
    small.row("2014", 2, n="500", se="0.1", ci_low="6.7", ci_high="7.1")
    published.keep(small.root, small.load().definitions, "2014")
    return small


def found(book):
    definitions, _ = everything(book.root)
    return published.compared(book.root, definitions)


def told(book):
    return [(p.code, p.place, p.found) for p in found(book).problems]


def test_a_wave_as_it_came_out_is_no_problem_also_where_a_locator_or_the_form_of_the_file_changed(out):
    assert told(out) == []
    out.row("2014", 2, locator="page 2", value="6.90")
    out.write("figures/2014.csv", out.path("figures/2014.csv").read_bytes().replace(b"\n", b"\r\n"))
    assert told(out) == []


CHANGED = {
    "a value": (2, {"value": "6.8"}, "grade@2014 was 6.9, is 6.8"),
    "a number of respondents": (2, {"n": "450"}, "grade@2014 was n=500, is n=450"),
    "an error": (2, {"se": "0.2"}, "grade@2014 was se=0.1, is se=0.2"),
    "an interval": (2, {"ci_low": "6.6", "ci_high": "7.2"}, "grade@2014 was ci_low=6.7; ci_high=7.1, is ci_low=6.6; "),
    "hidden": (3, {"value": "", "status": "suppressed"}, "grade@theme=work,2014 was 7, is not shown"),
    "shown": (4, {"value": "6.1", "status": "published"}, "grade@theme=school,2014 was not shown, is 6.1"),
    "provisional": (2, {"status": "provisional"}, "grade@2014 was status=final, is status=provisional"),
}


@pytest.mark.parametrize(("line", "cells", "said"), CHANGED.values(), ids=CHANGED)
def test_whatever_readers_see_of_a_figure_may_not_change_in_silence(out, line, cells, said):
    out.row("2014", line, **cells)
    ((code, place, text),) = told(out)
    assert (code, place) == ("W225", "data/figures/2014.csv")
    assert text.startswith(f"is published, and a figure is not as it came out: {said}")


def test_a_figure_may_neither_come_nor_go_in_silence(out):
    lines = out.path("figures/2014.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    out.write("figures/2014.csv", "".join([*lines[:2], *lines[3:]]))
    out.add("2014", indicator="share", value="20", unit="percent", segment_by="theme", segment="work", category="yes")
    ((_, _, text),) = told(out)
    assert "2 figures are not as they came out: grade@theme=work,2014 was 7, is not shown; " in text
    assert text.endswith("share.yes@theme=work,2014 was not shown, is 20")


def test_a_mark_for_what_was_revised_is_no_change_and_noise_is(out):
    out.row("2014", 2, status="revised")
    assert told(out) == []
    out.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\nnoise = 1\n")
    out.row("2014", 2, status="perturbed_revised")
    assert [code for code, *_ in told(out)] == ["W225"]


def test_a_rule_that_hides_or_shows_figures_changes_what_came_out(out):
    toml = out.path("waves.toml").read_text(encoding="utf-8")
    out.write("waves.toml", toml + DISCLOSURE.format(least=600))
    assert "grade@2014 was 6.9, is not shown" in told(out)[0][2]
    published.keep(out.root, out.load().definitions, "2014")
    assert told(out) == []
    out.write("waves.toml", toml + DISCLOSURE.format(least=500))
    assert "grade@2014 was not shown, is 6.9" in told(out)[0][2]


def test_a_record_of_the_change_will_do_and_one_of_another_will_not(out):
    out.row("2014", 2, value="6.8")
    head = "date,wave,figure,before,after,reason\n"
    for after, codes in (("6.80", []), ("6.7", ["W225"])):
        out.write("revisions.csv", f"{head}2016-01-01,2014,grade@2014,6.9,{after},slip\n")
        assert [code for code, *_ in told(out)] == codes
    out.write(
        "revisions.csv", f"{head}2016-01-01,2014,grade@2014,6.9,6.8,slip\n2016-01-02,2014,grade@2014,6.8,6.9,no\n"
    )
    assert [code for code, *_ in told(out)] == ["W225"]


WORDS = {
    "unit": ('unit = "grade"\ndecimals = 1', 'unit = "score"\nscale = [0, 10]\ndecimals = 1', "grade (unit) was"),
    "question": ('definition.nl = "Rapportcijfer"', 'definition.nl = "Cijfer"', "grade (question) was “Rapportcijfer”"),
    "people": ('nl = "mensen"', 'nl = "leden"', "grade (base) was “mensen” when 2014 came out, and is “leden”"),
    "an answer": ('yes.nl = "ja"', 'yes.nl = "jazeker"', "share (answer yes) was “ja” when 2014 came out"),
    "a group": ('nl = "werk"', 'nl = "baan"', "theme (group work) was “werk”"),
}


@pytest.mark.parametrize(("old", "new", "said"), WORDS.values(), ids=WORDS)
def test_what_a_figure_is_about_may_not_change_in_silence(out, old, new, said):
    if "unit" in said:
        for wave, line in (("2010", 2), ("2013", 2), ("2014", 2), ("2014", 3), ("2014", 4), ("2014", 5)):
            out.row(wave, line, unit="score")
    out.edit("indicators.toml", old, new)
    problems = told(out)
    assert {(code, place) for code, place, _ in problems} == {("W226", "data/indicators.toml")}
    assert any(text.startswith(said) for *_, text in problems)


def test_another_language_a_new_answer_and_another_name_of_the_figure_are_no_change(out):
    out.edit("indicators.toml", 'definition.en = "Grade"', 'definition.en = "Mark"')
    out.edit("indicators.toml", 'name.nl = "cijfer"', 'name.nl = "rapportcijfer"')
    out.edit("indicators.toml", 'maybe.en = "maybe"', 'maybe.en = "maybe"\nnever.nl = "nooit"\nnever.en = "never"')
    out.add("2013", indicator="share", value="20", unit="percent", category="never")
    assert told(out) == []


def test_words_of_several_waves_are_one_problem(out):
    out.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\npublished = true\n")
    published.keep(out.root, out.load().definitions, "2013")
    out.edit("indicators.toml", 'definition.nl = "Rapportcijfer"', 'definition.nl = "Cijfer"')
    ((_, _, text),) = told(out)
    assert "when 2013, 2014 came out" in text


def test_a_wave_that_came_out_cannot_be_taken_back_in_silence(out):
    out.edit("waves.toml", "published = true\n", "")
    assert [(code, place) for code, place, _ in told(out)] == [("W225", "data/waves.toml, waves.2014")]


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"wave,value\n2014,1\n", b'"open\n', b"name,part,text\n1,2\n", b"a" * 10]
)
@pytest.mark.parametrize("name", ["2014.csv", "questions/2014.csv"])
def test_a_faulty_copy_is_a_problem_and_no_crash(out, name, content):
    out.row("2014", 2, value="6.8")
    out.write(f"published/{name}", content)
    ((code, place, _),) = told(out)
    assert code == "W227"
    assert place.startswith(f"data/published/{name}")


def test_a_book_that_keeps_some_is_told_of_the_others_and_one_that_keeps_none_is_not(small):
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\npublished = true\n")
    small.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\npublished = true\n")
    d = small.load().definitions
    assert list(published.not_kept(small.root, d)) == []
    published.keep(small.root, d, "2013")
    assert [(n.code, n.place) for n in published.not_kept(small.root, d)] == [("W228", "data/waves.toml, waves.2014")]


def test_keeping_the_same_again_writes_nothing(out):
    assert not published.keep(out.root, out.load().definitions, "2014")
    out.row("2014", 2, value="6.8")
    assert published.keep(out.root, out.load().definitions, "2014")


@pytest.mark.parametrize("number", ["1e999999999", "1e300", "-0", "6.900", "0.10", "nan", "x"])
def test_a_number_has_one_form_whatever_is_typed(number):
    assert len(published.plain(number)) < 400
    assert published.plain(published.plain(number)) == published.plain(number)


def test_a_copy_that_links_elsewhere_or_is_no_file_is_a_problem(out):
    out.row("2014", 2, value="6.8")
    out.path("published/2014.csv").unlink()
    out.path("published/2014.csv").mkdir()
    with pytest.raises(ProblemsError) as caught:
        published.differences(out.root, out.load().definitions, "2014")
    assert [p.code for p in caught.value.problems] == ["W227"]
