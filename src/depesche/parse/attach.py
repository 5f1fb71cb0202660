"""Attaches each word to the word it depends on: a small network over the features of words and of pairs.

Two layers of LSTM read the sentence both ways, then every word is compared with every possible head
(Dozat and Manning 2017). Weights and states are whole numbers of fixed steps and gates come from tables,
so that sums in matrix products are exact and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from depesche.model.parse import Parse, Sentence
from depesche.packs.attachments import (
    GATE_REACH,
    GATE_STEPS,
    AttachmentModel,
    Doubles,
    Floats,
    Layer,
    Projection,
    Tables,
)
from depesche.packs.clusters import Clusters
from depesche.parse.attach_features import Codes, Pairs, pair_codes, surroundings, word_codes

STATE_STEPS = 128.0  # steps of a state between 0 and 1
EMBEDDING_STEPS = 64.0
SCORE_STEPS = 256.0
SLOPE = 0.125  # of a dense layer below zero
MOST_WORDS = 4000  # words and padding of the sentences that are read at once
MOST_PAIRS = 15_000  # of words and heads that are compared at once: about those of the longest sentence


@dataclass(frozen=True)
class Attachments:
    """How probable each attachment in a sentence is.

    `chances[word, head, relation]`: over all heads and relations of a word they sum to 1; the last head is
    the root. `voices[word]`: no predicate, active, passive, copula. Words count from `first` of the article.
    """

    first: int
    chances: Doubles
    voices: Doubles


def attach(parse: Parse, times: frozenset[int], model: AttachmentModel, clusters: Clusters) -> Iterator[Attachments]:
    """The attachments in each sentence of a parse by rules, longest first; `times` are the words in time expressions.

    They come one after the other because those of a whole article of a million signs do not fit into memory.
    """
    around = surroundings(parse, times)
    codes = word_codes(parse, around, clusters)
    for group in _groups(parse.sentences):
        with model.alone():
            embedded = _embedded(np.concatenate([codes[one.first : one.last] for one in group]), model)
            views = _views(_encoded(embedded, [one.last - one.first for one in group], model), model)
        done = 0
        for firsts, length in _alike(group):
            with model.alone():
                pairs = pair_codes(parse, around, firsts, length)
                found = _attachments(views.of(done, len(firsts), length), pairs, model)
            done += len(firsts) * length
            yield from map(Attachments, firsts, *found)


@dataclass(frozen=True)
class _Views:
    """What the model makes of words: as one that hangs on others and as a head, for the arc and its relation.

    The last head is the root. `voice` are the scores of the voices. Rows are words, or sentences × words.
    """

    arc_word: Doubles
    arc_head: Doubles
    relation_word: Doubles
    relation_head: Doubles
    voice: Doubles

    def of(self, first: int, size: int, length: int) -> _Views:
        """Those of `size` sentences of `length` words from the word `first` on, each with the root behind its heads."""

        def words(rows: Doubles) -> Doubles:
            return rows[first : first + size * length].reshape(size, length, -1)

        def heads(rows: Doubles) -> Doubles:
            root = np.broadcast_to(rows[-1], (size, 1, rows.shape[1]))
            return np.concatenate((words(rows), root), axis=1)

        return _Views(
            words(self.arc_word),
            heads(self.arc_head),
            words(self.relation_word),
            heads(self.relation_head),
            words(self.voice),
        )


def _views(states: Floats, model: AttachmentModel) -> _Views:
    """The words of several sentences, from their states; sums are exact, so it is all the same which are together."""
    words = states.astype(np.float64) / STATE_STEPS
    heads = np.concatenate((words, model.root[None, :]))
    return _Views(
        _with_one(_bent(words, model.arc_word)),
        _bent(heads, model.arc_head),
        _with_one(_bent(words, model.relation_word)),
        _with_one(_bent(heads, model.relation_head)),
        _projected(words, model.voice),
    )


def _attachments(views: _Views, pairs: Pairs, model: AttachmentModel) -> tuple[Doubles, Doubles]:
    """The chances and voices in sentences of one length, from what the model makes of their words."""
    scores = _scores(views, pairs, model)
    size, length = scores.shape[:2]
    return _softmax(scores.reshape(size, length, -1)).reshape(scores.shape), _softmax(views.voice)


def _groups(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences that are read at once, longest first."""
    group: list[Sentence] = []
    for one in sorted(sentences, key=lambda one: (one.first - one.last, one.first)):
        if group and (len(group) + 1) * (group[0].last - group[0].first) > MOST_WORDS:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _alike(group: Sequence[Sentence]) -> Iterator[tuple[list[int], int]]:
    """The first words of neighbours of one length, and that length; MOST_PAIRS pairs of word and head at once."""
    for length, same in groupby(group, lambda one: one.last - one.first):
        firsts = [one.first for one in same]
        at_once = max(1, MOST_PAIRS // (length * (length + 1)))
        for k in range(0, len(firsts), at_once):
            yield firsts[k : k + at_once], length


def _embedded(codes: Codes, model: AttachmentModel) -> Floats:
    """The features of words as one row of numbers each, in steps of 1 / EMBEDDING_STEPS."""
    columns = []
    for k, table in enumerate(model.embeddings):
        rows = np.where(codes[:, k] > 0, codes[:, k] % np.uint32(len(table) - 1) + np.uint32(1), 0)
        columns.append(table[rows])
    return np.concatenate(columns, axis=1)


def _encoded(words: Floats, lengths: Sequence[int], model: AttachmentModel) -> Floats:
    """The states of the words of sentences, in steps of 1 / STATE_STEPS; sentences come longest first."""
    steps = EMBEDDING_STEPS
    for layer in model.layers:
        words, steps = _read(words, lengths, layer, steps, model.tables), STATE_STEPS
    return words


def _read(words: Floats, lengths: Sequence[int], layer: Layer, steps: float, tables: Tables) -> Floats:
    """One layer over sentences, longest first: forwards and, each from its own end, backwards."""
    size, longest = len(lengths), lengths[0]
    width = layer.states.shape[1]
    ends = np.cumsum(lengths).tolist()
    given = np.zeros((2, longest, size, 4 * width), np.float32)
    for way in (0, 1):
        pushed = (words @ layer.inputs[way]) / np.float32(steps * layer.steps) + layer.bias[way]
        for k, (length, end) in enumerate(zip(lengths, ends, strict=True)):
            piece = pushed[end - length : end]
            given[way, :length, k] = piece[::-1] if way else piece
    out = np.zeros((2, longest, size, width), np.float32)
    state, cell = np.zeros((2, size, width), np.float32), np.zeros((2, size, width), np.float32)
    scale = np.float32(1 / (STATE_STEPS * layer.steps))
    running = size
    for step in range(longest):
        while lengths[running - 1] <= step:
            running -= 1
        gates = given[:, step, :running] + (state[:, :running] @ layer.states) * scale
        state[:, :running], cell[:, :running] = _cell(gates, cell[:, :running], width, tables)
        out[:, step, :running] = state[:, :running]
    read = np.empty((len(words), 2 * width), np.float32)
    for k, (length, end) in enumerate(zip(lengths, ends, strict=True)):
        read[end - length : end, :width] = out[0, :length, k]
        read[end - length : end, width:] = out[1, :length, k][::-1]
    return read


def _cell(gates: Floats, cell: Floats, width: int, tables: Tables) -> tuple[Floats, Floats]:
    """State, in steps, and cell of an LSTM after one word."""
    at = _places(gates)
    opened = tables.sigmoid[at]
    news = tables.tanh[at[:, :, 2 * width : 3 * width]]
    kept = opened[:, :, width : 2 * width] * cell + opened[:, :, :width] * news
    shown = opened[:, :, 3 * width :] * tables.tanh[_places(kept)]
    return np.rint(shown * np.float32(STATE_STEPS)), kept


def _places(values: Floats) -> npt.NDArray[np.int32]:
    """Where values stand in the gates' tables."""
    reach = GATE_REACH * GATE_STEPS
    return np.asarray(np.clip(np.rint(values * np.float32(GATE_STEPS)), -reach, reach) + reach, np.int32)


def _scores(views: _Views, pairs: Pairs, model: AttachmentModel) -> Doubles:
    """Scores of sentences × words × heads and root × relations; a word is no head of its own."""
    arcs = views.arc_word @ model.arc @ views.arc_head.swapaxes(1, 2)
    related = views.relation_word @ model.relation[:, None] @ views.relation_head.swapaxes(1, 2)
    scores: Doubles = arcs[..., None] + np.moveaxis(related, 0, 3)
    hints, of_pair = _hints(pairs, model)
    scores += hints[of_pair]
    at = np.arange(scores.shape[1])
    scores[:, at, at] = -np.inf
    return scores


def _hints(pairs: Pairs, model: AttachmentModel) -> tuple[Doubles, npt.NDArray[np.intp]]:
    """What the features of pairs weigh by relation, once for each combination of them, and each pair's combination.

    Thousands of pairs have few combinations; sums of whole steps are the same in any order.
    """
    codes = np.zeros(pairs.shape[:-1], np.int64)
    for k, table in enumerate(model.pairs):
        codes = codes * len(table) + pairs[..., k]
    _, firsts, of_pair = np.unique(codes.ravel(), return_index=True, return_inverse=True)
    features = pairs.reshape(-1, pairs.shape[-1])[firsts]
    hints = np.zeros((len(firsts), len(model.relations)))
    for k, table in enumerate(model.pairs):
        rows = table[features[:, k]].astype(np.float64)
        hints += rows[:, 1:] + rows[:, :1]
    return hints, of_pair.reshape(codes.shape)


def _projected(rows: Doubles, dense: Projection) -> Doubles:
    """The rows through a dense layer, on the grid that keeps later sums exact."""
    summed = rows @ dense.weights / dense.steps + dense.bias
    return np.asarray(np.rint(summed * SCORE_STEPS) / SCORE_STEPS)


def _bent(rows: Doubles, dense: Projection) -> Doubles:
    summed = _projected(rows, dense)
    return np.asarray(np.rint(np.where(summed > 0, summed, SLOPE * summed) * SCORE_STEPS) / SCORE_STEPS)


def _with_one(rows: Doubles) -> Doubles:
    return np.concatenate((rows, np.ones((len(rows), 1))), axis=1)


def _softmax(scores: Doubles) -> Doubles:
    raised = np.asarray(scores - scores.max(axis=-1, keepdims=True))
    np.exp(raised, out=raised)
    raised /= raised.sum(axis=-1, keepdims=True)
    return np.asarray(raised)
