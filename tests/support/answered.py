"""A small book with one wave of respondents, whose file and declarations a test writes."""

import polars as pl
import pyreadstat
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.survey.answers.responses import read_responses

INDICATORS = """
[bases.clients]
nl = "klanten"
en = "clients"

[populations.total]
nl = "iedereen"
en = "everyone"

[populations.citizens]
nl = "burgers"
en = "citizens"

[segments.theme]
nl = "thema"
en = "theme"

[segments.theme.values]
education = { nl = "onderwijs", en = "education" }
housing = { nl = "wonen", en = "housing" }
"""


def indicator(name, unit, *categories):
    words = [f'nl = "{name} nl"', f'en = "{name} en"']
    text = f'\n[indicators.{name}]\nunit = "{unit}"\ndecimals = 0\nbase = "clients"\n'
    text += "".join(f"{kind}.{word}\n" for kind in ("name", "definition") for word in words)
    if categories:
        text += f"[indicators.{name}.categories]\n"
    return text + "".join(f'{c} = {{ nl = "{c} nl", en = "{c} en" }}\n' for c in categories)


INDICATORS += indicator("mark", "grade") + indicator("visits", "count") + indicator("used", "percent")
INDICATORS += indicator("channel", "percent", "phone", "desk") + indicator("band", "percent", "high", "fail")
INDICATORS += indicator("aspect", "percent", "a", "b", "c", "d")
WAVE = """
[waves.{year}]
name = {{ nl = "meting", en = "wave" }}
bureau = "bureau"
client = {{ nl = "klant", en = "client" }}
source = "bureau"
"""


class Book:
    """A small book with one wave, 2016, whose respondent file and declarations a test writes."""

    def __init__(self, root):
        self.root = root
        self.folder = root / "data" / "responses"
        self.folder.mkdir(parents=True)
        self.write("indicators.toml", INDICATORS)
        self.write("context.toml", "")
        self.write("references.bib", "@misc{bureau, author = {Bureau}, title = {T}, year = {2016}}")

    def write(self, name, text):
        (self.root / "data" / name).write_text(text, encoding="utf-8")

    def declare(self, responses, years=("2016",)):
        text = "baseline = 2016\n"
        for year in years:
            text += WAVE.format(year=year) + f"[waves.{year}.responses]\n"
            text += 'source = "bureau"\nlocator = "bestand"\n' + responses
        self.write("waves.toml", text)

    def definitions(self):
        return load_definitions(self.root)

    def read(self, responses, data=None, year="2016", **spss):
        """The checked frame of ``data`` (columns), read as ``responses`` says."""
        self.declare(responses)
        if data is not None:
            frame = pl.DataFrame(data, strict=False)
            if spss:
                pyreadstat.write_sav(frame, self.folder / f"{year}.sav", **spss)
            else:
                frame.write_parquet(self.folder / f"{year}.parquet")
        return read_responses(self.root, self.definitions(), year)

    def problems(self, *args, **kwargs):
        with pytest.raises(ProblemsError) as error:
            self.read(*args, **kwargs)
        return [str(problem).splitlines()[0] for problem in error.value.problems]


def column(responses, name):
    return responses.frame.select(name).collect()[name].to_list()


COLUMNS = "[waves.2016.responses.columns]\n"
CODES = "[waves.2016.responses.codes]\n"


def notices(read):
    return [str(notice).splitlines()[0] for notice in read.notices]


CONTACT = """
[indicators.contact]
unit = "percent"
decimals = 0
base = "clients"
name = { nl = "ontevreden over het contact", en = "dissatisfied with the contact" }
definition = { nl = "Deel dat ontevreden is", en = "Share that is dissatisfied" }
[indicators.contact.categories]
phone = { nl = "telefoon", en = "telephone" }
desk = { nl = "balie", en = "desk" }
"""
"""A share with a category for each channel, to be added to INDICATORS."""
