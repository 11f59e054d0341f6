"""A made-up survey of commuters, whose figures are in units of every kind."""

import csv
import textwrap

import numpy as np
import polars as pl
from mapped import map_wave

from wavebook.figures import COLUMNS, load
from wavebook.survey.wave import estimate_wave

UNITS = """
    [bases.commuters]
    nl = "forenzen"
    en = "commuters"

    [segments.mode]
    nl = "vervoer"
    en = "mode"
    [segments.mode.values]
    bike = { nl = "fiets", en = "bike" }
    train = { nl = "trein", en = "train" }

    [units.kilometre]
    kind = "count"
    one = { nl = "kilometer", en = "kilometre" }
    many = { nl = "kilometer", en = "kilometres" }
    symbol = "km"
    bounds = [0, 500]
    decimals = 1
    alike = 0.5

    [units.travel_time]
    duration = "minute"
    clock = true
    decimals = 0

    [units.balance_of_money]
    currency = "EUR"
    bounds = [-2000, 2000]
    decimals = 0
"""
INDICATORS = {
    "trust": 'unit = "score"\nscale = [1, 5]\ndecimals = 1',
    "recommend": 'unit = "score"\nscale = [0, 10]\ndecimals = 1',
    "spent": 'unit = "EUR"\ndecimals = 0',
    "saved": 'unit = "balance_of_money"',
    "delay": 'unit = "minute"\ndecimals = 1',
    "travel": 'unit = "travel_time"',
    "distance": 'unit = "kilometre"',
    "advice": 'unit = "percent"\ndecimals = 0',
    "nps": 'unit = "balance"\ndecimals = 0\nplus = ["advice.promoter"]\nminus = ["advice.detractor"]',
    "price": 'unit = "index"\ndecimals = 0',
}
WORDS = "vertrouwen aanbeveling uitgaven besparing vertraging reistijd afstand advies aanbevelingsscore prijs"
DUTCH = dict(zip(INDICATORS, WORDS.split(), strict=True))
ADVICE = {
    "promoter": ("aanbevelers", "promoters"),
    "passive": ("neutralen", "passives"),
    "detractor": ("afraders", "detractors"),
}
COLUMN = {"recommend": "v_rec", "advice": "v_rec"}
WAVES = (2024, 2026)


def indicators() -> str:
    """The declarations of the survey's indicators."""
    text = textwrap.dedent(UNITS)
    for name, lines in INDICATORS.items():
        text += f'\n[indicators.{name}]\n{lines}\nbase = "commuters"\n'
        for field in ("name", "definition"):
            text += f'{field}.nl = "{DUTCH[name]}"\n{field}.en = "{name}"\n'
        if name == "advice":
            text += "[indicators.advice.categories]\n"
            text += "".join(f'{key} = {{ nl = "{nl}", en = "{en}" }}\n' for key, (nl, en) in ADVICE.items())
    return text


def answers(seed: int = 0, people: int = 600) -> pl.DataFrame:
    """The answers of made-up commuters."""
    rng = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "trust": rng.integers(1, 6, people),
            "v_rec": rng.integers(0, 11, people),
            "spent": rng.integers(0, 2500, people),
            "saved": rng.integers(-400, 300, people),
            "delay": rng.integers(0, 30, people),
            "travel": rng.integers(10, 120, people),
            "distance": rng.integers(1, 80, people),
            "mode": rng.choice(["bike", "train"], people),
        }
    )


class Commuting:
    """A book about commuters in ``root``, without its figures; its methods change one thing."""

    def __init__(self, root):
        self.root = root
        (root / "data" / "responses").mkdir(parents=True)
        (root / "data" / "figures").mkdir()
        (root / "_config.yml").write_text("languages: [nl, en]\n", encoding="utf-8")
        self.write("indicators.toml", indicators())
        self.write("context.toml", "")
        self.write("references.bib", "@misc{bureau, author = {Bureau}, title = {T}, year = {2026}}")
        waves = "baseline = 2024\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = 'test'\n"
        for year in WAVES:
            waves += f"[waves.{year}]\nname = {{ nl = 'meting', en = 'wave' }}\nbureau = 'b'\nsource = 'bureau'\n"
            waves += "client = { nl = 'k', en = 'c' }\n"
            waves += f"[waves.{year}.responses]\nsource = 'bureau'\nlocator = 'file'\n"
            waves += f"[waves.{year}.responses.columns]\nmode = 'mode'\n"
            columns = {name: COLUMN.get(name, name) for name in INDICATORS if name not in ("nps", "price")}
            waves += "".join(f"{name} = '{column}'\n" for name, column in columns.items())
            waves += f"[waves.{year}.responses.codes]\n"
            waves += "advice = { '9..10' = 'promoter', '7..8' = 'passive', '0..6' = 'detractor' }\n"
        self.write("waves.toml", waves)

    def path(self, name):
        return self.root / "data" / name

    def write(self, name, text):
        self.path(name).write_text(text, encoding="utf-8")

    def edit(self, name, old, new):
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def enter(self, year, **cells):
        """Add a row by hand to a wave's table."""
        path = self.path(f"figures/{year}.csv")
        new = not path.exists()
        row = dict.fromkeys(COLUMNS, "") | {"wave": year, "status": "published", "source": "bureau", "locator": "p. 1"}
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            if new:
                writer.writeheader()
            writer.writerow(row | cells)

    def estimate(self, **columns):
        """Estimate both waves from made-up answers, some ``columns`` of which are given."""
        for year in WAVES:
            self.enter(year, indicator="price", value=str(100 + 4 * (year - 2024)), unit="index")
            answers(year).with_columns(**columns).write_parquet(self.path(f"responses/{year}.parquet"))
            if year != WAVES[0]:
                map_wave(self.root, str(year))
            estimate_wave(self.root, str(year))

    def load(self, **edition):
        return load(self.root, **edition)
