import numpy as np

from wavebook.survey.disclosure.relations import Cell, Equation, Spread, components, limits_of, matrix_of, neighbours


def test_a_whole_is_the_sum_of_its_parts_less_what_it_lacks():
    equations = [Equation(0, (1, 2), ("2016", "a")), Equation(3, (0,), ("2016", "a"), (2,))]
    matrix = matrix_of(equations, 4).toarray()
    assert matrix.tolist() == [[-1, 1, 1, 0], [1, 0, -1, -1]]
    assert (matrix @ np.array([10.0, 4.0, 6.0, 4.0])).tolist() == [0, 0]


def test_without_equations_the_matrix_is_empty():
    assert matrix_of([], 3).shape == (0, 3)
    assert limits_of([], [Cell(1.0)]).shape == (0, 1)


def test_answers_next_to_each_other_on_a_scale_and_of_a_count():
    assert neighbours(Cell(1.0, bounded=True), 0.5) == [(0.0, 0.5), (0.5, 1.0)]
    assert len(neighbours(Cell(1.0, scale=2.0), 1.0)) == 8  # three times the largest mean, and two
    assert len(neighbours(Cell(1.0, scale=100.0), 1.0)) == 40


def test_sums_of_squares_lie_where_answers_allow():
    # four answers of 0, 0.5 and 1: 0, 0.5, 0.5, 1 add up to 2, their squares to 1.5
    cells = [Cell(4.0), Cell(2.0, base=0, bounded=True), Cell(1.5)]
    limits = limits_of([Spread(0, 1, 2, 0.5)], cells)
    assert (limits @ np.array([4.0, 2.0, 1.5]) >= 0).all()
    assert (limits @ np.array([4.0, 2.0, 2.1])).min() < 0  # no square is above its root
    assert (limits @ np.array([4.0, 2.0, 0.9])).min() < 0  # four times 0.5 has squares of 1: none is lower


def test_loose_cells_hang_together_by_equations_and_by_ties():
    relations = matrix_of([Equation(0, (1, 2), ("2016", "a")), Equation(3, (4,), ("2016", "b"))], 6)
    loose = np.array([False, True, True, True, True, True])
    parts = [(set(cells.tolist()), equations.tolist()) for cells, equations in components(relations, loose)]
    assert parts == [({1, 2}, [0]), ({3, 4}, [1])]
    (tied,) = components(relations, loose, ties=[(2, 3)])
    assert set(tied[0].tolist()) == {1, 2, 3, 4}
    assert len([*components(relations, loose, ties=[(1, 0)])]) == 2  # what is known ties nothing
