"""What a process keeps from one run of Sphinx to the next, and what that replaces in other libraries."""

import inspect
from functools import reduce
from importlib import import_module

import pytest
from docutils import nodes
from docutils.utils import new_document

from wavebook.site import bibliography, enclosure, speed


@pytest.mark.parametrize("name", [*speed.HOOKED, *enclosure.PATTERNS, *bibliography.HOOKED])
def test_what_is_replaced_in_other_libraries_is_still_there(name):
    module, _, path = name.partition(":")
    try:
        found = reduce(getattr, path.split("."), import_module(module))
    except (ImportError, AttributeError) as error:
        pytest.fail(f"{name}, which speed, enclosure or bibliography replaces, is gone: {error}")
    assert found is not None


@pytest.mark.parametrize(
    ("user", "use"),
    [
        ("pybtex.plugin", "entry_points("),
        ("sphinx.theming", "entry_points("),
        ("sphinxcontrib.bibtex.plugin", "entry_points("),
        ("sphinx.project", "glob("),
        ("sphinx.environment.collectors.asset", "glob("),
        ("sphinx_external_toc.events", "glob.iglob("),
        ("myst_parser.mdit_to_docutils.base", "get_default_settings("),
        ("sphinx.writers.html5", "highlighter.highlight_block("),
        ("sphinx.builders.html", "self.render_partial("),
        ("sphinx.jinja2glue", "self.environment = "),
        ("sphinx.transforms", "settings.smart_quotes is False"),
    ],
)
def test_what_is_replaced_is_still_what_the_library_calls(user, use):
    found = inspect.getsource(import_module(user))
    assert use in found, f"{user} no longer uses {use}: what is replaced there has no effect"


def test_a_thing_is_made_once_and_no_more_are_kept_than_fit(monkeypatch):
    monkeypatch.setattr(speed, "_MOST", 1)
    made, there = [], {}
    for key in ("a", "a", "b", "b"):
        assert speed.kept(there, key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert (made, there) == (["a", "b", "b"], {"a": "A"})


@pytest.mark.parametrize(("text", "wanted"), [("Plain text", False), ('A "quote"', True), ("1 -- 2", True)])
def test_sphinx_looks_for_quotes_only_where_there_are_some(text, wanted):
    document = new_document("page")
    document += nodes.paragraph("", text)
    document.settings.env = type("Env", (), {"settings": {"smart_quotes": True}})()
    speed.TypewrittenTransform(document).apply()
    assert bool(document.settings.smart_quotes) is wanted
