"""Time expressions that no day anchors yet, and how a day anchors them."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class TimeExpression(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time as the text words it: recognised, typed, and not yet anchored to a day."""

    start: int
    end: int
    rule: str
    type: TimexType
