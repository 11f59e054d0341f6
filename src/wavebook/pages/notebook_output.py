"""Charts and verdicts on the pages of notebooks that were run."""

from __future__ import annotations

import json
from typing import ClassVar

from docutils import nodes
from markupsafe import Markup

from wavebook import claims
from wavebook.charts import svg
from wavebook.core.languages import EDITORS
from wavebook.language.words import words_in
from wavebook.pages import chart_kit
from wavebook.pages.records import BookDomain, book_of
from wavebook.pages.tables import table, table_html


class OutputRenderer:
    """Renders charts and verdicts on the pages of the executed notebooks; a plugin of myst-nb."""

    mime_priority_overrides: ClassVar = [
        (builder, mime, 1) for builder in ("html", "singlehtml") for mime in (svg.MIME, claims.MIME)
    ]

    @staticmethod
    def handle_mime(renderer, data, inline: bool) -> list[nodes.Element] | None:
        """Make docutils nodes for an output of this library; None for any other."""
        if data.mime_type not in (svg.MIME, claims.MIME):
            return None
        content = json.loads(data.content) if isinstance(data.content, str) else data.content
        if "absent" in content:
            return [nodes.paragraph("", content["absent"])]
        if data.mime_type == svg.MIME:
            named = content["summary"].partition(":")[0]  # its kind and its first line
            shown = {name: content.get(name, "") for name in ("svg", "html", "summary", "language")}
            holder = nodes.Element(**shown)
            drawing = chart_kit.chart_svg(holder, f"output-{content['name']}", named)
            table_of_it = chart_kit.chart_table(content, named)
            drawn = Markup('<div class="{}">{}{}</div>').format(
                " ".join(chart_kit.classes(content)), drawing, table_of_it
            )
            return [nodes.raw("", str(drawn), format="html")]
        env = renderer.renderer.sphinx_env
        page = env.config.language or EDITORS
        words = words_in(page).tables
        rows = [
            ("", [name, verdict["predicate"], words[verdict["outcome"]], verdict["reason"]])
            for name, verdict in content.items()
        ]
        head = [words[k] for k in ("sentence", "tested", "verdict", "figures")]
        own = {column: EDITORS for column in (1, 3) if page != EDITORS}
        if BookDomain.name in env.domains and not (book := book_of(env)).of_root:
            own[0] = book.languages[0]  # in which notebooks name their statements
        # as HTML, since a book without this library's tables shows it too
        return [nodes.raw("", str(table_html(table(head, rows, words["scroll"], language=own))), format="html")]
