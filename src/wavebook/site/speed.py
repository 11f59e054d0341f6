"""Work done once in a process, however often it runs Sphinx: for a second language, a preview, many editions.

Every run of Sphinx, or every page, asks for each of these again, and the result is always the same. None of these
libraries has a public way to keep it, so functions of theirs are replaced: ``HOOKED`` lists all of them, and a failing
test names any that has gone. Without these, a site is the same.

Processor time that each saves of 3.3 s for a first build of 30 pages in one process, and of 1.7 s for the next one:
packages 0.5 and 0.7, default settings 0.3 and 0.2, the collector 0.2 and 0.2. Templates, code, titles, names and quotes
each save less than two such builds differ by.
"""

from __future__ import annotations

import copy
import gc
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from typing import ClassVar, TypeVar

from docutils import nodes
from jinja2.bccache import Bucket, BytecodeCache
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import is_smartquotable

Key = TypeVar("Key")
Made = TypeVar("Made")

_MOST = 10_000  # pieces kept of each kind, for a preview that runs for days
_TYPEWRITTEN = re.compile(r"""["'`]|--|\.\.\.""")
_PACKAGES = ("pybtex.plugin", "sphinx.theming", "sphinxcontrib.bibtex.plugin")
HOOKED = (
    *(f"{module}:entry_points" for module in _PACKAGES),
    "pybtex.richtext:Text.from_latex",
    "docutils.frontend:get_default_settings",
    "sphinx.highlighting:PygmentsBridge.highlight_block",
    "sphinx.builders.html:StandaloneHTMLBuilder.render_partial",
    "sphinx.jinja2glue:BuiltinTemplateLoader.init",  # this makes the environment whose compiled templates are kept
    "sphinx.transforms:SphinxSmartQuotes.is_available",  # this reads the settings of the page
)


def kept(there: dict[Key, Made], key: Key, make: Callable[[], Made]) -> Made:
    """The value that ``there`` has under ``key``, made when it is first asked for."""
    if key in there:
        return there[key]
    made = make()
    if len(there) < _MOST:
        there[key] = made
    return made


class _Compiled(BytecodeCache):
    """Templates that have been compiled before."""

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
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or builder.name != "html":
        return
    builder.templates.environment.bytecode_cache = _Compiled()
    colour, write = builder.highlighter.highlight_block, builder.render_partial

    def highlight_block(source: str, lang: str, opts=None, force=False, location=None, **more) -> str:
        key = (source, lang, repr(opts), force, repr(sorted(more.items())))
        return kept(_coloured, key, lambda: colour(source, lang, opts, force, location, **more))

    def render_partial(node: nodes.Node | None) -> dict[str, str]:
        if isinstance(node, nodes.title) and all(type(child) is nodes.Text for child in node.children):
            return kept(_titles, node.astext(), lambda: dict(write(node)))
        return write(node)

    setattr(builder.highlighter, "highlight_block", highlight_block)  # noqa: B010 (no public way)
    setattr(builder, "render_partial", render_partial)  # noqa: B010


class TypewrittenTransform(SphinxTransform):
    """Spare a page without straight quotes, doubled hyphens or three dots the transform that replaces them."""

    default_priority = 749  # before Sphinx's (750)

    def apply(self, **kwargs: object) -> None:
        """Set in the page's settings, which are also those of the next page, whether Sphinx should look."""
        texts = self.document.findall(nodes.Text)
        wanted = any(_TYPEWRITTEN.search(text) and is_smartquotable(text) for text in texts)
        self.document.settings.smart_quotes = self.env.settings["smart_quotes"] and wanted


def _keep_names() -> None:
    """Read a name or a word of the bibliography once, although it is cited at every figure: it never changes."""
    from pybtex.richtext import Text

    if not hasattr(Text.from_latex, "cache_info"):
        Text.from_latex = staticmethod(lru_cache(_MOST)(Text.from_latex))


def _keep_packages() -> None:
    """Go through all installed packages once for each kind of entry point."""
    for name in _PACKAGES:
        module = import_module(name)
        if not hasattr(module.entry_points, "cache_info"):
            setattr(module, "entry_points", cache(module.entry_points))  # noqa: B010


def _keep_defaults() -> None:
    """Make docutils' default settings once: MyST asks for them at every page, and uses Sphinx's."""
    frontend = import_module("docutils.frontend")
    if not hasattr(frontend.get_default_settings, "__wrapped__"):
        made = cache(frontend.get_default_settings)

        def get_default_settings(*components):
            return copy.deepcopy(made(*components))

        setattr(get_default_settings, "__wrapped__", made)  # noqa: B010
        setattr(frontend, "get_default_settings", get_default_settings)  # noqa: B010


@cache
def freeze() -> None:
    """Tell the garbage collector that imported objects stay, so that it need not visit them in every build."""
    gc.freeze()


def setup(app: Sphinx) -> None:
    """Have Sphinx and its libraries keep these."""
    _keep_names()
    _keep_packages()
    _keep_defaults()
    app.add_transform(TypewrittenTransform)
    app.connect("builder-inited", _keep_parts)
