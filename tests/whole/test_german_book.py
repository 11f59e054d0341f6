"""A book in German and French: strict, and without a word of another language."""

import html
import re

import pdfua
import pytest
import unterwegs
from pypdf import PdfReader

from wavebook.cli import main
from wavebook.language.checking import texts_of
from wavebook.language.words import words_in

pytestmark = pytest.mark.slow  # of other languages, test_third_language and test_spoken are quick


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built book."""
    root = unterwegs.lay(tmp_path_factory.mktemp("unterwegs"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build"]) == 0
    return root / "_build" / "html"


def said(path):
    """All that a page says, in its text and in what is only heard or found."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    heard = " ".join(re.findall(r'(?:aria-label|title|alt|placeholder|data-\w+|content)="([^"]*)"', text))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text) + heard).split(" "))


@pytest.mark.parametrize(("language", "folder"), [("de", "."), ("fr", "fr")])
def test_no_page_has_a_phrase_of_another_language(site, language, folder):
    own = {text for _, text in texts_of(words_in(language))}
    others = {"nl", "en", "de", "fr"} - {language}
    phrases = {text for other in others for _, text in texts_of(words_in(other)) if len(text.split()) > 2} - own
    pages = sorted((site / folder).glob("*.html"))
    assert len(pages) == 6
    for page in pages:
        text = said(page)
        if page.name == "404.html" and folder == ".":  # for readers of each language
            text = text.replace(words_in("fr").theme.words["missing_brief"], "")
        found = {phrase for phrase in phrases if "{" not in phrase and phrase in text}
        assert found == set(), page.name
        assert f'<html lang="{language}"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        (
            "index.html",
            [
                "Die Zufriedenheit mit dem Weg stieg",
                "30 Prozent Rad, 2024 dann 34 Prozent [v]",
                "Stand: 1. August 2024",
            ],
        ),
        ("wege.html", ["Abbildung 1", "auf 5 Prozentpunkte genau", "Quelle: Muster und Beispiel, 2023", "n = 1.200"]),
        ("daten.html", ["Wege zur Arbeit. Institut Muster, Bericht 7, 2024", "Befragt wurden: alle", "34 % [v]"]),
        (
            "daten.html",
            [
                "Zufriedenheit mit dem Weg: 2024 höher als 2023",
                "Trifft zu, auch wenn der Zufall mitzählt (Fehlerspanne gemessen)",
            ],
        ),
        ("neues.html", ["Es wurden keine Zahlen neu berechnet."]),
        ("fr/index.html", ["la satisfaction du trajet a augmenté", "30 % allaient à vélo", "1er août 2024"]),
        (
            "fr/wege.html",
            ["Figure 1", "à 5 points de pourcentage près", "Source : Muster et Beispiel, 2023", "n = 1 200"],
        ),
        ("fr/daten.html", ["Institut Muster, rapport 7, 2024", "Personnes interrogées : toutes", "34 % [p]"]),
        ("fr/daten.html", ["Satisfaction du trajet : hausse entre 2023 et 2024"]),
        ("fr/neues.html", ["Aucun chiffre n’a été révisé."]),
    ],
)
def test_a_page_says_it_as_its_readers_do(site, page, texts):
    text = " ".join(re.sub(r"\s+([.,)\]])", r"\1", " ".join(said(site / page).split())).split())
    assert [part for part in texts if part not in text] == []


@pytest.mark.slow
@pytest.mark.browser
def test_it_is_printed_in_both_languages(tmp_path):
    told = pdfua.printed(unterwegs.lay(tmp_path))
    assert {output.name: problems for output, problems in told.items()} == {"unterwegs.pdf": [], "unterwegs-fr.pdf": []}
    for output, language in zip(told, ("de", "fr"), strict=True):
        assert pdfua.faults(output.read_bytes()) == []
        text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(output).pages)
        words = words_in(language)
        for name in ("contents", "opening", "notes", "notes_are"):
            assert " ".join(words.paper[name].split()) in text
        assert words.panels["asked"] in text
        assert {"de": "Daten", "fr": "Données"}[language] not in text  # a page with all figures, and the sources
        assert text.count(words.paper["sources"]) > 1  # in the contents and at its place
        assert "Wege zur Arbeit" in text
