"""The forms as readers see them: contrast of marks and texts at two widths, in light, dark and forced colours."""

import json

import pytest
from drawn import edition
from sweeps import LONG

from wavebook import charts
from wavebook.charts.svg import described
from wavebook.core.files import THEME
from wavebook.publish.reader import SCRIPT

pytestmark = pytest.mark.browser

SCALE = ("zeer ontevreden", "ontevreden", "neutraal", "tevreden", "zeer tevreden", "weet niet")
NAMES = ("brieven", "balie", "site", "telefoon", "app")
SHARES = (
    (9, 21, 26, 31, 8, 5),
    (2, 5, 11, 45, 34, 3),
    (12, 23, 18, 30, 12, 5),
    (20, 20, 20, 20, 15, 5),
    (1, 2, 3, 30, 60, 4),
)


def selected():
    rows = [
        (year, f"{name}.c{i}", value + back * (1 if i else -1), {"ci_low": value - 2, "ci_high": value + 3})
        for back, year in enumerate(("2014", "2008"))
        for name, shares in zip(NAMES, SHARES, strict=True)
        for i, value in enumerate(shares[:2] if back else shares)
    ]
    found = edition(rows, **dict.fromkeys(NAMES, ("percent", SCALE)))
    one = [f"{name}.c1" for name in NAMES]
    return found.select(*NAMES), found.select(*one), found.select(*one, waves="both")


def few():
    answers, _, both = selected()
    yield charts.stacked("stacked", answers, middle="c2", apart="c5", note={"site.c1": "sinds 2010"})
    yield charts.dots("dots", both)
    yield charts.slope("slope", both, highlight="site", note={"site.c1@2008": "eerste keer"})


def drawn():
    """Each form that has rows of its own, some with options."""
    answers, one, both = selected()
    found = one.figures
    yield charts.stacked("stacked-a", answers, apart="c5", highlight=["c0", "c1"])
    yield charts.stacked("stacked-b", found.select("brieven.c0", "brieven.c1"))
    yield charts.dots("dots-a", one, highlight="site", reference="app.c0")
    yield charts.bars("bars-a", one, highlight="site", reference="app.c0")
    yield charts.bars("bars-b", both, beside="wave")
    yield charts.slope("slope-b", found.select("brieven.c1", "balie.c1", waves="both"))
    yield charts.change("change-a", both, highlight="site")


@pytest.fixture(scope="module", params=["few", *LONG])
def page(request, browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("seen")
    figures = []
    for chart in few() if request.param == "few" else drawn():
        payload = chart.payload
        parts = [
            f'<div class="chart-{width}">'
            + described(
                svg, id=f"{payload['name']}-{width}", title="Titel", description=payload["summary"], language="nl"
            )
            + "</div>"
            for width, svg in payload["svg"].items()
        ]
        figures.append(f'<figure class="chart" id="fig-{payload["name"]}">{"".join(parts)}</figure>')
    styles = [
        f"<style>{(THEME / 'static' / name).read_text('utf-8')}</style>" for name in ("house-style.css", "wavebook.css")
    ]
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="nl"><meta charset="utf-8">{"".join(styles)}<body><main>{"".join(figures)}</main>',
        "utf-8",
    )
    opened = browser.new_page()
    opened.goto((folder / "page.html").as_uri())
    opened.evaluate(SCRIPT)
    yield opened
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", [False, True], ids=["own", "forced"])
@pytest.mark.parametrize("width", [320, 1280])
def test_marks_and_texts_stand_out_and_more_than_colour_tells_them_apart(page, width, forced, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none")
    for check in ("marks", "ink"):
        found = page.evaluate(f"reader.{check}()")
        assert found["seen"] > 50
        assert found["faults"] == [], json.dumps(found["faults"], indent=1)
