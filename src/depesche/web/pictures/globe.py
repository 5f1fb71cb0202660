"""The world with the number of entries in each country; a click narrows the chronicle to one.

The areas are those of Natural Earth as the package world-atlas holds them (`web/world/`).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from depesche.answers.world import World
from depesche.packs.files import read_tsv
from depesche.web.pictures.draw import Json, draw, here
from depesche.web.request import query_of

WORLD = Path(__file__).resolve().parent.parent / "world"
WIDTH, HEIGHT = 900, 440
STEPS = 4


@cache
def _areas() -> Json:
    areas: Json = json.loads((WORLD / "countries-110m.json").read_text("utf-8"))
    return areas


@cache
def _codes() -> dict[str, str]:
    """The code of the country by the name of its area."""
    return {row["name"]: row["alpha3"] for row in read_tsv(WORLD / "countries.tsv", ("name", "alpha3"))}


def globe_picture(world: World) -> str:
    """The picture. Shades are steps of powers, since a few countries have most entries."""
    counts = {line.country: line.entries for line in world.countries}
    most = max(counts.values(), default=0)
    if not most:
        return ""
    told: list[Json] = [
        {
            "name": name,
            "shade": _shade(counts[code], most),
            "to": here("/chronicle" + query_of(world.asked, country=code)),
        }
        for name, code in sorted(_codes().items())
        if counts.get(code)
    ]
    return draw(
        {
            "width": WIDTH,
            "height": HEIGHT,
            "projection": {"type": "equalEarth", "rotate": [-11, 0, 0]},
            "layer": [
                {
                    "data": {"values": _areas(), "format": {"type": "topojson", "feature": "countries"}},
                    "transform": [
                        {
                            "lookup": "properties.name",
                            "from": {"data": {"values": told}, "key": "name", "fields": ["shade", "to"]},
                        },
                        {"filter": "datum.properties.name != 'Antarctica'"},
                    ],
                    "mark": {"type": "geoshape", "stroke": "var(--paper)", "strokeWidth": 0.5},
                    "encoding": {
                        "color": {"condition": _heat(), "value": "var(--land)"},
                        "description": {"field": "to"},
                    },
                }
            ],
        }
    )


def _heat() -> Json:
    steps = range(1, STEPS + 1)
    return {
        "test": "isValid(datum.shade)",
        "field": "shade",
        "type": "ordinal",
        "scale": {"domain": list(steps), "range": [f"var(--heat-{step})" for step in steps]},
        "legend": None,
    }


def _shade(count: int, most: int) -> int:
    """From 1 to `STEPS`: the highest has the most entries, each lower one up to a quarter of it."""
    step = STEPS
    while step > 1 and count * 4 <= most:
        count, step = count * 4, step - 1
    return step
