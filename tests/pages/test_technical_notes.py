"""How each wave was measured, as far as it is known, for readers and for programs."""

import pytest
from docutils import nodes
from page import Page, book_with
from sphinx import addnodes

from wavebook.definitions import load_definitions
from wavebook.pages import technical_notes
from wavebook.pages.uses import live

KNOWN = """[waves.2014]
report = "report"
mode = { nl = "online", en = "online" }
population = { nl = "18 en ouder", en = "18 and over" }
panel = "Panel Noord"
fieldwork = ["2014-10-06", "2014-11-30"]
drawn = 9000
screened = 6000
responded = 1500
weighting = { nl = "naar leeftijd", en = "by age" }
questionnaire = "vragen.pdf"
"""
ASKED = (
    "how people were asked, on which days people were asked, how many people were invited, how many people took part, "
)


@pytest.fixture
def known(small):
    """The small book, of whose newest wave everything is known."""
    small.edit("waves.toml", "[waves.2014]\n", KNOWN)
    small.edit("references.bib", "title = {Het rapport}", "title = {Het *rapport*}, langid = {dutch}")
    (small.root / "book").mkdir(exist_ok=True)
    (small.root / "book" / "vragen.pdf").write_bytes(b"%PDF")
    return small


def noted(book, text="", language="nl", **edition):
    """A page with the notes on waves, read."""
    figures = book.load(language=language, **edition)
    return Page(book_with(figures, book.root), book.root / "book", f"```{{notes}} {text}\n```")


def rows(page, section=0):
    """What a note of the page tells."""
    (listed,) = list(page.all(nodes.section)[section].findall(nodes.definition_list))
    return {item[0].astext(): item[1].astext() for item in listed}


def unknown(page):
    """The paragraphs that say what is not known."""
    return [p.astext() for p in page.all(nodes.paragraph) if "we do not know" in p.astext()]


def test_a_note_tells_what_is_known_in_readers_words(known):
    page = noted(known)
    told = rows(page)
    assert page.problems == []
    assert [section[0].astext() for section in page.all(nodes.section)] == [
        *("2014 (derde)", "2013 (tweede)", "2010 (nulmeting)"),
    ]
    told.pop("Rapport")  # its citation is Sphinx's
    assert told == {
        "Uitgevoerd door": "Twee",
        "In opdracht van": "wij",
        "Wie konden meedoen": "18 en ouder",
        "Manier van vragen": "online",
        "Panel": "Panel Noord",
        "Veldwerk": "6 oktober 2014 tot en met 30 november 2014",
        "Uitgenodigd": "9.000 mensen",
        "Korte vragenlijst vooraf": "6.000 mensen",
        "Deelgenomen": "1.500 mensen",
        "Respons": "17%",
        "Weging": "naar leeftijd",
        "Vragenlijst": "download de vragenlijst",
        "Breuk in de reeks": "Tussen 2013 en 2014: ander bureau",
    }


def test_whole_months_of_fieldwork_have_their_names_and_a_declared_response_its_decimals(known):
    known.edit("waves.toml", '["2014-10-06", "2014-11-30"]', '"2014-10..2014-11"')
    known.edit("waves.toml", "drawn = 9000", "response = 16.5")
    told = rows(noted(known, language="en"))
    assert told["Fieldwork"] == "October 2014 to November 2014"
    assert (told["Response rate"], told.get("Invited")) == ("16.5%", None)


def test_what_is_unknown_of_all_or_of_some_waves_is_told_once(small):
    page = noted(small, language="en")
    told = unknown(page)
    everything = f"who exactly could take part, {ASKED}how the answers were weighted and exactly how the questions were"
    assert told == [f"Of these waves we do not know: {everything} worded."]


def test_what_is_known_of_one_wave_is_unknown_of_the_others_only(known):
    known.edit("waves.toml", "screened = 6000\n", "")
    known.edit("waves.toml", "responded = 1500\n", "")
    (told,) = unknown(noted(known, language="en"))
    assert told.startswith(
        "Of these waves we do not know: how many people took part. Of 2010 and 2013 we do not know: who"
    )
    (alone,) = unknown(noted(known, "2014", "en"))
    assert alone == "Of 2014 we do not know: how many people took part."


def test_a_denied_break_gives_its_reason(small):
    small.edit("waves.toml", '[[breaks]]\nfrom = 2013\nto = 2014\nkind = "noted"', "[[same]]\nfrom = 2013\nto = 2014")
    small.write("waves.toml", small.path("waves.toml").read_text() + 'despite = ["bureau"]\n')
    assert rows(noted(small))["Geen breuk in de reeks"] == "Tussen 2013 en 2014: ander bureau"


def test_a_break_for_some_indicators_names_them(small):
    small.edit("waves.toml", 'bureau = "Twee"', 'bureau = "Een"')
    small.edit("waves.toml", 'kind = "noted"', 'kind = "noted"\nindicators = ["grade"]')
    assert rows(noted(small))["Breuk in de reeks"] == "Tussen 2013 en 2014: ander bureau (cijfer)"


def test_notes_are_of_the_waves_named_and_of_no_later_ones(known):
    assert len(noted(known, wave="2013").all(nodes.section)) == 2
    assert len(noted(known, "2010, wave").all(nodes.section)) == 2
    (problem,) = noted(known, "2011").problems
    assert problem.startswith("W401 book/index.md:1: there is no wave 2011")


@pytest.mark.parametrize("named", ["vraag.pdf", "../geheim.pdf"])
def test_a_questionnaire_that_is_not_in_the_book_is_a_problem(known, named):
    (known.root / "geheim.pdf").write_bytes(b"%PDF")
    known.edit("waves.toml", '"vragen.pdf"', f'"{named}"')
    page = noted(known)
    assert page.problems == [f"W223 data/waves.toml, waves.2014.questionnaire: there is no file {named} in book/"]
    assert not page.all(addnodes.download_reference)
    assert noted(known, wave="2013").problems == []


def test_a_questionnaire_leads_to_its_file_or_address(known):
    (link,) = noted(known).all(addnodes.download_reference)
    assert link["reftarget"] == "vragen.pdf"
    known.edit("waves.toml", '"vragen.pdf"', '"https://voorbeeld.example/vragen"')
    assert [r["refuri"] for r in noted(known).all(nodes.reference) if "refuri" in r] == [
        "https://voorbeeld.example/vragen"
    ]


@pytest.mark.parametrize(
    ("wave", "language", "line"),
    [
        ("2014", "nl", "Twee, *Het rapport*, in opdracht van wij; eerdere metingen Een"),
        ("2014", "en", "Twee, *Het rapport*, commissioned by we; earlier waves by Een"),
        ("2013", "nl", "Een, in opdracht van wij"),
    ],
)
def test_the_foot_of_a_page_names_the_report_of_its_wave(known, wave, language, line):
    assert technical_notes.source_line(load_definitions(known.root), wave, language) == line


def test_a_credit_marks_a_title_in_another_language_and_follows_the_edition(known):
    def shown(language, text, **edition):
        figures = known.load(language=language, **edition)
        page = Page(book_with(figures, known.root), known.root / "book", f"{{credit}}`{text}`")
        return page.problems, page.all(live)[0]

    problems, credit = shown("en", "wave")
    assert (problems, credit.astext()) == ([], "Twee, Het *rapport*, commissioned by we")
    assert credit.children[2]["classes"] == ["language-nl"]
    assert shown("nl", "wave")[1].children[2]["classes"] == []
    assert shown("nl", "wave", wave="2013")[1].astext() == "Een, in opdracht van wij"
    assert shown("nl", "2011")[0] == [
        "W401 book/index.md:1: there is no wave 2011; the waves are wave, baseline, previous, latest, 2010, 2013, 2014"
    ]


def test_programs_get_numbers_as_numbers_days_as_days_and_nothing_unknown(known):
    figures = known.load(language="en")
    told = technical_notes.plain(figures, "2014")
    assert told["fieldwork"] == {"start": "2014-10-06", "end": "2014-11-30"}
    assert (told["drawn"], told["responded"], told["response"]) == (9000, 1500, 16.7)
    assert told["report"] == {"title": "Het *rapport*"}
    assert "questionnaire" not in told
    assert technical_notes.plain(figures, "2010") == {
        **{"wave": 2010, "bureau": "Een", "client": "we"},
        "source": {"title": "Het *rapport*"},
    }
