"""Understood arguments: shared subjects, antecedents of relative pronouns, subjects of infinitives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from depesche.model.parse import Clause, ClauseKind, Link, Predicate, Voice, Word
from depesche.packs.grammar import Grammar
from depesche.parse.predicates import Grid

PRONOUNS = frozenset({"PRELS", "PDS", "ART"})


@dataclass(frozen=True)
class Known:
    """What is known of the predicates of an article: by predicate its links and subjects, by clause its predicates."""

    links: Mapping[int, Sequence[Link]]
    subjects: dict[int, list[int]]
    by_clause: Mapping[int, Sequence[int]]
    above: Mapping[int, int]  # by infinitive the predicate it completes


@dataclass(frozen=True)
class Understood:
    """Finds the understood arguments of the predicates of one article.

    `joined` leads from the second of two coordinated predicates to the first, where that is known.
    """

    text: str
    words: Sequence[Word]
    grid: Grid
    predicates: Sequence[Predicate]
    grammar: Grammar
    joined: Mapping[int, int] = field(default_factory=dict)

    def of(self, links: Sequence[Link]) -> list[Link]:
        """The understood arguments beside the given ones."""
        known = self._known(links)
        out: list[Link] = []
        for k, predicate in enumerate(self.predicates):
            clause = self.grid.clauses[predicate.clause]
            if clause.kind == ClauseKind.RELATIVE and clause.antecedent >= 0:
                out.extend(self._antecedent(clause, known.links.get(k, ())))
            if known.subjects.get(k):
                continue
            found = self._borrowed(k, known)
            out.extend(Link(k, "subj", head, understood=True) for head in found)
            known.subjects[k] = list(found)
        return out

    def _known(self, links: Sequence[Link]) -> Known:
        by_clause: dict[int, list[int]] = defaultdict(list)
        for k, predicate in enumerate(self.predicates):
            by_clause[predicate.clause].append(k)
        own: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            own[link.predicate].append(link)
        subjects = {k: [link.head for link in mine if link.role == "subj"] for k, mine in own.items()}
        at = {predicate.word: k for k, predicate in enumerate(self.predicates)}
        above = {at[link.head]: link.predicate for link in links if link.role == "xcomp" and link.head in at}
        return Known(own, subjects, by_clause, above)

    def _form(self, i: int) -> str:
        return self.text[self.words[i].start : self.words[i].end]

    def _antecedent(self, clause: Clause, links: Sequence[Link]) -> list[Link]:
        """The noun that a relative pronoun stands for, in the pronoun's role."""
        head = self._head_of(clause.antecedent)
        return [
            Link(link.predicate, link.role, head, understood=True)
            for link in links
            if self.words[link.head].tag in PRONOUNS and not link.understood and link.head != head
        ]

    def _head_of(self, word: int) -> int:
        """The head of the phrase that a word stands in."""
        return next((phrase.head for phrase in self.grid.phrases if phrase.first <= word < phrase.last), word)

    def _borrowed(self, k: int, known: Known) -> list[int]:
        """The subject that a predicate without one takes from another."""
        predicate = self.predicates[k]
        clause = self.grid.clauses[predicate.clause]
        if k in known.above:
            return self._controlled(known.above[k], known)
        if k in self.joined and known.subjects.get(self.joined[k]):
            return known.subjects[self.joined[k]]
        same = [other for other in known.by_clause[predicate.clause] if other < k and known.subjects.get(other)]
        if same:
            return known.subjects[same[-1]]
        if clause.kind == ClauseKind.INFINITIVE and clause.parent >= 0:
            higher = known.by_clause.get(clause.parent, ())
            return self._controlled(higher[-1], known) if higher else []
        if clause.kind == ClauseKind.MAIN and predicate.finite >= 0 and self._continues(clause):
            return self._before(k, clause, known)
        if clause.kind in {ClauseKind.SUBORDINATE, ClauseKind.RELATIVE}:
            return self._twin(k, clause, known)
        return []

    def _before(self, k: int, clause: Clause, known: Known) -> list[int]:
        """The subject of the nearest main clause before in the sentence."""
        final = self._verb_final(clause)
        for other in range(k - 1, -1, -1):
            before = self.predicates[other]
            if before.sentence != self.predicates[k].sentence:
                break
            kind = self.grid.clauses[before.clause].kind
            if known.subjects.get(other) and (final or kind == ClauseKind.MAIN):
                return known.subjects[other]
        return []

    def _twin(self, k: int, clause: Clause, known: Known) -> list[int]:
        """The subject of the clause before that hangs on the same one with the same conjunction."""
        for other in range(k - 1, -1, -1):
            before = self.predicates[other]
            if before.sentence != self.predicates[k].sentence:
                break
            twin = self.grid.clauses[before.clause]
            if twin.parent == clause.parent and twin.opener == clause.opener and known.subjects.get(other):
                return known.subjects[other]
        return []

    def _verb_final(self, clause: Clause) -> bool:
        """ "…, da sie vorrückten, | tief in die Stadt vordrangen": a second part of a subordinate clause."""
        tail = clause.last - 1
        while tail > clause.first and self.words[tail].tag.startswith("$"):
            tail -= 1
        return self.words[tail].tag.endswith("(FIN)") and tail - clause.first > 1

    def _continues(self, clause: Clause) -> bool:
        first = clause.first
        return first > 0 and (self.words[first].tag == "KON" or self._form(first - 1) == ",")

    def _controlled(self, above: int, known: Known) -> list[int]:
        """Who acts in a zu-infinitive: the object of verbs such as "auffordern", else the subject."""
        predicate = self.predicates[above]
        if self.grammar.governs(predicate.lemma, "control"):
            role = "subj" if predicate.voice == Voice.PASSIVE else "obj"
            heads = [link.head for link in known.links.get(above, ()) if link.role in {role, "dat"}]
            return heads or known.subjects.get(above, [])
        return known.subjects.get(above, [])
