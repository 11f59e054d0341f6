"""Made-up figures of many municipalities."""

import pytest
from crossed import without_populations

from wavebook.core.front_matter import twin_of
from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.figures import everything
from wavebook.survey.demo.municipalities import make_municipalities


@pytest.fixture
def made(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    (folder / "book/en").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    (folder / "book/een.md").write_text("Het cijfer van {value}`grade@theme=work,2014`.\n", encoding="utf-8")
    (folder / "book/en/een.md").write_text("---\ntwin: 'old'\n---\n{value}`grade@theme=work`\n", encoding="utf-8")
    (folder / "notebooks/een.ipynb").write_text('claims.rises("grade@theme=work") & grade@2014', encoding="utf-8")
    return folder, make_municipalities(folder, 4, root=small.root)


def rows(folder):
    _, figures = everything(folder)
    return {figure.key: figure for figure in figures if figure.key.segment_by == "municipality"}


def test_editions_are_named_and_their_segments_declared(made):
    folder, names = made
    assert names == [f"municipality=gemeente_00{k}" for k in (1, 2, 3, 4)]
    breakdown = load_definitions(folder).segments["municipality"]
    assert list(breakdown.values) == [name.partition("=")[2] for name in names]
    assert breakdown.whole.nl == "het hele land"


def test_a_book_without_populations_has_municipalities_too(small, tmp_path):
    without_populations(small)
    make_municipalities(tmp_path / "demo", 3, root=small.root)
    assert {key.population for key in rows(tmp_path / "demo")} == {""}


def test_every_figure_of_a_whole_population_has_one_for_each_municipality(made):
    folder, _ = made
    found = rows(folder)
    # a grade and two answers, then one, then three; the grade of citizens is of a part
    asked = {"2010": 3, "2013": 2, "2014": 4}
    assert {year: sum(key.wave == year for key in found) for year in asked} == {y: 4 * n for y, n in asked.items()}
    assert {key.population for key in found} == {""}


def test_those_whose_number_ends_in_three_show_nothing(made):
    folder, _ = made
    hidden = {key.segment for key, figure in rows(folder).items() if figure.status == "suppressed"}
    assert hidden == {"gemeente_003"}
    assert all(f.value is None for k, f in rows(folder).items() if k.segment == "gemeente_003")


def test_figures_lie_on_their_scale_with_an_interval_around_them(made):
    folder, _ = made
    shown = [figure for figure in rows(folder).values() if figure.status == "estimated"]
    assert len(shown) == 27
    for figure in shown:
        low, high = (1, 10) if figure.unit.kind == "score" else (0, 100)
        assert low <= figure.ci_low <= figure.value <= figure.ci_high <= high
        assert 60 <= figure.n < 400


def test_every_wave_says_that_it_is_made_up(made):
    folder, _ = made
    assert all(wave.made_up for wave in load_definitions(folder).waves.values())


def test_pages_and_notebooks_take_figures_by_segment_of_everyone(made):
    folder, _ = made
    page = (folder / "book/een.md").read_text(encoding="utf-8")
    assert page == "Het cijfer van {value}`grade@everyone,theme=work,2014`.\n"
    assert "{value}`grade@everyone,theme=work`" in (folder / "book/en/een.md").read_text(encoding="utf-8")
    notebook = (folder / "notebooks/een.ipynb").read_text(encoding="utf-8")
    assert notebook == 'claims.rises("grade@everyone,theme=work") & grade@2014'


def test_english_pages_are_twins_of_what_dutch_ones_became(made):
    folder, _ = made
    twin = twin_of(folder / "book/een.md")
    assert f"twin: {twin!r}\n" in (folder / "book/en/een.md").read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_figures(small, tmp_path_factory):
    folders = [tmp_path_factory.mktemp(name) for name in "abc"]
    for folder, seed in zip(folders, (1, 1, 2), strict=True):
        make_municipalities(folder, 2, seed=seed, root=small.root)
    one, same, other = ((folder / "data/figures/2014.csv").read_bytes() for folder in folders)
    assert one == same != other


def test_a_real_book_gets_none(small):
    with pytest.raises(ProblemsError, match="W110"):
        make_municipalities(small.root, 2, root=small.root)
