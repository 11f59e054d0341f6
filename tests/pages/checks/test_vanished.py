"""What would vanish from a page, or come out as something else, without a word."""

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.docutils_ import Parser

from wavebook.pages.checks import vanished


def read(page):
    return publish_doctree(page, parser=Parser(), settings_overrides={"report_level": 5, "doctitle_xform": False})


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# Een\n\n## Twee\n\nx", []),
        ("tekst", [(0, "the page has no title")]),
        ("# Een\n\nx\n\n# Twee\n\ny", [(5, "the page has another title")]),
        ("# Een\n\n##\n\nx", [(3, "a heading says nothing")]),
        ("# ![logo](x.png)\n\nx", []),
    ],
)
def test_a_page_has_one_title_and_headings_that_say_something(page, found):
    assert [(line, said) for line, said, _ in vanished.headings(read(page))] == found


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("| a | b |\n|---|---|\n| c | d |\n| e | f |", []),
        ("a | b\n---|---\nc | d", []),
        ("| a | b |\n|:--|--:|\n| c \\| x | `d` |\n\n| te | veel | hier |", []),
        ("tekst\n\n| a | b |\n|---|---|\n| c | d | e |\n| f |", [5, 6]),
        ("> | a | b |\n> |---|---|\n> | c |", [3]),
    ],
)
def test_a_row_has_the_cells_of_its_table(page, lines):
    (table,) = read(page).findall(nodes.table)
    assert [line for line, _ in vanished.rows(page, table)] == lines


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("x[^a]\n\n[^a]: noot", []),
        ("x\n\n[^a]: noot\n\n[^b]: zie[^b]", [(3, "a")]),
        ("```\n[^a]: code\n```\n\n~~~md\n[^b]: code", []),
    ],
)
def test_a_footnote_that_nothing_refers_to_is_named(page, found):
    assert list(vanished.unreferred(page)) == found


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (":::{note}\nx\n:::", []),
        (":::mijn-klas\nx\n:::", []),
        ("```\n:::note\n```", []),
        ("x\n\n:::note\nx\n:::", [3]),
        (":::chart cijfers\nx\n:::", [1]),
        (":::info\nx\n:::", [1]),
        (":::mijn-klas Een titel\nx\n:::", [1]),
        (":::｛note｝\nx\n:::", [1]),
    ],
)
def test_a_directive_without_its_braces_is_named(page, lines):
    assert [line for line, *_ in vanished.fences(page)] == lines


@pytest.mark.parametrize("name", ["", "python", "text", "json", "bash", "none", "ipython3"])
def test_a_language_that_can_be_coloured_is_fine(name):
    assert vanished.language(name) is None


@pytest.mark.parametrize(
    ("name", "action"),
    [("pyhton", "Write python instead."), ("chart", "Write it as :::{chart}."), ("qqqqqq", "Write text instead.")],
)
def test_a_name_that_is_no_language_has_a_way_out(name, action):
    assert vanished.language(name)[1] == action


@pytest.mark.parametrize("name", [":::{ note }", ":::{note", ":::note}", ":::(note)", "> :::[note] x", "::::{note x}"])
def test_a_fence_whose_braces_are_not_those_of_a_directive_is_named(name):
    ((line, found, _),) = vanished.fences(f"# T\n\n{name}\nx\n:::\n")
    assert (line, found) == (3, f"{name.removeprefix('> ')} is no directive, and its text stands by itself")


@pytest.mark.parametrize("name", [":::{note}", "::: {note} Titel (x)", "::::{container} {a}", ":::{cite:p}", ":::"])
def test_a_directive_is_no_such_fence(name):
    assert list(vanished.fences(f"# T\n\n{name}\nx\n:::\n")) == []


def test_tags_of_a_template_are_named_and_those_in_code_are_not():
    text = "# T\n\n{% if x %}\na\n{% endif %}\n\n```\n{% raw %}\n```\n"
    assert list(vanished.templates(text)) == [(3, "{% if x %}"), (5, "{% endif %}")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("x\n\n    {value}`a`\n    b", "{value}`a`"),
        ("x\n\n\tmet een tab", "met een tab"),
        ("x\n\n```\n    a\n```", ""),
        ("x\n\n```python\na = b\n```", ""),
        ("1. een\n\n    ```text\n    a {b\n    ```", ""),
        ("1. een\n\t~~~\n\ta\n\t~~~", ""),
        ("- a\n  - ````md\n    ```{note}\n    ```\n    ````", ""),
        ("x\n\n    ```{note}\n    y\n    ```", "```{note}"),
    ],
)
def test_a_block_of_code_by_its_indent_is_told_from_one_between_fences(text, first):
    (block,) = read(text).findall(nodes.literal_block)
    assert vanished.indented(text, block) == first


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x\n\nde som \\(x^2\\) is", [3]),
        ("de som \\\\(x\\\\) is", [1]),
        ("\\[\nx = y\n\\]", [1]),
        ("\\[sic\\] en \\(zie boven\\), \\[1\\]", []),
        ("$f\\(x^2\\)$, `\\(x^2\\)` en\n\n$$\n\\left\\[x_1\\right\\]\n$$", []),
    ],
)
def test_a_formula_in_the_brackets_of_latex_is_named(text, lines):
    assert [line for line, _ in vanished.formulas(text)] == lines
