"""The marks at the top of a page, and what of a page its readers see."""

import pytest

from wavebook.core.front_matter import as_read, marked, marks, twin_mark, twin_of

PAGE = """---
reviewed: 2014
fixed:
  2017: a name
---

# Title

A sentence that
goes on. <!-- who said so? -->

% to do: check

- one
- two

```{figures}
```
"""


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("reviewed: 2014", "reviewed: 2016  # A. de Vries, 2016-05-02"),
        PAGE.replace("fixed:\n  2017: a name\n", ""),
        PAGE.replace("that\ngoes on.", "that goes\non."),
        PAGE.replace(" <!-- who said so? -->", ""),
        PAGE.replace("% to do: check\n\n", ""),
        PAGE.replace("\n", "\r\n"),
        f"\ufeff{PAGE}",
        PAGE.partition("---\n\n")[2],
        PAGE + "\n\n",
    ],
    ids=["reviewed", "fixed", "lines", "comment", "remark", "windows", "mark", "no top", "end"],
)
def test_what_no_reader_sees_does_not_change_the_mark_of_a_page(other):
    assert other != PAGE
    assert twin_mark(other) == twin_mark(PAGE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sentence", "phrase"),
        ("goes on.", "goes on!"),
        ("# Title", "## Title"),
        ("that\ngoes", "that\n\ngoes"),
        ("```{figures}", "```{facts}"),
        ("- two", "- two\n- three"),
        ("<!-- who said so? -->", "`<!-- who said so? -->`"),
    ],
)
def test_what_readers_see_does(old, new):
    assert old in PAGE
    assert twin_mark(PAGE.replace(old, new)) != twin_mark(PAGE)


def test_in_a_fence_everything_counts():
    text = "a\n\n```text\n% shown\n<!-- shown -->\n  b\n```\n\n% hidden\n"
    assert as_read(text) == "a\n\n```text\n% shown\n<!-- shown -->\n  b\n```"
    assert as_read("````\n```\n% shown\n````\nend") == "````\n```\n% shown\n````\n\nend"
    assert as_read("```\n% never closed") == "```\n% never closed"


def test_the_mark_of_a_file_is_that_of_its_text(tmp_path):
    (tmp_path / "a.md").write_bytes(f"\ufeff{PAGE}".encode())
    assert twin_of(tmp_path / "a.md") == twin_mark(PAGE)
    assert len(twin_mark("")) == 12


def test_marks_are_the_lines_at_the_top_alone():
    assert marks(PAGE) == "reviewed: 2014\nfixed:\n  2017: a name\n"
    assert marks("# T\n\n---\na: b\n---\n") == ""
    assert marks("---\na: b\n") == ""  # never closed
    assert marks("---\n---\n# T") == ""


def test_a_mark_takes_the_place_of_the_one_that_was_there_with_all_its_lines():
    assert marked(PAGE, "fixed", "none") == PAGE.replace("fixed:\n  2017: a name\n", "fixed: none\n")
    assert marked(PAGE, "twin", "'0'") == PAGE.replace("---\n", "---\ntwin: '0'\n", 1)
    assert marked("---\n---\n# T\n", "twin", "'0'") == "---\ntwin: '0'\n---\n# T\n"
    body = "---\na: b\n---\n\nreviewed: 2014 is what it says.\n"
    assert marked(body, "reviewed", "2016") == body.replace("---\n", "---\nreviewed: 2016\n", 1)
