"""What comes in as text stays text: one book whose every declared text tries to be something else, and real parsers."""

from __future__ import annotations

import ast
import csv
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import lending
import pytest
from small import SmallBook
from sweeps import LONG

import book
from wavebook.core.problems import Problem
from wavebook.core.writing import as_text
from wavebook.site.sphinx import run_sphinx

# What a label, name, place or reason may hold. Each is put after the text that stands there.
HOSTILE = (
    "<script>window.ran = 1</script>",
    '"><img src="x" onerror="window.ran = 2">',
    "'><svg onload=window.ran=3><foreignObject>",
    "</script><script>window.ran = 4</script>",
    "]]> --> </title></textarea></style><iframe src=javascript:window.ran=5>",
    "{value}`mark_library` {cite:t}`vries2015` {raw}`html`",
    "{{ 7 * 7 }} {% raw %} ${7*7} {row} {root} {cite} <row> <up> <cited> %s",
    "[klik](javascript:window.ran=6) ![x](data:text/html,<script>window.ran=7</script>) <https://example.org/x>",
    "*nadruk* **vet** `code` # kop ::: {note} ``` | a | b | [^voetnoot] |naam|_ `doel`_ --- &lt;b&gt; &#60;i&#62;",
    "\"; import os; os.system('touch ran') # \\N{BULLET} \\x41 '''",
    "\\input{/etc/passwd} \\href{javascript:window.ran=8}{x} \\textbf{vet} $E=mc^2$ %",
    "= + - @ : ? | > & * ! % # ` [ ] , yes: no ~ null",
    "regel één\n- regel twee\n\n    javascript:window.ran=9",
    "Wooord" + "o" * 300,
)
FORMULAS = ('=HYPERLINK("http://example.org","klik")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1;2)", "zie;=1+1;x")
REASON = "Omdat <script>window.ran = 10</script> [x](javascript:window.ran=11)"


class Poison:
    """Puts a hostile text after every text, each in turn, and remembers which."""

    def __init__(self):
        self.used: list[str] = []

    def __call__(self, text: str) -> str:
        self.used.append(f"{text} {HOSTILE[len(self.used) % len(HOSTILE)]}")
        return self.used[-1]

    def declarations(self, path: Path) -> None:
        """Every text for readers in a file of declarations, and every place in a source."""
        pattern = re.compile(r'^((?:[a-z_]+\.)*(?:nl|en|bureau|panel|locator)) = ("(?:[^"\\]|\\.)*")$', re.MULTILINE)
        text = path.read_text(encoding="utf-8")
        text = pattern.sub(lambda m: f"{m[1]} = {json.dumps(self(json.loads(m[2])))}", text)
        path.write_text(text, encoding="utf-8")

    def figures(self, path: Path) -> None:
        """The place in a source of every figure; some begin as a formula does."""
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        for number, row in enumerate(rows):
            row[-1] = FORMULAS[number // 2 % len(FORMULAS)] if number % 2 else self(row[-1])
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *rows])

    def sources(self, path: Path) -> None:
        """Titles and publishers of a bibliography, as far as its braces allow; commands of LaTeX are refused."""
        text = path.read_text(encoding="utf-8")
        wicked = "<script>window.ran = 12</script> [x](javascript:window.ran=13) <a href=javascript:1>v</a>"
        for name in ("title", "institution", "journal"):
            text = re.sub(rf"(?m)^(  {name} = {{.*)(}},)$", rf"\1 {wicked}\2", text)
        path.write_text(text, encoding="utf-8")


def poisoned(root: Path) -> list[str]:
    """Make every text of a book hostile; what they are then."""
    poison = Poison()
    for name in ("indicators", "waves", "context"):
        poison.declarations(root / "data" / f"{name}.toml")
    with (root / "data" / "waves.toml").open("a", encoding="utf-8") as file:  # each bureau has another name now
        file.write('\n[[same]]\nfrom = 2008\nto = 2013\ndespite = ["bureau"]\n')
        file.writelines(f"reason.{code} = {json.dumps(poison('zelfde'))}\n" for code in ("nl", "en"))
    for path in sorted((root / "data" / "figures").glob("*.csv")):
        poison.figures(path)
    poison.sources(root / "data" / "references.bib")
    words = {"nl": REASON, "en": REASON}
    lines = [
        f"{what}.{language} = {json.dumps(text)}" for what in ("what", "reason") for language, text in words.items()
    ]
    head = '[[corrections]]\ndate = 2026-11-25\nwave = 2014\npages = ["index"]\n'
    said = f"before = {json.dumps(HOSTILE[1])}\nafter = {json.dumps(FORMULAS[0])}\n"
    (root / "data/corrections.toml").write_text(head + "\n".join(lines) + "\n" + said, encoding="utf-8")
    with (root / "data/revisions.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                "date wave figure before after reason reason_en".split(),
                ["2026-11-26", "2014", "mark_library@2014", "6.8", "6.9", REASON, ""],
                ["2026-11-26", "2014", HOSTILE[1], HOSTILE[0], FORMULAS[0], REASON, REASON],
            ]
        )
    config = (root / "_config.yml").read_text(encoding="utf-8")
    title = json.dumps('Plank </script><script>window.ran = 14</script> {in} \\de & "kast"\nTY  - HACK')
    (root / "_config.yml").write_text(re.sub(r"(?m)^title: .*$", lambda _: f"title: {title}", config), encoding="utf-8")
    return poison.used


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The hostile book, built as a draft and on one page; its texts and what was said."""

    def make(folder: Path):
        root = lending.copy(folder, english=True)
        used = poisoned(root)
        run = book.wavebook(root, "build", "--draft")
        for language in ("nl", "en"):
            work = root / "_build" / ".wavebook" / "pdf"
            run_sphinx(root, work, "singlehtml", language=language, draft=True, outdir=work / language)
        return root, used, run

    return book.once(tmp_path_factory, "hostile", make)


@pytest.fixture(scope="module")
def site(hostile) -> Path:
    return hostile[0] / "_build" / "html"


def one_line(text: str) -> str:
    """A text in small letters and on one line, without the marks that Sphinx makes typographic."""
    return re.sub(r"[-–—'\"‘’“”„]", "", " ".join(text.split())).lower()


# Everyone together, themes, and of whom a figure is that is of nobody.
NOT_SHOWN = ("mensen en scholen samen", "people and schools together", "thema ", "theme ")
NOT_SHOWN += ("de vragenlijst zelf", "the questionnaire itself")


def test_hostile_texts_break_no_build(hostile):
    _, used, run = hostile
    assert run.code == 0, run.err
    assert len(used) > 100
    # what a draft tells is about the pages: a text in data is no reference, no role and no number typed by hand
    assert {problem.code for problem in run.problems} <= {"W408"}, run.err


# --- HTML -------------------------------------------------------------------------------------------------

# Every element with its attributes' names, and where links and pictures lead.
SHAPE = """() => {
    const addresses = [...document.querySelectorAll("*")].flatMap((e) =>
        ["href", "src", "action", "xlink:href", "content", "formaction", "srcset", "style"]
            .filter((name) => e.hasAttribute(name) && (name !== "content" || e.httpEquiv))
            .map((name) => e.localName + " " + name + " " + e.getAttribute(name)));
    const shape = (e) => ["", ...e.getAttributeNames()].map((name) => `${e.namespaceURI} ${e.localName} ${name}`);
    return {
        elements: [...document.querySelectorAll("*")].flatMap(shape),
        addresses,
        text: document.documentElement.textContent,
        ran: window.ran ?? null,
    };
}"""


def shapes(browser, pages: list[Path]) -> tuple[set[str], set[str], str, list[str]]:
    """Elements, addresses and text of pages as Chromium reads them, and what it says of them or runs."""
    elements, addresses, texts, said = set(), set(), [], []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    for path in pages:
        page.goto(path.as_uri())
        found = page.evaluate(SHAPE)
        elements |= set(found["elements"])
        addresses |= set(found["addresses"])
        texts.append(found["text"])
        said += [f"{path.name} ran {found['ran']}"] if found["ran"] is not None else []
    context.close()
    return elements, addresses, one_line(" ".join(texts)), said


@pytest.fixture(scope="module", params=LONG)
def read(hostile, browser, tmp_path_factory):
    """What Chromium makes of the hostile site and of the one without hostile texts."""
    sites = [root / "_build" / "html" for root in (hostile[0], lending.fresh(tmp_path_factory))]
    return [shapes(browser, sorted(site.rglob("*.html"))) for site in sites]


# A reason that is given in Dutch only, on an English page, and the banner over what is made up: the other book has no
# revision and nothing that is made up.
MORE = {f"http://www.w3.org/1999/xhtml {what}" for what in ("span lang", "aside ", "aside class", "aside aria-label")}


@pytest.mark.browser
def test_no_page_has_an_element_or_attribute_that_a_book_without_them_lacks(read):
    (elements, *_), (known, *_) = read
    assert elements - known - MORE == set()


@pytest.mark.browser
def test_no_link_or_picture_leads_elsewhere_than_in_a_book_without_them(read):
    (_, addresses, *_), (_, known, *_) = read
    added = {
        address for address in addresses - known if not re.search(r"href (\.\./)*(\w+/)*[\w-]+\.(html|xml)", address)
    }
    assert added == set()
    assert not [a for a in addresses if re.search(r"(?i)(javascript|data|vbscript):", a)]


@pytest.mark.browser
def test_nothing_runs_and_the_browser_says_nothing(read):
    assert read[0][3] == []


@pytest.mark.browser
def test_readers_see_every_text_as_it_was_written(hostile, read):
    _, used, _ = hostile
    text = read[0][2]
    assert [item for item in used if one_line(item) not in text and not item.startswith(NOT_SHOWN)] == []


@pytest.mark.browser
def test_the_page_for_the_pdf_is_no_different(hostile, browser, read):
    root, *_ = hostile
    pages = [root / "_build/.wavebook/pdf" / language / "index.html" for language in ("nl", "en")]
    elements, addresses, _, said = shapes(browser, pages)
    assert said == []
    known = read[1][0]
    assert [e for e in elements - known if re.search(r" (script|img|iframe|object|\w+ on\w+)\b", e)] == []
    assert not [a for a in addresses if re.search(r"(?i)(javascript|data|vbscript):", a)]


@pytest.mark.browser
def test_the_search_shows_a_hostile_title_as_text(site, browser):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    content = json.loads(index.removeprefix("Search.fill(").removesuffix(");\n"))
    title = next(text for *_, passages in content for _, kind, _, text in passages if kind == "h" and "<svg" in text)
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if request.url.endswith("/x") else None)
    page.goto((site / "search.html").as_uri())
    page.fill('main input[name="q"]', title)
    page.click("main form button")
    page.wait_for_selector("#search-results li a", timeout=5000)
    found = page.locator("#search-results li a").all_inner_texts()
    assert any(one_line(title) in one_line(text) for text in found)
    assert page.locator("#search-results img, #search-results script, #search-results svg").count() == 0
    assert page.evaluate("window.ran ?? null") is None
    assert said == []
    page.close()


# --- what machines read -----------------------------------------------------------------------------------


def test_pictures_are_xml_without_script_links_or_foreign_parts(site):
    names, count = set(), 0
    for path in site.rglob("*.svg"):
        count += 1
        for element in ET.parse(path).iter():
            names.add(element.tag.rpartition("}")[2])
            assert not [a for a in element.attrib if a.lower().startswith("on") or a.lower().endswith("href")], path
    assert count >= 7
    assert names <= set("svg g path rect line circle text tspan title desc clipPath defs style".split()), names


def test_linked_data_is_json_that_no_text_ends(site):
    count = 0
    for path in site.rglob("*.html"):
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script', path.read_text("utf-8"), re.DOTALL
        ):
            count += 1
            assert "<" not in block
            about = json.loads(block)
            told = json.dumps(about, ensure_ascii=False)
            assert path.parts[-2] in ("en", "notebooks") or "</script><script>window.ran = 14" in told
    assert count > 20


def test_the_feed_holds_texts(site):
    atom = "{http://www.w3.org/2005/Atom}"
    for name in ("feed.xml", "en/feed.xml"):
        feed = ET.parse(site / name).getroot()
        summaries = [entry.find(f"{atom}summary") for entry in feed.iter(f"{atom}entry")]
        assert any(REASON in summary.text for summary in summaries)
        for element in feed.iter():
            assert element.get("type", "text") == "text"
            assert element.tag.startswith(atom)
        assert all(len(summary) == 0 for summary in summaries)
        assert all(re.fullmatch(r"[\w./#-]+", link.get("href")) for link in feed.iter(f"{atom}link"))


def cells(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row]


def is_formula(cell: str) -> bool:
    """As a spreadsheet takes it, of whichever country: the whole cell, or what follows another country's separator."""
    number = re.fullmatch(r"[+-]?[\d.]+(e[+-]?\d+)?", cell)
    return not number and any(re.match(r"[=+\-@].", part) for part in re.split(r'[;|\t\n",]', cell))


def test_no_cell_of_a_csv_is_a_formula_and_each_is_known_again(hostile, site):
    root, *_ = hostile
    wicked, seen = 0, set()
    for path in [*site.rglob("*.csv")]:
        found = cells(path)
        seen |= set(found)
        assert [cell for cell in found if is_formula(cell)] == [], path
    for path in (root / "data/figures").glob("*.csv"):
        for cell in cells(path):
            wicked += is_formula(cell)
            assert as_text(cell) in seen or not cell or re.fullmatch(r"[\d.]+", cell), cell
    assert wicked >= 15


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\t'=1"),
        ("x;=1+1;y", "x;'=1+1;y"),
        ('a","=1+1', 'a","\'=1+1'),
        ("＝1＋1", "'＝1＋1"),
        ("bladzijde 12, figuur 2-1", "bladzijde 12, figuur 2-1"),
        ("a=b", "a=b"),
        ("-", "-"),
    ],
)
def test_an_apostrophe_stands_before_a_formula_and_nothing_else(cell, written):
    assert as_text(cell) == written


def test_the_workbook_holds_strings(site):
    with zipfile.ZipFile(site / "data/figures.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        strings = "".join(ET.fromstring(archive.read("xl/sharedStrings.xml")).itertext())
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]
    assert FORMULAS[0] in strings
    for sheet in map(ET.fromstring, sheets):
        assert not [e for e in sheet.iter() if e.tag.rpartition("}")[2] in ("f", "hyperlink")]


def test_citations_keep_to_their_formats(site):
    from pybtex.database import parse_string

    entries = parse_string((site / "citation.bib").read_text(encoding="utf-8"), "bibtex").entries
    assert len(entries) == 1
    ris = (site / "citation.ris").read_text(encoding="utf-8").splitlines()
    assert [line for line in ris if not re.match(r"[A-Z][A-Z0-9]  - ", line)] == []
    assert [line for line in ris if line.startswith("TY")] == ["TY  - ELEC"]
    (item,) = json.loads((site / "citation.json").read_text(encoding="utf-8"))
    assert "TY - HACK" in item["title"]


def test_the_other_files_for_machines_are_json(site):
    package = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    assert all(source.get("path", "https:").startswith("https:") for source in package["sources"])
    for path in (site / "data").glob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))["observations"]


# --- parameters of notebooks ------------------------------------------------------------------------------

PARAMETERS = (
    *HOSTILE,
    *FORMULAS,
    'total"\nimport os\nos.system("touch ran")\n"',
    "total\\",
    '"""',
    "nl\x00",
    "\u2028x",
)


def test_a_parameter_is_a_literal_whatever_it_holds():
    from papermill.translators import PythonTranslator

    for text in PARAMETERS:
        code = PythonTranslator.codify({"population": text})
        tree = ast.parse(code)
        (assigned,) = [node for node in tree.body if not isinstance(node, ast.Expr)]
        assert isinstance(assigned, ast.Assign)
        assert ast.literal_eval(assigned.value) == text


@pytest.mark.parametrize(
    "text", [PARAMETERS[9], "total\"\nimport os\nos.system('touch ran')\n#", "../../../elders", ""]
)
@pytest.mark.parametrize("name", ["population"])
def test_a_population_that_is_not_declared_is_refused_before_anything_runs(hostile, tmp_path, name, text):
    root, *_ = hostile
    before = {path.relative_to(root) for path in root.rglob("*")}
    for command in ("check", "build"):
        run = book.wavebook(root, command, "--population", text)
        assert [problem.code for problem in run.problems] == ["W501"], run.err
    made = {path.relative_to(root) for path in root.rglob("*")} - before
    assert made == set()


# --- what is refused, and the terminal --------------------------------------------------------------------


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x07", "\x9b", "\u202e", "\u2066", "\x7f"], ids=ascii)
def test_a_character_that_nobody_sees_is_refused_wherever_a_text_is_declared(small, character):
    words = json.dumps(f"cij{character}fer")
    small.edit("indicators.toml", 'name.nl = "cijfer"', f"name.nl = {words}")
    assert small.problems()[0].startswith("W203 data/indicators.toml, indicators.grade.name.nl: ")
    small.edit("indicators.toml", f"name.nl = {words}", 'name.nl = "cijfer"')
    small.row("2014", 2, locator=f"blad{character}zijde")
    assert small.problems()[0].startswith("W212 data/figures/2014.csv")
    small.row("2014", 2, locator="bladzijde")
    small.edit("references.bib", "Het rapport", f"Het {character} rapport")
    assert small.problems()[0].startswith("W202 data/references.bib")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org", 'https://x"y'])
def test_an_address_of_a_source_is_of_the_web_or_refused(small, address):
    small.edit("references.bib", "year = {2015}", f"year = {{2015}}, url = {{{address}}}")
    assert [line[:4] for line in small.problems()] == ["W203"]


@pytest.mark.parametrize("key", ["rep`ort", "rep<ort", "=report", "rapport\u202e"])
def test_a_key_that_could_be_read_as_markup_is_refused(small, key):
    small.edit("references.bib", "@misc{report", f"@misc{{{key}")
    assert {line[:4] for line in small.problems()} & {"W202", "W203"}


def test_no_terminal_obeys_what_a_file_holds(tmp_path):
    import polars as pl
    import pyreadstat

    root = tmp_path / "book"
    small = SmallBook(root)
    wicked = "\x1b[31m\x1b]0;titel\x07\x9b2J\u202eomgekeerd"
    (root / "data/responses").mkdir()
    pyreadstat.write_sav(
        pl.DataFrame({"v1": [1.0, 2.0], "tekst": [wicked, wicked]}),
        root / "data/responses/2016.sav",
        file_label=wicked[:20],
        note=[wicked],
        column_labels={"v1": f"cijfer {wicked}"},
        variable_value_labels={"v1": {1.0: wicked}},
    )
    small.write("figures/20\x1b[31m14.csv", "wave\n")
    small.row("2014", 2, indicator=f"grade{wicked}")
    shown = [book.wavebook(root, "inspect", "data/responses/2016.sav")]
    shown += [book.wavebook(root, command) for command in ("check", "build")]
    shown += [book.wavebook(root, "estimate", "2016"), book.wavebook(root, "diff", "2013", "2014")]
    for run in shown:
        said = run.out + run.err
        assert said
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said), ascii(said)
    assert "[31m" in shown[0].out


def test_a_problem_is_two_lines_whatever_it_tells_of():
    told = str(Problem("W999", "data/\x1b[2Jx", "holds\nW998 data/y: false", "Mend\r\nit."))
    assert told == "W999 data/ [2Jx: holds W998 data/y: false.\n     Mend it."
