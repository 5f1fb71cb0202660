"""What a time expression asks of the calendar, before a day anchors it.

In the year      CalendarDate Season Quarter Half Week Holiday "im Mai", "Ostern 2020", "Sommer letzten Jahres"
In the week      Weekday Weekend                               "Montag", "am Wochenende"
In the month     DayOfMonth                                    "am 15."
From the day     Offset Distance Window Vague                  "gestern", "vor zwei Jahren", "die letzten Jahre"
On the line      Era                                           "die 90er Jahre", "das 19. Jahrhundert"
Of the day       Clock DayPart                                 "20.30 Uhr", "am Abend"
Made of others   PartOf Between                                "Anfang Mai", "vom 15. bis 17. Mai"
No place at all  Duration Recurrence                           "sieben Monate", "jeden Montag"
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

Year: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=9999)]
Month: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=12)]
MonthDay: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=31)]


class Unit(StrEnum):
    """Units that times are counted in, written as in TIMEX3."""

    SECOND = "TS"
    MINUTE = "TM"
    HOUR = "TH"
    DAY = "D"
    WEEK = "W"
    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    YEAR = "Y"
    DECADE = "DE"
    CENTURY = "CE"
    MILLENNIUM = "L"


class Part(StrEnum):
    """Which part of a period is meant: "Anfang", "Mitte", "Ende"; the names are those of TIMEX3 `mod`."""

    START = "START"
    MID = "MID"
    END = "END"


class CalendarDate(msgspec.Struct, frozen=True, tag="date", omit_defaults=True):
    """A day or month of a year, or a year. The year is given, counted from the reference day, or open.

    `year_shift` counts years from the reference ("Mai letzten Jahres": -1). `step` asks for the nth
    occurrence wholly before or after it ("vergangenen Mai": -1). The formulas below use both alike.
    `weekday`, told beside a day without its year, says which year is meant.
    """

    month: Month | None = None
    day: MonthDay | None = None
    year: Year | None = None
    year_shift: int | None = None
    step: int = 0
    weekday: int | None = None


class Season(msgspec.Struct, frozen=True, tag="season", omit_defaults=True):
    """A meteorological season: SP, SU, FA or WI; the winter belongs to the year of its December."""

    season: str
    year: Year | None = None
    year_shift: int | None = None
    step: int = 0


class Quarter(msgspec.Struct, frozen=True, tag="quarter", omit_defaults=True):
    """A quarter of a year, 1 to 4."""

    number: Annotated[int, msgspec.Meta(ge=1, le=4)]
    year: Year | None = None
    year_shift: int | None = None
    step: int = 0


class Half(msgspec.Struct, frozen=True, tag="half", omit_defaults=True):
    """A half of a year, 1 or 2."""

    number: Annotated[int, msgspec.Meta(ge=1, le=2)]
    year: Year | None = None
    year_shift: int | None = None
    step: int = 0


class Week(msgspec.Struct, frozen=True, tag="week", omit_defaults=True):
    """A week of a year by its number (ISO 8601)."""

    number: Annotated[int, msgspec.Meta(ge=1, le=53)]
    year: Year | None = None
    year_shift: int | None = None
    step: int = 0


class Holiday(msgspec.Struct, frozen=True, tag="holiday", omit_defaults=True):
    """A holiday: `length` days from a fixed day of a month, from the `nth` weekday of a month, or so many days off
    the first Sunday in Advent or off Easter Sunday.
    """

    month: Month | None = None
    day: MonthDay | None = None
    weekday: Annotated[int, msgspec.Meta(ge=1, le=7)] | None = None
    nth: Annotated[int, msgspec.Meta(ge=1, le=4)] = 1
    advent: int | None = None
    easter: int = 0
    length: int = 1
    year: Year | None = None
    year_shift: int | None = None
    step: int = 0


class Weekday(msgspec.Struct, frozen=True, tag="weekday", omit_defaults=True):
    """A day of the week, Monday 1 to Sunday 7. `week_shift` counts weeks from that of the reference."""

    day: Annotated[int, msgspec.Meta(ge=1, le=7)]
    week_shift: int | None = None
    step: int = 0


class Weekend(msgspec.Struct, frozen=True, tag="weekend", omit_defaults=True):
    """Saturday and Sunday."""

    week_shift: int | None = None
    step: int = 0


class DayOfMonth(msgspec.Struct, frozen=True, tag="monthday", omit_defaults=True):
    """A day told by its number alone. `month_shift` counts months from that of the reference."""

    day: MonthDay
    month_shift: int | None = None


class Offset(msgspec.Struct, frozen=True, tag="offset", omit_defaults=True):
    """The whole period of a unit that lies `count` such units from the reference: "gestern", "nächste Woche"."""

    unit: Unit
    count: int


class Distance(msgspec.Struct, frozen=True, tag="distance", omit_defaults=True):
    """How long ago, or how far ahead: "vor zwei Jahren". TIMEX3 gives the length, `value`.

    `sign` is -1 for the past. `count` is None where the text does not tell ("vor Jahren").
    """

    value: str
    unit: Unit
    sign: int
    count: float | None = None


class Window(msgspec.Struct, frozen=True, tag="window", omit_defaults=True):
    """The stretch up to the reference, or from it on: "in den letzten zehn Jahren"."""

    value: str
    unit: Unit
    sign: int
    count: float | None = None


class Vague(msgspec.Struct, frozen=True, tag="vague"):
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    value: str


class Era(msgspec.Struct, frozen=True, tag="era"):
    """A decade or century: the years `first` to `last`."""

    value: str
    first: Year
    last: Year


class PartOf(msgspec.Struct, frozen=True, tag="part"):
    """Beginning, middle or end of a period."""

    part: Part
    whole: Formula


class Clock(msgspec.Struct, frozen=True, tag="clock", omit_defaults=True):
    """A time of day, on a day that the text names or on the reference day."""

    hour: Annotated[int, msgspec.Meta(ge=0, le=24)]
    minute: Annotated[int, msgspec.Meta(ge=0, le=59)] = 0
    day: Formula | None = None


class DayPart(msgspec.Struct, frozen=True, tag="daypart", omit_defaults=True):
    """A part of a day (MO, MI, AF, EV, NI, DT), on a day that the text names or on the reference day."""

    part: str
    day: Formula | None = None


class Between(msgspec.Struct, frozen=True, tag="between"):
    """From one time to another, both included; the second is sought from the first on."""

    first: Formula
    last: Formula


class Duration(msgspec.Struct, frozen=True, tag="duration"):
    """A length of time that lies nowhere on the line: "P7M"."""

    value: str


class Recurrence(msgspec.Struct, frozen=True, tag="set"):
    """A time that comes again: "P1D", "XXXX-WXX-1"."""

    value: str


InYear: TypeAlias = CalendarDate | Season | Quarter | Half | Week | Holiday
Formula: TypeAlias = (
    CalendarDate
    | Season
    | Quarter
    | Half
    | Week
    | Holiday
    | Weekday
    | Weekend
    | DayOfMonth
    | Offset
    | Distance
    | Window
    | Vague
    | Era
    | PartOf
    | Clock
    | DayPart
    | Between
    | Duration
    | Recurrence
)
