"""Units by name, for tests that make figures by hand."""

from wavebook.core.units import BUILT_IN

UNITS = dict(BUILT_IN)
