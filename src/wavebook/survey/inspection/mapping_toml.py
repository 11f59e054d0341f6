"""The text of a mapping for people: a table for each variable, uncertain ones as comments with the next best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wavebook.survey.answers.mapping import Entry, MappingFile
from wavebook.survey.answers.questions import Question
from wavebook.survey.inspection.choices import Choice
from wavebook.survey.inspection.inspect import Inspection
from wavebook.survey.inspection.lines import remark, toml, toml_key

_HEAD = """\
# The variables of {wave}, and which they were before, as {place} and data/waves.toml have them: correct
# it there and make this again, by wavebook inspect {place} --mapping. Answers that still fit are kept.
# Where something changed, answer it: "same" (it means the same, though it differs), "mended" (codes in data/waves.toml
# make up for it) or "break" (the series breaks, and [[breaks]] in data/waves.toml says how), each with a reason.
# Then: wavebook sign {wave} --by "your name"
"""


def in_toml(made: MappingFile, found: Inspection, before: Mapping[str, Question], new: Sequence[str]) -> str:
    """The file of a mapping; ``new`` are the questions that no earlier wave had."""
    lines = [*_HEAD.format(wave=made.wave, place=found.place).splitlines(), ""]
    lines += [f"wave = {toml(made.wave)}", f"file = {toml(made.file)}"]
    if new:
        lines += ["", f"# new in this wave: {', '.join(sorted(new))}"]
    for name, entry in made.variables.items():
        lines += ["", f"[variables.{toml_key(name)}]", *_of_entry(entry)]
    lines += _uncertain(made, found, before)
    if made.signed:
        lines += ["", "[signed]"]
        lines += [f"{key} = {toml(value)}" for key, value in made.signed.model_dump().items() if value]
    return "\n".join(_plain(line) for line in lines) + "\n"


def _of_entry(entry: Entry) -> Iterator[str]:
    yield f"since = {toml(entry.since)}"
    yield f"was = {toml(entry.was)}"
    yield f"now = {toml(entry.now)}"
    if entry.asked is not None:
        yield f"asked = {toml(entry.asked)}"
    yield f"question = {toml(entry.question)}"
    for key, labels in (("labels_were", entry.labels_were), ("labels", entry.labels)):
        if labels is not None:
            inner = ", ".join(f"{toml_key(code)} = {toml(label)}" for code, label in labels.items())
            yield f"{key} = {{ {inner} }}" if inner else f"{key} = {{}}"
    yield f"why = {toml(entry.why)}"
    if entry.changes:
        yield from ("changes = [", *(f"  {toml(change)}," for change in entry.changes), "]")
        yield f"answer = {toml(entry.answer)}{'' if entry.answer else '  # same, mended or break'}"
        yield f"reason = {toml(entry.reason)}"


def _uncertain(made: MappingFile, found: Inspection, before: Mapping[str, Question]) -> Iterator[str]:
    """Variables of earlier waves that are not certainly in this one, with what resembles them."""
    choices: dict[str, Choice] = {}
    for item in found.proposals:
        for category, choice in item.choices.items():
            choices[f"{item.name}.{category}" if category else item.name] = choice
    gone = [name for name in before if name not in made.variables]
    if gone:
        yield from ("", "# Asked before and not declared now; if it is here, declare its column in data/waves.toml.")
    for name in sorted(gone):
        old, likely = before[name], choices.get(name)
        yield f"# [variables.{toml_key(name)}]"
        yield f"# was = {toml(list(old.columns))}{remark(f'{old.wave}: {old.text}' if old.text else str(old.wave))}"
        if likely and likely.column:
            yield f"# now = {toml(likely.column)}{remark(likely.why)}"
            other, _, asked = likely.next.partition(": ")
            if other:
                yield f"# now = {toml(other)}{remark(f'or this: {asked}' if asked else 'or this')}"
        else:
            yield f'# now = ""{remark(likely.why if likely else "nothing in the file resembles it")}'


def _plain(line: str) -> str:
    """A line without the one character that JSON leaves and TOML refuses."""
    return line.replace("\x7f", " ")
