"""The look of the house for a chart that an editor made with Altair: its colours, type, notation and labels."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from typing import Any, NamedTuple

from wavebook.charts.foreign.coding import Vega, everywhere, marks_in
from wavebook.charts.foreign.scene import ROW
from wavebook.charts.foreign.specification import Spec
from wavebook.charts.marks import FONT, HUES
from wavebook.charts.theme import LINE, SIDES, SIZE, STEPS, colour, wrap
from wavebook.core.text import capital
from wavebook.definitions import Language
from wavebook.figures import Selection
from wavebook.language.wording import scale_name
from wavebook.language.words import words_in

_ON_RAMP = [colour(f"ramp-text-{step}") for step in range(1, STEPS + 1)]
_RAMP = [colour(f"ramp-{step}") for step in range(1, STEPS + 1)]
_SIDES = [colour(side) for side in SIDES]
_SHAPES = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
_RANGES = {"ramp": _RAMP, "heatmap": _RAMP, "ordinal": _RAMP, "diverging": _SIDES}
_LABEL = {"wide": 210, "narrow": 120}  # px of a label of an axis
_ENTRY = {"wide": 420, "narrow": 190}  # px of a name in a legend


class Look(NamedTuple):
    """What the look of a chart follows from: its language, its width, and the words for columns of ``Selection.frame``.

    A title that is the name of a column gives way to these words; to nothing where they are empty.
    """

    language: Language
    narrow: bool
    titles: Mapping[str, str]
    yearly: bool = True
    across: float = 0  # px for each name below a chart, where they need several lines


def look_of(selection: Selection, *, narrow: bool) -> Look:
    """The look of a chart of these figures."""
    language = selection.figures.language
    names = dict.fromkeys([*selection.frame.columns, ROW, "__count"], "")
    units = {scale_name(figure.unit, language) for figure in selection}
    names["value"] = capital(units.pop()) if len(units) == 1 else ""
    names |= {
        f"{what} of {name}": names[name] for name in [*names] for what in ("Sum", "Mean", "Average", "Max", "Min")
    }
    return Look(language, narrow, names, selection.figures.definitions.yearly)


def housed(spec: Spec, look: Look) -> Spec:
    """A specification in the look of the house, where its editor did not choose otherwise."""
    config = _merged(_config(look.language, narrow=look.narrow, yearly=look.yearly), spec.get("config") or {})
    config["background"] = "transparent"
    return {**_shaped(spec), "config": config}


def _shaped(spec: Spec) -> Spec:
    """Let points that differ in colour differ in shape too, for those who do not tell the colours apart."""
    spec = dict(spec)
    for together in ("layer", "concat", "hconcat", "vconcat"):
        if together in spec:
            spec[together] = [_shaped(child) for child in spec[together]]
    if isinstance(spec.get("spec"), dict):
        spec["spec"] = _shaped(spec["spec"])
    mark = spec.get("mark")
    kind = mark.get("type") if isinstance(mark, dict) else mark
    dotted = kind == "point" or (kind == "line" and isinstance(mark, dict) and mark.get("point"))
    encoding = spec.get("encoding") or {}
    colours: Any = encoding.get("color")
    named = isinstance(colours, dict) and "field" in colours and colours.get("type") in ("nominal", "ordinal")
    if dotted and named and "shape" not in encoding:
        shape = {name: colours[name] for name in ("field", "type", "title", "legend", "sort") if name in colours}
        if "domain" in (colours.get("scale") or {}):
            shape["scale"] = {"domain": colours["scale"]["domain"]}
        spec["encoding"] = {**encoding, "shape": shape}
    return spec


def _merged(house: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {**house, **own}
    return both | {
        name: _merged(house[name], own[name])
        for name in house.keys() & own.keys()
        if isinstance(house[name], Mapping) and isinstance(own[name], Mapping)
    }


def _config(language: Language, *, narrow: bool, yearly: bool) -> dict[str, Any]:
    text, muted, grid = colour("text"), colour("muted"), colour("grid")
    words = {"labelFontSize": SIZE, "titleFontSize": SIZE, "labelColor": text, "titleColor": text}
    plain = {"titleFontWeight": "normal", "labelLimit": 0, "titleLimit": 0}
    return {
        "font": FONT,
        "view": {"stroke": None, "continuousHeight": 260, "discreteHeight": {"step": 28}, "discreteWidth": 260},
        "axis": {
            **words,
            **plain,
            "gridColor": grid,
            "labelFlush": False,
            "domainColor": muted,
            "tickColor": muted,
            "labelFont": FONT,
        },
        "axisX": {"labelAngle": 0},
        "axisTemporal": {"grid": False, **({"tickCount": "year"} if yearly else {})},
        "axisBand": {"ticks": False, "labelPadding": 6},
        "legend": {
            **words,
            **plain,
            "orient": "top",
            "columns": 2 if narrow else 4,
            "symbolSize": 110,
            "gradientStrokeColor": muted,
        },
        "header": {**words, **plain},
        "title": {
            "fontSize": SIZE + 1,
            "color": text,
            "subtitleFontSize": SIZE,
            "subtitleColor": text,
            "anchor": "start",
        },
        "mark": {"color": HUES[0], "aria": False},
        "rule": {"color": muted, "strokeWidth": 2},
        "tick": {"thickness": 3},
        "line": {"strokeWidth": 2.5},
        "point": {"filled": True, "size": 70, "opacity": 1},
        "text": {"color": text, "fontSize": SIZE},
        "geoshape": {"stroke": muted, "strokeWidth": 0.8},
        "range": {"category": [*HUES, muted, *_RAMP[1:4]], "symbol": _SHAPES},
        "locale": locale_of(language),
    }


def locale_of(language: Language) -> dict[str, Any]:
    """The notation of a language as D3, which formats numbers and dates for Vega, takes it."""
    from babel import Locale

    words = words_in(language)
    named = Locale.parse(words.locale).days["stand-alone"]
    space = "\u00a0" if words.notation.percent.partition("{n}")[2][:1].isspace() else ""
    days, short = ([named[form][(day - 1) % 7] for day in range(7)] for form in ("wide", "abbreviated"))
    return {
        "number": {
            "decimal": words.notation.decimal,
            "thousands": words.notation.thousands,
            "grouping": [3],
            "currency": ["", ""],
            "percent": f"{space}%",
            "minus": "−",
        },
        "time": {
            "dateTime": "%d %B %Y", "date": "%d-%m-%Y", "time": "%H:%M", "periods": ["", ""],
            "days": days, "shortDays": short,
            "months": [*(words.notation.alone or words.notation.months)],
            "shortMonths": words.periods["months_short"].split(),
        },
    }  # fmt: skip


def finished(vega: Vega, look: Look) -> Vega:
    """Vega's specification with what its Vega-Lite cannot say: the house's ramp, and labels in several lines.

    A ramp of custom properties has steps, as only a browser knows the colours between which others lie.
    """
    for scales in everywhere(vega, "scales"):
        if isinstance(scales, list):
            made = [scale for scale in map(_ramped, scales) if scale]
            scales += [{**scale, "name": f"{scale['name']}_text", "range": _ON_RAMP} for scale in made]
            _set_off(vega, {scale["name"] for scale in made})
            _write_on(vega, {scale["name"] for scale in made})
    variant, texts = "narrow" if look.narrow else "wide", list(_texts(vega))
    for kind, limits in (("axes", _LABEL), ("legends", _ENTRY)):
        long = {text: lines for text in texts if len(lines := wrap(text, limits[variant])) > 1}
        for guides in everywhere(vega, kind):
            for guide in guides if isinstance(guides, list) else ():
                if long and (kind == "legends" or guide.get("orient") in ("left", "right")):
                    _wrap_labels(guide, long)
                if look.across and guide.get("orient") == "bottom" and kind == "axes":
                    short = {text: wrap(text, look.across) for text in _texts(vega, least=1)}
                    _wrap_labels(guide, {text: lines for text, lines in short.items() if len(lines) > 1}, below=True)
                _entitle(guide, look.titles)
    for legends in everywhere(vega, "legends"):
        if isinstance(legends, list):
            _join(legends)
    _entitle_panels(vega, look.titles)
    return vega


def _join(legends: list[Vega]) -> None:
    """Tell colours and shapes of the same names in one legend, where Vega-Lite makes two of them."""
    coloured = [legend for legend in legends if "shape" not in legend and {"fill", "stroke"} & legend.keys()]
    shaped = [legend for legend in legends if "shape" in legend and not {"fill", "stroke"} & legend.keys()]
    for legend in shaped:
        for other in coloured:
            if legend.get("title") == other.get("title"):
                other["shape"] = legend["shape"]
                legends.remove(legend)
                break


def _entitle_panels(part: Vega, titles: Mapping[str, str]) -> None:
    """The same for titles of groups of panels."""
    for child in (mark for mark in part.get("marks", ()) if mark.get("type") == "group"):
        _entitle_panels(child, titles)
    title = part.get("title")
    if isinstance(title, dict) and isinstance(text := title.get("text"), str) and text in titles:
        if titles[text]:
            title["text"] = titles[text]
        else:
            del part["title"]


def _entitle(guide: Vega, titles: Mapping[str, str]) -> None:
    """Put words for readers in place of the names of columns."""
    if isinstance(text := guide.get("title"), str):
        kept = dict.fromkeys(titles.get(part, part) for part in text.split(", "))
        guide["title"] = ", ".join(filter(None, kept))
        if not guide["title"]:
            del guide["title"]


def _ramped(scale: Vega) -> Vega | None:
    """Give a scale of the house its colours; the scale, if it is the ramp in steps."""
    wanted = scale.get("range")
    if not isinstance(wanted, str) or wanted not in _RANGES:
        return None
    scale.pop("interpolate", None)
    if scale.get("type") == "ordinal":
        scale["range"] = _RANGES[wanted]
    elif scale.get("type", "linear") in ("linear", "sequential"):
        scale |= {"type": "quantize", "range": _RANGES[wanted]}
        for needless in ("zero", "domainMid"):
            scale.pop(needless, None)
        return scale if _RANGES[wanted] is _RAMP else None
    return None


def _set_off(vega: Vega, ramps: Container[str]) -> None:
    """Give what has a colour of the ramp an edge, as its lightest step is close to the page."""
    for mark in marks_in(vega):
        update = mark.get("encode", {}).get("update", {})
        fill = update.get("fill")
        if isinstance(fill, dict) and str(fill.get("scale")) in ramps and "stroke" not in update:
            update |= {"stroke": {"value": colour("muted")}, "strokeWidth": {"value": 1}}


def _write_on(vega: Vega, ramps: Container[str]) -> None:
    """Give texts on cells of the ramp colours that can be read there, unless they have one of their own."""
    marks = [mark for mark in marks_in(vega) if "update" in mark.get("encode", {})]
    for cell in marks:
        drawn = cell["encode"]["update"]
        fill = drawn.get("fill")
        if cell.get("type") != "rect" or not isinstance(fill, dict) or str(fill.get("scale")) not in ramps:
            continue
        for text in marks:
            told = text["encode"]["update"]
            there = all(_field(told, at) == _field(drawn, at) for at in ("x", "y"))
            if text.get("type") == "text" and there and told.get("fill") == {"value": colour("text")}:
                told["fill"] = {**fill, "scale": f"{fill['scale']}_text"}


def _field(update: Vega, channel: str) -> object:
    place = update.get(channel) or update.get(f"{channel}c")
    return place.get("field") if isinstance(place, dict) else None


def _texts(vega: Vega, least: int = 13) -> Iterator[str]:
    seen = dict[str, None]()
    for data in everywhere(vega, "data"):
        for held in data if isinstance(data, list) else ():
            for row in held.get("values") or () if isinstance(held, dict) else ():
                if isinstance(row, dict):
                    seen |= {value: None for value in row.values() if isinstance(value, str) and len(value) >= least}
    yield from seen


def _wrap_labels(guide: Vega, long: Mapping[str, list[str]], *, below: bool = False) -> None:
    """Break the long labels of an axis or a legend, unless they have an expression of their own."""
    encode = guide.setdefault("encode", {}).setdefault("labels", {}).setdefault("update", {})
    if guide.get("labels") is not False and "text" not in encode:
        table = f"({json.dumps(long, ensure_ascii=False)})[datum.label]"
        encode["text"] = {"signal": f"{table} || datum.label"}
        if not below:
            encode["dy"] = {"signal": f"{table} ? -{LINE / 2} * ({table}.length - 1) : 0"}
        encode["lineHeight"] = {"value": LINE}
