"""The training sentences for attachments: parses by rules, and what the annotation says of each word.

Trees (UD) tell the head and relation of every word. The clauses tell only the arguments of predicates with
their prepositions, particles and modals; of every other word they tell that it is no argument.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from depesche.model.parse import Parse
from depesche.packs.grammar import Grammar
from depesche.packs.load import Packs
from depesche.parse import ruled_words
from depesche.parse.attached import ARGUMENTS

RELATIONS = (
    *ARGUMENTS,
    *("conj", "case", "det", "amod", "nmod", "appos", "flat", "mark", "aux", "cop", "prt"),
    *("advmod", "acl", "advcl", "punct", "root", "other"),
)
UD = {
    "nsubj": "subj",
    "nsubj:pass": "subj",
    "iobj": "dat",
    "obl:arg": "dat",
    "obl:agent": "agent",
    "csubj": "ccomp",
    "csubj:pass": "ccomp",
    "det:poss": "det",
    "nummod": "amod",
    "nmod:poss": "nmod",
    "flat:name": "flat",
    "compound": "flat",
    "fixed": "flat",
    "aux:pass": "aux",
    "compound:prt": "prt",
    "acl:relcl": "acl",
    "advcl:relcl": "advcl",
    "cc": "mark",
}
"""Relations of UD that go by another name here; the rest keep theirs or are "other"."""

VOICES = {"act": 1, "pass": 2, "cop": 3}
REFLEXIVES = frozenset({"sich", "mich", "dich", "uns", "euch", "mir", "dir", "es"})
REACH_OF_PREPOSITION = 12  # words before its noun
HELDBACK = "heldback.txt"

Goal = tuple[int, str]
Row = dict[str, Any]


@dataclass
class Example:
    """A sentence to train on. `goals[word]`: the (head, relation) pairs of which one is right, none where unknown.

    The head `len(words)` is the root. Words without goals are known to be no argument where `partial`,
    save those in `free`. `voices[word]`: 0 no predicate, 1 active, 2 passive, 3 copula.
    """

    id: str
    parse: Parse
    goals: list[list[Goal]]
    voices: list[int]
    partial: bool
    free: set[int] = field(default_factory=set)


def tree_examples(path: Path, packs: Packs, keep: slice) -> Iterator[Example]:
    """The chosen sentences of a CoNLL-U file."""
    for rows in list(_blocks(path))[keep]:
        yield _tree(rows, packs)


def _blocks(path: Path) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for line in [*path.read_bytes().decode("utf-8").split("\n"), ""]:
        if line.startswith("# sent_id"):
            block = [[line.split("=", 1)[1].strip()]]
        elif line.strip() and not line.startswith("#"):
            block.append(line.split("\t"))
        elif not line.strip() and len(block) > 1:
            yield block
            block = []


def _tree(rows: list[list[str]], packs: Packs) -> Example:
    words, place = _surface(rows[1:])
    nodes = [row for row in rows[1:] if row[0] in place]
    goals: list[list[Goal]] = [[] for _ in words]
    voices = [0] * len(words)
    for row in nodes:
        word, head = place[row[0]], place.get(row[6], len(words))
        below = [other[7] for other in nodes if other[6] == row[0]]
        relation = _relation(row, below)
        if head != word and (not goals[word] or relation != "det"):  # "im": as a preposition, not as an article
            goals[word] = [(head, relation)]
        voices[word] = _voice(row, below) or voices[word]
    return Example(rows[0][0], ruled_words(words, packs, "de"), goals, voices, partial=False)


def _surface(rows: list[list[str]]) -> tuple[list[str], dict[str, int]]:
    """The words of real text, and for each syntactic word the index of its token."""
    words: list[str] = []
    place: dict[str, int] = {}
    inside = 0
    for row in rows:
        first, _, last = row[0].partition("-")
        if last:
            words.append(row[1])
            inside = int(last)
        elif "." not in first:
            if int(first) > inside:
                words.append(row[1])
            place[first] = len(words) - 1
    return words, place


def _relation(row: list[str], below: list[str]) -> str:
    relation = UD.get(row[7], row[7])
    if relation not in RELATIONS or ("Reflex=Yes" in row[5] and relation in ARGUMENTS):
        return "other"
    return "other" if relation == "obl" and "case" not in below else relation


def _voice(row: list[str], below: list[str]) -> int:
    if "cop" in below:
        return VOICES["cop"]
    if row[3] not in {"VERB", "AUX"} or row[7] in {"aux", "aux:pass", "cop", "amod"}:
        return 0
    return VOICES["pass" if {"aux:pass", "nsubj:pass"} & set(below) else "act"]


def clause_examples(folder: Path, packs: Packs, grammar: Grammar) -> Iterator[Example]:
    """The annotated sentences, without the articles that are held back."""
    held = set((folder / HELDBACK).read_text(encoding="utf-8").split())
    for path in sorted(folder.glob("part*.txt")):
        lines = path.with_suffix(".jsonl").read_text(encoding="utf-8").split("\n")
        rows = {row["id"]: row for row in map(json.loads, filter(None, lines))}
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            name, text = line.split("\t")
            if name in rows and name.split(":")[0] not in held:
                words = [word.split(":", 1)[1] for word in text.split(" ")]
                yield _clauses(rows[name], ruled_words(words, packs, "de"), grammar)


def own_examples(path: Path, packs: Packs, grammar: Grammar) -> Iterator[Example]:
    """The invented sentences of `sentences.de.txt`, whose header tells the form."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    for k, block in enumerate(blocks):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if lines:
            words = lines[0].split(" ")
            row = {"id": f"own:{k}", "preds": [_own_predicate(line.split(" "), words) for line in lines[1:]]}
            yield _clauses(row, ruled_words(words, packs, "de"), grammar)


def _own_predicate(fields: list[str], words: list[str]) -> Row:
    out: Row = {"v": _place(fields[0], words), "voice": fields[1], "args": []}
    for name, _, value in (one.partition("=") for one in fields[2:]):
        if name in {"prt", "modal"}:
            out[name] = _place(value, words)
        else:
            out["args"].append([name, [_place(word, words) for word in value.split("+")]])
    return out


def _place(reference: str, words: list[str]) -> int:
    """The index that a word, or "word#2" for its second occurrence, refers to."""
    form, _, number = reference.partition("#")
    return [i for i, word in enumerate(words) if word == form][int(number or 1) - 1]


def _clauses(row: Row, parse: Parse, grammar: Grammar) -> Example:
    low = [parse.word(i).lower() for i in range(len(parse.words))]
    example = Example(row["id"], parse, [[] for _ in low], [0] * len(low), partial=True)
    example.free |= {i for i, word in enumerate(low) if word in REFLEXIVES}
    for pred in row["preds"]:
        example.voices[pred["v"]] = VOICES[pred["voice"]]
        for name, heads in pred["args"]:
            if not name.endswith("*"):
                _argument(example, pred["v"], name, heads, low, grammar)
        for key, relation in (("prt", "prt"), ("modal", "aux")):
            word = pred.get(key)
            if isinstance(word, int) and word != pred["v"] and not example.goals[word]:
                example.goals[word] = [(pred["v"], relation)]
    _relative_pronouns(row, example, low, grammar)
    return example


def _argument(example: Example, verb: int, name: str, heads: list[int], low: list[str], grammar: Grammar) -> None:
    role, _, preposition = name.partition(":")
    first = heads[0]
    if role not in ARGUMENTS or low[first] == "sich" or first == verb:
        return
    example.goals[first] = [(verb, role)]
    for k, other in enumerate(heads[1:], 1):
        if other != first:
            example.goals[other] = [(head, "conj") for head in heads[:k] if head != other]
    for i in range(first - 1, max(-1, first - REACH_OF_PREPOSITION), -1):
        if preposition and grammar.plain(low[i]) == preposition and not example.goals[i]:
            example.goals[i] = [(first, "case")]
            break


def _relative_pronouns(row: Row, example: Example, low: list[str], grammar: Grammar) -> None:
    """A pronoun in the place of a starred antecedent has its role; of other pronouns nothing is known."""
    stars = sorted(
        (pred["v"], name.rstrip("*").partition(":")[0], heads[0])
        for pred in row["preds"]
        for name, heads in pred["args"]
        if name.endswith("*")
    )
    words = example.parse.words
    for verb, role, antecedent in stars:
        for i in range(verb - 1, antecedent, -1):
            governed = words[i - 1].tag in {"APPR", "KON"} and low[i - 2] == ","
            if low[i] in grammar.lists.relatives and (low[i - 1] == "," or governed):
                if not example.goals[i] and role in ARGUMENTS:
                    example.goals[i] = [(verb, role)]
                break
    if stars:
        example.free |= {i for i, word in enumerate(words) if word.tag in {"PRELS", "PDS"}}
