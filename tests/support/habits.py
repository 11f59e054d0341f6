"""Made-up respondent files with the habits of bureaus, whose right figures are known because they were put in.

A survey has questions of several kinds, each asked in one of four languages and kept in one of several ways: turned
scales, 0–10, codes of no answer with and without labels, boxes with blank for no, several answers in a cell. Each is
declared as it is or, of one question at most, as an editor would who did not look: then reading must stop, and name it.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyreadstat
from answered import INDICATORS, indicator

from wavebook.survey.demo import with_sets

BLOCK = "waves.2016.responses"
WORDS = {
    "nl": {
        "yes": ("ja", "ja, zeker", "genoemd", "wel gebruikt"),
        "no": ("nee", "nee, nooit", "niet genoemd", "niet gebruikt"),
        "none": ("weet niet", "geen antwoord", "wil niet zeggen", "n.v.t."),
        "ends": (
            ("zeer slecht", "uitstekend"),
            ("heel ontevreden", "heel tevreden"),
            ("helemaal oneens", "helemaal eens"),
            ("zwaar onvoldoende", "perfect"),
        ),
        "five": ("zeer ontevreden", "ontevreden", "niet tevreden, niet ontevreden", "tevreden", "zeer tevreden"),
        "times": "{} keer",
    },
    "en": {
        "yes": ("yes", "Yes", "selected", "mentioned"),
        "no": ("no", "No", "not selected", "not mentioned"),
        "none": ("don't know", "Refused", "no answer", "not applicable"),
        "ends": (
            ("very bad", "excellent"),
            ("extremely dissatisfied", "extremely satisfied"),
            ("strongly disagree", "strongly agree"),
            ("not at all likely", "extremely likely"),
        ),
        "five": (
            "very dissatisfied",
            "rather dissatisfied",
            "neither satisfied nor dissatisfied",
            "rather satisfied",
            "very satisfied",
        ),
        "times": "{} times",
    },
    "de": {
        "yes": ("ja", "Ja", "genannt", "angekreuzt"),
        "no": ("nein", "Nein", "nicht genannt", "nicht angekreuzt"),
        "none": ("weiß nicht", "keine Angabe", "verweigert", "k.A."),
        "ends": (("sehr schlecht", "ausgezeichnet"), ("sehr unzufrieden", "sehr zufrieden"),
                 ("stimme überhaupt nicht zu", "stimme voll und ganz zu")),
        "five": ("sehr unzufrieden", "unzufrieden", "teils, teils", "zufrieden", "sehr zufrieden"),
        "times": "{} mal",
    },
    "fr": {
        "yes": ("oui", "Oui", "cité", "oui, tout à fait"),
        "no": ("non", "Non", "non cité", "non, pas du tout"),
        "none": ("ne sait pas", "sans réponse", "refus", "non concerné"),
        "ends": (("très mauvais", "excellent"), ("pas du tout satisfait", "tout à fait satisfait"),
                 ("pas du tout d'accord", "tout à fait d'accord")),
        "five": ("très insatisfait", "insatisfait", "ni satisfait ni insatisfait", "satisfait", "très satisfait"),
        "times": "{} fois",
    },
}  # fmt: skip
THEMES = {"education": "onderwijs", "housing": "wonen"}
CHANNELS = {"phone": "telefoon", "desk": "balie", "mail": "e-mail", "site": "website"}
DECLARED = (
    INDICATORS[: INDICATORS.index("\n[indicators.")]
    + indicator("mark", "grade")
    + indicator("second", "grade")
    + indicator("visits", "count")
    + indicator("used", "percent")
    + indicator("happy", "percent").replace("happy nl", "tevreden over de dienst").replace("happy en", "satisfied")
    + indicator("unhappy", "percent").replace("unhappy nl", "ontevreden").replace("unhappy en", "dissatisfied")
    + indicator("channel", "percent", *CHANNELS)
    + indicator("rated", "percent", *CHANNELS)
    + indicator("boxes", "percent", *CHANNELS)
)
for _name, _text in CHANNELS.items():
    DECLARED = DECLARED.replace(f'"{_name} nl"', f'"{_text}"')


@dataclass
class Survey:
    """One made-up file: what it holds, how it is declared, and what each name must become, by respondent.

    ``fault`` is the column of the question that is declared as it is not; None where all are right. ``kept``: whom a
    filter keeps.
    """

    seed: int
    fault: str | None = None
    habits: list[str] = field(default_factory=list)
    columns: dict[str, list] = field(default_factory=dict)
    labels: dict[str, dict] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, list] = field(default_factory=dict)
    sets: dict[str, tuple] = field(default_factory=dict)
    truth: dict[str, list] = field(default_factory=dict)
    kept: list[bool] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self):
        self.rng = rng = random.Random(self.seed)
        self.rows = rng.randint(80, 240)
        self.spss = rng.random() < 0.7  # else a table without labels: there words stand in the cells
        self.words = WORDS[rng.choice(list(WORDS))]
        self.asked = [rng.random() < 0.8 for _ in range(self.rows)]
        self.columns["q"] = [1 if asked else 2 for asked in self.asked]
        kinds = [self.grade, self.count, self.yes_no, self.satisfaction, self.choice, self.boxes]
        kinds = rng.sample([*kinds, self.segment, self.ratings], rng.randint(2, 6))
        wrong = rng.choice(kinds) if rng.random() < 0.5 else None
        for kind in kinds:
            kind(wrong=kind is wrong)
        self.identity(wrong=wrong is None and rng.random() < 0.1)
        self.days()

    # How a question may be kept

    def one_of(self, *choices):
        return self.rng.choice(choices)

    def put(self, column, cells, habit, *, wrong):
        self.columns[column] = cells
        self.habits.append(("wrong: " if wrong else "") + habit)
        if wrong:
            self.fault = column

    def declare(self, table, line):
        self.tables.setdefault(table, []).append(line)

    def silent(self, answers, share=0.06):
        """The answers with some that are none."""
        return [None if self.rng.random() < share else answer for answer in answers]

    def grade(self, *, wrong):
        """A mark: 1–10 or 0–10, turned or not, with or without codes of no answer."""
        low = self.one_of(0, 1)
        marks = [min(10, max(low, round(self.rng.gauss(7, 2)))) for _ in range(self.rows)]
        marks[:3] = [low, 9, 10]
        truth = self.silent(marks)
        truth[:3] = marks[:3]
        habits = ["scale as it is", "no answer in the file's own list", "no answer declared", "missing everywhere"]
        habits += ["turned, declared by code", "labels turned"] if self.spss else ["words for no answer"]
        faults = ["no answer not declared", "real marks missing everywhere"]
        faults += ["turned", "shifted", "other ends", "no answer at the end"] if self.spss else []
        habit = self.rng.choice(faults if wrong else habits)
        first, last = self.one_of(*self.words["ends"])
        everywhere = habit == "missing everywhere"  # where 11 would be a number of visits
        code, none = self.one_of(*(98, 99) if everywhere else (11, 98, 99)), self.one_of(*self.words["none"])
        to_code = {mark: mark for mark in range(low, 11)}
        labels = self.one_of({low: first, 10: last}, {10: last}, {m: f"{m}" for m in range(low, 11)},
                             {low: f"{low} = {first}", 10: f"10 = {last}"}, {})  # fmt: skip
        ranges = low == 0
        match habit:
            case "turned" | "turned, declared by code":
                to_code = {mark: low + 10 - mark for mark in to_code}
                labels = {to_code[low]: first, to_code[10]: last}
                if habit != "turned":
                    self.declare("codes", f"mark = {{ {', '.join(f'{c} = {m}' for m, c in to_code.items())} }}")
            case "labels turned":
                labels = {low: last, 10: first}
                self.declare("labels_overruled", f'v1 = {{ {low} = "{last}", 10 = "{first}" }}')
            case "shifted":
                to_code = {mark: mark + 1 for mark in to_code}
                labels, ranges = {c: f"{m}" for m, c in to_code.items()}, True
                self.declare("ranges", f"mark = [{low + 1}, 11]")
            case "other ends":
                # nobody gave the lowest mark, so no number is outside the declared range
                truth = [None if mark is None else max(mark, low + 1) for mark in truth]
                labels, ranges = {low: first, 10: last}, low == 0
                self.declare("ranges", f"mark = [{low + 1}, 10]")
            case "no answer at the end":
                truth = [mark if mark != 10 else 9 for mark in truth]
                code, labels = 10, {low: first, 10: none}
        if ranges and habit not in ("shifted", "other ends"):
            self.declare("ranges", "mark = [0, 10]")
        cells = [to_code.get(mark) for mark in truth]
        if ("no answer" in habit and habit != "words for no answer") or habit == "missing everywhere":
            cells = [code if mark is None else to_code[mark] for mark in truth]
            if self.spss:
                labels = labels | {code: none}
            if all(mark is not None for mark in truth):
                cells[-1], truth[-1] = code, None
        match habit:
            case "no answer in the file's own list" if self.spss:
                self.missing["v1"] = [code]
            case "no answer declared" | "no answer in the file's own list":
                if self.one_of(True, False):
                    self.declare("codes", f'mark = {{ {code} = "missing" }}')
                else:
                    self.declare("missing_in", self.one_of(f"v1 = [{code}]", f"mark = [{code}]"))
            case "missing everywhere":
                self.head.append(f"missing = [{code}]")
            case "real marks missing everywhere":
                self.head.append("missing = [8, 9]")
            case "words for no answer":
                cells = [none if mark is None else mark for mark in truth]
                self.declare("codes", f'mark = {{ "{none}" = "missing" }}')
        self.declare("columns", 'mark = "v1"')
        self.truth["mark"] = truth
        self.labels["v1"] = labels
        self.questions["v1"] = self.one_of("Welk cijfer geeft u?", f"Welk cijfer geeft u, van {low} tot en met 10?")
        self.put("v1", cells, f"mark, {habit}", wrong=wrong)

    def count(self, *, wrong):
        """A number of visits or an age, with codes of no answer among or above the numbers."""
        ages = self.one_of(True, False)
        numbers = [self.rng.randint(18, 85) if ages else int(self.rng.expovariate(0.4)) for _ in range(self.rows)]
        truth = self.silent(numbers)
        truth[0] = None
        code = self.one_of(999, 9999) if ages else self.one_of(99, 999)
        none = self.one_of(*self.words["none"])
        habit = "no answer not declared" if wrong else self.one_of(
            "no answer declared", "missing everywhere", "empty", "labelled by its number")  # fmt: skip
        cells = [(None if habit in ("empty", "labelled by its number") else code) if n is None else n for n in truth]
        labels = {0: self.one_of("0", self.words["times"].format(0))} if not ages else {}
        match habit:
            case "labelled by its number":
                labels = {n: self.words["times"].format(n) for n in range(6)} if not ages else {85: "85 +"}
            case "no answer declared":
                self.declare("codes", f'visits = {{ {code} = "missing" }}')
            case "missing everywhere":
                self.declare("missing_in", f"visits = [{code}]")
        if habit not in ("empty", "labelled by its number"):
            labels = labels | {code: none}
        self.declare("columns", 'visits = "v2"')
        self.truth["visits"], self.labels["v2"] = truth, labels
        self.put("v2", cells, f"visits, {habit}", wrong=wrong)

    def yes_no(self, *, wrong):
        """Yes or no as 1 and 2, 2 and 1, 1 and 0, or words; declared the other way where wrong."""
        truth = self.silent([int(self.rng.random() < 0.3) for _ in range(self.rows)])
        truth[:4] = [1, 0, 0, None]
        at = self.rng.randrange(4)
        yes_word, no_word = self.words["yes"][at], self.words["no"][at]
        none = self.one_of(*self.words["none"])
        if self.spss:
            yes, no = self.one_of((1, 2), (2, 1), (1, 0), (5, 1))
            self.labels["v3"] = {yes: yes_word, no: no_word, 9: none}
            told = (f'{yes} = "yes", {no} = "no"', f'{yes} = "no", {no} = "yes"')[wrong]
        else:
            yes, no = yes_word, no_word
            told = (f'"{yes}" = "yes", "{no}" = "no"', f'"{yes}" = "no", "{no}" = "yes"')[wrong]
        habit = self.one_of("empty", "no answer declared")
        nine = (9 if self.spss else none) if habit != "empty" else None
        told += f', "{nine}" = "missing"' if nine is not None else ""
        self.declare("codes", f"used = {{ {told} }}")
        self.declare("columns", 'used = "v3"')
        self.truth["used"] = truth
        self.put("v3", [{1: yes, 0: no, None: nine}[a] for a in truth], f"used, {habit}", wrong=wrong)

    def satisfaction(self, *, wrong):
        """Five points, turned or not, of which the satisfied or the dissatisfied side is yes; 6 or 9 is no answer."""
        name = self.one_of("happy", "unhappy")
        points = self.silent([self.one_of(1, 2, 3, 4, 4, 4, 5, 5) for _ in range(self.rows)])
        points[:6] = [1, 2, 3, 4, 5, None]
        turned = self.one_of(True, False)
        code = {point: 6 - point if turned else point for point in range(1, 6)}
        none = self.one_of(6, 9)
        side = {"happy": (4, 5), "unhappy": (1, 2)}[name]
        self.truth[name] = [None if p is None else int(p in side) for p in points]
        if self.spss:
            texts = dict(enumerate(self.words["five"], 1))
            some = self.one_of((1, 2, 3, 4, 5), (1, 5), (1, 3, 5))
            self.labels["v4"] = {code[p]: texts[p] for p in some} | {none: self.words["none"][0]}
            cells = [none if p is None else code[p] for p in points]
            low, high = ('"1..2"', '"3..5"') if (1 in {code[p] for p in side}) != wrong else ('"4..5"', '"1..3"')
            told = f'{low} = "yes", {high} = "no", {none} = "missing"'
            if wrong and self.one_of(True, False, False):
                # the right way round, but no answer falls in a range
                most = {"1..2": "3..9", "4..5": "1..3"}
                right = '"1..2"' if 1 in {code[p] for p in side} else '"4..5"'
                rest = most[right.strip('"')]
                right = '"4..9"' if right == '"4..5"' else right
                told = f'{right} = "yes", "{rest}" = "no"'
        else:
            cells = [None if p is None else self.words["five"][p - 1] for p in points]
            yes = [self.words["five"][p - 1] for p in (side if not wrong else [6 - p for p in side])]
            told = ", ".join(f'"{word}" = "{"yes" if word in yes else "no"}"' for word in self.words["five"])
        self.declare("codes", f"{name} = {{ {told} }}")
        self.declare("columns", f'{name} = "v4"')
        self.put("v4", cells, f"{name}, turned {turned}", wrong=wrong)

    def choice(self, *, wrong):
        """One channel each; the codes of two are exchanged where wrong."""
        names = list(CHANNELS)
        answers = self.silent([self.rng.choice(names) for _ in range(self.rows)])
        answers[:4] = names
        cells = [None if a is None else (names.index(a) + 1 if self.spss else CHANNELS[a]) for a in answers]
        meant = list(names)
        if wrong:
            i, j = self.rng.sample(range(4), 2)
            meant[i], meant[j] = meant[j], meant[i]
        before = self.one_of("", "per ", "via de ")
        if self.spss:
            self.labels["v5"] = {i: before + CHANNELS[name] for i, name in enumerate(names, 1)}
        codes = [f"{i}" if self.spss else CHANNELS[name] for i, name in enumerate(names, 1)]
        told = ", ".join(f'"{code}" = "{name}"' for code, name in zip(codes, meant, strict=True))
        self.declare("codes", f"channel = {{ {told} }}")
        self.declare("columns", 'channel = "v5"')
        for name in names:
            self.truth[f"channel.{name}"] = [None if a is None else int(a == name) for a in answers]
        self.put("v5", cells, "channel", wrong=wrong)

    def boxes(self, *, wrong):
        """Boxes: 1 or empty, 1 or 0, a set of SPSS, or all in one cell; of everyone, or of who was asked."""
        names = list(CHANNELS)
        routed = self.one_of(True, False)
        asked = self.asked if routed else [True] * self.rows
        ticks = [[name for name in names if self.rng.random() < 0.25] if here else None for here in asked]
        first = asked.index(True)
        ticks[first], ticks[asked.index(True, first + 1)] = names, []
        some = self.rng.sample(names, self.rng.randint(2, 4))
        kept = self.one_of("blank", "zero", "cell") if not self.spss else self.one_of("blank", "zero", "set", "cell")
        swapped = wrong and self.spss and kept in ("blank", "zero") and (kept == "zero" or self.one_of(True, False))
        if wrong and kept == "zero" and not swapped:
            kept = "blank"
        for name in names if kept in ("set", "cell") else some:
            self.truth[f"boxes.{name}"] = [None if t is None else int(name in t) for t in ticks]
        told = []
        if kept == "cell":
            codes = {name: f"{i}" if self.one_of(True, False) else name[0].upper() for i, name in enumerate(names, 1)}
            mark = self.one_of(";", ",", "|", "; ")
            self.columns["v6"] = [mark.join(codes[n] for n in t) or None if t else None for t in ticks]
            told = [f'{code} = "{name}"' for name, code in codes.items()]
            self.declare("columns", 'boxes = "v6"')
            unsaid = self.one_of(True, False) and wrong
            if not wrong or unsaid:
                self.declare("separator", f'boxes = "{mark.strip()}"')
        else:
            no = 0 if kept == "zero" else None
            for i, name in enumerate(names, 1):
                self.columns[f"v6_{i}"] = [None if t is None else 1 if name in t else no for t in ticks]
                self.questions[f"v6_{i}"] = f"Welke kanalen? {CHANNELS[name]}"
            if kept == "set":
                self.sets["kanalen"] = ("Welke kanalen?", [f"v6_{i}" for i in range(1, 5)])
                self.declare("columns", 'boxes = "$kanalen"')
                told = [f'v6_{i} = "{name}"' for i, name in enumerate(names, 1)]
            else:
                told = self.one_of([], ['1 = "yes"']) if kept == "blank" else []
                of = dict(zip(some, [*some[1:], some[0]] if swapped else some, strict=True))
                inner = ", ".join(f'{name} = "v6_{names.index(of[name]) + 1}"' for name in some)
                self.declare("columns", f"boxes = {{ {inner} }}")
        if routed and (not wrong or swapped):
            self.declare("asked_if", "boxes = { q = [1] }")
        elif kept != "zero" and (not wrong or swapped):
            told = [*told, 'blank = "no"']
        if told:
            self.declare("codes", f"boxes = {{ {', '.join(told)} }}")
        column = "v6" if kept == "cell" else f"v6_{names.index(some[0]) + 1}" if kept != "set" else "v6_1"
        habit = f"boxes, {kept}{', routed' if routed else ''}{', questions swapped' if swapped else ''}"
        self.put(column, self.columns[column], habit, wrong=wrong)

    def segment(self, *, wrong):
        """A theme, as 1 and 2, letters or words; exchanged, or with no answer in a range, where wrong."""
        names = list(THEMES)
        answers = self.silent([self.rng.choice(names) for _ in range(self.rows)])
        answers[:3] = [*names, None]
        codes = dict(zip(names, self.one_of((1, 2), (2, 1), (3, 1)) if self.spss else THEMES.values(), strict=True))
        none = (9 if self.spss else self.words["none"][0]) if not wrong or self.one_of(True, False) else None
        meant = dict(zip(names, names[::-1], strict=True)) if wrong else {name: name for name in names}
        told = [f'"{code}" = "{meant[name]}"' for name, code in codes.items()]
        if wrong and none == 9:
            first = min(codes, key=codes.get)
            rest = next(name for name in names if name != first)
            told = [f'{codes[first]} = "{first}"', f'"{codes[first] + 1}..9" = "{rest}"']
        elif none is not None:
            told.append(f'"{none}" = "missing"')
        if self.spss:
            before = self.one_of("", "thema ")
            self.labels["v7"] = {code: before + THEMES[name] for name, code in codes.items()}
            self.labels["v7"] |= {9: self.words["none"][0]}
        self.declare("codes", f"theme = {{ {', '.join(told)} }}")
        self.declare("columns", 'theme = "v7"')
        self.truth["theme"] = [None if a is None else names.index(a) for a in answers]
        self.put("v7", [none if a is None else codes[a] for a in answers], "theme", wrong=wrong)

    def ratings(self, *, wrong):
        """A block of five points, each with its own no answer, empty or coded; turned where wrong."""
        names, turned = list(CHANNELS), self.one_of(True, False)
        none = self.one_of(None, 9)
        texts = dict(enumerate(self.words["five"], 1))
        routed = none is not None and self.one_of(True, False)
        for i, name in enumerate(names, 1):
            points = self.silent([self.rng.choice((1, 2, 3, 4, 5)) for _ in range(self.rows)], 0.1)
            points[:5] = [1, 2, 3, 4, 5]
            points = [p if here or not routed else -1 for p, here in zip(points, self.asked, strict=True)]
            code = {p: 6 - p if turned else p for p in range(1, 6)} | {None: none, -1: None}
            if not self.spss:
                code = {**texts, None: none and self.words["none"][0], -1: None}
            self.columns[f"v8_{i}"] = [code[p] for p in points]
            if self.spss:
                self.labels[f"v8_{i}"] = {code[p]: texts[p] for p in range(1, 6)} | {9: self.words["none"][0]}
            self.truth[f"rated.{name}"] = [None if p in (None, -1) else int(p > 3) for p in points]
        if self.spss:
            low, high = ('"1..2"', '"3..5"') if turned != wrong else ('"4..5"', '"1..3"')
            told = [f'{low} = "yes"', f'{high} = "no"', *(['9 = "missing"'] if none else [])]
        else:
            told = [f'"{text}" = "{"yes" if (p > 3) != wrong else "no"}"' for p, text in texts.items()]
            told += [f'"{self.words["none"][0]}" = "missing"'] if none else []
        if routed:
            self.declare("asked_if", "rated = { q = [1] }")
        self.declare("codes", f"rated = {{ {', '.join(told)} }}")
        inner = ", ".join(f'{name} = "v8_{i}"' for i, name in enumerate(names, 1))
        self.declare("columns", f"rated = {{ {inner} }}")
        self.put("v8_1", self.columns["v8_1"], f"ratings, turned {turned}", wrong=wrong)

    def identity(self, *, wrong):
        """A number for each respondent, twice the same where wrong."""
        numbers = list(range(1, self.rows + 1))
        if wrong:
            numbers[-1] = numbers[0]
        self.head.append('respondent = "nr"')
        self.put("nr", numbers, "numbered", wrong=wrong)

    def days(self):
        """The days of the interviews, of which a filter keeps some."""
        days = [datetime.date(2016, 8, 25) + datetime.timedelta(self.rng.randrange(45)) for _ in range(self.rows)]
        self.kept = [True] * self.rows
        if self.rng.random() < 0.2 and self.rows > 120 and self.fault != "nr":
            first, last = datetime.date(2016, 8, 28), datetime.date(2016, 9, 30)
            days[:10] = [first] * 10  # who gave the answers that each question needs
            self.kept = [first <= day <= last for day in days]
            self.head.append(f'filter = {{ datum = "{first}..{last}" }}')
            self.columns["datum"] = days
            self.habits.append("days kept")

    # The file and its declaration

    def write(self, folder: Path) -> Path:
        """The file, as SPSS, CSV or Parquet."""
        frame = pl.DataFrame({name: pl.Series(name, cells, strict=False) for name, cells in self.tidy().items()})
        if not self.spss:
            path = folder / self.one_of("2016.csv", "2016.parquet")
            frame.write_csv(path, separator=";") if path.suffix == ".csv" else frame.write_parquet(path)
            return path
        path = folder / "2016.sav"
        labels = {name: {float(c): t for c, t in table.items()} for name, table in self.labels.items() if table}
        pyreadstat.write_sav(frame, path, column_labels=self.questions, variable_value_labels=labels,
                             missing_ranges=self.missing)  # fmt: skip
        if self.sets:
            path.write_bytes(with_sets(path.read_bytes(), self.sets))
        return path

    def tidy(self) -> dict[str, list]:
        """Columns of one type each: words among numbers make them all words."""
        return {
            name: [None if c is None else str(c) for c in cells] if any(isinstance(c, str) for c in cells)
            else cells if name == "datum" or not self.spss else [None if c is None else float(c) for c in cells]
            for name, cells in self.columns.items()
        }  # fmt: skip

    def declaration(self) -> str:
        """The wave's block of waves.toml, after its source."""
        parts = list(self.head)
        for table, lines in self.tables.items():
            parts += [f"[{BLOCK}.{table}]", *lines]
        return "\n".join(parts) + "\n"
