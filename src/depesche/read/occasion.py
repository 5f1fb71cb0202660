"""When an event is set: which of an article's time expressions dates which act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from depesche.model.anchoring import read_ahead
from depesche.model.days import Days, Precision, one_day
from depesche.model.parse import ClauseKind
from depesche.model.reading import Status, Time
from depesche.model.text import Span
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

PLUPERFECT = {"hatte", "hatten", "war", "waren"}
OCCASIONS = {"in", "bei", "während", "auf", "anlässlich"}
"""Prepositions of a noun whose time dates the verb too: "bei einem Treffen am Montag sagte er"."""

SAME_TIME = {"während", "wobei"}
NEAR_ROLES = {
    "subj",
    "obj",
    "dat",
    "gen",
    "obl:bei",
    "obl:in",
    "obl:während",
    "obl:auf",
    "obl:zu",
    "obl:anlässlich",
    "obl:an",
}
OPENING = 3  # sentences of an entry that tell what is new, its heading counted in
LOOK_BACK = 12  # words from a time back to the "seit" that opens its phrase


NOWHERE = Days()


@dataclass(frozen=True)
class Dated:
    """The words that date an event, its days and their precision; all empty where the text gives none."""

    words: Span | None = None
    days: Days = NOWHERE
    precision: Precision = Precision.UNKNOWN


def dated(passage: Passage, trigger: Trigger) -> Dated:
    """The time of a trigger's event: from what hangs on it, from its clause, from the clause it depends on."""
    time = time_of(passage, trigger)
    return dated_by(passage, time, trigger.word) if time is not None else Dated()


def of_entry(passage: Passage, trigger: Trigger) -> Dated:
    """The day of the live blog's entry that opens with the act, for one that no time dates: it tells what is new."""
    start = passage.parse.words[trigger.word].start
    post = passage.dateline.post_at(start)
    if post is None or trigger.kind not in {Kind.VERB, Kind.PHRASE}:
        return Dated()
    opening = [one for one in passage.parse.sentences if post.start <= one.start < post.end][:OPENING]
    if not opening or start >= opening[-1].end:
        return Dated()
    return Dated(None, one_day(post.day), Precision.DAY)


def ahead(passage: Passage, trigger: Trigger, found: Dated) -> Dated:
    """The same words read as pointing forward, for an event that turned out to be planned or was called off."""
    if found.words is None or (trigger.predicate >= 0 and _was_planned(passage, trigger.predicate)):
        return found
    told = passage.dateline.at(found.words.start)
    published = Days(told.earliest, told.latest)
    for expression in passage.parse.times:
        if (expression.start, expression.end) == (found.words.start, found.words.end):
            anchored = read_ahead(expression, found.days, published)
            return Dated(found.words, anchored.days, anchored.precision) if anchored is not None else found
    return found


def _was_planned(passage: Passage, predicate: int) -> bool:
    """ "Geplant war die Reise für den 14. Mai": the plan itself lies in the past."""
    found = passage.parse.predicates[predicate]
    planned = passage.knowledge.status.verbs.get(found.lemma) == Status.PLANNED
    return planned and found.finite >= 0 and passage.form(found.finite).lower() in PLUPERFECT


def time_of(passage: Passage, trigger: Trigger) -> Time | None:
    """The time expression that dates the trigger's event."""
    if _of_the_other(passage, trigger) or _object_of_act(passage, trigger):
        return None
    for circle in _circles(passage, trigger):
        fits = [t for t in circle if datable(t) and not _elsewhere(passage, trigger, t)]
        if fits:
            start = passage.parse.words[trigger.word].start
            return min(fits, key=lambda t: (t.type == "DURATION", t.days.length or 10_000, abs(t.start - start)))
    return None


def _of_the_other(passage: Passage, trigger: Trigger) -> bool:
    """Of an invitation and the visit it leads to, the one that the clause's time does not date.

    "Er lud sie im Mai zu einem Besuch ein" dates the visit, "er hatte sie im Mai zu einem Besuch eingeladen"
    the invitation.
    """
    earlier = trigger.predicate >= 0 and passage.form(passage.parse.predicates[trigger.predicate].finite) in PLUPERFECT
    if trigger.frame.invitation:
        return trigger.kind == Kind.NOUN or (_invited_to(passage, trigger) and not earlier)
    return earlier and trigger.kind == Kind.NOUN and trigger.role == "obl:zu" and _invites(passage, trigger.predicate)


def _invites(passage: Passage, predicate: int) -> bool:
    typed = passage.knowledge.frames.for_verb(passage.parse.predicates[predicate].lemma)
    return any(frame.invitation for _, frame in typed)


def datable(time: Time) -> bool:
    """Whether a time says a day: "täglich", "damals" and "jetzt" do not; "heute" does, though it can mean nowadays."""
    vague = time.value.endswith("_REF") and time.precision != Precision.DAY
    return time.type != "SET" and time.days.known and not vague


def _invited_to(passage: Passage, trigger: Trigger) -> bool:
    """Whether the clause names what the invitation is to."""
    return any(
        link.role == "obl:zu" and passage.knowledge.frames.for_noun(passage.parse.words[link.head].lemma)
        for link in passage.links_of.get(trigger.predicate, ())
    )


def _circles(passage: Passage, trigger: Trigger) -> Iterator[Sequence[Time]]:
    """Times in widening circles around the trigger."""
    clause = passage.parse.owners[trigger.word]

    def inside(wanted: int) -> Sequence[Time]:
        return passage.times_of_clause.get(wanted, ())

    if trigger.kind != Kind.VERB:
        yield [t for t in inside(clause) if _hangs_on(passage, trigger.word, t)]
        for k, predicate in enumerate(passage.parse.predicates):  # "der Besuch, der am Montag stattfindet"
            told_of = passage.parse.clauses[predicate.clause].antecedent == trigger.word
            if told_of and any(link.role == "subj" for link in passage.links_of.get(k, ())):
                yield inside(predicate.clause)
    if trigger.kind in {Kind.VERB, Kind.PHRASE} or _is_near(passage, trigger):
        yield inside(clause)
        for other in _shared(passage, clause):
            yield inside(other)


def _object_of_act(passage: Passage, trigger: Trigger) -> bool:
    """ "verurteilte den Angriff am Montag": the day behind the object of an act is rather that of the act."""
    if trigger.kind != Kind.NOUN or trigger.role != "obj" or trigger.predicate < 0:
        return False
    predicate = passage.parse.predicates[trigger.predicate]
    return predicate.word < trigger.word and bool(passage.knowledge.frames.for_verb(predicate.lemma))


def _hangs_on(passage: Passage, noun: int, time: Time) -> bool:
    phrase = passage.phrase_by_head.get(noun)
    start = passage.parse.words[phrase.first if phrase else noun].start
    end = passage.parse.words[noun].end
    for following in passage.after(noun):
        end = passage.parse.words[following.last - 1].end
    return start <= time.start <= end + 1


def _is_near(passage: Passage, trigger: Trigger) -> bool:
    """Whether a noun is itself an argument of its verb, not part of one."""
    direct = any(link.head == trigger.word for link in passage.links_of.get(trigger.predicate, ()))
    return trigger.kind == Kind.NOUN and direct and trigger.role in NEAR_ROLES


def _shared(passage: Passage, clause: int) -> Iterator[int]:
    """Clauses whose time holds for this one: the one that an infinitive or "während" hangs on, the one "und" joins."""
    found = passage.parse.clauses[clause]
    if found.parent >= 0 and (found.kind == ClauseKind.INFINITIVE or found.opener in SAME_TIME):
        yield found.parent
    first = passage.parse.words[found.first]
    if found.kind == ClauseKind.MAIN and first.tag == "KON" and clause > 0:
        for other in range(clause - 1, -1, -1):
            before = passage.parse.clauses[other]
            if before.sentence != found.sentence:
                return
            if before.kind == ClauseKind.MAIN:
                yield other
                return


def _elsewhere(passage: Passage, trigger: Trigger, time: Time) -> bool:
    """Whether a time belongs to another noun of the clause: "die Wahl am 1. Juli", "das Budget für 2030"."""
    at = passage.word_at(time.start)
    if passage.noun_around.get(at, trigger.word) != trigger.word:
        return True  # "der für kommende Woche geplante Gipfel"
    if at > 1 and passage.form(at - 1).lower() == "für" and passage.parse.words[at - 2].tag == "NN":
        return True
    noun = event_noun_before(passage, at)
    if noun < 0 or noun == trigger.word:
        return False
    phrase = passage.phrase_by_head.get(noun)
    if trigger.kind != Kind.NOUN and _opener(passage, time, trigger.word) == "seit":
        return False  # "seit Beginn des Krieges im Mai haben sie sich getroffen"
    nominal = trigger.kind == Kind.NOUN and passage.parse.owners[at] == passage.parse.owners[trigger.word]
    if phrase is not None and phrase.preposition in OCCASIONS and not nominal:
        return False
    return nominal or at < trigger.word


def event_noun_before(passage: Passage, at: int) -> int:
    """The noun of an event that a time or place at this word can hang on: the closest before it; or -1."""
    for i in range(at - 1, max(at - LOOK_BACK, -1), -1):
        word = passage.parse.words[i]
        if (
            word.tag.endswith("(FIN)")
            or word.tag.startswith("$")
            or passage.parse.owners[i] != passage.parse.owners[at]
        ):
            return -1
        if passage.is_event_noun(i):
            return i
    return -1


def dated_by(passage: Passage, time: Time, trigger: int) -> Dated:
    """The time as that of a trigger's event: "seit" opens the end up to the page's day, "bis" the beginning."""
    span = Span(time.start, time.end)
    latest = passage.dateline.at(time.start).latest
    opener = _opener(passage, time, trigger)
    if opener == "seit" and time.days.first is not None and (latest is None or latest >= time.days.first):
        return Dated(span, Days(time.days.first, latest), Precision.RANGE)
    if opener == "bis" and time.type == "DATE":
        return Dated(span, Days(None, time.days.last), Precision.OPEN)
    return Dated(span, time.days, time.precision)


def _opener(passage: Passage, time: Time, trigger: int) -> str:
    """ "seit" before the time or before the noun that it belongs to, "bis" right before it without "von"."""
    at = passage.word_at(time.start)
    if at > 0 and passage.form(at - 1).lower() == "bis" and passage.form(max(at - 2, 0)).lower() not in {"von", "vom"}:
        return "bis"
    for i in range(at - 1, max(at - LOOK_BACK, -1), -1):
        word = passage.parse.words[i]
        if i == trigger:  # "seit Beginn des Krieges im Februar": the war itself is of February
            return ""
        if (
            word.tag.endswith("(FIN)")
            or word.tag.startswith("$")
            or passage.parse.owners[i] != passage.parse.owners[at]
        ):
            return ""
        if passage.form(i).lower() == "seit":
            own = passage.parse.words[i + 1].start  # "seit fünf Jahren letzte Woche": another time's
            return "" if any(t.start <= own < t.end and t.start != time.start for t in passage.times) else "seit"
    return ""
