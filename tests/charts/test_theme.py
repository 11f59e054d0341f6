"""The palette, and where text breaks."""

import math
import re
from itertools import combinations, pairwise

import pytest

from wavebook.charts.theme import COLOURS, SIDES, STEPS, colour, text_width, wrap
from wavebook.core.files import THEME

STYLES = [THEME / "static" / "house-style.css", None]


def luminance(hue):
    parts = [int(hue[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one, other):
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


def properties(path, scheme):
    """The colours of a house style; those of a chart outside of pages where there is none."""
    if path is None:
        return COLOURS | {"--paper": COLOURS["--chart-surface"]}
    parts = path.read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    return dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", parts[scheme == "dark"]))


def test_series_stand_out_on_white_and_differ_in_greyscale():
    series = sorted(luminance(COLOURS[f"--chart-{i}"]) for i in range(1, 5))
    assert all(1.05 / (value + 0.05) >= 3 for value in series)
    assert all((b + 0.05) / (a + 0.05) >= 1.3 for a, b in pairwise(series))


def test_text_has_the_contrast_of_text():
    assert all(1.05 / (luminance(COLOURS[f"--chart-{name}"]) + 0.05) >= 4.5 for name in ("text", "muted"))


LOOKS = [(STYLES[1], "light"), *((path, scheme) for path in STYLES[:1] for scheme in ("light", "dark"))]


@pytest.mark.parametrize(("path", "scheme"), LOOKS)
def test_the_ramp_rises_in_steps_on_which_its_text_is_readable(path, scheme):
    found = properties(path, scheme)
    paper, *ramp = (luminance(found[name]) for name in ("--paper", *(f"--chart-ramp-{i}" for i in range(1, STEPS + 1))))
    texts = [luminance(found[f"--chart-ramp-text-{i}"]) for i in range(1, STEPS + 1)]
    assert sorted(ramp, reverse=scheme == "light") == ramp
    assert all(contrast(a, b) >= 1.35 for a, b in pairwise(ramp))
    assert contrast(paper, ramp[0]) >= 1.15
    assert all(contrast(step, text) >= 4.5 for step, text in zip(ramp, texts, strict=True))


def test_a_house_style_from_before_the_ramps_has_those_of_the_theme_in_the_dark():
    css = (THEME / "static" / "wavebook.css").read_text(encoding="utf-8")
    [block] = re.findall(r"dark\) \{\n  :where\(:root\) \{\n(.*?)\n  \}", css, re.DOTALL)
    given = dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", block))
    house = properties(STYLES[0], "dark")
    assert given == {name: house[name] for name in given}
    assert given.keys() == {name for name in COLOURS if re.match(r"--chart-(ramp|minus|zero|plus|on)-?", name)}


# What eyes without red, green or blue cones make of linear RGB (Machado, Oliveira and Fernandes), and OKLab.
EYES = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
CONES = ((0.41222, 0.53633, 0.05145), (0.21190, 0.68070, 0.10740), (0.08830, 0.28172, 0.62998))
OKLAB = ((0.21045, 0.79362, -0.00407), (1.97800, -2.42859, 0.45059), (0.02590, 0.78277, -0.80868))


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def seen_by(eye, hue):
    """A colour as this eye sees it, in OKLab × 100."""
    parts = [int(hue[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    seen = [min(max(part, 0), 1) for part in times(EYES[eye], linear)]
    return [100 * part for part in times(OKLAB, [cone ** (1 / 3) for cone in times(CONES, seen)])]


@pytest.mark.parametrize(("path", "scheme"), LOOKS)
def test_the_sides_of_a_scale_carry_text_and_differ_in_grey_and_to_every_eye(path, scheme):
    found = properties(path, scheme)
    found["--chart-surface"] = found["--paper"]
    light = {name: luminance(found[f"--chart-{name}"]) for name in (*SIDES, "text", "on-side", "surface", "muted")}
    assert all(contrast(light[side], light[ink]) >= 4.5 for side, ink in SIDES.items())
    assert all(contrast(light[one], light[other]) >= 1.3 for one, other in combinations(SIDES, 2))
    assert contrast(light["muted"], light["surface"]) >= 3  # of the edge of each part
    for eye in EYES:
        seen = [seen_by(eye, found[f"--chart-{side}"]) for side in SIDES]
        assert all(math.dist(one, other) >= 5 for one, other in combinations(seen, 2)), eye


def test_a_colour_is_a_property_that_pages_may_set():
    assert colour("1") == f"var(--chart-1, {COLOURS['--chart-1']})"


def test_no_line_is_wider_than_there_is_room_but_a_word_that_is():
    text = "Hoe tevreden bent u over de dienstverlening van de gemeente?"
    lines = wrap(text, 120)
    assert " ".join(lines) == text
    assert all(text_width(line) <= 120 for line in lines if " " in line)
    assert wrap("kort", 1) == ["kort"]


def test_where_it_is_tight_a_word_without_room_is_cut():
    lines = wrap("over Rechtsschutzversicherungen", 100, tight=True)
    assert "".join(lines) == "overRechtsschutzversicherungen"
    assert all(text_width(line) <= 100 for line in lines)


def test_what_is_no_word_is_cut():
    lines = wrap("x" * 90, 200)
    assert "".join(lines) == "x" * 90
    assert len(lines) > 1
