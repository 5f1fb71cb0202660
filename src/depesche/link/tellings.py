"""Mentions as they are compared: with their page, their parties as keys, and what their evidence says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum
from typing import Protocol, TypeVar

import msgspec

from depesche.link.words import long_digest, stem, words_of
from depesche.model.days import Days
from depesche.model.linkage import Told
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Participant, Party, PartyKind, Place, Reading
from depesche.model.text import Span, meeting
from depesche.packs.linking import LinkRules

STATES = {PartyKind.COUNTRY, PartyKind.GOVERNMENT, PartyKind.MINISTRY}
SHORTEST_CONTENT = 5
DESCRIBED = "description:"  # how the id begins of a person without a name
UNCLEAR = {PartyKind.GROUP, PartyKind.PLACE}
SHORTEST_GIVEN = 3
LEAST_WORDING = 6  # words from which equal wording cannot be chance


T = TypeVar("T", bound=Hashable)


class Once(Protocol):
    """Gives one and the same object for equal values."""

    def __call__(self, value: T, /) -> T:
        """The value, or the one that is equal to it and came first."""


class Sameness(IntEnum):
    """How far two parties are the same."""

    NONE = 0
    NEAR = 1
    SAME = 2


class PartyKey(msgspec.Struct, frozen=True, order=True):
    """Whom a participant means: a country, its government and ministries are one key.

    A `group` ("Demonstranten") goes by the same name in many places, so its name alone makes nobody the same.
    """

    id: str
    state: str = ""
    person: bool = False
    group: bool = False

    @property
    def called(self) -> str:
        """What a group is called, wherever it is."""
        return self.id.rsplit(":", 1)[-1] if self.group else ""

    def sameness(self, other: PartyKey) -> Sameness:
        """Same party; or near: a person or body beside the own country."""
        if self.id == other.id:
            return Sameness.NEAR if self.group else Sameness.SAME
        of_state = self.id.startswith("state:") or other.id.startswith("state:")
        return Sameness.NEAR if of_state and self.state and self.state == other.state else Sameness.NONE


class Profile(msgspec.Struct, frozen=True):
    """What an event mention is compared by. `cast` are the ids of all persons its page names.

    `wording` are digests of long pieces of the evidence, `said` all its words; both sorted, for sets take much room.
    """

    event: EventMention
    actors: tuple[PartyKey, ...]
    recipients: tuple[PartyKey, ...]
    groups: frozenset[str]
    trigger: frozenset[str]
    content: frozenset[str]
    wording: tuple[int, ...]
    said: tuple[str, ...]
    names: tuple[tuple[PartyKey, frozenset[str]], ...]
    context: frozenset[str]
    cast: frozenset[str]


class Telling(Profile, frozen=True):
    """An event mention with its page, ready for comparison; its words need a page with text (`worded`).

    `parties` are actors and recipients, each once; `news_days` the days it was published in.
    """

    reading: Reading
    parties: tuple[PartyKey, ...]
    news_days: Days

    @property
    def id(self) -> str:
        """The mention's identity."""
        return self.event.id

    @property
    def page(self) -> str:
        """The page's identity."""
        return self.reading.page

    @property
    def dateline(self) -> Dateline:
        """When it was published: with the page, or with its entry of a live blog."""
        return self.reading.dateline.at(self.event.trigger.start)

    def words(self, span: Span) -> str:
        """The words at a span of the article."""
        return span.of(self.reading.text)

    def worded_as(self, other: Telling) -> bool:
        """Whether a long piece of the evidence of both has the same words."""
        return any(words in other.wording for words in self.wording)

    @property
    def passage(self) -> Span:
        """The first piece of evidence; the trigger where there is none."""
        return self.event.evidence[0] if self.event.evidence else self.event.trigger

    def sentence(self) -> Span:
        """The sentence around the passage; the passage itself where no sentence holds it."""
        return next(
            (one for one in meeting(self.reading.sentences, self.passage) if one.holds(self.passage)), self.passage
        )

    def sentences(self) -> tuple[Told, ...]:
        """The sentences that the evidence stands in, in order, each once."""
        found = {one for span in self.event.evidence for one in meeting(self.reading.sentences, span)}
        return tuple(Told(one, self.words(one)) for one in sorted(found))

    def order(self) -> tuple[date, date, str, str]:
        """By publication; pages without a day by what the mention is likely to be: plans first."""
        days = self.news_days
        unknown = date.max if self.event.status == "occurred" else date.min
        last = days.last or days.first or unknown
        return last, days.first or last, self.reading.doc, self.id


def tell(readings: Iterable[Reading], rules: LinkRules) -> list[Telling]:
    """Every event mention of the pile, by identity."""
    unique, profiler = {reading.page: reading for reading in readings}, Profiler(rules)
    told = (on(profile, reading) for _, reading in sorted(unique.items()) for profile in profiler.profiles(reading))
    return [telling for _, telling in sorted({telling.id: telling for telling in told}.items())]


def _as_it_is(value: T) -> T:
    return value


def on(profile: Profile, reading: Reading, once: Once = _as_it_is) -> Telling:
    """The mention on its page; `once` gives for what many mentions have alike the same object."""
    line = reading.dateline.at(profile.event.trigger.start)
    return Telling(
        reading=reading,
        parties=once(tuple(sorted(set(profile.actors + profile.recipients)))),
        news_days=once(Days(line.earliest, line.latest)),
        **{name: getattr(profile, name) for name in Profile.__struct_fields__},
    )


def worded(telling: Telling, reading: Reading) -> Telling:
    """The mention on its page as it was read, with its text and every reason, and without what else happens there."""
    event = next(event for event in reversed(reading.events) if event.id == telling.id)
    return msgspec.structs.replace(telling, reading=msgspec.structs.replace(reading, events=()), event=event)


class Profiler:
    """Makes of the event mentions of pages what they are compared by."""

    def __init__(self, rules: LinkRules) -> None:
        self._rules = rules
        self._dull = frozenset(stem(word) for word in [*rules.words.stop.stems, *rules.countries])
        self._groups = _Groups(rules)

    def profiles(self, reading: Reading) -> Iterator[Profile]:
        """The event mentions of a page, in its order."""
        persons = (party for party in reading.parties if party.kind == PartyKind.PERSON and not _described(party))
        cast = frozenset(party_key(party).id for party in persons)
        named = sorted(reading.parties, key=lambda party: (party.start, party.end))
        return (self._profile(reading, event, cast, named) for event in reading.events)

    def _profile(self, reading: Reading, event: EventMention, cast: frozenset[str], named: Sequence[Party]) -> Profile:
        acting, receiving = event.ruled
        recipients, territorial = _keys(receiving), self._rules.types.territorial
        if not recipients and event.type in territorial and event.told_place and event.told_place.country:
            recipients = (_state(event.told_place.country),)
        evidence = [words_of(span.of(reading.text)) for span in event.evidence]
        trigger = words_of(event.trigger.of(reading.text)) + words_of(event.lemma)
        return Profile(
            event=event,
            actors=_keys(acting),
            recipients=recipients,
            groups=frozenset().union(*(self._groups[word] for word in trigger)),
            trigger=frozenset(stem(word) for word in trigger),
            content=_content(evidence, event, self._dull),
            wording=tuple(sorted({long_digest(words) for words in evidence if len(words) >= LEAST_WORDING})),
            said=tuple(sorted({word for words in evidence for word in words})),
            names=tuple((party_key(p), _short_names(p.name)) for p in (*acting, *receiving) if not _described(p)),
            context=_context(event, reading.sentences, named),
            cast=cast,
        )


class _Groups(dict[str, frozenset[str]]):
    """The groups that a trigger's word belongs to, a compound by its end ("Auslandsreise") as by its beginning."""

    def __init__(self, rules: LinkRules) -> None:
        self._stems = rules.words.groups

    def __missing__(self, word: str) -> frozenset[str]:
        self[word] = found = frozenset(
            group for group, stems in self._stems.items() if word.startswith(stems) or word.endswith(stems)
        )
        return found


def nearest(left: Iterable[PartyKey], right: Collection[PartyKey]) -> Sameness:
    """The closest that any party of one side is to any of the other."""
    return max((a.sameness(b) for a in left for b in right), default=Sameness.NONE)


def party_key(party: Participant | Party) -> PartyKey:
    """The key of a participant, or of a party wherever it is named."""
    if party.kind in STATES and party.country:
        return _state(party.country)
    id_ = party.id or f"{party.kind}:{party.name.casefold()}"
    return PartyKey(id_, party.country or "", party.kind == PartyKind.PERSON, party.kind == PartyKind.GROUP)


def place_key(place: Place | None) -> PartyKey | None:
    """The country of a place as a key."""
    return _state(place.country) if place and place.country else None


def _short_names(name: str) -> frozenset[str]:
    """The words by which a name is known alone, with genitives: no given name that stands first ("Xi" is none)."""
    words = words_of(name)
    short = words[1:] if len(words) > 1 and len(words[0]) > SHORTEST_GIVEN else words
    return frozenset([*short, *(word + "s" for word in short)])


def _context(event: EventMention, sentences: Sequence[Span], named: Sequence[Party]) -> frozenset[str]:
    """Ids of all parties named in the evidence and in the sentence where it begins, whatever their role; no places.

    `named` are the page's parties in order.
    """
    first = event.evidence[0] if event.evidence else event.trigger
    around = {*event.evidence, *meeting(sentences, first)}
    near = (party for span in around for party in _within(span, named))
    clear = [party for party in near if not _described(party) and party.kind not in UNCLEAR]
    place = place_key(event.told_place)
    ids = frozenset(id_ for party in clear for id_ in (party.members or (party_key(party).id,)))
    return ids - {place.id} if place else ids


def _within(span: Span, named: Sequence[Party]) -> Iterator[Party]:
    """The parties that are named inside a span, of all in order."""
    first = bisect_left(named, span.start, key=lambda party: party.start)
    last = bisect_left(named, span.end, lo=first, key=lambda party: party.start)
    return (party for party in named[first:last] if party.end <= span.end)


def _state(country: str) -> PartyKey:
    return PartyKey(f"state:{country}", country)


def _keys(parties: Iterable[Participant]) -> tuple[PartyKey, ...]:
    return tuple(sorted({party_key(party) for party in parties if not _described(party)}))


def _described(party: Participant | Party) -> bool:
    """Whether a page only describes somebody ("ein Sprecher"), who may be anybody on another page."""
    return party.id.startswith(DESCRIBED)


def _content(evidence: list[list[str]], event: EventMention, dull: frozenset[str]) -> frozenset[str]:
    """Stems of the words that tell what it was about: no names of parties or countries, no words every report has."""
    known = {word for party in event.parties for word in words_of(f"{party.name} {party.text}")}
    known |= set(words_of(f"{event.told_place.name} {event.told_place.text}")) if event.told_place else set()
    words = {word for piece in evidence for word in piece if len(word) >= SHORTEST_CONTENT and not word.isdigit()}
    return frozenset(stem(word) for word in words - known) - dull
