"""Reading pages as readers with other needs do: the ways in which each check shows a page, without a browser."""

from types import SimpleNamespace

import pytest

from wavebook.publish import reader
from wavebook.publish.reader import CHECKS, NARROW, WIDE, Found, Reader, together


class Tab:
    """A tab that notes what it is asked; ``answers`` says what a script finds."""

    def __init__(self, answers):
        self.answers, self.asked, self.ways, self.keys = answers, [], [], []
        self.keyboard = SimpleNamespace(press=self.keys.append)

    def evaluate(self, script, *arguments):
        self.asked.append(script)
        found = self.answers.get(script, {"seen": 1, "faults": []})
        return found(arguments) if callable(found) else found

    def set_viewport_size(self, size):
        self.ways.append({"width": size["width"]})

    def emulate_media(self, *, color_scheme, forced_colors, reduced_motion):
        self.ways[-1] |= {
            "scheme": color_scheme,
            "forced": forced_colors == "active",
            "still": reduced_motion == "reduce",
        }

    def goto(self, address):
        self.asked.append(address)

    def reload(self):
        self.asked.append("reload")


def reading(tmp_path, **answers):
    made = Reader.__new__(Reader)
    made.page, made.site, made.axe, made.sent = Tab(answers), tmp_path, "axe.js", []
    made.asked, made.said, made.axe_version = [], [], ""
    made.tools = SimpleNamespace(send=lambda name, how: made.sent.append((name, how)))
    return made


def by(script, **found):
    return {f"reader.{script}()": {"seen": 2, "faults": []} | found}


def test_findings_are_added_up_and_each_fault_says_in_which_way_it_occurs():
    found = together([("320", Found(2, ["a"])), ("1280", Found(3, ["a", "b"]))])
    assert found == Found(5, ["320: a", "1280: a", "1280: b"])
    assert together(iter([])) == Found(0, [])


WIDTHS = [(w, s) for w in (NARROW, WIDE) for s in ("light", "dark")]


@pytest.mark.parametrize(
    ("check", "script", "ways"),
    [
        ("language", "languages", [(WIDE, "light", False, False)]),
        ("focus", "focus", [(NARROW, s, f, False) for s in ("light", "dark") for f in (False, True)]),
        ("contrast", "ink", [(*way, False, False) for way in WIDTHS]),
        ("reflow", "layout", [(w, "light", False, False) for w in (NARROW, 360, WIDE)]),
        ("text-size", "layout", [(w, "light", False, False) for w in (WIDE, NARROW)]),
        ("text-spacing", "layout", [(w, "light", False, False) for w in (WIDE, NARROW)]),
        ("reduced-motion", "motion", [(WIDE, "light", False, True)]),
        ("forced-colours", "edges", [(WIDE, s, True, False) for s in ("light", "dark")] * 2),
        (
            "charts",
            "marks",
            [(w, "light", False, False) for w in (NARROW, WIDE)] + [(*way, False, False) for way in WIDTHS],
        ),
    ],
)
def test_a_check_looks_in_every_way_that_it_is_there_for(tmp_path, check, script, ways):
    tab = reading(tmp_path, **by(script, faults=["x"]))
    found = CHECKS[check](tab)
    assert [tuple(way.values()) for way in tab.page.ways] == ways
    times = tab.page.asked.count(f"reader.{script}()")
    assert len(found.faults) == times > 0


def test_charts_are_counted_once_though_both_widths_are_looked_at(tmp_path):
    tab = reading(tmp_path, **by("charts", seen=3), **by("marks", seen=9, faults=["x"]))
    assert CHECKS["charts"](tab).seen == 3


def test_the_text_is_twice_its_size_and_back_again(tmp_path):
    tab = reading(tmp_path)
    CHECKS["text-size"](tab)
    sizes = [how["fontSizes"] for _, how in tab.sent]
    assert sizes == [{"standard": 32, "fixed": 26}, {"standard": 16, "fixed": 13}]


def test_the_spacing_of_text_is_as_the_guideline_has_it_and_back_again(tmp_path):
    tab = reading(tmp_path)
    CHECKS["text-spacing"](tab)
    assert "adoptedStyleSheets = [sheet]" in tab.page.asked[0]
    assert tab.page.asked[-1] == "document.adoptedStyleSheets = []"
    for rule in ("line-height: 1.5", "letter-spacing: 0.12em", "word-spacing: 0.16em", "margin-bottom: 2em"):
        assert rule in reader.SPACED


def test_the_keyboard_goes_through_the_page_and_back(tmp_path):
    left = iter([False, False, True, True])
    scripts = {"reader.setOut()": 3, "reader.left()": lambda _: next(left)}
    tab = reading(tmp_path, **scripts, **by("walked", seen=4, faults=["a"]), **by("walkedBack", faults=["b"]))
    found = CHECKS["keyboard"](tab)
    assert tab.page.keys == ["Tab"] * 5 + ["Shift+Tab"] * 3
    assert found == Found(4, ["there: a", "back: b"])


def test_a_trap_ends_the_walk(tmp_path):
    tab = reading(tmp_path, **{"reader.left()": False})
    tab.press("Tab", 2)
    assert len(tab.page.keys) == 27


def test_axe_looks_at_all_rules_once_and_at_colours_in_the_other_scheme(tmp_path):
    rules = []

    def answer(given):
        rules.append(given[0])
        return {"version": "4.1", "seen": 2, "faults": ["label"]}

    tab = reading(tmp_path, **{reader.AXE: answer})
    assert CHECKS["axe"](tab) == Found(4, ["320 light: label", "1280 dark: label"])
    assert rules == [{}, {"runOnly": reader.COLOUR_RULES}]
    assert (tab.axe_version, tab.page.asked[0]) == ("4.1", "axe.js")


def test_a_page_asks_for_nothing_elsewhere_and_does_not_complain(tmp_path):
    tab = reading(tmp_path)
    own = f"{tmp_path.as_uri()}/a.css"
    tab.asked, tab.said = (
        [own, "data:image/png,x", "https://x.nl/a", "https://x.nl/a", f"{tmp_path.as_uri()}x"],
        ["failed"],
    )
    found = CHECKS["offline"](tab)
    assert found.seen == 5
    assert found.faults == [*sorted([f"asks for {tmp_path.as_uri()}x", "asks for https://x.nl/a"]), "failed"]


def test_what_is_there_only_with_scripts_is_named_once(tmp_path):
    texts = iter([["Een", "Twee", "Twee"]])
    scripts = {
        "reader.read()": lambda _: next(texts),
        "[reader.read(), document.querySelectorAll('noscript').length]": [["Een"], 1],
    }
    tab = reading(tmp_path, **scripts)
    found = CHECKS["no-script"](tab)
    assert found == Found(3, ["is not there: Twee", "a part of it needs scripts"])
    assert [how["value"] for _, how in tab.sent] == [True, False]
    assert tab.page.asked.index("reload") < tab.page.asked.index("reader.open()")


def test_a_page_is_opened_with_all_that_can_be_opened_and_nothing_of_the_last_one(tmp_path):
    tab = reading(tmp_path)
    tab.asked, tab.said = ["old"], ["old"]
    tab.open("deel/een")
    assert (tab.asked, tab.said) == ([], [])
    assert tab.page.asked == ["about:blank", (tmp_path / "deel/een.html").as_uri(), reader.SCRIPT, "reader.open()"]


def test_reading_a_page_does_every_check_in_order(tmp_path, monkeypatch):
    done = []
    checks = {name: lambda tab, name=name: done.append(name) or Found(1, []) for name in CHECKS}
    monkeypatch.setattr(reader, "CHECKS", checks)
    assert list(reading(tmp_path).read("index")) == list(CHECKS) == done
    assert done[-1] == "no-script"  # after which the page has lost what others need
