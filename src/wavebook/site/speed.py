"""What a process does once, however often it runs Sphinx: for a second language, a preview's next build, many editions.

Each is asked for anew by every run of Sphinx, or for every page, and always comes out the same.
"""

from __future__ import annotations

import copy
import gc
from collections.abc import Callable
from functools import cache, lru_cache
from typing import ClassVar

from docutils import frontend, nodes
from jinja2.bccache import Bucket, BytecodeCache
from sphinx.application import Sphinx

_MOST = 10_000  # pieces of each kind that are kept, in a preview of many days


def kept(there: dict, key: object, make: Callable[[], object]):
    """What ``there`` has under ``key``, made when it is first asked for."""
    if key in there:
        return there[key]
    made = make()
    if len(there) < _MOST:
        there[key] = made
    return made


class _Compiled(BytecodeCache):
    """Templates that were compiled before."""

    code: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


_coloured: dict[tuple, str] = {}
_titles: dict[str, dict[str, str]] = {}


def _keep_parts(app: Sphinx) -> None:
    """Find templates compiled, code coloured, and titles written: a page shows those of its neighbours too."""
    if app.builder.name != "html":
        return
    app.builder.templates.environment.bytecode_cache = _Compiled()
    colour, write = app.builder.highlighter.highlight_block, app.builder.render_partial

    def highlight_block(source: str, lang: str, opts=None, force=False, location=None, **more) -> str:
        key = (source, lang, repr(opts), force, repr(sorted(more.items())))
        return kept(_coloured, key, lambda: colour(source, lang, opts, force, location, **more))

    def render_partial(node: nodes.Node | None) -> dict[str, str]:
        plain = isinstance(node, nodes.title) and all(type(child) is nodes.Text for child in node.children)
        return kept(_titles, node.astext(), lambda: dict(write(node))) if plain else write(node)

    app.builder.highlighter.highlight_block, app.builder.render_partial = highlight_block, render_partial


def _keep_names() -> None:
    """Read a name or a word of the bibliography once, though it is cited at every figure: such a text never changes."""
    from pybtex.richtext import Text

    if not hasattr(Text.from_latex, "cache_info"):
        Text.from_latex = staticmethod(lru_cache(_MOST)(Text.from_latex))


def _keep_packages() -> None:
    """Go through all installed packages once for each kind of thing that they may offer."""
    import pybtex.plugin
    import sphinx.theming
    import sphinxcontrib.bibtex.plugin

    for module in (pybtex.plugin, sphinx.theming, sphinxcontrib.bibtex.plugin):
        if not hasattr(module.entry_points, "cache_info"):
            module.entry_points = cache(module.entry_points)


def _keep_defaults() -> None:
    """Make docutils' default settings once: MyST asks for them at every page, and takes those of Sphinx."""
    if not hasattr(frontend.get_default_settings, "__wrapped__"):
        made = cache(frontend.get_default_settings)

        def get_default_settings(*components):
            return copy.deepcopy(made(*components))

        get_default_settings.__wrapped__ = made
        frontend.get_default_settings = get_default_settings


@cache
def freeze() -> None:
    """Tell the collector that what is imported stays, so that it need not go over it in every build."""
    gc.freeze()


def setup(app: Sphinx) -> None:
    """Have Sphinx and what it uses keep these."""
    _keep_names()
    _keep_packages()
    _keep_defaults()
    app.connect("builder-inited", _keep_parts)
