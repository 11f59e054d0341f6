"""The declarations of a new book, drafted from its file of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wavebook.core.problems import Problem, fail
from wavebook.language.wave_names import named
from wavebook.start.options import Options
from wavebook.start.phrases import filled, phrases_in
from wavebook.survey.files.damage import readable
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.surveyfile import SurveyFile
from wavebook.survey.inspection.design import columns_for, filter_in
from wavebook.survey.inspection.draft_toml import answer_tables, indicator_tables, unit_tables
from wavebook.survey.inspection.drafts import Draft, drafts_of
from wavebook.survey.inspection.lines import conditions, toml
from wavebook.survey.inspection.summaries import people_of, summaries_of

BASE = "people"
_ROLES = ("respondent", "weight", "strata", "clusters", "population_size")
_MOST = 40  # drafts of one book: a file may have thousands of columns


@dataclass(frozen=True)
class Plan:
    """What is declared of a file: the columns of the sample, the doubts about them, and drafts of its questions."""

    options: Options
    file: SurveyFile
    drafts: Sequence[Draft]
    design: Mapping[str, str]
    doubts: Mapping[str, str] = field(default_factory=dict)
    left: int = 0
    completed: str = ""
    """The condition of those who completed the questionnaire, in TOML."""

    @property
    def live(self) -> list[Draft]:
        """The drafts that are not in doubt."""
        return [draft for draft in self.drafts if not draft.doubt]


def planned(options: Options, path: Path) -> Plan:
    """A plan for a file of answers. Raises ProblemsError for one that cannot be read, or has no question (W514)."""
    file = open_file(path, sheet=options.sheet or None)
    with readable(file.place):
        contents, _ = summaries_of(file, path, people_of(file, None), options.minimum)
    counts = {item.variable.name: item for item in contents}
    design: dict[str, str] = {}
    doubts: dict[str, str] = {}
    for role in _ROLES:
        found = columns_for(role, file.variables.values(), counts)
        sure = [variable.name for variable, doubt in found if not doubt]
        if len(sure) == 1:
            design[role] = sure[0]
        elif found:
            doubts[role] = ", ".join(variable.name for variable, _ in found[:3])
    if options.weight:
        design, doubts = _weighted(options.weight, file, design, doubts)
    drafts, _ = drafts_of(file, contents, design.values())
    told = filter_in(file.variables.values())
    completed = conditions({told[0].name: told[1]}) if told else ""
    plan = Plan(options, file, drafts[:_MOST], design, doubts, max(0, len(drafts) - _MOST), completed)
    with_figures(plan)
    return plan


def weight_in(options: Options) -> str:
    """The column of weights that is found in the file of answers; a hyphen where there is none."""
    return planned(options, options.file).design.get("weight", "-") if options.file else "-"


def with_figures(plan: Plan) -> None:
    """Refuse a plan without a question that figures could be made of (W514)."""
    if not any(draft.kind != "breakdown" for draft in plan.live):
        doubted = ", ".join(f"{draft.name} ({draft.doubt})" for draft in plan.drafts if draft.doubt)[:300]
        action = f"Look at it with wavebook inspect, inside a book{f'; in doubt are {doubted}' if doubted else ''}."
        fail(Problem("W514", plan.file.place, "has no question of which figures could be made by itself", action))


def _weighted(name: str, file: SurveyFile, design: dict, doubts: dict) -> tuple[dict[str, str], dict[str, str]]:
    """The design with this column as its weight; without one for a hyphen."""
    rest = {role: column for role, column in design.items() if role != "weight"}
    if name == "-":
        return rest, doubts
    folded = {column.casefold(): column for column in file.variables}
    if name.casefold() not in folded:
        fail(Problem("W107", f"{file.place}, column {name:.60}", "is not in the file", "Correct --weight."))
    return {**rest, "weight": folded[name.casefold()]}, {k: v for k, v in doubts.items() if k != "weight"}


def text_in(languages: Sequence[str], key: str, wave: str = "") -> str:
    """A phrase in each language as TOML: a text in a book of one language, else a table."""
    said = {code: filled(str(phrases_in(code)[key]), **called(wave, code)) for code in languages}
    if len(said) == 1:
        return toml(next(iter(said.values())))
    return f"{{ {', '.join(f'{code} = {toml(text)}' for code, text in said.items())} }}"


def called(wave: str, language: str) -> dict[str, str]:
    """The period that a key names, as titles and as sentences have it: Q2 2024, the second quarter of 2024."""
    return {"period": str(name := named(wave, language)), "wave": name.the}


def indicators_toml(plan: Plan) -> str:
    """The text of data/indicators.toml."""
    languages = plan.options.languages
    base = [f"{code} = {toml(phrases_in(code)['people'])}" for code in languages]
    lines = ["# Drafted by wavebook init: names and definitions are what readers see.", f"[bases.{BASE}]", *base, ""]
    lines += unit_tables(plan.drafts)
    for draft in sorted(plan.drafts, key=lambda draft: draft.kind != "breakdown"):
        lines += indicator_tables(draft, languages, BASE)
    if plan.left:
        lines.append(f"# and {plan.left} other questions: wavebook inspect drafts them")
    return "\n".join(lines).rstrip() + "\n"


def waves_toml(plan: Plan, source: str, locator: str) -> str:
    """The text of data/waves.toml."""
    options = plan.options
    wave, languages = options.wave, options.languages
    table = f"waves.{wave}.responses"
    limits = str(phrases_in(options.root)["disclosure"]["source"])
    lines = [
        "[disclosure]  # confirm these limits with the owner of the answers",
        f"minimum_base = {options.minimum}",
        "dominance_share = 50",
        f"source = {toml(limits)}",
        "",
        f"[waves.{wave}]",
        f"name = {text_in(languages, 'wave', wave=wave)}",
        f"bureau = {text_in(languages[:1], 'client')}  # who asked",
        f"client = {text_in(languages, 'client')}  # for whom",
        f"source = {toml(source)}",
        *([] if options.file else ["made_up = true  # every page says so; remove it with the made-up answers"]),
        "",
        f"[{table}]",
        f"source = {toml(source)}",
        f"locator = {toml(locator)}",
        *([f"sheet = {toml(plan.file.sheet)}"] if plan.file.sheet else []),
        *(f"{role} = {toml(column)}" for role, column in plan.design.items()),
        *([f"filter = {plan.completed}  # those who completed it"] if plan.completed else []),
        *(f'# {role} = ""  # is it {columns}?' for role, columns in plan.doubts.items()),
        "",
        *answer_tables(plan.drafts, table),
    ]
    return "\n".join(lines).rstrip() + "\n"


def references_bib(plan: Plan, source: str) -> str:
    """The text of data/references.bib."""
    words = phrases_in(plan.options.root)["bibliography"]
    title = (
        words["made_up"]
        if plan.options.file is None
        else filled(words["title"], **called(plan.options.wave, plan.options.root))
    )
    year = plan.options.wave[:4]
    return (
        f"@misc{{{source},\n  author = {{{{{words['author']}}}}},\n  title = {{{title}}},\n  year = {{{year}}},\n}}\n"
    )
