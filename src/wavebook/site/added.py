"""The files that an editor adds to the site as they are, by ``html_extra_path``."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from wavebook.core import marker
from wavebook.core.languages import shipped
from wavebook.core.problems import Problem

if TYPE_CHECKING:  # settings are read too where nothing is to be built
    from sphinx.application import Sphinx

_OURS = ("edition.json", "SHA256SUMS", "_modules", "genindex.html", "404.html", "search.html", "print.html")
_VERSIONS = (".git", ".hg", ".svn")  # of whoever puts the site somewhere
_FREE = ("robots.txt", "sitemap.xml")  # which are left out where an editor adds them


def files_in(pages: Path, places: Iterable[str]) -> set[str]:
    """The files in places that are named from the folder of the pages, by their names in the site."""
    found: set[str] = set()
    for place in (pages / name for name in places):
        inside = [path for path in place.rglob("*") if path.is_file()]
        found |= {path.relative_to(place).as_posix() for path in inside} if place.is_dir() else {place.name}
    return found


def files_of(app: Sphinx) -> set[str]:
    """The files that are added to a site, by their names there."""
    return files_in(Path(app.confdir), app.config.html_extra_path)


def at_top(app: Sphinx) -> set[str]:
    """What is added at the top of a site."""
    return {name.partition("/")[0] for name in files_of(app)}


def forget(app: Sphinx) -> None:
    """Remove what an editor added to an earlier site and adds no longer."""
    mark = marker.read(Path(app.outdir))
    for path in (Path(app.outdir, name) for name in (mark.added if mark else set()) - at_top(app)):
        if _is_ours(path.name):  # added by an earlier version, to what the site makes
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def taken(root: Path, pages: Path, places: Iterable[str]) -> Iterator[Problem]:
    """The files to be added that have the name of what the site itself makes, of which one would be lost (W537).

    The editions of published waves stand beside each other under the keys of these.
    """
    of_pages = {path.relative_to(pages).parts for kind in ("md", "ipynb") for path in pages.rglob(f"*.{kind}")}
    own = {f"{Path(parts[0]).stem}.html" if len(parts) == 1 else parts[0] for parts in of_pages}
    own |= {path.stem for path in (root / "data" / "figures").glob("*.csv")}
    own -= {Path(place).parts[0] for place in places if Path(place).parts}
    names = sorted(files_in(pages, places))
    if lost := [name for name in names if _is_ours(top := name.partition("/")[0]) or top in own]:
        found = f"would put in the site what it has itself: {', '.join(lost[:5])}"
        found += f" and {len(lost) - 5} more" if len(lost) > 5 else ""
        action = "Give them other names; what readers load of the look stands in book/_static/."
        yield Problem("W537", "_config.yml, html_extra_path", found, action)


def _is_ours(name: str) -> bool:
    """Tell whether the site, or a folder of editions, may have this at its top, whatever pages it has."""
    made = marker.Mark(marker.SITE).owns(name) and not name.endswith(".html")
    return name not in _FREE and (made or name in (*_OURS, *_VERSIONS, *shipped()))
