"""A happening in its article, and how the article's parties hang on the words that tell of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeVar

from depesche.model.reading import Participant, Party
from depesche.read.meant import participant
from depesche.read.merge import Draft, Told
from depesche.read.naming import Naming, around, nearest
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

Key = TypeVar("Key", str, int)

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
    def naming(self) -> Naming:
        """Where the parties are named."""
        return Naming(self.passage)

    @cached_property
    def predicates_at(self) -> Mapping[int, int]:
        """The predicate of each full verb's word."""
        return {predicate.word: k for k, predicate in enumerate(self.passage.parse.predicates)}

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

    def parts_elsewhere(self, at: int, id: str) -> set[tuple[str, str]]:
        """The parts of a party in all other happenings than the `at`-th, with the types of these."""
        listed = self._parts_of.get(id, {})
        own = self.told[at].event.type
        out: set[tuple[str, str]] = set()
        for type, happenings in self._types.items():
            parts = Counter(listed.get(type))
            parts["-"] = happenings - parts.total()
            if type == own:
                parts[self.part(at, id)] -= 1
            out.update((part, type) for part, count in parts.items() if count)
        return out

    @cached_property
    def _types(self) -> Mapping[str, int]:
        """How many happenings there are of each type."""
        return Counter(one.event.type for one in self.told)

    @cached_property
    def _parts_of(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        """How often a party has a part in happenings of a type."""
        out: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for one, parts in zip(self.told, self.parts, strict=True):
            for id, part in parts.items():
                out[id][one.event.type][part] += 1
        return out

    @cached_property
    def told_by_word(self) -> Mapping[int, frozenset[int]]:
        """The happenings by the words of their triggers."""
        return _gathered((draft.trigger.word, k) for k, one in enumerate(self.told) for draft in one.drafts)

    @cached_property
    def told_by_lemma(self) -> Mapping[str, frozenset[int]]:
        """The happenings by the lemmas of their mentions."""
        return _gathered((draft.event.lemma, k) for k, one in enumerate(self.told) for draft in one.drafts)

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
    def sentences(self) -> Sequence[int]:
        """The sentences of the triggers, in order."""
        return sorted({draft.sentence for draft in self.told.drafts})

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
        found: list[tuple[str, int, bool]] = []
        for role, word in self.objects:
            here = self.scene.told_by_word.get(word, frozenset())
            alike = self.scene.told_by_lemma.get(self.passage.parse.words[word].lemma, frozenset())
            found.extend((role, k, k in here) for k in sorted((here | alike) - {self.at}))
        return found

    def nearest(self, word: int) -> int:
        """The trigger's word that is nearest to another word; the first of two."""
        return nearest(self.words, word)

    def sentences_away(self, sentence: int) -> int:
        """How many sentences a sentence lies behind the nearest trigger's; below 0 before it, as between two."""
        at = bisect_left(self.sentences, sentence)
        return min((sentence - own for own in self.sentences[max(at - 1, 0) : at + 1]), key=lambda gap: (abs(gap), gap))

    @cached_property
    def candidates(self) -> Sequence[Candidate]:
        """The parties near the triggers or named most, with those that only the rules see, in order of their ids."""
        event = self.told.event
        ruled = {p.id or p.text: p for p in reversed((*event.actors, *event.recipients))}
        near = self._near
        out = []
        for id in self._reached(ruled):
            mentions = self.scene.naming.mentions[id]
            close = near.get(id, set()).union(self.scene.naming.beyond(id, self.sentences))
            ties = [self.tie(mentions[k]) for k in sorted(close)]
            best = min(ties, key=lambda tie: (tie.closeness, abs(tie.distance), tie.distance))
            out.append(Candidate(id, best, ruled.pop(id, None), mentions))
        out.extend(Candidate(id, None, p, ()) for id, p in ruled.items())
        return sorted(out, key=lambda candidate: candidate.id)

    def _reached(self, ruled: Iterable[str]) -> set[str]:
        """The parties that are named near a trigger, or most, or that the rules have, where they are named at all."""
        naming = self.scene.naming
        reached = {id for sentence in around(self.sentences, REACH) for id, _ in naming.in_sentence.get(sentence, ())}
        often = islice(naming.ranks, MANY_RANKS)
        return reached.union(often, (id for id in ruled if id in naming.mentions))

    @property
    def _near(self) -> Mapping[str, set[int]]:
        """Of each party the mentions in the triggers' sentences or on a word that hangs on a trigger."""
        naming = self.scene.naming
        own = {self.passage.parse.clauses[clause].sentence for clause in self.clauses}
        out: dict[str, set[int]] = defaultdict(set)
        for sentence in own.union(self.sentences):
            for id, k in naming.in_sentence.get(sentence, ()):
                out[id].add(k)
        for word in self._ways:
            for id, k in naming.at_word.get(word, ()):
                out[id].add(k)
        return out

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
        apart = self.sentences_away(self.scene.naming.sentence_of[mention.head])
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


def _gathered(pairs: Iterable[tuple[Key, int]]) -> Mapping[Key, frozenset[int]]:
    out: dict[Key, set[int]] = defaultdict(set)
    for key, k in pairs:
        out[key].add(k)
    return {key: frozenset(found) for key, found in out.items()}
