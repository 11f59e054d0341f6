"""The names of waves for readers: short ones, those beside a figure, and the forms that sentences need."""

from __future__ import annotations

from functools import cache

from wavebook.core import periods
from wavebook.core.units import Language
from wavebook.language import wording
from wavebook.language.words import words_in


class WaveName(str):
    """The name of a wave as tables, axes and titles have it, with its forms in running text.

    A template asks for a form: ``{wave}`` is the name, ``{wave:the}`` what follows a preposition, with its article
    (in German the dative), and ``{wave:in}`` the same with the preposition for when it was.

    >>> "{0}; before {0:the}; higher {0:in}".format(of_period("2020Q3", "en"))
    'Q3 2020; before the third quarter of 2020; higher in the third quarter of 2020'
    """

    the: str
    within: str

    def __new__(cls, name: str, the: str = "", within: str = "") -> WaveName:
        """A name with its forms; without them it is its own."""
        made = super().__new__(cls, name)
        made.the, made.within = the or name, within or name
        return made

    def __format__(self, form: str) -> str:
        """The form that a template asks for."""
        forms = {"": str(self), "the": self.the, "in": self.within}
        if form not in forms:
            raise ValueError(f"a wave has no form {form}; use one of: the, in")
        return forms[form]

    @property
    def said(self) -> frozenset[str]:
        """The ways in which a sentence may name it: its forms, what they share whatever the preposition, no article."""
        one, two = self.the.split(), self.within.split()
        alike = 0
        while alike < min(len(one), len(two)) and one[-1 - alike] == two[-1 - alike]:
            alike += 1
        shared = " ".join(one[len(one) - alike :])
        bare = " ".join(one[1:]) if self.the != self and len(one) > 2 else ""
        return frozenset(filter(None, (str(self), self.the, self.within, shared, bare)))


@cache
def of_period(name: str, language: Language) -> WaveName | None:
    """The name of the period that a key stands for; None where it stands for none.

    >>> of_period("2024-03", "nl"), of_period("2023H2", "en").the, of_period("2024Q2", "de").within
    ('maart 2024', 'the second half of 2023', 'im 2. Quartal 2024')
    """
    found = periods.parts(name)
    if found is None:
        return None
    words, (year, *rest) = words_in(language).periods, found.numbers
    if found.kind in ("half", "quarter"):
        ordinal = words["halves" if found.kind == "half" else "quarters"].split()[rest[0] - 1]
        the, within = (words[f"{form}_{found.kind}"].format(ordinal=ordinal, year=year) for form in ("the", "in"))
        return WaveName(words[f"{found.kind}_{rest[0]}"].format(year=year), the, within)
    if found.kind == "week":
        parts = {"number": rest[0], "year": year}
        return WaveName(*(words[form].format(**parts) for form in ("week", "the_week", "in_week")))
    date = wording.date("-".join((str(year), *(f"{number:02}" for number in rest))), language)
    the = words["the_day"].format(day=date) if found.kind == "day" else date
    return WaveName(date, the, words[f"in_{found.kind}"].format(**{found.kind: date}))


def named(key: str, language: Language) -> WaveName:
    """The name of a wave of which only the key is known: its period, or else the key."""
    return of_period(key, language) or WaveName(key)


@cache
def of_axis(name: str, language: Language) -> str:
    """The short name of the period that a key stands for, as an axis has it; empty where it stands for none.

    >>> of_axis("2024Q2", "nl"), of_axis("R8", "en")
    ('K2 2024', '')
    """
    found = periods.parts(name)
    if found is None:
        return ""
    words, (year, *rest) = words_in(language).periods, found.numbers
    if found.kind == "year":
        return str(year)
    if found.kind in ("month", "day"):
        day, month = " ".join(map(str, rest[1:])), words["months_short"].split()[rest[0] - 1]
        return f"{day} {month} {year}".strip()
    return words[f"{found.kind}_short"].format(number=rest[0], year=year)


@cache
def of_months(between: periods.Period, language: Language) -> WaveName:
    """The name of the months from the first to the last day of a period.

    >>> of_months(periods.declared("2024-01..2024-03"), "en").within
    'in the period January 2024 to March 2024'
    """
    months = [day.isoformat()[:7] for day in between]
    first, last = (wording.date(month, language) for month in months)
    words = words_in(language).periods
    if first == last and (name := of_period(months[0], language)):
        return name
    return WaveName(*(words[form].format(first=first, last=last) for form in ("span", "the_span", "in_span")))


def of_label(label: str, prose: str, language: Language) -> WaveName:
    """The name of a wave with a label of its own, which sentences may have in another form.

    >>> of_label("Runde 8", "der achten Runde", "de").within
    'in der achten Runde'
    """
    return WaveName(label, prose, words_in(language).periods["in_label"].format(label=prose))
