import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from wavebook.charts import svg

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 90" font-size="13" '
    'font-family="var(--font-sans, system-ui, sans-serif)">'
    '<path d="M0,0h9v9Z" fill="var(--chart-1, #14507d)"/></svg>'
)


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


def test_writing_pages_needs_none_of_the_libraries_that_draw():
    code = "import sys, wavebook.charts.svg; print({'altair', 'pandas', 'vl_convert'} & sys.modules.keys() or 'none')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "none"


def test_a_straight_line_of_the_first_series_is_found_by_its_number():
    drawn = '<svg><line aria-label="series 0" x1="0" x2="5" y2="0" stroke="red"/></svg>'
    assert '<line data-of="0" x2="5" stroke="red"/>' in svg.clean(drawn, "a")
