"""What a new wave asks of each sentence: the matters of the desk, of a review that was made already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wavebook.claims.words import name_of, turned_on
from wavebook.core.languages import EDITORS
from wavebook.core.problems import Problem, ProblemsError, fail
from wavebook.figures import Figure, Key
from wavebook.figures.accuracy import Z95, accuracy
from wavebook.language import wording as numbers
from wavebook.pages.typed import Passage
from wavebook.publish.desk import edits, proofs, sentences, wording
from wavebook.publish.desk.sentences import Page
from wavebook.publish.desk.wording import Spot
from wavebook.publish.review.compare import compared, review
from wavebook.publish.review.differences import STANDINGS, Review, Sentence
from wavebook.publish.review.turning import Turn, turn, turned_word

ASKING = tuple(name for name in STANDINGS if name not in ("now", "holds"))  # standings that ask for an editor


@dataclass(frozen=True)
class Place:
    """One language's wording of a matter: its page with the sentence, None where the file has it in another form."""

    sentence: Sentence
    page: Page
    passage: Passage | None

    @property
    def name(self) -> str:
        """The page and line, as problems name it."""
        line = self.passage.line if self.passage else self.sentence.record.line
        return f"{self.page.name}:{line}"

    @property
    def address(self) -> str:
        """The address of the sentence in the site."""
        page = self.page.name.removeprefix("book/").removesuffix(".md")
        record = self.sentence.record
        own = [address for text, address in record.sentence if address and text.strip()]
        anchor = record.text if record.kind == "claim" else next(iter(own), "")
        return f"{page}.html" + (f"#{anchor}" if anchor else "")


@dataclass(frozen=True)
class Matter:
    """A sentence, in each language of the book, that a new wave asks something of."""

    sentence: Sentence
    places: tuple[Place, ...]

    @property
    def id(self) -> str:
        """Its name in addresses, the same after a change of its words."""
        first = self.sentence
        said = f"{first.page.removeprefix('book/').removesuffix('.md')}-{first.record.kind}-{first.record.text}"
        return re.sub(r"[^\w]+", "-", said).strip("-") + f"-{first.nth}"

    @property
    def state(self) -> str:
        """The files that changing it may change, as they are now: a hash; shown with a form, and asked again."""
        return edits.state({place.page.name: place.page.content for place in self.places})


def matters(root: Path, found: Review) -> list[Matter]:
    """All sentences of a review, in its order, with their places in the files as these are now."""
    pages: dict[str, Page] = {}

    def placed(sentence: Sentence) -> Place:
        if sentence.page not in pages:
            pages[sentence.page] = sentences.page(root, sentence.page)
        page, record = pages[sentence.page], sentence.record
        return Place(sentence, page, page.of_statement(record.kind, record.text, sentence.nth))

    known = {path.relative_to(root).as_posix() for path in (root / "book").rglob("*.md")}
    return [Matter(s, tuple(placed(one) for one in s.alike)) for s in found.sentences if s.page in known]


def proposal(root: Path, found: Review, matter: Matter) -> list[Spot]:
    """Words that would hold, for every sentence with the claim of a matter; none where no words are known.

    They are the word for another direction, comparison, limit or place in an order, in each sentence in its language,
    with the test turned too.
    """
    ways, claim = _turn(matter), matter.sentence.record.text
    if ways is None or matter.sentence.record.kind != "claim":
        return []
    alike = [s for one in found.sentences for s in one.alike if (s.record.kind, s.record.text) == ("claim", claim)]
    spots = []
    for one in alike:
        page = sentences.page(root, one.page)
        passage, word = page.of_statement("claim", claim, one.nth), turned_word(one.text, ways, one.language)
        words = wording.turned(passage.typed, *word) if passage and word else ""
        if not passage or not words:
            return []
        spots.append(Spot(page, passage, words))
    try:
        proofs.find(root, claim).turned(ways.test)
    except ProblemsError:
        return []
    return spots


def _turn(matter: Matter) -> Turn | None:
    verdict = matter.sentence.verdict
    return turn(verdict.get("predicate", ""), verdict.get("instead", ""))


def accept(root: Path, found: Review, matter: Matter) -> list[str]:
    """Write the words that would hold, and turn the test; the places that changed.

    Raises ProblemsError: there are no such words (W458), or a file changed in the meantime (W457).
    """
    spots = proposal(root, found, matter)
    place = matter.places[0].name
    if not spots:
        action = "Give it words of your own: wavebook reword PLACE WORDS."
        fail(Problem("W458", place, "no other words that would hold are known for this sentence", action))
    ways = _turn(matter)
    proof = proofs.find(root, matter.sentence.record.text)
    after = proof.turned(ways.test if ways else "")
    wording.reword(root, f"reworded {place}", spots, {proof.file: (proof.content, after)})
    return [*(f"{spot.page.name}:{spot.passage.line}" for spot in spots), proof.file]


def accept_at(root: Path, page: Page, passage: Passage, wave: str | None) -> list[str]:
    """Accept the words that would hold for a sentence in the edition about a wave, by default the newest."""
    before, after = compared(root, [wave] if wave else [])
    found = review(root, before, after)
    there = (page.name, passage.start)
    for matter in matters(root, found):
        if any(place.passage and (place.page.name, place.passage.start) == there for place in matter.places):
            return accept(root, found, matter)
    fail(Problem("W456", f"{page.name}:{passage.line}", "nothing of this sentence is tested", "Reword it with words."))


@dataclass(frozen=True)
class Row:
    """A figure behind a sentence: its name, wave, value, margin and respondents, in words."""

    name: str
    wave: str
    value: str
    margin: str
    n: str


def rows(found: Review, matter: Matter) -> list[Row]:
    """The figures behind a sentence in both editions, each once, the oldest wave first."""
    d, records = found.figures.definitions, (matter.sentence.before, matter.sentence.after)
    keys = dict.fromkeys(key for record in records if record for key in record.keys)
    figures = []
    for text in keys:
        key = Key.read(text)
        if found.figures.has(key):
            figures.append(found.figures[key])
    figures.sort(key=lambda f: (f.key.name, f.key.parts, d.order(f.key.wave)))
    return [_row(found, figure) for figure in figures]


def _row(found: Review, figure: Figure) -> Row:
    said = found.figures.called(figure.key.wave)
    n = "" if figure.n is None else numbers.number(figure.n, 0, EDITORS)
    return Row(name_of(found.figures, figure.key), f"{said}", figure.text(EDITORS, "chart"), _margin(found, figure), n)


def _margin(found: Review, figure: Figure) -> str:
    """The 95 % interval of a figure, or half of it where only its error is known; empty where neither is."""
    decimals = max(figure.decimals, 1)
    if figure.interval:
        low, high = (numbers.number(end, decimals, EDITORS) for end in figure.interval)
        return f"{low} to {high}"
    error = accuracy(figure, found.figures.definitions).se
    return "" if error is None else f"± {numbers.number(Z95 * error, decimals, EDITORS)}"


def turning(found: Review, matter: Matter) -> Iterator[tuple[str, str]]:
    """The parts of a test in words, each with the difference that it turns on; empty where there is none to tell."""
    for part in matter.sentence.verdict.get("parts", ()):
        closest = part["closest"]
        known = closest is None or found.figures.has(Key.read(closest["key"]))
        yield part["said"], turned_on(closest, found.figures) if known else ""


def charts_beside(found: Review, matter: Matter) -> list[str]:
    """The names of the charts on a sentence's page that show what it is about, in the order of that page."""
    about = {Key.read(key).indicator for key in matter.sentence.record.keys}
    named: dict[str, None] = {}
    for wave in (found.after, found.before):
        for record in found.editions[wave].report.records.get(matter.sentence.page, ()):
            if record.kind == "chart" and about & {Key.read(key).indicator for key in record.keys}:
                named[record.text] = None
    return list(named)
