"""The sentences of two editions: those that hold in both, in one, or in neither."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from wavebook.core.languages import below, of_page
from wavebook.definitions import Language
from wavebook.pages.records import Record
from wavebook.publish.review.differences import STANDINGS, Edition, Sentence
from wavebook.publish.review.turning import words_that_hold

Place = tuple[str, str, str, int]  # page, kind, name, and its number among equals


def compare_sentences(old: Edition, new: Edition, languages: tuple[Language, ...]) -> list[Sentence]:
    """Every claim, trend word and change of the book in two editions, in the order of ``STANDINGS``, then of pages."""
    sides = [_by_place(edition.report.records) for edition in (old, new)]
    found: dict[Place, Sentence] = {}
    for place in sorted({**sides[0], **sides[1]}, key=lambda place: languages.index(of_page(place[0], languages))):
        page, kind, name, nth = place
        language = of_page(page, languages)
        before, after = (side.get(place) for side in sides)
        shown = [record.shown for record in (after, before) if record is not None]
        text = " ".join(shown[0].split()) if kind == "claim" else f"{{{kind}}}`{name}`"
        verdict = new.results.claims.get(name, {}) if kind == "claim" else {}
        words = words_that_hold(text, verdict.get("predicate", ""), verdict.get("instead", ""), language)
        sentence = Sentence(page, text, _standing(before, after), before, after, verdict, words, language, nth=nth)
        first = (page.replace(f"book/{below(language, languages)}", "book/", 1), kind, name, nth)
        if first in found and found[first].standing == sentence.standing:
            found[first] = replace(found[first], twins=(*found[first].twins, sentence))
        else:
            found[place] = sentence
    ranks = list(STANDINGS)
    return sorted(found.values(), key=lambda s: (ranks.index(s.standing), s.page, s.record.line))


def _by_place(records: dict[str, list[Record]]) -> dict[Place, Record]:
    """Claims, trend words and changes by page, kind, name, and number among equals."""
    found: dict[Place, Record] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for page, noted in records.items():
        for record in sorted(noted, key=lambda r: r.line):
            remark = record.problem is not None and record.problem.code == "W407"  # on a change noted before
            if record.kind in ("claim", "trend", "change") and not remark and not record.left_out:
                place = (page, record.kind, record.text)
                seen[place] += 1
                found[*place, seen[place]] = record
    return found


def state(record: Record | None) -> str:
    """A claim's verdict, or the words that readers see."""
    return (record.outcome or record.shown or "open") if record else "open"


def _standing(before: Record | None, after: Record | None) -> str:
    old, new = state(before) if before else "holds", state(after)  # no earlier edition
    unproven = ("open", "not certain")
    if new == "fails":
        return "false" if old == "fails" else "flipped"
    if new in unproven:
        return "open" if old in unproven else "unsure" if new == "not certain" else "lost"
    if old in ("fails", *unproven):
        return "now"
    if before and after and after.kind == "trend" and old != new:
        return "turned"
    return "recent" if after and after.notice else "holds"
