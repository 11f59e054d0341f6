"""A book without populations and with two breakdowns crossed, built: its pages, panels, addresses and downloads."""

import pytest
from crossed import cross, without_populations
from leaf import END, TOP, make_leaf, put_notebook
from lxml import html
from small import SmallBook

import book

PAGE = """{value}`grade@age=18_34,theme=work` and {value}`grade@theme=school,age=35_up`.

:::{chart} bars
Combinations.
:::

```{figures}
```
"""
NOTEBOOK = (
    "from wavebook import charts\nfrom wavebook.figures import load",
    "figures = load(wave=wave, baseline=baseline, language=language)",
    'charts.bars("bars", figures.select("grade@theme=*,age=*"))',
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = make_leaf(tmp_path_factory.mktemp("crossed"))
    small = SmallBook.__new__(SmallBook)
    small.root = root
    without_populations(cross(small))
    notebook = put_notebook(root, *NOTEBOOK)
    parameters = 'population: str = \\"total\\"\\n'
    notebook.write_text(notebook.read_text().replace(parameters, ""))
    (root / "book" / "index.md").write_text(TOP + PAGE + END, encoding="utf-8")
    return root, book.wavebook(root, "build")


def test_it_builds_without_a_word_on_populations(built):
    _, done = built
    assert (done.code, done.err) == (0, "")


def test_a_number_leads_to_the_row_of_its_combination(built):
    root, _ = built
    page = html.parse(root / "_build/html/index.html")
    (link,) = page.xpath("//a[contains(@href, 'theme-work-age-18-34')]")[:1]
    address, _, anchor = link.get("href").partition("#")
    found = html.parse((root / "_build/html" / address) if address else root / "_build/html/index.html")
    row = found.xpath(f"//*[@id='{anchor}']")
    assert row
    assert "werk, 18–34" in row[0].text_content()
