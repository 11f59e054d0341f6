import polars as pl

from wavebook.core import alike
from wavebook.survey.files.folding import folded_cells, looks

TEXTS = [
    "cafe\u0301",
    "\uff17",
    "\u0667,5",
    "1\u00a0234",
    "ja\u200b",
    "\u2003ja",
    "7\u00b2",
    "a\tb",
    "é\nb",
    "Ja!",
    "1-2-3-4",
    "1 _ 2",
    None,
]


def test_cells_are_folded_as_names_and_codes_are():
    cells = pl.DataFrame({"t": TEXTS}).select(folded_cells(pl.col("t").str.strip_chars()))["t"].to_list()
    assert cells == [text and alike.folded(text) for text in TEXTS]


def test_cells_look_as_names_and_codes_do():
    texts = [text for text in TEXTS if text]
    seen = pl.DataFrame({"t": texts}).select(looks(folded_cells(pl.col("t"))))["t"].to_list()
    assert seen == [alike.look(text) for text in texts]
