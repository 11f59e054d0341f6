"""Cells as they look, so that what a reader takes for one code is one: see ``core.alike``."""

from __future__ import annotations

import polars as pl

from wavebook.core.alike import BETWEEN, digits
from wavebook.core.unseen import FORMAT


def folded_cells(text: pl.Expr) -> pl.Expr:
    """``alike.folded`` for a column of texts, at little cost where all are of ASCII."""
    seen = text.str.replace_all(f"[{FORMAT}]", "").str.normalize("NFC").str.replace_many(digits())
    seen = seen.str.replace_all(r"[\p{Z}--\n\r\t]", " ").str.strip_chars()
    return pl.when(text.str.len_bytes() != text.str.len_chars()).then(seen).otherwise(text)


def looks(text: pl.Expr) -> pl.Expr:
    """``alike.look`` for a column of texts."""
    plain = text.str.normalize("NFKC").str.to_lowercase()
    for _ in range(2):  # a match does not begin within the one before
        plain = plain.str.replace_all(BETWEEN.pattern, "${1}x${2}")
    return plain.str.replace_all(r"[\W_]", "")
