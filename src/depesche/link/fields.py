"""What an entry says of itself: type, status, days, place, participants, from the mentions that tell it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from depesche.link.places import grain
from depesche.link.tellings import PartyKey, Telling, party_key
from depesche.model.days import Days, Precision
from depesche.model.linkage import ParticipantIn
from depesche.model.reading import Participant, Place, Status
from depesche.model.text import Span
from depesche.packs.linking import LinkRules

NEVER = 10**6
ROLES = ("actor", "recipient")
NOWHERE = Span(NEVER, NEVER)
LAST_WORD = (Status.CANCELLED, Status.DENIED, Status.PLANNED, Status.HYPOTHETICAL)
DAYS_AT_MOST = 14
VISIT = "visit"


def entry_type(tellings: Sequence[Telling]) -> str:
    """The type most mentions have; what occurred outweighs what is denied."""
    votes: Counter[str] = Counter()
    for telling in tellings:
        votes[telling.event.type] += 1 if telling.event.status == Status.DENIED else 2
    return _winner(votes)


def entry_mode(tellings: Sequence[Telling], type_: str) -> str | None:
    """The mode most mentions have that have one."""
    votes = Counter(t.event.mode for t in tellings if t.event.mode and t.event.type == type_)
    return _winner(votes) if votes else None


def entry_status(tellings: Sequence[Telling]) -> Status:
    """What occurred has occurred; else the latest word counts, and of one day's words a cancellation."""
    if any(telling.event.status == Status.OCCURRED for telling in tellings):
        return Status.OCCURRED
    last = max(telling.order()[0] for telling in tellings)
    latest = {telling.event.status for telling in tellings if telling.order()[0] == last}
    return next(status for status in LAST_WORD if status in latest)


def entry_days(tellings: Sequence[Telling], mode: str | None, rules: LinkRules) -> tuple[Days, Precision]:
    """The best-supported, latest, most precise days.

    Other mentions' days narrow the best ones where they meet. A stay told by one of its days takes the days of the
    latest mention that tells the whole of it.
    """
    dated = [telling for telling in tellings if telling.event.days.known]
    if not dated:
        return Days(), Precision.UNKNOWN
    support = Counter(telling.event.days for telling in dated)
    ranked = sorted(dated, key=lambda telling: _rank(telling, support))
    days = ranked[0].event.days
    for telling in ranked[1:]:
        days = days.meet(telling.event.days) or days
    if mode in rules.types.lasting:
        days = _whole_stay(days, ranked, rules.entries.stay)
    return days, _precision(days, ranked)


def entry_place(tellings: Sequence[Telling], rules: LinkRules) -> Place | None:
    """The country that most mentions have, and the finest place told in it."""
    told = [telling.event.told_place for telling in tellings if telling.event.told_place]
    places = told or [telling.event.place for telling in tellings if telling.event.place]
    if not places:
        return None
    countries = Counter(place.country for place in places if place.country)
    country = _winner(countries) if countries else None
    inside = [place for place in places if place.country == country]
    names = Counter(place.name for place in inside)
    return min(
        inside,
        key=lambda place: (-grain(place, rules), -names[place.name], place.name, place.text, place.span or NOWHERE),
    )


def entry_participants(tellings: Sequence[Telling], host: str = "") -> tuple[tuple[ParticipantIn, ...], frozenset[str]]:
    """Every party once, in the role most mentions give it; those who act first, then by support and name.

    On a visit, those of the visited country (`host`) receive it, if others come. A country and its government
    are one party. A mention that names a country where others name its leader adds nobody, and nor does one whose
    party is only judged where others tell theirs. Beside them the names of those who lead: told at least half as often
    as the one told most.
    """
    sure = {role for telling in tellings for role, side in zip(ROLES, telling.event.ruled, strict=True) if side}
    guests = {party_key(party).state for telling in tellings for party in telling.event.actors} - {host}
    roles: dict[PartyKey, Counter[str]] = defaultdict(Counter)
    wordings: dict[PartyKey, list[Participant]] = defaultdict(list)
    for telling in tellings:
        for role, parties in zip(ROLES, (telling.event.actors, telling.event.recipients), strict=True):
            for party in (p for p in parties if not (p.judged and role in sure)):
                at_home = bool(host) and bool(guests) and party_key(party).state == host
                roles[_who(party)]["recipient" if at_home else role] += 1
                wordings[_who(party)].append(party)
    most = max((sum(votes.values()) for votes in roles.values()), default=0)
    persons = {key.state for key, votes in roles.items() if key.person and 2 * sum(votes.values()) >= most}
    kept = [key for key in roles if not (key.id.startswith("state:") and key.state in persons)]
    found = [(_winner(roles[key]), -sum(roles[key].values()), _clearest(wordings[key])) for key in kept]
    ordered = sorted(found, key=lambda row: (*row[:2], row[2].name, row[2].id))
    leading = frozenset(party.name for _, votes, party in ordered if -2 * votes >= most)
    return tuple(ParticipantIn(party, role) for role, _, party in ordered), leading


def _who(party: Participant) -> PartyKey:
    """Within an entry groups of one name are one, though pages may set them in several countries."""
    key = party_key(party)
    return PartyKey(f"group:{key.called}", group=True) if key.group else key


def _rank(telling: Telling, support: Counter[Days]) -> tuple[int, int, int, int, str]:
    """Order of trust: held before planned, then close, often told, and told late."""
    days = telling.event.days
    held = 0 if telling.event.status == Status.OCCURRED else 1
    latest = telling.order()[0].toordinal()
    if held:  # of plans, the latest counts before the closest
        return held, -latest, days.length or NEVER, -support[days], telling.id
    return held, days.length or NEVER, -support[days], -latest, telling.id


def _whole_stay(days: Days, ranked: Sequence[Telling], longest: int) -> Days:
    wholes = [
        telling
        for telling in ranked
        if telling.event.days != days
        and _holds(telling.event.days, days)
        and (telling.event.days.length or NEVER) <= longest
    ]
    close = [t for t in wholes if t.event.precision in {Precision.DAY, Precision.DAYS, Precision.RANGE}]
    latest = max(close, key=lambda telling: telling.order(), default=None)
    return latest.event.days if latest else days


def _holds(outer: Days, inner: Days) -> bool:
    return outer.meet(inner) == inner


def _precision(days: Days, ranked: Sequence[Telling]) -> Precision:
    same = next((telling.event.precision for telling in ranked if telling.event.days == days), None)
    if same is not None:
        return same
    if days.length is None:
        return Precision.OPEN
    if days.length == 1:
        return Precision.DAY
    return Precision.DAYS if days.length <= DAYS_AT_MOST else Precision.RANGE


def _clearest(parties: Iterable[Participant]) -> Participant:
    """A country before its government; else the longest name, first in the alphabet."""
    return min(
        parties, key=lambda party: (party.kind != "country", -len(party.name), party.name, party.text, party.span)
    )


def _winner(votes: Counter[str]) -> str:
    return min(votes, key=lambda value: (-votes[value], value))


class Fields(msgspec.Struct, frozen=True):
    """The values of an entry that its mentions settle."""

    type: str
    mode: str | None
    status: Status
    days: Days
    precision: Precision
    place: Place | None
    participants: tuple[ParticipantIn, ...]
    leading: frozenset[str] = frozenset()


def settle_fields(tellings: Sequence[Telling], rules: LinkRules) -> Fields:
    """All fields of the entry that these mentions make."""
    type_ = entry_type(tellings)
    mode = entry_mode(tellings, type_)
    days, precision = entry_days(tellings, mode, rules)
    place = entry_place(tellings, rules)
    host = place.country if place and place.country and mode == VISIT else ""
    participants, leading = entry_participants(tellings, host)
    return Fields(
        type=type_,
        mode=mode,
        status=entry_status(tellings),
        days=days,
        precision=precision,
        place=place,
        participants=participants,
        leading=leading,
    )
