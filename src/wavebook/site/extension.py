"""The Sphinx extension: live numbers, tested statements and charts in MyST pages, and a site made of them.

Live content is looked up while a page is read, so it works in text, headings, captions, tables and
admonitions alike. Each use leaves a record in the environment: the request, its place, the text shown, any
fault, and a stamp of what it was made from. Exactly the pages with stamps that no longer match are read again;
any fault stops the build before a page is written, or is marked in a draft.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from wavebook.pages import (
    chart_kit,
    directives,
    figure_tables,
    panels,
    proof_marks,
    resolve,
    roles,
    sparks,
    tables,
    transforms,
)
from wavebook.pages.checks import markup
from wavebook.site import (
    adoption,
    apostrophes,
    assets,
    bibliography,
    checks,
    citations,
    contents,
    context,
    enclosure,
    feed,
    head,
    html,
    incremental,
    loading,
    paper,
    phrases,
    row_pages,
    search,
    sitemap,
    speed,
    translation,
)


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    adoption.setup(app)
    for name in roles.ROLES:
        app.add_role(name, roles.LiveRole())
    app.add_role("spark", roles.SparkRole())
    app.add_role("credit", roles.CreditRole())
    app.add_directive("chart", directives.ChartDirective)
    app.add_directive("claims", directives.ClaimsDirective)
    app.add_directive("changes", directives.ChangesDirective)
    app.add_directive("accessibility", directives.AccessibilityDirective)
    app.add_directive("waves", directives.WavesDirective)
    app.add_directive("notes", directives.NotesDirective)
    for name in figure_tables.TABLES:
        app.add_directive(name, directives.FiguresDirective if name == "figures" else directives.TableDirective)
    app.add_enumerable_node(chart_kit.chart, "figure", html=(chart_kit.visit_chart, chart_kit.depart_chart))
    app.add_node(chart_kit.headline, html=(chart_kit.visit_headline, chart_kit.depart_headline))
    app.add_node(chart_kit.chart_caption, html=(chart_kit.visit_caption, chart_kit.depart_caption))
    app.add_node(chart_kit.chart_kit, html=(chart_kit.visit_kit, None))
    app.add_node(directives.claim_list)
    app.add_node(tables.data_table, html=(tables.visit_table, None))
    app.add_node(proof_marks.proof_mark, html=(proof_marks.visit_mark, None))
    app.add_node(panels.panel_link, html=(panels.visit_link, panels.depart_link))
    bibliography.register(app.config.language)
    for part in (
        *(bibliography, contents, enclosure, loading, checks, markup, transforms, sparks, paper, resolve, incremental),
        *(search, speed, apostrophes, phrases, html, row_pages, assets, context, translation),
        *(head, feed, sitemap, citations),
    ):
        part.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
