"""Settings of a run of Sphinx that another program started."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.application import Sphinx

from wavebook.site import adoption, implied
from wavebook.site.application import Application
from wavebook.site.checks import UntrueError


def prepared(kind: type[Sphinx], root: Path) -> tuple[list[str], list[str], str]:
    """The extensions and events that a run of this kind asks for, and the language of its pages."""
    app, loaded, heard = kind.__new__(kind), [], []
    app.given, app.srcdir, app.config = None, str(root / "book"), SimpleNamespace(language="en")
    app.setup_extension = loaded.append
    app.connect = lambda event, listener, priority: heard.append((event, priority))
    adoption.setup(app)
    return loaded, heard, app.config.language


def test_another_program_need_name_this_extension_only(small):
    loaded, heard, language = prepared(Sphinx, small.root)
    assert language == "nl"
    assert [*loaded, "wavebook.site"] == list(implied.EXTENSIONS)
    assert heard == [("config-inited", 0)]


def test_a_command_of_this_library_has_set_everything():
    app = Application.__new__(Application)
    app.given = object()
    adoption.setup(app)  # which would fail: no extension can be loaded yet


@pytest.fixture
def app(small):
    (small.root / "book").mkdir()
    return SimpleNamespace(srcdir=str(small.root / "book"))


def test_what_the_file_says_and_implies_replaces_what_the_program_had(app, small):
    (small.root / "_config.yml").write_text("title: Boek\nsphinx: {config: {html_use_index: true}}\n")
    config = SimpleNamespace(language="nl", html_theme="sphinx_book_theme", extensions=["wavebook.site"])
    adoption._apply(app, config)
    assert (config.html_title, config.html_theme, config.html_use_index) == ("Boek", "wavebook", True)
    assert config.extensions == ["wavebook.site"]


def test_faults_of_the_file_stop_the_program(app, small):
    (small.root / "_config.yml").write_text("titel: Boek\n")
    with pytest.raises(UntrueError, match=r"W203 _config\.yml, titel"):
        adoption._apply(app, SimpleNamespace(language="nl"))
