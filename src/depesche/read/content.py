"""What somebody demands, promises, threatens or refuses is no second event (guidelines, "Content of speech")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from depesche.model.reading import Status
from depesche.packs.status import Content
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

ALLEGING = {"ACCUSE", "SANCTION", "COERCE"}
"""Types beside which a bare "wegen" names what is alleged, not what is told."""


@dataclass(frozen=True)
class Contents:
    """Which triggers of an article stand in the content of an act of speech."""

    passage: Passage
    triggers: Sequence[Trigger]

    @property
    def rules(self) -> Content:
        """The lists of types, roles and verbs."""
        return self.passage.knowledge.status.content

    @cached_property
    def speaking(self) -> frozenset[int]:
        """Predicates of acts of speech, whether or not they name enough to be events themselves."""
        frames = self.passage.knowledge.frames
        verbs = (
            k
            for k, predicate in enumerate(self.passage.parse.predicates)
            if any(type in self.rules.types for type, _ in frames.for_verb(predicate.lemma))
        )
        phrases = (t.predicate for t in self.triggers if t.kind == Kind.PHRASE and t.type in self.rules.types)
        return frozenset(verbs) | frozenset(phrases)

    def holds(self, trigger: Trigger) -> bool:
        """Whether the trigger is content and not an event of its own."""
        if trigger.kind == Kind.NOUN and self._alleged(trigger):
            return True
        act = self._act_above(trigger)
        if act is not None:
            return not self._announced(trigger, act)
        return self._of_noun(self.passage.parse.owners[trigger.word])

    def announces(self, trigger: Trigger) -> bool:
        """Whether the trigger only announces an act that is an event of its own: "kündigte seinen Rücktritt an"."""
        if trigger.kind != Kind.VERB or self._lemma(trigger.predicate) not in self.rules.announcing:
            return False
        return any(
            self._act_above(other) == trigger.predicate and self._announced(other, trigger.predicate)
            for other in self.triggers
        )

    def _lemma(self, predicate: int) -> str:
        return self.passage.parse.predicates[predicate].lemma

    def _announced(self, trigger: Trigger, act: int) -> bool:
        return trigger.type in self.rules.acts and self._lemma(act) in self.rules.announcing

    def _act_above(self, trigger: Trigger) -> int | None:
        """The act of speech whose object, clause or infinitive the trigger is."""
        if trigger.kind == Kind.NOUN and trigger.predicate in self.speaking:
            own = any(t.word == trigger.word and t.kind == Kind.PHRASE for t in self.triggers)
            called_off = self.passage.knowledge.status.verbs.get(self._lemma(trigger.predicate)) == Status.CANCELLED
            return trigger.predicate if trigger.role in self.rules.roles and not called_off and not own else None
        clause = self.passage.parse.owners[trigger.word]
        for predicate in self.passage.predicates_in.get(clause, ()):
            for link in self.passage.links_to.get(self.passage.parse.predicates[predicate].word, ()):
                if (
                    link.role in {"xcomp", "ccomp"}
                    and link.role in self.rules.roles
                    and link.predicate in self.speaking
                ):
                    return link.predicate
        return None

    def _alleged(self, trigger: Trigger) -> bool:
        """ "ein Verfahren wegen Aufruhrs": a noun without article under "wegen" beside a charge or an arrest."""
        phrase = self.passage.phrase_by_head.get(trigger.word)
        if (
            phrase is None
            or phrase.preposition != "wegen"
            or self.passage.parse.words[phrase.first].tag in {"ART", "PPOSAT", "PDAT"}
        ):
            return False
        clause = self.passage.parse.owners[trigger.word]
        return any(t.type in ALLEGING and self.passage.parse.owners[t.word] == clause for t in self.triggers)

    def _of_noun(self, clause: int) -> bool:
        """ "die Forderung, den Angriff zu beenden": an infinitive or dass-clause right behind a noun of speech."""
        opened = self.passage.parse.clauses[clause]
        if not (opened.kind == "infinitive" and opened.opener != "um") and opened.opener != "dass":
            return False
        before = opened.first - 1
        while before > 0 and self.passage.parse.words[before].tag.startswith("$"):
            before -= 1
        return any(t.word == before and t.type in self.rules.types and t.kind == Kind.NOUN for t in self.triggers)
