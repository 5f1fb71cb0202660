"""Where an event is set, on whose word it is told, and with which numbers."""

from __future__ import annotations

import re

from depesche.model.reading import Attribution, Number, PartyKind, Place, Quote
from depesche.model.text import Span
from depesche.read.occasion import OCCASIONS, event_noun_before
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

TOPICS = {"über", "um", "wegen"}
SITES = {PartyKind.PLACE, PartyKind.COUNTRY, PartyKind.GOVERNMENT}
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def place_of(passage: Passage, trigger: Trigger) -> Place | None:
    """The place that the trigger's phrase or clause names under one of the frame's prepositions."""
    prepositions = trigger.frame.place
    if trigger.kind == Kind.NOUN:
        for phrase in passage.after(trigger.word):
            found = _site(passage, phrase.head) if phrase.preposition in prepositions else None
            if found is not None:
                return found
            if phrase.head not in passage.party_at and passage.parse.words[phrase.head].tag == "NN":
                break  # "Gespräche über den Krieg | in Mali"
        compound = _compound_site(passage, trigger)
        if compound is not None:
            return compound
    predicate = trigger.predicate if trigger.predicate >= 0 else -1
    for preposition in prepositions:
        for head in passage.obliques(predicate, preposition):
            if head != trigger.word and not _elsewhere(passage, trigger, head):
                found = _site(passage, head)
                if found is not None:
                    return found
    return _object_site(passage, trigger) or _phrase_site(passage, trigger)


def _elsewhere(passage: Passage, trigger: Trigger, head: int) -> bool:
    """Whether a place hangs on another event's noun: "nach der Invasion in der Ukraine"."""
    phrase = passage.phrase_by_head.get(head)
    before = passage.phrase_at.get(phrase.preposition_word - 1) if phrase is not None else None
    if before is not None and before.preposition in TOPICS and before.head != trigger.word:
        return True  # "sprach über die Lage in Mali"
    noun = event_noun_before(passage, phrase.preposition_word if phrase is not None else head)
    if noun < 0 or noun == trigger.word or _sited_between(passage, noun, head):
        return False
    occasion = passage.phrase_by_head.get(noun)
    inner = occasion is not None and passage.parse.words[occasion.preposition_word - 1].tag in {"NN", "NE", "NNI"}
    return occasion is None or occasion.preposition not in OCCASIONS or inner


def _sited_between(passage: Passage, noun: int, head: int) -> bool:
    """Whether the noun has a place of its own before this one: "nach der Invasion | in Mali | in Bamako"."""
    return any(
        p.preposition in {"in", "nach"} and noun < p.head < head and _named_site(passage, p.head) is not None
        for p in passage.parse.phrases
    )


def _phrase_site(passage: Passage, trigger: Trigger) -> Place | None:
    """The place of a light verb's noun: "Gespräche in Wien führen"."""
    if trigger.kind != Kind.PHRASE:
        return None
    for phrase in passage.after(trigger.word):
        if phrase.preposition in trigger.frame.place:
            return _site(passage, phrase.head)
    return None


def _object_site(passage: Passage, trigger: Trigger) -> Place | None:
    """ "besuchte Peking": the object of a visit is its place."""
    if trigger.frame.mode != "visit" or trigger.kind != Kind.VERB:
        return None
    for link in passage.links_of.get(trigger.predicate, ()):
        if link.role == "obj":
            return _named_site(passage, link.head)
    return None


def _compound_site(passage: Passage, trigger: Trigger) -> Place | None:
    """ "China-Besuch", "Europareise": the first part of the noun is where it leads."""
    form = passage.form(trigger.word)
    first, dash, _ = form.partition("-")
    if not dash:
        lower = form.lower()
        ending = max((lower.rfind(noun.lower()) for noun in trigger.frame.nouns), default=-1)
        first = form[: max(ending, 0)]
    known = passage.knowledge.book.named([first], 0) if len(first) > 2 else None
    if known is None or known[0].kind not in SITES:
        return None
    start = passage.parse.words[trigger.word].start
    return Place(first, known[0].name, Span(start, start + len(first)), known[0].country)


def _site(passage: Passage, head: int) -> Place | None:
    """The place a phrase names, by its head or its genitive: "in Kairo", "auf den Straßen Kairos"."""
    for genitive in passage.genitives.get(head, ()):
        if passage.parse.words[head].tag == "NN" and genitive.head in passage.party_at:
            return _site(passage, genitive.head)
    return _named_site(passage, head)


def _named_site(passage: Passage, head: int) -> Place | None:
    """The place that a phrase names by its own head."""
    phrase = passage.phrase_by_head.get(head)
    words = range(head, phrase.last) if phrase is not None else (head,)  # "in der Hauptstadt Ljubljana"
    for party in (party for i in words for party in passage.party_at.get(i, ())):
        if party.kind in SITES and party.end >= passage.parse.words[head].end:
            name = party.name if party.kind != PartyKind.GOVERNMENT else party.span.of(passage.parse.text)
            return Place(party.span.of(passage.parse.text), name, party.span, party.country)
    return None


def attribution_of(passage: Passage, trigger: Trigger) -> Attribution | None:
    """Who says so: the speaker of the innermost quotation that holds the trigger."""
    start = passage.parse.words[trigger.word].start
    holding = [q for q in passage.quotes if q.speaker and any(s.start <= start < s.end for s in q.quote)]
    if not holding:
        return None
    quote = min(holding, key=_length)
    span = Span(quote.speaker[0].start, quote.speaker[-1].end)
    return Attribution(span, span.of(passage.parse.text), quote.speaker_name, quote.speaker_id or "")


def _length(quote: Quote) -> int:
    return sum(span.end - span.start for span in quote.quote)


def numbers_of(passage: Passage, trigger: Trigger) -> tuple[Number, ...]:
    """Figures in the trigger's clause with what they count."""
    out = []
    words = passage.parse.words
    clause = passage.words_of_clause[passage.parse.owners[trigger.word]]
    for i in clause:
        if (
            words[i].tag != "CARD"
            or i + 1 >= len(words)
            or any(t.start <= words[i].start < t.end for t in passage.times)
        ):
            continue
        phrase = passage.phrase_at.get(i)
        counted = passage.form(phrase.head) if phrase is not None and phrase.head > i else passage.form(i + 1)
        value = _value(passage, passage.form(i))
        if value and counted[:1].isupper():
            unit = counted if counted in {"Prozent", "Euro", "US-Dollar", "Dollar", "Milliarden", "Millionen"} else ""
            out.append(
                Number(
                    passage.parse.span(i, i + 1),
                    value,
                    unit,
                    "" if unit else words[phrase.head].lemma if phrase else counted,
                )
            )
    return tuple(out)


def _value(passage: Passage, form: str) -> str:
    if DIGITS.fullmatch(form):
        return form.replace(".", "").replace(",", ".")
    number = passage.knowledge.grammar.lists.numbers.get(form.lower())
    return str(number) if number is not None else ""


def is_aggregate(passage: Passage, trigger: Trigger) -> bool:
    """Whether the passage counts several events: "39 Mal getroffen", "dreimal", "mehrmals"."""
    if trigger.kind in {Kind.NOUN, Kind.PARTICIPLE}:
        return False
    words = passage.parse.words
    for i in passage.stretch(trigger.word):
        form = passage.form(i).lower()
        if form in {"mehrmals", "mehrfach", "wiederholt", "zigmal"} or (
            form.endswith("mal") and _value(passage, form.removesuffix("mal")) not in {"", "1"}
        ):
            return True
        if (
            form in {"mal", "male"}
            and i > 0
            and (words[i - 1].tag == "CARD" or passage.form(i - 1).lower() in {"viele", "mehrere", "einige"})
        ):
            return True
    return False
