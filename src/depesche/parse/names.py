"""Recognised names: people, organisations, places, works, and the words made from them.

A trained chain of marks decides, word by word, over features of words and their places; what the rules over lists,
tags and capitals find (`name_rules`) is one of the features. Where a language has no model, the rules alone decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from depesche.model.parse import Name, Sentence, Word
from depesche.packs.names import OFFSETS, NameModel
from depesche.packs.parties import PartyBook
from depesche.packs.weights import Rows, Weights
from depesche.parse.name_features import EDGE, PLACES, PlaceFeatures, WordFeatures, marks_of
from depesche.parse.name_rules import Ruled, ruled_names

Scores = npt.NDArray[np.int32]
TOGETHER = 64
"""How many sentences are decoded side by side."""
PAD = 2
"""Empty words laid out before and behind each sentence, as many as a word looks to a side."""


def find_names(
    text: str, words: Sequence[Word], sentences: Sequence[Sentence], book: PartyBook, model: NameModel | None
) -> tuple[Name, ...]:
    """The names of a text in order, none inside another; by the rules alone where there is no model."""
    ruled = ruled_names(text, words, sentences, book)
    filled = [sentence for sentence in sentences if sentence.last > sentence.first]
    if model is None or not filled:
        return ruled.names
    forms = [text[word.start : word.end] for word in words]
    finder = _Finder(model, book, forms, words, filled)
    paths = best_paths(finder.own(), finder.place(marks_of(ruled.names, len(words))), model.moves)
    names: list[Name] = []
    for sentence, path in zip(filled, paths, strict=True):
        names.extend(names_of([model.marks[mark] for mark in path], sentence.first))
    return settled([_without_noun(name, words) for name in names], ruled)


def _without_noun(name: Name, words: Sequence[Word]) -> Name:
    """A person's name less a common noun behind a first and a family name: "gewährt Edmundo González | Asyl"."""
    tags = [words[i].tag for i in range(name.first, name.last)]
    noun = name.label == "PER" and len(tags) > 2 and tags[-1] == "NN" and tags[-3:-1] == ["NE", "NE"]
    return Name(name.first, name.last - 1, name.label) if noun else name


def settled(names: Sequence[Name], ruled: Ruled) -> tuple[Name, ...]:
    """The model's names, put right by what the rules are sure of.

    A name that is several sure ones side by side, a person among them, is parted ("gratulierte Xi Putin"); what bears
    a sure first and family name is a person; a compound with a listed name ("Ukraine-Krise") is no body; firm ones
    stand where the model sees none.
    """
    by_first = {name.first: name for name in (*ruled.sure, *ruled.family)}
    out = [part for name in names for part in _parted(name, by_first)]
    taken = {i for name in out for i in range(name.first, name.last)}
    out += [name for name in ruled.firm if taken.isdisjoint(range(name.first, name.last))]
    return tuple(sorted(out, key=lambda name: name.first))


def _parted(name: Name, by_first: Mapping[int, Name]) -> list[Name]:
    parts: list[Name] = []
    at = name.first
    while at < name.last and at in by_first:
        parts.append(by_first[at])
        at = by_first[at].last
    if at != name.last:
        return [name]
    labels = [part.label for part in parts]
    compound = name.label == "ORG" and labels in (["LOCpart"], ["ORGpart"])
    person = "PER" in labels and name.last - name.first > 1
    return parts if compound or person else [name]


@dataclass(frozen=True)
class _Finder:
    """What the model weighs the words of a text with; `sentences` are those that have words."""

    model: NameModel
    book: PartyBook
    forms: Sequence[str]
    words: Sequence[Word]
    sentences: Sequence[Sentence]

    def own(self) -> list[Scores]:
        """For each sentence what the words' own features weigh, each looked at from around it."""
        marks = len(self.model.marks)
        nothing = np.zeros(len(OFFSETS) * marks, dtype=np.int16)
        edge = self.model.own.total([EDGE])
        laid: list[Weights] = []
        for sentence in self.sentences:
            laid += [nothing, edge, *(self._word(i) for i in range(sentence.first, sentence.last)), edge, nothing]
        grid = np.stack(laid).reshape(len(laid), len(OFFSETS), marks)
        total = np.zeros((len(laid), marks), dtype=np.int32)
        for k, offset in enumerate(OFFSETS):
            total[PAD:-PAD] += grid[PAD + offset : len(laid) - PAD + offset, k]
        return self._cut(total, PAD)

    def place(self, ruled: Sequence[str]) -> list[Scores]:
        """For each sentence what the places of its words weigh; `ruled` is what the rules take the words for."""
        features = PlaceFeatures(self.book, self.model.clusters)
        rows: list[Rows] = []
        for s in self.sentences:
            tags = [word.tag for word in self.words[s.first : s.last]]
            told = features.of(self.forms[s.first : s.last], tags, ruled[s.first : s.last])
            rows.append(self.model.place.rows([feature for found in told for feature in found]))
        chosen = np.concatenate(rows).reshape(-1, PLACES)
        return self._cut(self.model.place.weights[chosen].sum(axis=1, dtype=np.int32), 0)

    def _word(self, i: int) -> Weights:
        """What a word's own features weigh; the model keeps it, since most words come again."""
        word = self.words[i]
        key = (self.forms[i], word.tag, word.lemma)
        found = self.model.kept.get(key)
        if found is None:
            features = WordFeatures(self.book, self.model.clusters)
            found = self.model.own.total(features.of(*key))
            self.model.keep(key, found)
        return found

    def _cut(self, scores: Scores, pad: int) -> list[Scores]:
        """The scores of each sentence from those of all, less the padding around each."""
        out = []
        at = pad
        for sentence in self.sentences:
            length = sentence.last - sentence.first
            out.append(scores[at : at + length])
            at += length + 2 * pad
        return out


def names_of(marks: Sequence[str], first: int) -> list[Name]:
    """The names that marks of a sentence's words spell; `first` is its first word's index."""
    names: list[Name] = []
    i = 0
    while i < len(marks):
        end = i + 1
        label = marks[i][2:]
        if label:
            while end < len(marks) and marks[end] == "I-" + label:
                end += 1
            names.append(Name(first + i, first + end, label))
        i = end
    return names


def best_paths(own: Sequence[Scores], place: Sequence[Scores], moves: Scores) -> list[list[int]]:
    """For each sentence the marks of the highest sum; of equal sums the one with lower marks, from the end."""
    paths: list[list[int]] = [[] for _ in own]
    order = sorted(range(len(own)), key=lambda k: len(own[k]))
    for start in range(0, len(order), TOGETHER):
        group = order[start : start + TOGETHER]
        for k, path in zip(group, _decoded([own[k] + place[k] for k in group], moves), strict=True):
            paths[k] = path
    return paths


def _decoded(scores: Sequence[Scores], moves: Scores) -> list[list[int]]:
    """The best paths of sentences side by side; shorter ones stand still once they have ended."""
    lengths = np.array([len(score) for score in scores])
    longest, marks = int(lengths.max()), len(moves)
    grid = np.zeros((len(scores), longest, marks), dtype=np.int32)
    for k, score in enumerate(scores):
        grid[k, : len(score)] = score
    best = grid[:, 0]
    back = np.zeros((longest, len(scores), marks), dtype=np.int8)
    for t in range(1, longest):
        through = best[:, :, None] + moves
        back[t] = through.argmax(axis=1)
        best = np.where((lengths > t)[:, None], through.max(axis=1) + grid[:, t], best)
    paths = []
    for k, length in enumerate(lengths.tolist()):
        mark = int(best[k].argmax())
        path = [mark]
        for t in range(length - 1, 0, -1):
            mark = int(back[t, k, mark])
            path.append(mark)
        paths.append(path[::-1])
    return paths
