"""Pages marked as read with the figures of a wave, and as in line with those that they translate."""

import datetime

import pytest
from plain import TOP, make_plain, write

from wavebook.core.front_matter import twin_of
from wavebook.core.problems import ProblemsError
from wavebook.publish import marks
from wavebook.publish.desk import edits

DAY = datetime.date(2016, 5, 2)


@pytest.fixture
def root(tmp_path):
    """A book of two pages in two languages; only the table of contents is missing in the other one."""
    root = make_plain(tmp_path / "book", {"b.md": "# B\n", "en/index.md": TOP + "# Begin\n", "en/alone.md": TOP})
    (root / "_config.yml").write_text("title: T\nauthor: A\nlanguages: [nl, en]\n", encoding="utf-8")
    write(root, "notebooks/n.md", "made")
    write(root, "_static/read.md", "not a page")
    return root


def text(root, page) -> str:
    return (root / page).read_text(encoding="utf-8")


def test_every_page_of_every_language_is_there_the_roots_first(root):
    assert marks.pages(root) == ["book/b.md", "book/index.md", "book/en/alone.md", "book/en/index.md"]


def test_all_pages_are_marked_and_translations_as_compared(root):
    twin = twin_of(root / "book/index.md")
    assert [*marks.review(root)] == [
        "book/b.md: read with the figures of 2014",  # the others were
        "book/en/index.md: compared with book/index.md",
    ]
    assert text(root, "book/b.md") == "---\nreviewed: 2014\n---\n\n# B\n"
    assert text(root, "book/en/index.md") == f"---\ntwin: '{twin}'\nreviewed: 2014\n---\n# Begin\n"
    assert text(root, "book/en/alone.md") == TOP
    assert [*marks.review(root)] == []


def test_one_page_is_marked_for_a_wave_with_who_read_it_and_when(root):
    given = {"wave": "2013", "by": "A. de Vries", "note": "figures\nchecked", "today": DAY}
    assert [*marks.review(root, ["book/index.md"], **given)] == ["book/index.md: read with the figures of 2013"]
    assert text(root, "book/index.md").startswith(
        "---\nreviewed: 2013  # A. de Vries, 2016-05-02: figures checked\n---\n"
    )
    assert [*marks.review(root, ["book/index.md"], wave="2013", note="again", today=DAY)] != []
    assert "reviewed: 2013  # 2016-05-02: again\n" in text(root, "book/index.md")


def test_a_key_that_yaml_would_read_as_a_number_or_day_is_quoted(root):
    waves = root / "data" / "waves.toml"
    text_of = (
        waves.read_text(encoding="utf-8").replace("waves.2014", "waves.2014-03").replace("to = 2014", 'to = "2014-03"')
    )
    waves.write_text(text_of, encoding="utf-8")
    [*marks.review(root, ["book/b.md"])]
    assert text(root, "book/b.md") == '---\nreviewed: "2014-03"\n---\n\n# B\n'


@pytest.mark.parametrize(("pages", "wave", "code"), [(["book/c.md"], None, "W455"), ([], "1999", "W501")])
def test_what_is_no_page_or_wave_marks_nothing(root, pages, wave, code):
    with pytest.raises(ProblemsError) as caught:
        [*marks.review(root, pages, wave=wave)]
    assert [problem.code for problem in caught.value.problems] == [code]
    assert text(root, "book/b.md") == "# B\n"


def test_line_ends_and_all_other_lines_stay_and_the_marks_can_be_undone(root):
    before = "\ufeff---\r\nreviewed: 2008\r\nfixed:\r\n  10: x\r\n---\r\n# B\r\n".encode()
    write(root, "b.md", before)
    assert [*marks.review(root, ["book/b.md"], wave="2013")] == ["book/b.md: read with the figures of 2013"]
    assert (root / "book/b.md").read_bytes() == before.replace(b"2008", b"2013")
    assert edits.undo(root) == "reviewed 1 page"
    assert (root / "book/b.md").read_bytes() == before
