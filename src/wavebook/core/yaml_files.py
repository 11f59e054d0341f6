"""YAML, in which a book's settings and the tops of its pages are written: read safely, and in bounded time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wavebook.core.unseen import unseen

if TYPE_CHECKING:
    from yaml.events import Event

_DEEPEST = 50  # the time to read it grows with its square


def parse(text: str) -> object:
    """Read YAML as plain values.

    Raises ValueError where it cannot be read or is nested too deep, where a text holds a character that nobody sees,
    and where one thing stands for another (*name): a few lines of those can fill the memory.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML can be built without libyaml
    depth = 0
    try:
        for event in yaml.parse(text, loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise ValueError(f"line {_line(event)} is nested too deep")
            if isinstance(event, yaml.ScalarEvent) and (found := unseen(event.value)):
                raise ValueError(f"line {_line(event)} holds {found.said}")
            if isinstance(event, yaml.AliasEvent):
                raise ValueError(f"line {_line(event)} refers to something else by *{event.anchor}")
        return yaml.load(text, loader)  # one of the two safe ones
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
