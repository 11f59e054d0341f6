"""The list of all statements."""

import pytest
from docutils import nodes
from page import book_with

from wavebook.pages.records import Record
from wavebook.pages.uses import live_link
from wavebook.pages.verdicts import Told, proof_id, proofs

APART = {"kind": "apart", "key": "grade@2014", "size": 0.2, "rounding": 0.1, "chance": None, "truth": True, "among": 1}
VERDICT = {
    "basis": "figures only",
    "parts": [{"said": "cijfer: in 2014 hoger dan in 2010", "closest": APART}],
    "figures": ["grade@2010", "grade@2014"],
    "facts": [],
    "absent": [],
}
WHOLE = (("Ja, ", ""), ("het cijfer steeg", "rises"), (", staat hier.", ""))


def claim(name="rises", outcome="holds", sentence=WHOLE, **more):
    return Record("claim", name, 1, "het cijfer steeg", outcome=outcome, sentence=sentence, **{"keys": ("k",)} | more)


def listed(loaded, *records, **verdicts):
    book = book_with(loaded, claims={"rises": VERDICT} | verdicts)
    return proofs([Told("een", "een.html", "Een", records)], book)


def items(loaded, *records, **verdicts):
    """The items of the list: sentence, and rows (name, lines)."""
    found = []
    for item in (item for part in listed(loaded, *records, **verdicts) for item in part.findall(nodes.list_item)):
        rows = {
            pair[0].astext(): [line.astext() for line in pair[1].children]
            for pair in item.findall(nodes.definition_list_item)
        }
        found.append((item.children[0].astext(), rows))
    return found


def test_a_whole_sentence_comes_with_its_test_the_figures_and_the_verdict(loaded):
    assert items(loaded, claim()) == [
        (
            "Ja, het cijfer steeg, staat hier.",
            {
                "Toets": [
                    "Cijfer: in 2014 hoger dan in 2010 (verschil 0,2 punt; afronding scheelt hooguit 0,1)",
                ],
                "Cijfers": ["Cijfer: 6,7 (2010), 6,9 (2014)"],
                "Uitkomst": ["Klopt, ook met afronding; foutmarge onbekend"],
            },
        )
    ]


def test_the_tested_words_lead_to_their_place_and_the_item_has_an_address(loaded):
    made = listed(loaded, claim())
    (link,) = (n for part in made for n in part.findall(nodes.reference) if not isinstance(n, live_link))
    assert (link["refuri"], link.astext()) == ("een.html#rises", "het cijfer steeg")
    (item,) = (n for part in made for n in part.findall(nodes.list_item))
    assert item["ids"] == [proof_id("een", "rises")]


def test_each_figure_leads_to_its_row_and_has_a_panel(loaded):
    links = [n for part in listed(loaded, claim()) for n in part.findall(live_link)]
    assert [(n.astext(), n.use.anchor) for n in links] == [("6,7", "grade-2010"), ("6,9", "grade-2014")]
    assert all("Rapportcijfer" in n.use.panel[1] for n in links)


def test_statements_of_one_sentence_are_told_together(loaded):
    sentence = (("Het steeg", "rises"), (" en ", ""), ("daalde", "falls"), (".", ""))
    rows = (claim(sentence=sentence), claim("falls", sentence=sentence), claim(sentence=(("Los.", "rises"),)))
    made = items(loaded, *rows, falls=VERDICT)
    assert [sentence for sentence, _ in made] == ["Het steeg en daalde.", "Los."]


@pytest.mark.parametrize(
    ("key", "test"),
    [("grade", "Cijfer: in 2014 hoger dan in 2010"), ("share.no", "Antwoord (nee): in 2014 lager dan in 2010")],
)
def test_a_word_for_a_direction_comes_with_the_test_that_chose_it(loaded, key, test):
    word = Record("trend", f"hoger<{key}>", 1, "hoger", sentence=(("Het is ", ""), ("hoger", "trend-een-1"), (".", "")))
    ((said, rows),) = items(loaded, word)
    assert said == "Het is hoger."
    assert rows["Toets"][0].startswith(test)
    assert rows["Uitkomst"] == ["Klopt, ook met afronding; foutmarge onbekend"]


def test_how_many_are_tested_and_how_many_are_of_a_source_is_counted(loaded):
    reported = Record("reported", "report,elsewhere", 1, "klanten zijn blij", sentence=(("Blij.", "reported-een-1"),))
    first, *_ = listed(loaded, claim(), reported, claim("other", sentence=(("Nog een.", "other"),)))
    assert first.astext() == "Getoetste zinnen: 2. Zinnen van een bron, die wij niet toetsen: 1."
    (said,) = items(loaded, reported)
    rows = {"Bron": ["Jansen, 2015; elsewhere"], "Uitkomst": ["niet getoetst: zo zegt de bron het"]}
    assert said == ("Blij.", rows)


def test_figures_come_by_series_and_facts_with_their_day_and_what_no_source_gives_is_named(loaded):
    verdict = VERDICT | {"figures": ["share.no@2014", "grade@2010", "share.yes@2014", "grade@2014"]}
    assert items(loaded, claim(), rises=verdict)[0][1]["Cijfers"] == [
        "Antwoord (nee): 70% (2014)",
        "Cijfer: 6,7 (2010), 6,9 (2014)",
        "Antwoord (ja): 14% (2014)",
    ]
    verdict |= {"figures": [], "facts": ["towns"], "absent": ["share.maybe@2010", "share.maybe@2013"]}
    assert items(loaded, claim(), rises=verdict)[0][1]["Cijfers"] == [
        "Gemeenten: 39 van de 393 (augustus 2015)",
        "Niet bekend: 2010 en 2013",
    ]
    (told,) = items(loaded, claim(), rises=verdict | {"facts": [], "absent": ["share.maybe@2014"]})[0][1]["Cijfers"]
    assert told.startswith("Niet bekend: antwoord")
    assert "2014" not in told


@pytest.mark.parametrize(
    ("outcome", "changed", "told"),
    [
        ("holds", {"basis": "measured"}, "Klopt, ook als toeval meetelt (foutmarge gemeten)"),
        ("holds", {"basis": "declared"}, "Klopt, ook als toeval meetelt (foutmarge afgeleid)"),
        ("holds", {"basis": "exact"}, "Klopt (geen steekproef)"),
        ("holds", {"parts": [{"said": "s", "closest": None}]}, "Klopt (foutmarge onbekend)"),
        ("holds", {"parts": [{"said": "s", "closest": APART | {"truth": None}}]}, "Klopt (foutmarge onbekend)"),
        ("holds", {"figures": []}, "Klopt"),
        ("fails", {}, "Klopt niet met de cijfers (foutmarge onbekend)"),
        ("open", {"figures": []}, "Niet te toetsen"),
        ("not certain", {"basis": "measured"}, "Niet zeker: kan toeval zijn (foutmarge gemeten)"),
    ],
)
def test_the_verdict_says_what_it_takes_into_account(loaded, outcome, changed, told):
    (item,) = items(loaded, claim(outcome=outcome), rises=VERDICT | changed)
    assert item[1]["Uitkomst"] == [told]


def test_a_statement_that_nothing_tests_has_its_words_and_a_verdict(loaded):
    assert items(loaded, claim("unknown", "open", (), keys=())) == [
        ("Het cijfer steeg", {"Uitkomst": ["Niet te toetsen"]})
    ]
