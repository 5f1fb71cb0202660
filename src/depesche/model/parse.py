"""What the grammar of an article says, before anybody knows its date."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from depesche.model.expression import TimeExpression
from depesche.model.text import Span


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A token: its span in the article's text, STTS tag (HanTa's spelling, "VV(FIN)") and lemma."""

    start: int
    end: int
    tag: str
    lemma: str


class Sentence(msgspec.Struct, frozen=True, array_like=True):
    """A sentence: its span in the text, and its words `words[first:last]`. Sentences tile the words."""

    start: int
    end: int
    first: int
    last: int


class Name(msgspec.Struct, frozen=True, array_like=True):
    """A recognised name: words `words[first:last]`; PER, ORG, LOC or OTH, with `deriv` or `part` behind."""

    first: int
    last: int
    label: str


class Phrase(msgspec.Struct, frozen=True, omit_defaults=True):
    """A noun phrase: words `words[first:last]` with article and adjectives, without its preposition.

    `head` is the noun that Universal Dependencies takes: "Präsident" in "Präsident Wladimir Putin".
    `preposition` is the plain one that governs it ("im" gives "in"), with its word in `preposition_word`.
    `cases` holds those of n, g, d, a that its form allows. `genitive_of` is the head word of the phrase
    that this one belongs to as a genitive, `attached_to` of the one that a prepositional phrase belongs to
    (-1 where it belongs to a verb). `conjuncts` are the heads joined to it by "und", commas.
    """

    first: int
    last: int
    head: int
    preposition: str = ""
    preposition_word: int = -1
    cases: str = "ngda"
    genitive_of: int = -1
    attached_to: int = -1
    conjuncts: tuple[int, ...] = ()


class ClauseKind(StrEnum):
    """How a clause hangs on the one above."""

    MAIN = "main"
    SUBORDINATE = "subordinate"
    RELATIVE = "relative"
    INFINITIVE = "infinitive"
    FRAGMENT = "fragment"


class Clause(msgspec.Struct, frozen=True, omit_defaults=True):
    """A clause: words `words[first:last]`, less the clauses nested in it, which list it as `parent`.

    `opener` is the conjunction or relative pronoun's lemma ("dass", "wenn", "der"); `parent` an index
    into the parse's clauses, -1 at the top; `antecedent` the head word a relative clause belongs to.
    """

    first: int
    last: int
    kind: ClauseKind
    sentence: int
    opener: str = ""
    parent: int = -1
    antecedent: int = -1


class Voice(StrEnum):
    """Of a predicate."""

    ACTIVE = "act"
    PASSIVE = "pass"
    COPULA = "cop"


class Mood(StrEnum):
    """Of the finite verb: `KONJUNKTIV_1` reports ("sei"), `KONJUNKTIV_2` is unreal ("wäre")."""

    INDICATIVE = "ind"
    KONJUNKTIV_1 = "k1"
    KONJUNKTIV_2 = "k2"
    IMPERATIVE = "imp"


class Tense(StrEnum):
    """Of the whole verb complex."""

    PRESENT = "present"
    PAST = "past"
    FUTURE = "future"
    NONE = "none"


class Predicate(msgspec.Struct, frozen=True, omit_defaults=True):
    """A full verb or copular predicate with what its verb complex says.

    `word` is the full verb, or the predicate noun or adjective of a copula. `lemma` has the separable
    particle joined ("teilte … mit": mitteilen), `particle` is that particle's word. `finite` is the
    finite verb's word (-1 in infinitives). `modal` is a modal's lemma, "werden" for a future.
    """

    word: int
    lemma: str
    clause: int
    sentence: int
    voice: Voice = Voice.ACTIVE
    tense: Tense = Tense.PRESENT
    mood: Mood = Mood.INDICATIVE
    finite: int = -1
    particle: int = -1
    modal: str = ""
    modal_word: int = -1
    negation: int = -1


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """An argument of a predicate: `role` is subj, obj, dat, gen, obl:PREP, agent:PREP, ccomp or xcomp.

    `predicate` indexes the parse's predicates. `head` is the head word of the phrase; for ccomp and
    xcomp the word of the lower predicate. `understood` marks an argument that stands elsewhere:
    shared in coordination, controlled by the higher verb, or the antecedent of a relative pronoun.
    """

    predicate: int
    role: str
    head: int
    understood: bool = False


class Parse(msgspec.Struct, frozen=True):
    """The grammar of one article. Word indices count over the whole article.

    `owners` gives for each word the index of the clause it belongs to.
    """

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    clauses: tuple[Clause, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    links: tuple[Link, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    owners: tuple[int, ...] = ()

    def word(self, i: int) -> str:
        """The word's characters."""
        return self.text[self.words[i].start : self.words[i].end]

    def span(self, first: int, last: int) -> Span:
        """The span of the words `words[first:last]`."""
        return Span(self.words[first].start, self.words[last - 1].end)
