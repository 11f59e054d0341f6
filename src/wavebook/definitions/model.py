"""The declarations of data/: what is measured, in whom, when, and by which source, checked as a whole."""

from __future__ import annotations

import csv
import datetime
import io
import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from wavebook.core import files
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.core.spans import Span, span
from wavebook.core.text import CONTROL
from wavebook.core.units import LARGEST, Language, Unit

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def _words(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("words", "is empty")
    if CONTROL.search(value):
        raise PydanticCustomError("words", "holds a control character")
    return value


Words = Annotated[str, AfterValidator(_words)]


def _day(value: object) -> str:
    try:
        return value.isoformat() if type(value) is datetime.date else datetime.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise PydanticCustomError("day", "is no day such as 2015-06-22") from None


Day = Annotated[str, BeforeValidator(_day)]


def _known_date(value: str) -> str:
    _day(value + "-01-01"[len(value) - 4 :])
    return value


# A date as far as it is known: 2015, 2015-08 or 2015-08-31.
KnownDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$"), AfterValidator(_known_date)]


class Declaration(BaseModel):
    """A table of a TOML file: frozen, and nothing in it that is not declared here."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(Declaration):
    """The same words for readers in both languages."""

    nl: Words
    en: Words

    def __getitem__(self, language: Language) -> str:
        return getattr(self, language)


class Base(Text):
    """Who a figure is about; not ``people`` where it counts something else, of which there is no sample."""

    people: bool = True


class Indicator(Declaration):
    """One thing that is measured; ``decimals`` is how many a reader sees.

    Statements about *all*, *other* or *most* must know what there is: ``waves`` are those in which it was asked (empty:
    all), and ``complete`` is false where the question has more answers than the categories declared here. ``alike``, in
    its own unit, is the largest change that readers may be told is hardly one; one unit of the last decimal unless set.

    ``compare`` names indicators that claims compare with this one in the same group: ``wavebook estimate`` keeps how
    their estimates move together.
    """

    unit: Unit
    decimals: int = Field(ge=0, le=6)
    base: Name
    name: Text
    definition: Text
    categories: dict[Name, Text] = {}
    compare: tuple[Name, ...] = Field(default=(), strict=False)
    waves: tuple[int, ...] = Field(default=(), strict=False)
    complete: bool = True
    alike: float | None = Field(default=None, gt=0)

    @property
    def margin(self) -> float:
        """``alike``, or one unit of the last decimal that readers see."""
        return self.alike or 10.0**-self.decimals


class Breakdown(Text):
    """A way to split respondents, with its segments; ``whole`` is what readers call all of them together."""

    whole: Text = Text(nl="iedereen", en="everyone")
    values: dict[Name, Text] = {}


# An indicator, or a category of one.
QuestionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
DESIGN = ("respondent", "weight", "strata", "clusters", "population_size")


def _codes(value) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    for item in items:
        if isinstance(item, bool) or not isinstance(item, int | float | str | datetime.date | datetime.time):
            raise PydanticCustomError("codes", "write codes, as in [98, 99] or ['1..5']")
        _check_span(str(item))
    return tuple(map(str, items))


def _check_span(code: str) -> None:
    try:
        span(code)
    except ValueError as error:
        raise PydanticCustomError("codes", "{message}", {"message": str(error)}) from None


def _names(value) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str) and item for item in items):
        raise PydanticCustomError("columns", "write the name of a column, or several as ['v1', 'v2']")
    return tuple(items)


def _by_category(value) -> dict[str, tuple[str, ...]]:
    return {k: _names(v) for k, v in value.items()} if isinstance(value, dict) else {"": _names(value)}


def _codebook(value) -> dict[str, dict[str, str | float]]:
    tables: dict[str, dict] = {"": {}}
    for code, meaning in value.items() if isinstance(value, dict) else [("", value)]:
        if isinstance(meaning, dict):
            tables[code] = meaning
        else:
            tables[""][code] = meaning
    for table in tables.values():
        for code, meaning in table.items():
            if isinstance(meaning, bool) or not isinstance(meaning, int | float | str):
                raise PydanticCustomError("codes", "write what each code means, as in 1 = 'phone'")
            _check_span(code)
    return tables


def _by_name(value: object) -> object:
    """A table in which a.b and {a = {b = ...}} are the same."""
    if not isinstance(value, dict):
        return value
    inner = {name: item if isinstance(item, dict) else {"": item} for name, item in value.items()}
    return {f"{name}.{key}" if key else name: text for name, item in inner.items() for key, text in item.items()}


def _format(value: str) -> str:
    from wavebook.core import moments, numerals

    try:
        return value if value in numerals.FORMS else str(moments.format_of(value))
    except ValueError as error:
        raise PydanticCustomError("format", "{message}", {"message": str(error)}) from None


FormatName = Annotated[str, AfterValidator(_format)]
CodeList = Annotated[tuple[str, ...], BeforeValidator(_codes)]
ColumnNames = Annotated[tuple[str, ...], BeforeValidator(_names)]


class Weighting(Declaration):
    """How weights are calibrated to population margins; see ``weights.calibrate``."""

    method: Literal["raking", "linear", "logit"] = "raking"
    bounds: Annotated[tuple[float, float], Field(strict=False)] | None = None
    trim: float | None = Field(default=None, gt=1)


class ResponseFile(Declaration):
    """How the columns of one wave's respondent file become indicators, breakdowns and the design.

    Attributes
    ----------
    source, locator
        What the figures made from this file cite.
    respondent
        The column that numbers respondents; each number may occur once. Leave it out, and make it
        ``clusters``, when someone has several rows (one a life event).
    weight, strata, clusters, population_size
        Columns of the design. ``strata`` and ``clusters`` may be several columns together;
        ``population_size`` is a column, one number, or a number by stratum.
    filter
        Columns and the codes that keep a respondent; all must hold.
    missing, missing_in
        Codes that mean no answer in every column, unless ``codes`` gives them a meaning; and column, or name →
        its own list, which stands in the place of that for all.
    separator
        What stands between the answers of a cell that holds several, as ``;`` in A;B: of every indicator with
        categories that is read by codes, or by name.
    columns
        Indicator, breakdown or ``population`` → column. An indicator with categories takes one column
        with codes, several such columns, a multiple response set (``$name``), or one column a
        category, here by category. The category ``other`` holds columns that are not published.
    codes
        Name → what each code or range means: a category or segment; ``yes`` or ``no``; ``other``
        (answered, not published); ``missing``; a number. The code ``blank`` is an empty cell of somebody who
        was asked: ``no`` for a box that is not ticked, ``missing`` where it is no answer. A table by
        category inside it is that category's own.
    ranges
        Lowest and highest number that can be answered; a grade has 1 to 10 unless said otherwise.
    asked_if
        Name → the columns and codes that say who had to answer; without it everyone had to.
    formats
        Column → how its dates, times or numbers are written, where the column does not decide it: ``dd-mm-yyyy``,
        ``mm/dd/yyyy``, ``yyyymmdd``, ``hh:mm``; ``1.234,5``, ``1,234.5`` or ``1 234,5`` for numbers with marks
        for thousands, ``1234.5`` or ``1234,5`` for those without.
    reworded
        Name → why it means the same as in the previous wave, although its question or labels are worded otherwise.
    labels_overruled
        Column → labels of the file, by code, that are wrong where ``codes`` are right; or its question.
    lonely
        The rule for a stratum with one cluster; see ``estimate.Design``.
    weighting
        How to calibrate to data/margins/<wave>.csv; without it the weights of the file are used as they are.
    """

    source: Words
    locator: Words
    respondent: Words | None = None
    weight: Words | None = None
    weight_sum: float | None = Field(default=None, gt=0)
    strata: ColumnNames = ()
    clusters: ColumnNames = ()
    population_size: Words | int | dict[str, int] | None = None  # 17.475 is no number of people
    filter: dict[Words, CodeList] = {}
    missing: CodeList = ()
    missing_in: dict[Words, CodeList] = {}
    separator: Words | dict[Name, Words] | None = None
    encoding: Words | None = None
    sheet: Words | None = None
    columns: dict[Name, Annotated[dict[str, tuple[str, ...]], BeforeValidator(_by_category)]]
    codes: dict[Name, Annotated[dict[str, dict[str, str | float]], BeforeValidator(_codebook)]] = {}
    ranges: dict[Name, Annotated[tuple[float, float], Field(strict=False)]] = {}
    asked_if: dict[Name, dict[Words, CodeList]] = {}
    formats: dict[Words, FormatName] = {}
    reworded: Annotated[dict[QuestionName, Words], BeforeValidator(_by_name)] = {}
    labels_overruled: dict[Words, Words | dict[str, Words]] = {}
    lonely: Literal["fail", "adjust", "average", "remove", "certainty"] = "fail"
    weighting: Weighting | None = None

    def meanings(self, name: str, category: str = "") -> dict[str, str | float]:
        """What the codes of ``name`` mean; a category's own table comes first."""
        tables = self.codes.get(name, {})
        return tables.get(category) or tables.get("", {})

    def missing_codes(self, name: str, column: str) -> list[Span]:
        """The codes that mean no answer in a column that ``name`` is read from."""
        folded = {key.casefold(): codes for key, codes in self.missing_in.items()}
        codes = folded.get(column.casefold(), folded.get(name, self.missing))
        return [span(code) for code in codes]

    def missing_everywhere(self, name: str, column: str) -> list[Span]:
        """Those of them that are not said of this column itself, or of ``name``."""
        if {key.casefold() for key in self.missing_in} & {name, column.casefold()}:
            return []
        own = {span(code) for code, meaning in self.meanings(name).items() if code != "blank" and meaning == "missing"}
        return [codes for codes in map(span, self.missing) if codes not in own]

    def separator_of(self, name: str) -> str | None:
        """What stands between the answers in a cell of ``name``."""
        return self.separator.get(name) if isinstance(self.separator, dict) else self.separator


class Sample(Declaration):
    """What sampling errors of a wave's published figures follow from; for all indicators when ``indicators`` is empty.

    ``n`` people answered, which count for ``n_effective`` in a simple random sample; ``deviation`` is the standard
    deviation of their answers, in the unit of the figures. Either a source says so, and where, or it is an assumption,
    with what makes it a fair one.
    """

    NUMBERS: ClassVar = ("n", "n_effective", "deviation")

    indicators: tuple[Name, ...] = Field(default=(), strict=False)
    n: int | None = Field(default=None, gt=1, le=LARGEST)
    n_effective: float | None = Field(default=None, gt=1)
    deviation: float | None = Field(default=None, gt=0)
    source: Words | None = None
    locator: Words | None = None
    assumption: Text | None = None

    @model_validator(mode="after")
    def _is_told(self) -> Sample:
        if all(getattr(self, name) is None for name in self.NUMBERS):
            raise PydanticCustomError("words", "declares neither n, n_effective nor deviation")
        if bool(self.source and self.locator) == bool(self.assumption):
            raise PydanticCustomError("words", "needs a source with its locator, or an assumption, and not both")
        if self.n and self.n_effective and self.n_effective > 2 * self.n:
            raise PydanticCustomError("words", "has an effective number more than twice its n")
        if self.n and self.n_effective and self.n_effective < self.n / 100:
            raise PydanticCustomError(
                "words", "has an effective number below a hundredth of its n: write no point in it"
            )
        return self

    def is_about(self, indicator: str) -> bool:
        """Whether it says something of this indicator."""
        return not self.indicators or indicator in self.indicators


class Wave(Declaration):
    """One measurement and who made it; ``responses`` when there is a respondent file.

    ``samples``: what the errors of figures without one follow from.

    ``published``: its figures change only with a reason, which readers can find.
    ``released``: the day on which this book's edition about the wave came out.
    ``panel``: waves with the same word here asked the same people, as far as their numbers are the same.
    ``made_up``: no measurement at all but a demonstration, and every page must say so.
    """

    name: Text
    bureau: Words
    client: Text
    source: Words
    published: bool = False
    released: Day | None = None
    panel: Words | None = None
    made_up: bool = False
    samples: tuple[Sample, ...] = Field(default=(), strict=False)
    responses: ResponseFile | None = None


class Disclosure(Declaration):
    """What may not be shown, and who says so; ``disclosure.Settings`` says what each means."""

    minimum_base: int = Field(ge=2)
    dominance_share: float = Field(gt=0, le=100)
    p_percent: float | None = Field(default=None, gt=0, le=100)
    protection_range: float | None = Field(default=None, gt=0, le=100)
    revise_few: bool = False
    reason_may_show: bool = False
    source: Words


class Break(Declaration):
    """A break in the series between two waves; for all indicators when ``indicators`` is empty.

    ``noted``: the publisher treats the series as one; comparisons are made and carry the remark.
    ``full``: nothing is compared across it.
    """

    start: int = Field(alias="from")
    end: int = Field(alias="to")
    kind: Literal["noted", "full"]
    indicators: tuple[Name, ...] = Field(default=(), strict=False)
    reason: Text


class Correction(Declaration):
    """A mistake in the text or the code of a published edition that was put right, and on which pages.

    ``before`` and ``after``: the figures that readers saw, where the mistake was in a figure.
    """

    date: Day
    wave: int
    pages: tuple[str, ...] = Field(strict=False)
    what: Text
    reason: Text
    before: Words = ""
    after: Words = ""

    @property
    def identity(self) -> str:
        """What tells this change from all others, for ever: feeds and frozen editions go by it."""
        return f"correction {self.date} {self.wave} {' '.join(self.pages)} {self.what.nl}"


class Revision(Declaration):
    """A published figure that changed; ``before`` and ``after`` as the table has them, empty where there is none.

    ``reason_en`` is the reason for English readers; empty where nobody wrote it.
    """

    date: Day
    wave: int
    figure: str
    before: str
    after: str
    reason: Words
    reason_en: str = ""

    @property
    def identity(self) -> str:
        """What tells this change from all others, for ever: feeds and frozen editions go by it."""
        return f"revision {self.date} {self.wave} {self.figure} {self.before} {self.after}"


class Deviation(Declaration):
    """Where the site is not accessible to everybody, in the four fields of the Dutch accessibility statement.

    ``criterion`` is that of WCAG, empty where it breaks none. ``check`` and ``pages`` say which check of
    ``make accessibility`` finds it and where; empty where no check can see it.
    """

    what: Text
    criterion: Annotated[str, StringConstraints(pattern=r"^(\d\.\d\.\d+)?$")] = ""
    cause: Text
    effect: Text
    alternative: Text
    measure: Text
    check: str = ""
    pages: tuple[str, ...] = Field(default=(), strict=False)


class Fact(Declaration):
    """A dated fact from elsewhere, not of the series."""

    date: KnownDate
    value: int = Field(ge=0, le=LARGEST)
    of: int | None = Field(default=None, gt=0, le=LARGEST)
    bound: Literal["lower", "upper"] | None = None
    name: Text
    source: Words
    locator: Words


class Source(Declaration):
    """A bibliography entry as far as a source line needs it."""

    author: str
    others: bool
    title: str
    year: str
    url: str | None = None

    def short(self, language: Language) -> str:
        """First author and year, as in running text."""
        others = {"nl": " e.a.", "en": " et al."}[language] if self.others else ""
        return f"{self.author}{others}, {self.year}"


class Definitions(Declaration):
    """All declarations together; ``load_definitions`` makes one."""

    bases: dict[Name, Base]
    populations: dict[Name, Text]
    segments: dict[Name, Breakdown] = {}
    indicators: dict[Name, Indicator]
    baseline: int
    waves: dict[int, Wave]
    breaks: tuple[Break, ...] = Field(default=(), strict=False)
    disclosure: Disclosure | None = None
    corrections: tuple[Correction, ...] = Field(default=(), strict=False)
    revisions: tuple[Revision, ...] = ()
    deviations: tuple[Deviation, ...] = Field(default=(), strict=False)
    facts: dict[Name, Fact] = {}
    sources: dict[str, Source] = {}

    @cached_property
    def newest(self) -> int:
        """The year of the newest wave."""
        return max(self.waves)

    def breaks_between(self, indicator: str, first: int, last: int) -> tuple[Break, ...]:
        """The breaks that a comparison of ``indicator`` between two waves would cross."""
        first, last = sorted((first, last))
        return tuple(
            b
            for b in self.breaks
            if b.start < last and first < b.end and (not b.indicators or indicator in b.indicators)
        )

    def asked(self, indicator: str, newest: int) -> list[int]:
        """The waves up to ``newest`` in which an indicator was asked, oldest first."""
        return [year for year in sorted(self.indicators[indicator].waves or self.waves) if year <= newest]

    def full_break(self, indicator: str, first: int, last: int) -> Break | None:
        """The break that forbids this comparison, or None."""
        crossed = self.breaks_between(indicator, first, last)
        return next((b for b in crossed if b.kind == "full"), None)


REVISIONS = tuple(Revision.model_fields)  # the columns of data/revisions.csv
TABLES = {
    "indicators": ("bases", "populations", "segments", "indicators"),
    "waves": ("baseline", "waves", "breaks", "disclosure"),
    "corrections": ("corrections",),
    "accessibility": ("deviations",),
}
OPTIONAL = ("corrections", "accessibility")  # none until something had to be corrected, or deviates


def load_definitions(root: Path) -> Definitions:
    """The declarations under ``root``/data.

    Raises
    ------
    ProblemsError
        Every unreadable file, unknown or missing field, and name that nothing declares, at once (W20x).
    """
    data, problems = root / "data", []
    tables = {name: _read_toml(data / f"{name}.toml", problems) for name in ("indicators", "waves", "context")}
    for name in OPTIONAL:
        path = data / f"{name}.toml"
        tables[name] = _read_toml(path, problems) if path.is_file() else {}
    revisions = _read_revisions(data / "revisions.csv", problems)
    sources = read_sources(data / "references.bib", problems)
    raise_all(problems)
    problems = [
        Problem("W203", f"data/{name}.toml, {key}", "is not a field that is known here", "Remove it, or move it.")
        for name, known in TABLES.items()
        for key in tables[name].keys() - known
    ]
    raw = {key: tables[name][key] for name, known in TABLES.items() for key in known if key in tables[name]}
    waves = raw.setdefault("waves", {})
    if isinstance(waves, dict):
        raw["waves"] = {int(k) if re.fullmatch(r"[12][0-9]{3}", k) else k: v for k, v in waves.items()}
    try:
        stated = {"facts": tables["context"], "sources": sources, "revisions": revisions}
        definitions = Definitions.model_validate({**raw, **stated})
    except ValidationError as error:
        problems += [_as_problem(item) for item in error.errors()]
    raise_all(problems)
    raise_all(_dangling(definitions))
    return definitions


def find_root(start: Path | None = None) -> Path:
    """The nearest folder at or above ``start`` that holds data/indicators.toml.

    Raises ProblemsError (W201) when there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "data" / "indicators.toml").is_file():
            return folder
    fail(Problem("W201", str(start), "no data/indicators.toml here or above", "Run this inside a book."))


def _read_toml(path: Path, problems: list[Problem]) -> dict:
    place = f"data/{path.name}"
    text = _text_of(path, place, problems)
    try:
        if any(line.count(".") > 100 for line in text.splitlines()):  # tomllib takes the square of a key's depth
            raise RecursionError
        return tomllib.loads(text)
    except RecursionError:
        problems.append(Problem("W202", place, "has tables or lists too deep inside others", "Write them flat."))
    except ValueError as error:  # not all that tomllib raises is a TOMLDecodeError
        problems.append(Problem("W202", place, f"cannot be read as TOML: {error}", "Mend the line it names."))
    return {}


def _read_revisions(path: Path, problems: list[Problem]) -> tuple[dict, ...]:
    """The rows of data/revisions.csv; none where nothing was revised."""
    text = _text_of(path, "data/revisions.csv", problems) if path.is_file() else ""
    try:
        head, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except csv.Error as error:
        problems.append(Problem("W202", "data/revisions.csv", f"cannot be read: {error}", "Restore it."))
        return ()
    action = "Restore it; wavebook estimate --revise adds to it."
    if text and tuple(head) != REVISIONS:
        problems.append(Problem("W202", "data/revisions.csv", f"its columns are not {', '.join(REVISIONS)}", action))
        return ()
    for line, row in enumerate(rows, 2):
        if len(row) != len(head):
            found = f"has {len(row)} cells where {len(head)} are expected"
            problems.append(Problem("W202", f"data/revisions.csv:{line}", found, action))
    named = [dict(zip(head, row, strict=False)) for row in rows if len(row) == len(head)]
    return tuple({**row, "wave": int(row["wave"]) if row["wave"].isdecimal() else row["wave"]} for row in named)


def _text_of(path: Path, place: str, problems: list[Problem]) -> str:
    """The text of a file, whether or not an editor put a byte order mark before it; empty when there is none."""
    try:
        text = files.read(path).decode("utf-8-sig")
        if not (found := CONTROL.search(text)):
            return text
        line = text.count("\n", 0, found.start()) + 1
        problems.append(Problem("W202", f"{place}:{line}", "holds a control character", "Remove it."))
    except FileNotFoundError:
        action = "Restore it; CONTRIBUTING.md says what it holds."
        problems.append(Problem("W202", place, "the file is missing", action))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem("W202", f"{place}:{line}", "is not UTF-8", "Save the file again as UTF-8."))
    except OSError as error:
        problems.append(Problem("W202", place, f"cannot be read: {error.strerror}", "Restore it."))
    return ""


def read_sources(path: Path, problems: list[Problem]) -> dict[str, dict]:
    """The entries of a bibliography as fields of Source, by key."""
    from pybtex.database import BibliographyDataError, parse_string
    from pybtex.exceptions import PybtexError
    from pybtex.richtext import Text as Rich

    place = f"data/{path.name}"
    text = _text_of(path, place, problems)
    if re.search(r"@\s*string\s*[({]", text, re.IGNORECASE):
        # one that is made of others, twenty times over, fills the memory
        action = "Write what it stands for in each entry."
        problems.append(Problem("W202", place, "has abbreviations (@string), which are not read", action))
        return {}
    try:
        entries = parse_string(text, "bibtex").entries
    except (PybtexError, BibliographyDataError, RecursionError) as error:
        problems.append(Problem("W202", place, f"cannot be read as BibTeX: {error}", "Mend the entry it names."))
        return {}

    def plain(latex: str) -> str:
        return str(Rich.from_latex(latex))

    sources = {}
    for key, entry in entries.items():
        people = entry.persons.get("author", [])
        names = [plain(" ".join([*p.prelast_names, *p.last_names])) for p in people]
        fields = entry.fields
        if not names or "title" not in fields or "year" not in fields:
            problems.append(Problem("W203", place, f"{key} lacks author, title or year", "Add the missing field."))
            continue
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:-]*", key):
            action = "Use letters, digits, hyphens, colons and underscores: it becomes part of addresses."
            problems.append(Problem("W203", place, f"{key} is no key for a source", action))
        if not re.match(r"https?://[^\s\"<>]+$", fields.get("url", "https://x")):
            problems.append(Problem("W203", place, f"the url of {key} is no address", "Begin it with https://."))
        sources[key] = {
            "author": names[0],
            "others": len(names) > 1,
            "title": plain(fields["title"]),
            "year": fields["year"],
            "url": fields.get("url"),
        }
    return sources


def _as_problem(item: dict) -> Problem:
    head, *rest = map(str, item["loc"])
    if head == "revisions":
        row, column = int(rest[0]) + 2, rest[1]
        return Problem("W203", f"data/revisions.csv:{row}, {column}", item["msg"], "Correct the value.")
    file = next((name for name, known in TABLES.items() if head in known), "context")
    rest = rest if file == "context" else [head, *rest]
    place = f"data/{file}.toml, {'.'.join(rest)}"
    kind, message = item["type"], item["msg"]
    if kind == "extra_forbidden":
        return Problem("W203", place, "is not a field that is known here", "Remove it, or mend its spelling.")
    if kind == "missing":
        return Problem("W203", place, "is missing", "Add it.")
    if kind == "words":
        return Problem("W203", place, message, "Correct the value.")
    return Problem("W203", place, f"{message[0].lower()}{message[1:]}, not {item['input']!r:.60}", "Correct the value.")


def meanings_of(d: Definitions, name: str, category: str = "") -> tuple[str, ...]:
    """The words that a code of ``name`` can stand for; empty when it holds numbers."""
    if name == "population":
        return (*(key for key in d.populations if key != "total"), "other", "missing")
    if name in d.segments:
        return (*d.segments[name].values, "other", "missing")
    indicator = d.indicators[name]
    if indicator.unit != "percent":
        return ()
    if indicator.categories and not category:
        return (*indicator.categories, "other", "missing")
    return ("yes", "no", "missing")


def _response_problems(d: Definitions, file: ResponseFile, place: str) -> Iterator[Problem]:
    """Names, categories and meanings in a wave's responses that nothing declares."""
    for name in file.columns:
        if name != "population" and name not in d.segments and name not in d.indicators:
            action = "Declare it in data/indicators.toml, or mend its spelling."
            yield Problem("W204", f"{place}.columns.{name}", "is no indicator, breakdown or population", action)
        elif name in DESIGN:
            yield Problem("W203", f"{place}.columns.{name}", "is a name of the design", "Rename it everywhere.")
    for table in ("codes", "ranges", "asked_if", "separator"):
        names = getattr(file, table)
        for name in names.keys() - file.columns.keys() if isinstance(names, dict) else ():
            yield Problem("W204", f"{place}.{table}.{name}", "has no column", f"Add it to {place}.columns.")
    for name in file.separator if isinstance(file.separator, dict) else ():
        if name in file.columns and not (name in d.indicators and d.indicators[name].categories):
            found = "has no categories, of which a cell could hold several"
            yield Problem("W203", f"{place}.separator.{name}", found, "Remove it.")
    for name, columns in file.columns.items():
        if name == "population" or name in d.segments or name in d.indicators:
            yield from _column_problems(d, file, place, name, columns)
    if (weighting := file.weighting) is not None:
        if weighting.bounds and not 0 <= weighting.bounds[0] < 1 < weighting.bounds[1]:
            yield Problem("W203", f"{place}.weighting.bounds", "does not lie around 1", "Write, say, [0.3, 3].")
        if weighting.method == "logit" and (weighting.bounds is None or weighting.trim is not None):
            action = "Give bounds, and no trim; or choose raking."
            yield Problem("W203", f"{place}.weighting", "the method logit needs bounds and knows no trim", action)
    for name, (low, high) in file.ranges.items():
        if low >= high:
            yield Problem("W203", f"{place}.ranges.{name}", "the first is not below the last", "Swap them.")


def _column_problems(d: Definitions, file: ResponseFile, place: str, name: str, columns) -> Iterator[Problem]:
    indicator = d.indicators.get(name) if name not in d.segments else None
    categories = indicator.categories if indicator and indicator.unit == "percent" else {}
    for category, sources in columns.items():
        where = f"{place}.columns.{name}"
        if category and not (category in categories or (categories and category == "other")):
            yield Problem("W204", f"{where}.{category}", "is no category", f"Declare it at {name}.categories.")
        elif (not categories and len(sources) > 1) or (category not in ("", "other") and len(sources) > 1):
            yield Problem("W203", where, "has several columns where one answers", "Keep one.")
        known, codes = meanings_of(d, name, category), file.meanings(name, category)
        if categories and not category and codes.get("blank") == "no":  # none of them
            codes = {code: meaning for code, meaning in codes.items() if code != "blank"}
        yield from _code_problems(codes, known, f"{place}.codes.{name}")
    for category in file.codes.get(name, {}).keys() - columns.keys() - {""}:
        yield Problem("W204", f"{place}.codes.{name}.{category}", "has no column", f"Add it to {name}.")


def _code_problems(codes: dict[str, str | float], known: tuple[str, ...], where: str) -> Iterator[Problem]:
    spans = [(code, span(code)) for code in codes if code != "blank"]
    for number, (code, (low, high)) in enumerate(spans):
        for other, (least, most) in spans[:number]:
            dated = isinstance(low, str) and (low != high or least != most) and re.search("[0-9]", code + other)
            if isinstance(low, type(least)) and low <= most and least <= high and not dated:
                yield Problem("W203", where, f"codes {other} and {code} overlap", "Give each code once.")
    for code, meaning in codes.items():
        if known and meaning not in known:
            choices = ", ".join(known)
            yield Problem("W204", f"{where}.{code}", f"{meaning} is not declared", f"One of: {choices}.")
        elif not known and meaning != "missing" and isinstance(meaning, str):
            yield Problem("W203", f"{where}.{code}", f"{meaning} is not a number", "Write a number, or missing.")


def _dangling(d: Definitions) -> list[Problem]:
    """Names used in a declaration that nothing declares, and declared bases that nothing uses."""
    from difflib import get_close_matches

    problems = []

    def expect(name, known, place: str, what: str) -> None:
        if name not in known:
            close = get_close_matches(str(name), [str(k) for k in known], 1, 0)
            hint = f"Declare it, or write {close[0]}." if close else "Declare it."
            problems.append(Problem("W204", place, f"{what} {name} is not declared", hint))

    for name, indicator in d.indicators.items():
        expect(indicator.base, d.bases, f"data/indicators.toml, indicators.{name}.base", "base")
        for year in indicator.waves:
            expect(year, d.waves, f"data/indicators.toml, indicators.{name}.waves", "wave")
        place = f"data/indicators.toml, indicators.{name}.compare"
        for other in indicator.compare:
            expect(other, d.indicators, place, "indicator")
            if other == name:
                problems.append(Problem("W203", place, "names the indicator itself", "Name another, or remove it."))
            elif other in d.indicators and d.indicators[other].unit != indicator.unit:
                found = f"{other} is a {d.indicators[other].unit}, not a {indicator.unit}"
                problems.append(Problem("W203", place, found, "Name an indicator of the same unit, or remove it."))
    expect(d.baseline, d.waves, "data/waves.toml, baseline", "wave")
    for year, wave in d.waves.items():
        expect(wave.source, d.sources, f"data/waves.toml, waves.{year}.source", "source")
        for number, sample in enumerate(wave.samples, 1):
            place = f"data/waves.toml, waves.{year}.samples, number {number}"
            if sample.source:
                expect(sample.source, d.sources, place, "source")
            for name in sample.indicators:
                expect(name, d.indicators, place, "indicator")
        if wave.responses:
            place = f"data/waves.toml, waves.{year}.responses"
            expect(wave.responses.source, d.sources, f"{place}.source", "source")
            problems += _response_problems(d, wave.responses, place)
    for number, item in enumerate(d.breaks, 1):
        place = f"data/waves.toml, breaks, number {number}"
        for year in (item.start, item.end):
            expect(year, d.waves, place, "wave")
        for name in item.indicators:
            expect(name, d.indicators, place, "indicator")
        if item.start >= item.end:
            problems.append(Problem("W203", place, "from is not before to", "Put the earlier wave in from."))
        for other, earlier in enumerate(d.breaks[: number - 1], 1):
            shared = not item.indicators or not earlier.indicators or set(item.indicators) & set(earlier.indicators)
            if (earlier.start, earlier.end) == (item.start, item.end) and earlier.kind != item.kind and shared:
                found = f"is {item.kind}, and number {other} says {earlier.kind} of the same"
                problems.append(Problem("W203", place, found, "Keep one of the two."))
    for line, revision in enumerate(d.revisions, 2):
        expect(revision.wave, d.waves, f"data/revisions.csv:{line}", "wave")
    for number, correction in enumerate(d.corrections, 1):
        place = f"data/corrections.toml, corrections, number {number}"
        expect(correction.wave, d.waves, place, "wave")
        if correction.identity in [c.identity for c in d.corrections[: number - 1]]:
            problems.append(Problem("W203", place, "says the same as one before it", "Keep one of the two."))
    for name, fact in d.facts.items():
        if fact.of is not None and fact.value > fact.of:
            found = f"{fact.value} is no part of {fact.of}"
            problems.append(Problem("W203", f"data/context.toml, {name}.value", found, "Correct one of the two."))
        expect(fact.source, d.sources, f"data/context.toml, {name}.source", "source")
    for base in d.bases.keys() - {i.base for i in d.indicators.values()}:
        problems.append(
            Problem(
                "W205",
                f"data/indicators.toml, bases.{base}",
                "no indicator uses this base",
                "Remove it, or use it.",
            )
        )
    return problems
