"""Events: from triggers over roles, setting and status to what an article says happened."""

from __future__ import annotations

import hashlib

from depesche.model.parse import Tense
from depesche.model.reading import EventMention, PartyKind, Place, Status
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.read.backdrop import set_in_backdrop
from depesche.read.content import Contents
from depesche.read.evidence import evidence_of
from depesche.read.judged import judged
from depesche.read.merge import Draft, Told, merged
from depesche.read.narrative import narrated, placed
from depesche.read.occasion import ahead, dated, of_entry
from depesche.read.passage import Passage
from depesche.read.roles import Cast, cast_of
from depesche.read.setting import attribution_of, is_aggregate, numbers_of, place_of
from depesche.read.status import HAPPENING, status_of
from depesche.read.triggers import Kind, Trigger, find_triggers

SELF_EVIDENT = {"INCIDENT", "ASSAULT", "PROTEST", "OFFICE", "COERCE", "CONSULT", "RETREAT", "SANCTION", "MOBILIZE"}
"""Types that are told without naming who: "Bei dem Anschlag …", "nach der Wahl"."""


def find_events(passage: Passage) -> tuple[EventMention, ...]:
    """The event mentions of an article, each happening once, in order of their triggers."""
    return set_in_backdrop(passage, placed(judged(passage, happenings(passage), passage.knowledge.judges)))


def happenings(passage: Passage) -> tuple[Told, ...]:
    """The happenings as the rules see them, which the judges then weigh."""
    triggers = find_triggers(passage)
    content = Contents(passage, triggers)
    drafts = []
    for trigger in triggers:
        if content.holds(trigger) or content.announces(trigger):
            continue
        draft = _draft(passage, trigger)
        if draft is not None:
            drafts.append(draft)
    return merged(narrated(passage, drafts))


def _draft(passage: Passage, trigger: Trigger) -> Draft | None:
    cast = cast_of(passage, trigger)
    if not _told(trigger, cast, passage):
        return None
    time = dated(passage, trigger)
    place = place_of(passage, trigger) or _struck(trigger, cast)
    cast = _without_site(cast, place.span if place else None)
    status, why = status_of(passage, trigger, time.days)
    if status in {Status.PLANNED, Status.CANCELLED}:
        time = ahead(passage, trigger, time)
    reasons: tuple[Reason, ...] = (why,)
    if status is Status.OCCURRED and not time.days.known and (entry := of_entry(passage, trigger)).days.known:
        time, reasons = entry, (why, Reason("time.entry", f"the entry is of {entry.days.first}"))
    span = passage.parse.span(trigger.word, trigger.word + 1)
    event = EventMention(
        id=mention_id(passage.page, span, trigger.type),
        type=trigger.type,
        trigger=span,
        evidence=(evidence_of(passage, trigger),),
        status=status,
        mode=trigger.frame.mode,
        actors=cast.actors,
        recipients=cast.recipients,
        place=place,
        time_words=time.words,
        days=time.days,
        precision=time.precision,
        attribution=attribution_of(passage, trigger),
        numbers=numbers_of(passage, trigger),
        aggregate=is_aggregate(passage, trigger),
        invitation=trigger.frame.invitation,
        lemma=passage.parse.words[trigger.word].lemma
        if trigger.kind != Kind.VERB
        else passage.parse.predicates[trigger.predicate].lemma,
        reasons=(Reason(f"de.{trigger.frame.id}", span=span), *reasons),
    )
    nominal = trigger.kind in {Kind.NOUN, Kind.PARTICIPLE}
    bare = nominal and not time.days.known and not _takes_place(passage, trigger)
    past = trigger.predicate >= 0 and passage.parse.predicates[trigger.predicate].tense == Tense.PAST
    return Draft(event, trigger, bare, passage.clause(trigger.word).sentence, past, nominal)


def _takes_place(passage: Passage, trigger: Trigger) -> bool:
    """ "Es kam zu einem Anschlag", "das Treffen fand statt": the verb says that the noun's event happens."""
    if trigger.predicate < 0:
        return False
    lemma = passage.parse.predicates[trigger.predicate].lemma
    return (trigger.role in {"subj", "obj"} and lemma in HAPPENING) or (trigger.role == "obl:zu" and lemma == "kommen")


def _struck(trigger: Trigger, cast: Cast) -> Place | None:
    """Force is used where its target lies: an attack on a town or country is set there."""
    if trigger.type != "ASSAULT":
        return None
    target = next((p for p in cast.recipients if p.kind in {PartyKind.PLACE, PartyKind.COUNTRY}), None)
    return Place(target.text, target.name, target.span, target.country) if target is not None else None


def mention_id(page: str, trigger: Span, family: str) -> str:
    """The identity of a mention: a digest of its page, its trigger's place and its type (decision 0002)."""
    text = f"{page}\n{trigger.start}\n{trigger.end}\n{family}"
    return "m-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def _told(trigger: Trigger, cast: Cast, passage: Passage) -> bool:
    """Whether enough is named: a bare noun of a speech act ("die Kritik") without any party is no event."""
    if trigger.type == "REJECT" and trigger.kind == Kind.VERB and not cast.actors:
        verb = passage.parse.predicates[trigger.predicate].lemma
        if passage.knowledge.status.verbs.get(verb) == Status.CANCELLED:
            return False  # "Das Treffen wurde abgesagt": nobody refuses, the meeting is off
    if not cast.empty:
        return True
    if trigger.kind == Kind.NOUN and "party:any" in trigger.frame.needs and not _takes_place(passage, trigger):
        return False
    return trigger.type in SELF_EVIDENT or trigger.kind in {Kind.VERB, Kind.PHRASE}


def _without_site(cast: Cast, site: Span | None) -> Cast:
    """Places are no participants, save a host country; what only names the place is dropped."""
    actors = tuple(p for p in cast.actors if p.kind != PartyKind.PLACE)
    recipients = tuple(p for p in cast.recipients if p.kind != PartyKind.PLACE or p.span != site)
    return Cast(actors, recipients)
