"""What a test in a notebook is about, read from its code."""

import json

import pytest

from wavebook.publish.desk import proofs, subjects

SOURCE = """%matplotlib inline
key, (phone, web) = "grade", (f"channel.{n}" for n in ("phone", "web"))
loop = loop2 = loop
both = claims.more(phone, web)
claims.judge(figures, {
    "plain": claims.rises("grade", now=True),
    "named": ~claims.falls(key),
    "parts": both & claims.more(f"{key}@2008", "trust@previous"),
    "fact": claims.below("fact:towns", 50),
    "ring": claims.rises(loop2),
    "fixed": claims.as_of(2014, claims.rises("grade")),
    "words": claims.largest("channel.phone", among=["web"], across="theme"),
})"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    made = tmp_path_factory.mktemp("subjects")
    (made / "notebooks").mkdir()
    cells = [{"cell_type": "code", "source": "key = ("}, {"cell_type": "code", "source": SOURCE}]
    (made / "notebooks" / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("plain", {"grade"}),
        ("named", {"grade"}),
        ("parts", {"channel.phone", "channel.web", "grade@2008", "trust@previous"}),
        ("fact", {"fact:towns"}),
        ("ring", set()),
        ("fixed", {"grade"}),
        ("words", {"channel.phone"}),
    ],
)
def test_keys_are_followed_through_names_tuples_and_text_that_is_filled_in(root, name, keys):
    proof = proofs.find(root, name)
    assert subjects.keys(proof, ["grade", "channel", "trust"]) == keys
    assert subjects.is_pinned(proof) == (name == "fixed")
