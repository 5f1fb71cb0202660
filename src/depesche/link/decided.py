"""What people decided about entries, found again in the readings as they are now.

Decisions are replayed in the order in which they were made, so that a later one holds against an earlier one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from depesche.model.decisions import EntryDecision, Mark, MergeEntries, RejectEntry, SplitEntry
from depesche.model.reading import EventMention, Reading
from depesche.model.reason import Reason
from depesche.model.text import Span


class Decided(msgspec.Struct, frozen=True):
    """Decisions in terms of mentions.

    `together` are disjoint sets of mentions that are one event, `apart` pairs that never are, the lesser first;
    `rejected` are no event. `reasons` say for a mention who decided what about it, when and why.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[str] = frozenset()
    reasons: Mapping[str, tuple[Reason, ...]] = {}

    def kept(self, reading: Reading) -> Reading:
        """The reading without the mentions that people rejected."""
        if not any(event.id in self.rejected for event in reading.events):
            return reading
        left = tuple(event for event in reading.events if event.id not in self.rejected)
        return msgspec.structs.replace(reading, events=left)

    def reasons_of(self, mentions: Iterable[str]) -> tuple[Reason, ...]:
        """What was decided about any of these mentions, each decision once, in order."""
        return tuple(dict.fromkeys(reason for id_ in mentions for reason in self.reasons.get(id_, ())))


UNDECIDED = Decided()


def attach(decisions: Sequence[EntryDecision], readings: Iterable[Reading]) -> Decided:
    """The decisions of people, as far as their mentions are still found in the readings."""
    if not decisions:
        return UNDECIDED
    index = _Pages(decisions, readings)
    block: dict[str, int] = {}
    apart: set[tuple[str, str]] = set()
    rejected: set[str] = set()
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for number, decision in enumerate(decisions):
        sides = [index.mentions(side) for side in decision.sides]
        ids = sorted({id_ for side in sides for id_ in side})
        if isinstance(decision, RejectEntry):
            rejected |= set(ids)
        elif isinstance(decision, SplitEntry):
            apart |= {(min(a, b), max(a, b)) for a in sides[0] for b in sides[1] if a != b}
            block |= dict.fromkeys(sides[0], number)
        else:
            joined = {block[id_] for id_ in ids if id_ in block} if isinstance(decision, MergeEntries) else set()
            block |= {id_: number for id_, old in block.items() if old in joined} | dict.fromkeys(ids, number)
            rejected -= set(ids)
            apart -= {pair for pair in apart if block.get(pair[0], -1) == block.get(pair[1], -2)}
        for id_ in ids:
            reasons[id_].append(_reason(decision))
    blocks: dict[int, set[str]] = defaultdict(set)
    for id_, owner in block.items():
        blocks[owner].add(id_)
    together = sorted((frozenset(ids) for ids in blocks.values() if len(ids) > 1), key=min)
    return Decided(
        tuple(together), frozenset(apart), frozenset(rejected), {id_: tuple(r) for id_, r in reasons.items()}
    )


def find(mark: Mark, reading: Reading) -> EventMention | None:
    """The mention that a mark means: the one of that identity, else the one of its kind in the same words."""
    same = next((event for event in reading.events if event.id == mark.mention), None)
    if same is not None:
        return same
    place = _place(mark, reading.text)
    if place is None:
        return None
    alike = [event for event in reading.events if _kind(event) == (mark.type, mark.invitation, mark.aggregate)]
    shared = [(_overlap(event, place), event.id, event) for event in alike]
    best = max((one for one in shared if one[0][1]), key=lambda one: (one[0], one[1]), default=None)
    return best[2] if best else None


def _kind(event: EventMention) -> tuple[str, bool, bool]:
    return event.type, event.invitation, event.aggregate


def _overlap(event: EventMention, place: Span) -> tuple[bool, int]:
    """Whether the trigger stands in the passage, and how many characters of the evidence do."""
    shared = sum(max(0, min(span.end, place.end) - max(span.start, place.start)) for span in event.evidence)
    return place.holds(event.trigger), shared


def _place(mark: Mark, text: str) -> Span | None:
    """Where the marked words stand now: where they stood, else at the nearest place that has them."""
    if mark.span.of(text) == mark.words:
        return mark.span
    places = list(_occurrences(mark.words, text))
    if not places:
        return None
    start = min(places, key=lambda at: (abs(at - mark.span.start), at))
    return Span(start, start + len(mark.words))


def _occurrences(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


class _Pages:
    """The readings that decisions speak of: by page, or, where a page came back as another, by its name."""

    def __init__(self, decisions: Sequence[EntryDecision], readings: Iterable[Reading]) -> None:
        wanted = {(mark.page, mark.doc) for decision in decisions for mark in decision.marks}
        ids, docs = {page for page, _ in wanted}, {doc for _, doc in wanted}
        near = [reading for reading in readings if reading.page in ids or reading.doc in docs]
        self._by_page = {reading.page: reading for reading in near}
        self._by_doc = {reading.doc: reading for reading in sorted(near, key=lambda one: one.page, reverse=True)}

    def mentions(self, marks: Sequence[Mark]) -> list[str]:
        """The identities of the mentions that are found, in order."""
        found = (self.find(mark) for mark in marks)
        return sorted({event.id for event in found if event})

    def find(self, mark: Mark) -> EventMention | None:
        reading = self._by_page.get(mark.page) or self._by_doc.get(mark.doc)
        return find(mark, reading) if reading else None


def _reason(decision: EntryDecision) -> Reason:
    kind = type(decision).__name__.removesuffix("Entries").removesuffix("Entry").lower()
    why = f": {decision.why}" if decision.why else ""
    return Reason(f"decided.{kind}", f"{decision.who}, {decision.when}{why}")
