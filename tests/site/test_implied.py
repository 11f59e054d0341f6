"""Settings that every book has."""

from wavebook.site import implied


def test_lists_of_two_books_are_apart(tmp_path):
    one, other = (implied.implied(tmp_path, "nl", tmp_path / "book") for _ in range(2))
    one["myst_enable_extensions"].append("x")
    one["numfig_format"]["figure"] = "x"
    assert "x" not in other["myst_enable_extensions"]
    assert other["numfig_format"]["figure"] == "Figuur %s"


def test_extensions_of_jupyter_book_itself_are_left_out():
    assert implied.extensions(["myst_nb", "a", "sphinx_thebe", "jupyter_book"]) == (
        [*implied.EXTENSIONS, "a"],
        ["sphinx_thebe"],
    )


def test_what_programs_leave_among_the_pages_is_no_page():
    assert implied.no_pages(["drafts/*", "_build"]) == [
        "**.ipynb_checkpoints",
        ".DS_Store",
        "Thumbs.db",
        "_build",
        "drafts/*",
    ]
