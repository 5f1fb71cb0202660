"""Trains the model of names that ships, from the training data beside the project.

    python bench/train/names.py --shared ../shared

A linear chain over the features of `depesche.parse.name_features`, its weights held small (L2) and then rounded to
whole numbers.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite
from common import Example, examples, stored_table

from depesche.packs.clusters import load_clusters
from depesche.packs.files import DATA
from depesche.packs.load import Packs, load_packs
from depesche.packs.names import OFFSETS
from depesche.parse.name_features import EDGE, PlaceFeatures, WordFeatures, marks_of, reach_of
from depesche.parse.name_rules import ruled_names

OUT = DATA / "models/de/names.npz"
SPLITS = ("ner/germeval-test.tsv", "clauses-train")
LABELS = ("PER", "ORG", "LOC", "OTH", "LOCderiv", "LOCpart", "ORGpart", "PERpart", "OTHpart", "OTHderiv")
"""Labels that are learned; the others are too rare."""
SETTINGS = {
    "c1": 0.0,
    "c2": 2.0,
    "max_iterations": 80,
    "feature.minfreq": 2,
    "feature.possible_transitions": False,
}
SCALE = 64
"""What a weight of 1 is in the shipped model."""
NEVER = -30_000
"""What weighs a mark behind one that it cannot follow."""

Keyed = dict[tuple[str, str], float]
"""Weights by attribute, or mark, and mark."""


@dataclass(frozen=True)
class Lesson:
    """A sentence as the trainer wants it: own and place features of each word, and its marks."""

    own: list[list[str]]
    place: list[list[str]]
    marks: list[str]

    @property
    def attributes(self) -> list[list[str]]:
        """For each word the features that are looked at from it, with how many words ahead."""
        out = [[f"|{feature}" for feature in features] for features in self.place]
        last = len(self.own)
        for j in range(-1, last + 1):
            for feature in self.own[j] if 0 <= j < last else [EDGE]:
                reach = reach_of(feature)
                for i in range(max(0, j - reach), min(last, j + reach + 1)):
                    out[i].append(f"{j - i}|{feature}")
        return out


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder with the training data")
    asked = parser.parse_args()
    learned = lessons(asked.shared, load_packs())
    write(*chain(learned), OUT)
    print(f"{OUT.name}: {OUT.stat().st_size / 1000:.0f} kB")


def lessons(shared: Path, packs: Packs) -> list[Lesson]:
    """All training sentences, those of a split that is named twice twice."""
    clusters = load_clusters("de")
    own, place = WordFeatures(packs.parties, clusters), PlaceFeatures(packs.parties, clusters)
    made: dict[str, list[Lesson]] = {}
    for split in dict.fromkeys(SPLITS):
        made[split] = [lesson(example, own, place) for example in examples(shared, split, packs)]
    return [one for split in SPLITS for one in made[split]]


def lesson(example: Example, own: WordFeatures, place: PlaceFeatures) -> Lesson:
    """A sentence with its features and the marks of its true names."""
    forms, words = example.forms, example.words
    ruled = ruled_names(example.text, words, example.sentences, own.book)
    rules = marks_of(ruled.names, len(words))
    marks = ["O"] * len(words)
    for first, last, label in example.gold["ents"]:
        if label in LABELS:
            marks[first:last] = ["B-" + label] + ["I-" + label] * (last - first - 1)
    return Lesson(
        [own.of(form, word.tag, word.lemma) for form, word in zip(forms, words, strict=True)],
        place.of(forms, [word.tag for word in words], rules),
        marks,
    )


def chain(learned: Iterable[Lesson]) -> tuple[Keyed, Keyed]:
    """Weights of a chain: by attribute and mark, and by mark and mark behind it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS)
    for one in learned:
        trainer.append(one.attributes, one.marks)
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "chain")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        info = tagger.info()
        tagger.close()
    return dict(info.state_features), dict(info.transitions)


def write(states: Keyed, moves: Keyed, path: Path) -> None:
    """The model with its weights rounded; those that round to nothing are left out."""
    marks = sorted({mark for _, mark in states} | {mark for pair in moves for mark in pair}, key=_order)
    own: dict[str, Counter[int]] = defaultdict(Counter)
    place: dict[str, Counter[int]] = defaultdict(Counter)
    for (attribute, mark), weight in states.items():
        offset, _, feature = attribute.partition("|")
        rounded = round(weight * SCALE)
        if rounded and offset:
            own[feature][OFFSETS.index(int(offset)) * len(marks) + marks.index(mark)] = rounded
        elif rounded:
            place[feature][marks.index(mark)] = rounded
    np.savez_compressed(
        path,
        marks=np.array(marks),
        moves=_moves(marks, moves),
        **stored_table("own", own),
        **stored_table("place", place),
    )


def _moves(marks: Sequence[str], moves: Keyed) -> np.ndarray:
    """What each mark behind each other weighs; a move that may be but never was weighs as the least that was."""
    grid = np.full((len(marks), len(marks)), NEVER, dtype=np.int16)
    for (before, behind), weight in moves.items():
        grid[marks.index(before), marks.index(behind)] = round(weight * SCALE)
    least = min(0, int(grid[grid > NEVER].min()))
    for a, before in enumerate(marks):
        for b, behind in enumerate(marks):
            if grid[a, b] == NEVER and (behind[:2] != "I-" or before[2:] == behind[2:]):
                grid[a, b] = least
    return grid


def _order(mark: str) -> tuple[bool, int, str]:
    """No name first, then by label."""
    return (mark != "O", LABELS.index(mark[2:]) if mark != "O" else 0, mark)


if __name__ == "__main__":
    main()
