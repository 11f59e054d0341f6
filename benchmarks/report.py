"""The report: tables, plots, the targets, and benchmarks/README.md put together from what was measured and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from measure import Cost, Spread


class Target(NamedTuple):
    """What was to be reached, what was, and whether that is enough."""

    work: str
    aim: str
    reached: str
    met: bool


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def wall(cost: Cost) -> float:
    return cost.wall


def cpu(cost: Cost) -> float:
    return cost.cpu


def spread(costs: list[Cost], of: Callable[[Cost], float] = wall, digits: int = 2) -> str:
    """Median and range of one kind of cost."""
    return Spread.of(map(of, costs)).text(digits)


def ratios(costs: list[Cost], others: list[Cost], of: Callable[[Cost], float] = wall) -> Spread:
    """How many times ``others`` are ``costs``, round by round."""
    return Spread.of(of(b) / of(a) for a, b in zip(costs, others, strict=True))


def lines(rows: list[dict], x: str, y: str, *, logarithmic: bool = False):
    """A chart of ``y`` by ``x`` with a line a route."""
    import altair as alt

    scale = alt.Scale(type="log") if logarithmic else alt.Scale(zero=True)
    return (
        alt.Chart(alt.Data(values=rows), width=480, height=260)
        .mark_line(point=True)
        .encode(
            x=alt.X(f"{x}:Q", scale=scale),
            y=alt.Y(f"{y}:Q", scale=scale),
            color=alt.Color("route:N", title=None),
            strokeDash=alt.StrokeDash("route:N", title=None),
        )
    )


def write(parts: dict[str, object], kept: dict[str, dict], folder: Path) -> str:
    """The report on every part in ``parts`` that something was kept of; plots are written into ``folder``."""
    sections, aimed = [], []
    for name, part in parts.items():
        if name not in kept:
            sections.append(f"## {name}\n\nNot measured yet: `benchmarks/run.py --only {name}`.")
            continue
        found = kept[name]["found"]
        sections.append(part.report(found))
        aimed += part.targets(found) if hasattr(part, "targets") else []
        for file, plot in (part.plots(found) if hasattr(part, "plots") else {}).items():
            plot.save(folder / f"{file}.svg")
    frame = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    return frame.format(targets=_targets(aimed), parts="\n\n".join(sections), measured=_measured(kept))


def _targets(aimed: list[Target]) -> str:
    rows = [[*target[:3], "yes" if target.met else "**no**"] for target in aimed]
    return table(["work", "to reach", "reached", ""], rows)


def _measured(kept: dict[str, dict]) -> str:
    rows = [
        [name, of["day"], of["machine"], str(of["rounds"]), f"{of['load']:.1f}", f"{of['minutes']:.0f}"]
        for name, of in kept.items()
    ]
    return table(["part", "day", "on", "rounds", "median load", "minutes"], rows)
