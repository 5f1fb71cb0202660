"""When an event is set: which of an article's time expressions dates which act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from depesche.model.anchoring import read_ahead, up_to
from depesche.model.days import Days, Precision, later, one_day
from depesche.model.parse import ClauseKind, Predicate
from depesche.model.reading import Status, Time
from depesche.model.text import Span
from depesche.read.passage import Passage
from depesche.read.status import HAPPENING
from depesche.read.triggers import Kind, Trigger

PLUPERFECT = {"hatte", "hatten", "war", "waren"}
OCCASIONS = {"in", "bei", "während", "auf", "anlässlich"}
"""Prepositions of a noun whose time dates the verb too: "bei einem Treffen am Montag sagte er"."""

ADVERBS = {"noch", "schon", "bereits", "erst", "zuletzt", "erneut", "wieder"}
BEGINNING = {"beginnen", "starten", "anfangen", "aufbrechen", "eröffnen"}
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
BEFORE = 30  # characters before a time, as far as its preposition
OPENING = 3  # sentences of an entry that tell what is new, its heading counted in
LOOK_BACK = 12  # words from a time back to the "seit" that opens its phrase
WITHIN = re.compile(r"(?:binnen|innerhalb(?: von)?) (?:der nächsten |von )?$")
SPELL = re.compile(r"P(?P<n>[0-9]{1,3})(?P<unit>[DWM])")
UNIT_DAYS = {"D": 1, "W": 7, "M": 30}
SUPERLATIVE = re.compile(r"[sßxz]te[nrsm]?$")
DAYS_LONG = re.compile(r"(?P<n>[a-zäöüß]{3,12}|[1-9][0-9]?-?)tägig", re.IGNORECASE)


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
    if time is None:
        return _by_the_end(passage, trigger)
    return _lasting(passage, trigger, dated_by(passage, time, trigger.word))


def number_in(passage: Passage, word: str) -> int | None:
    """The whole number that a word or figure says; None for others."""
    return int(word) if word.isdecimal() else passage.knowledge.grammar.lists.numbers.get(word.lower())


def _by_the_end(passage: Passage, trigger: Trigger) -> Dated:
    """ "Binnen 60 Tagen muss gewählt werden": from the day of the page to the end of that time."""
    page = passage.dateline.at(passage.parse.words[trigger.word].start)
    if page.earliest is None or page.latest is None or trigger.predicate < 0:
        return Dated()
    if not passage.parse.predicates[trigger.predicate].modal:
        return Dated()  # "sein zweiter Besuch binnen sieben Monaten"
    for time in passage.times_of_clause.get(passage.parse.owners[trigger.word], ()):
        before = passage.parse.text[max(time.start - BEFORE, 0) : time.start].lower()
        length = SPELL.fullmatch(time.value)
        if length and WITHIN.search(before):
            last = later(page.latest, int(length["n"]) * UNIT_DAYS[length["unit"]])
            return Dated(Span(time.start, time.end), Days(page.earliest, last), Precision.RANGE)
    return Dated()


def _lasting(passage: Passage, trigger: Trigger, found: Dated) -> Dated:
    """ "Am Montag begann der dreitägige Besuch": the days from its first on."""
    if found.days.first is None or found.days.length != 1 or trigger.predicate < 0:
        return found
    if passage.parse.predicates[trigger.predicate].lemma not in BEGINNING:
        return found
    for i in passage.words_of_clause[passage.parse.owners[trigger.word]]:
        lasts = DAYS_LONG.match(passage.form(i))
        count = number_in(passage, lasts["n"].rstrip("-")) if lasts else None
        if count is not None:
            first = found.days.first
            return Dated(found.words, Days(first, later(first, count - 1)), Precision.DAYS)
    return found


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
            if anchored is not None:
                return _from_now(passage, Dated(found.words, anchored.days, anchored.precision))
            return _from_now(passage, found)
    return found


def _from_now(passage: Passage, found: Dated) -> Dated:
    """ "Bis Freitag soll verhandelt werden", "spätestens am Freitag": what is to come begins with the page."""
    if found.words is None or found.days.last is None:
        return found
    at = passage.word_at(found.words.start)
    latest = any(passage.form(i).lower() == "spätestens" for i in range(max(at - 2, 0), at))
    if found.days.first is not None and not latest:
        return found
    page = passage.dateline.at(found.words.start)
    days = up_to(found.days.last, Days(page.earliest, page.latest))
    return Dated(found.words, days, Precision.RANGE) if days.first is not None else found


def _was_planned(passage: Passage, predicate: int) -> bool:
    """ "Geplant war die Reise für den 14. Mai": the plan itself lies in the past."""
    found = passage.parse.predicates[predicate]
    planned = passage.knowledge.status.verbs.get(found.lemma) == Status.PLANNED
    return planned and found.finite >= 0 and passage.form(found.finite).lower() in PLUPERFECT


def time_of(passage: Passage, trigger: Trigger) -> Time | None:
    """The time expression that dates the trigger's event."""
    if _of_the_other(passage, trigger):
        return None
    inside = _object_of_act(passage, trigger)
    for circle in _circles(passage, trigger):
        fits = [t for t in circle if datable(t) and not _elsewhere(passage, trigger, t)]
        if inside:
            fits = [t for t in fits if passage.noun_around.get(passage.word_at(t.start)) == trigger.word]
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
            told_of = _tells_of(passage, predicate, trigger.word)
            if told_of and any(link.role == "subj" for link in passage.links_of.get(k, ())):
                yield inside(predicate.clause)
    if trigger.kind in {Kind.VERB, Kind.PHRASE} or _is_near(passage, trigger):
        yield inside(clause)
        for other in _shared(passage, clause):
            yield inside(other)


def _tells_of(passage: Passage, predicate: Predicate, noun: int) -> bool:
    """Whether a predicate stands in a relative clause on the noun.

    One that says when something happens may stand behind the verb: "eine Rolle auf dem Gipfel spielt, der am Montag
    stattfindet"; it goes with the last noun of an event before it.
    """
    clause = passage.parse.clauses[predicate.clause]
    if clause.antecedent == noun:
        return True
    if clause.kind != ClauseKind.RELATIVE or predicate.lemma not in HAPPENING or clause.parent < 0:
        return False
    if clause.antecedent >= 0 and passage.is_event_noun(clause.antecedent):
        return False
    nouns = [i for i in passage.words_of_clause[clause.parent] if i < clause.first and passage.is_event_noun(i)]
    return bool(nouns) and nouns[-1] == noun


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
    occasion = trigger.role.removeprefix("obl:") in OCCASIONS
    return trigger.kind == Kind.NOUN and (direct or occasion) and trigger.role in NEAR_ROLES


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
    if compares(passage, at):
        return True
    noun = event_noun_before(passage, at)
    if noun < 0 or noun == trigger.word or (trigger.kind != Kind.NOUN and _of_verb(passage, at)):
        return False
    phrase = passage.phrase_by_head.get(noun)
    if trigger.kind != Kind.NOUN and _opener(passage, time, trigger.word) == "seit":
        return False  # "seit Beginn des Krieges im Mai haben sie sich getroffen"
    nominal = trigger.kind == Kind.NOUN and passage.parse.owners[at] == passage.parse.owners[trigger.word]
    if phrase is not None and phrase.preposition in OCCASIONS and not nominal:
        return False
    verb = passage.parse.predicates[trigger.predicate].word if trigger.kind == Kind.PHRASE else trigger.word
    return nominal or at < max(verb, trigger.word)


def _of_verb(passage: Passage, at: int) -> bool:
    """ "einen Rücktritt noch am Dienstag abgelehnt": behind such an adverb a time goes with the verb."""
    return any(passage.form(i).lower() in ADVERBS for i in range(max(at - 2, 0), at))


def compares(passage: Passage, at: int) -> bool:
    """ "die schwersten Überschwemmungen seit 50 Jahren": the years say how bad it is, not when."""
    back = range(at - 1, max(at - LOOK_BACK, -1), -1)
    since = next((i for i in back if passage.form(i).lower() == "seit"), -1)
    if since < 0 or any(passage.parse.words[i].tag.startswith(("$", "N")) for i in range(since, at)):
        return False
    return any(
        passage.parse.owners[i] == passage.parse.owners[at]
        and passage.parse.words[i].tag == "ADJ(A)"
        and SUPERLATIVE.search(passage.form(i).lower()) is not None
        for i in range(since - 1, max(since - LOOK_BACK, -1), -1)
    )


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
    """The time as that of a trigger's event.

    "seit" opens the end up to the page's day, "bis" opens the beginning, "ab" the end.
    """
    span = Span(time.start, time.end)
    latest = passage.dateline.at(time.start).latest
    opener = _opener(passage, time, trigger)
    if opener == "seit" and time.days.first is not None and (latest is None or latest >= time.days.first):
        return Dated(span, Days(time.days.first, latest), Precision.RANGE)
    if opener == "bis" and time.type == "DATE":
        return Dated(span, Days(None, time.days.last), Precision.OPEN)
    if opener == "ab" and time.type == "DATE" and time.days.first is not None:
        return Dated(span, Days(time.days.first, None), Precision.OPEN)
    return Dated(span, time.days, time.precision)


def _from_on(passage: Passage, time: Time, at: int) -> bool:
    """ "von Dienstag an"."""
    after = passage.word_at(time.end)
    last = after < len(passage.parse.words) and passage.form(after).lower() == "an"
    return last and passage.form(at - 1).lower() in {"von", "vom"}


def _opener(passage: Passage, time: Time, trigger: int) -> str:
    """ "seit" before the time or before the noun that it belongs to, "bis" right before it without "von"."""
    at = passage.word_at(time.start)
    if at > 0 and (passage.form(at - 1).lower() == "ab" or _from_on(passage, time, at)):
        return "ab"
    before = [passage.form(i).lower() for i in range(max(at - 3, 0), at)]
    if before[-1:] in (["zum"], ["zur"]):
        before.pop()
    if before[-1:] == ["bis"] and before[-2:-1] not in (["von"], ["vom"]):
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
