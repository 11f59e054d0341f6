"""Where pages break when a reader prints one from a browser."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

import wavebook

STYLES = Path(wavebook.__file__).parent / "theme" / "static" / "wavebook.css"
PAGE = """<!doctype html><html lang="en"><title>T</title><body><main><div style="height: {above}px"></div>
<figure class="chart"><figcaption><p class="headline">Headline</p><p class="subtitle">Subtitle</p></figcaption>
<div class="chart-wide"><svg viewBox="0 0 640 300" width="640" height="300"><text y="40">Picture</text></svg></div>
</figure></main></body></html>"""


@pytest.mark.browser
def test_what_a_chart_says_above_it_is_on_the_page_of_its_picture(browser):
    page, begun = browser.new_page(), set()
    for above in range(500, 1000, 45):
        page.set_content(PAGE.format(above=above))
        page.add_style_tag(path=STYLES)
        texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
        (found,) = (number for number, text in enumerate(texts) if "Headline" in text)
        assert all(words in texts[found] for words in ("Subtitle", "Picture")), above
        begun.add(found)
    page.close()
    assert begun == {0, 1}, "no chart stood near the end of a sheet"
