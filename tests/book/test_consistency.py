"""Text, declarations, notebooks, pages and code against each other: each fact stands in one place only."""

import ast
import re

import nbformat
import pytest
from small import ROOT

from book import story_wave
from wavebook.figures import load
from wavebook.runs.execute import PARAMETERS

SLUGS = ("een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def notebook(slug):
    return nbformat.read(ROOT / "notebooks" / f"{slug}.ipynb", as_version=4)


def code(slug):
    """A notebook's code cells by id, parsed."""
    return {cell.id: ast.parse(cell.source) for cell in notebook(slug).cells if cell.cell_type == "code"}


def nodes_of(tree, *kinds):
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


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


def parameters(slug):
    """The value of each parameter in a notebook that somebody opens."""
    named = [(getattr(node, "target", None) or node.targets[0], node.value) for node in code(slug)["parameters"].body]
    return {target.id: value.value for target, value in named}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_parameters_are_those_that_a_run_fills_in(slug):
    assert [*parameters(slug)] == list(PARAMETERS)
    (tagged,) = [cell.id for cell in notebook(slug).cells if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == "parameters"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_notebook_that_somebody_opens_is_about_the_default_edition_and_names_no_wave(slug):
    values = parameters(slug)
    assert (values["wave"], values["baseline"]) == (None, None)
    assert repr(load(ROOT, **values)) == repr(load(ROOT))


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
    years = set(map(int, load(ROOT).definitions.waves))
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
    from wavebook.language.words import words_in

    for language, pages in (("nl", "book/*.md"), ("en", "book/en/*.md")):
        forms = [f for path in ROOT.glob(pages) for f in re.findall(r"\{trend\}`([^`<]+?) *<", path.read_text("utf-8"))]
        assert set(forms) <= {form for form, *_ in words_in(language).trends}


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


# --- the README ---------------------------------------------------------------------------------------------


def test_every_claim_and_key_in_the_readme_exists():
    readme, figures = text_of("README.md"), load(ROOT, wave=story_wave())
    assert set(re.findall(r"\{\.claim #([\w-]+)\}", readme)) <= set(made()[1])
    for key in re.findall(r"\{(?:value|number|n)\}`(\S+?)`", readme):
        assert figures[key].value is not None
