"""YAML, in which a book's settings and the tops of its pages are written: read safely, and in bounded time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wavebook.core.unseen import unseen

if TYPE_CHECKING:
    from yaml.events import Event

_DEEPEST = 50  # the time to read it grows with its square
_MOST = 20_000  # keys, values and lists: a table of contents of five thousand pages


def parse(text: str) -> object:
    """Read YAML as plain values.

    Raises ValueError where it cannot be read, is nested too deep or holds too much, where a text holds a character that
    nobody sees, where a key stands twice, and where one thing stands for another (*name): a few lines of those can fill
    the memory.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML can be built without libyaml
    within: list[_Mapping | None] = []  # the mappings and lists that are open
    try:
        nodes = 0
        for event in yaml.parse(text, loader):
            nodes += isinstance(event, yaml.NodeEvent)
            if nodes > _MOST:
                raise ValueError(f"it holds more than {_MOST:,} keys and values: line {_line(event)} has one more")
            if isinstance(event, yaml.NodeEvent) and within and (holder := within[-1]):
                holder.meet(event.value if isinstance(event, yaml.ScalarEvent) else None, _line(event))
            if isinstance(event, yaml.CollectionStartEvent):
                within.append(_Mapping() if isinstance(event, yaml.MappingStartEvent) else None)
            elif isinstance(event, yaml.CollectionEndEvent):
                within.pop()
            if len(within) > _DEEPEST:
                raise ValueError(f"line {_line(event)} is nested too deep")
            if isinstance(event, yaml.ScalarEvent) and (found := unseen(event.value)):
                raise ValueError(f"line {_line(event)} holds {found.said}")
            if isinstance(event, yaml.AliasEvent):
                raise ValueError(f"line {_line(event)} refers to something else by *{event.anchor}")
        return yaml.load(text, loader)  # one of the two safe ones
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error)) from None


class _Mapping:
    """The keys of a mapping that is being read: YAML keeps the last of two, and says nothing."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.is_key = False

    def meet(self, text: str | None, line: int) -> None:
        """Take the next key or value; raises ValueError for a key that was there."""
        self.is_key = not self.is_key
        if self.is_key and text is not None:
            if text in self.keys:
                raise ValueError(f"line {line} has {text} for the second time")
            self.keys.add(text)


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
