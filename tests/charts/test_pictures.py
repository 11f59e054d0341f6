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


TOLD = pictures.Imprint("Keten & organisatie", "Percentage, 2014", ["Bron: Kanne e.a., 2016.", "CC BY 4.0"])


def test_a_downloaded_picture_says_what_it_is_and_needs_no_style_sheet():
    made = pictures.standalone(PAYLOAD, TOLD)
    shown = "".join(ET.fromstring(made).itertext())
    for text in (TOLD.headline, TOLD.subtitle, *TOLD.below):
        assert text in shown
    assert "var(" not in made
    assert COLOURS["--chart-1"] in made


def test_pictures_have_the_colours_of_the_house():
    palette = COLOURS | {"--chart-1": "#abcdef", "--chart-surface": "#fedcba"}
    for made in (
        pictures.standalone(PAYLOAD, TOLD, palette),
        pictures.social(PAYLOAD, TOLD, card=(1200, 630), palette=palette),
    ):
        assert COLOURS["--chart-1"] not in made
        assert "#abcdef" in made
        assert 'fill="#fedcba"' in made


def test_the_png_has_two_pixels_for_each_of_the_svg():
    made = pictures.standalone(PAYLOAD, TOLD)
    image = pictures.png(made)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20], "big") == 2 * int(ET.fromstring(made).get("width"))


def test_a_source_too_long_for_a_picture_ends_in_an_ellipsis():
    lines = pictures._clip("Bron: " + "een lang rapport, " * 30, 600, 20, 2)
    assert len(lines) == 2
    assert re.search(r"[a-z]…$", lines[-1])
    assert pictures._clip("Bron: kort.", 600, 20, 2) == ["Bron: kort."]


def test_a_card_has_its_size_and_the_chart_in_real_colours():
    made = pictures.social(PAYLOAD, TOLD, card=(1200, 630))
    root = ET.fromstring(made)
    assert (root.get("width"), root.get("height")) == ("1200", "630")
    assert "Bron: Kanne e.a., 2016. CC BY 4.0" in "".join(root.itertext())
    assert "var(" not in made
