"""Texts in a file that says it holds UTF-8 and does not everywhere: which are spoilt, and how they are meant.

SPSS cuts a text at the width of its column, within a letter if need be, and tools put texts of another encoding among
those in UTF-8. Whatever else is in the file is sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_SHORTEST_CUT = 40  # bytes: a shorter text was not cut at the width of a column of labels
_KEYED = (
    *("column_names_to_labels", "readstat_variable_types", "original_variable_types", "variable_value_labels"),
    *("missing_ranges", "variable_storage_width", "variable_display_width", "variable_measure"),
)


def is_utf8(latin: str) -> bool:
    """Tell of a text that was read as Latin-1 whether its bytes are UTF-8."""
    return _wrong(latin) is None


def _wrong(latin: str) -> UnicodeDecodeError | None:
    try:
        latin.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError as error:
        return error
    except UnicodeEncodeError:  # it was no Latin-1
        return UnicodeDecodeError("utf-8", b"", 0, 0, "no bytes")
    return None


def _is_cut(latin: str) -> bool:
    """Tell whether a text ends within a letter, and is long enough to have been cut there."""
    wrong = _wrong(latin)
    return wrong is not None and wrong.reason == "unexpected end of data" and len(latin) >= _SHORTEST_CUT


def mended(latin: str) -> str:
    """The text that bytes read as Latin-1 stand for: UTF-8 without a letter that was cut, else Windows-1252."""
    wrong = _wrong(latin)
    if wrong is not None and not latin.isascii() and wrong.object:
        if wrong.reason == "unexpected end of data" and len(latin) >= _SHORTEST_CUT:
            return latin[: wrong.start].encode("latin-1").decode("utf-8")
        return wrong.object.decode("cp1252", errors="replace")
    return latin if wrong else latin.encode("latin-1").decode("utf-8")


def words(meta: Any) -> Iterator[str]:
    """All texts of a file's dictionary."""
    yield from meta.column_names
    yield from filter(None, [*meta.column_labels, *(meta.notes or ()), meta.file_label])
    for labels in meta.variable_value_labels.values():
        yield from labels.values()
    yield from (item["label"] for item in meta.mr_sets.values())


def spoilt_here_and_there(latin: Any) -> bool:
    """Tell whether a dictionary, read as Latin-1, is in UTF-8 but for single texts, and not in another encoding."""
    texts = [text for text in words(latin) if not text.isascii()]
    wrong = [text for text in texts if not is_utf8(text)]
    return bool(wrong) and (len(wrong) < len(texts) or all(map(_is_cut, wrong)))


def spoilt_columns(latin: Any) -> set[str]:
    """The columns whose name, question or labels are not in UTF-8, by their mended names."""
    return {
        mended(name)
        for name in latin.column_names
        if not all(
            map(
                is_utf8,
                (
                    name,
                    latin.column_names_to_labels[name] or "",
                    *latin.variable_value_labels.get(name, {}).values(),
                ),
            )
        )
    }


def mend(latin: Any) -> Any:
    """A dictionary that was read as Latin-1, with all its texts mended."""
    latin.column_names = [*map(mended, latin.column_names)]
    for attribute in _KEYED:
        found: Mapping[str, Any] = getattr(latin, attribute)
        setattr(latin, attribute, {mended(name): value for name, value in found.items()})
    labels = latin.column_names_to_labels
    latin.column_names_to_labels = {name: mended(label) if label else label for name, label in labels.items()}
    latin.variable_value_labels = {
        name: {_code(code): mended(label) for code, label in codes.items()}
        for name, codes in latin.variable_value_labels.items()
    }
    latin.mr_sets = {
        mended(name): {**item, "label": mended(item["label"]), "variable_list": [*map(mended, item["variable_list"])]}
        for name, item in latin.mr_sets.items()
    }
    latin.notes = [*map(mended, latin.notes or ())]
    latin.file_label = mended(latin.file_label) if latin.file_label else latin.file_label
    return latin


def _code(code: float | str) -> float | str:
    return mended(code) if isinstance(code, str) else code
