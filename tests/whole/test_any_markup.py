"""Everything that editors may write in MyST, or a notebook may give: it works, or it is named with its line."""

# ruff: noqa: E501 (a line a construct)

import base64
import json
import re

import nbformat
import pytest
from leaf import put_notebook
from nbformat.v4 import new_markdown_cell
from plain import INDEX, PNG, SETTINGS, TOP, article, built, make_plain

import book
from wavebook.publish.reader import Reader

# construct: text, and what must be in the HTML
WORKS = {
    "formula": ("$x^2$ en {math}`a_1`", r"<math [^>]*><msup><mi>x</mi><mn>2</mn></msup></math>.*<msub><mi>a</mi>"),
    "fraction": ("$\\frac12$ en $x^12$", r"<mfrac><mn>1</mn><mn>2</mn></mfrac>.*<msup><mi>x</mi><mn>1</mn></msup><mn>2"),
    "numbered formula": ("$$\ny = 1\n$$ (eq-a)\n\n{eq}`eq-a` en [](#eq-a)", r'id="equation-eq-a".*\(1\).*href="#equation-eq-a">\(1\)'),
    "math directive": ("```{math}\n:label: eq-b\na = b\n```", r'id="equation-eq-b"><div class="formula"[^>]*><math [^>]*display="block"'),
    "amsmath": ("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", r'id="equation-3">.*<mtable class="ams-align"><mtr><mtd>'),
    "amounts": ("Van \\$x, of $y en $z.", r"<p>Van \$x, of \$y en \$z\.</p>"),
    "admonition": (":::{note}\nEen noot.\n:::", r'<div class="admonition note">\s*<p class="admonition-title">'),
    "own admonition": (":::{admonition} Titel\n:class: tip\nX\n:::", r'<p class="admonition-title">Titel</p>'),
    "html admonition": ('<div class="admonition tip"><p class="title">Let op</p><p>X</p></div>', r'<p class="admonition-title">Let op'),
    "details": ("<details><summary>Meer</summary>Inhoud</details>", r"<details><summary>Meer</summary>Inhoud</details>"),
    "elements within a line": ("H<sub>a</sub>O, <kbd>Ctrl</kbd>, {sub}`b` {kbd}`c`", r"H<sub>a</sub>O, <kbd>Ctrl</kbd>"),
    "picture": ("![Een plaatje](p.png)", r'<img alt="Een plaatje" height="1" src="_images/p\.png"'),
    "size of a picture": ("```{image} p.png\n:alt: Klein\n:width: 200px\n```", r'<img alt="Klein" height="200" src="[^"]*" width="200"'),
    "decoration": ('```{image} p.png\n:alt: ""\n```', r'<img alt="" height="1" src="_images/p\.png"'),
    "html picture": ('<img src="p.png" alt="Van HTML" width="30">', r'<img alt="Van HTML" height="30" src="_images/p\.png" width="30"'),
    "figure": (":::{figure} p.png\n:alt: Beeld\n:name: fig-a\nOnderschrift\n:::\n\n{numref}`fig-a`", r'<figure .*alt="Beeld".*Figuur 1'),
    "figure-md": ("```{figure-md} fig-m\n![Alt](p.png)\n\nBij\n```", r'<figure .*id="fig-m".*alt="Alt"'),
    "footnote": ("Tekst[^a].\n\n[^a]: De noot.", r'role="doc-noteref".*De noot\.'),
    "tasks": ("- [ ] Doen\n- [x] Gedaan", r'aria-label="nog te doen">☐</span>\s+Doen.*aria-label="gedaan">☑</span>'),
    "substitution": ("{{ naam }}", r"<p>Waarde</p>"),
    "quotes": ('"Hallo" -- dat...', r"“Hallo” – dat…"),
    "apostrophes": ("'s Avonds zei *'t* kind: 'nee', `'s`.", r"<p>’s Avonds zei <em>’t</em> kind: ‘nee’, .*'s"),
    "definitions": ("Begrip\n: Uitleg", r"<dt>Begrip</dt><dd><p>Uitleg</p>"),
    "fields": (":veld: waarde", r'<dt class="field-odd">veld'),
    "lines": ("```{eval-rst}\n| een\n| twee\n```", r'<div class="line">een</div>'),
    "comment in a title": (":::{admonition} Let op <!-- geheim -->\nX\n:::", r'<div class="admonition">\s*<p class="admonition-title">Let op'),
    "comments": ("% geheim een\n\n<!-- geheim twee -->\n\nTekst <!-- geheim drie --> door.\n\n+++ geheim vier", r"<p>Tekst\s+door\.</p>"),
    "code": ("```{code-block} python\n:caption: Code\nx = y\n```", r'class="caption-number">Programma 1.*<span class="n">x'),
    "include": ("```{include} part.txt\n```\n\n```{literalinclude} part.txt\n```", r"<p>Ingevoegd <em>deel</em>.*<pre>"),
    "glossary": ("```{glossary}\nWoord\n  Uitleg\n```\n\n{term}`Woord`", r'id="term-Woord".*href="#term-Woord"'),
    "only": ("```{only} html\nAlleen hier\n```", r"<p>Alleen hier</p>"),
    "strikethrough": ("~~weg~~", r"<s>weg</s>"),
    "attributes": ("{.klas #anker}\nAlinea\n\n[tekst]{.groot}", r'<p class="klas" id="anker">.*<span class="groot">tekst'),
    "table": ("| a | b |\n|---|:-:|\n| c | d |", r'<td class="text-center"><p>d</p></td>'),
    "list table": ("```{list-table} Titel\n:header-rows: 1\n:widths: 30 70\n* - a\n  - b\n* - c\n  - d\n```", r'<col width="30%" ?/?>'),
    "csv table": ("```{csv-table} Titel\nx, y\n```", r"<td><p>x</p></td>"),
    "download": ("{download}`part.txt`, {abbr}`CBS (Bureau)`, {doc}`index`", r'download="".*<abbr title="Bureau">CBS</abbr>'),
    "sidebar": ("```{sidebar} Zij\nx\n```\n\n```{epigraph}\nCitaat\n```", r'<aside class="sidebar">.*class="epigraph"'),
    "seealso": ("```{seealso}\nx\n```\n\n```{rubric} Kopje\n```", r'class="admonition seealso".*class="rubric"'),
    "sources": ("{cite:p}`{zie}report{p. drie}`", r"\(zie <a [^>]*>Jansen</a>, <a [^>]*>2015</a>, p\. drie\)|\(zie .*Jansen.*p\. drie\)"),
    "address": ("<https://example.org>", r'href="https://example\.org"'),
    "break": ("een\\\ntwee\n\n---\n\n> Citaat", r"een<br />\s*twee.*<hr.*<blockquote>"),
    "label": ("(hier)=\n### Kop\n\n{ref}`hier` [](#hier)", r'href="#hier"><span class="std std-ref">Kop'),
    "signs that are meant": ("Een \\{value\\} en \\*ster, \\_streep, \\[haak en &lt;b&gt;.", r"<p>Een \{value\} en \*ster, _streep, \[haak en &lt;b&gt;\.</p>"),
    "code that looks like markup": ("`{value}` en `[x][y]`", r"\{value\}"),
}  # fmt: skip
# construct: text, and code, line (of the text), and what is said of it
REFUSED = {
    "space in a role": ("Een {value} `grade`.", "W435", 1, "'{value}' is printed"),
    "quotes at a role": ("Een\n{value}‘grade’.", "W435", 2, "'{value}‘grade’.' is printed"),
    "open role": ("Een {value}`grade einde.", "W435", 1, "'{value}`grade' is printed"),
    "attributes": ("Een {.claim #a} los.", "W435", 1, "'{.claim #a}' is printed"),
    "reference": ("Zie [de tabel][weg].", "W435", 1, "'[de tabel][weg]' is printed"),
    "footnote": ("Een noot.[^weg]", "W435", 1, "'[^weg]' is printed"),
    "wiki link": ("Zie [[wiki]].", "W435", 1, "'[[wiki]]' is printed"),
    "full width": ("Een\n｛value｝`grade`.", "W435", 2, "'｛value｝' is printed"),
    "other brackets": ("Een (value)`grade`.", "W435", 1, "'(value)' is printed"),
    "a role in a table": ("| a |\n|---|\n| b |\n| {value} `grade` |", "W435", 4, "'{value}' is printed"),
    "no space in a heading": ("Tekst\n\n##Kop", "W435", 3, "'##Kop' is printed"),
    "open emphasis": ("Een **vet woord.", "W435", 1, "'**vet' is printed"),
    "no rule in a table": ("| a |\n| b |", "W435", 1, "'| a |' is printed"),
    "name of a character": ("Een &onbekend; x.", "W435", 1, "'&onbekend;' is printed"),
    "citation of another program": ("Zie @report.", "W435", 1, "'@report' is printed"),
    "open directive": (":::{note}\nTekst", "W435", 1, ":::{note} is not closed"),
    "open within": ("::::{note}\n:::{tip}\nTekst\n::::", "W435", 2, ":::{tip} is not closed"),
    "open code": ("Tekst\n\n```python\nx", "W435", 3, "```python is not closed"),
    "mark without a dot": ("[De zin klopt.]{claim #x}", "W435", 1, "'{claim #x}' is printed"),
    "mark misspelt": ("Zin.\n[De zin klopt.]{.clam #x}", "W535", 2, ".clam marks no statement"),
    "mark with a capital": ("[De zin klopt.]{.Claim #x}", "W535", 1, ".Claim marks no statement"),
    "mark of a paragraph": ("{.claim #x}\nDe zin klopt.", "W535", 1, ".claim marks no statement"),
    "mark in HTML": ('Een <span class="claim" id="x">zin</span>.', "W535", 1, "marks no statement"),
    "footnote twice": ("x[^a]\n\n[^a]: A\n\n[^a]: B", "W412", 5, "Multiple footnote definitions found"),
    "link on two lines": ("Zie [de site]\n(https://x.nl).", "W435", 1, "is printed"),
    "picture with a space": ("![alt] (p.png)", "W435", 1, "'![alt] (p.png)' is printed"),
    "link without a text": ("Tekst\n\nZie [](https://x.nl).", "W412", 3, "a link has no text"),
    "task without a space": ("-[ ] doen", "W435", 1, "'-[ ]' is printed"),
    "closed by a slash": ("Een <b/> woord.", "W436", 1, "<b/> is not closed by its slash"),
    "end of a substitution": ("Een naam }} hier.", "W435", 1, "'}}' is printed"),
    "contents": ("[TOC]", "W435", 1, "'[TOC]' is printed"),
    "include of a program": ("{!deel.md!}", "W435", 1, "'{!deel.md!}' is printed"),
    "comment of reStructuredText": ("Tekst\n\n.. geheim", "W435", 3, "'.. geheim' is printed"),
    "address without its start": ("Zie <www.x.nl>.", "W435", 1, "'<www.x.nl>' is printed"),
    "template": ("Tekst\n\n{% if x %}a{% endif %}", "W435", 3, "'{% if x %}' vanishes"),
    "indented": ("Tekst\n\n    :::{note}\n    x\n    :::", "W435", 3, "':::{note}' is indented by four spaces"),
    "indented heading": ("Tekst\n\n    ## Kop", "W435", 3, "'## Kop' is indented"),
    "space in the braces": ("Tekst\n\n:::{ note }\nx\n:::", "W465", 3, ":::{ note } is no directive"),
    "open braces": (":::{note\nx\n:::", "W465", 1, ":::{note is no directive"),
    "role of another program": (":ref:`x`", "W435", 1, "':ref:' is shown as the name of a field"),
    "emoji": (":smile:", "W435", 1, "':smile:' is shown as the name of a field"),
    "comment within a line": ("Tekst <!-- geheim\n\nverder", "W435", 1, "geheim' is printed"),
    "comment in a comment": ("<!-- a <!-- b --> c -->", "W436", 1, "a comment ends twice"),
    "instruction": ("<? geheim ?>", "W436", 1, "is no element, and stays in the page"),
    "section of XML": ("<![CDATA[ geheim ]]>", "W436", 1, "is no element, and stays in the page"),
    "hidden": ("<p hidden>geheim</p>", "W436", 1, "hidden of <p> leaves in the page"),
    "picture without a file": ("![x]()", "W412", 1, "a picture has no file"),
    "folder as a picture": ("Tekst\n![x](.)", "W412", 2, "a picture has no file"),
    "no title": ("x\n\n# Nog een\n\ny", "W462", 3, "the page has another title"),
    "empty heading": ("##\n\nx", "W462", 1, "a heading says nothing"),
    "uneven row": ("| a | b |\n|---|---|\n| c | d |\n| c | d | e |", "W463", 4, "a row has 3 cells and its table 2 columns"),
    "lost footnote": ("Tekst\n\n[^los]: Noot.", "W464", 3, "nothing refers to the footnote los"),
    "no braces": ("Tekst\n\n:::note\nx\n:::", "W465", 3, ":::note is no directive"),
    "no braces at code": ("```chart\nx\n```", "W465", 1, "chart is no language"),
    "no language": ("Tekst\n\n```pyhton\nx\n```", "W465", 3, "pyhton is no language"),
    "unknown directive": (":::{onbekend}\nx\n:::", "W412", 1, "Unknown directive type: 'onbekend'"),
    "unknown role": ("{onbekend}`x`", "W412", 1, 'Unknown interpreted text role "onbekend"'),
    "mermaid": ("```{mermaid}\ngraph\n```", "W412", 1, "Unknown directive type: 'mermaid'"),
    "theorem": ("```{prf:theorem} T\nx\n```", "W412", 1, "Unknown directive type: 'prf:theorem'"),
    "missing target": ("[x](#nergens)", "W412", 1, "target not found: 'nergens'"),
    "unknown substitution": ("{{ onbekend }}", "W412", 1, "'onbekend' is undefined"),
    "toctree": ("```{toctree}\nindex\n```", "W439", 1, "a toctree has no effect"),
    "script": ("<script>alert()</script>", "W436", 1, "<script> is blocked"),
    "style": ('<span style="color:red">x</span>', "W436", 1, '<span style="color:red"> is blocked'),
    "frame": ('<iframe src="https://example.org" title="x"></iframe>', "W436", 1, "<iframe> is blocked"),
    "handler": ('<div onclick="x()">klik</div>', "W436", 1, "onclick of <div> is blocked"),
    "address that runs": ('<a href="javascript:x()">x</a>', "W436", 1, 'href="javascript:x()"> is blocked'),
    "placeholder": ("Vul <naam> in.", "W436", 1, "<naam> is no element of HTML"),
    "open element": ("<div>\n\nTekst", "W436", 1, "<div> is not closed"),
    "closed twice": ("Tekst</b>", "W436", 1, "</b> closes what is not open"),
    "open comment": ("<!-- geheim", "W436", 1, "a comment is not closed"),
    "picture in HTML": ('<p><img src="p.png" alt="x"></p>', "W436", 1, "shows what is not copied"),
    "background from elsewhere": ('<table><tr><td background="https://x.nl/a.png">x</td></tr></table>', "W436", 1, "shows what is not copied"),
    "drawing of another file": ('<svg><use href="https://x.nl/a.svg#b"/></svg>', "W436", 1, "shows what is not copied"),
    "raw directive": ("```{raw} html\n<script>x</script>\n```", "W436", 2, "<script> is blocked"),
    "raw for paper": ("```{raw} latex\nx\n```", "W439", 1, "raw latex is not shown"),
    "part of the page": ("![a](data:image/png;base64,iVBORw0KGgo=)", "W436", 1, "part of the page is blocked"),
    "picture elsewhere": ("![a](https://example.org/k.png)", "W430", 1, "asks for https://example.org/k.png"),
    "no alternative": ("![](p.png)", "W437", 1, "p.png has no alternative text"),
    "none in a directive": ("```{image} p.png\n```", "W437", 1, "p.png has no alternative text"),
    "none in a figure": ("```{figure} p.png\nOnderschrift\n```", "W437", 1, "p.png has no alternative text"),
    "width of a figure": ("```{figure} p.png\n:alt: x\n:figwidth: 50%\nOnder\n```", "W439", 1, "figwidth has no effect"),
    "unknown command": ("$\\onbekend$", "W439", 1, "a formula cannot be shown: Unknown LaTeX command"),
    "braces": ("$$\n\\frac{a\n$$", "W439", 1, "its braces do not match"),
    "place in a source": ("Tekst\n\n- a {cite:p}`report (p. x)`", "W460", 3, "cites 'report (p. x)', which is no key"),
    "several sources": ("| a |\n|---|\n| {cite:t}`report;report` |", "W460", 3, "cites 'report;report', which is no key"),
    "number in HTML": ("<div>Een 6,4.</div>", "W408", 1, "'6,4' is typed by hand"),
    "number as a formula": ("Een $6{,}4$.", "W408", 1, "is typed by hand"),
    "number in a formula": ("$$\nx = 6{,}4\n$$", "W408", 2, "'6,4' is typed by hand"),
    "number in code": ("Een `6,4`.", "W408", 1, "'6,4' is typed by hand"),
    "number in a block of code": ("```\nx\n\n6,4\n```", "W408", 4, "'6,4' is typed by hand"),
    "number in an abbreviation": ("Het\n{abbr}`CBS (met 6,4)`", "W408", 2, "'6,4' is typed by hand"),
    "number in an alternative": ("![Met 6,4](p.png)", "W408", 1, "'6,4' is typed by hand"),
    "number in a title": ('[x](https://example.org "Met 6,4")', "W408", 1, "'6,4' is typed by hand"),
    "number in a title of HTML": ('<abbr title="Met 6,4">x</abbr>', "W408", 1, "'6,4' is typed by hand"),
    "number in raw HTML": ("```{raw} html\n<p>\n6,4</p>\n```", "W408", 3, "'6,4' is typed by hand"),
    "number in a citation": ("Tekst\n\n{cite:p}`report{6,4 procent}`", "W408", 3, "'6,4' is typed by hand, in a citation"),
    "number that is filled in": ("Tekst\n\n{{ getal }}", "W408", 3, "'6,4' is typed by hand"),
    "cell": ("```{code-cell}\nprint()\n```", "W412", 1, "unexpected `code-cell`"),
}  # fmt: skip
FILES = {"p.png": PNG, "part.txt": "Ingevoegd *deel*.\n"}
FRONT = "---\nreviewed: 2014\nmyst: {substitutions: {naam: Waarde, getal: 'een 6,4'}}\n---\n# T\n\n"
START = FRONT.count("\n") + 1


@pytest.fixture(scope="module")
def works(tmp_path_factory):
    """One page with everything that works, and its HTML in one line."""
    text = "\n\n".join(f"## Deel {name}\n\n{text}" for name, (text, _) in WORKS.items())
    toc = "format: jb-book\nroot: index\nchapters:\n- file: alles\n"
    root = make_plain(tmp_path_factory.mktemp("works"), {**FILES, "alles.md": FRONT + text + "\n"}, toc)
    built(root)
    return root, article(root, "alles")


@pytest.mark.parametrize("name", WORKS)
def test_a_construct_works(works, name):
    assert re.search(WORKS[name][1], works[1], re.DOTALL)


def test_what_editors_note_for_each_other_is_nowhere_in_the_site(works):
    root, html = works
    assert "geheim" not in html
    assert not [p for p in (root / "_build" / "html").rglob("*.*") if b"geheim" in p.read_bytes()]


def test_no_page_asks_for_a_script_or_a_style_of_its_own(works):
    page = (works[0] / "_build" / "html" / "alles.html").read_text(encoding="utf-8")
    assert "mathjax" not in page.lower()
    assert not re.search(r"<[^>]+ style=", page)
    assert all(src.startswith("_static/") for src in re.findall(r'<script src="([^"]+)"', page))


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """A page for each construct that is refused, and what was found, by page."""
    names = [f"p{number}" for number in range(len(REFUSED))]
    pages = {f"{name}.md": FRONT + text + "\n" for name, (text, *_) in zip(names, REFUSED.values(), strict=True)}
    toc = "format: jb-book\nroot: index\nchapters:\n" + "".join(f"- file: {name}\n" for name in names)
    root = make_plain(tmp_path_factory.mktemp("refused"), {**FILES, **pages}, toc)
    run = book.wavebook(root, "check")
    return {construct: run.of("W", f"{page}.md") or [p for p in run.problems if p.file == f"book/{page}.md"]
            for page, construct in zip(names, REFUSED, strict=True)}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_construct_is_refused_by_name_at_its_line(refused, name):
    _, code, line, found = REFUSED[name]
    (said,) = [p for p in refused[name] if p.code == code and found in p.text][:1] or [None]
    assert said, refused[name]
    assert said.line == START + line - 1
    assert said.action


@pytest.mark.parametrize("name", ["search", "404", "Search"])
def test_a_page_at_an_address_of_the_site_itself_is_named(tmp_path, name):
    pages = {f"{name}.md": f"{TOP}# Zoeken\n\nTekst.\n", "print.md": f"{TOP}# Afdrukken\n"}
    toc = f"format: jb-book\nroot: index\nchapters:\n- file: print\n- file: '{name}'\n"
    (found,) = book.wavebook(make_plain(tmp_path / "b", pages, toc), "check").problems
    assert (found.code, found.place) == ("W461", f"book/{name}.md")


def test_a_page_without_a_title_is_named_below_its_front_matter(tmp_path):
    root = make_plain(
        tmp_path / "b", {"index.md": INDEX.replace("# Begin", "Begin", 1).replace("## Bronnen", "Bronnen")}
    )
    (found,) = book.wavebook(root, "check").of("W462")
    assert (found.place, found.text) == ("book/index.md:4", "the page has no title.")


# --- notebooks --------------------------------------------------------------------------------------------

HTML = "from IPython.display import HTML, Image, Javascript, Latex, Markdown"
DATA = repr(PNG)
ALTAIR = "import altair, pandas\nchart = altair.Chart(pandas.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q')"
CELLS = {
    "widget": (
        'class W:\n    def _repr_mimebundle_(self, **_):\n        return {"application/vnd.jupyter.widget-view+json": '
        '{"model_id": "a"}, "text/plain": "W()"}\nW()',
        "W438",
        "a cell gives a widget",
    ),
    "colours": ('HTML("<style>#T{color:red}</style><table id=T></table>")', "W438", "<style> is blocked"),
    "style of a cell": ("HTML(\"<b style='color:red'>x</b>\")", "W438", "is blocked"),
    "script": ('HTML("<div></div><script>x()</script>")', "W438", "<script> is blocked"),
    "javascript": ('Javascript("x()")', "W438", "<script> is blocked"),
    "altair": (f"{ALTAIR}\nchart", "W346", "shows an Altair chart by itself"),
    "styler": ("import pandas\npandas.DataFrame({'kolom': [1]}).style", "W346", "shows a styled table by itself"),
    "glued": (f"{ALTAIR}\nfrom myst_nb import glue\nglue('a', chart)", "W346", "shows an Altair chart by itself"),
    "picture": (f"Image({DATA})", "W437", "a picture that a cell gives has no alternative text"),
}
SHOWN = {
    "table": ('import pandas\npandas.DataFrame({"kolom": [1, 2]})', r"<th>kolom</th>"),
    "formula": ('Latex("$$x^2$$")', r"<msup><mi>x</mi>"),
    "markdown": ('Markdown("**vet**")', r"<strong>vet</strong>"),
    "stderr": ('import sys\nprint("waarschuwing", file=sys.stderr)', r"waarschuwing"),
    "colour on a terminal": ('print("a\\x1b[31mrood\\x1b[0m")', r'<span class="[^"]*Color-Red[^"]*">rood'),
    "html": ('HTML("<b>dik</b>")', r"<b>dik</b>"),
    "object": ("print", r"function print"),
}


def of_cells(folder, *sources):
    toc = "format: jb-book\nroot: index\nchapters:\n- file: notebooks/n\n"
    root = make_plain(folder, FILES, toc)
    path = put_notebook(root, HTML, *sources)
    notebook = nbformat.read(path, 4)
    notebook.cells.insert(0, new_markdown_cell("# Cellen", id="kop"))
    nbformat.write(notebook, path)
    return root


def test_outputs_that_a_page_cannot_show_are_refused_by_cell(tmp_path):
    root = of_cells(tmp_path / "b", *(source for source, *_ in CELLS.values()))
    found = {(p.code, p.place): p.text for p in book.wavebook(root, "check").problems}
    for number, (_, code, text) in enumerate(CELLS.values(), 4):
        assert text in found[code, f"notebooks/n.ipynb, cell {number}"]
    assert len(found) == len(CELLS)


def test_a_form_of_output_that_no_notebook_can_hold_is_named(tmp_path):
    root = of_cells(tmp_path / "b", f"{ALTAIR}\naltair.renderers.enable('mimetype')\nchart")
    (found,) = book.wavebook(root, "check").of("W346")
    assert "shows an Altair chart by itself" in found.text


def test_all_other_outputs_are_shown(tmp_path):
    root = of_cells(tmp_path / "b", *(source for source, _ in SHOWN.values()))
    built(root)
    html = article(root, "notebooks/n")
    assert [name for name, (_, pattern) in SHOWN.items() if not re.search(pattern, html)] == []


def test_a_picture_that_was_pasted_is_shown_and_one_that_is_gone_is_named_by_its_cell(tmp_path):
    root = of_cells(tmp_path / "b", "1")
    path = root / "notebooks" / "n.ipynb"
    notebook = nbformat.read(path, 4)
    told = ["![hier](attachment:image.png)", "![weg](attachment:image.png) {vaule}`x`"]
    notebook.cells += [new_markdown_cell(text, id=f"tekst-{n}") for n, text in enumerate(told)]
    notebook.cells[-2].attachments = {"image.png": {"image/png": base64.b64encode(PNG).decode()}}
    nbformat.write(notebook, path)
    run = book.wavebook(root, "build")
    last = f"notebooks/n.ipynb, cell {len(notebook.cells)}"
    assert {(p.code, p.place) for p in run.problems} == {("W436", last), ("W412", last)}
    notebook.cells.pop()
    nbformat.write(notebook, path)
    built(root)
    (name,) = re.findall(r'<img alt="hier" height="1" src="\.\./(_images/[^"]+)"', article(root, "notebooks/n"))
    assert (root / "_build" / "html" / name).read_bytes() == PNG


def test_cells_on_a_page_are_refused(tmp_path):
    top = "---\nreviewed: 2014\njupytext: {text_representation: {extension: .md, format_name: myst}}\n"
    top += "kernelspec: {display_name: Python 3, language: python, name: python3}\n---\n# T\n\n"
    root = make_plain(tmp_path / "b", {"index.md": top + INDEX.removeprefix(TOP) + "\n```{code-cell}\nprint()\n```\n"})
    (found,) = book.wavebook(root, "check").of("W439")
    assert "holds a cell with code, which nothing runs here" in found.text
    assert found.file == "book/index.md"


def test_other_ways_to_what_a_notebook_made_are_told_the_one_there_is(tmp_path):
    ways = "```{embed} #mijn\n```\n\n```{glue} mijn\n```\n"
    root = make_plain(tmp_path / "b", {"index.md": INDEX + ways})
    found = book.wavebook(root, "check").of("W412", "index.md")
    assert len(found) == 2
    assert all(":::{chart} name" in p.action for p in found)


# --- sphinx-design ----------------------------------------------------------------------------------------

TABS = "::::{tab-set}\n:::{tab-item} Een\nTekst A\n:::\n:::{tab-item} Twee\nTekst B\n:::\n::::\n\n"
CARDS = """::::{grid} 2
:::{grid-item-card} Kop
Tekst
+++
Voet
:::
::::

{bdg-primary}`nieuw` {octicon}`report;1em`

```{button-link} https://example.org
:color: primary
Knop
```

:::{dropdown} Meer
Wat erin zit
:::

"""
SYNCED = TABS.replace("tab-set}", "tab-set}\n:sync-group: a\n").replace("Een\nT", "Een\n:sync: b\n\nT")
DESIGN = {"sphinx": {"extra_extensions": ["sphinx_design"]}}


@pytest.fixture(scope="module")
def designed(tmp_path_factory):
    """A site with tabs and cards on one page, and synchronised tabs on another."""
    text = f"{TABS}{CARDS}$x^2$\n\n$$\ny = \\frac1n\n$$ (eq-a)\n\n- [ ] Doen\n"
    pages = {"design.md": f"{TOP}# Vorm\n\n{text}", "synced.md": f"{TOP}# Samen\n\n{SYNCED}"}
    toc = "format: jb-book\nroot: index\nchapters:\n- file: design\n- file: synced\n"
    root = make_plain(tmp_path_factory.mktemp("design"), pages, toc)
    (root / "_config.yml").write_text(json.dumps({**SETTINGS, **DESIGN}), encoding="utf-8")
    built(root)
    return root / "_build" / "html"


def test_tabs_and_cards_load_what_they_need_from_the_site_and_only_where_they_are(designed):
    loaded = {
        name: set(re.findall(r'(?:href|src)="_static/([^"]*design[^"]*)"', (designed / f"{name}.html").read_text()))
        for name in ("index", "design", "synced")
    }
    sheets = {"sphinx-design.min.css", "design.css"}
    assert loaded == {"index": set(), "design": sheets, "synced": {*sheets, "design-tabs.js"}}
    assert all((designed / "_static" / name).is_file() for name in loaded["synced"])
    assert not re.search(r"<[^>]+ style=", (designed / "design.html").read_text())


def test_a_book_that_does_not_ask_for_them_hears_how(tmp_path):
    root = make_plain(tmp_path / "b", {"index.md": INDEX + TABS + CARDS})
    found = book.wavebook(root, "check").of("W412", "index.md")
    assert len(found) == 6
    assert all("name sphinx_design in _config.yml" in p.action for p in found)
    assert "design.css" not in str(sorted((root / "_build").rglob("*.css")))


@pytest.mark.slow
@pytest.mark.browser
def test_a_page_with_formulas_tabs_and_cards_passes_every_check_of_a_page(designed, browser):
    found = Reader(browser, designed).read("design")
    assert {check: look.faults for check, look in found.items() if look.faults} == {}


@pytest.mark.slow
@pytest.mark.browser
def test_tabs_follow_the_keyboard_and_are_all_on_paper(designed, browser):
    page = browser.new_context(offline=True, java_script_enabled=False).new_page()
    page.goto((designed / "design.html").as_uri())
    second = page.get_by_text("Tekst B")
    assert not second.is_visible()
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("ArrowRight")
    assert second.is_visible()
    page.emulate_media(media="print")
    assert all(page.get_by_text(text).is_visible() for text in ("Tekst A", "Tekst B", "Wat erin zit"))
