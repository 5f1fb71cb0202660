"""The network of attachments in PyTorch, as it is trained; `depesche.parse.attach` reads with its weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from attachment_gold import RELATIONS, Example
from torch import nn
from torch.nn import functional

from depesche.parse.attach import SLOPE
from depesche.parse.attach_features import PAIR_FEATURES, WORD_FEATURES, Codes, Pairs
from depesche.parse.attached import ARGUMENTS

TABLES = {
    "form": (8192, 32),
    "lemma": (8192, 16),
    "tag": (64, 24),
    "suffix3": (2048, 24),
    "suffix2": (512, 12),
    "prefix3": (2048, 16),
    "shape": (256, 12),
    "cluster4": (32, 6),
    "cluster6": (128, 12),
    "cluster10": (2048, 24),
    "case": (64, 12),
    "chunk": (64, 12),
    "clause": (64, 8),
    "predicate": (32, 8),
    "determiner": (128, 16),
}
"""Rows and columns of each word feature's table."""

UNITS, ARC, RELATION = 96, 96, 40
DROP = 0.33
DROP_FEATURE = 0.15
DROP_WORD = 0.3  # of form and lemma, so that the rest is learned too
VOICES = 4
VOICE_WEIGHT = 0.3


@dataclass(frozen=True)
class Sentence:
    """An example with its features."""

    example: Example
    codes: Codes
    pairs: Pairs


class Shared(nn.Module):
    """Dropout with one mask for all words of a sentence."""

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """The rows with some columns at zero; unchanged outside training."""
        if not self.training:
            return rows
        kept = torch.full((rows.size(0), 1, rows.size(2)), 1 - DROP)
        return rows * torch.bernoulli(kept) / (1 - DROP)


class Network(nn.Module):
    """Scores each head and relation of each word (deep biaffine attention, Dozat and Manning 2017)."""

    def __init__(self) -> None:
        super().__init__()
        relations = len(RELATIONS)
        self.embeddings = nn.ModuleList(nn.Embedding(*TABLES[name], padding_idx=0) for name in WORD_FEATURES)
        for table in self.embeddings:
            nn.init.normal_(table.weight, 0, 0.3)
        width = sum(TABLES[name][1] for name in WORD_FEATURES)
        self.layers = nn.ModuleList(
            nn.LSTM(size, UNITS, batch_first=True, bidirectional=True) for size in (width, 2 * UNITS)
        )
        self.drop = Shared()
        self.root = nn.Parameter(torch.randn(2 * UNITS) * 0.1)
        self.arc_word, self.arc_head = nn.Linear(2 * UNITS, ARC), nn.Linear(2 * UNITS, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation_word, self.relation_head = nn.Linear(2 * UNITS, RELATION), nn.Linear(2 * UNITS, RELATION)
        self.relation = nn.Parameter(torch.zeros(relations, RELATION + 1, RELATION + 1))
        self.pairs = nn.ModuleList(nn.Embedding(size, relations + 1) for size in PAIR_FEATURES)
        for table in self.pairs:
            nn.init.zeros_(table.weight)
        self.voice = nn.Linear(2 * UNITS, VOICES)

    def forward(
        self, codes: torch.Tensor, pairs: torch.Tensor, words: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores, sentences × words × heads × relations, and voices; `words` tells words from padding."""
        rows = self._read(codes, words)
        heads = torch.cat([rows, self.root.expand(len(rows), 1, -1)], 1)
        left = _with_one(self.drop(_bent(self.arc_word(rows))))
        arcs = torch.einsum("btx,xy,bhy->bth", left, self.arc, self.drop(_bent(self.arc_head(heads))))
        left = _with_one(self.drop(_bent(self.relation_word(rows))))
        right = _with_one(self.drop(_bent(self.relation_head(heads))))
        related = torch.einsum("btx,lxy,bhy->bthl", left, self.relation, right)
        hints = torch.stack([table(pairs[:, :, :, k]) for k, table in enumerate(self.pairs)]).sum(0)
        scores = arcs.unsqueeze(-1) + related + hints[..., 1:] + hints[..., :1]
        return scores.masked_fill(~_possible(words)[..., None], -1e9), self.voice(rows)

    def _read(self, codes: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        columns = []
        for k, table in enumerate(self.embeddings):
            column = table(codes[:, :, k])
            if self.training:
                lost = DROP_WORD if WORD_FEATURES[k] in {"form", "lemma"} else DROP_FEATURE
                column = column * torch.bernoulli(torch.full((*codes.shape[:2], 1), 1 - lost))
            columns.append(column)
        rows = self.drop(torch.cat(columns, -1))
        lengths = words.sum(1)
        for layer in self.layers:
            packed = nn.utils.rnn.pack_padded_sequence(rows, lengths, batch_first=True, enforce_sorted=False)
            rows, _ = nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True, total_length=words.size(1))
            rows = self.drop(rows)
        return rows


def _bent(rows: torch.Tensor) -> torch.Tensor:
    return functional.leaky_relu(rows, SLOPE)


def _with_one(rows: torch.Tensor) -> torch.Tensor:
    return torch.cat([rows, torch.ones_like(rows[:, :, :1])], -1)


def _possible(words: torch.Tensor) -> torch.Tensor:
    """Which heads a word can have: any other word of its sentence, or the root."""
    batch, size = words.shape
    heads = torch.cat([words, torch.ones(batch, 1, dtype=torch.bool)], 1)
    possible = heads[:, None, :].expand(batch, size, size + 1).clone()
    at = torch.arange(size)
    possible[:, at, at] = False
    return possible


def loss(network: Network, batch: Sequence[Sentence]) -> torch.Tensor:
    """How improbable the network finds what the annotation allows, a word."""
    codes, pairs, words = _features(batch)
    allowed, judged, voices = _goals(batch, words.size(1))
    scores, guessed = network(codes, pairs, words)
    chances = torch.log_softmax(scores.flatten(2), -1)
    right = torch.logsumexp(chances.masked_fill(~allowed.flatten(2), -1e9), -1)
    wrong_voice = functional.cross_entropy(guessed.flatten(0, 1), voices.flatten(), ignore_index=-1)
    return VOICE_WEIGHT * wrong_voice - (right * judged).sum() / judged.sum()


def _features(batch: Sequence[Sentence]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    size = max(len(one.codes) for one in batch)
    codes = np.zeros((len(batch), size, len(WORD_FEATURES)), np.int64)
    pairs = np.zeros((len(batch), size, size + 1, len(PAIR_FEATURES)), np.int64)
    words = np.zeros((len(batch), size), bool)
    for k, one in enumerate(batch):
        n = len(one.codes)
        codes[k, :n] = rows_of(one.codes)
        pairs[k, :n, :n] = one.pairs[:, :n]
        pairs[k, :n, size] = one.pairs[:, n]
        words[k, :n] = True
    return torch.tensor(codes), torch.tensor(pairs), torch.tensor(words)


def rows_of(codes: Codes) -> Codes:
    """The rows of the tables that hashes lead to, as `depesche.parse.attach` takes them."""
    sizes = np.array([TABLES[name][0] - 1 for name in WORD_FEATURES], np.uint32)
    return np.where(codes > 0, codes % sizes + np.uint32(1), np.uint32(0))


def _goals(batch: Sequence[Sentence], size: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """What is allowed, sentences × words × heads × relations, which words are judged, and voices."""
    column = {name: k for k, name in enumerate(RELATIONS)}
    allowed = np.zeros((len(batch), size, size + 1, len(RELATIONS)), bool)
    judged = np.zeros((len(batch), size), np.float32)
    voices = np.full((len(batch), size), -1)
    for k, one in enumerate(batch):
        n = len(one.codes)
        voices[k, :n] = one.example.voices
        for word, goals in enumerate(one.example.goals):
            for head, relation in goals:
                allowed[k, word, size if head == n else head, column[relation]] = True
            if not goals and one.example.partial and word not in one.example.free:
                allowed[k, word, :, len(ARGUMENTS) - 2 :] = True  # clauses of nouns are not annotated: any may be one
            judged[k, word] = allowed[k, word].any()
    return torch.tensor(allowed), torch.tensor(judged), torch.tensor(voices)
