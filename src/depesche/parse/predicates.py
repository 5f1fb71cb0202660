"""Predicates: the full verbs of each clause with what their verb complexes say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import msgspec

from depesche.model.parse import Clause, ClauseKind, Mood, Phrase, Predicate, Tense, Voice, Word
from depesche.packs.grammar import Grammar
from depesche.parse.clauses import FINITE
from depesche.parse.morphology import mood_of, tense_of

INFINITIVES = {"VV(INF)", "VV(IZU)", "VA(INF)", "VM(INF)"}


@dataclass(frozen=True)
class Grid:
    """What the sentences of an article divide into: clauses, each word's clause, noun phrases."""

    clauses: Sequence[Clause]
    owners: Sequence[int]
    phrases: Sequence[Phrase]


@dataclass(frozen=True)
class Complex:
    """The verb words of one clause, in order, with the words around them."""

    text: str
    words: Sequence[Word]
    own: Sequence[int]
    clause: int
    sentence: int
    kind: ClauseKind
    grammar: Grammar
    phrases: Sequence[Phrase] = ()

    @cached_property
    def own_words(self) -> frozenset[int]:
        """The clause's own words, for look-up."""
        return frozenset(self.own)

    def predicates(self) -> list[Predicate]:
        """The clause's predicates in order: one for each coordinated full verb."""
        finite = next((i for i in self.own if self.words[i].tag in FINITE), -1)
        if self.kind == ClauseKind.INFINITIVE or finite < 0:
            return self._infinite()
        heads = self._full_verbs(finite)
        if not heads:
            return self._copula(finite)
        return [self._predicate(head, finite, after=heads[k - 1] if k else -1) for k, head in enumerate(heads)]

    def predicate_at(self, word: int, voice: Voice) -> Predicate | None:
        """The predicate that a given word of the clause heads, in a given voice; none without any verb."""
        if self.words[word].tag in FINITE:
            return self._predicate(word, word, voice)
        finite = next((i for i in self.own if self.words[i].tag in FINITE), -1)
        if self._zu(word) or self.words[word].tag == "VV(IZU)":
            return msgspec.structs.replace(self._bare(word), voice=voice)
        if self.words[word].tag == "VV(INF)" and not self._governed(finite):
            return self._predicate(word, word, voice)  # "Die USA befürchten": the plural looks like an infinitive
        if finite < 0:
            verbal = self.words[word].tag.startswith("V")
            return msgspec.structs.replace(self._bare(word), voice=voice) if verbal else None
        return self._predicate(word, finite, voice)

    def _governed(self, finite: int) -> bool:
        """Whether the clause's finite verb, or its being no more than a headline, lets an infinitive stand there."""
        if finite < 0:
            return self.kind == ClauseKind.FRAGMENT
        return self.words[finite].lemma not in {"sein", "haben"}

    def _form(self, i: int) -> str:
        return self.text[self.words[i].start : self.words[i].end]

    def _full_verbs(self, finite: int) -> list[int]:
        """Full verbs under the finite one: participles and infinitives, or the finite verb itself."""
        kinds = {"VV(PP)", "VV(INF)"} if self._governed(finite) else {"VV(PP)"}
        lower = [i for i in self.own if i != finite and self.words[i].tag in kinds and not self._zu(i)]
        if self.words[finite].tag == "VV(FIN)":
            if self.words[finite].lemma in self.grammar.lists.bare_infinitive and lower:
                return [lower[-1]]
            if (
                len(lower) == 1
                and self.words[lower[0]].tag == "VV(INF)"
                and self.words[finite].lemma in self.grammar.lists.bare_infinitive
            ):
                return lower
            return [finite]
        if not lower:
            return []
        return self._coordinated(lower)

    def _zu(self, i: int) -> bool:
        return i > 0 and self.words[i - 1].tag == "PTKZU"

    def _coordinated(self, lower: list[int]) -> list[int]:
        """ "festgenommen und verhört" are two; "treffen wollen", "gesehen worden" one."""
        heads = [lower[0]]
        for a, b in pairwise(lower):
            between = [i for i in self.own if a < i < b]
            if any(self.words[i].tag in {"KON", "$,"} for i in between):
                heads.append(b)
        return heads

    def _copula(self, finite: int) -> list[Predicate]:
        """sein, werden, bleiben with a noun or adjective; other finite auxiliaries stand for themselves."""
        if self.words[finite].lemma not in self.grammar.lists.copulas:
            return [self._predicate(finite, finite)]
        after = (
            [i for i in self.own if i > finite] if self.kind == ClauseKind.MAIN else [i for i in self.own if i < finite]
        )
        for i in reversed(after):
            if self.words[i].tag == "ADJ(D)":
                return [self._predicate(i, finite, Voice.COPULA)]
        noun = self._predicate_noun(finite)
        return [self._predicate(noun, finite, Voice.COPULA) if noun >= 0 else self._predicate(finite, finite)]

    def _predicate_noun(self, finite: int) -> int:
        """The noun of "Sie ist die Vorsitzende", "Putin sei ein Freund": the second bare one of the clause."""
        bare = [
            p
            for p in self.phrases
            if not p.preposition and p.genitive_of < 0 and p.head in self.own_words and "n" in p.cases
        ]
        nouns = [p for p in bare if self.words[p.head].tag not in {"PRF", "PRELS"}]
        subject = 1 if len(nouns) > 1 or any(self.words[p.head].tag == "PRELS" for p in bare) else 0
        if not subject or not nouns or self.words[finite].lemma == "bleiben":
            return -1
        last = nouns[-1]
        return (
            last.head
            if self.words[last.head].tag in {"NN", "NNA", "PIS", "NE"} and last.head not in nouns[0].conjuncts
            else -1
        )

    def _infinite(self) -> list[Predicate]:
        """Verbs of a clause without a finite verb: zu-infinitives, or participles of a headline."""
        heads = [
            i for i in self.own if self.words[i].tag == "VV(IZU)" or (self.words[i].tag in INFINITIVES and self._zu(i))
        ]
        if not heads:
            heads = (
                [i for i in self.own if self.words[i].tag == "VV(PP)"][-1:] if self.kind == ClauseKind.FRAGMENT else []
            )
        return [self._bare(i) for i in heads if self.words[i].tag != "VM(INF)"]

    def _bare(self, i: int) -> Predicate:
        passive = self._form(i).lower() == "werden" and self.words[i - 2].tag == "VV(PP)" if i > 1 else False
        if passive:
            return Predicate(
                i - 2,
                self.words[i - 2].lemma,
                self.clause,
                self.sentence,
                Voice.PASSIVE,
                Tense.NONE,
                negation=self._negation(i),
            )
        headline = self.words[i].tag == "VV(PP)"
        return Predicate(
            i,
            self.words[i].lemma,
            self.clause,
            self.sentence,
            Voice.PASSIVE if headline else Voice.ACTIVE,
            Tense.PAST if headline else Tense.NONE,
            negation=self._negation(i),
        )

    def _predicate(self, head: int, finite: int, voice: Voice | None = None, after: int = -1) -> Predicate:
        modal, modal_word = self._modal(finite, head)
        particle = self._particle(head)
        lemma = self.words[head].lemma
        if particle >= 0:
            lemma = self._form(particle).lower() + lemma
        return Predicate(
            head,
            lemma,
            self.clause,
            self.sentence,
            voice or self._voice(head, finite),
            self._tense(head, finite),
            mood_of(self._form(finite), self.words[finite].lemma, self.grammar),
            finite,
            particle,
            modal,
            modal_word,
            self._negation(head, after),
        )

    def _modal(self, finite: int, head: int) -> tuple[str, int]:
        lemma = self.words[finite].lemma
        if lemma in self.grammar.lists.modals and head != finite:
            return lemma, finite
        if lemma == "werden" and self.words[head].tag == "VV(INF)":
            return "werden", finite
        return "", -1

    def _particle(self, head: int) -> int:
        """The separated particle of a finite full verb: the last one of the clause."""
        if self.words[head].tag not in FINITE:
            return -1
        for i in reversed(self.own):
            if self.words[i].tag == "PTKVZ" and i > head:
                return i
        tail = next((i for i in reversed(self.own) if self.words[i].tag not in {"$.", "$,", "$("}), -1)
        if (
            tail > head
            and self._form(tail) in self.grammar.lists.particles
            and self.words[tail].tag in {"APPR", "ADV", "ADJ(D)", "APZR", "PTKA", "PTKZU", "APPO"}
        ):
            return tail
        return -1

    def _voice(self, head: int, finite: int) -> Voice:
        if self.words[head].tag != "VV(PP)":
            return Voice.ACTIVE
        verbs = {self.words[i].lemma for i in self.own if self.words[i].tag.startswith("VA")}
        if "haben" in verbs and not any(self._form(i) == "worden" for i in self.own):
            return Voice.ACTIVE
        if "werden" in verbs:
            return Voice.PASSIVE
        return Voice.ACTIVE if self._moves(head) else Voice.PASSIVE

    def _moves(self, head: int) -> bool:
        """Whether "ist" + participle is a perfect of motion or change rather than a state."""
        lemma = self.words[head].lemma
        return self.grammar.governs(lemma, "sein") or lemma.endswith(
            (
                "gehen",
                "kommen",
                "reisen",
                "fahren",
                "fliegen",
                "laufen",
                "treten",
                "sterben",
                "fallen",
                "steigen",
                "bleiben",
                "werden",
                "wachsen",
                "scheitern",
                "ziehen",
                "rücken",
                "kehren",
                "landen",
                "geschehen",
                "gelingen",
                "treffen",
                "springen",
                "fliehen",
                "stürzen",
                "brechen",
                "folgen",
            )
        )

    def _tense(self, head: int, finite: int) -> Tense:
        lemma, form = self.words[finite].lemma, self._form(finite)
        perfect = self.words[head].tag == "VV(PP)" and any(
            self.words[i].lemma in {"haben", "sein"} and self.words[i].tag.startswith("VA") for i in self.own
        )
        if perfect and (self._voice(head, finite) == Voice.ACTIVE or any(self._form(i) == "worden" for i in self.own)):
            return Tense.PAST
        lower = self.words[head].tag == "VV(INF)" or any(
            self._form(i) == "sein" and self.words[i].tag == "VA(INF)" for i in self.own
        )
        if lemma == "werden" and head != finite and lower and self.words[head].tag != "VV(PP)":
            return Tense.FUTURE
        if mood_of(form, lemma, self.grammar) != Mood.INDICATIVE:
            return Tense.PRESENT
        return tense_of(form, lemma, self.grammar)

    def _negation(self, head: int, after: int = -1) -> int:
        """The word that negates: nicht, nie, kein … in the clause, save "nicht nur".

        Of coordinated verbs ("hat gesprochen, aber nie telefoniert") each has its own stretch, behind word `after`.
        """
        coordinated = any(self.words[i].tag == "VV(PP)" and i > head for i in self.own)
        for k, i in enumerate(self.own):
            if i < after or (coordinated and i > head):
                continue
            if self._form(i).lower() in self.grammar.lists.negations or self.words[i].lemma in {"kein", "niemand"}:
                following = self._form(self.own[k + 1]).lower() if k + 1 < len(self.own) else ""
                if following not in {"nur", "zuletzt", "allein"} and self.words[i].tag not in {"KOUI", "APPR"}:
                    return i
        return -1


def complexes_of(text: str, words: Sequence[Word], grid: Grid, grammar: Grammar) -> list[Complex]:
    """The verb complex of each clause of the article."""
    own: list[list[int]] = [[] for _ in grid.clauses]
    for i, owner in enumerate(grid.owners):
        own[owner].append(i)
    nouns: list[list[Phrase]] = [[] for _ in grid.clauses]
    for phrase in grid.phrases:
        nouns[grid.owners[phrase.head]].append(phrase)
    return [
        Complex(text, words, own[k], k, clause.sentence, clause.kind, grammar, nouns[k])
        for k, clause in enumerate(grid.clauses)
    ]


def predicates_of(text: str, words: Sequence[Word], grid: Grid, grammar: Grammar) -> list[Predicate]:
    """All predicates of the article in order of their clauses."""
    return [one for found in complexes_of(text, words, grid, grammar) for one in found.predicates()]
