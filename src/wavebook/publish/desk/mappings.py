"""What the mappings of waves in preparation still ask of an editor: which variable was which, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wavebook.core.problems import Problem, ProblemsError
from wavebook.definitions import load_definitions
from wavebook.survey.answers.mapping import Entry, load_mapping, path_of, place_of
from wavebook.survey.answers.questions import earlier_codebook


@dataclass(frozen=True)
class Asked:
    """What is asked for a wave: the variables that changed and have no answer, and then the command to give.

    Without a mapping there is only the command that makes it; ``wrong`` are the problems of one that cannot be read.
    """

    wave: str
    place: str
    command: str
    questions: tuple[tuple[str, Entry], ...] = ()
    wrong: tuple[Problem, ...] = ()


def asked(root: Path) -> list[Asked]:
    """What is asked for each wave that is not published, in their order; none of one whose mapping is signed."""
    try:
        return [*_asked(root)]
    except ProblemsError:  # of the declarations, which are told of by themselves
        return []


def _asked(root: Path) -> Iterator[Asked]:
    d = load_definitions(root)
    there = {path.stem for path in (root / "data" / "mappings").glob("*.toml")}
    files = {
        path.stem: path for path in sorted((root / "data" / "responses").glob("*")) if path.suffix not in ("", ".json")
    }
    for wave in [*d.in_preparation, *sorted((there | files.keys()) - d.waves.keys())]:
        place = place_of(wave)
        if not path_of(root, wave).is_file():
            if wave in files and (earlier_codebook(root, wave, d) or (None, {}))[1]:
                file = files[wave].relative_to(root).as_posix()
                yield Asked(wave, place, f"wavebook inspect {file} --mapping")
            continue
        try:
            mapping = load_mapping(root, wave)
        except ProblemsError as error:
            yield Asked(wave, place, "", wrong=error.problems)
            continue
        if mapping is None or (mapping.signed and mapping.signed.mapping == mapping.digest):
            continue
        found = [(n, one) for n, one in mapping.variables.items() if one.changes and not mapping.answer_to(n)]
        yield Asked(wave, place, f'wavebook sign {wave} --by "your name"', tuple(found))
