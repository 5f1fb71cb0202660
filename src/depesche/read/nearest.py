"""The nearest party of the sentence, for roles that no link to the verb fills.

Measured on the development articles: for these types and roles it is more often right than not.
"""

from __future__ import annotations

from depesche.model.reading import Participant, PartyKind
from depesche.model.reason import Reason
from depesche.read.passage import Passage
from depesche.read.roles import Cast, participant
from depesche.read.triggers import Kind, Trigger

ASKED = {"REQUEST", "SUPPORT", "COERCE", "SANCTION"}
"""Types that are done to somebody, who is told in the sentence if not beside the verb."""

SPEAKING = {"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN", "PROTEST"}
"""Types that somebody does by saying so."""


def completed(passage: Passage, trigger: Trigger, cast: Cast) -> tuple[Cast, tuple[Reason, ...]]:
    """The cast of a verb's event with the nearest party in an empty role, and the reason that says so."""
    if trigger.kind not in {Kind.VERB, Kind.PHRASE}:
        return cast, ()
    if not cast.actors and trigger.type in SPEAKING:
        found = _nearest(passage, trigger.predicate, cast.recipients)
        if found is not None:
            return Cast((found,), cast.recipients), (Reason("role.nearest", "no subject names the actor", found.span),)
    if not cast.recipients and trigger.type in ASKED:
        found = _nearest(passage, trigger.predicate, cast.actors)
        if found is not None:
            return Cast(cast.actors, (found,)), (Reason("role.nearest", "no object names the recipient", found.span),)
    return cast, ()


def _objects(passage: Passage, predicate: int) -> set[str]:
    """Who is object of the verb, and so not the one who acts without being named."""
    heads = {link.head for link in passage.links_of.get(predicate, ()) if link.role in {"obj", "dat"}}
    return {party.id for head in heads for party in passage.party_at.get(head, ())}


def _nearest(passage: Passage, predicate: int, taken: tuple[Participant, ...]) -> Participant | None:
    """The party of the sentence closest to the verb that is no place and not yet in the cast."""
    verb = passage.parse.predicates[predicate]
    sentence = passage.parse.sentences[verb.sentence]
    known = {p.id for p in taken} | _objects(passage, predicate)
    spans = [p.span for p in taken]
    at = passage.parse.words[verb.word].start
    fits = [
        party
        for party in passage.parties
        if sentence.start <= party.start < sentence.end
        and party.kind != PartyKind.PLACE
        and party.id not in known
        and not party.members
        and not any(party.span.meets(span) for span in spans)
        and party.end >= passage.parse.words[party.head].end  # not the "Ukraine" of "Ukraine-Krieg"
        and not party.id.startswith("description:")
    ]
    best = min(fits, key=lambda party: (min(abs(party.start - at), abs(party.end - at)), party.start), default=None)
    return participant(passage, best) if best is not None else None
