"""The chronicle as one page that needs nothing else: no script, no network, light or dark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from depesche.export.escaping import escaping
from depesche.export.words import (
    NO_DAY,
    SIGNS,
    days_in_words,
    names,
    place_in_words,
    published_in_words,
    titles,
)
from depesche.model.days import Days
from depesche.model.linkage import Entry, Mention
from depesche.model.reading import Status
from depesche.model.text import Span

TEMPLATES = Path(__file__).resolve().parent
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


LONGEST_SENTENCE = 600  # characters: of a longer one only the evidence is shown


class Passage(msgspec.Struct, frozen=True):
    """Words of a page, parted so that the trigger can be marked."""

    before: str
    trigger: str
    after: str


class Day(msgspec.Struct, frozen=True):
    """The entries of one day or range of days."""

    name: str
    entries: tuple[Entry, ...]


class Month(msgspec.Struct, frozen=True):
    """The days of one month, and where on the page they begin."""

    name: str
    anchor: str
    days: tuple[Day, ...]

    @property
    def count(self) -> int:
        """How many entries it holds."""
        return sum(len(day.entries) for day in self.days)


def html(entries: Iterable[Entry]) -> Iterator[str]:
    """The page in pieces. Everything from pages is escaped; a policy in its head forbids the rest."""
    shown = list(entries)
    environment = escaping(TEMPLATES)
    environment.globals |= {
        "days_in_words": days_in_words,
        "names": names,
        "passages": passages,
        "place_in_words": place_in_words,
        "published_in_words": published_in_words,
        "signs": SIGNS,
    }
    counts = Counter(entry.status for entry in shown)
    yield from environment.get_template("chronicle.html").generate(
        count=len(shown),
        pages=len({source.page for entry in shown for source in entry.sources}),
        months=tuple(_months(shown)),
        statuses=[(status, counts[status]) for status in Status if counts[status]],
        titles=titles(shown),
    )


def passages(mention: Mention) -> tuple[Passage, ...]:
    """The sentences that tell of a mention, the trigger apart; only the evidence where one is too long."""
    trigger = mention.event.trigger
    told = [(sentence.text, sentence.span) for sentence in mention.sentences]
    if not told or any(len(words) > LONGEST_SENTENCE for words, _ in told):
        told = list(zip(mention.evidence, mention.event.evidence, strict=False))
    return tuple(_parted(words, place, trigger) for words, place in told)


def _parted(words: str, place: Span, trigger: Span) -> Passage:
    if not place.meets(trigger):
        return Passage(words, "", "")
    start, end = max(trigger.start - place.start, 0), trigger.end - place.start
    return Passage(words[:start], words[start:end], words[end:])


def _months(entries: Iterable[Entry]) -> Iterator[Month]:
    for number, (name, group) in enumerate(groupby(entries, key=_month), 1):
        days = groupby(group, key=lambda entry: days_in_words(entry.days))
        yield Month(name, f"month-{number}", tuple(Day(day, tuple(those)) for day, those in days))


def _month(entry: Entry) -> str:
    match entry.days:
        case Days(first=None, last=None):
            return NO_DAY.capitalize()
        case Days(first=None):
            return "First day not known"
    first = entry.days.first or entry.days.last
    return f"{_MONTHS[first.month - 1]} {first.year}" if first else ""
