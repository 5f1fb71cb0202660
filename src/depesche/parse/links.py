"""Verb–argument links by rules: who is subject, who object, what the prepositions bring.

Works clause by clause over the noun phrases: case forms first, then word order, with a valency list
for the verbs that govern a dative. What these rules find is what the attachment model starts from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from depesche.model.parse import ClauseKind, Link, Phrase, Predicate, Voice, Word
from depesche.packs.grammar import Grammar
from depesche.parse.predicates import Grid
from depesche.parse.understood import Understood

QUOTES = {"„", "»", '"', "«"}
PLURAL_FINITE = ("en", "n")


@dataclass
class Linker:
    """Links the predicates of one article."""

    text: str
    words: Sequence[Word]
    grid: Grid
    predicates: Sequence[Predicate]
    grammar: Grammar
    times: frozenset[int] = frozenset()  # words inside time expressions: no arguments
    people: frozenset[int] = frozenset()  # first words of people's names
    bodies: frozenset[int] = frozenset()  # nouns and names of bodies that act like people: "die Opposition", "Polen"
    links: list[Link] = field(default_factory=list)

    def run(self) -> list[Link]:
        """All links, in order of predicate, then of head."""
        inside = self._phrases_by_clause()
        by_clause: dict[int, list[int]] = defaultdict(list)
        for k, predicate in enumerate(self.predicates):
            by_clause[predicate.clause].append(k)
        for clause, heads in by_clause.items():
            for n, k in enumerate(heads):
                low = self.predicates[heads[n - 1]].word if n else -1
                high = self.predicates[k].word if n + 1 < len(heads) else len(self.words)
                shared = n > 0
                self._link(
                    k,
                    [
                        p
                        for p in inside[clause]
                        if low < p.head and (p.head < high or (not shared and n + 1 == len(heads)))
                    ],
                    shared,
                )
        self.links.extend(Understood(self.text, self.words, self.grid, self.predicates, self.grammar).of(self.links))
        self._complements(by_clause)
        return sorted(self.links, key=lambda link: (link.predicate, link.head, link.role))

    def _phrases_by_clause(self) -> dict[int, list[Phrase]]:
        out: dict[int, list[Phrase]] = defaultdict(list)
        conjuncts = {head for phrase in self.grid.phrases for head in phrase.conjuncts}
        for phrase in self.grid.phrases:
            if (
                phrase.genitive_of < 0
                and phrase.head not in conjuncts
                and not self._temporal(phrase)
                and not self._apposition(phrase)
            ):
                out[self.grid.owners[phrase.head]].append(phrase)
        return out

    def _temporal(self, phrase: Phrase) -> bool:
        return phrase.head in self.times and not phrase.preposition

    def _apposition(self, phrase: Phrase) -> bool:
        """A phrase in brackets, or between commas behind a noun: it names the one before it again."""
        before = phrase.first - 1
        if phrase.preposition or before <= 0:
            return False
        if self._form(before) == "(" or (self._form(before) in QUOTES and self.words[before - 1].tag in {"NN", "NNA"}):
            return True
        return (
            self._form(before) in {",", "–"}
            and self.words[before - 1].tag in {"NN", "NE", "NNA", "FM"}
            and self.grid.owners[before - 1] == self.grid.owners[phrase.head]
            and self.grid.clauses[self.grid.owners[phrase.head]].first <= before - 1
            and self._form(self._end_of(phrase)) in {",", ".", "–", "("}
        )

    def _end_of(self, phrase: Phrase) -> int:
        """The word behind a phrase and the genitives and names that hang on it; the last word at the text's end."""
        end = phrase.last
        for other in self.grid.phrases:
            if other.first == end and (
                other.genitive_of >= 0 or (other.preposition_word < 0 and self.words[other.head].tag == "NE")
            ):
                end = other.last
        return min(end, len(self.words) - 1)

    def _form(self, i: int) -> str:
        return self.text[self.words[i].start : self.words[i].end]

    def _link(self, k: int, phrases: list[Phrase], shared: bool) -> None:
        predicate = self.predicates[k]
        bare = [
            p for p in phrases if not p.preposition and self.words[p.head].tag != "PRF" and p.head != predicate.word
        ]
        for phrase in phrases:
            if phrase.preposition and not self._attached(phrase, phrases):
                self._add(k, self._oblique(phrase, predicate), phrase)
        gap = self._gapped(predicate) or (shared and predicate.voice == Voice.ACTIVE)
        subject = self._subject(predicate, [p for p in bare if not gap or "a" not in p.cases])
        if subject is not None:
            self._add(k, "subj", subject)
            bare = [p for p in bare if p is not subject]
        if predicate.voice == Voice.COPULA or self.words[predicate.word].lemma in self.grammar.lists.copulas:
            return
        self._objects(k, predicate, bare)
        if subject is None and shared:
            return

    def _add(self, k: int, role: str, phrase: Phrase, understood: bool = False) -> None:
        for head in (phrase.head, *phrase.conjuncts):
            self.links.append(Link(k, role, head, understood))

    def _oblique(self, phrase: Phrase, predicate: Predicate) -> str:
        passive = predicate.voice == Voice.PASSIVE and phrase.preposition in {"von", "durch"}
        return f"{'agent' if passive else 'obl'}:{phrase.preposition}"

    def _attached(self, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
        """Whether "von" + noun right behind a noun is a genitive in disguise rather than an adverbial."""
        if phrase.preposition != "von":
            return False
        before = phrase.preposition_word - 1
        return before >= 0 and any(p.last - 1 == before for p in phrases) and self.words[before].tag in {"NN", "NNA"}

    def _subject(self, predicate: Predicate, bare: list[Phrase]) -> Phrase | None:
        if predicate.finite < 0:
            return None
        plural = self._form(predicate.finite).lower().endswith(PLURAL_FINITE) or self._form(
            predicate.finite
        ).lower() in {"sind", "seien"}
        fits = [p for p in bare if "n" in p.cases and self._agrees(p, plural)]
        if not fits:
            return None
        others = [p for p in fits if self._form(p.head).lower() != "es"]
        if any(p.head < predicate.finite for p in others):
            fits = others  # "Israel lehnte es ab, …": a correlate is no subject
        sure = [p for p in fits if p.cases == "n"]
        fronted = any(p.head < predicate.finite and p.head not in self.bodies for p in fits)
        return min(sure or fits, key=lambda p: (self._rank(p, fronted), p.first))

    def _gapped(self, predicate: Predicate) -> bool:
        """ "…, und warf China vor": right behind "und" the verb shares the subject of the clause before."""
        before = predicate.finite - 1
        if before < 1 or self.words[before].tag != "KON":
            return False
        return any(
            other.sentence == predicate.sentence and 0 <= other.finite < predicate.finite for other in self.predicates
        )

    def _rank(self, phrase: Phrase, fronted: bool) -> int:
        """Pronouns first; a named person before a fronted noun: "Die Laudatio hielt die Autorin Alice Schwarzer"."""
        if self.words[phrase.head].tag in {"PPER", "PRELS", "PIS"} and phrase.cases.startswith("n"):
            return 0
        return 1 if fronted and any(k in self.people for k in range(phrase.first, phrase.last)) else 2

    def _agrees(self, phrase: Phrase, plural: bool) -> bool:
        if phrase.conjuncts:
            return plural
        if any(k in self.people for k in range(phrase.first, phrase.last)):
            return not plural
        determiner = self._form(phrase.first).lower()
        word = self.words[phrase.head]
        form = self._form(phrase.head)
        if (
            determiner in {"ein", "eine", "dieser", "das", "dies", "er", "es", "man", "der"}
            and phrase.first != phrase.head
        ):
            return not plural
        if form.lower() in {"er", "es", "man", "wer"}:
            return not plural
        if word.tag == "NE" and phrase.first == phrase.head and form not in {"USA"}:
            return not plural
        if word.tag == "NN" and not plural and self._plural(phrase):
            return False  # "Weitere Forderungen lehnt die Regierung ab"
        if determiner in {"beide", "mehrere", "viele", "einige", "zahlreiche", "zwei", "drei", "vier"}:
            return plural
        return True

    def _plural(self, phrase: Phrase) -> bool:
        """Whether a nominative can only be a plural: without a singular's article, its form not that of the lemma."""
        word, form = self.words[phrase.head], self._form(phrase.head)
        determiner = self._form(phrase.first).lower() if phrase.first < phrase.head else ""
        if word.lemma.casefold() == form.casefold() or determiner in {"der", "das", "ein", "eine"}:
            return False
        return form.endswith(
            ("ungen", "ionen", "heiten", "keiten", "schaften", "täten", "innen", "e", "er")
        ) and form.startswith(word.lemma[:3])

    def _objects(self, k: int, predicate: Predicate, bare: list[Phrase]) -> None:
        dative_verb = self.grammar.governs(predicate.lemma, "dat")
        both = self.grammar.governs(predicate.lemma, "dat+acc")
        clausal = self.grammar.governs(predicate.lemma, "speech") or self.grammar.governs(predicate.lemma, "control")
        given: set[str] = set()
        for phrase in bare:
            role = self._case_role(phrase, dative_verb, both, (len(bare), clausal))
            if predicate.voice == Voice.PASSIVE and role == "obj":
                continue
            if role and role not in given:
                given.add(role)
                self._add(k, role, phrase)

    def _case_role(self, phrase: Phrase, dative_verb: bool, both: bool, beside: tuple[int, bool]) -> str:
        """The role that the case gives; `beside`: how many bare phrases, and whether a clause can be the object."""
        count, clausal = beside
        accusative, dative = "a" in phrase.cases, "d" in phrase.cases
        if dative and (dative_verb or not accusative):
            return "dat"
        named = self.words[phrase.head].tag in {"NE", "PPER"}
        if both and dative and ((named and (count > 1 or clausal)) or (count > 1 and phrase.cases == "d")):
            return "dat"
        if accusative:
            return "obj"
        return "gen" if phrase.cases == "g" else ""

    def _complements(self, by_clause: Mapping[int, list[int]]) -> None:
        """dass-clauses, verb-second clauses of speech verbs, and zu-infinitives."""
        for index, clause in enumerate(self.grid.clauses):
            lower = by_clause.get(index, [])
            if not lower or clause.parent < 0 or clause.kind == ClauseKind.RELATIVE:
                continue
            higher = by_clause.get(clause.parent, [])
            if not higher or clause.opener in self.grammar.lists.infinitive_openers:
                continue
            if clause.kind == ClauseKind.INFINITIVE:
                self.links.append(Link(higher[-1], "xcomp", self.predicates[lower[0]].word))
            elif clause.opener in {"dass", "ob", "wie", "was", "wer", "wann", "wo", "warum"}:
                self.links.append(Link(higher[-1], "ccomp", self.predicates[lower[0]].word))
        self._verb_second(by_clause)

    def _verb_second(self, by_clause: Mapping[int, list[int]]) -> None:
        """ "Er sagte, sie komme": a main clause beside one with a speech verb that has no other complement."""
        main = [k for k, clause in enumerate(self.grid.clauses) if clause.kind == ClauseKind.MAIN and k in by_clause]
        for a, b in pairwise(main):
            if self.grid.clauses[a].sentence != self.grid.clauses[b].sentence:
                continue
            for higher, lower in ((by_clause[a][-1], by_clause[b][0]), (by_clause[b][0], by_clause[a][-1])):
                speech = self.grammar.governs(self.predicates[higher].lemma, "speech")
                if speech and not any(
                    link.predicate == higher and link.role in {"ccomp", "obj"} for link in self.links
                ):
                    self.links.append(Link(higher, "ccomp", self.predicates[lower].word))
                    break
