"""Made-up questionnaires of two waves, of which it is known which question is which, as bureaus' files have them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import count

from answered import INDICATORS, indicator

from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable

GRADES = [f"grade_{i}" for i in range(10)]
SHARES = [f"share_{i}" for i in range(8)]
SEVERAL = [f"several_{i}" for i in range(3)]
CHOICES = [f"choice_{i}" for i in range(4)]
NAMES = [*GRADES, *SHARES, *CHOICES]
WAYS = ("a", "b", "c", "d")
DECLARED = INDICATORS + "".join(
    [
        *(indicator(name, "grade") for name in GRADES),
        *(indicator(name, "percent") for name in SHARES),
        *(indicator(name, "percent", *WAYS[:3]) for name in CHOICES),
        *(indicator(name, "percent", *WAYS) for name in SEVERAL),
    ]
)
LANGUAGES = {
    "nl": ("Hoe {how} bent u over {what} van {whom}?", "Welk cijfer geeft u voor {what} van {whom}?",
           "Hebt u het afgelopen jaar gebruik gemaakt van {what} van {whom}?", "Wat vindt u van {what} van {whom}?"),
    "en": ("How {how} are you with {what} of {whom}?", "Which mark do you give {what} of {whom}?",
           "Did you use {what} of {whom} in the past year?", "What do you think of {what} of {whom}?"),
    "de": ("Wie {how} sind Sie mit {what} von {whom}?", "Welche Note geben Sie für {what} von {whom}?",
           "Haben Sie im letzten Jahr {what} von {whom} genutzt?", "Was halten Sie von {what} von {whom}?"),
    "fr": ("À quel point êtes-vous {how} de {what} de {whom} ?", "Quelle note donnez-vous à {what} de {whom} ?",
           "Avez-vous utilisé {what} de {whom} cette année ?", "Que pensez-vous de {what} de {whom} ?"),
}  # fmt: skip
HOW = ("tevreden", "ontevreden", "positief", "negatief", "satisfied", "dissatisfied")
WHAT = (
    *("snelheid", "gemak", "bereikbaarheid", "duidelijkheid", "website", "balie", "app", "post", "telefoon", "uitleg"),
    *("speed", "ease", "clarity", "desk", "phone", "letters", "waiting time", "opening hours"),
)
WHOM = (
    "gemeente",
    "Belastingdienst",
    "UWV",
    "SVB",
    "CAK",
    "DUO",
    "politie",
    "waterschap",
    "town",
    "police",
    "tax office",
)
GRID = "Kunt u voor elk van de volgende onderdelen van de dienstverlening aangeven in hoeverre u het er mee eens bent "
GRID += "dat deze goed geregeld zijn, waarbij u denkt aan de laatste keer dat u er zelf mee te maken had, hoe kort "
GRID += "of lang dat ook geleden is en wie u toen ook hebt gesproken: "
LABELS = {
    "grade": {"1": "heel slecht", "10": "uitstekend"},
    "share": {"1": "ja", "2": "nee"},
    "choice": {"1": "eerste", "2": "tweede", "3": "derde"},
    "box": {"0": "niet genoemd", "1": "genoemd"},
}


@dataclass(frozen=True)
class Item:
    """A question: who it is in every wave, its column, text and labels, and the name that is read from it.

    A box of a set has the identity of the set as its ``group``, the label of the set as its ``stem``, and its ``way``.
    """

    identity: int
    column: str
    text: str
    kind: str
    labels: dict
    name: str = ""
    group: int = 0
    stem: str = ""
    way: str = ""


class Questionnaire:
    """A questionnaire in which some questions are declared, and another of the next wave, made from it."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.identities = count(1)
        self.language = self.rng.choice([*LANGUAGES])
        self.first = self._first()
        self.changes = []
        self.second = self._second()

    def _text(self, style=None):
        rng = self.rng
        forms = LANGUAGES[self.language]
        form = forms[rng.randrange(len(forms)) if style is None else style]
        return form.format(how=rng.choice(HOW), what=rng.choice(WHAT), whom=rng.choice(WHOM))

    def _item(self, kind, column, text, name=""):
        return Item(next(self.identities), column, text, kind, dict(LABELS[kind]), name)

    def _first(self):
        rng, items = self.rng, []
        names = rng.sample(NAMES, rng.randint(8, len(NAMES)))
        free = iter([*names, *[""] * rng.randint(3, 25)])
        for name in free:
            kind = name.split("_")[0] or rng.choice(["grade", "share", "choice"])
            items.append(self._item(kind, "", self._text(), name))
        stem = rng.choice([GRID, "In hoeverre bent u het eens? ", ""])
        for item in [item for item in items if item.kind == "grade"][: rng.choice([0, 4])]:  # a battery
            what = rng.choice([*WHAT, "", ""])
            items[items.index(item)] = replace(item, text=f"{stem}{what}"[:256] if stem else item.text)
        rng.shuffle(items)
        for name in SEVERAL[: rng.randint(0, 3)]:
            group, stem = next(self.identities), f"Welke {rng.choice(['kanalen', 'wegen'])} {rng.choice(WHAT)}?"
            for way, text in zip(WAYS, rng.sample(WHAT, len(WAYS)), strict=True):
                items.append(replace(self._item("box", "", text, name), group=group, stem=stem, way=way))
        return [
            replace(item, column=f"v{number}") for item, number in zip(items, count(rng.randint(1, 20)), strict=False)
        ]

    def _second(self):
        rng, items = self.rng, list(self.first)
        for change in rng.sample(CHANGES, rng.randint(1, 4)):
            self.changes.append(change.__name__)
            items = change(self, items)
        return items


# What bureaus do to a questionnaire between two waves


def renumbered(made, items):
    """Columns have the next numbers, as after a question that was put in."""
    shift = made.rng.randint(1, 5)
    return [replace(item, column=f"v{int(item.column[1:]) + shift}") for item in items]


def exchanged(made, items):
    """Two columns changed places, some of them neighbours."""
    items = list(items)
    for _ in range(made.rng.randint(1, 4)):
        i = made.rng.randrange(len(items) - 1)
        j = made.rng.choice([i + 1, made.rng.randrange(len(items))])
        one, other = items[i], items[j]
        items[i], items[j] = replace(one, column=other.column), replace(other, column=one.column)
    return items


def renamed(made, items):
    """Columns have names of another kind."""
    return [replace(item, column=f"v{900 + made.rng.randrange(10**6)}{i}") for i, item in enumerate(items)]


def reworded(made, items):
    """A word was put in or left out."""
    some = set(made.rng.sample(range(len(items)), max(1, len(items) // 5)))
    texts = [text.replace("?", " nu?") if "?" in text else f"{text} nu" for text in (item.text for item in items)]
    return [
        replace(item, text=texts[i]) if i in some and len(item.text) < 200 else item for i, item in enumerate(items)
    ]


def dropped_and_added(made, items):
    """Some questions are gone, and others that resemble those that were there are new."""
    rng = made.rng
    kept = [item for item in items if rng.random() > 0.15]
    known = {item.text for item in (*made.first, *items)}
    free = [number for number in range(1, 200) if f"v{number}" not in {item.column for item in kept}]
    for number in rng.sample(free[:60], rng.randint(2, 12)):
        text = made._text()
        if text not in known:  # what has the very words of an earlier question is that question
            kept.append(made._item(rng.choice(["grade", "share", "choice"]), f"v{number}", text))
    return kept


def marked_up(made, items):
    """Texts have HTML around them."""
    return [replace(item, text=f"<p><b>{item.text}</b></p>") if len(item.text) < 200 else item for item in items]


def without_texts(made, items):
    """A file of names alone."""
    return [replace(item, text="", stem="", labels={}) for item in items]


def without_labels(made, items):
    """A file without labels."""
    return [replace(item, labels={}) for item in items]


def turned(made, items):
    """Scales run the other way."""
    return [
        replace(item, labels=dict(zip(item.labels, reversed(item.labels.values()), strict=True)))
        if made.rng.random() < 0.3 and not item.group
        else item
        for item in items
    ]


def translated(made, items):
    """Texts are in another language."""
    stems = [f"Translated: {item.stem[::-1]}" if item.stem else "" for item in items]
    texts = [f"Translated: {item.identity * 7919 % 9973} {item.text[::-1]}" for item in items]
    return [replace(item, text=text, stem=stem) for item, text, stem in zip(items, texts, stems, strict=True)]


def relabelled(made, items):
    """Some labels are worded otherwise, and some scales have answers more or fewer."""
    return [
        replace(item, labels={code: f"{text} hoor" for code, text in item.labels.items()} | {"3": "geen van beide"})
        if made.rng.random() < 0.3 and not item.group
        else item
        for item in items
    ]


def sets_reworded(made, items):
    """The labels of some sets are worded otherwise."""
    some = {item.group for item in items if made.rng.random() < 0.3}
    return [
        replace(item, stem=f"{item.stem} Kies ze alle.") if item.group in some and item.group else item
        for item in items
    ]


def cut_off(made, items):
    """Texts end where a program cuts them."""
    return [replace(item, text=item.text[:256]) for item in items]


CHANGES = [
    *(renumbered, exchanged, renamed, reworded, dropped_and_added, marked_up, without_texts, without_labels, turned),
    *(translated, cut_off, relabelled, sets_reworded),
]


def file_of(items):
    """A file with these questions and no answers."""
    variables = {item.column: Variable(item.column, "number", item.text, item.labels) for item in items}
    return SurveyFile("file", variables, None, sets_of(items))


def sets_of(items):
    """The sets of a file, each with a name that says nothing."""
    groups = {}
    for item in items:
        if item.group:
            groups.setdefault(item.group, []).append(item)
    return {
        f"$s{number}": ResponseSet(f"$s{number}", boxes[0].stem, tuple(box.column for box in boxes), "1")
        for number, boxes in enumerate(groups.values(), 1)
    }


def plan_of(items):
    """How the declared questions are read, as waves.toml says it."""
    codes = {"share": {"1": "yes", "2": "no"}, "choice": dict(zip("123", WAYS, strict=False))}
    named = [item for item in items if item.name and not item.group]
    boxes = [item for item in items if item.group]
    sets = {item.name: name for item in boxes for name, s in sets_of(items).items() if item.column in s.columns}
    return {
        "source": "bureau",
        "locator": "bestand",
        "columns": {item.name: item.column for item in named} | sets,
        "codes": {item.name: codes[item.kind] for item in named if item.kind in codes}
        | {name: {box.column: box.way for box in boxes if box.name == name} for name in sets},
    }
