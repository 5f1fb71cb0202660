"""How entries stand to each other: what an invitation led to, what is part of a visit, what answers what."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from depesche.link.fields import Fields
from depesche.link.places import Nearness, compare_places
from depesche.link.tellings import PartyKey, Telling, nearest, party_key
from depesche.model.linkage import Relation, RelationKind
from depesche.model.reading import Status
from depesche.model.reason import Reason
from depesche.packs.linking import LinkRules

CLEAR = 3  # nearness of both sides together: the same party on one, at least its country on the other
CROWD = 100  # entries of one party, before and after, that are looked through for one relation
PAGES = 50  # pages of an entry whose other entries are looked through


class Draft(msgspec.Struct, frozen=True):
    """An entry before its relations are known."""

    id: str
    fields: Fields
    tellings: tuple[Telling, ...]

    @property
    def invitation(self) -> bool:
        """Whether it is an invitation."""
        return any(telling.event.invitation for telling in self.tellings)

    @property
    def aggregate(self) -> bool:
        """Whether it is a count of several events."""
        return any(telling.event.aggregate for telling in self.tellings)

    @property
    def pages(self) -> frozenset[str]:
        """The pages that tell it."""
        return frozenset(telling.page for telling in self.tellings)

    def keys(self, role: str = "") -> frozenset[PartyKey]:
        """Its parties, of one role or all."""
        parts = self.fields.participants
        return frozenset(party_key(part.participant) for part in parts if not role or part.role == role)

    def states(self, role: str = "") -> frozenset[str]:
        """The countries of its parties; a party of no country stands for itself."""
        return frozenset(key.state or key.id for key in self.keys(role))


def relate(drafts: Sequence[Draft], rules: LinkRules) -> dict[str, tuple[Relation, ...]]:
    """The relations of each entry, by its id."""
    index = _Index(sorted(drafts, key=lambda draft: draft.id), rules)
    return {draft.id: tuple(_relations(draft, index.neighbours(draft), rules)) for draft in drafts}


class _Index:
    """Where to look for the other end of a relation, so that nobody has to look everywhere."""

    def __init__(self, drafts: Sequence[Draft], rules: LinkRules) -> None:
        self.pages: dict[str, list[Draft]] = defaultdict(list)
        self.visits: dict[str, list[tuple[date, str, Draft]]] = defaultdict(list)
        self.alike: dict[tuple[str, str | None, frozenset[PartyKey]], list[Draft]] = defaultdict(list)
        for draft in drafts:
            self.alike[draft.fields.type, draft.fields.mode, draft.keys()].append(draft)
            for page in draft.pages:
                self.pages[page].append(draft)
            if draft.fields.mode in rules.types.lasting and not _counted(draft):
                for state in draft.states():
                    self.visits[state].append((_day(draft), draft.id, draft))
        for visits in self.visits.values():
            visits.sort(key=lambda visit: visit[:2])

    def neighbours(self, draft: Draft) -> list[Draft]:
        """Entries of the same pages, visits of its parties in its time, and entries of its kind and parties."""
        near = [other for page in sorted(draft.pages)[:PAGES] for other in self.pages[page]]
        near += self.alike[draft.fields.type, draft.fields.mode, draft.keys()][:CROWD]
        for state in sorted(draft.states()):
            visits = self.visits.get(state, [])
            at = bisect_left(visits, (_day(draft), draft.id), key=lambda visit: visit[:2])
            near += [visit for _, _, visit in visits[max(0, at - CROWD) : at + CROWD]]
        unique = {other.id: other for other in near if other.id != draft.id}
        return [other for _, other in sorted(unique.items())]


def _day(draft: Draft) -> date:
    return draft.fields.days.first or draft.fields.days.last or date.max


def _relations(draft: Draft, others: Sequence[Draft], rules: LinkRules) -> Iterable[Relation]:
    finders = (_invited_visit, _whole, _answered, _cause, _held)
    for finder in finders:
        relation = finder(draft, others, rules)
        if relation:
            yield relation


def _invited_visit(draft: Draft, others: Sequence[Draft], rules: LinkRules) -> Relation | None:
    """The visit that an invitation is to: the invited goes to those who invite, not before they are invited.

    Of several, one of the same pages, then the first that is not over when they are published.
    """
    if not draft.invitation:
        return None
    guests, hosts = draft.keys("recipient"), draft.states("actor")
    visits = [
        other
        for other in others
        if other.fields.type == "CONSULT" and not other.invitation and not other.aggregate
        if other.fields.mode in rules.types.lasting
        if guests & other.keys("actor") and hosts & _hosts(other)
        if not _before(other, draft) and other.fields.status != Status.DENIED
    ]
    together = [visit for visit in visits if visit.pages & draft.pages] or visits
    if not together:
        return None
    best = min(together, key=lambda visit: (_over(visit, draft), not visit.fields.days.known, _first(visit)))
    return _relation(RelationKind.INVITATION_TO, best, "the invited visits those who invited")


def _whole(draft: Draft, others: Sequence[Draft], rules: LinkRules) -> Relation | None:
    """The visit or summit that talks, a signing or a promise belong to: its days, its place, its parties."""
    fields = draft.fields
    length = fields.days.length
    if fields.type not in rules.types.parts or length is None or length > rules.entries.stay or _counted(draft):
        return None
    if fields.mode in rules.types.lasting or fields.mode in {"phone", "video"}:
        return None
    wholes = [other for other in others if _is_whole_of(other, draft, rules)]
    if not wholes:
        return None
    best = min(wholes, key=lambda whole: (-len(whole.pages & draft.pages), whole.fields.days.length or 0, whole.id))
    return _relation(RelationKind.PART_OF, best, "in its days, with its parties")


def _is_whole_of(whole: Draft, part: Draft, rules: LinkRules) -> bool:
    days, length = whole.fields.days, whole.fields.days.length
    if whole.fields.mode not in rules.types.lasting or _counted(whole) or length is None or length > rules.entries.stay:
        return False
    if days.meet(part.fields.days) != part.fields.days or len(part.states() & whole.states()) < 2:
        return False
    nearness = compare_places(part.fields.place, whole.fields.place, rules)
    if nearness in {Nearness.APART, Nearness.COUNTRY} or not part.states() <= whole.states() | _hosts(whole):
        return False
    return part.fields.place is not None or bool(part.pages & whole.pages)


def _answered(draft: Draft, others: Sequence[Draft], rules: LinkRules) -> Relation | None:
    """The demand that a refusal or promise answers: told on one page, the asked answers, the asker is told."""
    if draft.fields.type not in rules.types.replies:
        return None
    demands = [
        other
        for other in others
        if other.fields.type == "REQUEST" and other.pages & draft.pages and not _before(draft, other)
        if nearest(other.keys("recipient"), draft.keys("actor")) + nearest(other.keys("actor"), draft.keys("recipient"))
        >= CLEAR
    ]
    return _relation(RelationKind.RESPONSE_TO, demands[0], "the asked answers") if len(demands) == 1 else None


def _cause(draft: Draft, others: Sequence[Draft], rules: LinkRules) -> Relation | None:
    """The act that criticism, sanctions or refusal are about: named in their evidence, done by those they meet."""
    if draft.fields.type not in rules.types.reactions:
        return None
    acts = [
        other
        for other in others
        if other.fields.type in rules.types.provocations and _named_in(other, draft)
        if nearest(other.keys("actor"), draft.keys("recipient")) and not other.states("actor") & draft.states("actor")
    ]
    return _relation(RelationKind.RESPONSE_TO, acts[0], "named in its evidence") if len(acts) == 1 else None


def _held(draft: Draft, others: Sequence[Draft], rules: LinkRules) -> Relation | None:
    """The one event that a plan of wide days came to, where the two are told apart by their pages."""
    fields = draft.fields
    if fields.status != Status.PLANNED or not fields.days.known or draft.invitation or draft.aggregate:
        return None
    held = [
        other
        for other in others
        if other.fields.status == Status.OCCURRED
        and (other.fields.type, other.fields.mode) == (fields.type, fields.mode)
        if other.keys() == draft.keys() and other.fields.days.known and not _counted(other)
        if fields.days.meet(other.fields.days) == other.fields.days
    ]
    return _relation(RelationKind.PLAN_OF, held[0], "held in the planned days") if len(held) == 1 else None


def _named_in(act: Draft, reaction: Draft) -> bool:
    spans = {(t.page, span) for t in reaction.tellings for span in t.event.evidence}
    return any(page == t.page and span.holds(t.event.trigger) for t in act.tellings for page, span in spans)


def _hosts(draft: Draft) -> frozenset[str]:
    place = draft.fields.place
    return draft.states("recipient") | (frozenset({place.country}) if place and place.country else frozenset())


def _counted(draft: Draft) -> bool:
    return draft.invitation or draft.aggregate


def _before(a: Draft, b: Draft) -> bool:
    """Whether all of `a` lies before `b`."""
    last, first = a.fields.days.last, b.fields.days.first
    return last is not None and first is not None and last < first


def _over(visit: Draft, draft: Draft) -> bool:
    """Whether a visit was over when the pages that tell of the invitation were published."""
    told = [telling.news_days.first for telling in draft.tellings if telling.news_days.first]
    last = visit.fields.days.last
    return bool(told) and last is not None and last < min(told)


def _first(draft: Draft) -> tuple[str, str]:
    return str(draft.fields.days.first or ""), draft.id


def _relation(kind: RelationKind, other: Draft, note: str) -> Relation:
    return Relation(kind, other.id, Reason(f"link.relation.{kind}", note))
