"""Results of ``make accessibility`` on the pages of the site, and the deviations that people have described.

The checks themselves are in publish/reader.py; this module names them for readers and keeps the results.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from pydantic import Field, ValidationError

from wavebook.core import files, languages, text, yaml_files
from wavebook.core.problems import Problem, fail
from wavebook.core.writing import json_file
from wavebook.definitions import Day, Declaration, Definitions, Deviation, Language
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.shown import charts_in
from wavebook.pages.tables import table
from wavebook.pages.uses import made_section

# The success criteria of WCAG that each check concerns; the languages describe what it looks at.
CHECKS = {
    "axe": "",
    "contrast": "1.4.3",
    "keyboard": "2.1.1, 2.1.2, 2.4.1, 2.4.3",
    "focus": "2.4.7, 2.4.11",
    "charts": "1.1.1, 1.4.1, 1.4.11",
    "reflow": "1.4.10",
    "text-size": "1.4.4",
    "text-spacing": "1.4.12",
    "forced-colours": "1.4.1, 1.4.11",
    "reduced-motion": "2.3.3",
    "language": "3.1.1, 3.1.2",
    "offline": "",
    "no-script": "",
}


class Checked(Declaration):
    """The result of one check: how many times it looked at something, and the pages with faults."""

    seen: int
    faulty: tuple[str, ...] = Field(strict=False)


class Results(Declaration):
    """The results of all checks, their day, tools and pages; ``look`` is a hash of whatever decides how pages look."""

    date: Day
    chromium: str
    axe: str
    look: str
    pages: tuple[str, ...] = Field(strict=False)
    checks: dict[str, Checked]


def path(root: Path) -> Path:
    """The file that keeps the results."""
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
    files.write_whole(path(root), json_file(results.model_dump()))


def site_pages(root: Path, spoken: tuple[Language, ...]) -> list[str]:
    """The names of all pages of the site, without .html, as _toc.yml has them and in every language."""
    contents = yaml_files.parse(text.read(root / "_toc.yml", "_toc.yml", "W202"))

    def named(part: object) -> Iterator[str]:
        for key, value in part.items() if isinstance(part, dict) else ():
            if key in ("root", "file"):
                yield value
            for item in value if isinstance(value, list) else ():
                yield from named(item)

    names = list(named(contents))
    folders = [languages.below(code, spoken) for code in spoken]
    return [f"{folder}{name}" for folder in folders for name in _with_others(root / "book" / folder, names)]


def _with_others(folder: Path, names: list[str]) -> list[str]:
    """Pages in a language with those that it has besides: of each chart that they show, to search, and of no page."""
    charts = dict.fromkeys(chart for name in names for chart in charts_in(folder / f"{name}.md"))
    return [*names, *(f"charts/{chart}" for chart in charts), "search", "404"]


def look(root: Path) -> str:
    """The start of a hash of everything that determines how pages look: the theme and the book's own style."""
    return files.digest([*(path for path in files.library() if files.THEME in path.parents), *files.look(root)])[:12]


def changed(root: Path, results: Results, spoken: tuple[Language, ...]) -> list[str]:
    """The parts (``pages``, ``checks``, ``look``) that have changed since; sentences and figures may change."""
    same = {
        "pages": set(results.pages) == set(site_pages(root, spoken)),
        "checks": results.checks.keys() == CHECKS.keys(),
        "look": results.look == look(root),
    }
    return [name for name, alike in same.items() if not alike]


def excused(deviations: tuple[Deviation, ...], check: str, page: str) -> bool:
    """Tell whether a deviation states that ``check`` finds something on ``page``, in any language."""
    folder, _, name = page.partition("/")
    name = name if folder in languages.shipped() else page
    return any(d.check == check and name in d.pages for d in deviations)


# --- as readers see it ------------------------------------------------------------------------------------


def report(root: Path, definitions: Definitions, language: Language) -> list[nodes.Element]:
    """Two sections: the tests with their results, and the known deviations."""
    made: list[nodes.Element] = [
        _section("tested", _tested(root, load(root), definitions.languages, language), language)
    ]
    told = definitions.deviations
    said = nodes.paragraph("", words_in(language).accessibility["deviations_are" if told else "no_deviations"])
    made.append(_section("deviations", [said, *(_deviation(d, language) for d in told)], language))
    return made


def _section(name: str, content: list[nodes.Node], language: Language) -> nodes.section:
    return made_section("", nodes.title("", words_in(language).accessibility[name]), *content, ids=[name], names=[name])


def _tested(root: Path, results: Results | None, spoken: tuple[Language, ...], language: Language) -> list[nodes.Node]:
    words = words_in(language).accessibility
    if results is None:
        return [nodes.paragraph("", words["untested"])]
    told = results.model_dump() | {"date": wording.date(results.date, language), "pages": len(results.pages)}
    made: list[nodes.Node] = [nodes.paragraph("", words["by"].format(**told))]
    if since := changed(root, results, spoken):
        listed = wording.listing([words[name] for name in since], language)
        made.append(nodes.paragraph("", nodes.Text(words["stale"].format(changed=listed))))
    rows, total = [], len(results.pages)
    for name in [name for name in CHECKS if name in results.checks]:
        checked = results.checks[name]
        passed = words["of"].format(passed=total - len(checked.faulty), all=total)
        rows.append(
            ("", [words_in(language).checks[name], CHECKS[name], wording.number(checked.seen, 0, language), passed])
        )
    head = [words[k] for k in ("what", "criteria", "seen", "passed")]
    return [
        *made,
        table(head, rows, f"{words['tested']}. {words_in(language).tables['scroll']}", numeric=(2, 3)),
    ]


def _deviation(deviation: Deviation, language: Language) -> nodes.section:
    """One deviation in the four fields of the Dutch accessibility statement."""
    words, title = words_in(language).accessibility, deviation.what[language]
    fields = nodes.definition_list()
    for name in ("cause", "effect", "alternative", "measure"):
        said = nodes.paragraph("", getattr(deviation, name)[language])
        fields += nodes.definition_list_item("", nodes.term("", words[name]), nodes.definition("", said))
    about = words["criterion"].format(criterion=deviation.criterion) if deviation.criterion else ""
    parts = [nodes.paragraph("", f"{about}.")] if about else []
    return made_section("", nodes.title("", title), *parts, fields, ids=[nodes.make_id(deviation.what.said)])
