"""The pages of a book in every one of its languages: one run of Sphinx after the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wavebook.core import memory
from wavebook.core.beside import Beside
from wavebook.core.languages import declared, shipped, source
from wavebook.core.problems import ProblemsError
from wavebook.core.units import Language
from wavebook.site.sphinx import Report, run_sphinx

if TYPE_CHECKING:
    from wavebook.figures import Figures
    from wavebook.runs.execute import Results


def make_pages(
    root: Path,
    work: Path,
    builder: str,
    *,
    outdir: Path | None = None,
    archive: dict | None = None,
    languages: tuple[Language, ...] = (),
    tell: Callable[[str], None] = lambda _: None,
    halfway: Callable[[], None] | None = None,
    **edition: Any,
) -> Report:
    """Make the pages in the language of the root, then those in each other, in a folder of its own below them.

    ``builder`` is html or dummy; ``languages`` are all that the book declares, unless given.

    The notebooks of the root run while Sphinx is imported, those of another language while pages are made. ``halfway``
    is called after the root's pages: somebody then waits for these, so the other notebooks wait for them too. Any error
    ends the runs under way. See ``run_sphinx`` for the rest.

    Raises ProblemsError when Sphinx cannot go on in one of the languages, with the problems up to that point. In a
    draft only those of the root stop it: another language then keeps the pages that it had.
    """
    memory.need(memory.PAGES)
    # Imported here, while the helpers of notebooks start: half a second, and none when the site is as it was.
    from wavebook import figures
    from wavebook.runs import execute

    first, *others = languages or declared(root)
    out, found, results = outdir or work / builder, None, {}
    with ExitStack() as stack:
        if "among" not in (archive or {}):  # one of many editions has one processor, and may have no threads
            asked = {n: value for n, value in edition.items() if n in execute.PARAMETERS and value is not None}
            found = figures.load(root, language=first, **asked)
            results = _begin(stack, root, found, tell, [first] if halfway else [first, *others])
        beside = stack.enter_context(Beside())
        run = {"archive": archive, "tell": tell, "beside": beside, **edition}
        report = run_sphinx(
            root, work, builder, language=first, outdir=out, found=found, results=results.get(first), **run
        )
        if halfway:
            halfway()
        clear(out, declared(root))
        for language in others:
            try:
                made = make_below(root, work, builder, out, language, results=results.get(language), **run)
            except ProblemsError as error:
                if not edition.get("draft"):
                    raise ProblemsError([*error.problems, *report.problems]) from None
                report.problems += error.problems
                continue
            report.add(made, language)
    return report


def clear(out: Path, languages: tuple[Language, ...]) -> None:
    """Remove the pages in languages that are not the book's any more from the site ``out``."""
    for language in set(shipped()) - set(languages[1:]):
        shutil.rmtree(out / language, ignore_errors=True)


def make_below(root: Path, work: Path, builder: str, out: Path, language: Language, **run: Any) -> Report:
    """Make the pages in a language other than the root's, in its own folder of the site ``out``.

    Raises ProblemsError as ``run_sphinx`` does.
    """
    try:
        return run_sphinx(root, work / language, builder, language=language, outdir=out / language, **run)
    finally:
        # myst-nb keeps its copies of the notebooks beside the folder it writes in: here that is the site.
        shutil.rmtree(out / "jupyter_execute", ignore_errors=True)


def _begin(
    stack: ExitStack, root: Path, found: Figures, tell: Callable[[str], None], languages: list[Language]
) -> dict[Language, Future[Results]]:
    """Let the notebooks run in a thread, until ``stack`` is left, in one language after the other."""
    from wavebook.runs import execute
    from wavebook.runs.under_way import UnderWay

    pool, under_way = ThreadPoolExecutor(1), UnderWay()
    stack.callback(pool.shutdown, cancel_futures=True)
    stack.callback(under_way.end)  # before the thread is waited for; where nothing was raised, all are done
    run = partial(execute.run_notebooks, root, under_way=under_way)
    begun = {}
    for language in languages:
        given = {**execute.parameters_of(found), "language": language}
        told = tell if language == languages[0] else lambda _: None
        begun[language] = pool.submit(run, given, pages=source(root, language) / "notebooks", tell=told)
    return begun
