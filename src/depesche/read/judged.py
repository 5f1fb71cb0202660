"""Parties and days that the rules leave open, as the trained judges see them (decision 17).

Rules fill a role or find a day where grammar tells it: an argument of the verb, a time in the clause. What grammar
does not tell, a reader takes from the sentences around: who was just accused, on which day the occasion is set. There
the judges choose among all parties and times of the article, or nobody and none.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from depesche.model.reading import EventMention, Participant, PartyKind, Status
from depesche.model.reason import Reason
from depesche.packs.judges import Judges
from depesche.read.merge import Told
from depesche.read.occasion import Dated, ahead, dated_by
from depesche.read.party_features import nobody_features, part_features
from depesche.read.passage import Passage
from depesche.read.roles import Cast
from depesche.read.stage import Candidate, Scene, Stage
from depesche.read.time_features import time_features, times_of, undated_features

ACTOR, RECIPIENT = 0, 1


def judged(passage: Passage, told: Sequence[Told], judges: Judges) -> list[EventMention]:
    """The happenings with the parties and days that the judges add; what they added is among the reasons."""
    return [_judged(stage, judges) for stage in Scene(passage, told).stages()]


def _judged(stage: Stage, judges: Judges) -> EventMention:
    event = stage.told.event
    cast = Casting(stage, judges).cast()
    time = Dated(event.time_words, event.days, event.precision)
    if not event.days.known:
        time = _day(stage, judges) or time
    why = [
        Reason(f"judged.{role}", judges.version, party.span)
        for role, side in (("actor", cast.actors), ("recipient", cast.recipients))
        for party in side
        if party.judged
    ]
    if time.words != event.time_words:
        why.append(Reason("judged.day", judges.version, time.words))
    return msgspec.structs.replace(
        event,
        actors=cast.actors,
        recipients=cast.recipients,
        time_words=time.words,
        days=time.days,
        precision=time.precision,
        reasons=(*event.reasons, *why),
    )


class Casting:
    """The open roles of one happening and who may fill them; scores are above nobody, in whole weights."""

    def __init__(self, stage: Stage, judges: Judges) -> None:
        self.passage = stage.passage
        self.event = stage.told.event
        self.reciprocal = stage.main.trigger.frame.reciprocal
        self.margins = (judges.margins.actor, judges.margins.recipient)
        taken = {key(party) for party in self.event.parties}
        self.candidates = [c for c in stage.candidates if c.id not in taken and not _is_site(c)]
        nobody = judges.part(self.event.type, nobody_features(stage))
        found = [judges.part(self.event.type, part_features(stage, candidate)) for candidate in self.candidates]
        self.scores = [(actor - nobody[ACTOR], recipient - nobody[RECIPIENT]) for actor, recipient in found]

    def cast(self) -> Cast:
        """The cast of the rules, the roles that they leave open filled with the likeliest party or nobody."""
        roles = [self.event.actors, self.event.recipients]
        free = list(range(len(self.candidates)))
        for role in sorted(self._open(), key=lambda role: -self._best(role, free)[0]):
            score, k = self._best(role, free)
            if score > 0:
                free.remove(k)
                filled = self.candidates[k].participant(self.passage)
                side = ACTOR if self.reciprocal else role
                roles[side] = (*roles[side], msgspec.structs.replace(filled, judged=True))
        return Cast(*roles)

    def _open(self) -> list[int]:
        """Roles without a party; of a mutual act with one party the other side."""
        if self.reciprocal and len(self.event.parties) > 1:
            return []
        if (self.event.type, self.event.mode) == ("OFFICE", "election") and not self.event.parties:
            return []  # "nach der Wahl im Mai": who stood is not who is told of nearby
        return [role for role, side in ((ACTOR, self.event.actors), (RECIPIENT, self.event.recipients)) if not side]

    def _best(self, role: int, free: Sequence[int]) -> tuple[int, int]:
        """By how much the likeliest of the free candidates is ahead of nobody, and which it is."""
        scored = [(self.scores[k][role] + self.margins[role], -k) for k in free if self._can(role, k)]
        score, k = max(scored, default=(0, 0))
        return score, -k

    def _can(self, role: int, k: int) -> bool:
        """Whether nothing rules out the candidate: a state does nothing to itself, a host is where the visit is."""
        one = self.candidates[k].participant(self.passage)
        others = self.event.recipients if role == ACTOR else self.event.actors
        if one.country is not None and any(_is_of(one, other) for other in others):
            return False
        place = self.event.place.country if self.event.place is not None else None
        visit = role == RECIPIENT and (self.event.type, self.event.mode) == ("CONSULT", "visit")
        return not visit or None in {place, one.country} or place == one.country


def _is_of(state: Participant, other: Participant) -> bool:
    """Whether the first is the state that the other is, or governs, or is a body of."""
    if state.country != other.country:
        return False
    if state.kind == PartyKind.COUNTRY:
        return True
    return state.kind == PartyKind.GOVERNMENT and other.kind in {PartyKind.COUNTRY, PartyKind.GOVERNMENT}


def key(party: Participant) -> str:
    """What tells a participant from others."""
    return party.id or party.text


def _is_site(candidate: Candidate) -> bool:
    """Places are no participants unless the rules say so."""
    return candidate.ruled is None and candidate.tie is not None and candidate.tie.mention.kind == PartyKind.PLACE


def _day(stage: Stage, judges: Judges) -> Dated | None:
    """The likeliest time of the article for the event, None for none."""
    event, times = stage.told.event, times_of(stage)
    if event.invitation:
        return None  # the time beside an invitation is that of the visit
    least = judges.day(event.type, undated_features(stage)) - judges.margins.day
    scores = [judges.day(event.type, time_features(stage, time, times)) for time in times]
    best = max(range(len(times)), key=lambda k: (scores[k], -k), default=-1)
    if best < 0 or scores[best] <= least:
        return None
    found = dated_by(stage.passage, times[best], stage.main.trigger.word)
    return ahead(stage.passage, stage.main.trigger, found) if event.status == Status.PLANNED else found
