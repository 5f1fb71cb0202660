"""Fills in what a page leaves open from what the other pages teach.

offices.py   who held the office that the page speaks of
days.py      on which days of its range the page can have told of events that other pages date
anew.py      the page's times and events as they are on those days
"""

from __future__ import annotations

from depesche.model.facts import Facts, meant_on
from depesche.model.reading import Reading
from depesche.model.renaming import renamed
from depesche.settle.anew import redated
from depesche.settle.days import narrowed
from depesche.settle.offices import with_offices

__all__ = ["settle"]


def settle(reading: Reading, facts: Facts) -> Reading:
    """The reading with parties and days that only other pages tell; the same reading where nothing is learnt.

    First its parties get the names that all pages share, as spelled most often or as a person has decided.

    A party that is known by name may show which event of another page is meant, and a page of known day which
    holder of an office: each is asked again as long as the other has learnt something. Both only ever learn, so
    this ends, and settling once more changes nothing.
    """
    reading = renamed(reading, meant_on(reading.page, facts.names))
    while True:
        settled = with_offices(reading, facts.offices)
        dateline = narrowed(settled, facts.events)
        if dateline is not None:
            settled = redated(settled, dateline)
        if settled is reading:
            return reading
        reading = settled
