"""The claims of one section, judged together."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from wavebook.claims.evidence import ALPHA
from wavebook.claims.predicate import Predicate, Verdict
from wavebook.core.multiplicity import holm_level
from wavebook.figures import Figures, MissingFigureError

MIME = "application/vnd.wavebook.claims+json"


@dataclass(frozen=True)
class Claims:
    """The verdicts on a section's claims by name; shows as a table, and as JSON for the pages."""

    verdicts: dict[str, dict[str, Any]]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        lines = [f"{name}: {v['outcome']} ({v['reason']})" for name, v in self.verdicts.items()]
        return {MIME: self.verdicts, "text/plain": "\n".join(lines)}


def judge(figures: Figures, predicates: dict[str, Predicate]) -> Claims:
    """The verdict on every predicate, by the name of its sentence on a page.

    The tests that rest on sampling error are taken together: Holm's procedure keeps the chance of one false statement
    or more in the section at 5 %. It makes every statement harder to show, so none holds that would not hold alone.
    The same statements against the previous wave, for sentences in the present tense, are a family of
    their own: such a sentence must hold in both.
    """
    verdicts, level = _family(figures, predicates)
    before = _previous(figures)
    recent = _family(figures.since(before), predicates)[0] if before is not None else {}
    found = {}
    for name, predicate in predicates.items():
        margins = [[text, size] for text, size in predicate.margins]
        words = {"predicate": predicate.text, "said": predicate.said.text(figures), "margins": margins}
        declared: dict[str, Any] = {"known": predicate.known, "now": predicate.now, "sizes": predicate.sizes}
        declared["ways"] = predicate.ways
        declared["edition"] = {"wave": figures.wave, "baseline": figures.baseline}
        told = [(part, part.verdict(figures, level)) for part in predicate.all] or [(predicate, verdicts[name])]
        declared["parts"] = [{"said": part.said.text(figures), "closest": verdict.closest} for part, verdict in told]
        since = asdict(recent[name]) | {"since": before} if name in recent else None
        found[name] = words | declared | asdict(verdicts[name]) | {"recent": since}
    return Claims(json.loads(json.dumps(found)))


def _previous(figures: Figures) -> str | None:
    """The wave before that of the edition, unless it is the baseline anyway."""
    try:
        before = figures.wave_of("previous")
    except MissingFigureError:
        return None
    return before if before != figures.baseline else None


def _family(figures: Figures, predicates: dict[str, Predicate]) -> tuple[dict[str, Verdict], float]:
    """The verdicts, and the level at which each test was judged."""
    alone = {name: predicate.verdict(figures) for name, predicate in predicates.items()}
    p_values = [test.p for verdict in alone.values() for test in verdict.tests]
    if not p_values:
        return alone, ALPHA
    level = holm_level(p_values, ALPHA)
    return {name: predicate.verdict(figures, level) for name, predicate in predicates.items()}, level
