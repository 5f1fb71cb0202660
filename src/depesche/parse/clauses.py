"""Clauses of a sentence, by commas, conjunctions and the places of finite verbs.

A sentence is cut at its marks; pieces without a verb join the clause they belong to; a clause that a
nested one interrupts ("Der Besuch, der …, werde …") goes on behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from depesche.model.parse import Clause, ClauseKind, Word
from depesche.packs.grammar import Grammar

FINITE = ("VV(FIN)", "VA(FIN)", "VM(FIN)", "VV(IMP)")
CUTS = {",", ";", ":", "–", "—", "(", ")"}


@dataclass
class Draft:
    """A clause in the making: the words it owns, and what opened it."""

    kind: ClauseKind
    words: list[int]
    opener: str = ""
    parent: int = -1
    antecedent: int = -1
    finite: bool = False
    done: bool = field(default=False)


@dataclass(frozen=True)
class Segmenter:
    """Cuts one sentence, `words[first:last]`, into clauses."""

    text: str
    words: Sequence[Word]
    first: int
    last: int
    grammar: Grammar

    def drafts(self) -> list[Draft]:
        """The clauses in order of their first word; every word of the sentence is in exactly one."""
        out: list[Draft] = []
        pieces = self._pieces()
        for k, piece in enumerate(pieces):
            if out and self._resumes_later(piece, pieces[k + 1 :]):
                out.append(Draft(ClauseKind.MAIN, list(piece)))
            else:
                self._place(piece, out)
        return out or [Draft(ClauseKind.FRAGMENT, list(range(self.first, self.last)))]

    def _form(self, i: int) -> str:
        return self.text[self.words[i].start : self.words[i].end]

    def _pieces(self) -> list[list[int]]:
        """Runs of words between cutting marks, cut again where "und" joins two finite verbs."""
        pieces: list[list[int]] = [[]]
        for i in range(self.first, self.last):
            pieces[-1].append(i)
            if self._form(i) in CUTS and not self._inside_number(i):
                pieces.append([])
        return [part for piece in pieces if piece for part in self._coordinated(piece)]

    def _inside_number(self, i: int) -> bool:
        return (
            i + 1 < self.last
            and self.words[i].end == self.words[i + 1].start
            and self._form(i) not in {"(", ")"}
            and self._form(i + 1) not in '„“”"»«)'
        )

    def _coordinated(self, piece: list[int]) -> list[list[int]]:
        finite = [k for k, i in enumerate(piece) if self.words[i].tag in FINITE]
        for a, b in pairwise(finite):
            for k in range(b - 1, a, -1):
                if (
                    self.words[piece[k]].tag == "KON"
                    and self._form(piece[k]).lower() in self.grammar.lists.coordinators
                ):
                    return [piece[:k], *self._coordinated(piece[k:])]
        return [piece]

    def _resumes_later(self, piece: list[int], rest: list[list[int]]) -> bool:
        """ "…, der Besuch, | der … werde, | werde …": a noun cut off from its verb by a relative clause."""
        if len(rest) < 2 or any(self.words[i].tag in (*FINITE, "PTKZU", "VV(IZU)") for i in piece):
            return False
        if self._opener(rest[0])[0] != ClauseKind.RELATIVE or self.words[piece[0]].tag not in {
            "ART",
            "PPOSAT",
            "PDAT",
            "NE",
            "NN",
            "PIAT",
        }:
            return False
        return any(self.words[next_piece[0]].tag in FINITE for next_piece in rest[1:2])

    def _opener(self, piece: list[int]) -> tuple[ClauseKind | None, str, bool]:
        """Kind and lemma of what opens a piece; whether it is a relative pronoun."""
        content = [i for i in piece if self.words[i].tag not in {"$(", "$,", "ADV", "KON"}][:2]
        if not content:
            return None, "", False
        head = content[0]
        tag, form = self.words[head].tag, self._form(head).lower()
        after_comma = head > self.first and any(
            self._form(k) in CUTS or self.words[k].tag == "KON" for k in range(max(self.first, piece[0] - 1), head)
        )
        if tag in {"KOUS", "KOUI"} or (tag in {"PWS", "PWAV", "PWAT"} and not self._question(piece)):
            return ClauseKind.SUBORDINATE, form, False
        if tag in {"PRELS", "PRELAT"} and after_comma:
            return ClauseKind.RELATIVE, form, True
        if after_comma and form in self.grammar.lists.relatives and self._verb_final(piece):
            return ClauseKind.RELATIVE, form, True
        if after_comma and tag in {"APPR", "APPRART"} and len(content) > 1 and self._verb_final(piece):
            second = self._form(content[1]).lower()
            if self.words[content[1]].tag in {"PRELS", "PRELAT"} or (
                second in self.grammar.lists.relatives
                and content[1] + 1 < self.last
                and self.words[content[1] + 1].tag not in {"NN", "NE", "ADJ(A)"}
            ):
                return ClauseKind.RELATIVE, second, True
        return None, "", False

    def _question(self, piece: list[int]) -> bool:
        return piece[0] == self.first and self._form(self.last - 1) == "?"

    def _verb_final(self, piece: list[int]) -> bool:
        """Whether the finite verb stands behind at least two other words and nothing but verbs follow it."""
        content = [i for i in piece if self.words[i].tag not in {"$,", "$.", "$("}]
        if not content:
            return False
        tail = content[-1]
        return self.words[tail].tag in FINITE and len(content) > 2

    def _place(self, piece: list[int], out: list[Draft]) -> None:
        kind, opener, relative = self._opener(piece)
        finite = any(self.words[i].tag in FINITE for i in piece)
        infinitive = not finite and any(self.words[i].tag in {"PTKZU", "VV(IZU)"} for i in piece)
        waiting = self._waiting(out)
        if kind is not None and (finite or not infinitive):
            parent = self._parent(out)
            antecedent = self._antecedent(piece, out, parent) if relative else -1
            out.append(Draft(kind, list(piece), opener, parent, antecedent, finite))
        elif infinitive and self._begins_infinitive(piece, out, opener):
            out.append(Draft(ClauseKind.INFINITIVE, list(piece), opener, self._parent(out), -1, True))
        elif finite and waiting is not None:
            waiting.words.extend(piece)
            waiting.finite = True
        elif finite:
            self._coordinate(piece, out)
        elif out:
            self._continue(piece, out)
        else:
            out.append(Draft(ClauseKind.MAIN, list(piece)))

    def _waiting(self, out: list[Draft]) -> Draft | None:
        """The last clause that has no finite verb yet."""
        return next((draft for draft in reversed(out) if not draft.finite), None)

    def _begins_infinitive(self, piece: list[int], out: list[Draft], opener: str) -> bool:
        """A zu-infinitive behind a comma is a clause; in a verb-first sentence without one it is part of it."""
        return bool(out)

    def _parent(self, out: list[Draft]) -> int:
        return len(out) - 1 if out else -1

    def _antecedent(self, piece: list[int], out: list[Draft], parent: int) -> int:
        """The noun before the comma that a relative pronoun takes up."""
        for i in range(piece[0] - 1, self.first - 1, -1):
            if self.words[i].tag in {"NN", "NE", "NNA", "NNI", "FM"}:
                return i
            if self.words[i].tag in FINITE:
                break
        return -1

    def _coordinate(self, piece: list[int], out: list[Draft]) -> None:
        """A verb phrase joined to a clause before it, or a main clause of its own."""
        before = next((draft for draft in reversed(out) if draft.kind != ClauseKind.INFINITIVE), None)
        joined = self.words[piece[0]].tag == "KON"
        if (
            joined
            and before is not None
            and before.kind in {ClauseKind.SUBORDINATE, ClauseKind.RELATIVE}
            and self._verb_final(piece)
        ):
            out.append(Draft(before.kind, list(piece), before.opener, before.parent, before.antecedent, True))
        else:
            out.append(Draft(ClauseKind.MAIN, list(piece), "", -1, -1, True))

    def _continue(self, piece: list[int], out: list[Draft]) -> None:
        """A piece without a verb: the rest of a clause that a nested one broke off, or an apposition."""
        if (
            self._form(piece[0]).lower() == "so"
            and len(piece) > 1
            and self.words[piece[1]].tag in {"ART", "NE", "NN", "PPOSAT"}
        ):
            out.append(Draft(ClauseKind.FRAGMENT, list(piece), "so", finite=True))  # "…, so der Sprecher weiter."
            return
        home = self._waiting(out) or self._verb_of_particle(piece, out) or self._going_on(piece, out)
        home.words.extend(piece)

    def _going_on(self, piece: list[int], out: list[Draft]) -> Draft:
        """ "X, der …, ist am Sonntag, | 8. Januar, gestorben": the clause of the word before, which may be resumed."""
        return next((draft for draft in out if piece[0] - 1 in draft.words), out[-1])

    def _verb_of_particle(self, piece: list[int], out: list[Draft]) -> Draft | None:
        """ "Er lehnte den Vorschlag, … zu prüfen, ab": a particle on its own belongs to the main clause before."""
        content = [i for i in piece if not self.words[i].tag.startswith("$")]
        if len(content) != 1 or self._form(content[0]).lower() not in self.grammar.lists.particles:
            return None
        return next((draft for draft in reversed(out) if draft.kind == ClauseKind.MAIN), None)


def clauses_of(segmenter: Segmenter, sentence: int, offset: int) -> tuple[list[Clause], list[int]]:
    """The clauses of one sentence, and for each of its words the index of its clause.

    `offset` is the number of clauses before this sentence, so that indices hold for the article.
    """
    drafts = segmenter.drafts()
    owner = [offset] * (segmenter.last - segmenter.first)
    clauses = []
    for k, draft in enumerate(drafts):
        for i in draft.words:
            owner[i - segmenter.first] = offset + k
        kind = draft.kind if draft.finite or draft.kind != ClauseKind.MAIN else ClauseKind.FRAGMENT
        parent = draft.parent + offset if draft.parent >= 0 else -1
        clauses.append(
            Clause(min(draft.words), max(draft.words) + 1, kind, sentence, draft.opener, parent, draft.antecedent)
        )
    return clauses, owner
