"""A small book about the way to work, in German with French beside it, of made-up figures."""

import json
from pathlib import Path

from wavebook.core.front_matter import twin_of

_REPORT = """@techreport{{amt{year},
  author = {{Anna Muster and Bruno Beispiel}}, title = {{Wege zur Arbeit}}, institution = {{Institut Muster}},
  year = {{{year}}}, number = {{{number}}}, langid = {{german}}
}}
"""
_FILES = {
    "_config.yml": """title: Unterwegs
author: Amt für Verkehr
languages: [de, fr]
html: {baseurl: "https://example.org"}
""",
    "_toc.yml": "format: jb-book\nroot: index\nchapters:\n  - file: wege\n  - file: daten\n  - file: neues\n",
    "data/references.bib": _REPORT.format(year=2023, number=6) + _REPORT.format(year=2024, number=7),
    "data/indicators.toml": """[bases]
all = {de = "alle Erwerbstätigen", fr = "toutes les personnes en emploi"}
[populations]
total = {de = "Erwerbstätige", fr = "Personnes en emploi"}
[segments.region]
de = "Region"
fr = "région"
values.nord = {de = "Norden", fr = "Nord"}
values.sued = {de = "Süden", fr = "Sud"}
[indicators.zufrieden]
unit = "grade"
decimals = 1
base = "all"
name = {de = "Zufriedenheit mit dem Weg", fr = "satisfaction du trajet"}
definition = {de = "Zufriedenheit mit dem Arbeitsweg, von 1 bis 10", fr = "Satisfaction du trajet, de 1 à 10"}
[indicators.mittel]
unit = "percent"
decimals = 0
base = "all"
complete = true
name = {de = "Verkehrsmittel", fr = "mode de transport"}
definition = {de = "Verkehrsmittel auf dem Arbeitsweg", fr = "Mode de transport pour aller au travail"}
categories.rad = {de = "Fahrrad", fr = "vélo"}
categories.auto = {de = "Auto", fr = "voiture"}
""",
    "data/waves.toml": """baseline = 2023
[waves.2023]
name = {de = "erste", fr = "première"}
bureau = "Institut Muster"
client = {de = "Amt", fr = "Office"}
source = "amt2023"
released = 2023-12-01
published = true
[waves.2024]
name = {de = "zweite", fr = "deuxième"}
bureau = "Institut Muster"
client = {de = "Amt", fr = "Office"}
source = "amt2024"
released = 2024-12-01
published = true
[disclosure]
minimum_base = 30
dominance_share = 50
source = "amt2024"
""",
    "data/context.toml": """[orte]
date = "2024-08-01"
value = 39
of = 393
source = "amt2024"
locator = "S. 4"
name = {de = "Gemeinden mit Radschnellweg", fr = "communes avec une voie express"}
""",
    "book/index.md": """---
reviewed: 2024
---
# Unterwegs

Von {number}`zufrieden@baseline` auf {number}`zufrieden`: [Die Zufriedenheit mit dem Weg
{trend}`stieg<zufrieden>`.]{.claim #steigt} Im Jahr {wave}`baseline` fuhren {value}`mittel.rad@baseline` Rad,
{wave}`wave` dann {value}`mittel.rad`. Einen Radschnellweg haben {word}`fact:orte` von {fact}`orte.of` Gemeinden (Stand:
{fact}`orte.date`).
""",
    "book/fr/index.md": """---
reviewed: 2024
---
# En route

De {number}`zufrieden@baseline` à {number}`zufrieden` : [la satisfaction du trajet
{trend}`a augmenté<zufrieden>`.]{.claim #steigt} En {wave}`baseline`, {value}`mittel.rad@baseline` allaient à vélo, en
{wave}`wave` {value}`mittel.rad`. Une voie express existe dans {word}`fact:orte` communes sur {fact}`orte.of`
({fact}`orte.date`).
""",
    "book/wege.md": """---
reviewed: 2024
---
# Wege

[Das Auto liegt vorn.]{.claim #vorn} [Etwa ein Drittel fährt Rad, auf {margin}`etwa` genau.]{.claim #etwa} Das zeigt
{cite:t}`amt2024`.

:::{chart} zufrieden
[Die Zufriedenheit stieg]{.claim #steigt}
:::
:::{chart} mittel
Verkehrsmittel
:::
:::{chart} orte
Gemeinden
:::
:::{chart} wandel
Wandel
:::
""",
    "book/fr/wege.md": """---
reviewed: 2024
---
# Trajets

[La voiture est en tête.]{.claim #vorn} [Environ un tiers va à vélo, à {margin}`etwa` près.]{.claim #etwa} C’est ce que
montre {cite:t}`amt2024`.

:::{chart} zufrieden
[La satisfaction a augmenté]{.claim #steigt}
:::
:::{chart} mittel
Modes
:::
:::{chart} orte
Communes
:::
:::{chart} wandel
Changements
:::
""",
    "book/daten.md": "# Daten\n",
    "book/fr/daten.md": "# Données\n",
    "book/neues.md": "# Änderungen\n",
    "book/fr/neues.md": "# Modifications\n",
}
_TABLES = "".join(f"\n```{{{name}}}\n```\n" for name in ("waves", "figures", "facts", "claims", "bibliography"))
_CELLS = (
    'wave = 2024\nbaseline = 2023\npopulation = "total"\nsegment = ""\nlanguage = "de"',
    "from wavebook import charts, claims, load\n"
    "figures = load(wave=wave, baseline=baseline, population=population, segment=segment, language=language)",
    'charts.lines("zufrieden", figures.select("zufrieden", waves="all"))',
    'charts.bars("mittel", figures.select("mittel"))',
    'charts.tally("orte", figures, "orte")',
    'charts.change("wandel", figures.select("zufrieden", "mittel.rad", waves="both"))',
    'claims.judge(figures, {"steigt": claims.rises("zufrieden"), "vorn": claims.largest("mittel.auto"), '
    '"etwa": claims.about("mittel.rad", 1 / 3, within=5)})',
)


def lay(root: Path) -> Path:
    """Write the book; no page of it has a fault."""
    given = {**_FILES, **{f"data/figures/{year}.csv": _table(year) for year in (2023, 2024)}}
    given["notebooks/wege.ipynb"] = _notebook()
    for page, more in (("daten", _TABLES), ("neues", "\n```{changes}\n```\n")):
        for folder in ("book", "book/fr"):
            given[f"{folder}/{page}.md"] = f"---\nreviewed: 2024\n---\n{given[f'{folder}/{page}.md']}{more}"
    for name, text in given.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in (root / "book" / "fr").glob("*.md"):
        twin = twin_of(root / "book" / path.name)
        path.write_text(
            path.read_text(encoding="utf-8").replace("---\n", f"---\ntwin: {twin!r}\n", 1), encoding="utf-8"
        )
    return root


def _table(year: int) -> str:
    """The figures of a wave: a grade with its error, of two regions too, and two shares."""
    grade, bike, status = {2023: (6.4, 30, "published"), 2024: (7.1, 34, "provisional")}[year]
    head = "wave,indicator,population,segment_by,segment,category,value,unit,n,n_effective,se,ci_low,ci_high,status"
    rows = [f"{year},zufrieden,total,,,,{grade},grade,1200,1100,0.05,{grade - 0.1:.1f},{grade + 0.1:.1f},published"]
    for segment, more in (("nord", 0.3), ("sued", -0.3)):
        rows.append(f"{year},zufrieden,total,region,{segment},,{grade + more:.1f},grade,600,550,0.07,,,published")
    for name, share in (("rad", bike), ("auto", 100 - bike)):
        rows.append(f"{year},mittel,total,,,{name},{share},percent,1200,1100,1.4,,,{status}")
    return "\n".join([f"{head},source,locator", *(f"{row},amt{year},S. 3" for row in rows), ""])


def _notebook() -> str:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
        for n, text in enumerate(_CELLS)
    ]
    cells[0]["metadata"] = {"tags": ["parameters"]}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
