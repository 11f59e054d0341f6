"""The bundle for charts to explore: made once, and again only if it is made of something else."""

from importlib.metadata import version

from wavebook.charts import explore


def test_the_same_bundle_is_made_every_time_and_put_together_once(tmp_path, monkeypatch):
    monkeypatch.setattr(explore, "_KEPT", tmp_path / "kept")
    made = explore._bundle.__wrapped__()
    (kept,) = (tmp_path / "kept").iterdir()
    assert version("vl-convert-python") in kept.name
    monkeypatch.setattr(explore.renderer, "bundle", None)
    assert explore._bundle.__wrapped__() == made
    assert b"University of Washington" in made[:3000]


def test_a_bundle_is_made_anew_only_if_it_is_made_of_something_else_and_goes_with_the_last_chart(tmp_path, monkeypatch):
    path = tmp_path / "explore.js"
    monkeypatch.setattr(explore, "_bundle", lambda: explore._head() + b"made")
    explore.write_bundle(path, wanted=True)
    path.write_bytes(explore._head() + b"kept")
    explore.write_bundle(path, wanted=True)
    assert path.read_bytes().endswith(b"kept")
    path.write_bytes(b"/* Made from explore.js of another version. */")
    explore.write_bundle(path, wanted=True)
    assert path.read_bytes().endswith(b"made")
    explore.write_bundle(path, wanted=False)
    assert not path.exists()
