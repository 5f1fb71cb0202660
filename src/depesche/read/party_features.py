"""What speaks for and against a party's part in an event: the features that the trained judges weigh.

Features name what holds ("way=verb/act/subj"), never a party: the same words about other people weigh the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from depesche.model.reading import EventMention
from depesche.read.stage import FAR, Candidate, Stage

MANY = 5  # mentions
SEVERAL = 2  # parties in a role
TOLD_AS = {"description", "office", "group"}
"""Starts of the ids of parties that are not known by name."""


def part_features(stage: Stage, candidate: Candidate) -> list[str]:
    """The features of a candidate's part in an event."""
    event, trigger, tie = stage.told.event, stage.main.trigger, candidate.tie
    kind = trigger.kind.value
    way = tie.way if tie is not None else "ruled"
    close = str(tie.closeness) if tie is not None else "-"
    rule = stage.scene.part(stage.at, candidate.id)
    what = _what(candidate)
    filled = filled_of(event) + ("=" if trigger.frame.reciprocal else "")
    return [
        "1",
        f"rule={rule}",
        f"way={way}",
        f"what={what}",
        f"filled={filled}",
        f"close={close}",
        f"rule,filled={rule},{filled}",
        f"rule,what={rule},{what}",
        f"rule,way={rule},{way}",
        f"rule,kind={rule},{kind}",
        f"rule,close={rule},{close}",
        f"way,what={way},{what}",
        f"way,frame={way},{trigger.frame.id}",
        f"close,filled={close},{filled}",
        f"close,filled,kind={close},{filled},{kind}",
        f"close,filled,what={close},{filled},{what}",
        *_salience(stage, candidate, close),
        *_elsewhere(stage, candidate, close),
        *_country(stage, candidate, f"{close},{rule}"),
        *_words(stage, candidate, close),
        *_answered(stage, candidate),
        *_at_place(stage, candidate),
    ]


def nobody_features(stage: Stage) -> list[str]:
    """The features of an event that speak for nobody in a role."""
    event, main = stage.told.event, stage.main
    bare = all(draft.bare for draft in stage.told.drafts)
    filled = filled_of(event) + ("=" if main.trigger.frame.reciprocal else "")
    return [
        "none",
        f"none,filled={filled}",
        f"none,frame={main.trigger.frame.id}",
        f"none,kind={main.trigger.kind.value}{filled}",
        f"none,bare={bare}",
        f"none,status={event.status.value}",
    ]


def filled_of(event: EventMention) -> str:
    """Which roles the rules have filled, and with one party or several."""
    return "A" * min(len(event.actors), SEVERAL) + "R" * min(len(event.recipients), SEVERAL)


def _what(candidate: Candidate) -> str:
    """The kind of the party, and whether it is known only by a description."""
    one = candidate.ruled if candidate.tie is None else candidate.tie.mention
    start = candidate.id.partition(":")[0]
    return f"{one.kind.value if one is not None else ''}/{start if start in TOLD_AS else ''}"


def _salience(stage: Stage, candidate: Candidate, close: str) -> Iterator[str]:
    """How much the article is about the party, and how many stand between it and the trigger."""
    rank = min(stage.scene.naming.ranks.get(candidate.id, FAR), FAR)
    yield f"mentions={min(len(candidate.mentions), MANY)}"
    yield f"rank={rank}"
    yield f"rank,close={rank},{close}"
    lead = candidate.id in stage.scene.naming.leading
    yield f"lead={lead},{close}"
    if candidate.tie is not None:
        word = candidate.tie.mention.head
        low, high = sorted((word, word - candidate.tie.distance))
        between = stage.scene.naming.others_between(low, high, candidate.id, FAR)
        yield f"between={between},{close}"
        yield f"between,side={between},{close},{candidate.tie.distance > 0}"


def _elsewhere(stage: Stage, candidate: Candidate, close: str) -> Iterator[str]:
    """Whether the party says so, and its part in the happenings right before and behind and in those of the type."""
    event = stage.told.event
    if event.attribution is not None and event.attribution.id == candidate.id:
        yield "says"
    scene, told = stage.scene, stage.scene.told
    for name, k in (("before", stage.at - 1), ("behind", stage.at + 1)):
        if 0 <= k < len(told):
            part = scene.part(k, candidate.id)
            yield f"{name}={part},{close}"
            yield f"{name},type={part},{close},{told[k].event.type}"
    rest = scene.parts_elsewhere(stage.at, candidate.id)
    alike = sorted({part for part, type in rest if type == event.type})
    yield f"alike={'+'.join(alike)},{close}"
    parts = sorted({part for part, _ in rest})
    yield f"parts={'+'.join(parts)},{close}"


def _country(stage: Stage, candidate: Candidate, seen: str) -> Iterator[str]:
    """Whether another party of the event is of the same country."""
    one = candidate.ruled if candidate.tie is None else candidate.tie.mention
    if one is None or one.country is None:
        yield f"country=none,{seen}"
    else:
        others = {p.country for p in stage.told.event.parties if (p.id or p.text) != candidate.id}
        yield f"country={one.country in others},{seen}"


def _words(stage: Stage, candidate: Candidate, close: str) -> Iterator[str]:
    """The word that tells the closest mention, what it is of its own verb, and the verb or noun of the event."""
    if candidate.tie is None:
        return
    passage, head = stage.passage, candidate.tie.mention.head
    yield f"tag={passage.parse.words[head].tag},{close}"
    roles = sorted({link.role for link in passage.links_to.get(head, ())})
    yield f"roles={'+'.join(roles)},{close}"
    phrase = passage.phrase_at.get(head)
    yield f"preposition={phrase.preposition if phrase is not None else ''},{close}"
    yield f"way,lemma={candidate.tie.way},{stage.told.event.lemma}"


def _answered(stage: Stage, candidate: Candidate) -> Iterator[str]:
    """The party's part in the act that the event answers: "begrüßte den Vorstoß", "verurteilte den Angriff"."""
    for role, k, here in stage.answered:
        part = stage.scene.part(k, candidate.id)
        yield f"answers={part},{role}"
        yield f"answers={part},{role},{stage.scene.told[k].event.type},{here}"


def _at_place(stage: Stage, candidate: Candidate) -> Iterator[str]:
    """Whether the party is of the country where the event takes place, as a host is."""
    event = stage.told.event
    one = candidate.ruled if candidate.tie is None else candidate.tie.mention
    if event.place is not None and event.place.country is not None and one is not None:
        same = one.country == event.place.country
        yield f"at place={same},{one.kind.value},{event.mode}"
        yield f"at place={same},{one.kind.value},{event.mode},{filled_of(event)}"
