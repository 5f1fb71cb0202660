"""Trains the model that attaches words to each other, and writes its weights as whole numbers.

    python bench/train/attachments.py --shared ../shared [--rounds 45]

Takes the trees and clauses of shared/train that are for training, and the invented sentences beside this file;
the test splits are never read. The same data and versions give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from attachment_gold import RELATIONS, Example, clause_examples, own_examples, tree_examples
from attachment_net import Network, Sentence, loss

from depesche.packs.attachments import FILE
from depesche.packs.clusters import Clusters
from depesche.packs.files import DATA
from depesche.packs.load import load_packs
from depesche.parse.attach import EMBEDDING_STEPS
from depesche.parse.attach_features import PAIR_FEATURES, WORD_FEATURES, pair_codes, surroundings, word_codes
from depesche.parse.rules import words_in_times

ROUNDS = 45
BATCH = 24
RATE, LEAST_RATE, WARM_UP = 2e-3, 0.02, 100
LONGEST = 70  # words of a sentence to train on
SEED = 2
OWN = "sentences.de.txt"
OUT = DATA / "models/de" / FILE


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds train/")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often the network sees every sentence")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    network = trained([*sentences(asked.shared / "train")], asked.rounds, random.Random(asked.seed))
    write(network, asked.out)
    print(f"{asked.out.name}: {asked.out.stat().st_size / 1000:.0f} kB")


def sentences(folder: Path) -> Iterator[Sentence]:
    """The training sentences with their features."""
    packs = load_packs()
    german = packs.german
    trees = folder / "ud"
    examples = [
        *tree_examples(trees / "de_pud-ud.conllu", packs, slice(0, None, 2)),
        *tree_examples(trees / "de_gsd-ud-dev.conllu", packs, slice(None)),
        *clause_examples(folder / "clauses", packs, german.grammar),
        *own_examples(Path(__file__).parent / OWN, packs, german.grammar),
    ]
    for example in examples:
        if len(example.parse.words) <= LONGEST:
            yield _featured(example, german.clusters)


def _featured(example: Example, clusters: Clusters) -> Sentence:
    around = surroundings(example.parse, words_in_times(example.parse))
    codes = word_codes(example.parse, around, clusters)
    return Sentence(example, codes, pair_codes(example.parse, around, [0], len(codes))[0])


def trained(given: list[Sentence], rounds: int, chance: random.Random) -> Network:
    """The network after so many rounds, with a rate that falls to almost nothing."""
    network = Network()
    network.train()
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE, betas=(0.9, 0.95))
    steps = rounds * -(-len(given) // BATCH)
    done = 0
    for turn in range(rounds):
        began, total = time.perf_counter(), 0.0
        order = sorted(given, key=lambda one: len(one.codes) + chance.random() * 6)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        for batch in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, (done + 1) / WARM_UP) * max(LEAST_RATE, 1 - done / steps)
            optimiser.zero_grad()
            cost = loss(network, batch)
            cost.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5)
            optimiser.step()
            total, done = total + cost.item(), done + 1
        print(f"round {turn + 1}: {total / len(batches):.4f} in {time.perf_counter() - began:.0f} s", flush=True)
    return network


def write(network: Network, path: Path) -> None:
    """The weights as whole numbers with the steps they count in."""
    stored: dict[str, np.ndarray] = {
        "relations": np.array(RELATIONS),
        "features": np.array(WORD_FEATURES),
        "pairs": np.array(len(PAIR_FEATURES)),
        "layers": np.array(len(network.layers)),
    }
    for name, table in zip(WORD_FEATURES, network.embeddings, strict=True):
        stored[f"embedding.{name}"] = _whole(table.weight, EMBEDDING_STEPS, 127).astype(np.int8)
    for k, table in enumerate(network.pairs):
        _fine(stored, f"pair.{k}", table.weight)
    for k, layer in enumerate(network.layers):
        _layer(stored, f"layer{k}", layer)
    for name in ("arc_word", "arc_head", "relation_word", "relation_head", "voice"):
        dense = getattr(network, name)
        _coarse(stored, name, dense.weight.T)
        _fine(stored, name + ".bias", dense.bias)
    for name in ("arc", "relation"):
        _coarse(stored, name, getattr(network, name))
    _fine(stored, "root", torch.round(network.root * 128) / 128)
    digest = hashlib.sha256(b"".join(stored[name].tobytes() for name in sorted(stored))).hexdigest()
    np.savez_compressed(path, version=np.array(f"attachments-{digest[:8]}"), **stored)


def _layer(stored: dict[str, np.ndarray], name: str, layer: torch.nn.LSTM) -> None:
    ways = ("", "_reverse")
    inputs = torch.stack([getattr(layer, f"weight_ih_l0{way}").T for way in ways])
    states = torch.stack([getattr(layer, f"weight_hh_l0{way}").T for way in ways])
    steps = _steps(torch.cat([inputs.flatten(), states.flatten()]))
    stored[f"{name}.inputs"] = _whole(inputs, steps, 127).astype(np.int8)
    stored[f"{name}.states"] = _whole(states, steps, 127).astype(np.int8)
    stored[f"{name}.steps"] = np.array(steps)
    bias = torch.stack([getattr(layer, f"bias_ih_l0{way}") + getattr(layer, f"bias_hh_l0{way}") for way in ways])
    _fine(stored, f"{name}.bias", bias)


def _coarse(stored: dict[str, np.ndarray], name: str, weights: torch.Tensor) -> None:
    steps = _steps(weights)
    stored[name] = _whole(weights, steps, 127).astype(np.int8)
    stored[name + ".steps"] = np.array(steps)


def _fine(stored: dict[str, np.ndarray], name: str, weights: torch.Tensor) -> None:
    stored[name] = _whole(weights, 1024.0, 32767).astype(np.int16)
    stored[name + ".steps"] = np.array(1024.0)


def _steps(weights: torch.Tensor) -> float:
    """The finest power of two with which all but one in a thousand weights fit into a byte."""
    large = float(torch.quantile(weights.detach().abs().flatten()[:: 1 + weights.numel() // 1_000_000], 0.999))
    steps = 512.0
    while steps > 1 and large * steps > 127:
        steps /= 2
    return steps


def _whole(weights: torch.Tensor, steps: float, most: int) -> np.ndarray:
    return np.clip(np.rint(weights.detach().numpy() * steps), -most, most)


if __name__ == "__main__":
    main()
