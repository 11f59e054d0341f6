"""Made-up files of respondents, spelt as people and programs spell them: in other characters, and in other places.

A way of spelling says whether what it makes has one right reading, or none, so that somebody must be asked.
"""

import random
import unicodedata

import polars as pl
import pyreadstat
import xlsxwriter

DECLARED = """filter = { keep = ["Ja"] }
weight = "w"
[waves.2016.responses.columns]
mark = "cijfer"
visits = "bezoeken"
channel = "kanaal"
theme = "thema"
[waves.2016.responses.codes]
channel = { 1 = "phone", 2 = "desk" }
theme = { "Café" = "education", "Zorg" = "housing" }
[waves.2016.responses.missing_in]
cijfer = [98]
"""
SCRIPTS = (0xFF10, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0x1D7CE)
ERRORS = ("#N/A", "#N/B", "#DEEL/0!", "#REF!", "#BEZUG!", "#NOM?")


class Spelt:
    """A file of ``seed``: its cells as texts, what they stand for, and how they are spelt."""

    def __init__(self, seed: int):
        self.chance = chance = random.Random(seed)
        self.kind = chance.choice(("csv", "csv", "xlsx", "xlsx", "parquet", "sav"))
        self.rows = chance.randint(20, 40)
        people = range(self.rows)
        self.cells = {
            "keep": [chance.choice(("Ja", "Ja", "Nee")) for _ in people],
            "cijfer": [chance.choice(("6", "7.5", "8", "10", "98")) for _ in people],
            "bezoeken": [str(chance.randint(1, 2500)) for _ in people],
            "kanaal": [chance.choice("12") for _ in people],
            "thema": [chance.choice(("Café", "Zorg")) for _ in people],
            "w": [chance.choice(("1", "1.5", "0.8")) for _ in people],
        }
        self.truth = self._truth()
        self.above, self.mark, self.encoding = "", ";", "utf-8"
        self.numbers: set[str] = set()  # columns that a workbook holds as numbers
        self.percent = self.hidden = self.charts = False
        self.names = {name: name for name in self.cells}
        ways = [chance.choice(WAYS[self.kind]) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
        self.ways = [way.__name__.strip("_") for way in ways]
        answers = [way(self) for way in ways]
        self.one_reading = all(answer is not False for answer in answers)

    def _truth(self):
        kept = [i for i, cell in enumerate(self.cells["keep"]) if cell == "Ja"]
        take = lambda name, read: [read(self.cells[name][i]) for i in kept]  # noqa: E731
        return {
            "mark": take("cijfer", lambda cell: None if cell == "98" else float(cell)),
            "visits": take("bezoeken", float),
            "channel.phone": take("kanaal", lambda cell: int(cell == "1")),
            "theme": take("thema", {"Café": "education", "Zorg": "housing"}.get),
            "weight": take("w", float),
        }

    def some(self, name: str) -> list[int]:
        """Some rows of a column, at least one that the filter keeps, so that it matters."""
        kept = [i for i, cell in enumerate(self.cells["keep"]) if cell == "Ja"] or [0]
        return sorted({self.chance.choice(kept), *self.chance.sample(range(self.rows), self.chance.randint(1, 8))})

    def change(self, name: str, to, rows=None) -> None:
        for row in self.some(name) if rows is None else rows:
            self.cells[name][row] = to(self.cells[name][row])

    def write(self, folder):
        """Write the file into a folder, and give its path."""
        path = folder / f"2016.{self.kind}"
        columns = {self.names[name]: cells for name, cells in self.cells.items()}
        if self.kind == "csv":
            quote = lambda cell: f'"{cell}"' if self.mark in cell or "\n" in cell else cell  # noqa: E731
            lines = [self.mark.join(map(quote, row)) for row in (columns, *zip(*columns.values(), strict=True))]
            text = self.above.replace("@", self.mark) + "\n".join(lines) + "\n"
            path.write_bytes(text.encode(self.encoding))
        elif self.kind == "xlsx":
            self._workbook(path)
        elif self.kind == "parquet":
            pl.DataFrame(columns).write_parquet(path)
        else:
            pyreadstat.write_sav(pl.DataFrame(columns), path)
        return path

    def _workbook(self, path) -> None:
        with xlsxwriter.Workbook(path) as workbook:
            if self.hidden:
                workbook.add_worksheet("Codes").write_row(0, 0, ["code", "betekenis"])
            sheet = workbook.add_worksheet("Data")
            sheet.activate()
            if self.hidden:
                workbook.get_worksheet_by_name("Codes").hide()
                sheet.set_first_sheet()
            form = workbook.add_format({"num_format": "0%"})
            top = 0
            for line in filter(None, self.above.replace("@", " ").split("\n")):
                sheet.write(top, 0, line)
                top += 1
            for column, (name, cells) in enumerate(self.cells.items()):
                sheet.write_string(top, column, self.names[name])
                for row, cell in enumerate(cells, top + 1):
                    if cell in ERRORS:
                        sheet.write_formula(row, column, "=NA()", None, "#N/A")
                    elif cell == "=":
                        sheet.write_formula(row, column, "=1+1", None, "")
                    elif name in self.numbers and cell.replace(".", "", 1).isdecimal():
                        sheet.write_number(
                            row, column, float(cell), form if self.percent and name == "cijfer" else None
                        )
                    else:
                        sheet.write_string(row, column, cell)
            if self.charts:
                drawn = workbook.add_chart({"type": "bar"})
                drawn.add_series({"values": "=Data!$B$2:$B$5"})
                workbook.add_chartsheet("Grafiek").set_chart(drawn)


# --- ways with one right reading ----------------------------------------------------------------------------


def digits_of_another_script(file):
    start = file.chance.choice(SCRIPTS)
    put = lambda cell: "".join(chr(start + int(c)) if c.isdecimal() else c for c in cell)  # noqa: E731
    file.change(file.chance.choice(("cijfer", "bezoeken", "kanaal", "w")), put)


def signs_that_nobody_sees(file):
    sign = file.chance.choice(("\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u00a0", "\u202f"))
    file.change(file.chance.choice([*file.cells]), file.chance.choice((lambda c: c + sign, lambda c: sign + c)))


def letters_in_two_signs(file):
    file.change("thema", lambda cell: unicodedata.normalize("NFD", cell))


def names_in_other_signs(file):
    name = file.chance.choice([*file.cells])
    file.names[name] = file.chance.choice(
        (f"{name}\u200b", f"{name[:1]}\u2060{name[1:]}", name[:1] + "\u00ad" + name[1:])
    )


def decimal_commas(file):
    file.change("cijfer", lambda cell: cell.replace(".", ","), range(file.rows))
    file.mark = ";" if file.mark == "," else file.mark


def a_title(file):
    file.above = file.chance.choice(("Export van de enquête\n", "Uitkomsten\nBron: bureau\n\n", "Titel@@\n"))


def a_line_that_says_the_mark(file):
    file.above = "sep=@\n"


def a_mark(file):
    file.mark = file.chance.choice("\t|;")


def another_encoding(file):
    file.encoding = file.chance.choice(("utf-8-sig", "utf-16"))


def numbers(file):
    file.numbers |= {"cijfer", "bezoeken", "kanaal", "w"}


def other_sheets(file):
    file.hidden, file.charts = file.chance.choice(((True, False), (False, True), (True, True)))


# --- ways that somebody must be asked about, or that the file must be mended for ------------------------------


def errors_of_a_spreadsheet(file):
    file.change(file.chance.choice([*file.cells]), lambda _: file.chance.choice(ERRORS))
    return False


def formulas_without_a_result(file):
    file.change(file.chance.choice([*file.cells]), lambda _: "=")
    return False


def other_capitals_in_the_filter(file):
    file.change("keep", lambda cell: {"Ja": "ja", "Nee": "Nee"}.get(cell, cell))
    return False


def two_answers_in_a_cell(file):
    mark = file.chance.choice((";", ", ", "|", "/"))
    file.change("kanaal", lambda _: f"1{mark}2")
    return False


def percent_signs(file):
    file.change("cijfer", lambda cell: f"{cell}%", range(file.rows))
    return False


def percentages_in_a_workbook(file):
    numbers(file)
    file.percent = True
    return False


def marks_for_thousands(file):
    mark = file.chance.choice((".", ",", " ", "'"))
    kept = [i for i, cell in enumerate(file.cells["keep"]) if "J" in cell.upper()]
    if not any(len(file.cells["bezoeken"][i]) > 3 for i in kept):
        return None
    put = lambda cell: f"{int(cell):,}".replace(",", mark) if cell.isdecimal() and cell.isascii() else cell  # noqa: E731
    file.change("bezoeken", put, range(file.rows))
    return False


def two_marks_for_decimals(file):
    file.change("w", lambda cell: "1,5", file.some("w"))
    file.change("w", lambda cell: "0.8" if "," not in cell else cell, range(file.rows))
    return False


ANYWHERE = [
    *(digits_of_another_script, signs_that_nobody_sees, letters_in_two_signs, names_in_other_signs, decimal_commas),
    *(errors_of_a_spreadsheet, other_capitals_in_the_filter, two_answers_in_a_cell, percent_signs),
    *(marks_for_thousands, two_marks_for_decimals),
]
WAYS = {
    "csv": [*ANYWHERE, a_title, a_title, a_line_that_says_the_mark, a_mark, another_encoding],
    "xlsx": [*ANYWHERE, a_title, numbers, other_sheets, percentages_in_a_workbook, formulas_without_a_result],
    "parquet": ANYWHERE,
    "sav": ANYWHERE,
}
