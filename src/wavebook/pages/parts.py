"""HTML of parts of pages, from a template of the theme: all values are text and escaped, unless they are Markup."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup

from wavebook.core.files import THEME
from wavebook.language import wording


@cache
def _templates() -> Environment:
    """The theme's templates, each compiled once for all pages."""
    found = Environment(loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined)
    found.filters["ended"] = wording.ended
    return found


@cache
def _parts() -> TemplateModule:
    return _templates().get_template("parts.html").module


def part(name: str, *values: object) -> Markup:
    """One part: the macro of that name in theme/parts.html, given these values."""
    return getattr(_parts(), name)(*values)


def whole(name: str, **values: object) -> str:
    """A whole page that Sphinx has no part in: the theme's template of that name, given these values."""
    return _templates().get_template(name).render(**values)
