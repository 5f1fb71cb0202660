"""Whom a party meets, helps and blames: a wheel with the party at its hub, a line for each other one."""

from __future__ import annotations

from math import cos, pi, sin

from depesche.answers.dossier import Counterpart, Dossier
from depesche.export.plain import plain
from depesche.web.links import party_link
from depesche.web.pictures.draw import Json, draw, here

WIDTH, HEIGHT = 780, 430
NAMED = 16
LONGEST = 26
"""Letters of a name beside its dot."""


def ties_picture(dossier: Dossier) -> str:
    """The picture; "" where nobody else takes part. Lines are as thick as entries are many, dots coloured by tone."""
    others = dossier.counterparts[:NAMED]
    if not others:
        return ""
    most = max(other.together for other in others)
    spokes = [_spoke(other, place, len(others), most) for place, other in enumerate(others)]
    scale: Json = {"domain": [-1, 1], "nice": False, "zero": False}
    across: Json = {"field": "x", "type": "quantitative", "axis": None, "scale": {**_wide(), "nice": False}}
    up: Json = {"field": "y", "type": "quantitative", "axis": None, "scale": scale}
    colour: Json = {
        "field": "tone",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["friendly", "hostile", "mixed"], "range": ["var(--warm)", "var(--cold)", "var(--soft)"]},
    }
    return draw(
        {
            "width": WIDTH,
            "height": HEIGHT,
            "data": {"values": spokes},
            "layer": [
                {
                    "mark": {"type": "rule", "opacity": 0.55},
                    "encoding": {
                        "x": across,
                        "y": up,
                        "x2": {"datum": 0},
                        "y2": {"datum": 0},
                        "size": {"field": "width", "type": "quantitative", "scale": None},
                        "color": colour,
                    },
                },
                {
                    "mark": {"type": "circle", "size": 110, "opacity": 1},
                    "encoding": {"x": across, "y": up, "color": colour, "description": {"field": "to"}},
                },
                *(_names(side, across, up) for side in ("left", "right")),
                *_hub(_short(dossier.party.name), across, up),
            ],
        }
    )


def _hub(name: str, across: Json, up: Json) -> list[Json]:
    """The party itself, in the middle."""
    data: Json = {"values": [{"x": 0, "y": 0, "name": name}]}
    return [
        {
            "data": data,
            "mark": {"type": "circle", "size": 320, "color": "var(--link)", "opacity": 1},
            "encoding": {"x": across, "y": up},
        },
        {
            "data": data,
            "mark": {"type": "text", "dy": 22, "fontWeight": "bold", "color": "var(--ink)"},
            "encoding": {"x": across, "y": up, "text": {"field": "name"}},
        },
    ]


def _wide() -> dict[str, Json]:
    half = WIDTH / HEIGHT
    return {"domain": [-half, half], "zero": False}


def _spoke(other: Counterpart, place: int, count: int, most: int) -> Json:
    angle = 2 * pi * (place + 0.5) / count - pi / 2
    x = round(0.82 * cos(angle), 4)
    tone = "mixed"
    if other.cooperation != other.conflict:
        tone = "friendly" if other.cooperation > other.conflict else "hostile"
    return {
        "x": x,
        "y": round(-0.82 * sin(angle), 4),
        "side": "left" if x < 0 else "right",
        "name": f"{_short(other.party.name)} {other.together}",
        "width": round(1 + 7 * other.together / most, 2),
        "tone": tone,
        "to": here(party_link(other.party.id)),
    }


def _names(side: str, across: Json, up: Json) -> Json:
    left = side == "left"
    return {
        "transform": [{"filter": {"field": "side", "equal": side}}],
        "mark": {"type": "text", "align": "right" if left else "left", "dx": -10 if left else 10, "baseline": "middle"},
        "encoding": {"x": across, "y": up, "text": {"field": "name"}, "description": {"field": "to"}},
    }


def _short(name: str) -> str:
    bare = plain(name)
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 1]}…"
