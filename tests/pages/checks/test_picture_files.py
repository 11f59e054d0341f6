"""Files of pictures: the room they get on a page, and which are too large for readers."""

import struct
import zlib

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.pages.checks import picture_files
from wavebook.pages.checks.markup import MarkupTransform

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><path d="M0 0h9v9z"/></svg>'


def png(width, height):
    """The beginning of a PNG of that size, which is all that is looked at."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "book" / "kaart.png"
    path.parent.mkdir()
    path.write_bytes(png(640, 480))
    return path


@pytest.mark.parametrize(
    ("given", "room"),
    [
        (("", ""), ("640", "480")),
        (("200", ""), ("200", "150")),
        (("200px", ""), ("200", "150")),
        (("", "30px"), ("40", "30")),
        (("50%", ""), ("50%", "")),
        (("12em", ""), ("12em", "")),
        (("10", "10"), ("10", "10")),
    ],
)
def test_a_picture_has_its_room_before_it_is_there(picture, given, room):
    assert picture_files.fitting(picture, *given) == room


@pytest.mark.parametrize(
    "content", [b"", b"x", SVG.format('width="100%" viewBox="0 0 4 2"').encode(), png(0, 0), png(640, 480)[:12]]
)
def test_what_does_not_say_its_size_gets_none(picture, content):
    picture.write_bytes(content)
    assert picture_files.fitting(picture, "", "") == ("", "")
    assert picture_files.excess(picture) == ""


def test_a_drawing_says_its_size_too(tmp_path):
    (path := tmp_path / "a.svg").write_text(SVG.format('width="40" height="20"'))
    assert picture_files.fitting(path, "", "") == ("40", "20")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (png(5000, 5000), ""),
        (png(5000, 5001), "is 5,000 × 5,001 pixels, and 25 million is the most"),
        (png(60_000, 60_000), "is 60,000 × 60,000 pixels, and 25 million is the most"),
        (png(640, 480) + bytes(1_900_000), ""),
        (bytes(2_540_000), "weighs 2.5 MB, and 2 is the most"),
    ],
)
def test_a_picture_that_a_phone_cannot_take_is_named(picture, content, said):
    picture.write_bytes(content)
    assert picture_files.excess(picture) == said


@pytest.mark.parametrize("name", ["not-there.png", "a\0b.png", f"{'x' * 300}.png"])
def test_a_picture_that_is_not_there_is_named_by_others(tmp_path, name):
    assert picture_files.excess(tmp_path / name) == ""


def test_a_page_names_it_by_its_line(loaded, tmp_path, picture):
    picture.write_bytes(png(9000, 9000))
    page = Page(book_with(loaded, tmp_path), picture.parent, "# T\n\nEen\n\n![kaart](kaart.png)\n")
    page.transformed(MarkupTransform)
    assert page.problems == ["W432 book/index.md:5: kaart.png is 9,000 × 9,000 pixels, and 25 million is the most"]
    assert len(list(page.document.findall(nodes.image))) == 1
