"""A statement pinned to a wave: it stays about that one in the editions about later waves."""

from __future__ import annotations

from dataclasses import replace

from wavebook.claims.evidence import Evidence, Finding
from wavebook.claims.predicate import Predicate
from wavebook.claims.words import Part, Said
from wavebook.figures import Figures, MissingFigureError


def as_of(wave: str | int, predicate: Predicate) -> Predicate:
    """The statement as it was in the edition about ``wave``: ``as_of(2014, rises("grade"))``, also once 2016 is known.

    What it says of *wave* and *previous* is about that wave and the one before it; its sentence must name the wave. It
    is not about today.
    """
    name = str(wave)

    def test(evidence: Evidence) -> Finding:
        there = replace(evidence, figures=evidence.figures.as_of(name), named={}, newest={})
        finding = predicate.find(there)
        for part in ("absent", "seen", "crossed", "facts"):
            getattr(evidence, part).update(getattr(there, part))
        known = {"wave": name} | ({"previous": before} if (before := _previous(there.figures)) else {})
        evidence.named |= {known.get(said, said): None for said in there.named}
        evidence.every |= there.every
        return finding

    return replace(
        predicate,
        text=f"{predicate.text}, as of {name}",
        test=test,
        said=_said(predicate.said, name),
        rivals=lambda: tuple(as_of(wave, rival) for rival in predicate.rivals()),
        now=False,
        all=tuple(as_of(wave, part) for part in predicate.all),
    )


def _previous(figures: Figures) -> str | None:
    return figures.definitions.previous(figures.wave)


def _said(said: Said, wave: str) -> Said:
    """The words of a statement, about that wave."""

    def there(part: Part) -> Part:
        def worded(figures: Figures) -> str:
            try:
                return part(figures.as_of(wave))
            except MissingFigureError:  # an edition about an earlier wave, in which it cannot be tested
                return part(figures)

        return worded

    return replace(said, parts={name: there(part) for name, part in said.parts.items()})
