"""Rows of weights are found by the hashes of features."""

from __future__ import annotations

import numpy as np

from depesche.packs.clusters import stable_hash
from depesche.packs.weights import Table

LEARNED = ("way=verb", "kind=Gruß", "1", "w=\ud800", "")


def table() -> Table:
    hashes = np.array(sorted(map(stable_hash, LEARNED)), dtype=np.uint32)
    weights = np.arange(3 * (len(LEARNED) + 1), dtype=np.int8).reshape(-1, 3)
    weights[0] = 0
    return Table(hashes, weights)


def test_row_of_each_feature_is_that_of_its_hash() -> None:
    order = sorted(LEARNED, key=stable_hash)
    asked = [*LEARNED, "way=noun", "1", "ß", "way=verb\0"]
    expected = [order.index(feature) + 1 if feature in order else 0 for feature in asked]
    assert table().rows(asked).tolist() == expected
    assert [int(table().rows([feature])[0]) for feature in asked] == expected


def test_what_was_not_learned_weighs_nothing() -> None:
    told = table()
    one = told.weights[told.rows(["1"])[0]]
    assert told.sums(["1", "never seen", "nor this"]).tolist() == one.tolist()
    assert told.sums(["1", "1"]).tolist() == (2 * one.astype(int)).tolist()
    assert told.total([]).tolist() == [0, 0, 0]


def test_an_empty_table_knows_no_feature() -> None:
    empty = Table(np.zeros(0, dtype=np.uint32), np.zeros((1, 2), dtype=np.int8))
    assert empty.sums(["a", "b"]).tolist() == [0, 0]
