"""The publication as reference managers read it."""

from __future__ import annotations

import re

from wavebook.site import citations

CITATIONS = ("citation.bib", "citation.json", "citation.ris")


def test_every_file_for_citing_is_linked_from_the_page_with_the_data(site):
    for folder in (site, site / "en"):
        page = (folder / "data.html").read_text(encoding="utf-8")
        linked = set(re.findall(r'href="(citation\.[a-z]+)"', page))
        assert linked == {path.name for path in folder.glob("citation.*")} == set(CITATIONS)


def test_signs_that_latex_reads_as_commands_stay_text_in_bibtex():
    assert citations._bibtex(r"Burgers & bedrijven: 50% {meer} \input") == r"Burgers \& bedrijven: 50\% meer input"
