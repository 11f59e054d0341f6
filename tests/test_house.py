"""The library, its documents and its files against each other: rooms, codes of problems, commands, pins."""

import ast
import itertools
import json
import re
import subprocess
import sys
import tomllib
from functools import cache

import grimp
import pytest
from grimp import Layer

import wavebook
from book import ROOT
from wavebook.core.registry import kinds

SOURCE = sorted((ROOT / "src" / "wavebook").rglob("*.py"))


@cache
def trees():
    """The code by module; those of a package as package.module."""
    names = [".".join(path.relative_to(ROOT / "src" / "wavebook").with_suffix("").parts) for path in SOURCE]
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in zip(names, SOURCE, strict=True)}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def nodes_of(tree, *kinds):
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


# --- problems ---------------------------------------------------------------------------------------------


def raised():
    return {code for path in SOURCE for code in re.findall(r"\bW\d{3}\b", path.read_text(encoding="utf-8"))}


def test_the_registry_holds_every_code_that_the_library_names_and_no_other():
    assert set(kinds()) == raised()


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
        for module, tree in trees().items()
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


# --- rooms ------------------------------------------------------------------------------------------------


def contracts():
    return tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]


@pytest.mark.parametrize("name", [contract["name"] for contract in contracts()])
def test_imports_keep_to(name, graph):
    """Each contract of pyproject.toml by itself, as `make lint` holds all of them."""
    (contract,) = [found for found in contracts() if found["name"] == name]
    if contract["type"] == "layers":
        for container in contract["containers"]:
            layers = [
                Layer(*(part.strip() for part in layer.split("|")), independent=True) for layer in contract["layers"]
            ]
            assert graph.find_illegal_dependencies_for_layers(layers=layers, containers={container}) == set()
            known = {name for layer in layers for name in layer.module_tails}
            assert {child.rpartition(".")[2] for child in graph.find_children(container)} <= known
    else:
        assert contract["type"] == "forbidden"
        for source, target in itertools.product(contract["source_modules"], contract["forbidden_modules"]):
            assert not graph.chain_exists(importer=source, imported=target, as_packages=True), (source, target)


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("wavebook")


def test_no_two_modules_import_each_other(graph):
    rest = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    rest = {module: {m for m in found if graph.find_modules_directly_imported_by(m)} for module, found in rest.items()}
    while free := {module for module, found in rest.items() if not found & rest.keys()}:
        rest = {module: found for module, found in rest.items() if module not in free}
    assert rest == {}


def test_every_module_says_in_its_first_line_what_it_is():
    assert [name for name, tree in trees().items() if not (ast.get_docstring(tree) or "").strip()] == []


def test_every_room_stands_in_the_description_of_the_house():
    rows = re.findall(r"^\| `(\w+)` \|", text_of("CONTRIBUTING.md"), re.MULTILINE)
    rooms = {name.partition(".")[0] for name in trees()} - {"__init__", "__main__"}
    assert rooms - set(rows) == set()


def test_what_a_notebook_imports_leaves_the_heavy_libraries_alone():
    light = ("figures", "charts.chart", "claims", "definitions", "language.wording")
    heavy = ("polars", "pyreadstat", "scipy", "sphinx", "papermill", "pytauargus")
    look = f"print(*[name for name in {heavy} if name in sys.modules])"
    script = "\n".join(["import sys", *(f"import wavebook.{module}; {look}" for module in light)])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert dict(zip(light, done.stdout.split("\n")[:-1], strict=True)) == dict.fromkeys(light, "")


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


def test_nothing_but_text_figures_notebooks_and_code_is_tracked():
    kinds = {".py", ".md", ".toml", ".csv", ".bib", ".ipynb", ".yml", ".yaml", ".css", ".js", ".html", ".svg", ".cff"}
    kinds |= {".rng", ".geojson"}  # the schema that feeds are held to; shapes of a map
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
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_every_dependency_says_why():
    text = text_of("pyproject.toml")
    told = tomllib.loads(text)
    groups = [*told["project"]["optional-dependencies"].values(), *told["dependency-groups"].values()]
    named = [*told["project"]["dependencies"], *(name for group in groups for name in group if isinstance(name, str))]
    obvious = ("pytest", "pytest-xdist", "pre-commit", "ruff", "nbstripout")
    for name in named:
        line = next(line for line in text.splitlines() if line.startswith(f'  "{name}"'))
        assert "#" in line or name in obvious, name


def test_a_version_is_written_once_and_what_cites_it_follows():
    version, day = re.search(r"^## (\d+\.\d+\.\d+) – (\S+)$", text_of("CHANGELOG.md"), re.MULTILINE).groups()
    assert version == wavebook.__version__
    assert tomllib.loads(text_of("pyproject.toml"))["project"]["dynamic"] == ["version"]
    cited = dict(re.findall(r"^(version|date-released): (\S+)$", text_of("CITATION.cff"), re.MULTILINE))
    assert cited == {"version": version, "date-released": day}


def test_every_file_of_the_library_is_part_of_the_wheel():
    patterns = tomllib.loads(text_of("pyproject.toml"))["tool"]["setuptools"]["package-data"]["wavebook"]
    library = ROOT / "src" / "wavebook"
    packed = {path for pattern in patterns for path in library.glob(pattern)} | set(library.rglob("*.py"))
    assert [path for path in tracked() if path.is_relative_to(library) and path not in packed] == []
    assert [path.parent for path in library.rglob("*.py") if not (path.parent / "__init__.py").is_file()] == []


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


# --- other books ------------------------------------------------------------------------------------------

ORDINARY = {  # names of this book that are words of any, and stand in the library as such
    "counter": "a property of CSS",
    "fail": "the function that refuses",
    "high": "the upper end of an interval",
    "phone": "a channel, in examples",
    "questionnaire": "what a survey asks",
    "theme": "the look of a site, and the breakdown of examples",
    "total": "a sum",
    "website": "what Open Graph calls a site",
}


def names_of_this_book():
    """What its declarations, sources and pages are called, by kind."""
    read = {name: tomllib.loads(text_of(f"data/{name}.toml")) for name in ("indicators", "waves", "context")}
    declared, waves = read["indicators"], read["waves"]["waves"].values()
    parts = [declared["indicators"], declared["bases"], declared["populations"], declared["segments"], read["context"]]
    parts += [indicator.get("categories", {}) for indicator in declared["indicators"].values()]
    parts += [breakdown["values"] for breakdown in declared["segments"].values()]
    people = {name for wave in waves for name in (wave["bureau"], *wave["client"].values())}
    sources = re.findall(r"^@\w+\{([^,\s]+),", text_of("data/references.bib"), re.MULTILINE)
    pages = {path.stem for path in ROOT.glob("book/*.md")} - {"index", "data"}
    settings = [text_of("_config.yml"), text_of("book/en/_config.yml")]
    countries = {re.search(r"^ +country: (.+)$", text, re.MULTILINE)[1] for text in settings}
    return {name for part in parts for name in part} | people | {*sources} | countries, pages


def test_the_library_names_nothing_of_this_book():
    names, pages = names_of_this_book()
    assert ORDINARY.keys() <= names
    assert {"life_events", "TNS NIPO", "tns2008", "Nederland"} <= names
    words = "|".join(map(re.escape, sorted(names - ORDINARY.keys(), key=len, reverse=True)))
    page = "|".join(map(re.escape, sorted(pages)))  # as a name or an address: by itself it may be a word
    pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])|[\"'/](?:{page})(?:\.html|\.md)?[\"'#]")
    source = ROOT / "src" / "wavebook"
    kinds = {".py", ".html", ".js", ".css", ".toml", ".md"}
    files = [path for path in source.rglob("*") if path.suffix in kinds and "__pycache__" not in path.parts]
    assert len(files) > 100
    found = {path.relative_to(source).as_posix(): pattern.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: told for name, told in found.items() if told} == {}
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert [word for word in ORDINARY if not re.search(rf"(?<![\w-]){word}(?![\w-])", text)] == []


# --- tests ------------------------------------------------------------------------------------------------

FOLDERS = re.compile(  # those of this book, and copies and sites of it
    r"""ROOT / "(?:book|data|notebooks|_config\.yml|_toc\.yml)"|(?:load|load_definitions)\((?:book\.)?ROOT\b|"""
    r"""\broot=(?:book\.)?ROOT\b|chdir\((?:book\.)?ROOT\)|\bbook\.(?:fresh|addressed|PAGES|APPENDIX|ADDRESS|FLIP)\b|"""
    r"""\bbook\.copy\((?!.*source=)|from book import .*\b(?:copy|fresh|addressed|PAGES|APPENDIX|ADDRESS|FLIP)\b"""
)


def test_no_test_of_the_library_names_this_book():
    """Those in tests/book may, and what serves them; all others have made-up books, or those of examples/."""
    declared = tomllib.loads(text_of("data/indicators.toml"))["indicators"].keys()
    topics = {path.stem for path in ROOT.glob("notebooks/*.ipynb")}
    own = {*declared, *topics} - {"themes"}  # which any survey may have
    assert {"grade_chain", "een-overheid"} <= own
    names = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, own))})(?![\w-])")
    tests, found, read = ROOT / "tests", {}, 0
    apart = {tests / "test_house.py", tests / "support" / "book.py"}
    compiled = set(tests.rglob("*.pyc"))
    looked_at = {*tests.rglob("*.py"), *tests.glob("support/*/**/*.*")} - compiled - apart - {*tests.glob("book/*")}
    for path in sorted(looked_at):
        text, read = path.read_text(encoding="utf-8"), read + 1
        if told := {match[0] for kind in (names, FOLDERS) for match in kind.finditer(text)}:
            found[path.relative_to(tests).as_posix()] = told
    assert found == {}
    assert read > 300


WITHOUT_TESTS = {  # modules without a file of tests of their own, and why
    "language.en": "words, which tests/language/test_words.py holds against those of all other languages",
    "language.nl": "words, as those",
    "language.de": "words, as those",
    "language.fr": "words, as those",
    "language.lexicon": "the names that the words of a language must have: declarations alone",
}


def test_every_module_has_a_file_of_tests_of_its_name():
    modules = {name for name in trees() if not name.rpartition(".")[2].startswith("__")}
    assert WITHOUT_TESTS.keys() <= modules
    paths = {name: ROOT.joinpath("tests", *name.split(".")) for name in modules}
    bare = {name for name, path in paths.items() if not path.with_name(f"test_{path.name}.py").is_file()}
    assert bare == WITHOUT_TESTS.keys()


def test_modules_without_tests_do_nothing():
    told = {name: nodes_of(trees()[name], ast.If, ast.For, ast.While, ast.Try, ast.Raise) for name in WITHOUT_TESTS}
    assert {name: len(found) for name, found in told.items() if found} == {}
