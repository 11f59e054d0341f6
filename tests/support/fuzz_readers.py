"""Fuzz a reader, guided by what it covers: ``python tests/support/fuzz_readers.py figures -max_total_time=60``.

Not part of the tests: it needs atheris, which has no wheel for every machine (``pip install atheris``). It stops at the
first input that is neither read nor refused with problems of the documented form.
"""

import os
import sys
from pathlib import Path
from tempfile import mkdtemp

import atheris

sys.path[:0] = [str(Path(__file__).parents[1] / "whole")]
with atheris.instrument_imports(include=["wavebook", "pybtex", "tomllib", "yaml", "csv"]):
    import margins
    import test_bad_input as bad
    import test_bad_respondents as respondents

SHELF = bad.SmallBook(Path(mkdtemp(prefix="fuzz-")))
NAMES = {"figures": "figures/2014.csv", **{name.partition(".")[0]: name for name in bad.DECLARED}}


def declarations(name: str):
    """Try the bytes as one file of the small book."""
    return lambda content: bad.with_file(SHELF, name, content)


TARGETS = {
    **{target: declarations(name) for target, name in NAMES.items()},
    "config": lambda content: bad.settings_are_refused_or_read(SHELF.root, "_config.yml", content),
    "toc": lambda content: bad.settings_are_refused_or_read(SHELF.root, "_toc.yml", content),
    "margins": lambda content: margins.margins_are_refused_or_right(SHELF.root, content),
    "respondents": lambda content: respondents.respondents_are_refused_or_read(SHELF.root, content),
}


def seeds(target: str) -> Path:
    """A folder with one good file to start from."""
    folder = Path(mkdtemp(prefix="seeds-"))
    texts = {
        "figures": bad.TABLE.encode(),
        "config": bad.CONFIG.encode(),
        "toc": bad.TOC.encode(),
        "margins": respondents.MARGINS,
    }
    good = texts.get(target) or (respondents.whole_file("csv") if target == "respondents" else None)
    (folder / "good").write_bytes(good or bad.content_of(SHELF, NAMES[target]))
    return folder


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: fuzz_readers.py {'|'.join(TARGETS)} [options of libFuzzer]")
    chosen = sys.argv.pop(1)
    atheris.Setup([*sys.argv, "-rss_limit_mb=3000", str(seeds(chosen))], TARGETS[chosen])
    os.chdir(SHELF.root)  # what it finds is written here, not into the book
    atheris.Fuzz()
