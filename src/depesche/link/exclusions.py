"""What makes it impossible that two mentions tell one event, whatever else agrees; each rule says why in words."""

from __future__ import annotations

from collections.abc import Callable

from depesche.link.places import Nearness, compare_places
from depesche.link.tellings import Telling
from depesche.model.days import Days
from depesche.model.reading import Status
from depesche.packs.linking import LinkRules

UNBOUNDED = 10**6  # length of days with an open end
Exclusion = Callable[[Telling, Telling, LinkRules], str]
STATED = {Status.PLANNED, Status.CANCELLED}


def is_stance(a: Telling, b: Telling) -> bool:
    """Whether one tells as a refusal what the other tells as an accusation never made ("nicht verurteilt")."""
    if a.event.type == b.event.type:
        return False
    told = {(a.event.type, a.event.status), (b.event.type, b.event.status)}
    return told == {("REJECT", Status.OCCURRED), ("ACCUSE", Status.DENIED)} and bool(shared_words(a, b))


def _other_type(a: Telling, b: Telling, rules: LinkRules) -> str:
    return "" if a.event.type == b.event.type or is_stance(a, b) else "different types"


def _other_kind(a: Telling, b: Telling, rules: LinkRules) -> str:
    if a.event.aggregate != b.event.aggregate:
        return "a count and a single event"
    if a.event.invitation != b.event.invitation:
        return "an invitation and what it invites to"
    if a.event.aggregate and not (a.worded_as(b) or numbers_of(a) & numbers_of(b)):
        return "different counts"
    return ""


def _other_mode(a: Telling, b: Telling, rules: LinkRules) -> str:
    one, other = a.event.mode, b.event.mode
    apart = one and other and one != other and frozenset((one, other)) in rules.modes.get(a.event.type, ())
    return "modes that exclude each other" if apart else ""


def _other_status(a: Telling, b: Telling, rules: LinkRules) -> str:
    if a.event.status == b.event.status or is_stance(a, b):
        return ""
    statuses = {a.event.status, b.event.status}
    if Status.HYPOTHETICAL in statuses:
        return "only one is a possibility"
    if statuses == {Status.CANCELLED, Status.OCCURRED}:
        return "one was called off, the other held"
    if Status.DENIED in statuses and not (_close(a, rules) and _close(b, rules)):
        return "only one is denied"
    return ""


def _other_days(a: Telling, b: Telling, rules: LinkRules) -> str:
    if a.event.days.meets(b.event.days) or _may_have_moved(a, b, rules) or a.worded_as(b):
        return ""
    return "days that exclude each other"


def _other_people(a: Telling, b: Telling, rules: LinkRules) -> str:
    """In a meeting, no country is there by two quite different persons."""
    if a.event.type not in rules.types.mutual or a.event.invitation:
        return ""
    one = _persons_by_state(a)
    other = _persons_by_state(b) if one else one
    clash = any(not one[state] & other[state] for state in one.keys() & other.keys())
    return "different persons for one country" if clash else ""


def _other_country(a: Telling, b: Telling, rules: LinkRules) -> str:
    if a.event.type not in rules.types.place_apart:
        return ""
    apart = compare_places(a.event.told_place, b.event.told_place, rules) is Nearness.APART
    return "in two countries" if apart else ""


def _not_yet(a: Telling, b: Telling, rules: LinkRules) -> str:
    """What a page tells as past cannot be an event of later days."""
    for told, other in ((a, b), (b, a)):
        published, first = told.news_days.last, other.event.days.first
        if told.event.status == Status.OCCURRED and published and first and published < first:
            return "told as past before it was"
    return ""


def _forgotten(a: Telling, b: Telling, rules: LinkRules) -> str:
    """What is told without days is fresh; only what lasts is told so for years."""
    if a.event.days.known and b.event.days.known:
        return ""
    lasting = a.event.type in rules.types.ongoing
    memory = rules.entries.memory_lasting if lasting else rules.entries.memory
    return "too long ago to be told without days" if reference_days(a).gap(reference_days(b)) > memory else ""


def _told_apart(a: Telling, b: Telling, rules: LinkRules) -> str:
    """A page has told its mentions apart: only what agrees in everything is one after all."""
    if a.page != b.page:
        return ""
    agree = all(
        (
            (a.event.type, a.event.mode, a.event.status) == (b.event.type, b.event.mode, b.event.status),
            (a.actors, a.recipients) == (b.actors, b.recipients),
            a.event.days == b.event.days,
            compare_places(a.event.told_place, b.event.told_place, rules) is Nearness.SAME
            or a.event.told_place == b.event.told_place,
            bool(a.groups & b.groups) or a.event.lemma == b.event.lemma,
        )
    )
    return "" if agree else "told apart by their page"


def reference_days(telling: Telling) -> Days:
    """The event's days, or where it has none the days of its page, which tells what is news then."""
    return telling.event.days if telling.event.days.known else telling.news_days


def shared_words(a: Telling, b: Telling) -> frozenset[str]:
    """Stems of telling words that the evidence of both has."""
    return a.content & b.content


def numbers_of(telling: Telling) -> frozenset[str]:
    """The figures told of the event."""
    return frozenset(number.value for number in telling.event.numbers)


def _close(telling: Telling, rules: LinkRules) -> bool:
    return (telling.event.days.length or UNBOUNDED) <= rules.entries.brief


def _may_have_moved(a: Telling, b: Telling, rules: LinkRules) -> bool:
    """Whether a plan for other days can be the same event: close days, close together, and a mode that is planned."""
    limits = rules.entries
    if not {a.event.status, b.event.status} & STATED or a.event.mode not in rules.types.lasting:
        return False
    close = all((t.event.days.length or UNBOUNDED) <= limits.moved_length for t in (a, b))
    return close and a.event.mode == b.event.mode and a.event.days.gap(b.event.days) <= limits.moved_gap


def _persons_by_state(telling: Telling) -> dict[str, set[str]]:
    states: dict[str, set[str]] = {}
    for key in telling.parties:
        if key.person and key.state:
            states.setdefault(key.state, set()).add(key.id)
    return states


EXCLUSIONS: tuple[Exclusion, ...] = (
    _other_type,
    _other_kind,
    _told_apart,
    _other_mode,
    _other_status,
    _other_days,
    _not_yet,
    _forgotten,
    _other_people,
    _other_country,
)
