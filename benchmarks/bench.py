"""The bench of one part: where it works, what it measured so far, and copies of the book to build and to change."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from measure import Cost, command, load

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCES = ("book", "data", "notebooks", "_config.yml", "_toc.yml", "requirements.txt")


@dataclass
class Bench:
    """A folder of the part's own, how many rounds, and costs by name, one a round."""

    folder: Path
    env: dict[str, str]
    rounds: int = 1
    quick: bool = False  # little of everything, to see that it works
    people: int = 1_000_000  # respondents in the largest sample
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)

    def note(self, name: str, cost: Cost) -> None:
        """Keep a measurement and show it."""
        self.costs.setdefault(name, []).append(cost)
        self.loads.append(load())
        print(f"{name:42} {cost.wall:7.2f} s wall {cost.cpu:7.2f} s cpu   load {load():.1f}", flush=True)

    def taken(self) -> dict[str, list[dict[str, float]]]:
        """The costs in a form that can be kept; ``costs`` reads them."""
        return {name: [asdict(cost) for cost in costs] for name, costs in self.costs.items()}

    def wavebook(self, root: Path, *arguments: str) -> Cost:
        """What `wavebook build` costs."""
        return command(["wavebook", "build", *arguments], root, self.env)

    def book(self, name: str = "book") -> Path:
        """A copy of the book's sources, without anything made."""
        root = self.folder / name
        root.mkdir(parents=True)
        for source in SOURCES:
            if (ROOT / source).is_dir():
                left_out = shutil.ignore_patterns("responses", "published", ".ipynb_checkpoints")  # figures are changed
                shutil.copytree(ROOT / source, root / source, ignore=left_out)
            else:
                shutil.copy2(ROOT / source, root / source)
        clean(root)
        return root


def costs(taken: dict[str, Iterable[dict[str, float]]]) -> dict[str, list[Cost]]:
    """Costs by name, from what ``Bench.taken`` gave."""
    return {name: [Cost(**cost) for cost in found] for name, found in taken.items()}


def clean(root: Path) -> None:
    """Forget all that was made."""
    for made in ("_build", "book/notebooks", "book/en/notebooks", "notebooks/notebooks"):
        shutil.rmtree(root / made, ignore_errors=True)


def change(path: Path, old: str, new: str) -> None:
    """Replace the first ``old``; a change that changes nothing would measure nothing."""
    text = path.read_text(encoding="utf-8")
    if old not in text or old == new:
        raise SystemExit(f"{path.name} no longer holds {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
