"""Build the book with Sphinx under Jupyter Book's configuration, so that readers see the old site or the new one."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wavebook import files, links, outputs
from wavebook.outputs import publish
from wavebook.problems import Problem, ProblemsError, raise_all
from wavebook.settings import settings, source


@dataclass
class Report:
    """What a build did: the edition's folder, notebooks that ran, pages written, why, and what is wrong."""

    output: Path | None = None
    ran: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    pages: int = 0
    problems: list[Problem] = field(default_factory=list)
    records: dict[str, list] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    claims: dict[str, dict[str, dict]] = field(default_factory=dict)  # the notebooks' verdicts, by language and name


def build(
    root: Path,
    *,
    output: Path | None = None,
    draft: bool = False,
    tell: Callable[[str], None] = lambda _: None,
    halfway: Callable[[], None] | None = None,
    **edition: object,
) -> Report:
    """Build the site of one edition into ``output`` (by default _build/html).

    The pages are made in a work folder under _build and put in place whole, by one exchange of folders. With
    ``halfway``, as a preview wants, the Dutch pages are put in place first, and then it is called; the English ones
    are those of before.

    Raises
    ------
    ProblemsError
        In a strict build, everything that is not true or not there, in both languages; the site in ``output``
        is untouched. Something in ``output`` that is no earlier site (W502).
    """
    output = output or root / "_build" / "html"
    output = outputs.chosen(root, output, what="a site", is_ours=outputs.is_site)
    return _build(root, output, draft, halfway, edition, tell=tell)


@files.one_at_a_time
def _build(
    root: Path,
    output: Path,
    draft: bool,
    halfway: Callable[[], None] | None,
    edition: dict[str, object],
    *,
    tell: Callable[[str], None],
) -> Report:
    raise_all(links.problems(root))
    work = root / "_build" / ".wavebook" / _name(edition, draft)
    made_from, note = files.digest(files.book(root)), work / "made-from.json"
    before = _last_build(note)
    if before.get("inputs") == made_from and before.get("site") == outputs.listing(output):
        why = {
            "everything": "kept: no file that the site is made from changed since the last build, and the site is there"
        }
        return Report(output=output, pages=before["pages"], why=why)

    runs_from = files.digest(files.runs(root))

    def show() -> None:
        publish(work / "html", output)
        halfway()

    try:
        if before.get("runs") != runs_from:
            _begin(root, tell, edition)
        report = run_sphinx(root, work, "html", draft=draft, tell=tell, halfway=halfway and show, **edition)
    except ProblemsError as error:
        # The English pages come after the Dutch ones; what is wrong with them is told in the same breath.
        english = has_english(root) and not any(p.place.startswith("book/en/") for p in error.problems)
        raise ProblemsError(
            [*error.problems, *_english_problems(root, edition)] if english else error.problems
        ) from None
    finally:
        from wavebook import execute

        execute.forget(root)
    if report.problems and not draft:
        raise ProblemsError(report.problems)
    publish(work / "html", output)
    # A draft's problems are told every time. What was saved meanwhile may be in some pages and not in others.
    if not report.problems and files.digest(files.book(root)) == made_from:
        made = {"inputs": made_from, "runs": runs_from, "site": outputs.listing(output), "pages": report.pages}
        note.write_text(json.dumps(made))
    report.output = output
    return report


def _begin(root: Path, tell: Callable[[str], None], edition: dict[str, object]) -> None:
    """Let the Dutch notebooks run while Sphinx is imported, and start before that what takes as long to start."""
    from wavebook import engine, renderer

    renderer.start()
    engine.start(files.notebooks(root))
    from wavebook import execute, figures

    found = figures.load(root, language="nl", **{name: value for name, value in edition.items() if value is not None})
    execute.begin(root, execute.parameters_of(found), pages=source(root, "nl") / "notebooks", tell=tell)


def _english_problems(root: Path, edition: dict[str, object]) -> Iterable[Problem]:
    work = root / "_build" / ".wavebook" / f"{_name(edition, draft=True)}-check"
    try:
        return run_sphinx(root, work, "dummy", language="en", draft=True, **edition).problems
    except ProblemsError as error:
        return error.problems


def _last_build(note: Path) -> dict:
    """What the last build of this edition was made from and made; empty when unknown."""
    try:
        return json.loads(note.read_text())
    except (OSError, ValueError):
        return {}


@files.one_at_a_time
def check(root: Path, *, tell: Callable[[str], None] = lambda _: None, **edition: object) -> Report:
    """Read the book without writing a page: every number and statement, and everything that is wrong."""
    # Apart from the draft's folder: pages that were read here would never be written there.
    work = root / "_build" / ".wavebook" / f"{_name(edition, draft=True)}-check"
    return run_sphinx(root, work, "dummy", draft=True, tell=tell, **edition)


def _name(edition: dict[str, object], draft: bool) -> str:
    """The folder in which an edition is made; raises ProblemsError (W501) for what is no name and no year."""
    parts = [str(value) for value in edition.values() if value is not None]
    action = "Write it as data/indicators.toml does."
    raise_all(
        Problem("W501", f"edition {part[:100]!r}", "is not known", action)
        for part in parts
        if not re.fullmatch(r"\w{1,100}(=\w{1,100})?", part)
    )
    return "-".join(["edition", *parts, *(["draft"] if draft else [])])


def has_english(root: Path) -> bool:
    """Whether the book has pages in English."""
    return (root / "book" / "en" / "index.md").is_file()


def run_sphinx(
    root: Path,
    work: Path,
    builder: str,
    *,
    language: str = "nl",
    draft: bool,
    outdir: Path | None = None,
    archive: dict | None = None,
    tell: Callable[[str], None] = lambda _: None,
    halfway: Callable[[], None] | None = None,
    **edition: object,
) -> Report:
    """Run Sphinx with the settings of _config.yml; ``builder`` is html or dummy.

    The Dutch run makes the English pages too, in a folder en below its own (see ``english``); ``halfway`` is called
    before. ``archive`` says what the pages should tell of other editions: {"place": "2014/"} for one that is frozen
    there, or {"editions": {2008: [page, ...]}} for the newest among these, {"among": "2014-theme-education/"} for one
    of many in a folder.

    Raises ProblemsError when Sphinx cannot go on, with what it said.
    """
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.console import nocolor
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from wavebook import enclosure, once, records, weave
    from wavebook.definitions import load_definitions

    if language == "nl":
        load_definitions(root)  # Sphinx's bibliography reads data/references.bib before an extension can check it
    once.freeze()
    overrides = {f"wavebook_{name}": value for name, value in edition.items() if value is not None}
    overrides |= {"wavebook_draft": draft, "wavebook_ahead": halfway is None}  # else somebody waits for the Dutch pages
    warnings = io.StringIO()
    tell(f"reading the pages ({language})")
    nocolor()  # what Sphinx says is collected here, so it must not colour its lines
    app = None
    with patch_docutils(), docutils_namespace(), _only_warnings(), enclosure.closed():
        try:
            app = Sphinx(
                srcdir=str(source(root, language)),
                confdir=None,
                outdir=str(outdir or work / builder),
                doctreedir=str(work / f"doctrees-{language}"),
                buildername=builder,
                confoverrides={**settings(root, language, archive), **overrides},
                status=None,
                warning=warnings,
                freshenv=False,
            )
            written: list[str] = []
            app.connect("html-page-context", lambda app, pagename, *_: written.append(pagename))
            if halfway:
                app.connect("build-finished", lambda app, error: error or halfway(), priority=850)
            app.build()
        except weave.UntrueError as error:
            raise ProblemsError([*error.problems, *_warned(app, warnings.getvalue(), root)]) from None
        except SphinxError as error:
            raise_all(enclosure.refused())
            if isinstance(cause := getattr(error, "orig_exc", None), OSError | MemoryError):
                raise cause from None  # in an extension: no mistake of the book
            if isinstance(cause, pickle.UnpicklingError | EOFError):
                action = "Remove that folder; it is made again."
                raise_all([Problem("W503", "_build/.wavebook", "what earlier builds kept there is damaged", action)])
            action = "See the message; CONTRIBUTING.md lists the settings."
            place = "_toc.yml" if re.search(r"\[etoc\]|master document", str(error)) else "_config.yml"
            raise_all([Problem("W503", place, str(error).strip().rstrip("."), action)])
        except (ProblemsError, MemoryError):
            raise
        except OSError:
            raise_all(enclosure.refused())
            raise
        except Exception as error:  # Sphinx and its parts raise what they like at pages and settings that are odd
            raise_all(enclosure.refused() or [_stopped(error, app)])
        found = weave.problems(app.env)
    env = app.env
    warned = _warned(app, warnings.getvalue(), root)
    weave.read_again(app, [root / place[0] for problem in warned if (place := re.match(r"[^,:]+", problem.place))])
    found += warned
    book = records.book_of(env)
    of_language = "" if language == "nl" else f"{language}/"
    why = {f"notebooks/{name}.ipynb ({language})": text for name, text in sorted(book.results.why.items())}
    for name in written:
        if name in env.found_docs:
            reason = book.why.get(
                name, "what it shows of another page changed: a title, a number or a place in the book"
            )
            why[f"{of_language}{name}.html"] = f"written: {reason}"
    report = Report(
        ran=list(book.results.ran),
        written=[name for name in written if name in env.found_docs],
        pages=len(env.found_docs),
        problems=found,
        records={records.source_of(env, name): noted for name, noted in sorted(records.records(env).items())},
        why=why,
        claims={language: book.results.claims},
    )
    if book.ahead is not None:
        report.ran += book.ahead.result().ran
    if book.english is not None:
        report.ran += book.english.ran
        report.written += [f"en/{name}" for name in book.english.written]
        report.pages += book.english.pages
        report.problems += book.english.problems
        report.records |= book.english.records
        report.why |= book.english.why
        report.claims |= book.english.claims
    return report


@contextlib.contextmanager
def _only_warnings() -> Iterator[None]:
    """Have nothing noted that nobody sees: Sphinx has thousands of lines that it would tell a terminal."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)


def _stopped(error: Exception, app) -> Problem:
    """What Sphinx raised, at the page that it was reading."""
    from wavebook import records

    page = app.env.temp_data.get("docname") if app is not None and app.env is not None else None
    place = records.source_of(app.env, page) if page else "_config.yml"
    if isinstance(error, RecursionError):
        found = "holds things too deep inside each other, or includes itself"
        return Problem("W503", place, found, "Write it flat, and include no page in itself.")
    action = "Undo the last change to a page or setting; if that does not help, report it."
    return Problem("W503", place, f"stops Sphinx with {type(error).__name__}: {error}".rstrip("."), action)


_TWICE = re.compile(r'Duplicate explicit target name: "([^"]+)"')


def _warned(app, warnings: str, root: Path) -> list[Problem]:
    """What Sphinx warned of, but for a claim that a page makes twice: its first sentence has the address."""
    from wavebook import records

    claims = records.book_of(app.env).results.claims if app is not None and app.env is not None else {}
    lines = [line for line in warnings.splitlines() if line.strip()]
    kept = [line for line in lines if not ((twice := _TWICE.search(line)) and twice[1] in claims)]
    return [_as_problem(line, root) for line in kept]


def _as_problem(warning: str, root: Path) -> Problem:
    """A warning of Sphinx as a problem: a broken link or reference is a hole in the book."""
    text = warning.replace(f"{root}{os.sep}", "")
    place, _, found = text.partition(": WARNING: ")
    if not found:
        place, found = "Sphinx", text.removeprefix("WARNING: ")
    path, _, line = place.rpartition(":")
    place = f"{path}, line {line}" if line.isdecimal() else place
    return Problem("W412", place, found.rstrip("."), "Mend it; a published book has no warnings.")


def listing(report: Report) -> str:
    """Every claim and number of the book with page, line, verdict and the figures behind it."""
    lines = []
    for page, noted in report.records.items():
        for record in sorted(noted, key=lambda r: r.line):
            if record.kind in ("figures", "facts", "waves", "claims", "fixed", "statement"):
                continue
            what = f"{{{record.kind}}}`{record.text}`" if record.kind != "claim" else f"#{record.text}"
            verdict = "left out" if record.left_out else record.outcome or ("wrong" if record.problem else "")
            behind = " ".join(record.keys) or "-"
            shown = json.dumps(record.shown, ensure_ascii=False)
            lines.append(f"{page}:{record.line}  {verdict or 'live':10}  {what}  {shown}  [{behind}]")
    return "\n".join(lines)


def claim_table(report: Report) -> str:
    """Every statement of the book for a reviewer, as a table in Markdown.

    The sentence and its place, its test in words, the figures that the test looked at and what it speaks of that is not
    known, what its errors rest on, and the verdict. What rests on a source alone is listed as such.
    """
    rows = []
    for page, noted in report.records.items():
        language = "en" if page.startswith("book/en/") else "nl"
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
                if verdict.get("recent") and verdict["now"]:
                    outcome += f"; against {verdict['recent']['since']}: {verdict['recent']['outcome']}"
                said = verdict.get("said", record.reason)
                basis = "" if record.outcome == "open" and not record.keys else verdict.get("basis", "")
                rows.append([place, record.shown, said, covers, basis, outcome])
    head = ["place", "sentence", "test", "figures", "basis", "verdict"]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)
