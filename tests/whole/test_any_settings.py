"""Settings of Sphinx other than those that every book has, and every form of a table of contents."""

import re
import shutil
from pathlib import Path

import jupyter_book
import pytest
from plain import INDEX, TOP, article, built, contents, make_plain, write
from sweeps import often

import book

PAGES = {
    "extra/verify.html": "<p>x</p>",
    "extra/robots.txt": "x",
    "extra/sub/a.txt": "x",
    "_static/own.css": "a {}",
    "templates/a.html": "x",
}
FLIPPED = {
    "html_copy_source": True,
    "html_show_sourcelink": True,
    "html_use_index": True,
    "html_split_index": True,
    "html_domain_indices": False,
    "html_permalinks": False,
    "html_permalinks_icon": "#",
    "html_last_updated_fmt": "%H:%M:%S",
    "html_secnumber_suffix": " ",
    "html_compact_lists": False,
    "html_scaled_image_link": False,
    "html_math_renderer": "mathjax",
    "html_search_language": "en",
    "html_codeblock_linenos_style": "table",
    "html_use_opensearch": "https://example.org",
    "html_css_files": ["own.css"],
    "html_extra_path": ["extra"],
    "html_additional_pages": {"welcome": "page.html"},
    "html_context": {"a": 1},
    "html_sourcelink_suffix": ".txt",
    "html_baseurl": "https://example.org/",
    "smartquotes": False,
    "nitpicky": True,
    "numfig": False,
    "numfig_secnum_depth": 0,
    "math_number_all": True,
    "today_fmt": "%H:%M:%S",
    "show_authors": True,
    "keep_warnings": True,
    "default_role": "code",
    "highlight_language": "python",
    "pygments_style": "monokai",
    "gettext_compact": False,
    "toc_object_entries": False,
    "myst_heading_anchors": 3,
    "templates_path": ["templates"],
}


def twice(folder, **sphinx):
    """The sites of a first build, of one after a change was made and undone, and of one from nothing."""
    root = make_plain(folder, PAGES, **sphinx)
    first = built(root)
    write(root, "index.md", INDEX + "\nMeer.\n")
    built(root)
    write(root, "index.md", INDEX)
    return contents(first.site), contents(built(root).site), contents(built(make_plain(folder, PAGES, **sphinx)).site)


def test_all_settings_otherwise_at_once_give_the_same_site_again(tmp_path):
    first, again, fresh = twice(tmp_path / "b", **FLIPPED)
    assert first == again == fresh
    assert {"_sources/index.md.txt", "genindex.html", "welcome.html", "verify.html", "sub/a.txt"} <= first.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", FLIPPED)
def test_each_setting_otherwise_gives_the_same_site_again(tmp_path, name):
    first, again, fresh = twice(tmp_path / "b", **{name: FLIPPED[name]})
    assert first == again == fresh


def test_what_an_editor_adds_to_the_site_goes_when_it_goes(tmp_path):
    root = make_plain(tmp_path / "b", PAGES, html_extra_path=["extra"])
    assert {"verify.html", "robots.txt", "sub/a.txt"} <= built(root).site.keys()
    for name in ("verify.html", "sub/a.txt"):
        (root / "book" / "extra" / name).unlink()
    site = built(root).site
    assert "robots.txt" in site
    assert not {"verify.html", "sub/a.txt"} & site.keys()


def test_settings_that_the_theme_does_not_follow_are_named_once_and_pages_end_in_html(tmp_path):
    root = make_plain(tmp_path / "b", html_css_files=["own.css"], html_sidebars={"**": ["a.html"]})
    run = book.wavebook(root, "build")
    (notice,) = run.of("W525")
    assert "sphinx: config" not in notice.text
    assert "html_css_files, html_sidebars (the theme does not follow them" in notice.text
    run = book.wavebook(make_plain(tmp_path / "b", html_file_suffix=".htm"), "build")
    assert [(p.code, p.place) for p in run.problems] == [("W203", "_config.yml, html_file_suffix")]


# --- the files that Jupyter Book writes -------------------------------------------------------------------

TEMPLATE = Path(jupyter_book.__file__).parent / "book_template"


def test_a_book_that_jupyter_book_began_is_told_what_belongs_where(tmp_path):
    root = make_plain(tmp_path / "b")
    shutil.copytree(TEMPLATE, root, dirs_exist_ok=True)
    found = {(p.code, p.place): p for p in book.wavebook(root, "build").problems}
    assert found.keys() == {("W203", "_config.yml, logo"), ("W419", "_toc.yml")}
    assert "intro.md, markdown-notebooks.md, markdown.md, notebooks.ipynb" in found["W419", "_toc.yml"].text
    assert found["W203", "_config.yml, logo"].action.strip() == "Move it to book/logo.png."


def test_its_settings_and_contents_build_once_its_files_are_there(tmp_path):
    root = make_plain(tmp_path / "b")
    settings = (TEMPLATE / "_config.yml").read_text(encoding="utf-8")
    (root / "_config.yml").write_text(f"{settings}\nlanguages: [nl]\n", encoding="utf-8")
    (root / "_toc.yml").write_text("format: jb-book\nroot: intro\nchapters:\n- file: index\n", encoding="utf-8")
    (root / "book" / "intro.md").write_text(TOP + (TEMPLATE / "intro.md").read_text(encoding="utf-8"), encoding="utf-8")
    (root / "book" / "logo.png").write_bytes((TEMPLATE / "logo.png").read_bytes())
    run = built(root)
    assert [p.code for p in run.problems] == ["W525"]
    page = (root / "_build" / "html" / "intro.html").read_text(encoding="utf-8")
    assert '<img class="logo on-light" src="_static/logo.png" alt="My sample book">' in page
    assert '<a href="https://github.com/executablebooks/jupyter-book">Broncode</a>' in page
    assert {"_static/logo.png", "_static/house-style.css"} <= run.site.keys()


# --- the table of contents --------------------------------------------------------------------------------

NAMES = ("one", "two", "three", "more-a", "more-b")
OF_EACH = {f"{name}.md": f"{TOP}# Pagina {name}\n\nTekst.\n" for name in NAMES}
PARTS = """
format: jb-book
root: index
parts:
- caption: Deel een
  numbered: true
  chapters:
  - file: one
    sections:
    - file: two
- caption: Deel twee
  numbered: true
  chapters:
  - file: three.md
    title: Anders
  - url: https://example.org
    title: Elders
  - glob: more-*
"""
LISTED = "- file: one\n- file: two\n- file: three\n- glob: more-*\n"
OTHERS = {
    "chapters": f"format: jb-book\nroot: index\nchapters:\n{LISTED}",
    "article": "format: jb-article\nroot: index\nsections:\n- file: one\n  sections:\n  - file: two\n"
    "- file: three\n- glob: more-*\n",
    "options": f"format: jb-book\nroot: index\noptions: {{numbered: 2}}\nchapters:\n{LISTED}",
    "neither": f"root: index\nsubtrees:\n- caption: A\n  entries:\n  {LISTED.strip()}\n".replace(
        "\n- f", "\n  - f"
    ).replace("\n- g", "\n  - g"),
}
WRONG = {
    "- file: index\n- file: one\n": ("W202", "is a list, as Jupyter Book had it"),
    "format: jb-boek\nroot: index\n": ("W503", "'format' key value not recognised"),
    "format: jb-book\nroot: index\nsections:\n- file: one\n": ("W503", "Unknown keys found: {'sections'}"),
    "format: jb-book\nchapters:\n- file: one\n": ("W503", "'root' key not found"),
    "format: jb-book\nroot: index\nchapters:\n- file: gone\n": ("W412", "nonexisting document 'gone'"),
    "format: jb-book\nroot: index\nchapters:\n- glob: gone-*\n": ("W412", "'gone-*' didn't match any"),
}


def chapters(root):
    """The menu: captions and titles with their links."""
    text = (root / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    menu = text[text.index('<nav class="chapters"') : text.index("</nav>")]
    return re.findall(r'<p class="caption">(.*?)</p>|href="(.*?)".*?>(.*?)</a>', menu)


def test_parts_sections_captions_numbers_titles_addresses_and_patterns_work(tmp_path):
    root = make_plain(tmp_path / "b", OF_EACH | {"index.md": INDEX + "\n```{tableofcontents}\n```\n"}, PARTS)
    built(root)
    assert chapters(root) == [
        ("Deel een", "", ""),
        ("", "one.html", "1. Pagina one"),
        ("Deel twee", "", ""),
        ("", "three.html", "2. Anders"),
        ("", "https://example.org", "Elders"),
        ("", "more-a.html", "3. Pagina more-a"),
        ("", "more-b.html", "4. Pagina more-b"),
    ]
    assert '<span class="section-number">1.1. </span>Pagina two' in article(root, "two")
    assert article(root).count('<p class="caption" role="heading" aria-level="2">') == 2


@pytest.mark.slow
@pytest.mark.parametrize("form", OTHERS)
def test_every_other_form_names_all_pages(tmp_path, form):
    root = make_plain(tmp_path / "b", OF_EACH, OTHERS[form])
    assert {f"{name}.html" for name in NAMES} <= built(root).site.keys()
    assert [title for _, _, title in chapters(root) if title][-1].endswith("Pagina more-b")


@pytest.mark.parametrize("toc", often(WRONG, *list(WRONG)[::2]))
def test_a_form_that_does_not_work_is_named(tmp_path, toc):
    run = book.wavebook(make_plain(tmp_path / "b", {"one.md": OF_EACH["one.md"]}, toc), "check")
    code, found = WRONG[toc]
    assert any((p.code, p.place) == (code, "_toc.yml") and found in p.text for p in run.problems), run.err
