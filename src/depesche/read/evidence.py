"""Evidence: the shortest clause or phrase that shows an event."""

from __future__ import annotations

from depesche.model.text import Span
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

LONGEST = 400  # characters: a longer clause points at nothing in particular
GAP = 4  # characters: a comma, a blank and a mark
SHORTEST = 20  # characters: a bare noun is shown with the words around it


def evidence_of(passage: Passage, trigger: Trigger) -> Span:
    """The words that show the event: a verb's clause, a noun with what hangs on it."""
    if trigger.kind in {Kind.VERB, Kind.PHRASE}:
        span = _verbal(passage, trigger)
        if trigger.type in passage.knowledge.status.content.types:
            span = _with_content(passage, trigger, span)
    else:
        span = _phrase(passage, trigger.word)
    return span if span.end - span.start <= LONGEST else _phrase(passage, trigger.word)


def _verbal(passage: Passage, trigger: Trigger) -> Span:
    """The clause, or of several participles under one finite verb the part that belongs to the trigger's."""
    whole = _clause(passage, trigger.word)
    verb = passage.parse.predicates[trigger.predicate]
    words = passage.parse.words
    others = [
        p.word
        for p in passage.parse.predicates
        if p.clause == verb.clause and p.finite == verb.finite and p is not verb
    ]
    if not others or verb.word == verb.finite or not any(words[i].tag == "VV(PP)" for i in others):
        return whole
    own = passage.stretch(verb.word)
    part = passage.trimmed(own[0], own[-1] + 1) if own else whole
    return part if part.start <= words[trigger.word].start < part.end and part.end - part.start > SHORTEST else whole


def _clause(passage: Passage, word: int) -> Span:
    """The unbroken part of the clause that holds the word, or all of it where nested clauses are short."""
    own = list(passage.words_of_clause[passage.parse.owners[word]])
    return passage.trimmed(own[0], own[-1] + 1)


def _with_content(passage: Passage, trigger: Trigger, span: Span) -> Span:
    """The clause of an act of speech with the clause right behind it that says what is asked or promised."""
    words = {link.head for link in passage.links_of.get(trigger.predicate, ()) if link.role in {"xcomp", "ccomp"}}
    for word in sorted(words):
        content = _clause(passage, word)
        if span.end <= content.start <= span.end + GAP and content.end - span.start <= LONGEST:
            return Span(span.start, content.end)
    return span


def _phrase(passage: Passage, word: int) -> Span:
    phrase = passage.phrase_at.get(word)
    first, last = (phrase.first, phrase.last) if phrase is not None else (word, word + 1)
    if phrase is not None and phrase.preposition_word >= 0:
        first = min(first, phrase.preposition_word)
    for following in passage.after(phrase.head if phrase is not None else word):
        last = max(last, passage.beyond(following.head, following.last))
    sentence = passage.parse.sentences[passage.clause(word).sentence]
    while passage.parse.span(first, last).end - passage.parse.span(first, last).start < SHORTEST:
        if last < sentence.last - 1 and not passage.parse.words[last].tag.startswith("$"):
            last += 1
        elif first > sentence.first and not passage.parse.words[first - 1].tag.startswith("$"):
            first -= 1
        else:
            break
    return passage.trimmed(first, last)
