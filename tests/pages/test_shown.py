"""The charts that a page shows by its text."""

from wavebook.pages.shown import charts_in


def test_both_kinds_of_fences_show_a_chart_and_a_sentence_about_them_does_not(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(":::{chart} een\nKop.\n:::\n\n````{chart} twee \nKop.\n````\n\nTyp `{chart} drie`.\n{chart} vier\n")
    assert charts_in(page) == ["een", "twee"]
    assert charts_in(tmp_path / "none.md") == []
