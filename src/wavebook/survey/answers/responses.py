"""One wave's respondents: their file, read and checked against the declarations, under the project's names.

``[waves.<year>.responses]`` in data/waves.toml decides everything; see ``definitions.ResponseFile``. Problems come from
``files`` for the file itself, ``formats`` for dates and numbers, ``filters`` for the respondents kept, ``checks``,
``boxes`` and ``agreement`` for the answers, and ``rewording`` for changed questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from wavebook.core.problems import Problem, fail, raise_all
from wavebook.definitions import Definitions, ResponseFile
from wavebook.survey.answers import routing
from wavebook.survey.answers.balances import answer, parts_of
from wavebook.survey.answers.checks import Checks
from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.crossing import add_nests, with_crossings
from wavebook.survey.answers.filters import Part, nobody_kept
from wavebook.survey.answers.mapping import MappingFile, load_mapping
from wavebook.survey.answers.questions import Question, earlier_codebook, with_bases
from wavebook.survey.answers.recoding import Recoding
from wavebook.survey.answers.rewording import answered_changes
from wavebook.survey.answers.sampling import Sampling
from wavebook.survey.files.damage import readable
from wavebook.survey.files.opening import find_file, open_file
from wavebook.survey.files.staging import Staging


@dataclass(frozen=True)
class Responses:
    """One wave's checked answers under the project's names.

    Attributes
    ----------
    frame
        One row a respondent that the filter keeps, recoded as it is read; of a large file it is read from disk, as long
        as this object is there. ``weight`` and ``population_size`` are Float64; ``respondent`` is text, and so are
        ``strata`` and ``clusters`` unless one column of numbers gives them; ``population`` and each breakdown an Enum
        of the declared names, null outside them, and so is each crossing of two that are there. An indicator of numbers
        is numeric; a share is Int8, 1 or 0, as ``indicator`` or ``indicator.category``; null is no answer, or not
        asked. A column that waves.toml does not give is not there.
    questions
        By the names of ``frame``, without the design.
    respondents, dropped
        Rows of ``frame``, and rows that the filter left out.
    notices
        Things that are not errors but should be looked at (W14x).
    declared
        The file's declaration in waves.toml.
    """

    wave: str
    place: str
    frame: pl.LazyFrame
    questions: dict[str, Question]
    respondents: int
    dropped: int
    notices: tuple[Problem, ...]
    declared: ResponseFile
    staging: Staging = field(repr=False)


def read_responses(root: Path, definitions: Definitions, wave: str) -> Responses:
    """The respondents of ``wave``, checked against the declarations.

    Raises
    ------
    ProblemsError
        Every problem of the file or its answers, at once (W10x–W13x).
    """
    declared = definitions.waves.get(wave)
    plan = declared.responses if declared else None
    if plan is None:
        place = f"data/waves.toml, waves.{wave}.responses"
        action = f"Run `wavebook inspect` on the file: it proposes the block for {wave}."
        fail(Problem("W106", place, "is missing", action))
    path = find_file(root, wave)
    file = open_file(path, encoding=plan.encoding, sheet=plan.sheet)
    _, before = earlier_codebook(root, wave, definitions) or (None, {})
    with readable(file.place):
        return _read(Columns(definitions, wave, plan, file), wave, Staging(path), before, load_mapping(root, wave))


def _of_weight(source: Columns) -> Iterator[Problem]:
    """A notice where the file itself says by which column it is weighted, and the block does not."""
    declared = source.plan.weight
    for name, variable in source.file.variables.items():
        if variable.is_weight and (declared is None or declared.casefold() != name.casefold()):
            said = f"{declared} is declared" if declared else "no weight is declared"
            action = (
                f"Write weight = {json.dumps(name)} under {source.block}, unless answers are to count as they do now."
            )
            found = f"is what the file says it is weighted by, and {said}"
            yield Problem("W138", f"{source.file.place}, column {name}", found, action)


def _read(
    source: Columns, wave: str, staging: Staging, before: Mapping[str, Question], mapping: MappingFile | None
) -> Responses:
    """The checked answers in these columns; raises every problem."""
    d, plan, file = source.d, source.plan, source.file
    if not source.actual:
        raise_all([*source.problems, Problem("W107", file.place, "no declared column is there", "Inspect it.")])
    raw, kept_by = routing.rows(source, staging)
    total = raw.select(pl.len()).collect(engine="streaming").item()
    whole, raw = raw, source.apart(raw.filter(*kept_by.values()))
    checks = Checks(file.place, source.block, plan, raw, source.person(), enough=source.enough)
    recoding = Recoding(source, checks)
    for name in plan.columns:
        recoding.measure(name)
    add_nests(checks, d, recoding.frame)
    for name in parts_of(d, recoding.frame):
        recoding.frame[name] = answer(d, name, recoding.frame)
    Sampling(source, checks, recoding.frame).add()
    recoding.rows()
    kept, found = checks.run()
    if not kept:
        parts = [Part(c, source.column(source.actual[c]), codes, kept_by[c]) for c, codes in plan.filter.items()]
        nobody = nobody_kept(whole, file.place, source.block, parts, source.person(), source.enough)
        raise_all([*source.problems, *nobody])
    questions = with_bases(recoding.questions, routing.asked(source, raw))
    stops, told = answered_changes(d, wave, plan, file.place, before, questions, mapping)
    raise_all([*source.problems, *(problem for problem in found if not problem.code.startswith("W14")), *stops])
    told = [
        *source.notices,
        *_of_weight(source),
        *told,
        *(problem for problem in found if problem.code.startswith("W14")),
    ]
    frame = with_crossings(raw.select(**recoding.frame), d)
    return Responses(wave, file.place, frame, questions, kept, total - kept, tuple(sorted(set(told))), plan, staging)
