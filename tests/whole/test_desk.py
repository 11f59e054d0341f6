"""A new wave on the desk, in a browser and by keyboard: from opening it to a published edition."""

from __future__ import annotations

import re
import threading

import lending
import pytest

import book
from wavebook.publish import serve

PATIENCE = 240_000  # milliseconds: this machine may be busy
NEW = {  # what the wave of 2016 found, in the place of what 2014 found
    "mark_library,total,,,,6.9": "mark_library,total,,,,6.1",
    "mark_band_library,total,,,fail,14": "mark_band_library,total,,,fail,21",
    "mark_band_library,total,,,high,40": "mark_band_library,total,,,high,33",
    "mark_website,total,,,,6.6": "mark_website,total,,,,5.9",
}


@pytest.fixture
def wave(tmp_path, tmp_path_factory):
    """The book with a wave of 2016 in preparation, in which readers are less content."""
    root = lending.copy(tmp_path / "book", lending.fresh(tmp_path_factory), english=True)
    lending.declare_wave(root, "2016")
    figures = (root / "data" / "figures" / "2014.csv").read_text(encoding="utf-8").replace("2014,", "2016,")
    for old, new in NEW.items():
        assert old in figures
        figures = figures.replace(old, new)
    (root / "data" / "figures" / "2016.csv").write_text(figures, encoding="utf-8")
    return root


@pytest.fixture
def preview(wave):
    with serve.Preview(wave, port=0, wave="2016") as made:
        following = threading.Thread(target=made.follow)
        following.start()
        yield made
        made.end()
        following.join(PATIENCE / 1000)


@pytest.fixture
def tab(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    made = context.new_page()
    made.errors = []
    made.on("console", lambda said: made.errors.append(said.text) if said.type == "error" else None)
    made.on("pageerror", lambda error: made.errors.append(str(error)))
    yield made
    context.close()


def press(tab, name: str) -> None:
    """Press the first button or link of this name, by keyboard."""
    named = tab.get_by_role("button", name=name).or_(tab.get_by_role("link", name=name))
    found = named.and_(tab.locator(":visible")).first
    found.focus()
    assert found.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
    tab.keyboard.press("Enter")


def tested(tab) -> None:
    """Wait until the desk shows the book as it is."""
    tab.locator("#status", has_text="being tested").wait_for(state="detached")


def faults(tab) -> list[str]:
    """What axe finds, in light and dark, wide and as narrow as a phone."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for width, scheme in ((1280, "light"), (1280, "dark"), (360, "light")):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        answer = Axe().run(tab, options={"iframes": False}).response
        found += [
            f"{width} {scheme}: {fault['id']} {fault['nodes'][0]['html'][:200]}" for fault in answer["violations"]
        ]
        wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{width}: {wide} px too wide"] if wide > 0 else []
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(color_scheme="light")
    return found


def text(root, name="book/index.md") -> str:
    return (root / name).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.browser
def test_from_the_opened_desk_to_a_published_edition(wave, preview, tab, tmp_path):
    desk = f"{preview.url}-/desk/"
    tab.goto(desk)
    tab.get_by_role("heading", name="2016 against 2014").wait_for()
    assert "No longer true (3)" in tab.inner_text("main")
    assert faults(tab) == []

    # words that would hold, in both languages, with the test
    press(tab, "In 2016 gaven lezers de bibliotheek een hoger cijfer")
    tab.get_by_role("heading", name="No longer true").wait_for()
    assert faults(tab) == []
    marked = tab.frame(name="page").wait_for_selector(":target")
    assert marked.inner_text().startswith("In 2016 gaven lezers")
    assert marked.evaluate("node => getComputedStyle(node).outlineWidth") == "3px"
    before = text(wave)
    press(tab, "Accept these wordings")
    tab.get_by_text("Reworded: book/index.md:7, book/en/index.md:8, notebooks/lenen.ipynb.").wait_for()
    assert text(wave) == before.replace("een hoger cijfer dan", "een lager cijfer dan")
    tested(tab)
    tab.get_by_role("heading", name="True only now").wait_for()
    assert "lager cijfer" in tab.frame(name="page").wait_for_selector(":target").inner_text()

    # a pin for the other two
    for said in ("Dat is een kleine stap", "Dat is ongeveer een zevende"):
        tab.goto(desk)
        press(tab, said)
        press(tab, "Pin")
        tab.get_by_text("Pinned to 2014:").wait_for()
        tested(tab)
    tab.goto(desk)
    tab.get_by_text("No statement asks for anything").or_(tab.get_by_text("Reworded automatically")).first.wait_for()
    assert "No longer true" not in tab.inner_text("main")

    # an edit in place, refused where it would be more than a sentence, and undone
    press(tab, "book/index.md")
    assert faults(tab) == []
    before = text(wave)
    tab.get_by_text("De vragenlijst van").first.click()
    box = tab.get_by_label(re.compile(r"book/index\.md:\d+")).and_(tab.locator("textarea:visible"))
    box.fill("Er waren {value}`questions` vragen.\n\nEn meer.")
    tab.keyboard.press("Control+Enter")
    tab.get_by_text("Nothing was changed").wait_for()
    assert text(wave) == before
    assert box.input_value() == "Er waren {value}`questions` vragen.\n\nEn meer."
    box.fill("Er waren {value}`questions` vragen.")
    press(tab, "Save in book/index.md")
    tab.get_by_text("Saved in book/index.md").wait_for()
    assert "\nEr waren {value}`questions` vragen. [Lenen doet lezen]" in text(wave)
    tested(tab)
    press(tab, "Undo")
    tab.get_by_text("Undone: reworded book/index.md").wait_for()
    assert text(wave) == before

    # read, by whom and with what note
    tab.get_by_label("Your name").fill("A. de Vries")
    tab.get_by_label("Note").fill("all figures compared")
    press(tab, "Mark book/index.md as read with 2016")
    tab.get_by_text("read with the figures of 2016").wait_for()
    assert re.search(r"^reviewed: 2016  # A. de Vries, [\d-]{10}: all figures compared$", text(wave), re.MULTILINE)
    assert [said for said in tab.errors if "409" not in said] == []  # the one that was refused

    # published as it is
    for arguments in (["review", "--all", "--wave", "2016"], ["build", "--wave", "2016"]):
        run = book.wavebook(wave, *arguments)
        assert run.code == 0, run.err
    assert not [*(wave / "_build" / "html").rglob("desk.*")]
    book.edit(wave, "data/waves.toml", "[waves.2016]\n", "[waves.2016]\npublished = true\nreleased = 2026-11-30\n")
    run = book.wavebook(wave, "publish", str(tmp_path / "web"))
    assert run.code == 0, run.err
    page = (tmp_path / "web" / "2016" / "index.html").read_text(encoding="utf-8")
    assert "een lager cijfer dan" in page
    assert "A. de Vries, 2026" not in page
