"""Builds of the book with Sphinx under Jupyter Book's configuration: readers see the old site or the new one."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, replace
from functools import partial
from pathlib import Path
from typing import Any

from wavebook.core import files, languages, links, marker, outputs
from wavebook.core.known import Known
from wavebook.core.outputs import publish
from wavebook.core.problems import Problem, ProblemsError, grouped, raise_all
from wavebook.core.turns import one_at_a_time
from wavebook.site.languages import make_pages
from wavebook.site.sphinx import Report, run_sphinx


def build(
    root: Path,
    *,
    output: Path | None = None,
    draft: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    halfway: Callable[[], None] | None = None,
    **edition: Any,
) -> Report:
    """Build the site of one edition into ``output`` (by default _build/html).

    The pages are made in a work folder under _build and put in place whole, by one exchange of folders. With
    ``halfway``, for a preview, the pages of the root are put in place first, beside earlier ones in other languages,
    and then it is called.

    Raises
    ------
    ProblemsError
        In a strict build, everything that is not true or missing, in all languages; the site in ``output``
        is untouched. Something in ``output`` that is not an earlier site (W502).
    """
    output = output or root / "_build" / "html"
    output = outputs.chosen(root, output, what="a site", is_ours=marker.is_site)
    return _build(root, output, draft, halfway, edition, tell=tell)


@one_at_a_time
def _build(
    root: Path,
    output: Path,
    draft: bool,
    halfway: Callable[[], None] | None,
    edition: dict[str, Any],
    *,
    tell: Callable[[str], None],
) -> Report:
    raise_all(links.problems(root))
    work = root / "_build" / ".wavebook" / _name(edition, draft)
    note = work / "made-from.json"
    before = _last_build(note)
    known = Known(before.get("known"))
    made_from = known.digest(files.book(root))
    same = before.get("inputs") == made_from and not _is_over(before.get("until"))
    if same and before.get("site") == outputs.listing(output):
        why = {
            "everything": "kept: no file that the site is made from changed since the last build, and the site is there"
        }
        notices, same = ([_restored(told) for told in before.get(name, ())] for name in ("notices", "turned"))
        return Report(output=output, pages=before["pages"], why=why, notices=notices, turned=same)

    runs_from = known.digest(files.runs(root))

    def show(then: Callable[[], None]) -> None:
        publish(work / "html", output)
        then()

    shown = partial(show, halfway) if halfway else None
    try:
        if before.get("runs") != runs_from:
            _warm_up(root)
        report = make_pages(root, work, "html", draft=draft, tell=tell, halfway=shown, **edition)
    except ProblemsError as error:
        raise ProblemsError([*error.problems, *_later_problems(root, edition, error.problems)]) from None
    if report.problems and not draft:
        raise ProblemsError(report.problems)
    report.turned = turned(report)
    publish(work / "html", output)
    # A draft's problems are reported every time. Files saved meanwhile may be in some pages and not in others.
    if not report.problems and known.digest(files.book(root)) == made_from:
        made = {"inputs": made_from, "runs": runs_from, "site": outputs.listing(output), "pages": report.pages}
        made["until"] = _until(root)
        made |= {"notices": [*map(astuple, report.notices)], "turned": [*map(astuple, report.turned)]}
        note.write_text(json.dumps(made | {"known": known.kept()}))
    report.output = output
    return report


def _restored(told: list) -> Problem:
    """A notice as a note of an earlier build has it."""
    code, place, found, action, touches, _ = told
    return Problem(code, place, found, action, touches=tuple(map(_restored, touches)))


def _until(root: Path) -> str | None:
    """The first moment at which an embargo ends, and the site is another without a file that changed; None for none."""
    from wavebook import figures

    d, _ = figures.everything(root)
    moments = [wave.embargo.astimezone(datetime.UTC) for wave in d.waves.values() if wave.embargo]
    return min(moments).isoformat() if moments else None


def _is_over(moment: str | None) -> bool:
    """Tell whether a moment that ``_until`` gave has passed."""
    return moment is not None and datetime.datetime.fromisoformat(moment) <= datetime.datetime.now(datetime.UTC)


def _warm_up(root: Path) -> None:
    """Start the helpers of notebooks that take as long to start as all the work before the notebooks run."""
    from wavebook.charts import renderer
    from wavebook.runs import engine

    renderer.start()
    engine.start(files.notebooks(root))


def _later_problems(root: Path, edition: dict[str, Any], found: Iterable[Problem]) -> Iterator[Problem]:
    """The problems in the languages after the one that stopped the build: all are reported together."""
    work = root / "_build" / ".wavebook" / f"{_name(edition, draft=True)}-check"
    try:
        spoken = languages.declared(root)
    except ProblemsError:
        return
    stopped = max(spoken.index(languages.of_page(place, spoken)) for problem in found for place in problem.places)
    for language in spoken[stopped + 1 :]:
        try:
            yield from run_sphinx(root, work / language, "dummy", language=language, draft=True, **edition).problems
        except ProblemsError as error:
            yield from error.problems


def _last_build(note: Path) -> dict:
    """The inputs and results of the last build of this edition; empty when unknown."""
    try:
        return json.loads(note.read_text())
    except (OSError, ValueError):
        return {}


@one_at_a_time
def check(root: Path, *, tell: Callable[[str], None] = lambda _: None, **edition: Any) -> Report:
    """Read the book without writing a page; return every number and statement, and all problems."""
    # Not in the draft's folder: pages that were read here would never be written there.
    work = root / "_build" / ".wavebook" / f"{_name(edition, draft=True)}-check"
    report = make_pages(root, work, "dummy", draft=True, tell=tell, **edition)
    report.turned = turned(report)
    return report


def _name(edition: dict[str, Any], draft: bool) -> str:
    """The folder in which an edition is made; raises ProblemsError (W501) for all but names and keys of waves."""
    asked = {name: str(value) for name, value in edition.items() if value is not None}
    action = "Write it as data/indicators.toml does."
    raise_all(
        Problem("W501", f"edition {part[:100]!r}", "is not known", action)
        for part in asked.values()
        if not re.fullmatch(r"\w[\w-]{0,99}(=\w{1,100})?", part)
    )
    return "-".join(["edition", *(f"{name}={value}" for name, value in asked.items()), *(["draft"] if draft else [])])


def turned(report: Report) -> list[Problem]:
    """Notices of the sentences that hold since the baseline, and of which the opposite holds since the wave before.

    What is said in several places or languages by the same figures is one notice, with each of these places.
    """
    shown = (record for noted in report.records.values() for record in noted if not record.left_out)
    found = dict.fromkeys(record.notice for record in shown if record.notice)
    return grouped(replace(n, because=(Problem(n.code, "book", n.parts[1], n.action),)) for n in found)


def listing(report: Report) -> str:
    """Every claim and number of the book with page, line, verdict and the figures behind it."""
    lines = []
    for page, noted in report.records.items():
        for record in sorted(noted, key=lambda r: r.line):
            if record.kind in ("figures", "facts", "waves", "notes", "claims", "fixed", "statement"):
                continue
            what = f"{{{record.kind}}}`{record.text}`" if record.kind != "claim" else f"#{record.text}"
            verdict = "left out" if record.left_out else record.outcome or ("wrong" if record.problem else "")
            behind = " ".join(record.keys) or "-"
            shown = json.dumps(record.shown, ensure_ascii=False)
            lines.append(f"{page}:{record.line}  {verdict or 'live':10}  {what}  {shown}  [{behind}]")
    return "\n".join(lines)


def claim_table(report: Report) -> str:
    """Every statement of the book for a reviewer, as a table in Markdown.

    The sentence and its place, its test in words, the figures that the test looked at and the unknown ones it is about,
    the basis of the errors, and the verdict. A statement that rests on a source alone is listed as such.
    """
    rows = []
    for page, noted in report.records.items():
        language = languages.of_page(page, tuple(report.claims)) if report.claims else ""
        for record in sorted(noted, key=lambda record: record.line):
            place = f"{page}:{record.line}"
            if record.kind == "reported":
                rows.append([place, record.shown, "", record.text.replace(",", ", "), "reported", "not tested"])
            elif record.kind == "claim":
                verdict = report.claims.get(language, {}).get(record.text, {})
                covers = " ".join([*record.keys, *verdict.get("facts", ())])
                if absent := verdict.get("absent"):
                    covers += f" (not known: {' '.join(absent)})"
                outcome = f"left out: {record.outcome}" if record.left_out else record.outcome
                if verdict.get("recent") and (verdict["now"] or record.notice):
                    outcome += f"; against {verdict['recent']['since']}: {verdict['recent']['outcome']}"
                said = verdict.get("said", record.reason)
                basis = "" if record.outcome == "open" and not record.keys else verdict.get("basis", "")
                rows.append([place, record.shown, said, covers, basis, outcome])
    head = ["place", "sentence", "test", "figures", "basis", "verdict"]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)
