"""A small book whose data fit on a screen, so that a test can break one thing and say what must be found."""

import csv
import re
import textwrap
from pathlib import Path

import pytest

from book import ROOT  # noqa: F401
from wavebook.core.problems import ProblemsError
from wavebook.figures import COLUMNS, load

INDICATORS = """
    [bases.people]
    nl = "mensen"
    en = "people"

    [populations.total]
    nl = "iedereen"
    en = "everyone"
    [populations.citizens]
    nl = "burgers"
    en = "citizens"

    [segments.theme]
    nl = "thema"
    en = "theme"
    [segments.theme.values.work]
    nl = "werk"
    en = "work"
    [segments.theme.values.school]
    nl = "school"
    en = "school"

    [indicators.grade]
    unit = "grade"
    decimals = 1
    base = "people"
    name.nl = "cijfer"
    name.en = "grade"
    definition.nl = "Rapportcijfer"
    definition.en = "Grade"

    [indicators.share]
    unit = "percent"
    decimals = 0
    base = "people"
    name.nl = "antwoord"
    name.en = "answer"
    definition.nl = "Deel dat dit antwoordt"
    definition.en = "Share that answers this"
    [indicators.share.categories]
    yes.nl = "ja"
    yes.en = "yes"
    no.nl = "nee"
    no.en = "no"
    maybe.nl = "misschien"
    maybe.en = "maybe"
"""

WAVES = """
    baseline = 2010

    [waves.2010]
    name.nl = "nulmeting"
    name.en = "baseline"
    bureau = "Een"
    client.nl = "wij"
    client.en = "we"
    source = "report"

    [waves.2013]
    name.nl = "tweede"
    name.en = "second"
    bureau = "Een"
    client.nl = "wij"
    client.en = "we"
    source = "report"

    [waves.2014]
    name.nl = "derde"
    name.en = "third"
    bureau = "Twee"
    client.nl = "wij"
    client.en = "we"
    source = "report"

    [[breaks]]
    from = 2013
    to = 2014
    kind = "noted"
    reason.nl = "ander bureau"
    reason.en = "other bureau"
"""

# a wave whose respondents a test writes, to be added to waves.toml
RESPONDENTS = """
[waves.2016]
name.nl = "a"
name.en = "a"
bureau = "Twee"
client.nl = "a"
client.en = "a"
source = "report"

[waves.2016.responses]
source = "report"
locator = "bestand"
weight = "w"
strata = "s"

[waves.2016.responses.columns]
grade = "v"

[disclosure]
minimum_base = 2
dominance_share = 100
source = "de toets"
"""

CONTEXT = """
    [towns]
    date = "2015-08"
    value = 39
    of = 393
    name.nl = "gemeenten"
    name.en = "towns"
    source = "report"
    locator = "page 1"
"""

SOURCES = """
    @misc{report, author = {Jansen, Jan}, title = {Het rapport}, year = {2015}}
"""

# wave, indicator, population, theme, category, value; the first row of a wave stands on line 2
ROWS = [
    ("2010", "grade", "total", "", "", "6.7"),
    ("2010", "share", "total", "", "yes", "13"),
    ("2010", "share", "total", "", "no", "80"),
    ("2013", "grade", "total", "", "", "6.8"),
    ("2013", "share", "total", "", "yes", "17"),
    ("2014", "grade", "total", "", "", "6.9"),
    ("2014", "grade", "total", "work", "", "7.0"),
    ("2014", "grade", "total", "school", "", ""),
    ("2014", "grade", "citizens", "", "", "6.8"),
    ("2014", "share", "total", "", "yes", "14"),
    ("2014", "share", "total", "", "no", "70"),
    ("2014", "share", "total", "", "maybe", "16"),
]
UNITS = {"grade": "grade", "share": "percent"}


def speak(root: Path, *languages: str) -> None:
    """Let the settings of a book declare these languages, that of its root first."""
    path = root / "_config.yml"
    root.mkdir(parents=True, exist_ok=True)
    others = path.read_text(encoding="utf-8") if path.is_file() else ""
    kept = re.sub(r"^languages:.*\n|^ +language: [a-z]+\n", "", others, flags=re.MULTILINE)
    path.write_text(f"languages: [{', '.join(languages)}]\n{kept}", encoding="utf-8")


class SmallBook:
    """The data folder of a book in ``root``, in two languages; its methods change one thing."""

    def __init__(self, root: Path):
        self.root = root
        self.speak("nl", "en")
        for name, text in (("indicators", INDICATORS), ("waves", WAVES), ("context", CONTEXT)):
            self.write(f"{name}.toml", textwrap.dedent(text))
        self.write("references.bib", textwrap.dedent(SOURCES))
        for year in ("2010", "2013", "2014"):
            self.write(f"figures/{year}.csv", ",".join(COLUMNS) + "\n")
        for wave, indicator, population, theme, category, value in ROWS:
            self.add(
                wave,
                indicator=indicator,
                population=population,
                segment_by="theme" if theme else "",
                segment=theme,
                category=category,
                value=value,
                unit=UNITS[indicator],
                status="published" if value else "suppressed",
            )

    def speak(self, *languages: str) -> None:
        """Let the book declare these languages, that of its root first."""
        speak(self.root, *languages)

    def path(self, name: str) -> Path:
        return self.root / "data" / name

    def write(self, name: str, content: str | bytes) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace ``old``, which must stand in data/``name``, once."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def add(self, wave: int, /, **cells: str) -> None:
        """Append a row to the wave's table."""
        row = {"wave": wave, "population": "total", "status": "published", "source": "report", "locator": "page 1"}
        with self.path(f"figures/{wave}.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, COLUMNS, lineterminator="\n").writerow(row | cells)

    def row(self, wave: int, line: int, /, **cells: str) -> None:
        """Change cells of the row on ``line`` of the wave's table."""
        path = self.path(f"figures/{wave}.csv")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[line - 2] |= cells
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def load(self, **edition):
        return load(self.root, **edition)

    def problems(self, **edition) -> list[str]:
        """What loading finds: code, place and finding of each problem."""
        with pytest.raises(ProblemsError) as caught:
            self.load(**edition)
        assert all(problem.action for problem in caught.value.problems)
        return [f"{p.code} {p.place}: {p.found}" for p in caught.value.problems]
