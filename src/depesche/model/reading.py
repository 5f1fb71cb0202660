"""What one article says: times, parties, quotations, event mentions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from depesche.model.days import Days, Direction, Precision
from depesche.model.expression import TimeExpression
from depesche.model.page import Dateline
from depesche.model.reason import Reason
from depesche.model.text import Span


class Time(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time expression anchored: TIMEX3 `type`, `value` and `mod`, and the days it can mean.

    `parts` are the two ends of a range as times of their own: TIMEX3 writes those instead of the whole.
    On a page without a known day, `expression` and `direction` keep what anchors the time anew once that
    day is known more closely; both are None for a time that must stay as it is. `counts_from` is the
    index of the article's time that it counts from ("am nächsten Tag"), -1 for the day of the page.
    """

    start: int
    end: int
    type: str
    value: str
    days: Days = Days()
    precision: Precision = Precision.UNKNOWN
    mod: str | None = None
    reason: Reason | None = None
    parts: tuple[Time, ...] = ()
    expression: TimeExpression | None = None
    direction: Direction | None = None
    counts_from: int = -1


class PartyKind(StrEnum):
    """Kinds of participants, as in the event guidelines."""

    PERSON = "person"
    COUNTRY = "country"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    GROUP = "group"
    ORG = "org"
    IGO = "igo"
    MEDIA = "media"
    PLACE = "place"


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mention of a party, resolved as far as the page allows.

    `start:end` is the whole mention with article and apposition ("der chinesische Präsident Xi
    Jinping"); `head` the word index of its head, to be met by verb–argument links. `name` is
    canonical. `country` is ISO 3166-1 alpha-3. `id` is the same for the same party on every page
    ("person:xi-jinping", "country:CHN", "government:CHN"). `office` is the office told beside the
    name ("Präsident"), in the words of the page. `members` are the ids meant together by "die beiden
    Staatschefs". `name_span` is the bare name inside the mention.
    """

    start: int
    end: int
    head: int
    kind: PartyKind
    name: str
    id: str
    country: str | None = None
    office: str = ""
    office_country: str | None = None
    members: tuple[str, ...] = ()
    name_span: Span | None = None
    reason: Reason | None = None

    @property
    def span(self) -> Span:
        """The mention's place."""
        return Span(self.start, self.end)


class QuoteType(StrEnum):
    """Types of quotation (Petersen-Frey & Biemann 2024)."""

    DIRECT = "Direct"
    INDIRECT = "Indirect"
    REPORTED = "Reported"
    FREE_INDIRECT = "FreeIndirect"
    INDIRECT_FREE_INDIRECT = "IndirectFreeIndirect"


class Quote(msgspec.Struct, frozen=True, omit_defaults=True):
    """A quotation: what is said, by whom, and the clause that introduces it. Every role is a list of spans.

    `body_name` and `body_id` are those of the body that a spokesperson speaks for.
    """

    type: QuoteType
    quote: tuple[Span, ...]
    speaker: tuple[Span, ...] = ()
    speaker_name: str | None = None
    speaker_id: str | None = None
    cue: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    frame: tuple[Span, ...] = ()
    medium: str = "Speech"
    nested: bool = False
    reason: Reason | None = None
    body_name: str | None = None
    body_id: str | None = None


class Status(StrEnum):
    """Of an event, as in the event guidelines."""

    OCCURRED = "occurred"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class Participant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party in a role of an event: the words that name it there, and whom they mean.

    `judged` marks one that no rule has put there: a trained judge took it from the sentences around (decision 17).
    """

    span: Span
    text: str
    name: str
    kind: PartyKind
    country: str | None = None
    id: str = ""
    office: str = ""
    judged: bool = False


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where an event is set: the words, the canonical name, the country (ISO alpha-3).

    `assumed` marks the country that the article is about, taken where nothing tells the event's place (decision 17).
    """

    text: str
    name: str
    span: Span | None = None
    country: str | None = None
    assumed: bool = False


class Attribution(msgspec.Struct, frozen=True, omit_defaults=True):
    """On whose word an event is told."""

    span: Span
    text: str
    name: str | None = None
    id: str = ""


class Number(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure told of an event: "39" of "Tote", unit "" for plain counts. `value` is a decimal as text."""

    span: Span
    value: str
    unit: str = ""
    of: str = ""


class EventMention(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one passage of one article says happened, is planned, was called off or never happened.

    `id` is "m-" and a digest of page, trigger span and type family (decision 0002). `aggregate` marks a
    count over several events ("39 Mal"). `invitation` marks an invitation to a meeting, which is an
    event beside the meeting. `time_words` is the span of the words that date it.
    """

    id: str
    type: str
    trigger: Span
    evidence: tuple[Span, ...]
    status: Status
    mode: str | None = None
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    place: Place | None = None
    time_words: Span | None = None
    days: Days = Days()
    precision: Precision = Precision.UNKNOWN
    attribution: Attribution | None = None
    numbers: tuple[Number, ...] = ()
    aggregate: bool = False
    invitation: bool = False
    lemma: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def parties(self) -> tuple[Participant, ...]:
        """Actors and recipients."""
        return self.actors + self.recipients

    @property
    def told_place(self) -> Place | None:
        """The place that the text tells; None for one that is only assumed: it neither joins nor parts happenings."""
        return None if self.place is not None and self.place.assumed else self.place

    @property
    def ruled(self) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
        """Actors and recipients without those that are only judged: on these alone happenings are joined."""
        actors, recipients = (tuple(p for p in side if not p.judged) for side in (self.actors, self.recipients))
        return actors, recipients


class Reading(msgspec.Struct, frozen=True):
    """All that one article says. `text` is the article's; `title` is context."""

    page: str
    doc: str
    text: str
    dateline: Dateline
    title: str | None = None
    language: str = "de"
    outlet: str | None = None
    agency: str | None = None
    house: str | None = None
    times: tuple[Time, ...] = ()
    parties: tuple[Party, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[EventMention, ...] = ()
    sentences: tuple[Span, ...] = ()

    @property
    def published(self) -> date | None:
        """The day of publication, where it is known."""
        return self.dateline.published
