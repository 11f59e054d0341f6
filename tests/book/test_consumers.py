"""Downloads, citations, feed and linked data, each read by a program that readers read it with."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import atom
import pandas as pd
import pytest

import book
from book import ADDRESS, ROOT
from wavebook.definitions import load_definitions
from wavebook.figures import COLUMNS, load
from wavebook.language.words import words_in

FOLDERS = ("", "en")
WAVE = load(ROOT).wave  # that of the book's edition
RELEASED = load_definitions(ROOT).waves[WAVE].released
SHEETS = ("figures", "indicators", "segments", "waves", "facts", "sources")
NUMBERS = ("wave", "value", "n", "n_effective", "se", "ci_low", "ci_high")


def rows(frame: pd.DataFrame) -> list[tuple]:
    """The rows of a table of figures in one order: numbers as they are, "" where nothing stands."""
    assert list(frame) == list(COLUMNS)
    plain = frame.astype(dict.fromkeys(NUMBERS, float)).astype(object).where(frame.notna(), "")
    return sorted(map(tuple, plain.to_numpy()), key=str)


@pytest.fixture(scope="module")
def ours() -> list[tuple]:
    """All figures up to the edition's wave as the project has them, read as text and made numbers here."""
    d = load_definitions(book.ROOT)
    waves = [wave for wave in d.waves if d.is_until(wave, WAVE)]
    frame = pd.concat([pd.read_csv(book.ROOT / "data" / "figures" / f"{wave}.csv", dtype=str) for wave in waves])
    assert len(frame) > 40
    return rows(frame)


# --- tables -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS)
def test_pandas_reads_all_figures_from_the_csv(site, ours, folder):
    assert rows(pd.read_csv(site / folder / "data" / "figures.csv")) == ours


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_pandas_reads_all_figures_from_the_workbook(site, ours, folder, engine):
    sheets = pd.read_excel(site / folder / "data" / "figures.xlsx", sheet_name=None, engine=engine)
    words = words_in(folder or "nl").downloads
    assert list(sheets) == [words[name] for name in SHEETS]
    figures, indicators, _, waves, facts, sources = sheets.values()
    assert len(facts) == len(load_definitions(book.ROOT).facts)
    assert rows(figures) == ours
    assert set(figures["indicator"]) == set(indicators["indicator"])
    assert set(figures["source"]) <= set(sources["source"])
    assert set(figures["wave"]) == set(waves["wave"])


def test_calamine_finds_numbers_and_text_where_they_belong(site, ours):
    from python_calamine import CalamineWorkbook

    head, *cells = CalamineWorkbook.from_path(site / "data" / "figures.xlsx").get_sheet_by_index(0).to_python()
    assert sorted(map(tuple, cells), key=str) == ours
    columns = {name: column for name, *column in zip(head, *cells, strict=True)}
    kinds = {name: {type(cell) for cell in column if cell != ""} for name, column in columns.items()}
    assert all(found <= ({float} if name in NUMBERS else {str}) for name, found in kinds.items())


@pytest.mark.parametrize("folder", FOLDERS)
def test_pandas_reads_every_other_table_and_finds_figures_of_the_project_in_it(site, ours, folder):
    facts, of_figures = {}, 0
    for path in (*(site / folder / "data").glob("*.csv"), *(site / folder / "charts").glob("*.csv")):
        frame = pd.read_csv(path)
        assert len(frame) > 0
        if "fact" in frame:
            facts |= {
                row.fact: (str(row.date), row.value, None if pd.isna(row.of) else row.of) for row in frame.itertuples()
            }
        else:
            labels = [name for name in frame if name.endswith("_label")]
            assert bool(labels) == (path.parent.name == "charts")
            assert set(rows(frame.drop(columns=labels))) <= set(ours)
            of_figures += 1
    declared = load_definitions(book.ROOT).facts
    assert of_figures > 20
    assert facts == {name: (fact.date, fact.value, fact.of) for name, fact in declared.items()} != {}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_pandas_reads_the_numbers_of_a_charts_csv_from_its_workbook(site, folder, engine):
    words = words_in(folder or "nl").travel
    for path in sorted((site / folder / "charts").glob("*.xlsx")):
        shown, about = pd.read_excel(path, sheet_name=None, engine=engine).values()
        plain = pd.read_csv(path.with_suffix(".csv"))
        assert not shown.isna().all().any()
        for name in plain.columns.intersection([*NUMBERS[1:], "of"]):
            numbers = plain[name].astype(float)
            if numbers.isna().all():
                assert words[name] not in shown
            else:
                shares = plain.get("unit", pd.Series("", plain.index)).eq("percent") & (
                    name not in ("n", "n_effective")
                )
                read = shown[words[name]].astype(float)
                pd.testing.assert_series_equal(read * shares.map({True: 100, False: 1}), numbers, check_names=False)
        told = set(about.iloc[:, 0].dropna())
        assert {words["publication"], words["citation"], words_in(folder or "nl").theme.words["source"]} <= told
        assert ("fact" in plain) or {words["what"], words["whom"], words["when"]} <= told


# --- the data package -------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS)
def test_frictionless_finds_the_data_package_valid(site, folder):
    from frictionless import validate

    report = validate(site / folder / "datapackage.json")
    assert report.flatten(["name", "type", "message"]) == []
    assert len(report.tasks) == len(list((site / folder / "data").glob("*.csv")))
    assert all(task.stats["rows"] for task in report.tasks)


FAULTS = [
    ("type-error", ",6.9,", ',"6,9",'),
    ("constraint-error", ",published,", ",guessed,"),
    ("constraint-error", ",percent,", ",procent,"),
    ("incorrect-label", "value,unit", "waarde,unit"),
    ("primary-key", "2013,grade_chain", "2014,grade_chain"),
]


@pytest.mark.parametrize(("kind", "old", "new"), FAULTS, ids=[new for *_, new in FAULTS])
def test_frictionless_finds_a_fault_in_a_table_by_what_the_data_package_says(site, tmp_path, kind, old, new):
    from frictionless import validate

    shutil.copy2(site / "datapackage.json", tmp_path)
    shutil.copytree(site / "data", tmp_path / "data")
    book.edit(tmp_path, "data/figures.csv", old, new)
    report = validate(tmp_path / "datapackage.json")
    assert kind in {name for (name,) in report.flatten(["type"])}


# --- LibreOffice ------------------------------------------------------------------------------------------

CSV = "Text - txt - csv (StarCalc)"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Converts files in LibreOffice Calc: the files made."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is not installed: run tools/sweeps"
    profile = tmp_path_factory.mktemp("office")

    def convert(to: str, source: Path, *options: str) -> list[Path]:
        out = tmp_path_factory.mktemp("converted")
        begin = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", *options]
        command = [*begin, "--convert-to", to, "--outdir", out, source]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return sorted(out.iterdir())

    return convert


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_libreoffice_opens_the_workbook_with_every_cell_as_it_is(site, ours, office, folder, tally):
    # Every sheet as CSV in UTF-8, with the cells' own values and not as they are shown.
    made = office(f"csv:{CSV}:44,34,76,1,,0,false,false,false,false,false,-1", site / folder / "data" / "figures.xlsx")
    sheets = pd.read_excel(site / folder / "data" / "figures.xlsx", sheet_name=None, engine="calamine")
    opened = {path.stem.partition("-")[2]: pd.read_csv(path) for path in made}
    assert opened.keys() == sheets.keys()
    for name, sheet in sheets.items():
        pd.testing.assert_frame_equal(opened[name], sheet, check_dtype=False)
    assert rows(next(frame for frame in opened.values() if "n_effective" in frame)) == ours
    tally("cells of workbooks and tables as they are in LibreOffice", sum(frame.size for frame in opened.values()))


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_libreoffice_opens_the_csv_with_every_cell_as_it_is(site, ours, office, folder, tally):
    source = site / folder / "data" / "figures.csv"
    (made,) = office("xlsx", source, f"--infilter={CSV}:44,34,76,1")
    opened = pd.read_excel(made, engine="calamine")
    assert rows(opened) == ours
    tally("cells of workbooks and tables as they are in LibreOffice", opened.size)


# --- citations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "author", "title", "edition"),
    [
        ("", "De makers van wavebook", "Overheid in de puberteit", f"Uitgave over de meting van {WAVE}"),
        ("en", "The wavebook authors", "Government in its teens", f"Edition on the survey of {WAVE}"),
    ],
)
def test_reference_managers_read_the_same_publication_in_every_format(addressed, folder, author, title, edition):
    import rispy
    from pybtex.database import parse_file

    address = urljoin(ADDRESS, f"{folder}/" if folder else "")
    (entry,) = parse_file(addressed / folder / "citation.bib").entries.values()
    (ris,) = rispy.loads((addressed / folder / "citation.ris").read_text(encoding="utf-8"))
    (csl,) = json.loads((addressed / folder / "citation.json").read_text(encoding="utf-8"))
    day = date.fromisoformat(entry.fields["date"])
    assert entry.type == "online"
    assert [str(person) for person in entry.persons["author"]] == [f"{{{author}}}"]
    assert [entry.fields[name] for name in ("title", "edition", "url")] == [title, edition, address]
    assert entry.fields["year"] == f"{day:%Y}"
    assert ris == {
        "type_of_reference": "ELEC",
        "authors": [author],
        "title": title,
        "edition": edition,
        "year": f"{day:%Y}",
        "date": f"{day:%Y/%m/%d}",
        "language": folder or "nl",
        "urls": [address],
    }
    assert csl["author"] == [{"literal": author}]
    assert csl["issued"] == {"date-parts": [[day.year, day.month, day.day]]}
    assert [csl[name] for name in ("type", "title", "edition", "URL")] == ["webpage", title, edition, address]


@pytest.mark.filterwarnings("error")
def test_a_citation_processor_makes_a_reference_that_reads_well(addressed):
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads((addressed / "citation.json").read_text(encoding="utf-8"))
    style = CitationStylesStyle("harvard-cite-them-right", locale="nl-NL", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    made.register(Citation([CitationItem(items[0]["id"])]))
    (reference,) = map(str, made.bibliography())
    assert reference == (
        f"De makers van wavebook ({RELEASED[:4]}) Overheid in de puberteit. Uitgave over de meting van {WAVE}. "
        f"Beschikbaar op: {ADDRESS}."
    )


# --- the feed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_feed_is_valid_with_and_without_an_address(site, addressed, folder):
    assert atom.faults(site / folder / "feed.xml") == []
    assert atom.faults(addressed / folder / "feed.xml") == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_feed_reader_finds_entries_that_lead_to_pages_that_are_there(addressed, folder):
    import feedparser

    base = urljoin(ADDRESS, f"{folder}/" if folder else "")
    read = feedparser.parse((addressed / folder / "feed.xml").read_bytes())
    assert [link.href for link in read.feed.links if link.rel == "self"] == [f"{base}feed.xml"]
    assert read.feed.language == (folder or "nl")
    assert len(read.entries) >= 1
    for entry in (read.feed, *read.entries):
        assert entry.link.startswith(base)
        assert (addressed / folder / entry.link.removeprefix(base)).is_file()
        assert entry.updated_parsed[:3] >= (2026, 1, 1)


BROKEN = [
    ("<updated>2026-11-24T00:00:00Z</updated>", ""),
    ("T00:00:00Z", "T00:00:00"),
    ("2026-11-24T", "2026-11-31T"),
    ("urn:uuid:", ""),
    ("<author><name>De makers van wavebook</name></author>", ""),
    ("<title>Uitgave over de meting van 2014</title>", "<title> </title>"),
    ("<summary>", "<summary><b>Nieuw</b>"),
    ('rel="self"', 'rel="zelf"'),
    ("</entry>", "</entry><entry/>"),
    ("</feed>", ""),
    ("</feed>", '<link href="andere.html"/></feed>'),
]


@pytest.mark.parametrize(("old", "new"), BROKEN)
def test_what_is_no_valid_feed_is_found(site, tmp_path, old, new):
    shutil.copy2(site / "feed.xml", tmp_path)
    book.edit(tmp_path, "feed.xml", old, new)
    assert atom.faults(tmp_path / "feed.xml") != []


def test_two_entries_with_one_identity_are_found(site, tmp_path):
    text = (site / "feed.xml").read_text(encoding="utf-8")
    entry = re.search(r"<entry>.*</entry>", text)[0]
    (tmp_path / "feed.xml").write_text(text.replace(entry, entry * 2), encoding="utf-8")
    assert [fault for fault in atom.faults(tmp_path / "feed.xml") if "identity" in fault] != []


# --- linked data ------------------------------------------------------------------------------------------

# What Google's Dataset search asks for (name, description) and advises; an Article as its rich results have it.
ASKED = {
    "Dataset": {
        "name", "description", "license", "creator", "distribution", "isAccessibleForFree", "temporalCoverage",
        "spatialCoverage", "variableMeasured", "url", "datePublished", "inLanguage",
    },
    "Article": {"headline", "author", "datePublished", "image", "url", "license", "inLanguage"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "PropertyValue": {"name", "description", "unitText"},
    "Organization": {"name"},
    "Country": {"name"},
    "CreativeWork": {"name"},
    "WebSite": {"name", "url"},
}  # fmt: skip
# The types that schema.org gives for the values of these properties, as far as this site uses them.
RANGES = {
    "author": {"Organization"},
    "creator": {"Organization"},
    "citation": {"CreativeWork"},
    "isBasedOn": {"CreativeWork"},
    "isPartOf": {"WebSite"},
    "distribution": {"DataDownload"},
    "spatialCoverage": {"Country"},
    "variableMeasured": {"PropertyValue"},
}
ADDRESSES = ("url", "contentUrl", "license", "image")


class _LinkedData(HTMLParser):
    """The text of the JSON-LD in a page, as an HTML parser finds it."""

    def __init__(self, html: str):
        super().__init__()
        self.found, self._inside = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.found.append(data)


def graph(page: Path):
    """The statements of a page's linked data; schema.org's context is not fetched: its vocabulary says the same."""
    import rdflib

    (text,) = _LinkedData(page.read_text(encoding="utf-8")).found
    content = json.loads(text)
    assert content["@context"] == "https://schema.org"
    content["@context"] = {"@vocab": str(rdflib.SDO)}
    return rdflib.Graph().parse(data=json.dumps(content), format="json-ld")


PAGES = (*book.PAGES, "verantwoording", "data", "notebooks/puberteit")


@pytest.mark.parametrize("name", [*PAGES, *(f"en/{name}" for name in PAGES)])
def test_linked_data_speak_schema_org_with_all_that_a_search_engine_asks(addressed, name):
    from rdflib import RDF, SDO, Literal

    found = graph(addressed / f"{name}.html")
    types = {thing: kind.removeprefix(str(SDO)) for thing, kind in found.subject_objects(RDF.type)}
    assert all(kind in SDO for kind in types.values())
    assert [kind for kind in types.values() if kind in ("Dataset", "Article")] == [
        "Dataset" if name.endswith("data") else "Article"
    ]
    for thing, kind in types.items():
        said = {str(term).removeprefix(str(SDO)) for term in found.predicates(thing)} - {str(RDF.type)}
        assert ASKED[kind] <= said
        assert all(term in SDO for term in said)
    for _, term, value in found:
        term = term.removeprefix(str(SDO))
        if value in types:
            assert types[value] in RANGES[term]
        elif term in ADDRESSES:
            assert value.startswith("https://")
        elif term == "datePublished":
            assert re.fullmatch(r"\d{4}(-\d\d-\d\d)?", value)
        elif term != str(RDF.type):
            assert isinstance(value, Literal)
            assert str(value).strip()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_search_engine_for_data_finds_every_file_at_an_address_that_is_there(addressed, folder):
    from rdflib import RDF, SDO

    found = graph(addressed / folder / "data.html")
    dataset = found.value(predicate=RDF.type, object=SDO.Dataset)
    assert 50 <= len(found.value(dataset, SDO.description)) <= 5000
    assert re.fullmatch(r"\d{4}/\d{4}", found.value(dataset, SDO.temporalCoverage))
    base = urljoin(ADDRESS, f"{folder}/" if folder else "")
    assert str(found.value(dataset, SDO.url)) == f"{base}data.html"
    files = {str(address).removeprefix(base) for address in found.objects(None, SDO.contentUrl)}
    data = addressed / folder / "data"
    assert files == {path.relative_to(addressed / folder).as_posix() for path in data.iterdir()}
