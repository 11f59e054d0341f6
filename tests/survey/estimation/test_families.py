import numpy as np

from wavebook.survey.estimation.families import add_up, add_up_pairs


def test_rows_are_added_up_by_number():
    assert add_up(np.array([1, 0, 1]), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 3).tolist() == [
        [3, 4],
        [6, 8],
        [0, 0],
    ]


def test_rows_are_added_up_by_pairs_in_order():
    keys = np.array([1, 0, 1, 1]), np.array([2, 5, 2, 0])
    (one, two), (sums,) = add_up_pairs(keys, (np.array([[1.0], [2.0], [3.0], [4.0]]),))
    assert list(zip(one.tolist(), two.tolist(), sums[:, 0].tolist(), strict=True)) == [
        (0, 5, 2.0),
        (1, 0, 4.0),
        (1, 2, 4.0),
    ]
