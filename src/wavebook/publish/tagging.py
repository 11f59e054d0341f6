"""What PDF/UA asks of a PDF and Chromium leaves out: metadata, what is decoration, descriptions of links, known tags.

Chromium tags what it prints. It leaves open what the lines and numbers around a page are, names tags that the standard
does not know, puts the text of lists where it may not be, and describes no link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

# Elements of the standard, for those that Chromium takes from HTML.
_KNOWN = {"/Strong": "/Span", "/Em": "/Span", "/Sub": "/Span", "/Sup": "/Span"}
# Elements that hold text of their own; in others, text is a paragraph.
_HOLD_TEXT = {"/P", "/Caption", "/TD", "/TH", "/Link", "/Lbl", "/LBody", "/Figure", "/Formula", "/Code", "/Note"}
_HOLD_TEXT |= {f"/H{level}" for level in range(1, 7)}
# Of a stream that Chromium writes: strings, names, numbers and operators; it has no picture within.
_TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|<<|>>|/[^\s/<>\[\]()]*|[\[\]]|[^\s/<>\[\]()]+", re.DOTALL)
_OPERATOR = re.compile(rb"[A-Za-z][A-Za-z0-9]*\*?|['\"]")
_PATH = {b"m", b"l", b"c", b"v", b"y", b"h", b"re", b"W", b"W*"}
_PAINT = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_SHOW = {b"Tj", b"TJ", b"'", b'"', b"sh"}
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class About:
    """What a PDF says of itself; ``released`` is a day, or empty, and ``to_page`` describes a link to ``{page}``."""

    title: str
    language: str
    to_page: str
    author: str = ""
    subject: str = ""
    released: str = ""


def places(pdf: bytes) -> dict[str, int]:
    """The number of the page that each place in the document is on, by the place's name."""
    return _places(PdfReader(io.BytesIO(pdf)))


def _places(reader: PdfReader) -> dict[str, int]:
    numbers = ((name, reader.get_destination_page_number(place)) for name, place in reader.named_destinations.items())
    return {name.removeprefix("/"): number + 1 for name, number in numbers if number is not None}


def mended(pdf: bytes, about: About) -> bytes:
    """The same PDF with what PDF/UA asks for; it holds nothing of the moment at which it was made."""
    reader = PdfReader(io.BytesIO(pdf))
    at, writer = _places(reader), PdfWriter(clone_from=reader)
    writer.pdf_header = "%PDF-1.7"
    for page in writer.pages:
        _mark_decoration(writer, page)
        for annotation in _annotations(page):
            annotation[NameObject("/Contents")] = TextStringObject(_told(annotation, at, about))
    _mend_structure(writer.root_object["/StructTreeRoot"])
    _number(writer.root_object["/StructTreeRoot"])
    _describe(writer, about)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _describe(writer: PdfWriter, about: About) -> None:
    """Write the title and the rest for those who look in the file's properties, and for programs."""
    told = {name: escape(getattr(about, name)) for name in ("title", "author", "subject", "language")}
    xmp = DecodedStreamObject()
    xmp.set_data(_XMP.format(**told).encode())
    xmp.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)  # noqa: SLF001  (pypdf has no other way)
    known = {"/Title": about.title, "/Author": about.author, "/Subject": about.subject, "/Producer": "Chromium, pypdf"}
    if about.released:
        known["/CreationDate"] = known["/ModDate"] = f"D:{about.released.replace('-', '')}000000Z"
    writer.metadata = {name: text for name, text in known.items() if text}


# --- links --------------------------------------------------------------------------------------------------------


def _annotations(page: Any) -> Iterator[Any]:
    for annotation in page.get("/Annots", ArrayObject()).get_object():
        yield annotation.get_object()


def _told(annotation: Any, at: dict[str, int], about: About) -> str:
    """The place that a link leads to: an address, or a page."""
    action = annotation.get("/A", DictionaryObject()).get_object()
    if "/URI" in action:
        return str(action["/URI"])
    place = str(annotation.get("/Dest", action.get("/D", ""))).removeprefix("/")
    return about.to_page.format(page=at[place]) if place in at else about.title


# --- decoration ---------------------------------------------------------------------------------------------------


def _mark_decoration(writer: PdfWriter, page: Any) -> None:
    """Mark all that a page draws outside of its tags as decoration: its number, title and lines."""
    content = page["/Contents"].get_object()
    parts = content if isinstance(content, ArrayObject) else [content]
    marked = StreamObject()
    marked.set_data(_mark_all(b"\n".join(part.get_object().get_data() for part in parts), page))
    page[NameObject("/Contents")] = writer._add_object(marked.flate_encode())  # noqa: SLF001  (pypdf has no other way)


def _mark_all(content: bytes, holder: Any) -> bytes:
    """Mark what a stream draws outside of its tags, also by a stream of its own."""
    drawn: Any = (
        holder.get("/Resources", DictionaryObject()).get_object().get("/XObject", DictionaryObject()).get_object()
    )
    forms = {name.encode(): form for name in drawn if (form := drawn[name].get_object()).get("/Subtype") == "/Form"}
    marked, bare = _marked(content, {*forms})
    for name in bare:
        inner = forms[name].get_data()
        if (again := _mark_all(inner, forms[name])) != inner:
            forms[name].set_data(again)
    return marked


def _marked(content: bytes, forms: set[bytes]) -> tuple[bytes, set[bytes]]:
    """Mark what a stream draws itself outside of its tags; with the names of the ``forms`` that it draws there."""
    depth, start, path, last, done, made = 0, -1, -1, b"", 0, bytearray()
    bare: set[bytes] = set()
    for match in _TOKEN.finditer(content):
        token = match[0]
        if not _OPERATOR.fullmatch(token):
            start, last = (match.start() if start < 0 else start), token
            continue
        start = match.start() if start < 0 else start
        depth += (token in (b"BMC", b"BDC")) - (token == b"EMC")
        if depth == 0 and token == b"Do" and last in forms:
            bare.add(last)
        drawn = token in _SHOW or (path >= 0 and token in _PAINT) or (token == b"Do" and last not in forms)
        if depth == 0 and drawn:
            begin = path if token in _PAINT else start
            made += content[done:begin] + b"/Artifact BMC\n" + content[begin : match.end()] + b"\nEMC\n"
            done = match.end()
        path = (start if path < 0 else path) if token in _PATH else -1
        start = -1
    return bytes(made + content[done:]), bare


# --- structure ----------------------------------------------------------------------------------------------------


def _mend_structure(root: Any) -> None:
    """Give every element a tag that the standard knows, in a place where it may be."""
    known = {NameObject(name): NameObject(as_) for name, as_ in _KNOWN.items()}
    root[NameObject("/RoleMap")] = DictionaryObject(known)
    for element, around in list(_elements(root, ())):
        if _is_link(element):
            element[NameObject("/S")] = NameObject("/Link")
        elif (
            element["/S"] == "/NonStruct" and _has_text(element) and not _HOLD_TEXT & {*around} and "/LI" not in around
        ):
            element[NameObject("/S")] = NameObject("/P")
        if element["/S"] == "/LI":
            _wrap(element)


def _number(root: Any) -> None:
    """Number the elements that others refer to, as cells do to their headings, in the order of the document.

    Chromium's own numbers depend on all else that it did before, and on how fast.
    """
    elements = [element for element, _ in _elements(root, ())]
    named = [element for element in elements if "/ID" in element]
    new = {str(element["/ID"]): TextStringObject(f"n{number:08}") for number, element in enumerate(named, 1)}
    for element in named:
        element[NameObject("/ID")] = new[str(element["/ID"])]
    for element in elements:
        about = element.get("/A", ArrayObject()).get_object()
        for told in about if isinstance(about, ArrayObject) else [about]:
            if "/Headers" in (attributes := told.get_object()):
                headers = (new[str(name)] for name in attributes["/Headers"] if str(name) in new)
                attributes[NameObject("/Headers")] = ArrayObject(headers)
    if "/IDTree" in root:
        _fill(root["/IDTree"].get_object(), iter([(element["/ID"], element.indirect_reference) for element in named]))


def _fill(tree: Any, pairs: Iterator[tuple[Any, Any]]) -> list[Any]:
    """Fill the names of a tree anew, in the same places; return its first and its last name."""
    if "/Kids" in tree:
        limits = [name for kid in tree["/Kids"] for name in _fill(kid.get_object(), pairs)]
    else:
        own = list(islice(pairs, len(tree["/Names"]) // 2))
        tree[NameObject("/Names")] = ArrayObject(part for pair in own for part in pair)
        limits = [name for name, _ in own]
    if "/Limits" in tree:
        tree[NameObject("/Limits")] = ArrayObject([limits[0], limits[-1]])
    return [limits[0], limits[-1]]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", ArrayObject()).get_object()
    return list(kids) if isinstance(kids, ArrayObject) else [element.raw_get("/K")] if "/K" in element else []


def _elements(element: Any, around: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """All elements below one, each with the tags around it."""
    for kid in _kids(element):
        inner = kid.get_object()
        if isinstance(inner, DictionaryObject) and "/S" in inner:
            yield inner, around
            yield from _elements(inner, (*around, str(inner["/S"])))


def _has_text(element: Any) -> bool:
    return any(
        isinstance(kid.get_object(), NumberObject) or kid.get_object().get("/Type") == "/MCR" for kid in _kids(element)
    )


def _is_link(element: Any) -> bool:
    """Tell whether a link of the page belongs to an element."""
    return any(
        isinstance(inner := kid.get_object(), DictionaryObject) and inner.get("/Type") == "/OBJR"
        for kid in _kids(element)
    )


def _wrap(item: Any) -> None:
    """Put what an item of a list holds, but for its number or dot, in its body."""
    kids = _kids(item)
    inner = [kid for kid in kids if _tag(kid) not in ("/Lbl", "/LBody")]
    if not inner:
        return
    own = item.indirect_reference
    body = DictionaryObject({NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/LBody")})
    body[NameObject("/P")], body[NameObject("/K")] = own, ArrayObject(inner)
    if "/Pg" in item:
        body[NameObject("/Pg")] = item.raw_get("/Pg")
    reference = own.pdf._add_object(body)  # noqa: SLF001  (pypdf has no other way)
    for kid in inner:
        if _tag(kid):
            kid.get_object()[NameObject("/P")] = reference
    item[NameObject("/K")] = ArrayObject([*(kid for kid in kids if _tag(kid) in ("/Lbl", "/LBody")), reference])


def _tag(kid: Any) -> str:
    inner = kid.get_object()
    return str(inner.get("/S", "")) if isinstance(inner, DictionaryObject) else ""
