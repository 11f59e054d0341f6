"""Questions of a file that nothing declares yet, drafted as indicators and breakdowns from labels and values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wavebook.survey.answers.labels import no_answer, no_value, numbers, opposites, sense, words
from wavebook.survey.files.quoting import said_mark
from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.files.values import text_of, value_of
from wavebook.survey.inspection.boxes import box_drafts
from wavebook.survey.inspection.design import columns_for, filter_in
from wavebook.survey.inspection.likeness import YES_NO, is_other, meaning_of, without_missing
from wavebook.survey.inspection.naming import (
    AMOUNT,
    BACKGROUND,
    currency_in,
    is_scale,
    name_for,
    names_for,
    scale_in,
    words_of,
)
from wavebook.survey.inspection.roles import ROLES
from wavebook.survey.inspection.summaries import ColumnSummary, labels_of

MOST = 12  # answers of one question: of more, such as towns or professions, somebody has to say which count
_SCALES = ((0, 10), (1, 10), (1, 7), (1, 5), (1, 4), (1, 6), (0, 5), (1, 9), (0, 100))
_HIGHEST = 10.0  # mark of a scale that a question does not name
_FEW = 7  # different numbers that may be codes of answers
_ASIDE = ("7", "8", "9")  # codes for no answer beside those of yes and no
_BEYOND = 2  # codes above a scale that may mean no answer: 11, don't know
_NINES = re.compile(r"9{2,}[789]?|9{1,}[6789]|8{2,}|7{2,}|-[1-9]{1,3}|-9+")


@dataclass(frozen=True)
class Draft:
    """A question as it could be declared; ``doubt`` says what somebody has to look at first.

    ``kind`` is share, choice (one of ``categories``), several (any of them), score (on the scale of ``ends``), count,
    amount (in ``currency``), duration or breakdown. ``columns``, ``codes``, ``missing`` and ``separator`` are those of
    its block. It is ``complete`` if its categories are all answers that there are.
    """

    name: str
    text: str
    kind: str
    columns: Mapping[str, str | tuple[str, ...]]
    categories: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    ends: tuple[float, float] | None = None
    missing: tuple[str, ...] = ()
    separator: str = ""
    currency: str = ""
    complete: bool = True
    doubt: str = ""


def drafts_of(
    file: SurveyFile, contents: Iterable[ColumnSummary], taken: Collection[str] = ()
) -> tuple[list[Draft], dict[str, str]]:
    """The drafts in the order of the file, and the reasons why other columns have none; not of columns ``taken``."""
    counts = {item.variable.name: item for item in contents}
    used = {name.casefold() for name in taken}
    for role in ROLES:
        used |= {v.name.casefold() for v, _ in columns_for(role, file.variables.values(), counts)}
    used |= {completed[0].name.casefold()} if (completed := filter_in(file.variables.values())) else set()
    free = {name: item for name, item in counts.items() if name.casefold() not in used}
    found = dict(box_drafts(file, free))
    for draft in found.values():
        for source in draft["columns"].values():
            members = file.sets[source].columns if source in file.sets else [source]
            free = {name: item for name, item in free.items() if name not in members}
    drafts: list[Draft] = []
    skipped: dict[str, str] = {}
    known: set[str] = set()
    for column in counts:
        made = Draft(**found[column]) if column in found else None
        if made is None and column in free:
            result = _single(free[column])
            if isinstance(result, str):
                skipped[column] = result
                continue
            made = result
        if made is not None:
            drafts.append(replace(made, name=name_for(made.name, known)))
            known.add(drafts[-1].name)
    return drafts, skipped


def _single(item: ColumnSummary) -> Draft | str:
    """The draft of one column, or the reason why there is none."""
    variable = item.variable
    if not item.answers:
        return "nobody answered it"
    if variable.kind == "date":
        return "holds dates"
    if len(variable.labels) > len(labels_of(item)):
        return "its labels are typed texts"
    text = variable.question or variable.name
    labels = without_missing(variable, variable.labels)
    missing = {code: "missing" for code, label in labels.items() if no_answer(label)}
    answers = {code: label for code, label in labels.items() if code not in missing}
    told = {code: label for code, label in answers.items() if value_of(code) not in numbers(label) or len(label) > 5}
    start = Draft(variable.name, text, "share", {"": variable.name}, codes=missing)
    if variable.kind == "time":
        return replace(start, kind="duration", doubt="is it how long something took, or a time of day?")
    if item.numeric:
        return _of_numbers(item, start, answers, told)
    if variable.labels:
        return _of_codes(start, answers)
    return _of_texts(item, start)


def _of_codes(start: Draft, answers: Mapping[str, str]) -> Draft | str:
    """A question whose codes are labelled: yes or no, one of a few answers, or a breakdown."""
    against = opposites(answers) if len(answers) == 2 else {}
    meanings = {code: meaning_of(label, YES_NO) for code, label in answers.items()}
    meanings |= {code: "yes" if side.sign > 0 else "no" for code, side in against.items()}
    if set(meanings.values()) <= {"yes", "no"} and "yes" in meanings.values():
        return replace(start, codes={code: to for code, to in meanings.items() if to} | dict(start.codes))
    if len(answers) > MOST:
        return f"has {len(answers)} answers: say which are published"
    others = {code for code, label in answers.items() if is_other(label)}
    keys = names_for(label for code, label in answers.items() if code not in others)
    named = dict(zip((code for code in answers if code not in others), keys, strict=True))
    if not named:
        return "has no answer that can be published"
    codes = {code: named.get(code, "other") for code in answers} | dict(start.codes)
    background = re.search(BACKGROUND, words_of(start.name, start.text), re.IGNORECASE) and not _is_rated(
        answers.values()
    )
    kind = "breakdown" if background else "choice"
    categories = {named[code]: answers[code] for code in named}
    return replace(start, kind=kind, categories=categories, codes=codes, complete=not others)


_LEVELS = {*"low high laag lage hoog hoge niedrig hoch faible bas élevé haut".split()}


def _is_rated(labels: Iterable[str]) -> bool:
    """Tell whether labels are an opinion, for and against (satisfied, dissatisfied), and no level (low, high)."""
    labels = [*labels]
    sides = {(found.family, found.sign) for label in labels if (found := sense(label))}
    if any(_LEVELS & {*words(label)} for label in labels):
        return False
    return any(sign and family != "yes" and (family, -sign) in sides for family, sign in sides)


def _of_numbers(item: ColumnSummary, start: Draft, answers: Mapping[str, str], told: Mapping[str, str]) -> Draft | str:
    """A question with numbers: codes with labels, a scale, an amount, or a number of things."""
    nines = [value for value in _nines(item, answers) if value not in start.codes]
    seen = [value for value in item.known if value not in nines and value not in start.codes]
    whole = all(float(value).is_integer() for value in seen) if len(item.known) == item.different else item.whole
    points = [float(value) for value in {*seen, *answers} if _is_number(value)]
    start = replace(start, missing=(*item.absent, *nines))
    if told and len(told) < len({*map(_plain, seen), *map(_plain, answers)}) and whole and len(points) > 2:
        return _of_labelled_scale(start, seen, points, [float(code) for code in told if _is_number(code)])
    if told:
        return _of_codes(start, answers)
    if item.apart:
        return "every row has a value of its own"
    low, high = (min(points), max(points)) if points else (item.low, item.high)
    words = words_of(start.name, start.text)
    if re.search(AMOUNT, words, re.IGNORECASE):
        currency = currency_in(words)
        return replace(start, kind="amount", currency=currency, doubt="" if currency else "in which currency?")
    if low is None or high is None:
        return "its numbers are nearly all different: say in which unit they are"
    scale = _of_scale(start, words, seen, points or [low, high]) if whole else None
    if scale is not None:
        return scale
    if not whole or low < 0 or low >= 1900:
        return "its numbers may be anything: say in which unit they are"
    return _of_codes_or_things(start, words, seen, points)


def _of_labelled_scale(start: Draft, seen: Sequence[str], points: Sequence[float], labelled: Sequence[float]) -> Draft:
    """A scale with labels at its ends, or at some points; what is above two labelled ends may be no answer."""
    named = (min(labelled, default=0.0), max(labelled, default=0.0))
    beyond = [value for value in seen if named in _SCALES and float(value) > named[1]]
    ends = scale_in(start.text) or (named if beyond else (min(points), max(points)))
    return _scored(start, ends, beyond, sure=ends in _SCALES and bool({*ends} & {*labelled}))


def _of_scale(start: Draft, words: str, seen: Sequence[str], points: Sequence[float]) -> Draft | None:
    """A scale by the words of its question; one or two codes right above it may be no answers."""
    told = scale_in(words)
    if not told and not is_scale(words):
        return None
    top = told[1] if told else _HIGHEST
    beyond = [value for value in seen if float(value) > top]
    within = [point for point in points if point <= top]
    if not within or len(beyond) > _BEYOND:
        return None
    low, high = min(within), max(within)
    fitting = ((a, b) for a, b in _SCALES if a <= low and high <= b and (high > 5) == (b > 5))
    ends = told or next(fitting, (low, high))
    return _scored(start, ends, beyond, sure=ends in ((low, high), told))


def _scored(start: Draft, ends: tuple[float, float], beyond: Sequence[str], *, sure: bool) -> Draft:
    doubt = f"{_list(beyond)} no answer?" if beyond else "" if sure else "is this its scale?"
    return replace(start, kind="score", ends=ends, doubt=doubt, missing=(*start.missing, *beyond))


def _of_codes_or_things(start: Draft, words: str, seen: Sequence[str], points: Sequence[float]) -> Draft:
    """Numbers without labels: those of yes and no, of things, or codes of answers that somebody has to name."""
    aside = [value for value in seen if value in _ASIDE]
    rest = {*seen} - {*aside}
    for no in "02":
        if rest and rest <= {"1", no}:
            doubt = "is 1 a yes?" if not aside else f"is 1 a yes, and {_list(aside)} no answer?"
            codes = {"1": "yes", no: "no"} | dict(start.codes)
            return replace(start, codes=codes, doubt=doubt, missing=(*start.missing, *aside))
    if re.search(BACKGROUND, words, re.IGNORECASE):
        return replace(start, kind="count", doubt="make groups of it?")
    doubt = "" if _may_be_counted(points) else "is it a number of things, or does each number mean an answer?"
    return replace(start, kind="count", doubt=doubt)


def _may_be_counted(points: Sequence[float]) -> bool:
    """Tell whether whole numbers look like those of things: many, or all from nought on, without a gap among few."""
    few = sorted({*points})
    return len(few) > _FEW or (few[:1] == [0] and few == [*range(len(few))])


def _list(codes: Sequence[str]) -> str:
    return f"{'is' if len(codes) == 1 else 'are'} {', '.join(codes)}"


def _of_texts(item: ColumnSummary, start: Draft) -> Draft | str:
    """A column of texts: a few answers in words, or several in a cell."""
    mark = item.separator or _mark_between(item.known)
    if mark:
        split = (part.strip() for value in item.known for part in value.split(mark))
        parts = item.parts if item.separator else tuple(dict.fromkeys(split))
        answers = {part: part for part in parts if part and not no_value(part)}
        if 1 < len(answers) <= MOST:
            keys = names_for(answers)
            codes = dict(zip(answers, keys, strict=True)) | ({"blank": "no"} if item.empty else {})
            doubt = "it holds answers that few gave" if item.rare else ""
            between = said_mark(mark, "“{}”")
            doubt = doubt if item.separator else f"are there several answers in a cell, with {between} between them?"
            named = dict(zip(keys, answers, strict=True))
            several = replace(start, kind="several", separator=mark, doubt=doubt)
            return replace(several, categories=named, codes=codes)
    if item.different > MOST:
        return f"holds {item.different} different texts"
    if len(item.known) < item.different:
        return "holds texts that few respondents gave"
    values = [*item.known]
    if all(value[:1].isdigit() for value in values if not no_value(value)):
        values.sort(key=lambda value: (min(numbers(value), default=0.0), value))
    answers = {value: value for value in values}
    missing = {value: "missing" for value in answers if no_value(value)}
    rest = {value: value for value in answers if value not in missing}
    bare = [value for value in rest if _is_number(value)]
    numbers_among = bare if len(bare) == 1 else [value for value in bare if _NINES.fullmatch(value)]
    if numbers_among and sum(not re.search(r"\d", value) for value in rest) > 1:
        missing |= dict.fromkeys(numbers_among, "missing")
        start = replace(start, doubt=f"{_list(numbers_among)} no answer?")
        rest = {value: value for value in rest if value not in missing}
    return _of_codes(replace(start, codes=missing), rest) if rest else "holds no answers"


def _mark_between(values: Sequence[str]) -> str:
    """The mark that may stand between answers: one of those that it parts is an answer by itself."""
    for mark in ("\n", ";", "|", ","):
        if any({part.strip() for part in value.split(mark)} & {*values} for value in values if mark in value):
            return mark
    return ""


def _nines(item: ColumnSummary, answers: Mapping[str, str]) -> list[str]:
    """Codes such as 99 that stand far above, or below, all other values without a label."""
    values = [value for value in item.known if _is_number(value) and value not in answers]
    rest = [float(value) for value in values if not _NINES.fullmatch(value)]
    rest += [float(code) for code in answers if _is_number(code)]
    below = [-float(value) for value in values if value.startswith("-")]
    if not rest or (1 in below and max(below) == max(rest) > 1):  # a scale with nought in its middle
        return []
    return [v for v in values if _NINES.fullmatch(v) and (float(v) > 2 * max(rest) + 5 or float(v) < min(0, *rest))]


def _is_number(value: str) -> bool:
    return isinstance(value_of(value), float)


def _plain(value: str) -> str:
    return text_of(value_of(value))


def variables_of(draft: Draft, file: SurveyFile) -> Iterator[Variable]:
    """The variables that a draft is read from."""
    for source in draft.columns.values():
        for column in [source] if isinstance(source, str) else source:
            for name in file.sets[column].columns if column in file.sets else [column]:
                yield file.variables[name]
