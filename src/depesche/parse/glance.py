"""A first look at an article, enough to date it: words, sentences, times, and the tense of each clause.

Nothing is tagged: tense comes from closed lists (auxiliaries, modals, past stems of strong verbs) and from endings, so
that a page takes a few thousandths of a second. The whole grammar is read later, for events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from depesche.model.expression import TimeExpression
from depesche.model.page import Article
from depesche.model.parse import Mood, Parse, Predicate, Sentence, Tense, Word
from depesche.packs.grammar import Grammar
from depesche.packs.load import Packs
from depesche.packs.tense import TenseWords
from depesche.parse.clauses import CUTS
from depesche.parse.times import find_times
from depesche.parse.tokens import sentences_of, words_of

_PARTICIPLE = re.compile(
    r"(?:[a-zäöüß]*ge[a-zäöüß]{2,}|(?:be|emp|ent|er|ver|zer|miss)[a-zäöüß]{2,}|[a-zäöüß]+ier)(?:t|en)"
)
_WEAK_PAST = re.compile(r"[a-zäöüß]{3,}t(?:en?|et)")
_ADJECTIVE = ("en", "em", "er", "es", "e")
_NO_PRESENT = frozenset(("nicht", "seit", "jetzt", "zuletzt", "damit", "somit", "soweit", "laut", "statt", "samt"))
_INFINITIVE = re.compile(r"[a-zäöüß]{2,}(?:en|eln|ern)")


def glance(article: Article, packs: Packs) -> Parse:
    """Words, sentences and times of an article; clauses by tense where the language has a grammar."""
    pack, closed = packs.language(article.language), packs.german.grammar
    text = article.text
    tokens = words_of(text, closed)
    ranges = sentences_of(text, tokens, closed)
    sentences = tuple(Sentence(tokens[a][0], tokens[b - 1][1], a, b) for a, b in ranges)
    times = find_times(text, (), sentences, pack.times)
    if not pack.reads:
        return Parse(text, tuple(Word(a, b, "", "") for a, b in tokens), sentences, times=times)
    look = _Look(text, tokens, pack.grammar, pack.tense)
    return look.parse(sentences, times)


class _Verbs(msgspec.Struct, frozen=True):
    """What the verbs of a piece of a sentence say; `finite` is the word of the finite one, -1 where there is none."""

    finite: int
    tense: Tense = Tense.NONE
    mood: Mood = Mood.INDICATIVE
    modal: str = ""


_NONE = _Verbs(-1)


class _Look:
    """An article's words in their forms, cut into pieces that have one finite verb each."""

    def __init__(self, text: str, tokens: Sequence[tuple[int, int]], grammar: Grammar, tense: TenseWords) -> None:
        self._tokens = tokens
        self._forms = [text[a:b] for a, b in tokens]
        self._low = [form.lower() for form in self._forms]
        self._grammar = grammar
        self._tense = tense
        lists = grammar.lists
        self._leads = frozenset((*lists.determiners, *lists.contractions, *lists.prepositions))
        self._auxiliaries = frozenset(
            (*tense.have, *tense.be, *tense.will, *tense.modals, *tense.past_modals, *tense.past, *lists.konjunktiv_2)
        )
        self._text = text

    def parse(self, sentences: tuple[Sentence, ...], times: tuple[TimeExpression, ...]) -> Parse:
        """The whole look. A clause is told by the words that it owns and by its predicate; nothing else is known."""
        owners = [-1] * len(self._tokens)
        predicates: list[Predicate] = []
        clause = 0
        for number, sentence in enumerate(sentences):
            for piece, verbs in self._clauses(sentence):
                for i in piece:
                    owners[i] = clause
                if verbs.finite >= 0:
                    predicates.append(_predicate(verbs, clause, number))
                clause += 1
        words = tuple(self._words(sentences))
        return Parse(self._text, words, sentences, predicates=tuple(predicates), times=times, owners=tuple(owners))

    def _words(self, sentences: Sequence[Sentence]) -> Iterator[Word]:
        """The words; a capitalised one behind an article, a preposition or an adjective is tagged as a noun."""
        for sentence in sentences:
            for i in range(sentence.first, sentence.last):
                noun = i > sentence.first and self._forms[i][0].isupper() and self._leads_a_noun(i - 1)
                yield Word(*self._tokens[i], "NN" if noun else "", "")

    def _leads_a_noun(self, i: int) -> bool:
        return self._low[i] in self._leads or (self._forms[i][0].islower() and self._low[i].endswith(_ADJECTIVE))

    def _clauses(self, sentence: Sentence) -> Iterator[tuple[list[int], _Verbs]]:
        """The pieces of a sentence with their verbs; one without a verb goes with the piece before it, or behind."""
        out: list[tuple[list[int], _Verbs]] = []
        waiting: list[int] = []
        for piece in self._pieces(sentence):
            verbs = self._verbs(piece, sentence.first)
            if verbs.finite < 0 and out:
                out[-1][0].extend(piece)
            elif verbs.finite < 0:
                waiting.extend(piece)
            else:
                out.append(([*waiting, *piece], verbs))
                waiting = []
        yield from out or [(waiting, _NONE)]

    def _pieces(self, sentence: Sentence) -> list[list[int]]:
        """Runs of words between marks, cut again before "und" where both sides have a finite verb."""
        pieces: list[list[int]] = [[]]
        for i in range(sentence.first, sentence.last):
            pieces[-1].append(i)
            if self._forms[i] in CUTS:
                pieces.append([])
        return [part for piece in pieces if piece for part in self._coordinated(piece, sentence.first)]

    def _coordinated(self, piece: list[int], first: int) -> list[list[int]]:
        for k, i in enumerate(piece):
            if k and self._low[i] in self._grammar.lists.coordinators:
                before, behind = piece[:k], piece[k:]
                if self._verbs(before, first).finite >= 0 and self._verbs(behind, first).finite >= 0:
                    return [before, *self._coordinated(behind, first)]
        return [piece]

    def _verbs(self, piece: Sequence[int], first: int) -> _Verbs:
        """What the finite verb of a piece says, with the participle or infinitive that goes with it."""
        small = [i for i in piece if self._forms[i][0].islower() or i == first]
        for i in small:
            if found := self._auxiliary(i, small):
                return found
        for i in small:
            if self._is_past(i, piece):
                return _Verbs(i, Tense.PAST, self._mood(i))
        return next((_Verbs(i, Tense.PRESENT, self._mood(i)) for i in small if self._is_present(i)), _NONE)

    def _auxiliary(self, i: int, small: Sequence[int]) -> _Verbs | None:
        tense, form = self._tense, self._low[i]
        if form not in self._auxiliaries:
            return None
        others = (self._low[k] for k in small if k != i)
        if form in tense.have or form in tense.be:
            over = any(self._is_over(other, form in tense.be) for other in others)
            return _Verbs(i, Tense.PAST if over else Tense.PRESENT, self._mood(i))
        if form in tense.will:
            with_it = list(others)
            if any(_PARTICIPLE.fullmatch(other) for other in with_it):
                return _Verbs(i, Tense.PRESENT, self._mood(i))
            ahead = any(self._is_infinitive(other) for other in with_it)
            return _Verbs(i, Tense.FUTURE if ahead else Tense.PRESENT, self._mood(i), "werden" if ahead else "")
        if form in self._grammar.lists.konjunktiv_2:
            return _Verbs(i, Tense.PRESENT, Mood.KONJUNKTIV_2)
        if form in tense.modals or form in tense.past_modals:
            modal = tense.modals.get(form) or tense.past_modals[form]
            return _Verbs(i, Tense.PRESENT if form in tense.modals else Tense.PAST, self._mood(i), modal)
        return _Verbs(i, Tense.PAST) if form in tense.past else None

    def _mood(self, i: int) -> Mood:
        return Mood.KONJUNKTIV_1 if self._low[i] in self._grammar.lists.konjunktiv_1 else Mood.INDICATIVE

    def _is_over(self, form: str, with_be: bool) -> bool:
        """Whether the participle makes a perfect; with "sein" only that of a motion or change does."""
        if with_be:
            return form.endswith(self._tense.moving)
        return form in self._grammar.participles or _PARTICIPLE.fullmatch(form) is not None

    def _is_infinitive(self, form: str) -> bool:
        return form not in self._tense.no_verbs and form not in self._leads and _INFINITIVE.fullmatch(form) is not None

    def _is_past(self, i: int, piece: Sequence[int]) -> bool:
        """Whether a word in small letters is the past form of a full verb, strong or weak."""
        form = self._low[i]
        if form in self._tense.no_verbs or form in self._leads:
            return False
        strong = self._grammar.strong_past.search(form)
        if strong and form[: strong.start()] in self._tense.prefixes | self._grammar.lists.particles:
            return True
        if not _WEAK_PAST.fullmatch(form) or self._is_attribute(i, piece[0]):
            return False
        stem = form.rsplit("t", 1)[0] if form.endswith(("te", "ten")) else form[:-3]
        return stem not in self._tense.t_stems and not form.endswith("sten")

    def _is_attribute(self, i: int, first: int) -> bool:
        """Whether the word stands as an adjective does: behind an article, a preposition, another adjective."""
        if i == first:
            return False
        before = self._low[i - 1]
        return before in self._leads or (self._forms[i - 1][0].islower() and before.endswith(_ADJECTIVE))

    def _is_present(self, i: int) -> bool:
        """Whether a word can be a present form: this tells only that a clause has a verb of its own."""
        form = self._low[i]
        if form in self._tense.no_verbs or form in self._leads or len(form) < 4:
            return False
        return form.endswith("t") and not _PARTICIPLE.fullmatch(form) and form not in _NO_PRESENT


def _predicate(verbs: _Verbs, clause: int, sentence: int) -> Predicate:
    return Predicate(
        verbs.finite,
        "",
        clause,
        sentence,
        tense=verbs.tense,
        mood=verbs.mood,
        finite=verbs.finite,
        modal=verbs.modal,
        modal_word=verbs.finite if verbs.modal else -1,
    )
