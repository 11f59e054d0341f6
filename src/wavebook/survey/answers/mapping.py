"""The mapping of a wave: which variable was which in the wave before, what changed, and what somebody says of that.

It is a file for people, data/mappings/WAVE.toml, which `wavebook inspect --mapping` writes and `wavebook sign` signs.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from wavebook.core import files, hashes, text
from wavebook.core.problems import Problem, fail
from wavebook.definitions import Day, Declaration, WaveKey
from wavebook.definitions.base import Words
from wavebook.definitions.responses import QuestionName


class Entry(Declaration):
    """A variable: what is known of it in the wave before (``since``) and in this one, and the editor's answer.

    Attributes
    ----------
    was, now
        The columns then and now.
    asked, question
        The text of the question then, where it differs, and now.
    labels_were, labels
        The labels then and now, where they differ.
    why
        How it is known to be the same variable.
    changes
        What changed, which needs an ``answer`` with a ``reason``.
    """

    since: str
    was: list[str]
    now: list[str]
    asked: str | None = None
    question: str
    labels_were: dict[str, str] | None = None
    labels: dict[str, str] | None = None
    why: str
    changes: list[str] = Field(default_factory=list)
    answer: Literal["", "same", "mended", "break"] = ""
    reason: str = ""

    @property
    def facts(self) -> dict[str, object]:
        """What is known, without what somebody says of it."""
        return self.model_dump(exclude={"answer", "reason"}, exclude_none=True)


class Signature(Declaration):
    """Who signed a mapping, when, and the hashes of what was signed: the mapping, and the respondent file."""

    by: Words
    on: Annotated[Day, Field(strict=False)]
    note: str = ""
    mapping: str
    file: str


class MappingFile(Declaration):
    """The variables of a wave by their declared names, and the signature; see the module."""

    wave: WaveKey
    file: str
    variables: dict[QuestionName, Entry] = Field(default_factory=dict)
    signed: Signature | None = None

    @property
    def digest(self) -> str:
        """The hash of all that a signature is about."""
        said = self.model_dump(exclude={"signed"}, exclude_none=True)
        return hashes.of(json.dumps(said, ensure_ascii=False, sort_keys=True), hashes.NAMED)

    def answer_to(self, name: str) -> Entry | None:
        """What somebody says of the changes of ``name``, or of the whole question that it is an answer of."""
        own, whole = (self.variables.get(key) for key in (name, name.partition(".")[0]))
        return next((entry for entry in (own, whole) if entry and entry.answer), None)


_MAPPING = TypeAdapter(MappingFile)


def path_of(root: Path, wave: str) -> Path:
    """The file with the mapping of a wave."""
    return root / "data" / "mappings" / f"{wave}.toml"


def place_of(wave: str) -> str:
    """The file with the mapping of a wave, for messages."""
    return f"data/mappings/{wave}.toml"


def load_mapping(root: Path, wave: str) -> MappingFile | None:
    """The mapping of a wave; None where there is none. Raises ProblemsError (W130) when it cannot be read."""
    path, place = path_of(root, wave), place_of(wave)
    if not path.is_file():
        return None
    again = "Correct it, or remove it and run wavebook inspect with --mapping."
    said = text.read(path, place, "W130", most=files.TABLE, restore=again)
    try:
        if any(line.partition("=")[0].count(".") > 100 for line in said.splitlines()):  # see definitions.loading
            raise RecursionError
        return _MAPPING.validate_python(tomllib.loads(said))
    except ValidationError as error:
        fail(*(Problem("W130", f"{place}, {_where(item['loc'])}", item["msg"], again) for item in error.errors()))
    except (ValueError, RecursionError) as error:
        fail(Problem("W130", place, f"cannot be read as TOML: {str(error) or 'it is nested too deep'}", again))


def _where(location: tuple[int | str, ...]) -> str:
    """The place of a fault in the file, as TOML names it."""
    return ".".join(map(str, location)) or "as a whole"


def is_signed(mapping: MappingFile, file: str) -> tuple[bool, str]:
    """Tell whether a mapping is signed for a file with this hash, and if not, why not."""
    signed = mapping.signed
    if signed is None:
        return False, "nobody has signed it"
    if signed.mapping != mapping.digest:
        return False, f"was changed after {signed.by} signed it on {signed.on}"
    if signed.file != file:
        return False, f"was signed by {signed.by} on {signed.on} for another file of respondents"
    return True, ""


def hash_of_file(path: Path) -> str:
    """The hash of a respondent file, however large."""
    import hashlib

    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[: hashes.NAMED]
