"""The pages of a book in every one of its languages: one run of Sphinx after the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wavebook.core.beside import Beside
from wavebook.core.problems import ProblemsError
from wavebook.site.settings import source
from wavebook.site.sphinx import Report, run_sphinx

if TYPE_CHECKING:
    from wavebook.figures import Figures
    from wavebook.runs.execute import Results


def has_english(root: Path) -> bool:
    """Tell whether the book has pages in English."""
    return (root / "book" / "en" / "index.md").is_file()


def make_pages(
    root: Path,
    work: Path,
    builder: str,
    *,
    outdir: Path | None = None,
    archive: dict | None = None,
    tell: Callable[[str], None] = lambda _: None,
    halfway: Callable[[], None] | None = None,
    **edition: Any,
) -> Report:
    """Make the Dutch pages, then the English ones in a folder en below them; ``builder`` is html or dummy.

    The Dutch notebooks run while Sphinx is imported, the English ones while the Dutch pages are made. ``halfway`` is
    called between the two: somebody then waits for the Dutch pages, so the English notebooks wait for them too.
    Any error ends the runs under way. See ``run_sphinx`` for the rest.

    Raises ProblemsError when Sphinx cannot go on in one of the languages, with the problems up to that point.
    """
    # Imported here, while the helpers of notebooks start: half a second, and none when the site is as it was.
    from wavebook import figures
    from wavebook.runs import execute

    out, found, results = outdir or work / builder, None, {}
    with ExitStack() as stack:
        if "among" not in (archive or {}):  # one of many editions has one processor, and may have no threads
            asked = {n: value for n, value in edition.items() if n in execute.PARAMETERS and value is not None}
            found = figures.load(root, language="nl", **asked)
            results = _begin(stack, root, found, tell, ahead=halfway is None)
        beside = stack.enter_context(Beside())
        run = {"archive": archive, "tell": tell, "beside": beside, **edition}
        report = run_sphinx(root, work, builder, outdir=out, found=found, results=results.get("nl"), **run)
        if halfway:
            halfway()
        try:
            english = make_english(root, work, builder, out, results=results.get("en"), **run)
        except ProblemsError as error:
            raise ProblemsError([*error.problems, *report.problems]) from None
    if english:
        report.add(english)
    return report


def make_english(root: Path, work: Path, builder: str, out: Path, **run: Any) -> Report | None:
    """Make the English pages in the folder en of the Dutch site ``out``; None when the book has none.

    Raises ProblemsError as ``run_sphinx`` does.
    """
    if not has_english(root):
        shutil.rmtree(out / "en", ignore_errors=True)  # from a build when there were English pages
        return None
    try:
        return run_sphinx(root, work / "en", builder, language="en", outdir=out / "en", **run)
    finally:
        # myst-nb keeps its copies of the notebooks beside the folder it writes in: here that is the site.
        shutil.rmtree(out / "jupyter_execute", ignore_errors=True)


def _begin(
    stack: ExitStack, root: Path, found: Figures, tell: Callable[[str], None], *, ahead: bool
) -> dict[str, Future[Results]]:
    """Let the notebooks run in a thread, until ``stack`` is left: the Dutch ones, then, if ``ahead``, the English."""
    from wavebook.runs import execute
    from wavebook.runs.under_way import UnderWay

    pool, under_way = ThreadPoolExecutor(1), UnderWay()
    stack.callback(pool.shutdown, cancel_futures=True)
    stack.callback(under_way.end)  # before the thread is waited for; where nothing was raised, all are done
    run = partial(execute.run_notebooks, root, under_way=under_way)
    given, shown = execute.parameters_of(found), source(root, "nl") / "notebooks"
    begun = {"nl": pool.submit(run, given, pages=shown, tell=tell)}
    if ahead and has_english(root):
        shown = source(root, "en") / "notebooks"
        begun["en"] = pool.submit(run, {**given, "language": "en"}, pages=shown)
    return begun
