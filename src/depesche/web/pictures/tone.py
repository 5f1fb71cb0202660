"""Cooperation and conflict over time: friendly entries above the line, hostile ones below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from depesche.answers.dossier import Tone
from depesche.answers.overview import Unit
from depesche.web.pictures.draw import Json, draw
from depesche.web.pictures.strip import FORMATS
from depesche.web.tongue import Tongue

WIDTH, HEIGHT = 640, 150


def tone_picture(tones: Sequence[Tone], unit: Unit, tongue: Tongue) -> str:
    """The picture; "" where nothing of either kind occurred."""
    values: list[Json] = [
        {"first": tone.first.isoformat(), "kind": kind, "count": count}
        for tone in tones
        for kind, count in (("cooperation", tone.cooperation), ("conflict", -tone.conflict))
        if count
    ]
    if not values:
        return ""
    every = -(-len(tones) // 10)
    domain: list[Json] = [tone.first.isoformat() for tone in tones]
    shown: list[Json] = list(domain[::every])
    return draw(
        {
            "width": WIDTH,
            "height": HEIGHT,
            "data": {"values": values},
            "mark": {"type": "bar"},
            "encoding": {
                "x": {
                    "field": "first",
                    "type": "ordinal",
                    "scale": {"domain": domain},
                    "axis": {
                        "title": None,
                        "values": shown,
                        "labelAngle": 0,
                        "labelExpr": f"timeFormat(toDate(datum.value), '{FORMATS[unit]}')",
                        "labelOverlap": True,
                    },
                },
                "y": {
                    "field": "count",
                    "type": "quantitative",
                    "axis": {"title": None, "labelExpr": "abs(datum.value)", "tickMinStep": 1, "tickCount": 5},
                },
                "color": _kinds({kind: tongue(f"dossier.{kind}") for kind in ("cooperation", "conflict")}),
            },
        }
    )


def _kinds(named: Mapping[str, str]) -> Json:
    """The colours of the kinds, with their names in the reader's language."""
    return {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": list(named), "range": ["var(--warm)", "var(--cold)"]},
        "legend": {
            "title": None,
            "orient": "top",
            "columnPadding": 40,
            "labelExpr": " : ".join(f"datum.label == '{k}' ? '{v}'" for k, v in named.items()) + " : ''",
        },
    }
