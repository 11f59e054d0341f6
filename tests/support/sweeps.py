"""Sweeps of which `make test` tries a few cases and `make test-all` all."""

from collections.abc import Iterable

import pytest

LONG = [pytest.param("long", marks=pytest.mark.slow)]
"""As ``params`` of a fixture: whatever needs it is for the long run."""


def often(cases: Iterable, *keep: object) -> list:
    """All cases; those beside ``keep`` only in the long run. A case of several arguments is a tuple."""
    cases = list(cases)
    strange = [case for case in keep if case not in cases]
    assert not strange, strange
    return [
        case if case in keep else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for case in cases
    ]
