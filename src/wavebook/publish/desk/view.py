"""The desk as an editor sees it: its pages, and what its buttons do. No site has any of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from wavebook.charts.svg import described
from wavebook.core import front_matter
from wavebook.core.languages import EDITORS, declared, of_page
from wavebook.core.problems import Problem, ProblemsError, fail, raise_all
from wavebook.core.splice import alike_at_ends
from wavebook.definitions import load_definitions
from wavebook.figures import Key
from wavebook.pages.parts import whole
from wavebook.publish import marks, rereading
from wavebook.publish.desk import edits, mappings, model, pinning, sentences
from wavebook.publish.desk.model import ASKING, Matter
from wavebook.publish.review import report
from wavebook.publish.review.compare import compared, review
from wavebook.publish.review.differences import STANDINGS, VERDICTS, Review
from wavebook.publish.review.sentences import state

MOST = 40  # figures that moved, on the list
_ASKED = ("rose", "fell", "suppressed", "vanished")


class Desk:
    """The desk of one edition: the last review of it, and the changes that are made there.

    ``behind`` while files changed since.
    """

    def __init__(self, root: Path, edition: Mapping[str, Any], base: str = ""):
        self.root, self.edition, self.base = root, edition, base
        self.behind = True
        self.found: Review | None = None
        self.problems: tuple[Problem, ...] = ()
        self.told, self.by, self.version = "", "", ""

    def look(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Review the book as it is now. Never raises for problems of the book: the desk shows them."""
        self.behind = False
        try:
            if self.edition.get("segment"):
                action = "End the preview, and start it again without --segment."
                fail(Problem("W501", "the desk", "is about everyone, not about one segment", action))
            definitions = load_definitions(self.root)
            before, after = compared(self.root, [str(self.edition.get("wave") or definitions.current)])
            population = self.edition.get("population") or ""
            self.found = review(self.root, before, after, population=population, tell=tell)
            raise_all(Problem("W501", "the desk", text, "Correct that first.") for text in self._absent())
            self.problems = ()
        except ProblemsError as error:
            self.problems = error.problems

    def _absent(self) -> list[str]:
        found = self.found
        return [edition.missing for edition in found.editions.values() if edition.missing] if found else []

    # --- its pages --------------------------------------------------------------------------------------------

    def page(self, path: str, *, problems: tuple[Problem, ...] = (), typed: Mapping[str, str] | None = None) -> str:
        """The page at a path below the desk: the list, a matter by its name, or ``read/`` and a page; else empty.

        ``problems`` are those of a change that was refused, ``typed`` what was typed for it.
        """
        told, self.told = self.told, ""
        shared: dict[str, Any] = {
            "told": told,
            "refused": problems,
            "typed": typed or {},
            "by": self.by,
            "base": self.base,
        }
        shared["mappings"] = mappings.asked(self.root) if not path else []
        shared |= {"undoable": next(reversed(edits.made(self.root)), None), "behind": self.behind, "editors": EDITORS}
        shared |= {
            "version": self.version,
            "path": path,
            "problems": self.problems,
            "state": state,
            "STANDINGS": STANDINGS,
        }
        found = self.found
        if found is None:
            return whole("desk.html", view="waiting", title="The desk", **shared)
        shared["r"] = found
        if not path:
            return whole("desk.html", view="list", title=f"The desk: {found.after}", **self._list(found), **shared)
        if path.startswith("read/"):
            name = path.removeprefix("read/")
            if name not in marks.pages(self.root):
                return ""
            return whole("desk.html", view="read", title=f"Read {name}", **self._reading(found, name), **shared)
        if asked := _asked(path):
            return whole("desk.html", view="pin", title=f"Pin {asked[0]}", **self._pinning(found, *asked), **shared)
        there = model.matters(self.root, found)
        matter = next((one for one in there if one.id == path), None)
        if matter is None:
            return ""
        shown = self._matter(found, matter, [one for one in there if one.sentence.standing in ASKING])
        return whole("desk.html", view="matter", title=matter.places[0].name, **shown, **shared)

    def _list(self, found: Review) -> dict[str, Any]:
        """What the list shows: figures that moved, matters by what they are, pages, and what stops publishing."""
        there = [one for one in model.matters(self.root, found) if one.sentence.standing in ASKING]
        groups = [(name, list(items)) for name, items in groupby(there, key=lambda one: one.sentence.standing)]
        moves = [move for move in found.moves if move.verdict in _ASKED or move.flips]
        moves.sort(key=lambda move: (not move.flips, move.key.segment_by, move.order))
        baseline = found.figures.definitions.baseline

        def since(move) -> str:
            key = move.key._replace(wave=baseline)
            return found.figures[key].text(EDITORS, "chart") if found.figures.has(key) else ""

        return {
            "groups": groups,
            "moves": moves[:MOST],
            "more": len(moves) - MOST,
            "since": since,
            "baseline": baseline if baseline != found.before else "",
            "counts": report.counts(found),
            "change_text": report.change_text,
            "VERDICTS": VERDICTS,
            "pages": self._pages(found),
            "stops": report.problems(found),
            "coming": found.figures.definitions.in_preparation if not self.edition.get("wave") else [],
        }

    def _pages(self, found: Review) -> list[dict[str, Any]]:
        """The pages, each with what its top says of who read it, and how many places there are to read again."""
        told = []
        for name in marks.pages(self.root):
            there = sentences.page(self.root, name)
            top = re.search(r"^reviewed:[ \t]*(.*)$", front_matter.marks(there.spliced.text), re.MULTILINE)
            wave, _, said = (top[1] if top else "").partition("#")
            items = [*rereading.page(found.figures, name, there.spliced.text, there.language)]
            read = wave.strip().strip("'\"")
            told.append({"name": name, "read": read, "said": said.strip(), "items": len(items)})
        return told

    def _matter(self, found: Review, matter: Matter, asking: list[Matter]) -> dict[str, Any]:
        """What is shown of one matter, with the one before and after it on the list."""
        ids = [one.id for one in asking]
        place = ids.index(matter.id) if matter.id in ids else -1
        spots = model.proposal(self.root, found, matter)
        names, waves = model.charts_beside(found, matter)[:1], (found.before, found.after)
        return {
            "matter": matter,
            "s": matter.sentence,
            "before_this": ids[place - 1] if place > 0 else "",
            "after_this": ids[place + 1] if 0 <= place < len(ids) - 1 else "",
            "number": place + 1,
            "count": len(ids),
            "rows": model.rows(found, matter),
            "turning": [*model.turning(found, matter)],
            "spots": [(spot, marked(spot.passage.typed, spot.words)) for spot in spots],
            "waves": _before(found),
            "about": sorted({Key.read(key).indicator for key in matter.sentence.record.keys}),
            "seen": self._seen(),
            "charts": [(name, [(wave, self._picture(found, name, wave)) for wave in waves]) for name in names],
            "frame": matter.places[0].address,
            "hash_of": lambda page: edits.state({page.name: page.content}),
        }

    def _reading(self, found: Review, name: str) -> dict[str, Any]:
        """What there is to read again on one page."""
        there = sentences.page(self.root, name)
        passages = {passage.words: passage for passage in there.passages}
        items = [*rereading.page(found.figures, name, there.spliced.text, there.language)]
        address = name.removeprefix("book/").removesuffix(".md") + ".html"
        language = of_page(name, declared(self.root))
        return {
            "of_page": name,
            "items": [(item, passages.get(item.text)) for item in items],
            "frame": address,
            "page": there,
            "language": language,
            "hash_of": lambda page: edits.state({page.name: page.content}),
        }

    def _pinning(self, found: Review, what: str, wave: str) -> dict[str, Any]:
        """What there is to see before much is pinned at once."""
        shown: dict[str, Any] = {"what": what, "wave": wave, "waves": _before(found), "seen": self._seen()}
        try:
            plan = pinning.plan(self.root, what, wave)
        except ProblemsError as error:
            return shown | {"plan": None, "wrong": error.problems}
        return shown | {"plan": plan, "spots": [(s, marked(s.passage.typed, s.words)) for s in plan.spots]}

    def _picture(self, found: Review, name: str, wave: str) -> Markup | None:
        """A chart as it is in the edition about a wave; None where that has no such chart."""
        chart = found.editions[wave].results.charts.get(name)
        if chart is None:
            return None
        said = {"title": f"{name}, {wave}", "description": chart["summary"], "language": chart["language"]}
        return Markup(described(chart["svg"].get("narrow", chart["svg"]["wide"]), id=f"chart-{name}-{wave}", **said))

    # --- its buttons ------------------------------------------------------------------------------------------

    def do(self, path: str, form: Mapping[str, str]) -> None:
        """Do what a button says; raises ProblemsError, and then nothing has changed."""
        self.told = self._done(path, form)
        self.behind = True

    def _done(self, path: str, form: Mapping[str, str]) -> str:
        action = form.get("do", "")
        if action == "undo":
            undone = edits.undo(self.root)
            return f"Undone: {undone}." if undone else "There was nothing to undo."
        if action == "reword":
            there = sentences.page(self.root, form.get("page", ""))
            _same(there.name, edits.state({there.name: there.content}), form.get("seen", ""))
            start = form.get("start", "")
            passage = there.around(int(start)) if start.isdecimal() else None
            if passage is None:
                fail(Problem("W456", there.name, "there is no sentence", "Open the desk again."))
            changed = sentences.reword(self.root, there, passage, form.get("words", ""))
            return (
                f"Saved in {there.name}, line {passage.line}." if changed else "Nothing changed: it reads so already."
            )
        if action.startswith("review "):
            self.by = " ".join(form.get("by", "").split())
            wave, note = self.found.after if self.found else None, form.get("note", "")
            lines = [*marks.review(self.root, [action.removeprefix("review ")], wave=wave, by=self.by, note=note)]
            return f"{lines[0]}." if lines else "It was marked so already."
        if action == "pin" and (asked := _asked(path)):
            _same("the book", self._seen(), form.get("seen", ""))
            return self._pin(pinning.plan(self.root, *asked))
        found = self.found
        matter = next((one for one in model.matters(self.root, found) if one.id == path), None) if found else None
        if found is None or matter is None or action not in ("accept", "pin"):
            fail(Problem("W456", f"/{path}", "there is no such matter", "Open the desk again."))
        _same(matter.places[0].page.name, self._seen(), form.get("seen", ""))
        if action == "accept":
            return f"Reworded: {', '.join(model.accept(self.root, found, matter))}."
        chosen = [(place.page, place.passage) for place in matter.places if place.passage]
        return self._pin(pinning.of_sentences(self.root, chosen, form.get("wave", "")))

    def _pin(self, plan: pinning.Plan) -> str:
        changed = ", ".join(plan.write(self.root))
        mixed = f" Reread, as it names another wave too: {', '.join(plan.mixed)}." if plan.mixed else ""
        return f"Pinned to {plan.wave}: {changed or 'nothing, it was so already'}.{mixed}"

    def _seen(self) -> str:
        """A mark of all pages and notebooks as they are now."""
        names = [*marks.pages(self.root), *(f"notebooks/{p.name}" for p in (self.root / "notebooks").glob("*.ipynb"))]
        return edits.state({name: edits.seen(self.root, name) for name in sorted(names)})


def _asked(path: str) -> tuple[str, str] | None:
    """What the page at a path would pin, and to which wave; None for another page."""
    kind, _, rest = path.partition("/")
    wave, _, what = rest.partition("/")
    return (what, wave) if kind == "pin" and what else None


def _before(found: Review) -> list[str]:
    """The waves before that of the edition, the last one first."""
    d = found.figures.definitions
    return [wave for wave in reversed(d.waves) if d.order(wave) < d.order(found.after)]


def _same(name: str, now: str, seen: str) -> None:
    """Raise ProblemsError (W457) unless files are as they were when the form was shown."""
    if now != seen:
        action = "The desk shows it as it is now: look again, and make the change then."
        fail(Problem("W457", name, "was changed in the meantime, and is left as it is", action))


def marked(old: str, new: str) -> Markup:
    """New words as HTML, with the words that differ from the old ones marked."""
    before, after = re.findall(r"\s+|\w+|.", old), re.findall(r"\s+|\w+|.", new)
    start, end = alike_at_ends(before, after)
    parts = ["".join(after[:start]), "".join(after[start : len(after) - end]), "".join(after[len(after) - end :])]
    first, middle, last = map(escape, parts)
    return Markup(f"{first}<ins>{middle}</ins>{last}" if middle else f"{first}{last}")
