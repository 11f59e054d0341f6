"""A made-up wave with known truths, as a typical SPSS file; nothing in it is a finding.

The questions come from indicators.toml, the starting values from the newest published figures. Changes are
planted on purpose and returned, so that tests can look for them. File, declarations and source all say that
the data are made up.
"""

from wavebook.survey.demo.dictionary import with_sets
from wavebook.survey.demo.folder import MADE_UP, clear
from wavebook.survey.demo.municipalities import make_municipalities
from wavebook.survey.demo.wave import Demo, make_wave

__all__ = ["MADE_UP", "Demo", "clear", "make_municipalities", "make_wave", "with_sets"]
