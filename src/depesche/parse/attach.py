"""Attaches each word to the word it depends on: a small network over the features of words and of pairs.

Two layers of LSTM read the sentence both ways, then every word is compared with every possible head
(Dozat and Manning 2017). Weights and states are whole numbers of fixed steps and gates come from tables,
so that sums in matrix products are exact and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from depesche.model.parse import Parse
from depesche.packs.attachments import GATE_REACH, GATE_STEPS, AttachmentModel, Floats, Layer, Projection, Tables
from depesche.packs.clusters import Clusters
from depesche.parse.attach_features import Codes, Pairs, pair_codes, surroundings, word_codes

STATE_STEPS = 128.0  # steps of a state between 0 and 1
EMBEDDING_STEPS = 64.0
SCORE_STEPS = 256.0
SLOPE = 0.125  # of a dense layer below zero
MOST_WORDS = 4000  # words and padding of the sentences that are read at once

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Attachments:
    """How probable each attachment in a sentence is.

    `chances[word, head, relation]`: over all heads and relations of a word they sum to 1; the last head is
    the root. `voices[word]`: no predicate, active, passive, copula. Words count from `first` of the article.
    """

    first: int
    chances: Doubles
    voices: Doubles


def attach(parse: Parse, times: frozenset[int], model: AttachmentModel, clusters: Clusters) -> list[Attachments]:
    """The attachments in each sentence of a parse by rules; `times` are the words in time expressions."""
    around = surroundings(parse, times)
    codes = word_codes(parse, around, clusters)
    out: dict[int, Attachments] = {}
    with model.alone():
        for group in _groups([sentence.last - sentence.first for sentence in parse.sentences]):
            sentences = [parse.sentences[k] for k in group]
            embedded = [_embedded(codes[one.first : one.last], model) for one in sentences]
            for k, one, states in zip(group, sentences, _encoded(embedded, model), strict=True):
                out[k] = _attachments(one.first, states, pair_codes(parse, around, one.first, one.last), model)
    return [out[k] for k in range(len(parse.sentences))]


def _attachments(first: int, states: Floats, pairs: Pairs, model: AttachmentModel) -> Attachments:
    """The chances in one sentence, from the states of its words."""
    scores = _scores(states, pairs, model)
    voices = _softmax(_projected(states / STATE_STEPS, model.voice))
    return Attachments(first, _softmax(scores.reshape(len(scores), -1)).reshape(scores.shape), voices)


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Sentences that are read at once, longest first."""
    group: list[int] = []
    for k in sorted(range(len(lengths)), key=lambda k: (-lengths[k], k)):
        if group and (len(group) + 1) * lengths[group[0]] > MOST_WORDS:
            yield group
            group = []
        group.append(k)
    if group:
        yield group


def _embedded(codes: Codes, model: AttachmentModel) -> Floats:
    """The features of a sentence's words as one row of numbers each, in steps of 1 / EMBEDDING_STEPS."""
    columns = []
    for k, table in enumerate(model.embeddings):
        rows = np.where(codes[:, k] > 0, codes[:, k] % np.uint32(len(table) - 1) + np.uint32(1), 0)
        columns.append(table[rows])
    return np.concatenate(columns, axis=1)


def _encoded(sentences: Sequence[Floats], model: AttachmentModel) -> list[Floats]:
    """The states of all words, in steps of 1 / STATE_STEPS; sentences come longest first."""
    lengths = [len(one) for one in sentences]
    rows, steps = list(sentences), EMBEDDING_STEPS
    for layer in model.layers:
        rows, steps = _read(rows, lengths, layer, steps, model.tables), STATE_STEPS
    return rows


def _read(rows: Sequence[Floats], lengths: Sequence[int], layer: Layer, steps: float, tables: Tables) -> list[Floats]:
    """One layer over sentences, longest first: forwards and, each from its own end, backwards."""
    size, longest = len(rows), lengths[0]
    width = layer.states.shape[1]
    flat = np.concatenate(rows)
    given = np.zeros((2, longest, size, 4 * width), np.float32)
    for way in (0, 1):
        pushed = (flat @ layer.inputs[way]) / np.float32(steps * layer.steps) + layer.bias[way]
        at = 0
        for k, length in enumerate(lengths):
            piece = pushed[at : at + length]
            given[way, :length, k] = piece[::-1] if way else piece
            at += length
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
    return [np.concatenate((out[0, :length, k], out[1, :length, k][::-1]), axis=1) for k, length in enumerate(lengths)]


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


def _scores(states: Floats, pairs: Pairs, model: AttachmentModel) -> Doubles:
    """Scores of words × heads and root × relations; a word is no head of its own."""
    words = states.astype(np.float64) / STATE_STEPS
    heads = np.concatenate((words, model.root[None, :].astype(np.float64)))
    arcs = _with_one(_bent(words, model.arc_word)) @ model.arc @ _bent(heads, model.arc_head).T
    left = _with_one(_bent(words, model.relation_word))
    right = _with_one(_bent(heads, model.relation_head))
    related = np.moveaxis((left @ model.relation) @ right.T, 0, 2)
    scores: Doubles = arcs[:, :, None] + related
    hints, of_pair = _hints(pairs, model)
    scores += hints[of_pair]
    at = np.arange(len(words))
    scores[at, at] = -np.inf
    return scores


def _hints(pairs: Pairs, model: AttachmentModel) -> tuple[Doubles, npt.NDArray[np.intp]]:
    """What the features of pairs weigh by relation, once for each combination of them, and each pair's combination.

    A long sentence has a hundred thousand pairs but few combinations; sums of whole steps are the same in any order.
    """
    codes = np.zeros(pairs.shape[:2], np.int64)
    for k, table in enumerate(model.pairs):
        codes = codes * len(table) + pairs[:, :, k]
    _, firsts, of_pair = np.unique(codes.ravel(), return_index=True, return_inverse=True)
    features = pairs.reshape(-1, pairs.shape[2])[firsts]
    hints = np.zeros((len(firsts), len(model.relations)))
    for k, table in enumerate(model.pairs):
        rows = table[features[:, k]].astype(np.float64)
        hints += rows[:, 1:] + rows[:, :1]
    return hints, of_pair.reshape(codes.shape)


def _projected(rows: Doubles | Floats, dense: Projection) -> Doubles:
    """The rows through a dense layer, on the grid that keeps later sums exact."""
    summed = rows.astype(np.float64) @ dense.weights.astype(np.float64) / dense.steps + dense.bias
    return np.asarray(np.rint(summed * SCORE_STEPS) / SCORE_STEPS)


def _bent(rows: Doubles, dense: Projection) -> Doubles:
    summed = _projected(rows, dense)
    return np.asarray(np.rint(np.where(summed > 0, summed, SLOPE * summed) * SCORE_STEPS) / SCORE_STEPS)


def _with_one(rows: Doubles) -> Doubles:
    return np.concatenate((rows, np.ones((len(rows), 1))), axis=1)


def _softmax(scores: Doubles) -> Doubles:
    raised = np.asarray(scores - scores.max(axis=1, keepdims=True))
    np.exp(raised, out=raised)
    raised /= raised.sum(axis=1, keepdims=True)
    return np.asarray(raised)
