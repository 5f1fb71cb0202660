"""An entry's life cycle: what each page, when it appeared, said of the days, and how that changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from depesche.answers.told import Turn
from depesche.export.words import SIGNS
from depesche.web.pictures.draw import Json, draw
from depesche.web.pictures.strip import STATUS_COLOURS, STATUS_DOMAIN
from depesche.web.tongue import Tongue

WIDTH, ROW = 620, 26


def life_picture(history: Sequence[Turn], tongue: Tongue) -> str:
    """The picture: a line for each page, its day as the sign of the status, and the days it tells of as a bar."""
    ends = sorted(day for turn in history for day in _ends(turn))
    if len(history) < 2 or not ends:
        return ""
    values = [_value(number, turn, tongue, ends[0], ends[-1]) for number, turn in enumerate(history)]
    return draw(
        {"width": WIDTH, "height": ROW * len(values), "data": {"values": values}, "layer": [*_told(), *_appeared()]}
    )


Y: dict[str, Json] = {
    "field": "row",
    "type": "ordinal",
    "axis": {
        "title": None, "domain": False, "ticks": False, "grid": False, "labelColor": "var(--ink)", "minExtent": 118,
        "labelExpr": "split(datum.label, '\\t')[1]",
    },
}  # fmt: skip
COLOUR: Json = {
    "field": "status",
    "type": "nominal",
    "scale": {"domain": STATUS_DOMAIN, "range": STATUS_COLOURS},
    "legend": None,
}


def _time(field: str) -> dict[str, Json]:
    axis: Json = {
        "title": None,
        "format": "%-d.%-m.%Y",
        "tickCount": 5,
        "labelOverlap": "greedy",
        "labelSeparation": 10,
    }
    return {"field": field, "type": "temporal", "axis": axis, "scale": {"nice": False, "padding": 14}}


def _told() -> list[Json]:
    """The days that a page tells of: a bar with its first day marked."""
    return [
        {
            "transform": [{"filter": "isValid(datum.first)"}],
            "mark": {"type": "bar", "height": 8, "opacity": 0.45, "cornerRadius": 2, "minBandSize": 3},
            "encoding": {"y": Y, "x": _time("first"), "x2": {"field": "last"}, "color": COLOUR},
        },
        {
            "transform": [{"filter": "isValid(datum.first)"}],
            "mark": {"type": "tick", "thickness": 3, "size": 14, "opacity": 0.6},
            "encoding": {"y": Y, "x": _time("first"), "color": COLOUR},
        },
    ]


def _appeared() -> list[Json]:
    """When the page appeared: the sign of the status, and a dashed line where that is known only to a range."""
    return [
        {
            "transform": [{"filter": "isValid(datum.earliest)"}],
            "mark": {"type": "rule", "strokeDash": [2, 2], "stroke": "var(--soft)"},
            "encoding": {"y": Y, "x": _time("earliest"), "x2": {"field": "latest"}},
        },
        {
            "transform": [{"filter": "isValid(datum.shown)"}],
            "mark": {"type": "text", "fontSize": 16, "baseline": "middle", "fontWeight": "bold"},
            "encoding": {"y": Y, "x": _time("shown"), "text": {"field": "sign"}, "color": COLOUR},
        },
    ]


def _ends(turn: Turn) -> list[date]:
    told = [date.fromisoformat(day) for day in (turn.published, turn.earliest, turn.latest) if day]
    return told + [day for day in (turn.days.first, turn.days.last) if day]


def _value(number: int, turn: Turn, tongue: Tongue, low: date, high: date) -> Json:
    """What one page says; an open end of its days reaches to the edge, and of the page's own days too."""
    known, told = turn.days.known, bool(turn.earliest or turn.latest)
    return {
        "row": f"{number:04}\t{number + 1}. {tongue.named('change', turn.change.value)}",
        "status": turn.status.value,
        "sign": SIGNS[turn.status],
        "first": (turn.days.first or low).isoformat() if known else None,
        "last": ((turn.days.last or high) + timedelta(days=1)).isoformat() if known else None,
        "earliest": (turn.earliest or low.isoformat()) if told and not turn.published else None,
        "latest": (turn.latest or high.isoformat()) if told and not turn.published else None,
        "shown": turn.published or turn.latest,
    }
