"""What a command gives to a run of Sphinx."""

from types import SimpleNamespace

from sphinx.application import Sphinx

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
