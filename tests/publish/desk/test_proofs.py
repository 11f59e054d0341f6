"""Tests in notebooks that are turned or pinned, with nothing else in the file changed."""

import json

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import proofs

SOURCE = """%matplotlib inline
up = claims.rises("grade")
é = claims.judge(figures, {"één": up, "steeg": claims.rises("grade", now=True), "bleef": claims.stable("grade"),
    "meer": claims.rises("grade") & up,
    "vast": claims.as_of(2013, claims.falls(f"grade")),
    "krap": claims.stable("grade", within=0.2),
})"""


@pytest.fixture(params=["lines", "text", "ascii"])
def root(tmp_path, request):
    source = SOURCE if request.param == "text" else SOURCE.splitlines(keepends=True)
    cells = [
        {"cell_type": "markdown", "source": ["steeg"]},
        {"cell_type": "code", "source": "steeg = ("},
        {"cell_type": "code", "source": source},
    ]
    (tmp_path / "notebooks").mkdir()
    text = json.dumps({"cells": cells, "nbformat": 4}, indent=1, ensure_ascii=request.param == "ascii")
    (tmp_path / "notebooks" / "a.ipynb").write_text(text + "\n", encoding="utf-8")
    return tmp_path


def source(content: bytes) -> str:
    return "".join(json.loads(content)["cells"][2]["source"])


@pytest.mark.parametrize(
    ("name", "turn", "old", "new"),
    [
        ("steeg", "falls", 'claims.rises("grade", now', 'claims.falls("grade", now'),
        ("bleef", "rises", 'claims.stable("grade"),', 'claims.rises("grade"),'),
        ("vast", "rises", 'claims.falls(f"grade")', 'claims.rises(f"grade")'),
    ],
)
def test_a_test_of_a_direction_is_turned(root, name, turn, old, new):
    proof = proofs.find(root, name)
    after = proof.turned(turn)
    assert source(after) == SOURCE.replace(old, new)
    assert len(after.split(b"\n")) == len(proof.content.split(b"\n"))


@pytest.mark.parametrize(
    ("name", "wave", "old", "new"),
    [
        ("één", "2014", '"één": up', '"één": claims.as_of(2014, up)'),
        ("meer", "2014-03", 'claims.rises("grade") & up', 'claims.as_of("2014-03", claims.rises("grade") & up)'),
        ("vast", "2014", "as_of(2013, ", "as_of(2014, "),
    ],
)
def test_any_test_is_pinned_once(root, name, wave, old, new):
    assert source(proofs.find(root, name).pinned(wave)) == SOURCE.replace(old, new)


@pytest.mark.parametrize(
    ("test", "turn", "turned"),
    [
        ('claims.more("a", "b", now=True)', "", 'claims.more("b", "a", now=True)'),
        ('claims.as_of(2013, claims.more(a,\n  "b"))', "", 'claims.as_of(2013, claims.more("b",\n  a))'),
        ('claims.majority("a")', "below", 'claims.below("a", 50)'),
        ('claims.above("a", "fact:towns")', "at_most", 'claims.at_most("a", "fact:towns")'),
        ('claims.largest("a.b", ["c"], known=True)', "smallest", 'claims.smallest("a.b", ["c"], known=True)'),
        ('claims.widens("a", "b")', "narrows", 'claims.narrows("a", "b")'),
        ('claims.more("a", "b", times=2)', "", None),
        ("claims.more(*both)", "", None),
        ('claims.widens("a", "b", by=2)', "narrows", None),
        ('claims.rises("a")', "below", None),
        ('claims.ranked("a", "b")', "", None),
    ],
)
def test_a_test_is_turned_where_the_other_takes_what_it_is_given(tmp_path, test, turn, turned):
    (tmp_path / "notebooks").mkdir()
    source = f'claims.judge(figures, {{"zo": {test}}})'
    text = json.dumps({"cells": [{"cell_type": "code", "source": source}]})
    (tmp_path / "notebooks" / "a.ipynb").write_text(text, encoding="utf-8")
    proof = proofs.find(tmp_path, "zo")
    if turned is None:
        with pytest.raises(ProblemsError):
            proof.turned(turn)
    else:
        assert json.loads(proof.turned(turn))["cells"][0]["source"] == source.replace(test, turned)


@pytest.mark.parametrize("name", ["één", "meer", "krap"])
def test_any_other_test_is_not_turned(root, name):
    with pytest.raises(ProblemsError) as caught:
        proofs.find(root, name).turned("falls")
    assert [problem.code for problem in caught.value.problems] == ["W459"]


def test_a_test_that_is_nowhere_or_in_two_places_is_left_to_an_editor(root):
    (root / "notebooks" / "b.ipynb").write_bytes((root / "notebooks" / "a.ipynb").read_bytes())
    (root / "notebooks" / "c.ipynb").write_text("none")
    for name, found in (("steeg", "2 places"), ("zakte", "no dictionary that is given to judge")):
        with pytest.raises(ProblemsError) as caught:
            proofs.find(root, name)
        assert caught.value.problems[0].found == f"the test of {name} stands in {found}"
