"""HTML of pages where Sphinx's own would leave readers out."""

import io
import re
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from plain import PNG
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import docutils_namespace, patch_docutils

from wavebook.language.words import words_in
from wavebook.site.html import EmptyHeaderTransform, PageTranslator

PAGE = """# Kop

Zo schrijft HTML dat: <th></th> en "Show code cell source" en "Link to this heading".

| a | b |
|---|---|
| 1 | 2 |

[^een]

[^een]: Een noot.

![Een punt](punt.png)
"""
CODE = """# Code

```python
# zin, "Link to this heading" en <span class="c1">
x = 1
```

[Kanne]_
"""


@pytest.fixture(scope="module", params=["nl", "en"])
def pages(request, tmp_path_factory) -> tuple[str, dict[str, str]]:
    """The language, and pages by name, of a book that has only these two parts of the extension."""
    folder = tmp_path_factory.mktemp(request.param)
    source = folder / "source"
    (source / "notebooks").mkdir(parents=True)
    (source / "index.md").write_text(PAGE)
    (source / "punt.png").write_bytes(PNG)
    (source / "notebooks" / "code.md").write_text(CODE)
    (source / "sources.rst").write_text(":orphan:\n\nBronnen\n=======\n\n[Een]_ [Twee]_\n\n.. [Een] A.\n.. [Twee] B.\n")
    settings = {"extensions": ["myst_nb", "wavebook.site.html", "wavebook.site.phrases"], "language": request.param}
    settings["wavebook_root"] = "nl"
    locale.translators.clear()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            str(source),
            None,
            str(folder / "out"),
            str(folder / "work"),
            "html",
            confoverrides={**settings, "html_theme": "basic", "nb_execution_mode": "off"},
            status=None,
            warning=io.StringIO(),
        )
        app.build()
    return request.param, {path.stem: path.read_text() for path in Path(app.outdir).rglob("*.html")}


def test_the_link_to_a_heading_is_named_in_the_language_of_the_page(pages):
    language, html = pages
    name = {"nl": "Link naar deze kop", "en": "Link to this heading"}[language]
    links = re.findall(r'<a class="headerlink" href="#\w+" ([^>]*)>', html["index"])
    assert links == [f'title="{name}" aria-label="{name}"']


def test_a_table_stands_in_a_box_to_scroll_in(pages):
    language, html = pages
    name = {"nl": "Tabel", "en": "Table"}[language]
    cue = words_in(language).tables["scroll"]
    named = f'tabindex="0" aria-label="{name}" data-cue="{cue}"'
    box = f'<section class="table-scroll" {named}><table class="docutils'
    assert html["index"].count(box) == html["index"].count("<table") == 1
    assert re.search(r"</table>\s*</section>", html["index"])


def test_a_picture_has_its_room_before_it_comes(pages):
    _, html = pages
    assert '<img alt="Een punt" height="1" src="_images/punt.png" width="1" />' in html["index"]


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("fr", "« Pourquoi ? » : 5 % ; non !", "«\u00a0Pourquoi\u202f?\u00a0»\u00a0: 5\u00a0%\u202f; non\u202f!"),
        ("fr", "déjà\u00a0: oui ?", "déjà\u00a0: oui\u202f?"),
        ("fr", "a & b ?", "a &amp; b\u202f?"),
        ("nl", "« Waarom ? » : 5 %", "« Waarom ? » : 5 %"),
        ("de", "„Warum?“ : 5 %", "„Warum?“ : 5 %"),
    ],
)
def test_signs_stay_with_their_words_where_a_language_has_a_space_there(language, typed, shown):
    translator = PageTranslator.__new__(PageTranslator)
    vars(translator).update(body=[], config=Config({}, {"language": language}), in_mailto=False)
    for literal in (0, 1):
        translator.protect_literal_text = literal
        translator.visit_Text(nodes.Text(typed))
    text, *code = translator.body
    assert text == shown
    assert re.sub("<[^>]+>", "", "".join(code)) == typed.replace("&", "&amp;")


def test_words_and_markup_that_a_page_is_about_stay_as_they_are(pages):
    _, html = pages
    assert "&lt;th&gt;&lt;/th&gt;" in html["index"] or "<th></th>" in html["index"]
    assert "Show code cell source" in html["index"]
    assert re.sub(r"<[^>]+>", "", html["index"]).count("Link to this heading") == 1


def test_sources_are_items_of_a_list(pages):
    _, html = pages
    assert html["sources"].count('<ul class="citation-list">') == 1
    assert len(re.findall(r'<li class="citation"[^>]*>', html["sources"])) == 2
    assert "doc-biblioentry" not in html["sources"]


def test_comments_of_notebooks_are_marked_as_dutch_in_another_language(pages):
    language, html = pages
    marked = {"nl": "", "en": ' lang="nl"'}[language]
    assert f'<span class="c1"{marked}># zin, ' in html["code"]
    assert html["code"].count('lang="nl"') == (1 if marked else html["code"].count('<html lang="nl"'))
    assert "&lt;span class=" in html["code"]


def test_an_empty_header_cell_becomes_a_plain_one_in_what_a_notebook_shows_and_nowhere_else():
    document = new_document("page")
    table = "<table><tr><th></th><th>a</th></tr></table>"
    output = nodes.container("", nodes.raw("", table, format="html"), classes=["cell_output"])
    document += [output, nodes.raw("", table, format="html")]
    EmptyHeaderTransform(document).run()
    assert [raw.astext().count("<th></th>") for raw in document.findall(nodes.raw)] == [0, 1]
    assert document[0].astext() == "<table><tr><td></td><th>a</th></tr></table>"
