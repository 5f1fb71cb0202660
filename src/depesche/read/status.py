"""Whether an event occurred, is planned, was called off, never happened, or is only thought of."""

from __future__ import annotations

from depesche.model.days import Days
from depesche.model.parse import Clause, ClauseKind, Mood, Predicate, Tense, Voice
from depesche.model.reading import Status
from depesche.model.reason import Reason
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

WEEK = 7  # days
HAPPENING = {
    "stattfinden",
    "beginnen",
    "erfolgen",
    "geschehen",
    "kommen",
    "folgen",
    "dauern",
    "enden",
    "geben",
    "fortsetzen",
    "abhalten",
    "laufen",
    "andauern",
    "weitergehen",
    "eintreten",
}
"""Verbs that only say that their subject takes place."""


BEFORE = {"obl:vor", "obl:bis"}
"""Roles of a noun that is still to come where its verb is."""


def status_of(passage: Passage, trigger: Trigger, days: Days) -> tuple[Status, Reason]:
    """The status of an event and the rule that gave it; `days` are the event's, for what lies ahead."""
    own = _own(passage, trigger)
    if own is not None:
        return own
    if trigger.predicate >= 0 and trigger.kind in {Kind.VERB, Kind.PHRASE}:
        found = _of_verb(passage, trigger)
    else:
        found = _of_noun(passage, trigger)
    if found is not None:
        return found
    if _ahead(passage, trigger, days) and not _past(passage, trigger):
        return Status.PLANNED, Reason("status.ahead", "its days lie after the page's")
    return Status.OCCURRED, Reason("status.tense", "told as happened or happening")


def _own(passage: Passage, trigger: Trigger) -> tuple[Status, Reason] | None:
    if trigger.frame.status is None:
        return None
    return Status(trigger.frame.status), Reason("status.frame", f"what {trigger.frame.id} says by itself")


def _ahead(passage: Passage, trigger: Trigger, days: Days) -> bool:
    latest = passage.dateline.at(passage.parse.words[trigger.word].start).latest
    if days.first is None or latest is None:
        return False
    running = days.last is not None and days.first <= latest < days.last and (days.length or 0) <= WEEK
    return days.first > latest or (running and _travels(passage, trigger))


def _travels(passage: Passage, trigger: Trigger) -> bool:
    """ "reist diese Woche nach Wien": a visit in the present tense in a week that has begun is still to come."""
    verbal = trigger.kind == Kind.VERB and trigger.type == "CONSULT"
    return verbal and passage.parse.predicates[trigger.predicate].tense == Tense.PRESENT


def _past(passage: Passage, trigger: Trigger) -> bool:
    """Whether the verb is told as done, whatever day stands beside it: "sagte die Reise am Freitag ab"."""
    verbal = trigger.predicate >= 0 and trigger.kind in {Kind.VERB, Kind.PHRASE}
    return verbal and passage.parse.predicates[trigger.predicate].tense == Tense.PAST


def _of_verb(passage: Passage, trigger: Trigger) -> tuple[Status, Reason] | None:
    predicate = passage.parse.predicates[trigger.predicate]
    clause = passage.parse.clauses[predicate.clause]
    rules = passage.knowledge.status
    for i in passage.stretch(predicate.word):
        adverb = rules.adverbs.get(passage.form(i).lower())
        if adverb is not None:
            return adverb, Reason("status.adverb", passage.form(i))
    if predicate.negation >= 0 and not trigger.frame.negated and not _negates_other(passage, predicate):
        return Status.DENIED, Reason("status.negation", passage.form(predicate.negation))
    if _conditional(passage, predicate, clause):
        return Status.HYPOTHETICAL, Reason("status.condition", f"{clause.opener or 'question or condition'}")
    modal = _modal(passage, predicate)
    if modal is not None:
        return modal
    if trigger.kind == Kind.PHRASE:
        attribute = _attribute(passage, trigger.word)
        if attribute is not None:
            return attribute
    if predicate.tense == Tense.FUTURE:
        return Status.PLANNED, Reason("status.future", "werden with infinitive")
    if clause.kind == ClauseKind.INFINITIVE:
        return _inherited(passage, predicate, clause)
    return None


def _negates_other(passage: Passage, predicate: Predicate) -> bool:
    """Whether the negation belongs to a phrase of its own: "nicht einmal halb so lange"."""
    i = predicate.negation
    following = passage.form(i + 1).lower() if i + 1 < len(passage.parse.words) else ""
    return passage.form(i).lower() == "nicht" and following == "einmal"


def _conditional(passage: Passage, predicate: Predicate, clause: Clause) -> bool:
    if clause.opener in passage.knowledge.status.openers:
        return True
    sentence = passage.parse.sentences[predicate.sentence]
    last = passage.form(sentence.last - 1)
    if last == "?":
        return True
    return (
        predicate.mood == Mood.KONJUNKTIV_2
        and predicate.modal in {"", "werden"}
        and _beside_condition(passage, predicate)
    )


def _beside_condition(passage: Passage, predicate: Predicate) -> bool:
    """Whether a condition stands in the sentence: "Er käme, wenn …"."""
    return any(
        clause.sentence == predicate.sentence and clause.opener in {"wenn", "falls", "sofern"}
        for clause in passage.parse.clauses
    )


def _modal(passage: Passage, predicate: Predicate) -> tuple[Status, Reason] | None:
    if not predicate.modal or predicate.modal == "werden":
        return None
    rules = passage.knowledge.status
    reason = Reason("status.modal", passage.form(predicate.modal_word))
    if predicate.modal == "sollen" and _perfect(passage, predicate):
        return Status.OCCURRED, reason
    if predicate.mood == Mood.KONJUNKTIV_2 and predicate.modal != "sollen":
        return Status.HYPOTHETICAL, reason
    table = rules.modals_past if predicate.tense == Tense.PAST else rules.modals_present
    status = table.get(predicate.modal)
    return (status, reason) if status is not None else None


def _perfect(passage: Passage, predicate: Predicate) -> bool:
    """ "soll getötet haben", "soll gereist sein": hearsay of something done."""
    tags = {passage.parse.words[i].tag for i in passage.words_of_clause[predicate.clause]}
    return "VA(INF)" in tags and passage.parse.words[predicate.word].tag == "VV(PP)" and predicate.voice != "pass"


def _inherited(passage: Passage, predicate: Predicate, clause: Clause) -> tuple[Status, Reason] | None:
    """An infinitive takes the status that its higher verb gives or has."""
    above = passage.predicates_in.get(clause.parent, ())
    if not above:
        return None
    higher = passage.parse.predicates[above[-1]]
    given = passage.knowledge.status.verbs.get(higher.lemma)
    if given is not None:
        return given, Reason("status.verb", higher.lemma)
    if higher.tense == Tense.FUTURE or higher.modal in {"sollen", "wollen"}:
        return Status.PLANNED, Reason("status.inherited", higher.lemma)
    return None


def _attribute(passage: Passage, noun: int) -> tuple[Status, Reason] | None:
    """The status that an adjective before the noun gives."""
    phrase = passage.phrase_by_head.get(noun)
    if phrase is None:
        return None
    for i in range(phrase.first, noun):
        status = passage.knowledge.status.attributes.get(passage.parse.words[i].lemma)
        if status is not None:
            return status, Reason("status.attribute", passage.form(i))
        if passage.parse.words[i].lemma == "kein" or passage.form(i).lower().startswith("kein"):
            return Status.DENIED, Reason("status.negation", passage.form(i))
    return None


def _of_noun(passage: Passage, trigger: Trigger) -> tuple[Status, Reason] | None:
    """What the noun's verb says of it, then its adjectives, then the verb that says it takes place."""
    given = _given(passage, trigger)
    if given is not None and given[0] in {Status.CANCELLED, Status.DENIED}:
        return given  # "sagte die geplante Reise ab": the verb has the last word
    found = _attribute(passage, trigger.word) or given
    if found is not None:
        return found
    if trigger.kind == Kind.PARTICIPLE:
        return None
    for k in _tellers(passage, trigger):
        return _of_verb(passage, Trigger(trigger.type, trigger.frame, Kind.VERB, trigger.word, k))
    return _hedged(passage, trigger)


def _hedged(passage: Passage, trigger: Trigger) -> tuple[Status, Reason] | None:
    """ "muss möglicherweise mit einer Strafe rechnen", "soll kurz vor dem Abzug beginnen": the verb lies ahead."""
    if trigger.predicate < 0 or trigger.kind != Kind.NOUN:
        return None
    predicate = passage.parse.predicates[trigger.predicate]
    for i in passage.stretch(predicate.word):
        adverb = passage.knowledge.status.adverbs.get(passage.form(i).lower())
        if adverb in {Status.HYPOTHETICAL, Status.PLANNED}:
            return adverb, Reason("status.adverb", passage.form(i))
    ahead = predicate.modal in {"sollen", "wollen"} or predicate.tense == Tense.FUTURE
    if ahead and predicate.tense != Tense.PAST and trigger.role in BEFORE:
        return Status.PLANNED, Reason("status.before", trigger.role)
    return None


def _given(passage: Passage, trigger: Trigger) -> tuple[Status, Reason] | None:
    """The status that the governing verb gives its noun: "plant einen Besuch", "sagte die Reise ab"."""
    if trigger.predicate < 0 or trigger.kind == Kind.PARTICIPLE:
        return None
    predicate = passage.parse.predicates[trigger.predicate]
    if (
        any(frame.invitation for _, frame in passage.knowledge.frames.for_verb(predicate.lemma))
        and trigger.role == "obl:zu"
    ):
        return Status.PLANNED, Reason("status.invited", predicate.lemma)
    if predicate.lemma in {"wollen", "sollen"} and trigger.role.startswith("obl"):
        return Status.PLANNED, Reason("status.modal", passage.form(predicate.word))  # "will zu Gesprächen nach Rom"
    given = passage.knowledge.status.verbs.get(predicate.lemma)
    affected = trigger.role in {"obj", "subj", "gen"} or (
        given == Status.HYPOTHETICAL and trigger.role.startswith("obl")
    )
    plans = predicate.lemma == "planen" and trigger.role == "subj" and predicate.voice == Voice.ACTIVE
    return (given, Reason("status.verb", predicate.lemma)) if given is not None and affected and not plans else None


def _tellers(passage: Passage, trigger: Trigger) -> list[int]:
    """Predicates that say that the noun takes place: its own verb, or one of a relative clause on it."""
    found = [trigger.predicate] if trigger.role == "subj" and trigger.predicate >= 0 else []
    relative = [
        k for k, p in enumerate(passage.parse.predicates) if passage.parse.clauses[p.clause].antecedent == trigger.word
    ]
    itself = [k for k, p in enumerate(passage.parse.predicates) if p.word == trigger.word and p.voice == Voice.COPULA]
    happening = (k for k in (*found, *relative) if _happens(passage.parse.predicates[k]))
    return [*itself, *happening, *_carriers(passage, trigger)]


def _carriers(passage: Passage, trigger: Trigger) -> list[int]:
    """ "müssen Wahlen organisiert werden", "könnte Sanktionen beschließen": a modal verb that carries out the noun."""
    if trigger.predicate < 0 or trigger.kind != Kind.NOUN:
        return []
    predicate = passage.parse.predicates[trigger.predicate]
    undergoes = "subj" if predicate.voice == Voice.PASSIVE else "obj"
    carried = trigger.role == undergoes and predicate.lemma in passage.knowledge.status.carrying
    return [trigger.predicate] if carried and (predicate.modal or predicate.tense == Tense.FUTURE) else []


def _happens(predicate: Predicate) -> bool:
    """Verbs that only say that their subject takes place."""
    return predicate.lemma in HAPPENING
