"""HTML of pages where Sphinx's own is not accessible: names for links, tables that scroll, correct roles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from wavebook.language.words import words_in
from wavebook.pages import mathematics
from wavebook.pages.checks import picture_files

_SIZE = re.compile(r"(width|height): *([\d.]+(?:%|[a-z]*))")
_UNITS = {
    "": 1,
    "px": 1,
    "em": 16,
    "rem": 16,
    "ex": 8,
    "in": 96,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "pt": 4 / 3,
    "pc": 16,
}


def _pixels(size: str) -> str:
    """A size as HTML has it: pixels without a unit, or a part of the width; empty for any other."""
    unit = size.lstrip("0123456789.")
    number = size.removesuffix(unit)
    if unit == "%":
        return f"{float(number):g}%"
    return f"{round(float(number) * _UNITS[unit])}" if unit in _UNITS else ""


def _formula(node: nodes.Element, *, block: bool) -> str:
    """The MathML of a formula; in a draft, one that cannot be shown stays as it was typed."""
    try:
        return mathematics.mathml(node.astext(), block=block)
    except ValueError:
        return f"<code>{escape(node.astext())}</code>"


class PageTranslator(HTML5Translator):
    """Writes a page's doctree as HTML."""

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        """Name the link to a heading or picture for readers who do not see its symbol."""
        if node["ids"] and self.config.html_permalinks and self.builder.add_permalinks:
            named = f'title="{title}" aria-label="{title}"'
            icon = self.config.html_permalinks_icon
            self.body.append(f'<a class="headerlink" href="#{node["ids"][0]}" {named}>{icon}</a>')

    def visit_title(self, node: nodes.Element) -> None:
        """Write a heading; that of a part in a list of pages with its level, which Sphinx leaves out."""
        start = len(self.body)
        super().visit_title(node)
        written = (piece.replace('role="heading"', 'role="heading" aria-level="2"') for piece in self.body[start:])
        self.body[start:] = list(written)

    def visit_math(self, node: nodes.Element, math_env: str = "") -> None:
        """Write a formula within a sentence as MathML."""
        self.body.append(f'<span class="formula">{_formula(node, block=False)}</span>')
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.Element, math_env: str = "") -> None:
        """Write a formula as MathML in a box that scrolls, with its number and the link to it."""
        name = words_in(self.config.language).theme.words["formula"]
        self.body.append(self.starttag(node, "div", "", CLASS="formula-block"))
        self.body.append(f'<div class="formula" role="group" tabindex="0" aria-label="{name}">')
        self.body.append(f"{_formula(node, block=True)}</div>")
        if isinstance(node, nodes.math_block) and node.get("number") is not None:
            self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
            self.add_permalink_ref(node, _("Link to this equation"))
            self.body.append("</span>")
        self.body.append("</div>\n")
        raise nodes.SkipNode

    def visit_image(self, node: nodes.Element) -> None:
        """Write a picture with its size, so that nothing on the page moves when it comes."""
        if "scale" not in node and "://" not in node["uri"]:
            path = Path(self.builder.srcdir, node["uri"])
            sizes = picture_files.fitting(path, str(node.get("width", "")), str(node.get("height", "")))
            node.attributes |= {name: size for name, size in zip(("width", "height"), sizes, strict=True) if size}
        super().visit_image(node)

    def visit_Text(self, node: nodes.Text) -> None:
        """Write a text, with its signs held to their words as printers of the language do; code stays as it is."""
        start = len(self.body)
        super().visit_Text(node)
        if not self.protect_literal_text:
            for space, held in words_in(self.config.language).prose.held:
                self.body[start:] = [re.sub(space, held, written) for written in self.body[start:]]

    def starttag(self, node: Any, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any) -> str:
        """Open an element; the sizes of pictures and columns are attributes, as styles within a page are blocked."""
        style = attributes.pop("style", "") or attributes.pop("STYLE", "")
        for name, size in _SIZE.findall(style):
            if pixels := _pixels(size):
                attributes[name] = pixels
        return super().starttag(node, tagname, suffix, empty, **attributes)

    def emptytag(self, node: Any, tagname: str, suffix: str = "\n", **attributes: Any) -> str:
        """Write an element without content, as ``starttag`` opens one."""
        return self.starttag(node, tagname, suffix, empty=True, **attributes)

    def visit_table(self, node: nodes.Element) -> None:
        """Open a scrolling box, for a table that is wider than the screen."""
        words = words_in(self.config.language)
        name, cue = words.theme.words["table"], words.tables["scroll"]
        self.body.append(f'<section class="table-scroll" tabindex="0" aria-label="{name}" data-cue="{cue}">')
        super().visit_table(node)

    def depart_table(self, node: nodes.Element) -> None:
        """Close the table and its box."""
        super().depart_table(node)
        self.body.append("</section>\n")

    def visit_citation(self, node: nodes.Element) -> None:
        """Open an item of the list of sources, where docutils would give a list entries of a bibliography."""
        if not isinstance(node.previous_sibling(), nodes.citation):
            self.body.append('<ul class="citation-list">\n')
        self.body.append(self.starttag(node, "li", classes=[node.tagname]))

    def depart_citation(self, node: nodes.Element) -> None:
        """Close the item, and the list after its last."""
        self.body.append("</li>\n")
        if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
            self.body.append("</ul>\n")

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write code, and mark the comments of notebooks, which are in the language of the root on every page."""
        try:
            super().visit_literal_block(node)
        except nodes.SkipNode:
            root = self.config.wavebook_root
            if root not in ("", self.config.language) and self.docnames[0].startswith("notebooks/"):
                # from Pygments: code that looks like this is escaped
                marked = f'<span class="c1" lang="{root}">'
                self.body[-1] = self.body[-1].replace('<span class="c1">', marked)
            raise


class EmptyHeaderTransform(SphinxPostTransform):
    """Turn empty header cells in tables of notebooks into plain cells: pandas has one above its index."""

    default_priority = 500  # after myst-nb has chosen among the forms of an output (4)
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Change the page's doctree in place; nothing but a table's own markup looks like that in HTML."""
        for output in self.document.findall(nodes.container):
            if "cell_output" in output["classes"]:
                for raw in list(output.findall(nodes.raw)):
                    raw[:] = [nodes.Text(raw.astext().replace("<th></th>", "<td></td>"))]


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_config_value("wavebook_root", "", "env", types=(str,))  # the language of the pages at the root of the site
    app.add_post_transform(EmptyHeaderTransform)
    for builder in ("html", "singlehtml"):
        app.set_translator(builder, PageTranslator)
