"""HTML of parts of pages, from a template of the theme: all values are text and escaped, unless they are Markup."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup

from wavebook.core.files import THEME


@cache
def _parts() -> TemplateModule:
    """The template, compiled once for all pages."""
    loader = FileSystemLoader(THEME)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("parts.html").module


def part(name: str, *values: object) -> Markup:
    """One part: the macro of that name in theme/parts.html, given these values."""
    return getattr(_parts(), name)(*values)
