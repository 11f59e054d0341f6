"""Proposals of columns of a new respondent file for declared names: by earlier questions first, by names last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from wavebook.core.spans import span
from wavebook.definitions import Definitions, ResponseFile, meanings_of
from wavebook.survey.answers.described import Texts, text_of
from wavebook.survey.answers.labels import no_answer
from wavebook.survey.answers.questions import Question
from wavebook.survey.answers.wording import folded, is_same, key_of, says_what
from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.files.values import value_of, within
from wavebook.survey.inspection.choices import Choice, Proposal
from wavebook.survey.inspection.likeness import (
    ALIKE,
    SAME,
    YES_NO,
    Rarity,
    codes_for,
    codes_within,
    folded_words,
    likeness_of,
    meaning_of,
    nearest,
    plain_code,
    texts_of,
    without_missing,
    words_of,
)

_AHEAD = 0.1  # over the next best, for a text that is not quite the same


def propose(
    file: SurveyFile,
    d: Definitions,
    plan: ResponseFile | None,
    asked: Mapping[str, Question],
    *,
    declared: bool,
) -> tuple[Proposal, ...]:
    """A proposal for the population, each breakdown and each indicator.

    Parameters
    ----------
    plan
        The reading of this wave's file if ``declared`` already, else that of an earlier one.
    asked
        The questions of earlier waves, by name.
    """
    search = _Search(file, d, plan, asked, declared)
    names = [*(["population"] if d.populations else []), *d.segments, *d.indicators]
    known = {name: found for name in names if (found := search.known(name))}
    taken = set(chain.from_iterable(found.columns for found in known.values() if found.sure))
    by_name = search.by_name([name for name in names if name not in known], taken)
    return tuple(known.get(name) or by_name[name] for name in names)


class _Search:
    """The search for declared names in a file: ``known`` from earlier waves or declarations, ``by_name`` from names."""

    def __init__(self, file: SurveyFile, d: Definitions, plan: ResponseFile | None, asked, declared: bool):
        self.file, self.d, self.plan, self.asked, self.declared = file, d, plan, asked, declared
        self.folded = {name.casefold(): name for name in (*file.variables, *file.sets)}
        self.texts = Texts(file)
        self.rarity = Rarity(variable.question for variable in file.variables.values())

    # As it is declared, or was asked before

    def known(self, name: str) -> Proposal | None:
        """The declaration of this wave; else the place of an earlier question; else the earlier declaration."""
        before = self.as_declared(name)
        questions = {key: q for key, q in self.asked.items() if key.partition(".")[0] == name}
        if (self.declared and before) or not questions:
            return before
        found = self.set_as_before(name, questions) or self.columns_as_before(name, questions)
        return found if found.columns or not before else before

    def as_declared(self, name: str) -> Proposal | None:
        if self.plan is None or name not in self.plan.columns:
            return None
        by_category = self.plan.columns[name]
        if any(column.casefold() not in self.folded for column in chain.from_iterable(by_category.values())):
            return None
        choices = {}
        for category, columns in by_category.items():
            sure = self.declared or all(self.says_so(name, column) for column in columns)
            why = "as declared before" if sure else "the name that it had before, when its question was not kept"
            choices[category] = Choice(columns[0] if len(columns) == 1 else columns, why, sure=sure)
        tables = self.plan.codes.get(name, {})
        return Proposal(name, choices, {**tables.get("", {}), **{c: t for c, t in tables.items() if c}}, {})

    def says_so(self, name: str, column: str) -> bool:
        """Tell whether a column says itself that it holds ``name``, by its own name or the words of its question."""
        item = None if name == "population" else self.d.segments.get(name) or self.d.indicators[name]
        variable = self.file.variables.get(self.folded[column.casefold()])
        asked = variable.question if variable else ""
        texts = texts_of(item) if item and asked else []
        return says_what(column) or any(likeness_of(text, asked) >= SAME for text in texts)

    def set_as_before(self, name: str, questions: Mapping[str, Question]) -> Proposal | None:
        """A multiple response set that asks the same, with the same answers."""
        whole = questions.get(name)
        answers = {key.partition(".")[2]: key_of(q.text) for key, q in questions.items() if "." in key}
        members = {text: category for category, text in answers.items() if [*answers.values()].count(text) == 1}
        if whole is None or len(whole.columns) < 2:
            return None
        alike = [found for found in self.file.sets.values() if whole.text and is_same(found.label, whole.text)]
        for found in alike[:1]:
            sure, others = len(alike) == 1 and not whole.twins, [found.name for found in alike[1:2]]
            choice = Choice(found.name, f"the same question as in {whole.wave}", sure, self.named(others))
            if found.counted is None:
                codes, doubts = self.codes(name, "", whole, self.file.variables[found.columns[0]])
                return Proposal(name, {"": choice}, codes, doubts)
            asked = {column: key_of(self.file.variables[column].question) for column in found.columns}
            once = {text for text in asked.values() if [*asked.values()].count(text) == 1}
            named = {column: members.get(text) if text in once else None for column, text in asked.items()}
            texts = {key: texts_of(text) for key, text in self.d.indicators[name].categories.items()}
            codes = {c: m or meaning_of(self.file.variables[c].question, texts) for c, m in named.items()}
            doubts = {c: "a different answer from before" for c, meaning in named.items() if not meaning}
            doubts = {c: why for c, why in doubts.items() if codes[c] not in (None, "other", "missing")}
            return Proposal(name, {"": choice}, codes, doubts)
        return None

    def columns_as_before(self, name: str, questions: Mapping[str, Question]) -> Proposal:
        """The columns with the questions of an earlier wave."""
        choices: dict[str, Choice] = {}
        codes: Mapping[str, object] = {}
        doubts: dict[str, str] = {}
        declared = (f"{name}.{category}" for category in getattr(self.d.indicators.get(name), "categories", ()))
        for key in dict.fromkeys([name, *declared, *questions]):
            if (question := questions.get(key)) is None:
                continue
            category = key.partition(".")[2]
            if not category and len(question.columns) > 1 and len(questions) > 1:
                continue  # the question of a set, whose columns are asked for one by one
            choice = self.where(question, boxed=bool(category) and name in questions)
            if len(question.columns) > 1 and choice.column:
                choice = self.several(question, choice)
            choices[category] = choice
            if choice.column and not codes:
                first = choice.column if isinstance(choice.column, str) else choice.column[0]
                codes, doubts = self.codes(name, category, question, self.file.variables[first])
        if choices.keys() - {""} and (others := self.others(name)):
            choices["other"] = others
        return Proposal(name, choices, codes, doubts)

    def others(self, name: str) -> Choice | None:
        """The columns of answers that are not published, whose questions are not kept: known by their names alone."""
        plan = self.plan
        if plan is None or name not in plan.columns:
            return None
        names = [*plan.columns[name].get("other", ())]
        names += [code for code, meaning in plan.meanings(name).items() if meaning == "other" and code != "blank"]
        found = tuple(self.folded[n.casefold()] for n in names if n.casefold() in self.folded)
        why = "the column of its other answers, by name only"
        return Choice(found[0] if len(found) == 1 else found, why) if found else None

    def where(self, question: Question, *, boxed: bool = False) -> Choice:
        """The column with this question: by the same text, among equals by the same labels, among those by its name.

        Labels do not tell the boxes of one set from those of another.
        """
        same_name = self.folded.get(question.columns[0].casefold(), "")
        wave = question.wave
        if not question.text:
            if not same_name:
                return Choice("", f"its question of {wave} was not kept, and no column has its name")
            text = text_of(self.file.variables[same_name]) if same_name in self.file.variables else ""
            sure = not text and says_what(same_name)
            return Choice(same_name, f"the name that it had in {wave}, without a question to compare", sure=sure)
        found = self.texts.columns_with(question.text)
        if found:
            alike = [column for column in found if self.same_labels(question, column)] or found
            best = same_name if same_name in alike else alike[0]
            others = [column for column in found if column != best]
            sure = is_same(question.text, self.file.variables[best].question)
            shared = (*question.twins, *question.namesakes)
            labelled = not boxed and not question.twins and question.labels and self.same_labels(question, best)
            told_apart = not shared or labelled
            sure &= bool(len(alike) == 1 and told_apart) or (best == same_name and says_what(best))
            why = f"the same question as in {wave}"
            if not sure and (others or shared):
                why += f", and so is {others[0]}" if others else f", when it was that of {shared[0]} too"
            elif not sure:
                why = f"it begins as the question of {wave}"
            return Choice(best, why, sure=sure, next=self.named(others[:1]))
        words, earlier = folded_words(question.text)[1], {folded(item.text) for item in self.asked.values()}
        scores = (
            (folded(variable.question) not in earlier, likeness_of(question.text, variable.question), column)
            for column, variable in self.file.variables.items()
            if variable.question and (len(words) < 2 or words & folded_words(variable.question)[1])
        )
        ranked = sorted(
            (new, 2 * score + self.rarity.likeness(question.text, self.file.variables[column].question), score, column)
            for new, score, column in scores
            if score >= ALIKE
        )
        close = [(column, score) for _, _, score, column in reversed(ranked)]
        if close:
            why = f"alike ({100 * close[0][1]:.0f} %), but not the question of {wave}: {question.text}"
            more = [*(column for column, _ in close[1:]), *([same_name] if same_name else [])]
            return Choice(close[0][0], why, next=self.named([column for column in more if column != close[0][0]][:1]))
        if same_name:
            return Choice(same_name, f"only its name is that of {wave}, when the question was: {question.text}")
        return Choice("", f"no question resembles that of {wave}: {question.text}")

    def same_labels(self, question: Question, column: str) -> bool:
        labels = self.file.variables[column].labels
        return all(code in labels and folded(labels[code]) == folded(label) for code, label in question.labels.items())

    def several(self, question: Question, choice: Choice) -> Choice:
        """All columns of a question that has several with codes."""
        for found in self.file.sets.values():
            if found.counted is None and choice.column in found.columns:
                return replace(choice, column=found.columns)
        names = tuple(self.folded[name] for column in question.columns if (name := column.casefold()) in self.folded)
        if len(names) < len(question.columns) or names[0] != choice.column:
            return replace(choice, sure=False, why=f"{choice.why}; it had {len(question.columns)} columns then")
        return replace(choice, column=names)

    def named(self, columns: Sequence[str]) -> str:
        """A column with its question, to describe the next best."""
        if not columns:
            return ""
        question = self.file.variables[columns[0]].question if columns[0] in self.file.variables else ""
        return f"{columns[0]}: {question}" if question else columns[0]

    def codes(
        self, name: str, category: str, question: Question, variable: Variable
    ) -> tuple[Mapping[str, object], dict[str, str]]:
        """The meanings of a column's codes by their earlier labels, and the doubts about them."""
        wave = self.d.waves.get(question.wave) if question.wave is not None else None
        plan = (wave.responses if wave else None) or self.plan
        before = dict(plan.meanings(name, category)) if plan else {}
        texts = words_of(self.d, name)
        if category and plan and any(c.startswith("$") for by in plan.columns.get(name, {}).values() for c in by):
            asked = without_missing(variable, codes_for(variable.labels, YES_NO))
            return {**asked, "blank": "no"}, {}  # it was a set, whose codes are its columns
        codes: dict[str, object] = {}
        doubts: dict[str, str] = {}
        if not before and not question.labels:
            asked = without_missing(variable, codes_for(variable.labels, texts)) if texts else {}
            return asked, _guesses(variable.labels, asked, texts)
        by_label = {folded(label): code for code, label in variable.labels.items()}
        before = before or {code: code for code in question.labels if code in texts}
        for code, meaning in before.items():
            was = question.labels.get(code) or question.labels.get(plain_code(code))
            now = variable.labels.get(code) or variable.labels.get(plain_code(code))
            if was and folded(was) in by_label:
                moved = by_label[folded(was)]
                codes[code if plain_code(code) == plain_code(moved) else moved] = meaning
            elif was and variable.labels:
                codes[code] = meaning
                doubts[code] = f"it was “{was}”" + (f" and is “{now}”" if now else "; no code has that label now")
            else:
                codes[code] = meaning
                for inner in codes_within(code, question.labels):
                    if inner in variable.labels and folded(variable.labels[inner]) != folded(question.labels[inner]):
                        doubts[code] = f"{inner} was “{question.labels[inner]}” and is “{variable.labels[inner]}”"
        spans = [span(code) for code in codes if code != "blank"]
        if texts:
            spans += map(span, plan.missing if plan else ())
            for code, label in without_missing(variable, variable.labels).items():
                if not any(within(value_of(code), ends) for ends in spans):
                    codes[code] = None
                    guess = nearest(label, texts) or meaning_of(label, texts)
                    doubts[code] = f"new: {label}" + (f"; perhaps {guess}" if guess else "")
        return codes, doubts

    # By names

    def by_name(self, names: Sequence[str], taken: set[str]) -> dict[str, Proposal]:
        """Columns that resemble the declared names and definitions; one certain for a name is not used for others."""
        words = {n: [v.name, v.question] for n, v in self.file.variables.items() if n not in taken}
        found: dict[str, Proposal] = {}
        claims: dict[str, list[str]] = {}
        for name in names:
            item = None if name == "population" else self.d.segments.get(name) or self.d.indicators[name]
            several = _several(self.file, name, item, words) if getattr(item, "categories", None) else None
            found[name] = several or self.single(name, item, words)
            for column in found[name].columns:
                claims.setdefault(column, []).append(name)
        for name, proposal in found.items():
            rivals = [n for column in proposal.columns for n in claims[column] if n != name]
            if any(found[rival].sure for rival in rivals) and not proposal.sure:
                rest = {c: w for c, w in words.items() if not any(found[n].sure for n in claims.get(c, []))}
                item = None if name == "population" else self.d.segments.get(name) or self.d.indicators[name]
                found[name] = self.single(name, item, rest)
        for name in [n for n, p in found.items() if p.sure]:
            equals = {n for column in found[name].columns for n in claims[column] if n != name and found[n].sure}
            for rival in equals:
                doubt = {
                    c: replace(o, sure=False, why=f"{o.why}, and of {rival}") for c, o in found[name].choices.items()
                }
                found[name] = replace(found[name], choices=doubt)
        scores = {n for n, indicator in self.d.indicators.items() if indicator.unit.kind == "score"}
        grades = {name: proposal for name, proposal in found.items() if name in scores}
        for name, proposal in found.items():
            if not proposal.columns and meanings_of(self.d, name) and name in self.d.indicators:
                found[name] = _banded(name, grades) or proposal
        return found

    def single(self, name: str, item, words: Mapping[str, list[str]]) -> Proposal:
        texts = [name, "doelgroep", "populatie"] if item is None else [name, *texts_of(item)]
        scores = sorted(
            ((max((likeness_of(t, c) for t in texts for c in w), default=0), column) for column, w in words.items()),
            key=lambda pair: -pair[0],
        )[:2]
        close = [column for score, column in scores if score >= ALIKE]
        if not close:
            return Proposal(name, {"": Choice("", "nothing in the file resembles it")}, {}, {})
        best, second = scores[0][0], scores[1][0] if len(scores) > 1 else 0.0
        sure = best >= SAME and best - second >= _AHEAD
        why = f"its words are those of {name}" if sure else f"alike ({100 * best:.0f} %); is this {name}?"
        choice = Choice(close[0], why, sure=sure, next=self.named(close[1:]))
        variable, meanings = self.file.variables[close[0]], words_of(self.d, name)
        if meanings:
            codes = codes_for(variable.labels, meanings)
            categories = self.d.indicators[name].categories if name in self.d.indicators else {}
            if categories and not set(codes.values()) & categories.keys():
                codes, choice = {}, replace(choice, sure=False, why="say which codes or ranges are which category")
        else:
            codes = {code: "missing" for code, label in variable.labels.items() if no_answer(label)}
        codes = without_missing(variable, codes)
        return Proposal(name, {"": choice}, codes, _guesses(variable.labels, codes, meanings))


def _banded(name: str, grades: Mapping[str, Proposal]) -> Proposal | None:
    """A share in bands of a grade, known by its name: grade_band_service is of grade_service."""
    words = set(name.split("_"))
    of = max((g for g, p in grades.items() if p.columns and set(g.split("_")) < words), key=len, default=None)
    if not of:
        return None
    choice = Choice(grades[of].columns[0], f"bands of {of}? say which marks are which category")
    return Proposal(name, {"": choice}, {}, {})


def _several(file: SurveyFile, name: str, item, words: Mapping[str, list[str]]) -> Proposal | None:
    """A multiple response set, or one column a category."""
    named = {key: texts_of(text) for key, text in item.categories.items()}
    for found in file.sets.values():
        of_codes, of_columns = file.variables[found.columns[0]].labels, found.counted is not None
        labels = {column: file.variables[column].question for column in found.columns} if of_columns else of_codes
        codes = {code: meaning_of(text, named) for code, text in labels.items()}
        known = {v for v in codes.values() if v in named}
        if 2 * len(known) > len(named):
            sure = known == set(named)
            why = f"set: {found.label}" if sure else f"{len(known)} of {len(named)} answers are in it: {found.label}"
            return Proposal(name, {"": Choice(found.name, why, sure=sure)}, codes, _guesses(labels, codes, named))
    choices: dict[str, Choice] = {}
    columns: list[str] = []
    for category, texts in named.items():
        both = [f"{start}: {text}" for start in item.name.words.values() for text in texts]
        scores = sorted(
            (
                (max(likeness_of(t, c) for t in [*both, f"{name}_{category}"] for c in w), column)
                for column, w in words.items()
            ),
            reverse=True,
        )[:2]
        if scores and scores[0][0] >= ALIKE:
            best, second = scores[0][0], scores[1][0] if len(scores) > 1 else 0.0
            sure = best >= SAME and best > second
            runner_up = scores[1][1] if second >= ALIKE else ""
            columns.append(scores[0][1])
            choices[category] = Choice(columns[-1], file.variables[columns[-1]].question, sure, runner_up)
    if len(set(columns)) * 2 <= len(named):
        return None
    first = file.variables[columns[0]]
    codes = without_missing(first, codes_for(first.labels, YES_NO))
    return Proposal(name, choices, codes, _guesses(first.labels, codes, YES_NO))


def _guesses(labels: Mapping[str, str], codes: Mapping, named: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Guesses at codes without a meaning."""
    guesses = {code: nearest(labels[code], named) for code, meaning in codes.items() if meaning is None}
    return {code: f"{labels[code]}; perhaps {guess}" for code, guess in guesses.items() if guess}
