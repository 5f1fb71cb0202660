from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from depesche.errors import PackError
from depesche.packs.clusters import load_clusters, stable_hash, stable_hashes

CLUSTERS = load_clusters("de")


def test_words_used_alike_share_a_cluster() -> None:
    assert CLUSTERS.of("Hamburg") == CLUSTERS.of("Bremen") != 0
    assert CLUSTERS.of("Hamburg") != CLUSTERS.of("kochte")


def test_an_unknown_word_has_none() -> None:
    assert CLUSTERS.of("Xqzwvnopp") == 0
    assert CLUSTERS.of("") == 0
    assert CLUSTERS.of("\ud800") == 0


def test_a_prefix_is_the_first_turns_of_the_path() -> None:
    path = CLUSTERS.of("Hamburg")
    assert CLUSTERS.prefix("Hamburg", 4) == path % 16
    assert CLUSTERS.prefix("Hamburg", 16) == path


def test_the_hash_is_the_same_in_every_run() -> None:
    assert stable_hash("Straße") == 1199729489


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    with pytest.raises(PackError, match=r"models/de/clusters\.npz"):
        load_clusters("de", tmp_path)
    np.savez_compressed(tmp_path / "de/clusters.npz", gaps=np.zeros(3, np.uint32))
    with pytest.raises(PackError, match=r"models/de/clusters\.npz"):
        load_clusters("de", tmp_path)


def test_many_words_have_the_clusters_that_each_has() -> None:
    forms = ["Hamburg", "Xqzwvnopp", "", "\ud800", "Bremen", "kochte", "kochte\0"]
    assert CLUSTERS.each(forms) == [CLUSTERS.of(form) for form in forms]
    assert CLUSTERS.each([]) == []


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["a", "ß", "\ud800", "\udc00"], ["a\0b", "c"], ["\0"]])
def test_many_texts_have_the_hashes_that_each_has(texts: list[str]) -> None:
    assert stable_hashes(texts) == [stable_hash(text) for text in texts]
