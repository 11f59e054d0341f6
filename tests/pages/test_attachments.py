"""Pictures that were pasted into a notebook."""

import base64
import json
from types import SimpleNamespace

import pytest
from docutils import nodes
from plain import PNG

from wavebook.pages import attachments


@pytest.fixture
def env(tmp_path):
    """The page of a notebook with two cells, whose pictures have one name, as Jupyter gives them."""
    forms = [{"image/png": base64.b64encode(content).decode()} for content in (PNG, PNG + b"x")]
    cells = [{"attachments": {"image.png": form}} for form in forms]
    path = tmp_path / "book" / "n.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": [*cells, {}, {"attachments": {"a b.png": {"text/plain": ["x"]}}}]}))
    app = SimpleNamespace(outdir=tmp_path / "_build" / "html")
    return SimpleNamespace(doc2path=lambda _: path, docname="n", app=app, srcdir=path.parent)


@pytest.mark.parametrize(("cell", "content"), [(1, PNG), (2, PNG + b"x")])
def test_a_picture_is_that_of_its_own_cell(env, cell, content):
    node = nodes.image(uri="attachment:image.png")
    assert attachments.unpack(env, node, cell)
    assert node["uri"].startswith("/../_build/jupyter_execute/")
    assert (env.srcdir / node["uri"][1:]).read_bytes() == content


@pytest.mark.parametrize(("cell", "name"), [(3, "image.png"), (4, "a%20b.png"), (9, "image.png"), (1, "other.png")])
def test_what_is_not_there_or_no_picture_is_not_shown(env, cell, name):
    assert not attachments.unpack(env, nodes.image(uri=f"attachment:{name}"), cell)
