"""The pages and the notebook of a new book, about the figures that it has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wavebook import claims
from wavebook.core.front_matter import marked, twin_mark
from wavebook.figures import Figures, MissingFigureError
from wavebook.language.words import words_in
from wavebook.start.declare import Plan
from wavebook.start.phrases import Phrases, filled, phrases_in
from wavebook.survey.inspection.drafts import Draft

_SHOWN, _FOUND, _CLAIMS = 8, 3, 2  # questions on the page of answers; findings and sentences on the opening page
_DIGITS = re.compile(r"\d")
CHART = "answers-chart"


@dataclass(frozen=True)
class Shown:
    """A question with figures: its draft, and the keys of its figures that are not hidden, the largest first."""

    draft: Draft
    keys: tuple[str, ...]

    @property
    def has_choice(self) -> bool:
        """Tell whether its figures are shares of answers."""
        return bool(self.draft.categories)

    def answer(self, key: str) -> str:
        """The answer that one of its keys is about."""
        return self.draft.categories[key.partition(".")[2]]


def shown_in(plan: Plan, figures: Figures) -> list[Shown]:
    """The questions whose figures may be shown."""
    found = []
    for draft in plan.live:
        if draft.kind == "breakdown":
            continue
        names = [f"{draft.name}.{category}" for category in draft.categories] or [draft.name]
        values = {name: value for name in names if (value := _value(figures, name)) is not None}
        if values:
            found.append(Shown(draft, tuple(sorted(values, key=lambda name: -values[name]))))
    return found


def _value(figures: Figures, name: str) -> float | None:
    try:
        return figures[name].value
    except MissingFigureError:
        return None


def certain(shown: Iterable[Shown], figures: Figures) -> dict[str, str]:
    """The answers that are shown to be given most often, by the names of their sentences: all of them together."""
    tops = [item.keys[0] for item in shown if item.has_choice and len(item.keys) > 1]
    named = {f"most-often-{number}": key for number, key in enumerate(tops, 1)}
    while named:
        verdicts = claims.judge(figures, {name: claims.largest(key) for name, key in named.items()}).verdicts
        holds = {name: key for name, key in named.items() if verdicts[name]["outcome"] == "holds"}
        if holds == named:
            break
        named = holds
    return named


class Pages:
    """The pages in one language; ``files`` has their texts by name, below the folder of that language."""

    def __init__(self, plan: Plan, language: str, shown: list[Shown], sure: Mapping[str, str], source: str):
        self.plan, self.language, self.shown, self.sure, self.source = plan, language, shown, sure, source
        self.words: Phrases = phrases_in(language)
        self.names: Mapping[str, str] = phrases_in(plan.options.root)["pages"]
        self.used: list[str] = []

    def files(self) -> dict[str, str]:
        """The text of each page."""
        return {
            "index.md": self._page(self.plan.options.title, self._index()),
            f"{self.names['answers']}.md": self._page(self.words["answers"]["heading"], self._answers()),
            f"{self.names['methods']}.md": self._page(self.words["methods"]["heading"], self._methods()),
            f"{self.names['data']}.md": self._page(self.words["data"]["heading"], filled(self.words["data"]["text"])),
        }

    def _page(self, heading: str, text: str) -> str:
        """A page with its front matter: phrases with a number in them are declared as typed."""
        number = re.compile(words_in(self.language).patterns.number, re.IGNORECASE)
        used = dict.fromkeys([heading, *self.used])
        typed = [phrase for phrase in used if _DIGITS.search(phrase) or number.search(phrase)]
        self.used = []
        top = [f"reviewed: {json.dumps(self.plan.options.wave)}"]
        if typed:
            top += ["fixed:", *(f"  {json.dumps(p, ensure_ascii=False)}: {json.dumps('label')}" for p in typed)]
        return "\n".join(["---", *top, "---", "", f"# {escaped(heading)}", "", text.strip()]) + "\n"

    def _said(self, text: str) -> str:
        """A label or question as a page shows it."""
        plain = " ".join(text.split())
        self.used.append(plain)
        return escaped(plain)

    def _index(self) -> str:
        words = self.words["index"]
        sentences = [self._claim(name, key) for name, key in [*self.sure.items()][:_CLAIMS]]
        findings = [f"- **{{value}}`{item.keys[0]}`**\n  {self._finding(item)}" for item in self.shown[:_FOUND]]
        return filled(
            words["text"],
            first=self.shown[0].keys[0],
            question=self._said(self.shown[0].draft.text),
            claims="\n".join(sentences),
            findings="\n".join(findings),
            **self.names,
        )

    def _finding(self, item: Shown) -> str:
        words, question = self.words["index"], self._said(item.draft.text)
        if item.has_choice:
            return filled(words["share"], question=question, answer=self._said(item.answer(item.keys[0])))
        return filled(words["yes" if item.draft.kind == "share" else "mean"], question=question)

    def _claim(self, name: str, key: str) -> str:
        item = next(item for item in self.shown if key in item.keys)
        said = {"question": self._said(item.draft.text), "answer": self._said(item.answer(key))}
        return filled(self.words["index"]["claim"], name=name, **said)

    def _answers(self) -> str:
        words, parts = self.words["answers"], [filled(self.words["answers"]["text"])]
        sentences = {key: name for name, key in self.sure.items()}
        listed = [*self.shown[:_SHOWN], *(item for item in self.shown[_SHOWN:] if item.keys[0] in sentences)]
        drawn = charted(self.shown)
        for item in listed:
            parts.append(f"## {self._said(item.draft.text)}")
            if item.keys[0] in sentences:
                parts.append(self._claim(sentences[item.keys[0]], item.keys[0]))
            if item is drawn:
                parts.append(
                    f":::{{chart}} {CHART}\n{filled(words['caption'], question=self._said(item.draft.text))}\n:::"
                )
            elif item.has_choice:
                rows = [filled(words["share"], answer=self._said(item.answer(k)), key=k) for k in item.keys]
                parts.append("\n".join([words["rows"], "", *(f"- {row}" for row in rows)]))
            else:
                parts.append(filled(words["yes" if item.draft.kind == "share" else "mean"], key=item.keys[0]))
        return "\n\n".join(parts)

    def _methods(self) -> str:
        words = self.words["methods"]
        weights = words["weighted" if "weight" in self.plan.design else "unweighted"]
        return filled(words["text"], source=self.source, weights=weights)


def charted(shown: list[Shown]) -> Shown:
    """The question that is drawn: the first with several answers, else the first."""
    return next((item for item in shown if item.has_choice), shown[0])


def escaped(text: str) -> str:
    """A text of which no character is a mark of MyST.

    >>> escaped("a*b [c] $5")
    'a\\\\*b \\\\[c\\\\] \\\\$5'
    """
    return re.sub(r"([\\`*_{}\[\]<>$#|~^@])", r"\\\1", text)


def twinned(text: str, original: str) -> str:
    """A page with the mark of the page that it was compared with."""
    return marked(text, "twin", json.dumps(twin_mark(original)))


def notebook(plan: Plan, shown: list[Shown], sure: Mapping[str, str]) -> str:
    """The notebook that draws the chart and tests the sentences."""
    options, words = plan.options, phrases_in(plan.options.root)
    parameters = {"population": "", "segment": "", "language": options.root}
    lines = ["wave = None", "baseline = None", *(f'{name}: str = "{value}"' for name, value in parameters.items())]
    load = "from wavebook import charts, claims, load\n\nfigures = load(\n    wave=wave, baseline=baseline, "
    load += "population=population, segment=segment, language=language\n)"
    judged = "".join(f'        "{name}": claims.largest("{key}"),\n' for name, key in sure.items())
    chart = f'charts.bars("{CHART}", figures.select("{charted(shown).draft.name}"))'
    cells: list[dict[str, Any]] = [
        _cell("title", f"# {words['notebook']['heading']}\n\n{filled(words['notebook']['text'], **words['pages'])}"),
        _cell("parameters", "\n".join(lines), tags=["parameters"]),
        _cell("figures", load),
        _cell("chart", chart),
    ]
    if judged:
        cells.append(_cell("claims", f"claims.judge(\n    figures,\n    {{\n{judged}    }},\n)"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _cell(name: str, source: str, tags: Iterable[str] = ()) -> dict[str, Any]:
    if name == "title":
        return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
    metadata = {"tags": [*tags]} if tags else {}
    code: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": metadata,
        "outputs": [],
    }
    return {**code, "source": source}
