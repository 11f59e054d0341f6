"""Statements about figures that sources do not give, or that leave something undecided."""

from __future__ import annotations

from wavebook.claims import words
from wavebook.claims.evidence import ALPHA, Evidence, Finding, Kind, UntestableError
from wavebook.claims.evidence import unknown as not_known
from wavebook.claims.predicate import Predicate, statement
from wavebook.claims.words import Said
from wavebook.figures import Key, wave_names


@statement
def unknown(text: str) -> Predicate:
    """The sources give no such figure; a sentence that says so must go when they do."""

    def test(evidence: Evidence) -> Finding:
        key = evidence.figures.resolve(text)
        evidence.named |= dict.fromkeys(wave_names(text))
        _check_declared(evidence, key)
        found = any(f.key == key for f in evidence.figures)
        if not found:
            evidence.absent[key] = None
        return Finding(not found, f"{key} is {'known' if found else 'not known'}")

    return Predicate(f"{text} is unknown", test, Said("unknown", {"what": words.figure(text)}))


def _check_declared(evidence: Evidence, key: Key) -> None:
    """Raise an error for a misspelled key, which has no figure either but says nothing about the sources."""
    d = evidence.figures.definitions
    indicator = d.indicators.get(key.indicator)
    breakdown = d.breakdowns.get(key.segment_by)
    for name, known in (
        (key.indicator, indicator),
        (key.category, not key.category or (indicator and key.category in indicator.categories)),
        (key.population, d.has_population(key.population)),
        (f"{key.segment_by}={key.segment}", not key.segment_by or (breakdown and key.segment in breakdown.values)),
    ):
        if not known:
            raise UntestableError(f"{name} is not declared")


@statement
def undecided(predicate: Predicate) -> Predicate:
    """The figures leave it open: they are known, and their rounding allows both true and false."""
    return _left(predicate, "rounding", "undecided")


@statement
def uncertain(predicate: Predicate) -> Predicate:
    """Chance leaves it uncertain: figures whose errors are known and allow both true and false.

    If no error is known, it is open: nobody can then say what chance explains.
    """
    return _left(predicate, "chance", "uncertain")


def _left(predicate: Predicate, kind: Kind, name: str) -> Predicate:
    def test(evidence: Evidence) -> Finding:
        # by itself, at the level of a single test: nothing is uncertain for being one of many
        inner = Evidence(evidence.figures, ALPHA)
        finding = predicate.find(inner)
        for seen in ("seen", "absent", "named", "crossed", "facts"):
            getattr(evidence, seen).update(getattr(inner, seen))
        evidence.every |= inner.every
        evidence.weighed += inner.weighed
        if "unknown" in finding.kinds or len(finding.kinds) > 1:
            return not_known(finding.reason)
        if kind == "chance" and inner.basis == "figures only":
            return not_known(f"{finding.reason}; no error is known")
        if finding.truth is not None:
            return Finding(False, f"decided after all: {finding.reason}")
        if finding.kinds == {kind}:
            return Finding(True, finding.reason)
        return Finding(False, f"not for {kind}: {finding.reason}")

    said = Said(name, {"inner": predicate.said.text})
    rivals = (predicate, ~predicate)
    return Predicate(f"{name} whether {predicate.text}", test, said, lambda: rivals, sizes=predicate.sizes)
