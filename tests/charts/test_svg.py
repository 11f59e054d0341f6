import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from wavebook.charts import svg

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


# --- the palette ------------------------------------------------------------------------------------------


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_series_stand_out_on_white_and_differ_in_greyscale():
    series = sorted(luminance(svg.COLOURS[f"--chart-{i}"]) for i in range(1, 5))
    assert all(1.05 / (value + 0.05) >= 3 for value in series)
    assert all((b + 0.05) / (a + 0.05) >= 1.3 for a, b in pairwise(series))


def test_text_has_the_contrast_of_text():
    assert all(1.05 / (luminance(svg.COLOURS[f"--chart-{name}"]) + 0.05) >= 4.5 for name in ("text", "muted"))


# --- mending ----------------------------------------------------------------------------------------------


def test_ids_start_with_the_name_of_the_chart_and_references_follow():
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"><defs>'
        '<clipPath id="clip1"><rect width="9" height="9"/></clipPath></defs>'
        '<path clip-path="url(#clip1)" d="M0,0h1.23456v1Z" fill="red"/></svg>'
    )
    clean = svg.clean(raw, "kanalen-wide")
    assert 'id="kanalen-wide-clip1"' in clean
    assert 'clip-path="url(#kanalen-wide-clip1)"' in clean
    assert "M0,0h1.2v1Z" in clean


def test_entities_are_refused():
    raw = '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 1 1"><text>&a;</text></svg>'
    with pytest.raises(ValueError, match="entities"):
        svg.clean(raw, "x")


# --- in use -----------------------------------------------------------------------------------------------


def test_a_described_svg_has_an_escaped_name_and_description():
    made = svg.described(
        DRAWING, id="fig-kanalen", title="Balie & <b>telefoon</b>", description='Een "som" < 2\x00', language="nl"
    )
    root = ET.fromstring(made)
    assert root.get("role") == "img"
    assert root.get("lang") == "nl"
    named = {element.get("id"): element.text for element in root[:2]}
    assert named == {"fig-kanalen-title": "Balie & <b>telefoon</b>", "fig-kanalen-desc": 'Een "som" < 2'}
    assert root.get("aria-labelledby").split() == list(named)


def test_a_downloaded_picture_names_its_source_and_needs_no_style_sheet():
    made = svg.standalone(PAYLOAD, title="Keten & organisatie")
    shown = "".join(ET.fromstring(made).itertext())
    assert "Keten & organisatie" in shown
    assert "Bron: Kanne e.a., 2016 (figuur 2.1)." in shown
    assert "Tussen 2013 en 2014: ander bureau." in shown
    assert "var(" not in made
    assert svg.COLOURS["--chart-1"] in made


def test_the_png_has_two_pixels_for_each_of_the_svg():
    made = svg.standalone(PAYLOAD, title="Kanalen")
    image = svg.png(made)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20], "big") == 2 * int(ET.fromstring(made).get("width"))


def test_writing_pages_needs_none_of_the_libraries_that_draw():
    code = "import sys, wavebook.charts.svg; print({'altair', 'pandas', 'vl_convert'} & sys.modules.keys() or 'none')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "none"
