"""Mentions of one happening in one article are written once, with every piece of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from depesche.model.days import Days, Precision
from depesche.model.reading import EventMention, Participant, PartyKind, Status
from depesche.model.text import Span
from depesche.read.triggers import Trigger

MOST_PIECES, MOST_CHARACTERS = 5, 700
PHYSICAL = {"ASSAULT", "INCIDENT"}
"""Types whose noun and verb in one sentence tell one happening, whoever each names as harmed."""

WEEK = 7  # days
FEW = 4  # sentences: those before, with and behind a mention, and one more
SPEECH = {"REQUEST", "ACCUSE", "AGREE", "REJECT", "SUPPORT", "THREATEN", "CONCEDE"}
"""Types of which one party does several in an article: only the same act in other words is one."""

STATES = {PartyKind.COUNTRY, PartyKind.GOVERNMENT, PartyKind.MINISTRY, PartyKind.ORG, PartyKind.PERSON, PartyKind.GROUP}


@dataclass(frozen=True)
class Draft:
    """A mention with its trigger and what decides whether it is told as an act of its own."""

    event: EventMention
    trigger: Trigger
    bare: bool  # a noun without time, place or both sides: it points back at an act told elsewhere
    sentence: int
    past: bool = False  # told in a past tense
    nominal: bool = False


@dataclass(frozen=True)
class Told:
    """One happening as an article tells it: the mention that is written, and all mentions that it is made of."""

    event: EventMention
    drafts: tuple[Draft, ...]


class Group:
    """Mentions of one happening, where a new one need not be held against those that say the same over and over.

    Whether two are one depends on what they say, and on their sentences only while these are less than two apart.
    So of those that say the same, the near ones and a few others decide for all: of FEW sentences one is not near.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._far: dict[Hashable, dict[int, Draft]] = defaultdict(dict)
        self._near: dict[int, dict[Hashable, Draft]] = defaultdict(dict)

    def add(self, draft: Draft) -> None:
        """One more mention."""
        said = _said(draft)
        self.drafts.append(draft)
        self._near[draft.sentence].setdefault(said, draft)
        if len(self._far[said]) < FEW:
            self._far[said].setdefault(draft.sentence, draft)

    def against(self, draft: Draft) -> list[Draft]:
        """The mentions that decide whether another belongs to them."""
        near = [one for s in range(draft.sentence - 1, draft.sentence + 2) for one in self._near.get(s, {}).values()]
        return near + [one for same in self._far.values() for one in same.values()]


def _said(draft: Draft) -> Hashable:
    """All that is asked of a mention to tell whether it and another are one, less its sentence."""
    event = draft.event
    return (
        (event.type, event.mode, event.status, event.lemma, event.invitation, event.aggregate),
        (event.days, event.precision, event.place.country if event.place else None),
        (draft.bare, draft.nominal),
        frozenset(keys_of(event.actors)),
        frozenset(keys_of(event.recipients)),
        frozenset(keys_of(event.parties)),
    )


def merged(drafts: Sequence[Draft]) -> tuple[Told, ...]:
    """The article's happenings, each once, in order of their triggers."""
    groups: list[Group] = []
    of_sort: dict[Hashable, list[Group]] = defaultdict(list)
    for draft in drafts:
        alike = of_sort[_sort_of(draft)]
        home = next((group for group in reversed(alike) if _same(group.against(draft), draft)), None)
        if home is None:
            home = Group()
            groups.append(home)
            alike.append(home)
        home.add(draft)
    told = (Told(_one(group.drafts), tuple(group.drafts)) for group in groups)
    return tuple(sorted(told, key=lambda one: (one.event.trigger, one.event.type)))


def _sort_of(draft: Draft) -> Hashable:
    """What all mentions of one happening have alike."""
    event = draft.event
    return event.type, event.invitation, event.aggregate


def _same(group: Sequence[Draft], draft: Draft) -> bool:
    if not all(_compatible(other, draft) for other in group):
        return False
    # a dated act joins another act, not a bare word that may point at any
    pool = [other for other in group if not (other.bare and draft.event.days.known)] or group
    return any(_alike(other, draft) for other in pool)


def _compatible(a: Draft, b: Draft) -> bool:
    """Whether nothing speaks against two mentions of one sort being one happening."""
    x, y = a.event, b.event
    if not _same_mode(x, y):
        return False
    if (x.status == Status.DENIED) != (y.status == Status.DENIED) or (x.status == Status.HYPOTHETICAL) != (
        y.status == Status.HYPOTHETICAL
    ):
        return a.bare or b.bare
    if x.days.known and y.days.known and (x.days.meet(y.days) is None or _day_of_several(x, y)):
        return False
    if x.place and y.place and x.place.country and y.place.country and x.place.country != y.place.country:
        return False
    if a.nominal and b.nominal and a.sentence == b.sentence and x.lemma != y.lemma and x.parties and y.parties:
        return False  # "das Treffen nach seinem Europabesuch": two nouns of one sentence are two acts
    if x.type in SPEECH and _by_others(x.actors, y.actors):
        return False  # what two ministers of one country say are two acts
    if x.type in PHYSICAL and a.sentence == b.sentence and not (a.nominal and b.nominal):
        return True  # "Bei dem Angriff auf den Zug wurden drei Menschen getötet"
    if _agree(x.actors, y.actors) and _agree(x.recipients, y.recipients):
        return True
    return x.type not in SPEECH and (a.bare or b.bare) and _agree(x.parties, y.parties)


def _day_of_several(x: EventMention, y: EventMention) -> bool:
    """Talks on Tuesday are a part of the visit from Monday to Wednesday, not the visit."""
    lengths = sorted(event.days.length or 0 for event in (x, y))
    told = {event.precision for event in (x, y)}
    return lengths[0] == 1 and 1 < lengths[1] < WEEK and told <= {Precision.DAY, Precision.DAYS, Precision.RANGE}


def _same_mode(x: EventMention, y: EventMention) -> bool:
    """Different modes are different acts; only a meeting in person may be called a visit, a summit or talks."""
    if not x.mode or not y.mode or x.mode == y.mode:
        return True
    return x.type == "CONSULT" and not {x.mode, y.mode} & {"phone", "video"}


def _alike(a: Draft, b: Draft) -> bool:
    """Whether something speaks for it: the same word, a bare noun, or the same parties."""
    x, y = a.event, b.event
    shared = bool(keys_of(x.parties) & keys_of(y.parties))
    if x.type in SPEECH:
        near = abs(a.sentence - b.sentence) <= 1
        return (a.bare or b.bare) and (shared or near) if x.lemma != y.lemma else shared and (a.bare or b.bare)
    if a.bare or b.bare:
        return True
    return shared or (not (x.parties and y.parties) and _within(x.days, y.days))


def _within(a: Days, b: Days) -> bool:
    """Whether one of two known ranges of days holds the other."""
    common = a.meet(b) if a.known and b.known else None
    return common is not None and common in (a, b)


def _agree(a: Sequence[Participant], b: Sequence[Participant]) -> bool:
    return not a or not b or bool(keys_of(a) & keys_of(b))


def _by_others(a: Sequence[Participant], b: Sequence[Participant]) -> bool:
    """Whether persons known by name act on both sides, and none of them on both: a country is no bond then."""
    one, other = ({party.id for party in side if party.id.startswith("person:")} for side in (a, b))
    return bool(one and other) and not one & other


def keys_of(participants: Iterable[Participant]) -> set[str]:
    """What participants may be met by: their ids, and the country of states and of those who act for them."""
    keys: set[str] = set()
    for participant in participants:
        keys.add(participant.id or participant.name.casefold())
        if participant.country and participant.kind in STATES:
            keys.add(participant.country)
    return keys


def _one(group: Sequence[Draft]) -> EventMention:
    """The fullest mention, with what the others add."""
    if len(group) == 1:
        return group[0].event
    best = max(group, key=lambda draft: (_fullness(draft), -draft.event.trigger.start))
    event = best.event
    dated = [d.event for d in group if d.event.days.known]
    closest = min(dated, key=lambda e: (e.days.length or 10_000, e.trigger.start), default=event)
    places = [d.event.place for d in group if d.event.place is not None]
    others = [d for d in group if d is not best]
    actors = event.actors or next((d.event.actors for d in others if d.event.actors), ())
    return msgspec.structs.replace(
        event,
        status=Status.CANCELLED if any(d.event.status == Status.CANCELLED for d in group) else event.status,
        evidence=_evidence(best, others),
        actors=actors,
        recipients=event.recipients or _rest(event.type, actors, others),
        place=event.place or (places[0] if places else None),
        mode=event.mode or next((d.event.mode for d in others if d.event.mode), None),
        time_words=closest.time_words,
        days=closest.days,
        precision=closest.precision,
        attribution=event.attribution,
        numbers=tuple(dict.fromkeys(n for d in group for n in d.event.numbers)),
        reasons=event.reasons,
    )


def _rest(type: str, actors: Sequence[Participant], others: Sequence[Draft]) -> tuple[Participant, ...]:
    """Recipients that another mention names and that are no actors of this one."""
    taken = {p.id for p in actors}
    for draft in others:
        both = draft.event.parties if type == "CONSULT" else draft.event.recipients
        rest = tuple(p for p in both if p.id not in taken)
        if rest:
            return rest
    return ()


def _fullness(draft: Draft) -> int:
    event = draft.event
    return (
        4 * (not draft.bare)
        + 2 * bool(event.actors)
        + 2 * bool(event.recipients)
        + 2 * event.days.known
        + bool(event.place)
    )


def _evidence(best: Draft, others: Sequence[Draft]) -> tuple[Span, ...]:
    """The best mention's evidence first, then the others' in order, as long as they say more and stay short."""
    out = list(best.event.evidence)
    for draft in others:
        for span in draft.event.evidence:
            length = sum(s.end - s.start for s in out) + span.end - span.start
            if any(s.meets(span) for s in out) or len(out) >= MOST_PIECES or length > MOST_CHARACTERS:
                continue
            out.append(span)
    return tuple(out)
