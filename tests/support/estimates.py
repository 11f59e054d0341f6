"""Rows of a table of estimates, as tests of disclosure control write them."""

import numpy as np
import pandas as pd
from measures import UNITS

from wavebook.figures import COLUMNS, NUMBER_COLUMNS
from wavebook.survey.disclosure.rules import Settings

SETTINGS = Settings(minimum_base=30, source="test", dominance_share=50)


def row(n, value, *, indicator="grade", population="", segment="", category="", unit="grade", **more):
    by, _, name = segment.partition("=")
    empty = dict.fromkeys(COLUMNS, np.nan)
    key = {"wave": "2016", "indicator": indicator, "population": population, "category": category}
    key |= {"segment_by": by, "segment": name, "status": "estimated", "source": "s", "locator": ""}
    return empty | key | {"value": value, "unit": UNITS[unit], "n": n, "se": 0.1} | more


def table_of(*rows):
    frame = pd.DataFrame(rows)
    return frame.astype(dict.fromkeys(NUMBER_COLUMNS, float))
