"""Every table of a wave that was public, and the numbers behind it: readers may have kept them all.

The history lies beside the respondents, as it holds the numbers that were hidden. Without it, only the table in
data/figures/ is known, and a revision is judged against that one alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
from scipy.optimize import linprog

from wavebook.core.problems import Problem, fail
from wavebook.figures import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, Key
from wavebook.survey.disclosure.groups import Nesting, links
from wavebook.survey.disclosure.rules import Settings

_BEHIND = ["n_cell", "weight", "answers", "squares", "printed", "half"]
_ALL = ["edition", "public", *COLUMNS, "why", *_BEHIND]


@dataclass(frozen=True)
class History:
    """All editions of a wave's table, oldest first, with the hidden numbers and a number for each (``edition``)."""

    rows: pd.DataFrame

    @classmethod
    def read(cls, path: Path, population: str = "") -> History:
        """The history in the report of a wave's last estimate; empty if there is none.

        ``population`` is another name for that of all respondents, which older reports have.

        Raises ProblemsError (W192) for anything but a history.
        """
        none = cls(pd.DataFrame(columns=_ALL))
        if not path.is_file():
            return none
        text = [*KEY_COLUMNS, "unit", "status", "source", "locator", "why"]
        kinds = {name: str if name in text else float for name in [*text, *NUMBER_COLUMNS, *_BEHIND]}
        try:
            if not (kept := json.loads(path.read_bytes()).get("editions")):
                return none
            rows = pd.read_csv(io.StringIO(kept), dtype=kinds)
            rows = rows[_ALL].fillna(dict.fromkeys(text, "")).astype({"edition": int, "public": int})
        except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
            action = "Restore it; if it is lost, remove it, and only the present table counts as known to readers."
            fail(Problem("W192", f"data/responses/{path.name}", "is not as wavebook wrote it", action))
        return cls(rows.replace({"population": {population: ""}}) if population else rows)

    @property
    def public(self) -> pd.DataFrame:
        """The editions that were certainly public: the newest may have become so since."""
        return self.rows[self.rows["public"] == 1]

    def looks(self, *, published: bool, changed: bool) -> int:
        """The number of editions that will have been public; ``published``: one is now, which ``changed`` or not."""
        known = self.public["edition"].nunique()
        unmarked = len(self.rows) and not self.last["public"].all()
        return max(known + bool(published and (unmarked or not known)) + (changed or not published), 1)

    @property
    def last(self) -> pd.DataFrame:
        """The newest edition."""
        return self.rows[self.rows["edition"] == self.rows["edition"].max()]

    def behind(self, table: pd.DataFrame) -> pd.DataFrame | None:
        """The newest edition that printed the figures of a public table; None when there is none."""
        shown = table[table["status"].ne("suppressed")].set_index(KEY_COLUMNS)["value"]
        for number in sorted(set(self.rows["edition"]), reverse=True):
            rows = self.rows[self.rows["edition"] == number]
            printed = rows.set_index(KEY_COLUMNS)["printed"].dropna()
            if printed.index.isin(shown.index).all() and np.array_equal(shown.reindex(printed.index), printed):
                return rows
        return None

    def known(self, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
        """The figures shown at any time, as last shown, with weights on the scale of the table ``after`` it.

        ``before`` is the table that is public now.
        """
        if not len(self.rows):
            return before
        rows = pd.concat([self.rows, before])
        rows = rows[rows["status"].ne("suppressed")].drop_duplicates(KEY_COLUMNS, keep="last")
        # the newest edition knows more of a row than the public table does
        more = self.last.set_index(KEY_COLUMNS)
        at = pd.MultiIndex.from_frame(rows[KEY_COLUMNS])
        for name in ("n_cell", "weight"):
            rows = rows.assign(**{name: rows[name].fillna(more[name].reindex(at).set_axis(rows.index))})
        if "weight" not in after:
            return rows.drop(columns="weight")
        scale = rows["n"].sum() / rows["weight"].sum() * after["weight"].sum() / after["n"].sum()
        return rows.assign(weight=rows["weight"] * scale)

    def editions(self, newest: pd.DataFrame) -> list[pd.DataFrame]:
        """All editions one by one, and ``newest`` after them."""
        return [*(rows for _, rows in self.rows.groupby("edition")), newest]

    def with_edition(self, table: pd.DataFrame, *, published: bool) -> str:
        """The history with one more edition, as text for the report.

        It is public if the wave is ``published``; a draft takes the place of an earlier one.
        """
        new, rows = table.reindex(columns=_ALL[2:]), self.rows
        if not published:
            rows = rows[rows["public"] == 1]
        elif len(rows) and _same(self.last[_ALL[2:]], new):
            rows, new = rows.assign(public=1), new.iloc[:0]
        else:
            rows = rows.assign(public=1)
        number = int(rows["edition"].max()) + 1 if len(rows) else 1
        parts = [part for part in (rows, new.assign(edition=number, public=int(published))) if len(part)]
        text = io.StringIO()
        pd.concat(parts)[_ALL].to_csv(text, index=False, lineterminator="\n", float_format="%.10g")
        return text.getvalue()


def _same(one: pd.DataFrame, two: pd.DataFrame) -> bool:
    one, two = (t.sort_values(KEY_COLUMNS, ignore_index=True) for t in (one, two))
    names = ["printed", "n", "status"]
    return one[KEY_COLUMNS].equals(two[KEY_COLUMNS]) and one[names].equals(two[names])


def fingerprint(table: pd.DataFrame, frame: pl.LazyFrame, columns: Iterable[str]) -> pd.DataFrame:
    """The table with the unweighted sums of all answers and their squares, in the rows of everyone."""
    columns = list(columns)
    y = {name: pl.col(name).cast(pl.Float64) for name in columns}
    sums = {f"{n}:answers": y[n].sum() for n in columns} | {f"{n}:squares": (y[n] * y[n]).sum() for n in columns}
    (row,) = frame.select(**sums).collect(engine="streaming").rows(named=True)
    everyone = table["population"].eq("") & table["segment_by"].eq("")
    names = [Key(*key).name for key in table[KEY_COLUMNS].itertuples(index=False)]
    found = {
        s: [row.get(f"{n}:{s}") if e else None for n, e in zip(names, everyone, strict=True)]
        for s in ("answers", "squares")
    }
    return table.assign(**{name: pd.Series(values, table.index, dtype=float) for name, values in found.items()})


def anew(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Tell whether two editions rest on the same answers of the same respondents, weighted anew.

    That is so if sizes of all groups, unweighted counts, and sums of all answers and their squares agree.
    """
    both = before.merge(after, on=KEY_COLUMNS, suffixes=("", "_after"))
    if not len(both) or len(both) != len(after):
        return False
    for name in ("n", "n_cell", "answers", "squares"):
        one, two = both[name].to_numpy(float), both[f"{name}_after"].to_numpy(float)
        if not np.allclose(one, two, rtol=1e-9, equal_nan=True):
            return False
    weights = both[["weight", "weight_after"]].to_numpy(float)
    if np.isnan(weights).all():
        return False
    if np.isnan(weights).any(axis=0).any():
        return True  # there are weights now, or there were
    share = weights / weights.max(axis=0)
    return not np.allclose(share[:, 0], share[:, 1], rtol=1e-8)


def reweighed(editions: list[pd.DataFrame], settings: Settings, within: Nesting, place: str) -> Iterator[Problem]:
    """Hidden figures that follow from several tables of the same respondents, each weighted differently (W191).

    Each whole that is shown gives one equation in the figures of its hidden parts, with other weights; two tables give
    two. An attacker knows the weight of each group from the margins, and takes the figures of the parts as unchanged.
    ``editions`` have all estimates, ``weight``, ``why`` (empty where a figure may be shown by itself), what was
    ``printed``, and the ``half`` width of its rounding.
    """
    newest = editions[-1].reset_index(drop=True)
    keys = [Key(*key) for key in newest[KEY_COLUMNS].itertuples(index=False)]
    others = [newest[KEY_COLUMNS].merge(edition, how="left", on=KEY_COLUMNS) for edition in editions[:-1]]
    tables = [*others, newest]
    for whole, parts, *_ in links(keys, newest["n"].to_numpy(float), within):
        hidden = [p for p in parts if newest["printed"].isna()[p] and newest["why"][p]]
        for target in hidden:
            if (reach := _reach(tables, whole, parts, target)) is not None:
                unit = newest["unit"][target]
                scale = unit.high - unit.low if unit.is_bounded else newest["value"].max()
                if reach < settings.protection_range / 100 * scale * (1 - 1e-6):
                    found = f"{keys[target]} can be computed from this table and those that it replaces"
                    action = "Leave the margins as they were, or weight the next wave in the new way."
                    yield Problem("W191", place, f"{found}, as the same respondents are weighted anew", action)


def _reach(tables: list[pd.DataFrame], whole: int, parts: list[int], target: int) -> float | None:
    """The distance of an attacker's bounds on a hidden part; None if the tables do not give him two equations."""
    printed_last = pd.concat([table["printed"] for table in reversed(tables)], axis=1).bfill(axis=1)
    seen = np.asarray(printed_last.iloc[:, 0], float)
    open_ = [p for p in parts if np.isnan(seen[p])]
    unit = tables[-1]["unit"][whole]
    ends = unit.scale if unit.is_bounded else (0, 10 * tables[-1]["value"].max())
    left, right, room = [], [], []
    rest = False
    for table in tables:
        weight, half = (table[name].to_numpy(float) for name in ("weight", "half"))
        printed = np.array(table["printed"].fillna(pd.Series(seen)), float)
        printed[whole] = table["printed"][whole]
        if np.isnan(printed[whole]) or np.isnan(weight[[whole, *parts]]).any():
            continue
        shown = [p for p in parts if p not in open_]
        outside = weight[whole] - weight[parts].sum()
        rest = rest or outside > 1e-9 * weight[whole]
        left.append([*weight[open_], outside])
        right.append(weight[whole] * printed[whole] - weight[shown] @ printed[shown])
        drift = (table["value"] - tables[-1]["value"]).abs().to_numpy(float)
        room.append(
            weight[whole] * half[whole] + weight[shown] @ half[shown] + weight[open_] @ np.nan_to_num(drift[open_])
        )
    if len(left) < 2:
        return None
    a, b = np.array(left), np.array(right)
    scale = np.abs(a).max(axis=1)
    a, b, width = a / scale[:, None], b / scale, np.array(room) / scale + 1e-9
    if np.linalg.matrix_rank(np.column_stack([a, b]), tol=1e-6) < 2:
        return None
    aim = np.zeros(a.shape[1])
    aim[open_.index(target)] = 1
    found = [
        linprog(sign * aim, A_ub=np.vstack([a, -a]), b_ub=np.concatenate([b + width, width - b]), bounds=ends)
        for sign in (1, -1)
    ]
    return None if any(f.status != 0 for f in found) else -found[1].fun - found[0].fun
