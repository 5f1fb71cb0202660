"""The best paths through HanTa's tables: the classes of a sentence's words, the morphemes of a word.

HanTa's model answers by three searches and asks its tables anew at each step of them. The searches here go the same
ways and add the same numbers in the same order, so that what they find is what HanTa finds, equal sums included; but
what a piece of a word weighs is looked up once, and what cannot go on is never tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Protocol, TypeAlias

from numpy import logaddexp

from depesche.errors import PackError

State: TypeAlias = tuple[int, int]
"""The last two classes on a path: negative numbers end a word."""
Weighed: TypeAlias = tuple[int, float]
Followers: TypeAlias = Mapping[State, tuple[Sequence[Weighed], Sequence[Weighed]]]
"""What can follow each state: all classes, and those of them that take new words."""
Row: TypeAlias = dict[State, float]
"""How probable the best path to each state is, as a logarithm, in the order in which the states were found."""

EMPTY, START, END, UNKNOWN, END_UNKNOWN = 0, 1, 2, 3, -3
LEAST = -1e6  # a path that is less probable is none
WHOLE = 4.6  # by how much a whole word is less probable as one unknown morpheme
SHORT, PIECE = 4, 2  # characters: only of words that are shorter can an unknown morpheme be as short as PIECE
LONGEST = 24  # characters: longer morphemes are as probable
STATES = {"word": 3, "sentence": 5}  # how many states go on for sure, with those that are hardly worse than the next
ENDING = 4  # characters of the longest ending that tells of a class; an ending is less than the whole morpheme
NOTHING: Mapping[int, float] = {}
CUTOFF = 5  # a class of an unknown word that is less probable by so much is left out
MOST_GUESSES = 4_000  # of what is kept for kinds of unknown morphemes
MOST_FORMS = 50_000  # word forms whose classes are kept


class Model(Protocol):
    """What HanTa's model holds and the searches need."""

    LP_m_t: dict[int, dict[str, float]]
    LP_s_t: dict[int, dict[str, float]]
    LP_len_t: dict[int, list[float]]
    LP_hapax_t: dict[int, float]
    Int_t: float
    LP_trans_word: dict[State, dict[int, float]]
    LP_trans_nonfinal: dict[State, list[Weighed]]
    LP_trans_final: dict[State, list[Weighed]]
    reachability: dict[int, frozenset[int]]

    def _tag_word(
        self, word: str, cutoff: int = ..., casesensitive: bool = ..., conditional: bool = ...
    ) -> list[Weighed]: ...


class Sentences:
    """Finds the classes of a sentence's words."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._moves = model.LP_trans_word
        order = next(iter(self._moves.values()))
        if any(list(moves) != list(order) for moves in self._moves.values()):
            raise PackError("HanTa's model does not order the classes of words as it did")
        self._classes = [tag for tag in order if tag != END]
        self._of = lru_cache(MOST_FORMS)(self._classes_of)

    def best(self, words: Sequence[str], casesensitive: bool = True) -> list[int]:
        """The classes of the words on the most probable path; of equal ones the first that is found."""
        rows: list[Row] = [{(EMPTY, START): 0.0}]
        came: list[dict[State, State]] = []
        for i, word in enumerate(words):
            row: Row = {}
            back: dict[State, State] = {}
            classes = self._of(word, casesensitive and i > 0)
            for state, before in going_on(rows[-1], STATES["sentence"]):
                moves, last = self._moves[state], state[1]
                for tag, weight in classes:
                    sum_ = before + moves[tag] + weight
                    now = (last, tag)
                    if sum_ > row.get(now, LEAST):
                        row[now] = sum_
                        back[now] = state
            rows.append(row)
            came.append(back)
        return self._traced(rows[-1], came)

    def _traced(self, row: Row, came: Sequence[dict[State, State]]) -> list[int]:
        """The classes on the path that ends best."""
        ends = {state: sum_ + self._moves[state].get(END, -inf) for state, sum_ in row.items()}
        state = max(ends, key=lambda at: ends[at])
        path = []
        for back in reversed(came):
            path.append(state[1])
            state = back[state]
        return path[::-1]

    def _classes_of(self, word: str, casesensitive: bool) -> tuple[Weighed, ...]:
        """What a word can be and how well that explains it, in the order of the model; anything where it is unknown."""
        told = dict(self._model._tag_word(word, CUTOFF, casesensitive, True))
        if not told or told.keys() == {UNKNOWN}:
            return tuple((tag, 0.0) for tag in self._classes)
        return tuple((tag, told[tag]) for tag in self._classes if tag in told)


class Words:
    """Finds what classes a word can have, and of which morphemes it is made."""

    def __init__(self, model: Model) -> None:
        self._moves = model.LP_trans_nonfinal
        self._final = model.LP_trans_final
        self._reachable = model.reachability
        self._weights = model.LP_m_t
        self._known = _classes_of(model.LP_m_t)
        self._open = [tag for tag in model.LP_m_t if tag in model.LP_hapax_t and tag in model.LP_s_t]
        self._base = {
            tag: [model.Int_t + model.LP_hapax_t[tag] + length for length in model.LP_len_t[tag][: LONGEST + 1]]
            for tag in self._open
        }
        self._endings = {tag: model.LP_s_t[tag] for tag in self._open}
        self._suffixes = frozenset({"", *next(iter(self._endings.values()), ())})
        if any(endings.keys() != self._suffixes for endings in self._endings.values()):
            raise PackError("HanTa's model does not know the same endings for all classes as it did")
        self._all = self._followers({tag for pairs in self._moves.values() for tag, _ in pairs})
        self._towards: dict[int, Followers] = {}  # no more than there are classes
        self._kind = lru_cache(MOST_GUESSES)(self._of_kind)

    def classes(self, word: str) -> list[Weighed]:
        """The classes that a word can have, the most probable first, each with the logarithm of how probable it is."""
        rows, _ = self._search(word, self._all, guessing=True)
        last: Row = {}
        for state, before in rows[-1].items():
            for tag, move in self._final.get(state, ()):
                end = (state[1], tag)
                if before + move > last.get(end, LEAST):
                    last[end] = before + move
        told: dict[int, float] = {}
        for (_, tag), sum_ in last.items():
            told[-tag] = logaddexp(told[-tag], sum_) if -tag in told else sum_
        return sorted(told.items(), key=lambda pair: pair[1], reverse=True) or [(UNKNOWN, 0)]

    def morphemes(self, word: str, end: int) -> list[tuple[int, int]]:
        """The morphemes of a word whose class is known, by the mark of its end: the class of each and where it ends."""
        if end not in self._towards:
            self._towards[end] = self._followers(self._reachable.get(end, frozenset()))
        followers = self._towards[end]
        for guessing in (False, True):
            rows, came = self._search(word, followers, guessing)
            last: dict[State, tuple[float, State]] = {}
            for state, before in rows[-1].items():
                move = next((move for tag, move in self._final.get(state, ()) if tag == end), None)
                now = (state[1], end)
                if move is not None and before + move > (last[now][0] if now in last else LEAST):
                    last[now] = (before + move, state)
            if last:
                break
        else:
            return [(UNKNOWN, len(word)), (END_UNKNOWN, len(word) + 1)]
        _, state = max(last.values(), key=lambda found: found[0])
        at = len(word)
        path: list[tuple[int, int]] = [(end, at + 1)]
        while at > 0:
            path.append((state[1], at))
            state, at = came[at][state]
        return path[::-1]

    def _followers(self, among: Collection[int]) -> Followers:
        """What can follow each state, of some classes."""
        found = {state: [pair for pair in pairs if pair[0] in among] for state, pairs in self._moves.items()}
        return {state: (ps, [p for p in ps if p[0] in self._endings]) for state, ps in found.items() if ps}

    def _search(
        self, word: str, followers: Followers, guessing: bool
    ) -> tuple[list[Row], list[dict[State, tuple[State, int]]]]:
        """The best paths to each place of a word, and from which state and place each came."""
        length = len(word)
        rows: list[Row] = [{} for _ in range(length + 1)]
        came: list[dict[State, tuple[State, int]]] = [{} for _ in range(length + 1)]
        rows[0][(EMPTY, START)] = 0
        for i in range(length):
            going = [(s, sum_, followers[s]) for s, sum_ in going_on(rows[i], STATES["word"]) if s in followers]
            begun = [(s, sum_, pairs) for s, sum_, (pairs, _) in going]
            open_ = [(s, sum_, pairs) for s, sum_, (_, pairs) in going if pairs]
            for j in range(i + 1, length + 1) if begun else ():
                piece = word[i:j]
                known = self._known.get(piece)
                if known is None and not (guessing and open_):
                    continue
                weights = self._guessed(piece, length) if guessing else NOTHING
                if known is not None:
                    weights = {**weights, **{tag: self._weights[tag][piece] for tag in known}}
                row, back = rows[j], came[j]
                for state, before, pairs in open_ if known is None else begun:
                    for tag, move in pairs:
                        weight = weights.get(tag)
                        if weight is None:
                            continue
                        sum_ = before + move + weight
                        now = (state[1], tag)
                        if sum_ > row.get(now, LEAST):
                            row[now] = sum_
                            back[now] = (state, i)
        return rows, came

    def _guessed(self, piece: str, length: int) -> Mapping[int, float]:
        """How probable an unknown piece of a word of some length is in each class that takes new words."""
        size = len(piece)
        if size <= PIECE and length >= SHORT:
            return NOTHING
        ending = piece[-ENDING:] if size > ENDING else piece[1:]
        while ending not in self._suffixes:
            ending = ending[1:]
        return self._kind(ending, min(size, LONGEST), size == length)

    def _of_kind(self, ending: str, size: int, whole: bool) -> dict[int, float]:
        """What `_guessed` says of all pieces with the same ending and size."""
        return {
            tag: self._base[tag][size] + self._endings[tag][ending] - (WHOLE if whole else 0.0) for tag in self._open
        }


def going_on(row: Row, most: int) -> Iterator[tuple[State, float]]:
    """The states of a row that are worth going on from, in its order."""
    bound = sorted(row.values(), reverse=True)[most] - 1 if len(row) > most else LEAST
    return ((state, sum_) for state, sum_ in row.items() if not sum_ < bound)


def _classes_of(by_class: Mapping[int, Mapping[str, float]]) -> dict[str, tuple[int, ...]]:
    """The classes of each known morpheme; most have the same few, which are kept once."""
    found: dict[str, tuple[int, ...]] = {}
    kept: dict[tuple[int, ...], tuple[int, ...]] = {}
    for tag, morphemes in by_class.items():
        for morpheme in morphemes:
            classes = (*found.get(morpheme, ()), tag)
            found[morpheme] = kept.setdefault(classes, classes)
    return found
