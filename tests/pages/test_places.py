"""The line that a problem names: of its own text, whatever stands around it."""

import re

import pytest
from plain import make_plain

import book

FRONT = (
    "---\nreviewed: 2014\nfixed: {Wet 64: een wet}\nmyst: {substitutions: {getal: 'een 71'}}\n---\n# T\n\nWet 64.\n\n"
)
# Everything that says 64 is wrong, and {value}`weg` too, each on its own line.
TEXT = """Een `vijf
zes` 64.

{{ getal }}

| a | b |
|---|---|
| c | 64 |
| 64 | {value}`weg` |
| f | {value}`weg` |

```{csv-table} Titel
:header: h, i

x, 64
z, 64
```

```{include} part.txt
```

````{tip}
```{note}
:class: x

een 64

twee 64
```
drie 64
````

<div>
een

64
</div>

```{eval-rst}
een
twee 64

.. note:: drie
   vier 64
```

een {abbr}`64 (x)` *vet
64* <!-- 64
64 --> 64

- 64
  - {value}`weg`
    64

begrip
: 64
  en 64

> een
> 64

$$
x = 6{,}4
$$

\\begin{align}
x &= 6{,}4 \\\\
y &= 6{,}5
\\end{align}

een {value} `weg`
{value} `weg`

| a |
|---|
| {value} `weg` |

een[^n]

[^n]: noot
    64
"""
PART = "deel\n\neen 64\n\n{value}`weg`\n"
WRONG = re.compile(r"(?<![\w,])64(?!\w)|`weg`|\{,\}|\{\{")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_of_many_equal_faults_is_at_its_own_line(tmp_path, end):
    page = FRONT + TEXT
    toc = "format: jb-book\nroot: index\nchapters:\n- file: a\n"
    root = make_plain(tmp_path / "b", {"a.md": page.replace("\n", end), "part.txt": PART}, toc)
    run = book.wavebook(root, "check", "--each")
    places = {
        (path, int(line))
        for path, lines in re.findall(r"(book/[\w.]+):(\d+(?:, \d+)*)", run.err)
        for line in lines.split(", ")
    }
    top = FRONT.count("\n")
    lines = re.sub(r"<!--.*?-->", lambda note: "\n" * note[0].count("\n"), TEXT, flags=re.DOTALL).split("\n")
    right = {("book/a.md", top + number) for number, line in enumerate(lines, 1) if WRONG.search(line)}
    right |= {("book/part.txt", number) for number, line in enumerate(PART.split("\n"), 1) if WRONG.search(line)}
    assert places == right
