"""Statements about the figures, as named predicates that are tested on every build.

A predicate states what would show it, and what would show its opposite; if neither is shown, it is *not certain*
(chance) or *open* (rounding, or something that is not known). It takes account of what a reader forgets. *Rounding*: a
published 6.7 is anything from 6.65 up to 6.75, and values that print alike are open, not equal. *Chance*: where a
standard error is measured, or follows from what is declared, a statement needs more than chance explains, even one that
nothing changed. *The universe*: a statement about all waves, answers or groups is open while one of them is unknown.
*Breaks*: nothing is compared across a full break, and a comparison across a noted one carries its remark.
"""

from wavebook.claims.comparisons import always_more, in_each, largest, more, ranked, smallest
from wavebook.claims.evidence import ALPHA, Evidence, OpenError, UntestableError
from wavebook.claims.limits import about, above, at_least, at_most, below, majority
from wavebook.claims.pinned import as_of
from wavebook.claims.predicate import STATEMENTS, Outcome, Predicate, Verdict
from wavebook.claims.section import MIME, Claims, judge
from wavebook.claims.series import (
    always_falls,
    always_rises,
    bottoms,
    direction,
    falls,
    gains_on,
    linear,
    narrows,
    peaks,
    rises,
    stable,
    widens,
)
from wavebook.claims.sources import uncertain, undecided, unknown

__all__ = [
    "ALPHA",
    "MIME",
    "STATEMENTS",
    "Claims",
    "Evidence",
    "OpenError",
    "Outcome",
    "Predicate",
    "UntestableError",
    "Verdict",
    "about",
    "above",
    "always_falls",
    "always_more",
    "always_rises",
    "as_of",
    "at_least",
    "at_most",
    "below",
    "bottoms",
    "direction",
    "falls",
    "gains_on",
    "in_each",
    "judge",
    "largest",
    "linear",
    "majority",
    "more",
    "narrows",
    "peaks",
    "ranked",
    "rises",
    "smallest",
    "stable",
    "uncertain",
    "undecided",
    "unknown",
    "widens",
]
