"""What Chromium leaves open in a PDF is closed: decoration, links, tags, and what the file says of itself."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from wavebook.publish import tagging

ABOUT = tagging.About("Titel & <meer>", "nl", "Naar pagina {page}", author="Wij", released="2026-11-24")
DRAWN = b"""q 1 0 0 1 0 0 cm
/P <</MCID 0 >>BDC
BT (getagd) Tj ET
0 0 m 9 9 l S
EMC
BT /F1 8 Tf (voet \\) BDC) Tj ET
0 0 10 10 re W n
1 0 0 rg
0 0 10 10 re
f
/X1 Do
/X2 Do
Q
"""
INNER = b"BT (binnen) Tj ET\n"


def element(writer, tag, kids, **more):
    made = DictionaryObject({NameObject("/S"): NameObject(tag), NameObject("/K"): kids})
    made.update({NameObject(f"/{name}"): value for name, value in more.items()})
    return writer._add_object(made)


def stream(writer, content, kind=""):
    made = StreamObject()
    made.set_data(content)
    if kind:
        made[NameObject("/Subtype")] = NameObject(kind)
    return writer._add_object(made)


@pytest.fixture(scope="module")
def bare() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    page[NameObject("/Contents")] = stream(writer, DRAWN)
    drawn = DictionaryObject(
        {NameObject("/X1"): stream(writer, INNER, "/Form"), NameObject("/X2"): stream(writer, b"", "/Image")}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    uri = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://a.example/")}
    )
    links = [{NameObject("/A"): uri}, {NameObject("/Dest"): NameObject("/hier")}]
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(DictionaryObject(link)) for link in links])
    place = ArrayObject([page.indirect_reference, NameObject("/Fit")])
    writer.root_object[NameObject("/Dests")] = DictionaryObject({NameObject("/hier"): place})
    text = element(writer, "/NonStruct", NumberObject(0))
    objr = DictionaryObject({NameObject("/Type"): NameObject("/OBJR")})
    link = element(writer, "/NonStruct", ArrayObject([objr]))
    strong = element(writer, "/Strong", NumberObject(1))
    item = element(writer, "/LI", ArrayObject([element(writer, "/Lbl", NumberObject(2)), NumberObject(3), strong]))
    root = DictionaryObject({NameObject("/K"): ArrayObject([text, link, element(writer, "/L", ArrayObject([item]))])})
    writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(root)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def read(bare) -> PdfReader:
    return PdfReader(io.BytesIO(tagging.mended(bare, ABOUT)))


def test_what_is_drawn_outside_of_tags_is_decoration_and_all_is_still_drawn(read):
    drawn = read.pages[0]["/Contents"].get_object().get_data()
    assert (
        drawn.replace(b"/Artifact BMC\n", b"").replace(b"\nEMC\n", b"").split()
        == DRAWN.replace(b"\nEMC\n", b"").split()
    )
    assert b"(getagd) Tj ET\n0 0 m 9 9 l S\nEMC" in drawn
    assert b"/Artifact BMC\n(voet \\) BDC) Tj\nEMC" in drawn
    assert b"/Artifact BMC\n0 0 10 10 re\nf\nEMC" in drawn
    assert b"/Artifact BMC\n/X2 Do\nEMC" in drawn
    assert drawn.count(b"BMC") == 3


def test_what_is_drawn_by_a_stream_of_its_own_is_decoration_there(read):
    form = read.pages[0]["/Resources"]["/XObject"]["/X1"].get_object()
    assert form.get_data().split() == b"BT /Artifact BMC (binnen) Tj EMC ET".split()


def test_links_say_where_they_lead(read):
    links = [link.get_object()["/Contents"] for link in read.pages[0]["/Annots"]]
    assert links == ["https://a.example/", "Naar pagina 1"]


def test_tags_are_those_of_the_standard_in_places_where_they_may_be(read):
    root = read.trailer["/Root"]["/StructTreeRoot"]
    text, link, listed = (kid.get_object() for kid in root["/K"])
    assert (text["/S"], link["/S"]) == ("/P", "/Link")
    label, body = (kid.get_object() for kid in listed["/K"][0].get_object()["/K"])
    assert (label["/S"], body["/S"]) == ("/Lbl", "/LBody")
    assert body["/K"][0] == 3
    assert body["/K"][1].get_object()["/P"].get_object() == body
    assert root["/RoleMap"]["/Strong"] == "/Span"


def test_it_says_of_itself_what_it_is_and_no_more(read):
    assert read.xmp_metadata.dc_title == {"x-default": ABOUT.title}
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert (read.metadata.title, read.metadata.author) == (ABOUT.title, "Wij")
    assert read.metadata["/CreationDate"] == "D:20261124000000Z"


def test_the_same_pages_give_the_same_bytes(bare):
    assert tagging.mended(bare, ABOUT) == tagging.mended(bare, ABOUT)


def test_places_are_numbered_by_their_pages(bare):
    assert tagging.places(bare) == {"hier": 1}


PAGE = """<html lang="nl"><title>T</title>
<table><tr><th id="a">a<th id="b">b<tr><td headers="a">1<td headers="b a">2</table>
<p>x<table><tr><th>c<td>3<tr><th>d<td>4</table></html>"""
BUSY = "() => { for (let i = 0; i < 50; i++) document.body.append(document.createElement('i')); }"


@pytest.mark.browser
def test_what_a_browser_did_before_makes_no_difference(browser):
    made, bare = set(), set()
    for busy in (False, True):
        page = browser.new_page()
        for _ in range(3 if busy else 0):
            page.set_content(PAGE)
            page.evaluate(BUSY)
            page.pdf(tagged=True)
        page.set_content(PAGE)
        printed = page.pdf(tagged=True, outline=True)
        page.close()
        made.add(tagging.mended(printed, ABOUT))
        bare.update(re.findall(rb"/ID \((\w+)\)", printed))
    assert len(bare) > 6, "the browser numbers cells alike whatever it did; this test shows nothing"
    assert len(made) == 1
    root = PdfReader(io.BytesIO(*made)).trailer["/Root"]["/StructTreeRoot"]
    cells = {e["/ID"]: e for e, _ in tagging._elements(root, ()) if "/ID" in e}
    named = dict(zip(*[iter(root["/IDTree"]["/Kids"][0].get_object()["/Names"])] * 2, strict=True))
    assert [*cells] == [*named] == [f"n{number:08}" for number in range(1, 5)]
    assert all(named[name].get_object() == cell for name, cell in cells.items())
    headers = [a["/Headers"] for e, _ in tagging._elements(root, ()) for a in e.get("/A", []) if "/Headers" in a]
    assert headers == [["n00000001"], ["n00000002"], ["n00000003"], ["n00000004"]]
