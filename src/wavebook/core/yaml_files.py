"""YAML as a book's settings and the tops of its pages are written in: read safely, in time that has an end."""

from __future__ import annotations

_DEEPEST = 50  # the time that reading takes grows with the square of it


def parse(text: str) -> object:
    """What YAML says.

    Raises ValueError where it cannot be read, or stands too deep inside other things; and where one thing stands for
    another (*name): a few lines of those can fill the memory.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML can be built without libyaml
    depth = 0
    try:
        for event in yaml.parse(text, loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise ValueError(f"line {event.start_mark.line + 1} stands too deep inside other things")
            if isinstance(event, yaml.AliasEvent):
                raise ValueError(f"line {event.start_mark.line + 1} refers to something else by *{event.anchor}")
        return yaml.load(text, loader)  # one of the two safe ones
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error)) from None
