"""What a page holds for readers who explore a chart."""

import json

import pytest
from markupsafe import Markup

from wavebook.pages.exploring import explored, is_explored


def test_a_point_in_a_plot_of_its_own_says_where_that_is_and_a_ring_may_be_its_area():
    made = payload(3)
    made["spots"]["wide"]["points"] = [
        {"area": "M0,0L9,9Z", "rings": ["M0,0L9,9Z", [0, 0, 1, 1, 2]], "texts": [[1, 2, "6,7"]], "origin": [8, 0]},
        {"area": "M0,0L9,9Z", "origin": [0, 0]},
        {"area": [0, 0, 1, 1, 0]},
    ]
    assert json.loads(explored(made))["wide"][2] == [
        ["M0,0L9,9Z", [0, [0, 0, 1, 1, 2]], [[1, 2, "6,7"]], [8, 0]],
        ["M0,0L9,9Z", [], []],
        [[0, 0, 1, 1, 0], [], []],
    ]


def payload(count, *, spots=None):
    areas = {"left": 1, "top": 2.5, "points": [{"area": [0, 0, 9, 9, 0], "rings": [[1, 1, 2, 2, 2]]}] * count}
    return {
        "points": [
            {"row": i // 2, "series": "ab"[i % 2], "wave": 2008 + i, "says": [f"</script><b>{i}&", "6,7", ""]}
            for i in range(count)
        ],
        "spots": {"wide": areas, "narrow": areas} if spots is None else spots,
    }


def test_it_is_json_that_ends_no_element_of_a_page():
    text = explored(payload(3))
    assert isinstance(text, Markup)
    assert not {"<", ">", "&"} & set(text)
    found = json.loads(text)
    assert found["points"][2] == [1, 0, 2010, ["</script><b>2&", "6,7", ""]]
    assert found["wide"] == found["narrow"] == [1, 2.5, [[[0, 0, 9, 9, 0], [[1, 1, 2, 2, 2]], []]] * 3]


@pytest.mark.parametrize(
    ("made", "offered"),
    [
        (payload(3), True),
        (payload(2), False),  # all there is to see is in the picture
        (payload(3, spots={}), False),
        (payload(3, spots={"wide": {"left": 0, "top": 0, "points": []}}), False),
        ({"name": "line"}, False),
    ],
)
def test_it_is_offered_where_there_is_something_to_explore(made, offered):
    assert is_explored(made) == offered
    if "points" in made:
        assert (explored(made) is not None) == offered
