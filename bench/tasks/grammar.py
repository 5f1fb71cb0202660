"""Names and verb–argument links on the fixed test splits of the training data, words as given there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from depesche.model.parse import Parse
from depesche.parse import parse_words
from tasks.reading import knowledge
from tasks.task import Figure, Figures, Place, Reference, Row, Task, run_python

SCORER = "train/score.py"


def measure_names(place: Place, split: str) -> Figures:
    """Exact span and label of persons, bodies and places, together and each."""
    rows = [
        {"id": row["id"], "ents": [[name.first, name.last, name.label] for name in _parse(row).names]}
        for row in _sentences(place, split)
    ]
    strict = _scored(place, "names", split, rows)["strict"]
    return {f"{name}_f1": strict[name]["f1"] for name in ("PLO", "PER", "LOC", "ORG")}


def measure_links(place: Place, split: str) -> Figures:
    """Heads of subjects, objects and prepositional phrases; SVO: a verb's subject and object both right."""
    rows = [{"id": row["id"], "preds": predicate_rows(_parse(row))} for row in _sentences(place, split)]
    links = _scored(place, "links", split, rows)["links"]
    return {f"{name}_f1": links[name]["f1"] for name in ("SVO", "subj", "obj", "obl", "dat")}


def _scored(place: Place, kind: str, split: str, rows: Iterable[Row]) -> Any:
    return place.score(SCORER, kind, "--gold", split, "--system", place.write(f"{kind}.jsonl", rows), "--json")


def _sentences(place: Place, split: str) -> list[dict[str, Any]]:
    scorer: Path = place.shared / SCORER
    return [json.loads(line) for line in run_python(scorer, "gold", split, "--words").split("\n") if line]


def _parse(row: Row) -> Parse:
    return parse_words(row["words"], knowledge(), "de")


def predicate_rows(parse: Parse) -> list[Row]:
    """The predicates with their arguments as the scorer wants them: a phrase's head, then its conjuncts."""
    first = {head: phrase.head for phrase in parse.phrases for head in phrase.conjuncts}
    args: dict[int, dict[tuple[str, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for link in parse.links:
        role, _, preposition = link.role.partition(":")
        if role in {"obl", "agent"} and not preposition:
            continue  # the scorer knows no prepositional argument without a preposition
        name = link.role + "*" * link.understood
        args[link.predicate][name, first.get(link.head, link.head)].append(link.head)
    return [
        {"v": predicate.word, "args": [[name, heads] for (name, _), heads in args[k].items()]}
        for k, predicate in enumerate(parse.predicates)
    ]


CRF = "linear CRF"

TASKS = (
    Task(
        "names-germeval",
        (
            Figure("PLO_f1", Reference(0.755, CRF)),
            Figure("PER_f1", Reference(0.83, CRF)),
            Figure("LOC_f1", Reference(0.79, CRF)),
            Figure("ORG_f1", Reference(0.61, CRF)),
        ),
        partial(measure_names, split="ner/germeval-dev.tsv"),
    ),
    Task(
        "names-clauses",
        tuple(Figure(f"{name}_f1") for name in ("PLO", "PER", "LOC", "ORG")),
        partial(measure_names, split="clauses"),
    ),
    Task(
        "links-pud",
        (
            Figure("SVO_f1", Reference(0.715, "pair classifier")),
            *(Figure(f"{name}_f1") for name in ("subj", "obj", "obl", "dat")),
        ),
        partial(measure_links, split="pud"),
    ),
    Task(
        "links-clauses",
        tuple(Figure(f"{name}_f1") for name in ("SVO", "subj", "obj", "obl", "dat")),
        partial(measure_links, split="clauses"),
    ),
)
