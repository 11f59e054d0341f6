"""The extension is one, of a module a job."""

from collections import defaultdict
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import wavebook.site
from wavebook.pages import directives, figure_tables, resolve, roles, transforms
from wavebook.site import extension

NOT_PARTS = {"extension", "__init__"}


@pytest.fixture
def registered(monkeypatch):
    """All that is registered with Sphinx by the extension itself, and the modules that it sets up."""
    calls, parts = defaultdict(dict), []
    names = [path.stem for path in Path(extension.__file__).parent.glob("*.py") if path.stem not in NOT_PARTS]
    modules = [import_module(f"wavebook.site.{name}") for name in names]
    for module in [m for m in (*modules, transforms, resolve) if hasattr(m, "setup")]:
        monkeypatch.setattr(module, "setup", lambda app, name=module.__name__: parts.append(name))
    monkeypatch.setattr(extension.bibliography, "register", lambda language: parts.append("bibliography"))

    class App:
        config = SimpleNamespace(language="nl")

        def __getattr__(self, call):
            return lambda what, *rest, **more: calls[call].setdefault(what, (*rest, more))

    return calls, parts, wavebook.site.setup(App()), [m.__name__ for m in modules if hasattr(m, "setup")]


def test_every_module_that_listens_to_sphinx_is_set_up_once(registered):
    _, parts, _, modules = registered
    others = [transforms.__name__, resolve.__name__, "bibliography"]
    assert sorted(parts) == sorted([*modules, *others])


def test_a_book_is_found_before_what_needs_it(registered):
    _, parts, *_ = registered
    order = [name.rpartition(".")[2] for name in parts]
    assert order.index("enclosure") < order.index("loading") < order.index("checks")


def test_every_role_and_directive_is_registered(registered):
    calls, *_ = registered
    assert calls["add_role"].keys() == {*roles.ROLES, "spark", "credit"}
    assert calls["add_directive"].keys() == {
        *("chart", "claims", "changes", "accessibility", "waves", "notes", *figure_tables.TABLES)
    }
    assert calls["add_directive"]["waves"][0] is directives.WavesDirective


def test_pages_may_be_read_and_written_side_by_side(registered):
    said = registered[2]
    assert said["parallel_read_safe"]
    assert said["parallel_write_safe"]
    assert SimpleNamespace(**said).env_version
