"""An entry in words: its days, its place, who takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from depesche.model.days import Days, month_of
from depesche.model.linkage import Entry, Mention, Relation, Step, Value
from depesche.model.reading import Place, Status

SIGNS = {
    Status.OCCURRED: "●",
    Status.PLANNED: "○",
    Status.CANCELLED: "✕",
    Status.DENIED: "⊘",
    Status.HYPOTHETICAL: "?",
}
"""A status is told by shape, so that colour is never needed."""

NO_DAY = "no day known"


def days_in_words(days: Days) -> str:
    """One day, a range ("2024-05-16 to 2024-05-17"), an open one, or that none is known."""
    match days:
        case Days(first=None, last=None):
            return NO_DAY
        case Days(first=date() as first, last=None):
            return f"from {first}"
        case Days(first=None, last=date() as last):
            return f"until {last}"
    return f"{days.first}" if days.first == days.last else f"{days.first} to {days.last}"


def days_in_short(days: Days) -> str:
    """The same in few letters: a whole month or year by its name, of a range's last day what differs."""
    first, last = days.first, days.last
    if first is None or last is None or first == last:
        return {True: "–", False: days_in_words(days)}[first is None and last is None]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}…{last.year}"
    if days == month_of(first.year, first.month):
        return f"{first:%Y-%m}"
    if first.year != last.year:
        return f"{first}…{last}"
    return f"{first}…{last:%d}" if first.month == last.month else f"{first}…{last:%m-%d}"


def place_in_words(place: Place | None) -> str:
    """ "Peking (CHN)", or nothing."""
    if place is None:
        return ""
    return f"{place.name} ({place.country})" if place.country and place.country != place.name else place.name


def names(entry: Entry, role: str) -> tuple[str, ...]:
    """Who takes part in that role, each once."""
    return tuple(dict.fromkeys(one.participant.name for one in entry.participants if one.role == role))


def parties_in_words(entry: Entry) -> str:
    """Who acts, and towards whom: "Wladimir Putin → China"."""
    sides = (", ".join(names(entry, "actor")), ", ".join(names(entry, "recipient")))
    return " → ".join(side for side in sides if side)


def published_in_words(told: Step | Mention) -> str:
    """The day on which the page that tells it was published, its range, or that it is not known."""
    if told.published:
        return told.published
    if told.earliest or told.latest:
        return f"{told.earliest or '…'} to {told.latest or '…'}"
    return "undated"


def value_in_words(value: Value) -> str:
    """The words of a source, and what they mean where that is something else."""
    return f"“{value.text}” ({value.value})" if value.value != value.text else f"“{value.text}”"


def titles(entries: Iterable[Entry]) -> dict[str, str]:
    """The title of each entry by its id, for relations to show."""
    return {entry.id: entry.title for entry in entries}


def relation_in_words(relation: Relation, known: Mapping[str, str]) -> str:
    """ "part of: Gipfel in Astana"; the id stands in where the other entry is not shown."""
    return f"{relation.kind.value.replace('-', ' ')}: {known.get(relation.id, relation.id)}"


def origins_in_words(entry: Entry) -> str:
    """How many sources count: "3 independent sources"."""
    return "1 independent source" if entry.origins == 1 else f"{entry.origins} independent sources"


def history_in_words(entry: Entry) -> list[str]:
    """A line for each step: when it was published, what changed, for which days, on whose word, where."""
    return [
        f"{published_in_words(step)}: {step.change.value}, {days_in_words(step.days)}"
        f"{f', according to {step.attribution}' if step.attribution else ''} ({step.doc})"
        for step in entry.history
    ]


def differences_in_words(entry: Entry) -> list[str]:
    """A line for each field in which the sources differ: what each says."""
    return [
        f"{one.field.value}, {one.kind.value}: "
        + "; ".join(f"{value_in_words(value)} in {value.doc}" for value in one.values)
        for one in entry.differences
    ]


def relation_titles(entry: Entry, title_of: Callable[[str], str | None]) -> list[str]:
    """A line for each relation: "part of: Gipfel in Astana"; the id stands in where there is no title."""
    return [
        f"{relation.kind.value.replace('-', ' ')}: {title_of(relation.id) or relation.id}"
        for relation in entry.relations
    ]
