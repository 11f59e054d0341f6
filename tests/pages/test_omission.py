"""Leaving sentences out, so that what remains is whole: many shapes of text, each with what readers then see."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.docutils_ import Parser

from wavebook.pages.omission import leave_out, settle
from wavebook.pages.records import Record
from wavebook.pages.uses import Use, live, statement

SETTINGS = {
    "myst_enable_extensions": ["attrs_inline", "deflist", "colon_fence"],
    "report_level": 5,
    "doctitle_xform": False,
}


def page(text: str, fails: str = "", *, about_segment: bool = True):
    """A page of which the named statements fail, ``[x]{.live}`` is a number, ``[x]{.missing}`` one not there."""
    document = publish_doctree(text, parser=Parser(), settings_overrides=SETTINGS)
    noted = []
    for node in list(document.findall(nodes.inline)):
        kind = next((c for c in node["classes"] if c in ("claim", "else", "live", "missing")), "")
        if not kind:
            continue
        name = (node["names"] or node["ids"] or [""])[0]
        use = Use(kind, name, number=len(noted), unfit=name in fails.split() or kind == "missing")
        made = (live if kind in ("live", "missing") else statement)("", "", *node.children, **node.attributes, use=use)
        node.replace_self(made)
        document.ids.update(dict.fromkeys(node["ids"], made))
        noted.append(Record(kind, name, 1, reason="because"))
    found = leave_out(document, "nl", about_segment=about_segment, bare=list)
    return document, found, settle(noted, found)


def left(text: str, fails: str = "", **edition) -> str:
    document, found, _ = page(text, fails, **edition)
    assert not found.problems
    return " ".join(document.astext().split())


HOLDS = "[De waardering steeg.]{.claim #steeg}"
FALLS = "[De waardering daalde.]{.else #daalde}"
SAME = "[De waardering bleef gelijk.]{.else #gelijk}"


@pytest.mark.parametrize(
    ("text", "fails", "shown"),
    [
        # what holds stays, whatever stands around it
        (f"Eerst. {HOLDS} Daarna.", "", "Eerst. De waardering steeg. Daarna."),
        # a statement goes with its whole sentence
        (f"Eerst. {HOLDS} Daarna.", "steeg", "Eerst. Daarna."),
        ("Dat is klein, en [de weg liep recht]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Eerst. [In 2009 zakte het]{.claim #x} naar een zes. Daarna.", "x", "Eerst. Daarna."),
        ("Eerst. Toen [zakte het]{.claim #x}, en [stond het stil]{.claim #y}. Daarna.", "y", "Eerst. Daarna."),
        ("Wie, zei hij: [het daalt]{.claim #x}; niemand. Daarna.", "x", "Daarna."),
        # the first and the last of a paragraph leave no space behind
        (f"{HOLDS} Daarna.", "steeg", "Daarna."),
        (f"Eerst. {HOLDS}", "steeg", "Eerst."),
        # a number that is not there takes its sentence along
        ("Eerst. Het is een [x?]{.missing} nu. Daarna.", "", "Eerst. Daarna."),
        ("Het is **[x?]{.missing}**, en *meer*. Daarna.", "", "Daarna."),
        # an alternative stands in for what does not hold, and only then
        (f"{HOLDS} {FALLS} Daarna.", "steeg", "De waardering daalde. Daarna."),
        (f"{HOLDS} {FALLS} Daarna.", "", "De waardering steeg. Daarna."),
        (f"{HOLDS} {FALLS} Daarna.", "steeg daalde", "Daarna."),
        (f"{HOLDS} {FALLS} {SAME} Daarna.", "steeg daalde", "De waardering bleef gelijk. Daarna."),
        (f"{HOLDS} {FALLS} {SAME} Daarna.", "steeg", "De waardering daalde. Daarna."),
        (f"{HOLDS} {FALLS} {SAME} Daarna.", "gelijk daalde", "De waardering steeg. Daarna."),
        ("Nu [gaat het op]{.claim #x}. [Nu gaat het neer]{.else #y}. Daarna.", "x", "Nu gaat het neer. Daarna."),
        (f"Het is een [x?]{{.missing}}. {FALLS} Daarna.", "", "De waardering daalde. Daarna."),
        ("[Op. Omhoog.]{.claim #x} [Neer. Omlaag.]{.else #y} Daarna.", "x", "Neer. Omlaag. Daarna."),
        ("[Het was op.]{.claim #x} [Het was [x?]{.missing} neer.]{.else #y} Daarna.", "x", "Daarna."),
        # what ends no sentence
        ("Dat is n.v.t. Het, zegt hij bijv. in [dit]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Het gaat o.a. Utrecht [aan]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Dr. J. Jansen [wint]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Zie blz. 5 voor [meer]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Een 6.5 of 7.0 is [hoog]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Op www.overheid.nl staat [meer]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Hij vroeg: “Hoe dan? Waarom?” en [ging]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Hij (de eerste. De beste) [ging]{.claim #x}. Daarna.", "x", "Daarna."),
        ("Eerst… en [toen]{.claim #x}. Daarna.", "x", "Daarna."),
        # and what does
        ("Eerst? [Ja!]{.claim #x} ’s Ochtends niet.", "x", "Eerst? ’s Ochtends niet."),
        ("In 2010. [Toen.]{.claim #x} [52]{.live} procent belt.", "x", "In 2010. 52 procent belt."),
        ("Hij zei: “Het is op.” [Dat klopt.]{.claim #x} “Ja.”", "x", "Hij zei: “Het is op.” “Ja.”"),
        ("Het heet ‘zo’. [Dat klopt.]{.claim #x} Ja.", "x", "Het heet ‘zo’. Ja."),
        # the same words twice: only the one that is marked goes
        ("Ja en [x]{.live} en ja. Nee en [x?]{.missing} en ja. Ja.", "", "Ja en x en ja. Ja."),
        # nested emphasis
        ("Eerst. *Het [is **heel** hoog]{.claim #x} nu.* Daarna.", "x", "Eerst. Daarna."),
        ("*Eerst. [Het is hoog.]{.claim #x}* Daarna.", "x", "Eerst. Daarna."),
        # a link goes whole
        ("Zie [dit. En dat](https://example.org) voor [meer]{.claim #x}. Daarna.", "x", "Daarna."),
    ],
)
def test_what_remains_is_whole_sentences(text, fails, shown):
    assert left(text, fails) == shown


def test_other_editions_leave_out_the_alternatives_alone():
    assert (
        left(f"{HOLDS} {FALLS} {SAME} Daarna.", "daalde gelijk", about_segment=False) == "De waardering steeg. Daarna."
    )
    assert left(f"{HOLDS} Daarna.", "steeg", about_segment=False) == "De waardering steeg. Daarna."


def test_a_sentence_may_be_for_editions_about_a_segment_only():
    text = "Eerst. [Hier is het hoger.]{.claim .segment #hoger} [Hier is het lager.]{.else #lager} Daarna."
    assert left(text, about_segment=False) == "Eerst. Daarna."
    assert left(text) == "Eerst. Hier is het hoger. Daarna."
    assert left(text, "hoger") == "Eerst. Hier is het lager. Daarna."


@pytest.mark.parametrize(
    ("text", "fails", "shown"),
    [
        # an item goes with its first sentence, and loses any other
        ("- een [x?]{.missing}. Meer.\n- twee.", "", "twee."),
        ("- een. [Meer.]{.claim #x} Nog.\n- twee.", "x", "een. Nog. twee."),
        ("- **[x?]{.missing}**\n  is het cijfer.\n- twee.", "", "twee."),
        ("- een [x?]{.missing}.\n\n  - onder.\n- twee.", "", "twee."),
        # what leads up to nothing goes too
        ("Wij zien:\n\n- een [x?]{.missing}.\n\nDaarna.", "", "Daarna."),
        ("Eerst. Wij zien:\n\n- een [x?]{.missing}.\n\nDaarna.", "", "Eerst. Daarna."),
        # rows
        ("| wat | hoe |\n|---|---|\n| een | [x?]{.missing} |\n| twee | 2 |", "", "wat hoe twee 2"),
        ("Tabel:\n\n| wat | hoe |\n|---|---|\n| een | [x?]{.missing} |\n\nDaarna.", "", "Daarna."),
        ("| wat |\n|---|\n| [Op.]{.claim #x} [Neer.]{.else #y} |", "x", "wat Neer."),
        # definitions
        ("een\n: is [x?]{.missing}.\n\ntwee\n: is b.", "", "twee is b."),
        # boxes and quotes
        (":::{note}\nHet is [x?]{.missing}.\n:::\n\nDaarna.", "", "Daarna."),
        ("> Het is [x?]{.missing}.\n\nDaarna.", "", "Daarna."),
        # headings: their text joins what comes before
        ("# Titel\n\nEen.\n\n## [Op]{.claim #x}\n\nTwee.\n\n## Drie\n\nVier.", "x", "Titel Een. Twee. Drie Vier."),
        ("# Titel\n\n## Nul\n\nEen.\n\n## [Op]{.claim #x}\n\nTwee.", "x", "Titel Nul Een. Twee."),
        ("# Titel\n\n## [Op]{.claim #x} [Neer]{.else #y}\n\nTwee.", "x", "Titel Neer Twee."),
        ("# Titel\n\nEen.\n\n## Leeg\n\nHet is [x?]{.missing}.\n\n## Drie\n\nVier.", "", "Titel Een. Drie Vier."),
    ],
)
def test_what_is_nothing_without_a_sentence_goes_with_it(text, fails, shown):
    assert left(text, fails) == shown


def test_text_under_a_heading_that_went_lies_in_the_section_before():
    document, _, _ = page("# T\n\n## A\n\nEen.\n\n## [Op]{.claim #x}\n\nTwee.\n\n### Onder\n\nDrie.", "x")
    (section,) = [s for s in document.findall(nodes.section) if s.children[0].astext() == "A"]
    assert section.astext().split() == ["A", "Een.", "Twee.", "Onder", "Drie."]
    assert [n["ids"] for n in section.findall(nodes.target)] == [["op"]]  # links to it still lead there


def test_a_page_needs_its_title():
    _, found, _ = page("# [Op]{.claim #x}\n\nTwee.", "x")
    assert [code for _, code, _ in found.problems] == ["W417"]
    assert not page("# [Op]{.claim #x} [Neer]{.else #y}\n\nTwee.", "x")[1].problems


@pytest.mark.parametrize(
    "text",
    [
        "Het is goed, en [het steeg]{.claim #a} [het daalde]{.else #b}.",
        "[Het steeg.]{.claim #a} [Het daalde]{.else #b}, zeker.",
        "[Het daalde.]{.else #b}",
        "Gewoon een zin. [Het daalde.]{.else #b}",
        "[Het steeg.]{.claim #a}\n\n[Het daalde.]{.else #b}",
    ],
)
@pytest.mark.parametrize("about_segment", [True, False])
def test_an_alternative_that_would_leave_half_a_sentence_is_refused(text, about_segment):
    _, found, _ = page(text, about_segment=about_segment)
    assert [code for _, code, _ in found.problems] == ["W416"]


def test_records_say_what_went_and_what_came_instead():
    _, _, (first, second) = page(f"{HOLDS} {FALLS}", "steeg")
    assert (first.left_out, first.instead, second.left_out) == ("De waardering steeg.", "De waardering daalde.", "")
    _, _, (first, second) = page(f"{HOLDS} {FALLS}", "")
    assert (first.left_out, second.left_out) == ("", "De waardering daalde.")
