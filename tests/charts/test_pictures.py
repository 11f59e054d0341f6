"""Charts as pictures of their own."""

import re
import xml.etree.ElementTree as ET

from wavebook.charts import pictures
from wavebook.charts.theme import COLOURS

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 90" font-size="13" '
    'font-family="var(--font-sans, system-ui, sans-serif)">'
    '<path d="M0,0h9v9Z" fill="var(--chart-1, #14507d)"/></svg>'
)
PAYLOAD = {
    "name": "kanalen",
    "svg": {"wide": DRAWING},
    "sources": ["Kanne e.a., 2016 (figuur 2.1)"],
    "notes": ["Tussen 2013 en 2014: ander bureau.", "n = 1.234."],
    "summary": "Staafdiagram. Balie: 40 procent.",
    "language": "nl",
}


def test_a_downloaded_picture_names_its_source_and_needs_no_style_sheet():
    made = pictures.standalone(PAYLOAD, title="Keten & organisatie")
    shown = "".join(ET.fromstring(made).itertext())
    assert "Keten & organisatie" in shown
    assert "Bron: Kanne e.a., 2016 (figuur 2.1)." in shown
    assert "Tussen 2013 en 2014: ander bureau." in shown
    assert "var(" not in made
    assert COLOURS["--chart-1"] in made


def test_the_png_has_two_pixels_for_each_of_the_svg():
    made = pictures.standalone(PAYLOAD, title="Kanalen")
    image = pictures.png(made)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20], "big") == 2 * int(ET.fromstring(made).get("width"))


def test_a_source_too_long_for_a_picture_ends_in_an_ellipsis():
    lines = pictures._clip("Bron: " + "een lang rapport, " * 30, 600, 20, 2)
    assert len(lines) == 2
    assert re.search(r"[a-z]…$", lines[-1])
    assert pictures._clip("Bron: kort.", 600, 20, 2) == ["Bron: kort."]


def test_a_card_has_its_size_and_the_chart_in_real_colours():
    made = pictures.social(PAYLOAD, title="Keten", caption="Balie voorop", site="Overheid", card=(1200, 630))
    root = ET.fromstring(made)
    assert (root.get("width"), root.get("height")) == ("1200", "630")
    assert "Overheid. Bron: Kanne e.a., 2016 (figuur 2.1)." in "".join(root.itertext())
    assert "var(" not in made
