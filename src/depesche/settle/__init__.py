"""Fills in what a page leaves open from what the other pages teach.

offices.py   who held the office that the page speaks of
days.py      on which days of its range the page can have told of events that other pages date
calendar.py  the events of other pages by who takes part, so that nobody looks at all of them
anew.py      the page's times and events as they are on those days
"""

from __future__ import annotations

from depesche.model.facts import Facts, Names
from depesche.model.reading import Reading
from depesche.model.renaming import renamed
from depesche.settle.anew import redated
from depesche.settle.calendar import Calendar
from depesche.settle.days import narrowed
from depesche.settle.offices import Holders, with_offices

__all__ = ["Settler", "settle"]


def settle(reading: Reading, facts: Facts) -> Reading:
    """The reading with parties and days that only other pages tell; for many readings see `Settler`."""
    return Settler(facts).settle(reading)


class Settler:
    """Settles readings by facts that are looked up rather than gone through."""

    def __init__(self, facts: Facts) -> None:
        self._names = Names(facts.names)
        self._holders = Holders(facts.offices)
        self._calendar = Calendar(facts.events)

    def settle(self, reading: Reading) -> Reading:
        """The reading with parties and days that only other pages tell; the same reading where nothing is learnt.

        First its parties get the names that all pages share, as spelled most often or as a person has decided.

        A party that is known by name may show which event of another page is meant, and a page of known day which
        holder of an office: each is asked again as long as the other has learnt something. Both only ever learn, so
        this ends, and settling once more changes nothing.
        """
        reading = renamed(reading, self._names.meant_on(reading.page))
        while True:
            settled = with_offices(reading, self._holders)
            dateline = narrowed(settled, self._calendar)
            if dateline is not None:
                settled = redated(settled, dateline)
            if settled is reading:
                return reading
            reading = settled
