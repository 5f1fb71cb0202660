"""Linear models that choose one of several: each candidate has features, and the likeliest is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

ROUNDS = 150
RARE = 3  # a feature that fewer choices have is not learned


@dataclass(frozen=True)
class Choice:
    """What can be chosen, each with its features, and which of them are right (one at least)."""

    features: Sequence[Sequence[str]]
    right: Sequence[int]


def fitted(choices: Sequence[Choice], penalty: float) -> dict[str, float]:
    """The weight of each feature: softmax over the candidates of each choice, L2, L-BFGS.

    Where several are right, their chances count together.
    """
    index = _index(choices)
    rows, columns, owners, right = [], [], [], []
    for k, choice in enumerate(choices):
        for j, features in enumerate(choice.features):
            known = sorted({index[f] for f in features if f in index})
            rows += [len(owners)] * len(known)
            columns += known
            owners.append(k)
            right.append(float(j in choice.right))
    shape = (len(owners), len(index))
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    owner, wanted = np.array(owners), np.array(right)
    starts = np.r_[0, np.flatnonzero(np.diff(owner)) + 1]
    least = np.finfo(float).tiny

    def cost(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(raised, starts)
        wished = np.maximum(np.add.reduceat(raised * wanted, starts), least)
        gradient = raised / total[owner] - raised * wanted / wished[owner]
        loss = float((np.log(total) - np.log(wished)).sum() + 0.5 * penalty * weights @ weights)
        return loss, matrix.T @ gradient + penalty * weights

    found = minimize(cost, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return {feature: float(found.x[i]) for feature, i in index.items()}


def _index(choices: Sequence[Choice]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for choice in choices:
        counts.update({feature for features in choice.features for feature in features})
    return {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
