"""The mapping of a wave: made from its file and declarations, written for people, signed, and held to what it is about.

The file itself is read by ``answers.mapping``; its text is made by ``mapping_toml``.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from wavebook.core import files, text
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.definitions import Definitions, ResponseFile, load_definitions
from wavebook.survey.answers import mapping as kept
from wavebook.survey.answers.changes import all_changes, told_of
from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.described import questions_of_wave
from wavebook.survey.answers.mapping import Entry, MappingFile, Signature
from wavebook.survey.answers.questions import Question, earlier_codebook, with_bases
from wavebook.survey.answers.rewording import answered_changes, breaks_at
from wavebook.survey.answers.routing import asked_in
from wavebook.survey.answers.wording import folded, is_same
from wavebook.survey.files.damage import readable
from wavebook.survey.files.opening import find_file, open_file
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import SurveyFile
from wavebook.survey.inspection.inspect import inspect
from wavebook.survey.inspection.lines import toml
from wavebook.survey.inspection.mapping_toml import in_toml

_SIGNED = re.compile(r"\n*^\[signed\]\s*$.*", re.MULTILINE | re.DOTALL)


def entries(before: Mapping[str, Question], after: Mapping[str, Question]) -> dict[str, Entry]:
    """What is known of each variable that both an earlier wave and this one have, without answers."""
    changed: dict[str, list[str]] = {}
    for change in all_changes(before, after):
        changed.setdefault(change.name, []).append(told_of(change))
    return {name: _entry(before[name], after[name], changed.get(name, [])) for name in after if name in before}


def _entry(old: Question, new: Question, changes: list[str]) -> Entry:
    reworded = folded(old.text) != folded(new.text)
    relabelled = {c: folded(t) for c, t in old.labels.items()} != {c: folded(t) for c, t in new.labels.items()}
    return Entry(
        since=old.wave or "",
        was=list(old.columns),
        now=list(new.columns),
        asked=old.text if reworded else None,
        question=new.text,
        labels_were=dict(old.labels) if relabelled else None,
        labels=dict(new.labels) if relabelled else None,
        why=_why(old, new),
        changes=changes,
    )


def _why(old: Question, new: Question) -> str:
    """How a variable is known to be that of the earlier wave."""
    alone = not (old.twins or new.twins or old.namesakes or new.namesakes)
    if old.text and new.text and is_same(old.text, new.text):
        cut = "" if folded(old.text) == folded(new.text) else ", as far as it was kept"
        whose = "" if alone else ", which other columns have too"
        return f"the same question{cut}{whose}"
    named = {c.casefold() for c in old.columns} == {c.casefold() for c in new.columns}
    by_name = "the same name" if named else "declared in data/waves.toml"
    return f"{by_name}, {'in other words' if old.text and new.text else 'without a text to compare'}"


# Written


def propose(root: Path, path: Path, wave: str | None = None, *, sheet: str | None = None) -> MappingFile:
    """Write the mapping of the wave that a file is of, with the answers that were given before.

    Raises ProblemsError when the file cannot be read, or no earlier wave's questions were kept (W127).
    """
    d = load_definitions(root)
    found = inspect(path, d, root=root, wave=wave, sheet=sheet)
    wave = found.wave
    _, before = earlier_codebook(root, wave, d) or (None, {})
    if not before:
        action = "Nothing has to be mapped: the first wave with answers is where a series begins."
        fail(Problem("W127", kept.place_of(wave), "no earlier wave's questions were kept", action))
    plan = _plan(d, wave, found.block)
    questions = _questions(d, wave, plan, found.file, path)
    earlier = kept.load_mapping(root, wave)
    answered = earlier.variables if earlier else {}
    made = MappingFile(
        wave=wave,
        file=path.name,
        variables={
            name: _answered(d, wave, plan, name, entry, answered.get(name))
            for name, entry in sorted(entries(before, questions).items())
        },
        signed=earlier.signed if earlier else None,
    )
    if made.signed and made.signed.mapping != made.digest:
        made = made.model_copy(update={"signed": None})
    new = [name for name in questions if name not in before]
    files.write_whole(kept.path_of(root, wave), in_toml(made, found, before, new).encode())
    return made


def listing(made: MappingFile) -> str:
    """What was written and what is to be done, for editors."""
    open_ones = [name for name, entry in made.variables.items() if entry.changes and not made.answer_to(name)]
    lines = [f"{kept.place_of(made.wave)}: {len(made.variables)} variables of earlier waves"]
    lines += [f"  to answer: {name}: {'; '.join(made.variables[name].changes)}" for name in open_ones]
    if made.signed:
        lines.append(f"as {made.signed.by} signed it on {made.signed.on}")
    else:
        then = "answer these, and sign it" if open_ones else "read it, and sign it"
        lines.append(f'{then}: wavebook sign {made.wave} --by "your name"')
    return "".join(c if c == "\n" or c.isprintable() else " " for c in "\n".join(lines))


def _plan(d: Definitions, wave: str, block: str) -> ResponseFile:
    """The wave's block, or the certain lines of the one that is proposed."""
    if wave in d.waves and (declared := d.waves[wave].responses):
        return declared
    return ResponseFile.model_validate(tomllib.loads(block)["waves"][wave]["responses"])


def _questions(d: Definitions, wave: str, plan: ResponseFile, file: SurveyFile, path: Path) -> dict[str, Question]:
    """The questions of a wave and who was asked, which the answers show; of a block that is proposed, no answers."""
    source = Columns(d, wave, plan, file)
    raise_all(problem for problem in source.problems if problem.code == "W107")
    questions = questions_of_wave(source)
    if wave not in d.waves or d.waves[wave].responses is not plan:
        return questions
    with readable(file.place):
        return with_bases(questions, asked_in(source, Staging(path)))


def _answered(d: Definitions, wave: str, plan: ResponseFile, name: str, entry: Entry, earlier: Entry | None) -> Entry:
    """An entry with the answer that was given to the same changes, or that data/waves.toml already holds."""
    if not entry.changes:
        return entry
    if earlier and earlier.answer and earlier.changes == entry.changes:
        return entry.model_copy(update={"answer": earlier.answer, "reason": earlier.reason})
    if reason := plan.reworded.get(name):
        return entry.model_copy(update={"answer": "same", "reason": reason})
    if breaks_at(d, name, entry.since, wave):
        return entry.model_copy(update={"answer": "break", "reason": "as declared in data/waves.toml"})
    return entry


# Signed


def sign(root: Path, wave: str, *, by: str, note: str = "", today: datetime.date | None = None) -> str:
    """Sign the mapping of a wave, once every change has an answer; tell in a line what was signed.

    Raises
    ------
    ProblemsError
        Changes without a fitting answer, and whatever in the mapping is not as the file and data/waves.toml are.
    """
    if not by.strip():
        fail(Problem("W127", kept.place_of(wave), "a signature needs a name", 'Give yours: --by "your name".'))
    d = load_definitions(root)
    plan = d.waves[wave].responses if wave in d.waves else None
    if plan is None:
        action = f"Run wavebook inspect on its file: it proposes the block for {wave}."
        fail(Problem("W106", f"data/waves.toml, waves.{wave}.responses", "is missing", action))
    path = find_file(root, wave)
    file = open_file(path, encoding=plan.encoding, sheet=plan.sheet)
    mapping = kept.load_mapping(root, wave)
    if mapping is None:
        fail(_missing(wave, file.place, "there is none"))
    _, before = earlier_codebook(root, wave, d) or (None, {})
    questions = _questions(d, wave, plan, file, path)
    stops, _ = answered_changes(d, wave, plan, file.place, before, questions, mapping)
    raise_all([*_astray(mapping, before, questions, file.place), *stops])
    hashed = kept.hash_of_file(path)
    day = (today or datetime.date.today()).isoformat()
    signed = Signature(by=by, on=day, note=note, mapping=mapping.digest, file=hashed)
    target = kept.path_of(root, wave)
    said = text.read(target, kept.place_of(wave), "W130", most=files.TABLE)
    lines = "".join(f"{key} = {toml(value)}\n" for key, value in signed.model_dump().items() if value)
    files.write_whole(target, f"{_SIGNED.sub('', said).rstrip()}\n\n[signed]\n{lines}".encode())
    answers = [entry.answer for entry in mapping.variables.values() if entry.changes]
    counts = ", ".join(f"{answers.count(kind)} {kind}" for kind in ("same", "mended", "break") if kind in answers)
    changed = f"{len(answers)} changed ({counts})" if answers else "none changed"
    return f"{kept.place_of(wave)}: signed by {by}; {len(mapping.variables)} variables, {changed}"


def problems(root: Path, wave: str, d: Definitions, place: str, questions: Mapping[str, Question]) -> Iterator[Problem]:
    """Report a mapping that is needed and is not there, not signed, or not of this file and these declarations."""
    _, before = earlier_codebook(root, wave, d) or (None, {})
    if not before.keys() & questions.keys():
        return
    mapping = kept.load_mapping(root, wave)
    if mapping is None:
        yield _missing(wave, place, "there is none, and earlier waves asked the same questions")
        return
    if astray := [*_astray(mapping, before, questions, place)]:
        yield from astray
        return
    signed, why = kept.is_signed(mapping, kept.hash_of_file(find_file(root, wave)))
    if not signed:
        code = "W128" if mapping.signed else "W127"
        action = f'Read it, and sign it: wavebook sign {wave} --by "your name".'
        yield Problem(code, kept.place_of(wave), why, action)


def _missing(wave: str, place: str, found: str) -> Problem:
    action = f"Run wavebook inspect {place} --mapping, read what it writes, and sign it."
    return Problem("W127", kept.place_of(wave), found, action)


def _astray(
    mapping: MappingFile, before: Mapping[str, Question], after: Mapping[str, Question], place: str
) -> Iterator[Problem]:
    """What the mapping says otherwise than the file and the declarations do, a variable at a time."""
    known, where = entries(before, after), kept.place_of(mapping.wave)
    action = f"Run wavebook inspect {place} --mapping, which keeps the answers that still fit; then sign it."
    for name in sorted(known.keys() | mapping.variables.keys()):
        now, then = known.get(name), mapping.variables.get(name)
        if now is None or then is None:
            found = "is not declared any more" if now is None else "is declared and not in the mapping"
            yield Problem("W128", f"{where}, variables.{name}", found, action)
            continue
        differ = [key for key, value in now.facts.items() if then.facts.get(key) != value]
        differ += [key for key in then.facts if key not in now.facts]
        if differ:
            found = f"{', '.join(differ)} is not as it is in {place} and data/waves.toml"
            yield Problem("W128", f"{where}, variables.{name}", found, action)
        elif then.answer and not then.changes:
            found = f"is answered with “{then.answer}”, and nothing changed"
            yield Problem("W129", f"{where}, variables.{name}", found, "Take the answer out.")
