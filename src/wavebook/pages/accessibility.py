"""What ``make accessibility`` found on the pages of the site, and the deviations that people described.

The checks themselves are tests/reader.py; this module names them for readers and keeps what came out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import yaml
from docutils import nodes
from pydantic import Field, ValidationError

from wavebook.core import files
from wavebook.core.problems import Problem, fail
from wavebook.definitions import Day, Declaration, Definitions, Deviation, Language
from wavebook.language import wording
from wavebook.pages import elements

# What each check looks at, in readers' words, with the success criteria of WCAG that it concerns.
CHECKS: dict[str, dict[str, str]] = {
    "axe": {
        "criteria": "",
        "nl": "De regels van axe-core voor WCAG, in lichte en donkere kleuren.",
        "en": "The rules of axe-core for WCAG, in light and dark colours.",
    },
    "contrast": {
        "criteria": "1.4.3",
        "nl": "Tekst steekt genoeg af tegen wat erachter staat.",
        "en": "Text stands out enough from what is behind it.",
    },
    "keyboard": {
        "criteria": "2.1.1, 2.1.2, 2.4.1, 2.4.3",
        "nl": "De Tab-toets bereikt alles, in de volgorde van de pagina, en ook terug. U kunt het menu overslaan.",
        "en": "The Tab key reaches everything, in the order of the page, and back again. You can skip the menu.",
    },
    "focus": {
        "criteria": "2.4.7, 2.4.11",
        "nl": "Een rand toont waar u met de Tab-toets bent, en niets ligt ervoor.",
        "en": "A ring shows where the Tab key has taken you, and nothing covers it.",
    },
    "charts": {
        "criteria": "1.1.1, 1.4.1, 1.4.11",
        "nl": "Elke grafiek heeft een naam, een beschrijving en een tabel. Lijnen en vlakken steken genoeg af, ook in "
        "grijs. Ze verschillen niet alleen in kleur.",
        "en": "Each chart has a name, a description and a table. Lines and areas stand out enough, in grey too. They "
        "differ in more than colour.",
    },
    "reflow": {
        "criteria": "1.4.10",
        "nl": "Op een smal scherm past alles, zonder dat u de pagina opzij schuift.",
        "en": "Everything fits a narrow screen, and the page does not scroll sideways.",
    },
    "text-size": {
        "criteria": "1.4.4",
        "nl": "Met letters die dubbel zo groot zijn, valt niets weg of over elkaar.",
        "en": "With letters twice as large, nothing is cut off or lies over anything else.",
    },
    "text-spacing": {
        "criteria": "1.4.12",
        "nl": "Met meer ruimte tussen letters, woorden en regels valt niets weg of over elkaar.",
        "en": "With more room between letters, words and lines, nothing is cut off or lies over anything else.",
    },
    "forced-colours": {
        "criteria": "1.4.1, 1.4.11",
        "nl": "Met de kleuren die uw computer oplegt, blijven knoppen, links en grafieken te zien.",
        "en": "With the colours that your computer imposes, buttons, links and charts can still be seen.",
    },
    "reduced-motion": {
        "criteria": "2.3.3",
        "nl": "Wie geen beweging wil, krijgt geen beweging.",
        "en": "Readers who want no motion get none.",
    },
    "language": {
        "criteria": "3.1.1, 3.1.2",
        "nl": "Wat in een andere taal staat, is als die taal gemarkeerd.",
        "en": "What is in another language is marked as that language.",
    },
    "offline": {
        "criteria": "",
        "nl": "De pagina werkt zonder netwerk en vraagt niets van elders.",
        "en": "The page works without a network and asks for nothing from elsewhere.",
    },
    "no-script": {
        "criteria": "",
        "nl": "Zonder JavaScript staat alles er nog.",
        "en": "Without JavaScript, everything is still there.",
    },
}

WORDS = {
    "nl": {
        "tested": "Wat een computer heeft getoetst",
        "by": "Op {date} zijn alle {pages} pagina’s van dit boek getoetst, van schijf en zonder netwerk, in Chromium "
        "{chromium} en met axe-core {axe}. Hieronder staat wat er is bekeken en op hoeveel pagina’s het in orde is.",
        "untested": "De pagina’s van dit boek zijn nog niet getoetst.",
        "stale": "Daarna is er iets veranderd: {changed}. De uitkomsten gelden daarvoor niet.",
        "pages": "de lijst van pagina’s",
        "checks": "de lijst van toetsen",
        "look": "de vormgeving",
        "what": "Wat is bekeken",
        "criteria": "WCAG",
        "seen": "Keer bekeken",
        "passed": "In orde",
        "of": "{passed} van {all}",
        "deviations": "Bekende afwijkingen",
        "deviations_are": "Bij elke afwijking staan dezelfde vier punten als in de Nederlandse "
        "toegankelijkheidsverklaring.",
        "no_deviations": "Er zijn geen afwijkingen bekend.",
        "criterion": "Succescriterium {criterion}",
        "cause": "Oorzaak",
        "effect": "Gevolg",
        "alternative": "Alternatief",
        "measure": "Maatregel",
    },
    "en": {
        "tested": "What a computer has tested",
        "by": "On {date}, all {pages} pages of this book were tested, from disk and without a network, in Chromium "
        "{chromium} and with axe-core {axe}. Below is what was looked at, and on how many pages it is in order.",
        "untested": "The pages of this book have not been tested yet.",
        "stale": "Something changed after that: {changed}. The results do not hold for it.",
        "pages": "the list of pages",
        "checks": "the list of checks",
        "look": "the design",
        "what": "What was looked at",
        "criteria": "WCAG",
        "seen": "Times looked",
        "passed": "In order",
        "of": "{passed} of {all}",
        "deviations": "Known deviations",
        "deviations_are": "Each deviation has the same four points as in the Dutch accessibility statement.",
        "no_deviations": "No deviations are known.",
        "criterion": "Success criterion {criterion}",
        "cause": "Cause",
        "effect": "Consequence",
        "alternative": "Alternative",
        "measure": "Measure",
    },
}


class Checked(Declaration):
    """What one check found: how many times it looked at something, and on which pages something is wrong."""

    seen: int
    faulty: tuple[str, ...] = Field(strict=False)


class Results(Declaration):
    """What was found, on which day, with what, on which pages; ``look`` is a hash of what gives them their looks."""

    date: Day
    chromium: str
    axe: str
    look: str
    pages: tuple[str, ...] = Field(strict=False)
    checks: dict[str, Checked]


def path(root: Path) -> Path:
    """Where the results are kept."""
    return root / "data" / "accessibility.json"


def load(root: Path) -> Results | None:
    """The results of the book in ``root``; None when nobody has tested its pages.

    Raises ProblemsError (W202) for a file that cannot be read.
    """
    try:
        return Results.model_validate(json.loads(path(root).read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, ValidationError) as error:
        found = f"cannot be read: {str(error).splitlines()[0]}"
        fail(Problem("W202", "data/accessibility.json", found, "Make it again: make accessibility."))


def save(root: Path, results: Results) -> None:
    """Keep ``results`` for the page that shows them."""
    text = json.dumps(results.model_dump(), ensure_ascii=False, indent=1)
    files.write_whole(path(root), f"{text}\n".encode())


def site_pages(root: Path) -> list[str]:
    """The names of all pages of the site, without .html, as _toc.yml has them and in both languages."""
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))

    def named(part: object) -> Iterator[str]:
        for key, value in part.items() if isinstance(part, dict) else ():
            if key in ("root", "file"):
                yield value
            for item in value if isinstance(value, list) else ():
                yield from named(item)

    names = [*named(contents), "search", "404"]
    english = (root / "book" / "en" / "index.md").is_file()
    return [*names, *(f"en/{name}" for name in names if english)]


def look(root: Path) -> str:
    """The start of a hash of all that gives pages their looks: the theme and the book's own style."""
    return files.digest([*(path for path in files.library() if files.THEME in path.parents), *files.look(root)])[:12]


def changed(root: Path, results: Results) -> list[str]:
    """What the results were not made from: ``pages``, ``checks`` or ``look``. Sentences and figures may change."""
    same = {
        "pages": set(results.pages) == set(site_pages(root)),
        "checks": results.checks.keys() == CHECKS.keys(),
        "look": results.look == look(root),
    }
    return [name for name, alike in same.items() if not alike]


def excused(deviations: tuple[Deviation, ...], check: str, page: str) -> bool:
    """Whether a deviation says that ``check`` finds something on ``page``, in any language."""
    name = page.removeprefix("en/")
    return any(d.check == check and name in d.pages for d in deviations)


# --- as readers see it ------------------------------------------------------------------------------------


def report(root: Path, definitions: Definitions, language: Language) -> list[nodes.Element]:
    """Two sections: what was tested and what came out, and the known deviations."""
    made = [_section("tested", _tested(root, load(root), language), language)]
    told = definitions.deviations
    said = nodes.paragraph("", WORDS[language]["deviations_are" if told else "no_deviations"])
    made.append(_section("deviations", [said, *(_deviation(d, language) for d in told)], language))
    return made


def _section(name: str, content: list[nodes.Node], language: Language) -> nodes.section:
    return nodes.section("", nodes.title("", WORDS[language][name]), *content, ids=[name], names=[name])


def _tested(root: Path, results: Results | None, language: Language) -> list[nodes.Node]:
    words = WORDS[language]
    if results is None:
        return [nodes.paragraph("", words["untested"])]
    told = results.model_dump() | {"date": wording.date(results.date, language), "pages": len(results.pages)}
    made = [nodes.paragraph("", words["by"].format(**told))]
    if since := changed(root, results):
        listed = wording.listing([words[name] for name in since], language)
        made.append(nodes.paragraph("", nodes.Text(words["stale"].format(changed=listed))))
    rows, total = [], len(results.pages)
    for name in [name for name in CHECKS if name in results.checks]:
        check, checked = CHECKS[name], results.checks[name]
        passed = words["of"].format(passed=total - len(checked.faulty), all=total)
        rows.append(("", [check[language], check["criteria"], wording.number(checked.seen, 0, language), passed]))
    head = [words[k] for k in ("what", "criteria", "seen", "passed")]
    return [
        *made,
        elements.table(head, rows, f"{words['tested']}. {elements.WORDS[language]['scroll']}", numeric=(2, 3)),
    ]


def _deviation(deviation: Deviation, language: Language) -> nodes.section:
    """One deviation in the four fields of the Dutch accessibility statement."""
    words, title = WORDS[language], deviation.what[language]
    fields = nodes.definition_list()
    for name in ("cause", "effect", "alternative", "measure"):
        said = nodes.paragraph("", getattr(deviation, name)[language])
        fields += nodes.definition_list_item("", nodes.term("", words[name]), nodes.definition("", said))
    about = words["criterion"].format(criterion=deviation.criterion) if deviation.criterion else ""
    parts = [nodes.paragraph("", f"{about}.")] if about else []
    return nodes.section("", nodes.title("", title), *parts, fields, ids=[nodes.make_id(deviation.what.nl)])
