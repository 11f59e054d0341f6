"""Charts and tables that an editor made with other programs, in a book that is built."""

import re
import shutil
from pathlib import Path

import plotted
import pytest
from leaf import put_notebook
from plain import TOP, article, built, make_plain

from wavebook.publish.reader import Reader

CELLS = (
    "import altair as alt\nfrom wavebook import charts, load\n"
    "figures = load(wave=wave, baseline=baseline, population=population, language=language)\n"
    'share, now = figures.select("share", waves="all"), figures.select("share")',
    'base = alt.Chart(share.frame).encode(x="date:T", y="value:Q", color="label:N")\n'
    'both = base.mark_line().encode(detail="stretch:N") + base.mark_point()\n'
    'charts.own("lijnen", both, share, summary="Lijnen van drie antwoorden door de jaren, met een teken voor elk")',
    'heat = alt.Chart(share.frame).encode(x="wave_label:N", y="label:N")\n'
    'cells = heat.mark_rect().encode(color="value:Q") + heat.mark_text().encode(text="text:N")\n'
    'charts.own("heet", cells, share, summary="Een vlak voor elk antwoord in elk jaar, meer is donkerder")',
    "from plotted import Figure\n"
    'charts.picture("plaat", Figure(), now, summary="Liggende staven van drie antwoorden, van een ander programma")',
    'wide = share.frame.pivot(index="label", columns="wave_label", values="text").fillna("–")\n'
    'wide = wide.rename_axis("Antwoord").rename_axis(None, axis=1)\n'
    'charts.table("tabel", wide.style.set_caption("Antwoorden"), share, summary="De antwoorden door de jaren")',
)
SHOWN = ("lijnen", "heet", "plaat", "tabel")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    page = "".join(f":::{{chart}} {name}\nHier staat een eigen {name}.\n:::\n\n" for name in SHOWN)
    toc = "format: jb-book\nroot: index\nchapters:\n- file: eigen\n- file: notebooks/n\n"
    root = make_plain(tmp_path_factory.mktemp("foreign"), {"eigen.md": f"{TOP}# Eigen\n\n{page}"}, toc)
    put_notebook(root, *CELLS)
    shutil.copy(Path(plotted.__file__), root / "notebooks")
    built(root)
    return root


def figure(site, name):
    found = re.search(rf'<figure class="chart[^"]*" id="fig-{name}".*?</figure>', article(site, "eigen"), re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("name", SHOWN)
def test_each_is_a_figure_of_the_page_with_words_source_and_table(site, name):
    html = figure(site, name)
    assert f"Hier staat een eigen {name}." in html
    assert "Jansen, 2015" in html
    assert "<details" in html
    assert not re.search(r"<[^>]+ style=|<script src|(src|href)=.https?:", html)


def test_a_table_is_one_and_a_chart_is_drawn_in_both_widths(site):
    assert '<th scope="row">ja</th><td class="num">13%</td>' in figure(site, "tabel")
    assert 'class="chart-wide"' in figure(site, "lijnen")
    assert 'class="chart-narrow"' in figure(site, "plaat")


@pytest.mark.parametrize("name", SHOWN)
def test_each_can_be_downloaded(site, name):
    folder = site / "_build" / "html" / "charts"
    assert {path.suffix for path in folder.glob(f"{name}.*")} >= {".csv", ".svg", ".png"}


@pytest.mark.slow
@pytest.mark.browser
def test_the_page_passes_every_check_of_a_page(site, browser):
    found = Reader(browser, site / "_build" / "html").read("eigen")
    assert {check: look.faults for check, look in found.items() if look.faults} == {}
