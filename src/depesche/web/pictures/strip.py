"""How chosen entries lie in time: a bar for each day, month or year, by status; a click narrows to it."""

from __future__ import annotations

from depesche.answers.browse import Asked
from depesche.answers.overview import Strip, Unit
from depesche.model.reading import Status
from depesche.web.pictures.draw import Json, draw, here
from depesche.web.request import query_of
from depesche.web.tongue import Tongue

WIDTH, HEIGHT = 860, 64
LABELS = 12

STATUS_DOMAIN = [status.value for status in Status]
STATUS_COLOURS = [f"var(--{status.value})" for status in Status]

FORMATS = {Unit.DAY: "%-d.%-m.", Unit.MONTH: "%-m/%Y", Unit.YEAR: "%Y"}


def strip_picture(strip: Strip, asked: Asked, tongue: Tongue, path: str = "/chronicle") -> str:
    """The picture; "" where nothing has a day, or there is only one bar."""
    if len(strip.buckets) < 2:
        return ""
    bars: list[Json] = [
        {"first": bucket.first.isoformat(), "status": status.value, "count": count}
        for bucket in strip.buckets
        for status, count in bucket.counts.items()
    ]
    links: list[Json] = [
        {
            "first": bucket.first.isoformat(),
            "to": here(path + query_of(asked, from_=bucket.first, to=bucket.last)),
            "says": f"{tongue.number(bucket.count)}",
        }
        for bucket in strip.buckets
        if bucket.count
    ]
    x = _across(strip)
    return draw({"width": WIDTH, "height": HEIGHT, "layer": [_bars(bars, x), _targets(links, x)]})


def _across(strip: Strip) -> dict[str, Json]:
    """The days, months or years side by side, a dozen of them labelled."""
    every = -(-len(strip.buckets) // min(len(strip.buckets), LABELS))
    return {
        "field": "first",
        "type": "ordinal",
        "scale": {"domain": [bucket.first.isoformat() for bucket in strip.buckets], "paddingInner": 0.15},
        "axis": {
            "title": None,
            "values": [bucket.first.isoformat() for bucket in strip.buckets[::every]],
            "labelAngle": 0,
            "labelExpr": f"timeFormat(toDate(datum.value), '{FORMATS[strip.unit]}')",
            "labelOverlap": True,
            "domain": True,
            "ticks": True,
        },
    }


def _bars(values: list[Json], x: dict[str, Json]) -> Json:
    return {
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "x": x,
            "y": {
                "field": "count",
                "type": "quantitative",
                "axis": {"title": None, "tickCount": 2, "grid": True, "format": "~s"},
            },
            "color": {
                "field": "status",
                "type": "nominal",
                "scale": {"domain": STATUS_DOMAIN, "range": STATUS_COLOURS},
                "legend": None,
            },
        },
    }


def _targets(values: list[Json], x: dict[str, Json]) -> Json:
    """What is clicked: the whole height over each bar."""
    return {
        "data": {"values": values},
        "mark": {"type": "bar", "opacity": 0, "fill": "var(--ink)"},
        "encoding": {"x": x, "y": {"value": 0}, "y2": {"value": HEIGHT}, "description": {"field": "to"}},
    }
