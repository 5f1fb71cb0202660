"""Who is meant by a noun phrase: its own party, the name beside a description, the members of a list."""

from __future__ import annotations

from depesche.model.parse import Phrase
from depesche.model.reading import Participant, Party, PartyKind
from depesche.model.text import Span
from depesche.read.passage import Passage

APPOSITION = 5  # words between a description and the comma before its name
BESIDE = {"ART", "NN", "NE", "ADJ(A)", "$("}
"""Tags of what may stand between a description and its name."""
PERSONS = frozenset({PartyKind.PERSON})


def concerned_at(passage: Passage, head: int) -> tuple[Participant, ...]:
    """The party that a noun phrase names, or whose doing it is: "lehnt die Gewalt durch Milizen in Mali ab"."""
    found = people_at(passage, head)
    if found:
        return found
    for phrase in passage.after(head):
        found = people_at(passage, phrase.head)
        if found:
            return found
    return ()


def people_at(passage: Passage, head: int) -> tuple[Participant, ...]:
    """The participants that a noun phrase names: its own party, or the one in its genitive or inside it."""
    party = passage.party_by_head.get(head)
    if party is None:
        near = passage.party_at.get(head, ())
        party = near[0] if near else None
    if party is not None:
        return meant(passage, party)
    for genitive in passage.genitives.get(head, ()):
        found = people_at(passage, genitive.head) if genitive.head != head else ()
        if found:
            return found
    phrase = passage.phrase_by_head.get(head)
    if phrase is not None:
        for i in range(phrase.first, phrase.last):
            for inner in passage.party_at.get(i, ()):
                counted = any(passage.parse.words[k].tag == "CARD" for k in range(phrase.first, head))
                if counted and passage.parse.words[inner.head].tag == "ADJ(A)":
                    return (_people(passage, phrase, inner),)
                return meant(passage, inner)
    return ()


def _people(passage: Passage, phrase: Phrase, adjective: Party) -> Participant:
    """People known by their country only: "zwei deutsche Archäologen"."""
    span = passage.parse.span(phrase.first, phrase.last)
    text = span.of(passage.parse.text)
    name = passage.parse.text[adjective.start : span.end]
    return Participant(
        span, text, name, PartyKind.GROUP, adjective.country, f"group:{adjective.country}:{name.casefold()}"
    )


def meant(passage: Passage, party: Party) -> tuple[Participant, ...]:
    """A party as a participant; a form that means two gives both, a description gives the name beside it."""
    named_beside = _apposed(passage, party)
    if named_beside is not None:
        return (participant(passage, named_beside),)
    listed = _listed_beside(passage, party)
    if listed:
        return tuple(participant(passage, one) for one in listed)
    if not party.members:
        return (participant(passage, party),)
    named = {other.id: other for other in reversed(passage.parties) if not other.members}
    return tuple(_told_jointly(passage, named[id], party) for id in party.members if id in named)


def _apposed(passage: Passage, party: Party) -> Party | None:
    """The person that a description is followed by: "einer der Offiziere, Moussa Keita, …"."""
    if not party.id.startswith(("description:", "office:", "group")) or party.kind not in {
        PartyKind.PERSON,
        PartyKind.GROUP,
    }:
        return None
    at = passage.word_at(party.end)
    limit = min(at + APPOSITION, len(passage.parse.words) - 1)
    while at < limit and passage.form(at) != ",":
        named = _bare_name_at(passage, at)
        if named is not None and party.kind == PartyKind.PERSON:
            return named  # "Sprecher der A/B-Fraktion Jan Kern"
        if passage.parse.words[at].tag not in BESIDE:
            return None
        at += 1
    if passage.form(at) != ",":
        return None
    for other in passage.party_at.get(at + 1, ()):
        end = passage.word_at(other.end)
        closed = other.kind == PartyKind.PERSON and other.start == passage.parse.words[at + 1].start
        if closed and end < len(passage.parse.words) and passage.form(end) == ",":
            return other
    return None


def _listed_beside(passage: Passage, group: Party) -> list[Party]:
    """Who a group is made of: "Zwei Abgeordnete, Anna Ott (Grüne) und Jan Kern (SPD), wollen …".

    "Die Gewerkschaften" are those that the article names once: "die Gewerkschaften Verdi und IG BCE".
    """
    if group.kind != PartyKind.GROUP or passage.parse.words[group.head].tag == "ADJ(A)":
        return []
    at = passage.word_at(group.end)
    if at < len(passage.parse.words) and passage.form(at) == ",":
        persons = passage.names_from(at, PERSONS)
        return persons if len(persons) > 1 else []
    if group.head in passage.groups_named:
        return passage.groups_named[group.head]
    phrase = passage.phrase_by_head.get(group.head)
    bare = phrase is not None and phrase.first == group.head - 1 and passage.parse.words[phrase.first].tag == "ART"
    same = (
        passage.groups_named[p.head] for p in passage.parties if p.id == group.id and p.head in passage.groups_named
    )
    return next(same, []) if bare else []


def _bare_name_at(passage: Passage, at: int) -> Party | None:
    """The person whose mention begins at a word with the name itself, without title or article before it."""
    start = passage.parse.words[at].start
    for other in passage.party_at.get(at, ()):
        if other.start == start and other.id.startswith("person:") and other.name_span is not None:
            return other if other.name_span.start == start else None
    return None


def participant(passage: Passage, party: Party) -> Participant:
    """The party in a role: the words of this mention, the name and country it stands for."""
    return Participant(
        party.span, party.span.of(passage.parse.text), party.name, party.kind, party.country, party.id, party.office
    )


def _told_jointly(passage: Passage, party: Party, mention: Party) -> Participant:
    """One of the parties meant by a joint mention, told by its words."""
    span = Span(mention.start, mention.end)
    return Participant(span, span.of(passage.parse.text), party.name, party.kind, party.country, party.id, party.office)
