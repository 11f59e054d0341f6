"""A made-up wave with known truths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wavebook.survey.demo.declaration import break_text, wave_text
from wavebook.survey.demo.draft import Draft
from wavebook.survey.demo.faults import spoil
from wavebook.survey.demo.folder import append, prepare_wave
from wavebook.survey.demo.roles import planted_in, published_in, roles_of, truths_of


@dataclass(frozen=True)
class Demo:
    """A made-up wave: its place, and the truths planted in it.

    Attributes
    ----------
    root, path
        The folder to use as a book, and the respondent file in it.
    wave, before
        Its key, and that of the newest wave before it.
    truths
        The value in the population by ``indicator[.category]``, in the indicator's unit.
    rises, nulls, broken
        Names that truly rise from the newest published figures, that stay, and that may not be compared.
    defects
        (code, column) → respondents, or None where the defect is not one of respondents.
    """

    root: Path
    wave: str
    before: str | None
    path: Path
    truths: dict[str, float]
    rises: tuple[str, ...]
    nulls: tuple[str, ...]
    broken: tuple[str, ...]
    defects: dict[tuple[str, str], int | None]


def make_wave(
    folder: Path,
    *,
    seed: int = 2016,
    respondents: int = 2000,
    defects: bool = False,
    wave: str | None = None,
    planted: Mapping[str, float] | None = None,
    root: Path | None = None,
) -> Demo:
    """Write a made-up wave and its declarations under ``folder``, for use as a book's root.

    Parameters
    ----------
    folder
        Gets data/, copied from the book at ``root`` (default: the nearest) when it has none yet; a second call
        with another ``wave`` adds that one.
    seed, respondents, defects
        The same three give the same file. With ``defects``, it holds one of each fault that is an error.
    wave
        Its key; by default the second after the newest wave.
    planted
        Truths that differ from the newest published figures; ``{}`` for a wave in which nothing changed, and by
        default a rise of one grade, the bands of its marks, and one share.

    Raises
    ------
    ProblemsError
        W110 when ``folder`` holds a real book or already has the wave.
    """
    d, key, populations = prepare_wave(folder, wave, root)
    published = published_in(folder, d)
    roles = roles_of(d, published)
    rises = planted_in(d, roles, published) if planted is None else planted
    truths = truths_of(d, roles, published, rises)
    draft = Draft(
        d,
        roles,
        populations,
        key,
        np.random.default_rng([seed, int(key) if key.isdecimal() else int.from_bytes(key.encode())]),
        respondents,
        truths,
    )
    found = spoil(draft) if defects else {}
    path = folder / "data" / "responses" / f"{key}.sav"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.write(path, spoilt=defects)
    before = d.before(key)
    earlier = before[-1] if before else None
    broken = roles.broken if rises and earlier is not None else ""
    ends = break_text(broken, earlier, key, d.languages) if broken and earlier is not None else ""
    append(folder / "data" / "waves.toml", wave_text(draft) + ends)
    return Demo(
        folder,
        key,
        earlier,
        path,
        draft.truths,
        tuple(name for name in rises if name in draft.truths),
        tuple(name for name in (*roles.grades, *roles.counts) if name not in rises),
        (broken,) if broken else (),
        found,
    )
