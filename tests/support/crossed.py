"""The small book with a second breakdown, the two crossed; with a nest; and without populations."""

AGES = """
[[crossings]]
of = ["theme", "age"]

[segments.age]
nl = "leeftijd"
en = "age"
[segments.age.values.18_34]
nl = "18–34"
en = "18–34"
[segments.age.values.35_up]
nl = "35 en ouder"
en = "35 and over"
"""
CELLS = {"work*18_34": "7.2", "work*35_up": "6.8", "school*18_34": "6.4", "school*35_up": "6.1"}


def cross(small):
    """Cross the themes of a small book with two ages, of which its last wave has figures."""
    small.edit("indicators.toml", "[bases.people]", AGES + "\n[bases.people]")
    for age, value in (("18_34", "7.1"), ("35_up", "6.5")):
        small.add("2014", indicator="grade", segment_by="age", segment=age, value=value, unit="grade")
    for segment, value in CELLS.items():
        small.add("2014", indicator="grade", segment_by="theme*age", segment=segment, value=value, unit="grade")
    return small


TOWN = """
[segments.town]
nl = "plaats"
en = "town"
within = "theme"
[segments.town.values]
a = {nl = "A", en = "A"}
b = {nl = "B", en = "B"}
[segments.town.parents]
a = "work"
b = "school"
"""


def nested(small):
    """Let the themes of a small book have a town each."""
    small.edit("indicators.toml", "[bases.people]", TOWN + "\n[bases.people]")
    for segment in "ab":
        small.add("2014", indicator="grade", segment_by="town", segment=segment, value="6", unit="grade")
    return small


def without_populations(small, column=True):
    """The small book with no population declared; its tables have an empty ``column``, or none."""
    small.edit("indicators.toml", '[populations.total]\nnl = "iedereen"\nen = "everyone"\n', "")
    small.edit("indicators.toml", '[populations.citizens]\nnl = "burgers"\nen = "citizens"\n', "")
    for path in small.path("figures").glob("*.csv"):
        rows = [line.split(",") for line in path.read_text().splitlines() if ",citizens," not in line]
        cells = [
            [*row[:2], *([row[2] if not number else ""] if column else []), *row[3:]] for number, row in enumerate(rows)
        ]
        path.write_text("".join(",".join(row) + "\n" for row in cells))
    return small
