"""What people decide about entries: made from what they point at, listed with how it stands, reviewed where lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from depesche.answers.entry import entry as entry_of
from depesche.errors import UsageError
from depesche.link.decided import find
from depesche.model.decisions import ConfirmEntry, EntryDecision, Mark, MergeEntries, RejectEntry, SplitEntry
from depesche.model.linkage import Entry, Mention
from depesche.model.reading import Reading
from depesche.store import View

__all__ = ["By", "Standing", "confirm", "decisions", "merge", "reject", "review", "split"]


class By(msgspec.Struct, frozen=True):
    """Who decides, when (UTC), and why."""

    who: str
    when: datetime
    why: str = ""

    @property
    def fields(self) -> tuple[str, str, str]:
        """As a decision keeps it."""
        return self.who, self.when.strftime("%Y-%m-%dT%H:%M:%SZ"), self.why


class Standing(msgspec.Struct, frozen=True):
    """A decision and how it stands: marks that no mention answers to any more, and the entries that hold the others.

    It has its effect while each of its sides has a mention left.
    """

    number: int
    decision: EntryDecision
    lost: tuple[Mark, ...]
    entries: tuple[str, ...]
    in_effect: bool


def merge(view: View, ids: Sequence[str], by: By) -> MergeEntries:
    """That these entries are one event; UsageError where there are not two different ones."""
    entries = {found.id: found for found in (entry_of(view, id) for id in ids)}
    if len(entries) < 2:
        raise UsageError(f"{', '.join(ids)}: one entry already; two different ones are needed to merge")
    return MergeEntries(tuple(_marks(entry.mentions) for _, entry in sorted(entries.items())), *by.fields)


def split(view: View, id: str, others: Sequence[str], by: By) -> SplitEntry:
    """That the mentions or pages of these names, which stand in the entry, tell another event than the rest of it."""
    entry = entry_of(view, id)
    chosen = _chosen(entry, others)
    rest = [mention for mention in entry.mentions if mention not in chosen]
    if not rest:
        raise UsageError(f"{entry.id}: these are all its mentions; fewer of them can be split off")
    return SplitEntry((_marks(chosen), _marks(rest)), *by.fields)


def reject(view: View, id: str, others: Sequence[str], by: By) -> RejectEntry:
    """That the entry, or only the mentions or pages of these names in it, tell no event."""
    entry = entry_of(view, id)
    return RejectEntry((_marks(_chosen(entry, others) if others else entry.mentions),), *by.fields)


def confirm(view: View, id: str, by: By) -> ConfirmEntry:
    """That the entry is one event, as it stands."""
    return ConfirmEntry((_marks(entry_of(view, id).mentions),), *by.fields)


def _chosen(entry: Entry, names: Sequence[str]) -> list[Mention]:
    """The mentions of an entry that are named by their ids or their pages'."""
    known = {name for mention in entry.mentions for name in (mention.event.id, mention.doc)}
    if unknown := next((name for name in names if name not in known), None):
        there = ", ".join(f"{mention.event.id} ({mention.doc})" for mention in entry.mentions)
        raise UsageError(f"{unknown}: no mention or page of {entry.id}; there are {there}")
    return [mention for mention in entry.mentions if mention.event.id in names or mention.doc in names]


def _marks(mentions: Iterable[Mention]) -> tuple[Mark, ...]:
    return tuple(_mark(mention) for mention in mentions)


def _mark(mention: Mention) -> Mark:
    """By the piece of evidence that holds the trigger, else the first."""
    event = mention.event
    pieces = [*zip(event.evidence, mention.evidence, strict=True)] or [(event.trigger, mention.trigger or "")]
    span, words = next((piece for piece in pieces if piece[0].holds(event.trigger)), pieces[0])
    return Mark(mention.page, mention.doc, event.id, event.type, span, words, event.invitation, event.aggregate)


def decisions(view: View) -> tuple[Standing, ...]:
    """What was decided about entries, in order, and how it stands."""
    taken = view.entry_decisions()
    readings = _readings(view, [mark for _, decision in taken for mark in decision.marks])
    return tuple(_standing(view, number, decision, readings) for number, decision in taken)


def review(view: View) -> tuple[Standing, ...]:
    """The decisions of which a mention is lost: a person has to look at them again."""
    return tuple(one for one in decisions(view) if one.lost)


def _standing(
    view: View, number: int, decision: EntryDecision, readings: dict[tuple[str, str], Reading | None]
) -> Standing:
    found, lost, left = [], [], []
    for side in decision.sides:
        answers = [(mark, _found(mark, readings)) for mark in side]
        lost += [mark for mark, mention in answers if mention is None]
        here = [mention for _, mention in answers if mention is not None]
        found += here
        left.append(bool(here))
    holders = (view.holder(page, mention) for page, mention in found)
    entries = tuple(sorted({holder for holder in holders if holder}))
    return Standing(number, decision, tuple(lost), entries, all(left))


def _found(mark: Mark, readings: dict[tuple[str, str], Reading | None]) -> tuple[str, str] | None:
    """The page and identity of the mention that a mark means now."""
    reading = readings[mark.page, mark.doc]
    mention = find(mark, reading) if reading else None
    return (reading.page, mention.id) if reading and mention else None


def _readings(view: View, marks: Iterable[Mark]) -> dict[tuple[str, str], Reading | None]:
    """The readings of marked pages: by identity, or where a page came back as another by its name."""
    wanted = sorted({(mark.page, mark.doc) for mark in marks})
    found = {key: view.reading(key[0]) for key in wanted}
    missing = {doc for (_, doc), reading in found.items() if reading is None}
    named: dict[str, Reading] = {}
    if missing:
        for reading in view.readings():
            if reading.doc in missing:
                named.setdefault(reading.doc, reading)
    return {key: reading or named.get(key[1]) for key, reading in found.items()}
