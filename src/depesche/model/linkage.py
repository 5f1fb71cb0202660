"""The pile seen as one: copies, stories, entries of the chronicle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from types import MappingProxyType

import msgspec

from depesche.model.days import Days, Precision
from depesche.model.reading import EventMention, Participant, Place, Status
from depesche.model.reason import Reason, stamped
from depesche.model.text import Span


class Copy(msgspec.Struct, frozen=True, omit_defaults=True):
    """That one page's text was taken from another's, or both from one wire text.

    `share` is the part of the shorter text that stands in the other, in whole per cent. `passages` pairs
    spans of `page` with spans of `of`.
    """

    page: str
    of: str
    share: int
    passages: tuple[tuple[Span, Span], ...] = ()
    reason: Reason | None = None


class Story(msgspec.Struct, frozen=True):
    """Pages on one happening and its follow-ups."""

    id: str
    pages: tuple[str, ...]


class Change(StrEnum):
    """How a mention moves the history of an entry."""

    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    OCCURRED = "occurred"
    DENIED = "denied"


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of an entry's history: what a page, published when, said of it.

    `published` is the page's day where it is known; `earliest` and `latest` its range.
    """

    page: str
    doc: str
    change: Change
    status: Status
    mention: str
    published: str | None = None
    earliest: str | None = None
    latest: str | None = None
    days: Days = Days()
    attribution: str | None = None


class RelationKind(StrEnum):
    """How one entry stands to another."""

    INVITATION_TO = "invitation-to"
    PLAN_OF = "plan-of"
    PART_OF = "part-of"
    RESPONSE_TO = "response-to"


class Relation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A relation from the entry that holds it to the entry `id`."""

    kind: RelationKind
    id: str
    reason: Reason | None = None


class Field(StrEnum):
    """What sources can differ in."""

    DATE = "date"
    PLACE = "place"
    NUMBER = "number"
    PARTIES = "parties"
    STATUS = "status"
    WORDING = "wording"


class DifferenceKind(StrEnum):
    """Whether values exclude each other, one is closer, or they speak of different things."""

    CONFLICT = "conflict"
    REFINEMENT = "refinement"
    DIFFERENT_SCOPE = "different-scope"


class Value(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one source says in a field: its words, where they stand, and what they mean."""

    page: str
    doc: str
    text: str
    value: str
    span: Span | None = None


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field of an entry in which its sources differ."""

    field: Field
    kind: DifferenceKind
    values: tuple[Value, ...]
    reason: Reason | None = None


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page that tells of an entry; pages of one `origin` (copies, one house, one wire text) count once."""

    page: str
    doc: str
    origin: str
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None


class Told(msgspec.Struct, frozen=True):
    """A sentence of an article, word for word, and its place there."""

    span: Span
    text: str


class Mention(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event mention with its page, its evidence and the whole sentences around it, ready to be shown.

    `trigger` and `time_text` are the words at the event's trigger and at the words that date it.
    """

    page: str
    doc: str
    event: EventMention
    evidence: tuple[str, ...]
    published: str | None = None
    earliest: str | None = None
    latest: str | None = None
    trigger: str | None = None
    time_text: str | None = None
    sentences: tuple[Told, ...] = ()


class ParticipantIn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A participant of an entry with its role there."""

    participant: Participant
    role: str


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One happening, from every page that tells of it.

    `id` is "e-" and the digest part of its least mention id. `origins` counts independent sources after copies are
    folded. `reasons` say why its mentions were held to be one happening.
    """

    id: str
    title: str
    type: str
    status: Status
    mode: str | None = None
    days: Days = Days()
    precision: Precision = Precision.UNKNOWN
    place: Place | None = None
    participants: tuple[ParticipantIn, ...] = ()
    sources: tuple[Source, ...] = ()
    origins: int = 0
    mentions: tuple[Mention, ...] = ()
    history: tuple[Step, ...] = ()
    relations: tuple[Relation, ...] = ()
    differences: tuple[Difference, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Linkage(msgspec.Struct, frozen=True):
    """All that linking finds, sorted by id, so that the order of pages leaves no trace."""

    copies: tuple[Copy, ...] = ()
    stories: tuple[Story, ...] = ()
    entries: tuple[Entry, ...] = ()


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """A copy without its two pages; `bounds` are begin and end of each span, passage after passage."""

    share: int
    bounds: tuple[int, ...]
    reason: Reason | None

    def copy(self, page: str, of: str) -> Copy:
        """The copy that it is."""
        spans = [Span(*bounds) for bounds in zip(self.bounds[::2], self.bounds[1::2], strict=True)]
        return Copy(page, of, self.share, tuple(zip(spans[::2], spans[1::2], strict=True)), self.reason)


class Copies:
    """Copies by page and by what they were taken from, held as bytes: of reprints there are many more than pages."""

    def __init__(self, copies: Iterable[Copy] = ()) -> None:
        self._packed: dict[str, dict[str, bytes]] = {}
        for copy in copies:
            self.add(copy)

    def add(self, copy: Copy) -> None:
        """Takes in one more."""
        bounds = tuple(bound for pair in copy.passages for span in pair for bound in (span.start, span.end))
        packed = msgspec.msgpack.encode(_Packed(copy.share, bounds, copy.reason))
        self._packed.setdefault(copy.page, {})[copy.of] = packed

    def get(self, page: str, of: str) -> Copy | None:
        """The copy that a page is of another; None if it is none."""
        packed = self._packed.get(page, {}).get(of)
        return None if packed is None else msgspec.msgpack.decode(packed, type=_Packed).copy(page, of)

    def stamp(self, version: str) -> None:
        """Puts the version into every reason."""
        for copy in self:
            self.add(stamped(copy, version))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Page and source of each, by page and source."""
        return ((page, of) for page, sources in sorted(self._packed.items()) for of in sorted(sources))

    def among(self, pages: AbstractSet[str]) -> frozenset[tuple[str, str]]:
        """The pairs of these pages of which one is a copy of the other, the lesser first."""
        found = ((page, of) for page in pages for of in self._packed.get(page, {}).keys() & pages)
        return frozenset((min(pair), max(pair)) for pair in found)

    def __iter__(self) -> Iterator[Copy]:
        """All copies, by page and source."""
        return (copy for pair in self.pairs() if (copy := self.get(*pair)))


class Relinked(msgspec.Struct, frozen=True):
    """A linkage as it takes the place of an older one: what stays as it was is named and not told again.

    `keys` has every entry by id, with a digest of what it is made of ("" where nobody knows); `mentions` what each
    holds. `made` are the entries that are not stored under their key, each made when it is taken. `blocks` and `traces`
    are for the next linking: blocks by name, and the key of each page's trace.
    """

    copies: Copies
    stories: tuple[Story, ...]
    keys: Mapping[str, str]
    mentions: Mapping[str, tuple[str, ...]]
    made: Iterable[Entry]
    blocks: Mapping[str, msgspec.Struct] = MappingProxyType({})
    traces: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def whole(cls, linkage: Linkage) -> Relinked:
        """A linkage of which everything is told."""
        mentions = {entry.id: tuple(mention.event.id for mention in entry.mentions) for entry in linkage.entries}
        return cls(Copies(linkage.copies), linkage.stories, dict.fromkeys(mentions, ""), mentions, linkage.entries)
