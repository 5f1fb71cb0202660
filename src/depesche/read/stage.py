"""A happening in its article, and how the article's parties hang on the words that tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from depesche.model.reading import Participant, Party
from depesche.read.meant import participant
from depesche.read.merge import Draft, Told
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

DIRECT, NESTED, CONTENT, ABOVE, CLAUSE, SENTENCE, BACK, AHEAD = range(8)
"""How close a tie is, the closest first."""
FAR = 3  # sentences: beyond it distance no longer counts
MANY_RANKS = 6  # parties that are named most: they are candidates wherever they are named
REACH = 4  # sentences: parties named only farther away, and not often, are no candidates


@dataclass(frozen=True)
class Tie:
    """How a mention hangs on a trigger: how closely, in which way, how many words behind it (before it: below 0)."""

    closeness: int
    way: str
    distance: int
    mention: Party


@dataclass(frozen=True)
class Candidate:
    """A party that may take part: its closest tie, the participant that the rules have, and its mentions.

    Without a tie it is one that only the rules see ("zwei deutsche Archäologen").
    """

    id: str
    tie: Tie | None
    ruled: Participant | None
    mentions: tuple[Party, ...]

    def participant(self, passage: Passage) -> Participant:
        """The party in a role: in the words that the rules took, else in those of the closest mention."""
        if self.ruled is not None:
            return self.ruled
        assert self.tie is not None, "a candidate has a tie or was seen by the rules"
        return participant(passage, self.tie.mention)


@dataclass(frozen=True)
class Scene:
    """An article with all the happenings that it tells, in order of their triggers, and what is asked of it often."""

    passage: Passage
    told: Sequence[Told]

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Party, ...]]:
        """The mentions of each party; one that means several counts for each."""
        out: dict[str, list[Party]] = defaultdict(list)
        singles = {party.id for party in self.passage.parties if not party.members}
        for party in self.passage.parties:
            for id in party.members or (party.id,):
                if id in singles:
                    out[id].append(party)
        return {id: tuple(mentions) for id, mentions in out.items()}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The parties by how often they are named, the first of them 0."""
        counts = {id: (-len(mentions), mentions[0].start) for id, mentions in self.mentions.items()}
        return {id: k for k, id in enumerate(sorted(counts, key=lambda id: (counts[id], id)))}

    @cached_property
    def predicates_at(self) -> Mapping[int, int]:
        """The predicate of each full verb's word."""
        return {predicate.word: k for k, predicate in enumerate(self.passage.parse.predicates)}

    @cached_property
    def sentence_of(self) -> Mapping[int, int]:
        """The sentence of each party's head word."""
        return {party.head: self.passage.clause(party.head).sentence for party in self.passage.parties}

    @cached_property
    def parts(self) -> Sequence[Mapping[str, str]]:
        """Of each happening the part that the rules give a party: "A" for an actor, "R" for a recipient."""
        return [
            {p.id or p.text: "R" for p in one.event.recipients} | {p.id or p.text: "A" for p in one.event.actors}
            for one in self.told
        ]

    def part(self, at: int, id: str) -> str:
        """The part of a party in the `at`-th happening, "-" for none."""
        return self.parts[at].get(id, "-")

    def stages(self) -> list[Stage]:
        """Each happening on its stage."""
        return [Stage(self, k) for k in range(len(self.told))]


@dataclass(frozen=True)
class Stage:
    """One happening of a scene, the `at`-th."""

    scene: Scene
    at: int

    @property
    def passage(self) -> Passage:
        """The article."""
        return self.scene.passage

    @property
    def told(self) -> Told:
        """The happening."""
        return self.scene.told[self.at]

    @cached_property
    def main(self) -> Draft:
        """The mention that is written."""
        return next(d for d in self.told.drafts if d.event.trigger == self.told.event.trigger)

    @cached_property
    def sentences(self) -> frozenset[int]:
        """The sentences of the triggers."""
        return frozenset(draft.sentence for draft in self.told.drafts)

    @cached_property
    def clauses(self) -> frozenset[int]:
        """The clauses of the triggers."""
        return frozenset(self.passage.parse.owners[draft.trigger.word] for draft in self.told.drafts)

    @cached_property
    def words(self) -> Sequence[int]:
        """The words of the triggers, in order."""
        return sorted({draft.trigger.word for draft in self.told.drafts})

    @cached_property
    def objects(self) -> Sequence[tuple[str, int]]:
        """What the event's verb is about: the roles and head words of its arguments but the subject."""
        predicate = self.main.trigger.predicate
        if predicate < 0 or self.main.trigger.kind == Kind.NOUN:
            return ()
        links = self.passage.links_of.get(predicate, ())
        return tuple(
            (link.role, link.head) for link in links if link.role != "subj" and link.head != self.main.trigger.word
        )

    @cached_property
    def answered(self) -> Sequence[tuple[str, int, bool]]:
        """Other happenings that the event's verb is about: the role, which, and whether the role's word tells it."""
        found = []
        for role, word in self.objects:
            lemma = self.passage.parse.words[word].lemma
            for k, one in enumerate(self.scene.told):
                here = any(draft.trigger.word == word for draft in one.drafts)
                if one is not self.told and (here or any(draft.event.lemma == lemma for draft in one.drafts)):
                    found.append((role, k, here))
        return found

    def nearest(self, word: int) -> int:
        """The trigger's word that is nearest to another word; the first of two."""
        return min(self.words, key=lambda own: (abs(own - word), own))

    def sentences_away(self, sentence: int) -> int:
        """How many sentences a sentence lies behind the nearest trigger's; below 0 before it."""
        return min((sentence - own for own in self.sentences), key=lambda gap: (abs(gap), gap))

    @cached_property
    def candidates(self) -> Sequence[Candidate]:
        """The parties near the triggers or named most, with those that only the rules see, in order of their ids."""
        event = self.told.event
        ruled = {p.id or p.text: p for p in reversed((*event.actors, *event.recipients))}
        out = []
        for id, mentions in self.scene.mentions.items():
            if id not in ruled and not self._reaches(id, mentions):
                continue
            ties = [self.tie(mention) for mention in mentions]
            best = min(ties, key=lambda tie: (tie.closeness, abs(tie.distance), tie.distance))
            out.append(Candidate(id, best, ruled.pop(id, None), mentions))
        out.extend(Candidate(id, None, p, ()) for id, p in ruled.items())
        return sorted(out, key=lambda candidate: candidate.id)

    def _reaches(self, id: str, mentions: Sequence[Party]) -> bool:
        if self.scene.ranks[id] < MANY_RANKS:
            return True
        return any(abs(self.sentences_away(self.scene.sentence_of[m.head])) <= REACH for m in mentions)

    def tie(self, mention: Party) -> Tie:
        """How a mention hangs on the nearest trigger."""
        found = self._ways.get(mention.head)
        if found is None:
            phrase = self.passage.phrase_at.get(mention.head)
            inside = self._ways.get(phrase.head) if phrase is not None and phrase.head != mention.head else None
            found = (NESTED, inside[1] + ">in") if inside is not None else None
        word = self.nearest(mention.head)
        return Tie(*(found or self._loosely(mention, word)), mention.head - word, mention)

    def _loosely(self, mention: Party, word: int) -> tuple[int, str]:
        side = "before" if mention.head < word else "behind"
        if self.passage.parse.owners[mention.head] in self.clauses:
            return CLAUSE, "clause:" + side
        apart = self.sentences_away(self.scene.sentence_of[mention.head])
        if apart == 0:
            return SENTENCE, "sentence:" + side
        return (BACK, f"back{min(-apart, FAR)}") if apart < 0 else (AHEAD, f"ahead{min(apart, FAR)}")

    @cached_property
    def _ways(self) -> Mapping[int, tuple[int, str]]:
        """By head word how it hangs on a trigger: closeness and way."""
        out: dict[int, tuple[int, str]] = {}
        for draft in self.told.drafts:
            for head, closeness, way in self._around(draft.trigger):
                if head not in out or closeness < out[head][0]:
                    out[head] = (closeness, f"{draft.trigger.kind.value}/{way}")
        return out

    def _around(self, trigger: Trigger) -> Iterator[tuple[int, int, str]]:
        """What hangs on a trigger: on its own noun, on its verb, on what that verb says, on the verb above."""
        passage = self.passage
        yield from self._on_noun(trigger.word, DIRECT, "own")
        if trigger.predicate >= 0:
            role = trigger.role or passage.parse.predicates[trigger.predicate].voice.value
            for link in passage.links_of.get(trigger.predicate, ()):
                if link.head == trigger.word:
                    continue
                way = f"{role}/{link.role}" + ("*" if link.understood else "")
                yield link.head, DIRECT, way
                yield from self._on_noun(link.head, NESTED, way)
                lower = self.scene.predicates_at.get(link.head) if link.role in {"ccomp", "xcomp"} else None
                for inner in passage.links_of.get(lower, ()) if lower is not None else ():
                    yield inner.head, CONTENT, f"{link.role}>{inner.role}"
        clause = passage.parse.clauses[passage.parse.owners[trigger.word]]
        if clause.antecedent >= 0:
            yield clause.antecedent, ABOVE, "antecedent"
        for k in passage.predicates_in.get(clause.parent, ()) if clause.parent >= 0 else ():
            for link in passage.links_of.get(k, ()):
                yield link.head, ABOVE, "above:" + link.role

    def _on_noun(self, noun: int, closeness: int, way: str) -> Iterator[tuple[int, int, str]]:
        """What hangs on a noun: attributes, conjuncts, genitives, prepositional phrases."""
        passage = self.passage
        phrase = passage.phrase_by_head.get(noun)
        if phrase is not None:
            yield from ((inner, closeness, way + ">in") for inner in range(phrase.first, phrase.last) if inner != noun)
            yield from ((conjunct, closeness, way + ">and") for conjunct in phrase.conjuncts)
        for genitive in passage.genitives.get(noun, ()):
            yield from ((head, closeness, way + ">gen") for head in (genitive.head, *genitive.conjuncts))
        for attached in passage.attached.get(noun, ()):
            for head in (attached.head, *attached.conjuncts):
                yield head, closeness, f"{way}>{attached.preposition}"
