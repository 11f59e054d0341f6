"""Text, declarations, notebooks, pages and code against each other: each fact stands in one place only."""

import ast
import json
import re
import subprocess
import sys
import tomllib

import nbformat
import pytest
from conftest import ROOT

from wavebook.execute import PARAMETERS
from wavebook.figures import load

SLUGS = ("een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")
SOURCE = sorted((ROOT / "src" / "wavebook").rglob("*.py"))
TREES = {  # by module; those of a package as package.module
    ".".join(path.relative_to(ROOT / "src" / "wavebook").with_suffix("").parts): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in SOURCE
}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def notebook(slug):
    return nbformat.read(ROOT / "notebooks" / f"{slug}.ipynb", as_version=4)


def code(slug):
    """A notebook's code cells by id, parsed."""
    return {cell.id: ast.parse(cell.source) for cell in notebook(slug).cells if cell.cell_type == "code"}


def nodes_of(tree, *kinds):
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


# --- one slug a topic -------------------------------------------------------------------------------------


def toc_files():
    return re.findall(r"(?:file|root): (\S+)", text_of("_toc.yml"))


def test_every_topic_has_a_page_a_notebook_and_two_places_in_the_table_of_contents():
    assert {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} == set(SLUGS)
    assert all((ROOT / "book" / f"{slug}.md").is_file() for slug in SLUGS)
    assert {f"notebooks/{slug}" for slug in SLUGS} | set(SLUGS) <= set(toc_files())


def test_every_page_stands_in_the_table_of_contents_and_the_other_way_round():
    pages = {path.stem for path in (ROOT / "book").glob("*.md")}
    assert pages == {name for name in toc_files() if not name.startswith("notebooks/")}


def test_no_page_stands_in_the_table_of_contents_twice():
    assert len(toc_files()) == len(set(toc_files()))


def test_a_notebook_has_its_pages_title_and_says_that_it_holds_the_calculations():
    for slug in SLUGS:
        page = re.search(r"^# (.+)$", text_of(f"book/{slug}.md"), re.MULTILINE)[1]
        assert notebook(slug).cells[0].source.splitlines()[0] == f"# {page}: de berekeningen"


def test_a_notebook_links_to_its_page():
    assert all(f"(../{slug}.md)" in notebook(slug).cells[0].source for slug in SLUGS)


# --- notebooks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_a_notebook_runs_from_title_to_claims_in_the_same_order(slug):
    cells = notebook(slug).cells
    ids = [cell.id for cell in cells]
    assert ids[:3] == ["title", "parameters", "figures"]
    assert ids[-1] == "claims"
    assert all(name.startswith("chart-") for name in ids[3:-1])
    assert [cell.cell_type for cell in cells] == ["markdown"] + ["code"] * (len(cells) - 1)


@pytest.mark.parametrize("name", ["parameters", "figures"])
def test_all_notebooks_begin_alike(name):
    assert len({next(cell.source for cell in notebook(slug).cells if cell.id == name) for slug in SLUGS}) == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_the_parameters_are_those_that_a_run_fills_in(slug):
    assert [node.target.id for node in code(slug)["parameters"].body] == list(PARAMETERS)
    (tagged,) = [cell.id for cell in notebook(slug).cells if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == "parameters"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_parameters_are_the_default_edition(slug):
    figures = load(ROOT)
    values = {node.target.id: node.value.value for node in code(slug)["parameters"].body}
    assert values == {name: getattr(figures, name) for name in PARAMETERS}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_notebook_is_committed_without_outputs(slug):
    for cell in notebook(slug).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert set(cell.metadata) <= {"tags"}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_notebook_defines_nothing_and_knows_no_files(slug):
    for tree in code(slug).values():
        assert not nodes_of(tree, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        texts = [node.value for node in nodes_of(tree, ast.Constant) if isinstance(node.value, str)]
        assert not [text for text in texts if "/" in text or re.search(r"\.(csv|toml|svg|ipynb)$", text)]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_cells_of_a_notebook_stay_short(slug):
    long = {cell.id: len(cell.source.splitlines()) for cell in notebook(slug).cells if cell.id != "claims"}
    assert max(long.values()) <= 12


@pytest.mark.parametrize("slug", SLUGS)
def test_a_notebook_holds_no_survey_number(slug):
    years = set(load(ROOT).definitions.waves)
    title = re.sub(r"\[.*?\]\(.*?\)", "", notebook(slug).cells[0].source)
    assert not re.search(r"\d", title)
    for name, tree in code(slug).items():
        if name == "parameters":
            continue
        numbers = {n.value for n in nodes_of(tree, ast.Constant) if type(n.value) in (int, float)}
        shares = {
            n.value for op in nodes_of(tree, ast.BinOp) for n in (op.left, op.right) if isinstance(n, ast.Constant)
        }
        limits = {1, 25, 50}  # one, a quarter and a half, as the sentence says
        named = [k.value for k in nodes_of(tree, ast.keyword) if k.arg in ("within", "by")]
        within = {value.value for value in named if isinstance(value, ast.Constant)}
        assert numbers <= shares | limits | within | years
        assert all(isinstance(number, int) for number in numbers - within)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_claim_is_given_twice_in_one_cell(slug):
    for found in nodes_of(code(slug)["claims"], ast.Dict):
        names = [key.value for key in found.keys]
        assert len(names) == len(set(names))


def made():
    """The charts and the claims that the notebooks make."""
    charts, claims = [], []
    for slug in SLUGS:
        cells = code(slug)
        charts += [name.removeprefix("chart-") for name in cells if name.startswith("chart-")]
        claims += [key.value for found in nodes_of(cells["claims"], ast.Dict) for key in found.keys]
    return charts, claims


def test_the_cell_of_a_chart_is_named_after_it():
    for slug in SLUGS:
        for name, tree in code(slug).items():
            if name.startswith("chart-"):
                call = tree.body[-1].value
                assert call.args[0].value == name.removeprefix("chart-")


def test_charts_and_claims_have_names_of_their_own():
    for names in made():
        assert len(names) == len(set(names))


# --- pages ------------------------------------------------------------------------------------------------


def bound(page):
    """The charts and the claims that a page shows."""
    return set(re.findall(r"\{chart\} (\S+)", page)), set(re.findall(r"\{\.claim\s+#([\w-]+)\}", page))


def test_the_pages_show_every_chart_and_claim_that_is_made_and_no_other():
    shown = [bound(path.read_text(encoding="utf-8")) for path in (ROOT / "book").glob("*.md")]
    charts, claims = made()
    assert set().union(*(found[0] for found in shown)) == set(charts)
    assert set().union(*(found[1] for found in shown)) == set(claims)


def test_the_book_has_six_charts_at_least():
    assert len(made()[0]) >= 6


ENGLISH = sorted(path.name for path in (ROOT / "book" / "en").glob("*.md"))


def test_every_page_has_an_english_twin():
    assert sorted(path.name for path in (ROOT / "book").glob("*.md")) == ENGLISH


@pytest.mark.parametrize("name", ENGLISH)
def test_an_english_page_says_what_its_dutch_twin_says(name):
    dutch, english = text_of(f"book/{name}"), text_of(f"book/en/{name}")
    assert bound(english) == bound(dutch)


@pytest.mark.parametrize("role", ["value", "number", "change", "fact"])
@pytest.mark.parametrize("name", ENGLISH)
def test_an_english_page_shows_the_figures_of_its_dutch_twin(name, role):
    pattern = re.compile(rf"\{{{role}\}}`([^`]+)`")
    assert set(pattern.findall(text_of(f"book/en/{name}"))) == set(pattern.findall(text_of(f"book/{name}")))


def test_every_word_for_a_trend_on_a_page_is_one_that_is_known():
    from wavebook.wording import TREND_WORDS

    for language, pages in (("nl", "book/*.md"), ("en", "book/en/*.md")):
        forms = [f for path in ROOT.glob(pages) for f in re.findall(r"\{trend\}`([^`<]+?) *<", path.read_text("utf-8"))]
        assert set(forms) <= set(TREND_WORDS[language])


# --- data -------------------------------------------------------------------------------------------------


def test_every_indicator_reads_in_both_languages():
    for name, indicator in load(ROOT).definitions.indicators.items():
        for words in (indicator.definition, *indicator.categories.values(), indicator.name):
            assert words.nl.strip() == words.nl != "", name
            assert words.en.strip() == words.en != "", name
        assert indicator.definition.nl != indicator.definition.en, name


def test_definitions_are_one_sentence_without_a_stop():
    for indicator in load(ROOT).definitions.indicators.values():
        for text in (indicator.definition.nl, indicator.definition.en):
            assert text[0].isupper()
            assert not text.endswith(".")


def test_every_figure_says_where_it_stands_in_its_source():
    assert all(figure.source and figure.locator for figure in load(ROOT))


def test_a_figure_is_written_with_the_decimals_that_readers_see():
    """Published figures: more decimals than readers see would be more than the source gives."""
    assert not [str(f.key) for f in load(ROOT) if f.status == "published" and float(f.printed) != f.value]


# --- problems ---------------------------------------------------------------------------------------------


def raised():
    return {code for path in SOURCE for code in re.findall(r"\bW\d{3}\b", path.read_text(encoding="utf-8"))}


def documented():
    return re.findall(r"^\| (W\d{3}) \| (.+) \|$", text_of("CONTRIBUTING.md"), re.MULTILINE)


def test_every_code_of_a_problem_is_documented():
    assert raised() - {code for code, _ in documented()} == set()


def test_every_documented_code_can_be_met():
    assert {code for code, _ in documented()} - raised() == set()


def test_codes_are_documented_once_and_in_order():
    codes = [code for code, _ in documented()]
    assert codes == sorted(set(codes))


def literal(node):
    """The fixed text of a string or f-string; None when it is neither."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return None


def test_every_problem_says_what_was_found_and_what_to_do():
    calls = [
        (f"{module}:{node.lineno}", node.args)
        for module, tree in TREES.items()
        for node in nodes_of(tree, ast.Call)
        if getattr(node.func, "id", getattr(node.func, "attr", "")) == "Problem"
    ]
    assert len(calls) > 50
    for place, arguments in calls:
        if any(isinstance(argument, ast.Starred) for argument in arguments):
            continue
        assert len(arguments) == 4, place
        found, action = literal(arguments[2]), literal(arguments[3])
        assert found is None or (found.strip() and not found.endswith(".")), place
        assert action is None or re.search(r"[.?x]$", action), place


# --- code -------------------------------------------------------------------------------------------------

MODULES = {name.partition(".")[0] for name in TREES} - {"__init__", "__main__"}


def parts(module):
    """The trees of a module, or of all modules of a package."""
    return [tree for name, tree in TREES.items() if name.partition(".")[0] == module]


def imports(tree, *, lazy):
    """The modules of ours that a module imports; ``lazy``: those that only a function imports too."""
    body = (
        nodes_of(tree, ast.ImportFrom, ast.Import) if lazy else [n for n in tree.body if isinstance(n, ast.ImportFrom)]
    )
    found = set()
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module == "wavebook":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wavebook."):
            found.add(node.module.split(".")[1])
    return found & MODULES


def test_imports_point_one_way():
    needs = {name: set().union(*(imports(tree, lazy=True) for tree in parts(name))) - {name} for name in MODULES}
    order = []
    while needs.keys() - set(order):
        free = sorted(name for name in needs.keys() - set(order) if needs[name] <= set(order))
        assert free, f"a circle among {sorted(needs.keys() - set(order))}"
        order += free


def test_no_module_but_the_respondents_own_knows_respondents():
    private = {"responses", "surveyfile", "estimate", "weights", "inspection", "wave", "demo"}
    private |= {"rules", "cells", "attack", "worlds", "dominance", "nesting", "history", "disclosure"}
    private |= {"sums", "sample", "families", "centring", "linearisation"}
    private |= {"covariances", "overlap", "coarsening", "contrasts", "quantiles"}
    public = {"problems", "definitions", "wording", "figures", "claims", "charts", "execute", "pages", "prose", "weave"}
    for name in public:
        assert not any(imports(tree, lazy=True) & private for tree in parts(name)), name


@pytest.mark.parametrize("module", ["figures", "charts", "claims", "definitions", "wording"])
def test_what_a_notebook_imports_leaves_the_heavy_libraries_alone(module):
    heavy = ("polars", "pyreadstat", "scipy", "sphinx", "papermill", "pytauargus")
    script = f"import sys, wavebook.{module}; print(*[name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_module_stands_in_the_description_of_the_house():
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", text_of("CONTRIBUTING.md"), re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert MODULES - listed == set()


# --- documents and files ----------------------------------------------------------------------------------


def targets():
    return dict(re.findall(r"^([a-z-]+):.*?(?:## (.*))?$", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_in_a_document_exists(name):
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", text_of(name), re.MULTILINE))
    assert named
    assert named - targets().keys() == set()


def test_every_make_command_explains_itself():
    phony = re.search(r"^\.PHONY: (.+)$", text_of("Makefile"), re.MULTILINE)[1].split()
    assert {name for name, told in targets().items() if told} == set(phony)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_wavebook_command_in_a_document_exists(name):
    named = set(re.findall(r"(?:`|/|^    )wavebook ([a-z]+)", text_of(name), re.MULTILINE)) - {"build"}
    usage = subprocess.run([sys.executable, "-m", "wavebook", "--help"], capture_output=True, text=True, check=True)
    assert {command for command in named if not re.search(rf"^ +{command}\b", usage.stdout, re.MULTILINE)} == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_a_document_names_exists(name):
    text = re.sub(r"<\w+>|\b20\d\d\b", "2014", text_of(name))  # a wave to come is an example
    named = re.findall(r"\]\(([^)#:]+)\)|`((?:book|data|notebooks|src|tests|tools)/[\w./-]+)`", text)
    paths = {(one or two).rstrip("/") for one, two in named}
    ignored = ("data/responses", "data/margins", "data/correlations", "data/revisions.csv", "book/notebooks")
    assert {path for path in paths if not (ROOT / path).exists() and not path.startswith(ignored)} == set()


def test_every_claim_and_key_in_the_readme_exists():
    readme, figures = text_of("README.md"), load(ROOT)
    assert set(re.findall(r"\{\.claim #([\w-]+)\}", readme)) <= set(made()[1])
    for key in re.findall(r"\{(?:value|number|n)\}`(\S+?)`", readme):
        assert figures[key].value is not None


def test_nothing_but_text_figures_notebooks_and_code_is_tracked():
    kinds = {".py", ".md", ".toml", ".csv", ".bib", ".ipynb", ".yml", ".yaml", ".css", ".js", ".html", ".svg", ".cff"}
    kinds.add(".rng")  # the schema that feeds are held to
    pictures = {".png", ".ico", ".woff2"}
    bare = {"LICENSE", "Makefile", ".gitignore", ".npmrc", "py.typed"}
    pins = {"requirements.txt", "requirements-dev.txt", "requirements-sphinx.txt"}
    strange = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix not in kinds | pictures | {".json"}
        and path.name not in bare | pins
        # the commands of tools/ and .ci/ have no suffix
        and not (path.suffix == "" and path.parent.name in ("tools", ".ci"))
    ]
    assert strange == []


def test_no_respondent_is_tracked():
    private = re.compile(r"^data/(responses|margins/private)/|\.(sav|zsav|por|dta|sas7bdat|xpt|parquet)$")
    assert not [path for path in tracked() if private.search(path.relative_to(ROOT).as_posix())]


def test_no_file_names_a_folder_of_one_machine():
    paths = re.compile(r"(?<![\w.])/(?:home|root|work|Users|private)/\w|[A-Z]:\\\\?Users")
    found = []
    for path in tracked():
        if path.suffix in (".png", ".ico", ".woff2"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if paths.search(line):
                found.append(f"{path.relative_to(ROOT)}, line {number}")
    assert found == []


def test_every_dependency_says_why():
    text = text_of("pyproject.toml")
    project = tomllib.loads(text)["project"]
    named = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    for name in named:
        line = next(line for line in text.splitlines() if f'"{name}"' in line)
        obvious = ("pytest", "playwright", "ruff", "nbstripout", "pre-commit", "hypothesis", "pytest-xdist")
        assert "#" in line or name in obvious, name


def pinned(name):
    """The packages that a file pins, with their versions."""
    return set(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text_of(name), re.MULTILINE))


def test_the_bill_of_materials_lists_every_pin_with_its_hashes(tmp_path):
    made = [tmp_path / "one.json", tmp_path / "two.json"]
    for target in made:
        subprocess.run([sys.executable, ROOT / "tools" / "sbom", target], check=True, capture_output=True)
    assert made[0].read_bytes() == made[1].read_bytes()
    told = json.loads(made[0].read_text(encoding="utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert {(c["name"], c["version"]) for c in told["components"]} == pinned("requirements.txt")
    assert sum(len(c["hashes"]) for c in told["components"]) == text_of("requirements.txt").count("--hash=")


def test_pages_are_made_by_the_same_packages_beside_the_newest_sphinx():
    part_of_sphinx = re.compile(r"sphinx|docutils|myst|markdown-it|mdit")
    ours, theirs = (pinned(f"requirements{name}.txt") for name in ("", "-sphinx"))
    assert all(int(version.split(".")[0]) >= 9 for name, version in theirs if name == "sphinx")
    both = {name for name, _ in ours} & {name for name, _ in theirs}
    assert "sphinx" in both
    assert "jupyter-book" not in both
    same = {name for name in both if not part_of_sphinx.match(name)}
    # sets, as a package may be pinned twice: for older and newer Python
    assert {(n, v) for n, v in ours if n in same} == {(n, v) for n, v in theirs if n in same}
    assert len(same) > 50
