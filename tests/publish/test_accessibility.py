"""What reading every page comes to: the results that are kept, or what is wrong and nobody described."""

from __future__ import annotations

import datetime

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.definitions import Deviation
from wavebook.pages import accessibility as kept
from wavebook.publish import accessibility
from wavebook.publish.reader import CHECKS, Found

FINE, WRONG = Found(3, []), Found(2, ["is cut off: p “Een”."])
WORDS = {"nl": "iets vraagt scripts", "en": "a part needs scripts"}


def deviation(check="no-script", pages=("search",)):
    fields = dict.fromkeys(("what", "cause", "effect", "alternative", "measure"), WORDS)
    return Deviation.model_validate({**fields, "check": check, "pages": list(pages), "criterion": ""})


def page(**found):
    return dict.fromkeys(CHECKS, FINE) | {name.replace("_", "-"): result for name, result in found.items()}


def test_a_fault_that_is_described_surprises_nobody_in_either_language():
    found = {"search": page(no_script=WRONG), "en/search": page(no_script=WRONG)}
    assert accessibility.surprises(found, (deviation(),)) == []


def test_a_fault_that_nobody_described_is_told_with_its_page_and_check():
    (problem,) = accessibility.surprises({"search": page(reflow=WRONG, no_script=WRONG)}, (deviation(),))
    assert (problem.code, problem.place, problem.found) == ("W524", "search, reflow", "is cut off: p “Een”")


def test_a_deviation_that_is_no_longer_there_is_told():
    (problem,) = accessibility.surprises({"search": page()}, (deviation(),))
    assert problem.place == "search, no-script"
    assert problem.found == "finds nothing, and 'iets vraagt scripts' says that it does"


def test_results_say_how_much_was_seen_and_which_pages_have_faults(root):
    found = {"index": page(), "search": page(no_script=WRONG)}
    day = datetime.date(2026, 11, 30)
    made = accessibility.results(found, root, chromium="1", axe="2", today=day)
    assert (made.date, made.pages, made.look) == ("2026-11-30", ("index", "search"), kept.look(root))
    assert made.checks["no-script"] == kept.Checked(seen=5, faulty=("search",))
    assert made.checks["reflow"] == kept.Checked(seen=6, faulty=())


def test_a_site_that_was_not_built_is_not_read(small):
    small.path("../_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        accessibility.check(small.root)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("W523", "_build/html/index.html")
    assert not kept.path(small.root).exists()
