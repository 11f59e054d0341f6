"""A book of many times the same sections, under names of their own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml


def grow(root: Path, times: int) -> None:
    """Give the book in ``root`` each of its sections, notebook and page, ``times`` over; Dutch only."""
    shutil.rmtree(root / "book" / "en", ignore_errors=True)
    sections = [path.stem for path in sorted((root / "notebooks").glob("*.ipynb"))]
    for section in sections:
        for number in range(2, times + 1):
            _copy(root, section, number)
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    more = [f"{section}-{number}" for number in range(2, times + 1) for section in sections]
    chapters = [{"file": name} for section in more for name in (section, f"notebooks/{section}")]
    toc["parts"].append({"caption": "More", "chapters": chapters or [{"file": "index"}]})
    if chapters:
        (root / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")


def _copy(root: Path, section: str, number: int) -> None:
    notebook = (root / "notebooks" / f"{section}.ipynb").read_text(encoding="utf-8")
    page = (root / "book" / f"{section}.md").read_text(encoding="utf-8")
    charts = re.findall(r'charts\.\w+\(\\"([\w-]+)\\"', notebook)
    claims = re.findall(r'\\"([\w-]+)\\": [~(]*claims\.', notebook)
    for name in {*charts, *claims}:
        notebook = notebook.replace(f'\\"{name}\\"', f'\\"{name}-{number}\\"')
        page = re.sub(rf"(#|\{{chart\}} ){name}(?=[}}\n])", rf"\g<1>{name}-{number}", page)
    (root / "notebooks" / f"{section}-{number}.ipynb").write_text(notebook, encoding="utf-8")
    (root / "book" / f"{section}-{number}.md").write_text(page, encoding="utf-8")
