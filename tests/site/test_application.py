"""What a command gives to a run of Sphinx."""

import gc
from types import SimpleNamespace

import pytest
from sphinx.application import Sphinx
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.docutils import docutils_namespace

from wavebook.core.beside import Beside
from wavebook.site.application import Application, Given, given_to


def test_what_is_given_is_there_before_sphinx_loads_an_extension(monkeypatch):
    seen = []
    monkeypatch.setattr(Sphinx, "__init__", lambda self, **settings: seen.append((self.given, settings)))
    given = Given()
    app = Application(given, srcdir="book")
    assert seen == [(given, {"srcdir": "book"})]
    assert given_to(app) is given


def test_another_program_gives_nothing():
    assert given_to(Sphinx.__new__(Sphinx)) is None
    assert given_to(SimpleNamespace(given=Given())) is None


def test_a_run_to_which_nothing_is_given_finds_out_all_by_itself():
    one, other = Given(), Given()
    assert (one.figures, one.results) == (None, None)
    assert isinstance(one.beside, Beside)
    assert one.beside is not other.beside


def test_the_collector_of_tables_of_contents_is_put_aside_without_a_look_at_every_object(tmp_path, monkeypatch):
    (tmp_path / "conf.py").write_text('extensions = ["sphinx_external_toc"]\n')
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    monkeypatch.setattr(gc, "get_objects", lambda: pytest.fail("all objects of the process are looked through"))
    folders = {"srcdir": tmp_path, "confdir": tmp_path, "outdir": tmp_path / "out", "doctreedir": tmp_path / "kept"}
    with docutils_namespace():
        app = Application(Given(), buildername="dummy", status=None, warning=None, **folders)
    handlers = [listener.handler for listeners in app.events.listeners.values() for listener in listeners]
    collecting = {type(h.__self__) for h in handlers if isinstance(getattr(h, "__self__", None), TocTreeCollector)}
    assert [kind.__name__ for kind in collecting] == ["TocTreeCollectorWithStyles"]
