"""A small book of two waves of respondents, of which the questions of the first were kept."""

import polars as pl
import pyreadstat
from answered import INDICATORS, WAVE, Book, indicator

from wavebook.survey.answers.questions import save_codebook
from wavebook.survey.answers.responses import read_responses

MARK, OTHER, USED = "Wat vindt u van de keten?", "Wat vindt u van de samenwerking?", "Gebruikte u de website?"
TEXTS = {"v11": MARK, "v12": OTHER, "v13": USED}
LABELS = {
    "v11": {1.0: "heel slecht", 10.0: "top"},
    "v12": {1.0: "heel slecht", 10.0: "top"},
    "v13": {1.0: "ja", 2.0: "nee"},
}
COLUMNS = {"mark": "v11", "other_mark": "v12", "used": "v13"}
CODES = {"used": '{ 1 = "yes", 2 = "no" }'}


class Series(Book):
    """Two waves, 2016 and 2018, with two marks and a question of yes or no; 2016 was read and its questions kept."""

    def __init__(self, root, **first):
        super().__init__(root)
        self.write("indicators.toml", INDICATORS + indicator("other_mark", "grade"))
        self.waves = {}
        self.declare_wave("2016")
        self.respondents("2016", **first)
        save_codebook(root, "2016", read_responses(root, self.definitions(), "2016").questions)

    def declare_wave(self, year, columns=COLUMNS, codes=CODES, more="", breaks=""):
        """Declare how a wave is read, and breaks."""
        text = f'[waves.{year}.responses]\nsource = "bureau"\nlocator = "bestand"\n{more}\n'
        text += f"[waves.{year}.responses.columns]\n" + "".join(f'{k} = "{v}"\n' for k, v in columns.items())
        text += f"[waves.{year}.responses.codes]\n" + "".join(f"{k} = {v}\n" for k, v in codes.items() if k in columns)
        self.waves[year] = WAVE.format(year=year) + text
        self.write("waves.toml", f"baseline = 2016\n{breaks}\n" + "\n".join(self.waves.values()))

    def respondents(self, year, texts=TEXTS, labels=LABELS, csv=False, rows=40, **cells):
        """Write the answers of a wave, in columns with these texts and labels, and some with these ``cells``."""
        frame = pl.DataFrame({name: cells.get(name, [1.0 + i % 2 for i in range(rows)]) for name in texts})
        path = self.folder / f"{year}.{'csv' if csv else 'sav'}"
        if csv:
            frame.write_csv(path, separator=";")
        else:
            labels = {name: table for name, table in labels.items() if name in texts}
            pyreadstat.write_sav(frame, path, column_labels=texts, variable_value_labels=labels)
        return path
