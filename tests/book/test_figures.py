import pytest

from wavebook.figures import load


@pytest.fixture(scope="module")
def figures(root):
    return load(root)


def test_the_figures_of_the_book_load_without_a_problem(root):
    figures = load(root)
    assert {figure.key.wave for figure in figures} == set(figures.definitions.until(figures.wave))


def test_every_figure_of_the_book_is_found_by_its_written_key(figures):
    assert all(figures[str(figure.key)] is figure for figure in figures)


def test_every_figure_of_the_book_has_a_place_of_its_own_on_the_data_page(figures):
    anchors = [figure.key.anchor for figure in figures]
    assert len(set(anchors)) == len(anchors)
