"""The declaration of a made-up wave in waves.toml."""

from __future__ import annotations

import json
from collections.abc import Iterable

from wavebook.core import periods
from wavebook.core.units import Language
from wavebook.language.wave_names import named
from wavebook.language.words import words_in
from wavebook.survey.demo.draft import Draft
from wavebook.survey.demo.folder import MARK


def in_each(name: str, languages: Iterable[Language], draft: str, wave: str = "", **told: str) -> list[str]:
    """The lines that declare words of the lexicon's ``drafts`` in every language, with the name of ``wave``."""
    said = {code: words_in(code).drafts[draft].format(wave=named(wave, code), **told) for code in languages}
    return [f"{name}.{code} = {json.dumps(text, ensure_ascii=False)}" for code, text in said.items()]


def wave_text(draft: Draft) -> str:
    """The wave and its block, which says how to read its file."""
    year = draft.wave
    made_up = json.dumps(words_in(draft.d.languages[0]).drafts["made_up"], ensure_ascii=False)
    before = [wave.bureau for wave in draft.d.waves.values() if wave.made_up]  # of the same series, which goes on
    bureau = json.dumps(before[-1], ensure_ascii=False) if before else made_up
    client = [] if before else in_each("client", draft.d.languages, "nobody")
    lines = [
        "",
        MARK.rstrip("\n"),
        f"[waves.{year}]",
        *([] if periods.named(year) else [f'period = ["{draft.period.start}", "{draft.period.end}"]']),
        *in_each("name", draft.d.languages, "demo", wave=year),
        f"bureau = {bureau}",
        *client,
        'source = "demo"',
        "made_up = true",
        "",
        f"[waves.{year}.responses]",
        'source = "demo"',
        f"locator = {made_up}",
        'respondent = "respnr"',
        'weight = "weegfactor"',
        f"weight_sum = {int(draft.complete.sum())}",
        'strata = "landsdeel"',
        'clusters = "gemeente"',
        'population_size = "gemeenten"',
        "filter = { compleet = [1] }",
        "missing = [98, 99]",
        "",
        f"[waves.{year}.responses.columns]",
    ]
    for name, column in draft.columns.items():
        parts = column.items() if isinstance(column, dict) else [("", column)]
        lines += [f"{name}{'.' if c else ''}{c} = {json.dumps(v)}" for c, v in parts]
    for name, table in draft.codes.items():
        lines += ["", f"[waves.{year}.responses.codes.{name}]"]
        lines += [f"{json.dumps(code)} = {json.dumps(meaning)}" for code, meaning in table.items()]
    if draft.missing_in:
        lines += ["", f"[waves.{year}.responses.missing_in]"]
        lines += [f"{column} = {json.dumps(codes)}" for column, codes in draft.missing_in.items()]
    if draft.asked_if:
        lines += ["", f"[waves.{year}.responses.asked_if]"]
    for name, rule in draft.asked_if.items():
        conditions = ", ".join(f"{column} = {json.dumps(codes)}" for column, codes in rule.items())
        lines.append(f"{name} = {{ {conditions} }}")
    return "\n".join(lines) + "\n"


def break_text(name: str, before: str, after: str, languages: Iterable[Language]) -> str:
    """The break for an indicator that was asked in another way."""
    reason = "\n".join(in_each("reason", languages, "reworded"))
    return f"""
[[breaks]]
from = "{before}"
to = "{after}"
kind = "full"
indicators = ["{name}"]
{reason}
"""
