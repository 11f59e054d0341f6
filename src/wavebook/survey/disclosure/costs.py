"""The cost to readers of protecting respondents, by the chosen method and by the other, for editors to compare."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from wavebook.core.problems import ProblemsError
from wavebook.definitions import ResponseFile
from wavebook.survey.disclosure import perturbation, worlds
from wavebook.survey.disclosure.cellkeys import Secret
from wavebook.survey.disclosure.rules import Settings
from wavebook.survey.disclosure.suppression import Suppression, suppress

MOST = 10**6
"""Respondents up to which noise is tried where figures are hidden."""


def suppression(table: pd.DataFrame, made: Suppression, why: pd.Series, exact: worlds.Precision) -> Iterator[str]:
    """Describe the hidden figures, in sentences without a number of respondents."""
    hidden = made.table["status"].eq("suppressed")
    if not hidden.any():
        return
    alone = int((hidden & why.ne("")).sum())
    others = hidden.sum() - alone
    yield f"{hidden.sum()} of {len(table)} figures are hidden: {alone} by themselves, {others} to protect those"
    for more in range(worlds.MOST):
        names = sorted(name for name, decimals in exact.decimals.items() if decimals == more)
        if names:
            than = f"{more} more {'decimal' if more == 1 else 'decimals'} than readers see, not {worlds.MOST}"
            yield f"{', '.join(names)}: published with {than}, as another would tell on a hidden figure"
    if exact.tried < exact.unsafe and exact.tried:
        yield f"whether decimals tell on hidden figures was tried for {exact.tried} of {exact.unsafe}"
    if exact.open:
        still = ", ".join(map(str, exact.open))
        yield f"not shown to withstand someone who knows the weight of every respondent: {still}"


def noise(found: perturbation.Perturbed, settings: Settings) -> Iterator[str]:
    """Describe the noise, and the figures hidden in spite of it."""
    hidden, share = _hidden(found.table), found.share.dropna()
    yield f"{hidden} of {len(found.table)} figures are hidden, all others have noise of {settings.noise:g} respondents"
    if len(share):
        middle, most = share.median(), share.max()
        told = f"{middle:.0%} of the sampling error in the middle figure, {most:.0%} at most"
        yield f"the noise is {told}; both are in the published errors"


def suppressing(table: pd.DataFrame, settings: Settings, **more) -> Iterator[str]:
    """Describe what suppression would hide; arguments as ``suppression.suppress``."""
    try:
        hidden = _hidden(suppress(table, settings, **more).table)
    except ProblemsError:
        yield "suppression could not protect the figures that it would have to hide"
    else:
        yield f"by suppression {hidden} of {len(table)} figures would be hidden, and none would have noise"


def perturbing(
    table: pd.DataFrame,
    made: Suppression,
    sample: perturbation.Sample,
    declared: ResponseFile,
    settings: Settings,
    respondents: int,
) -> Iterator[str]:
    """Describe what noise would cost instead of suppression; the groups it hides depend slightly on the secret."""
    if not _hidden(made.table) or respondents > MOST:
        return
    found = perturbation.perturbed(Secret(bytes(32)), sample, table, declared, settings)
    hidden, share = _hidden(found.table), found.share.dropna()
    told = f'with method = "cell_key" and noise of {settings.noise:g} respondents about {hidden} would be hidden'
    part = f", and noise be {share.median():.0%} of the sampling error in the middle figure" if len(share) else ""
    yield f"{told}{part}"


def _hidden(table: pd.DataFrame) -> int:
    return int(table["status"].eq("suppressed").sum())
