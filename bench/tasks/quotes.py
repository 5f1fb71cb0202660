"""Quotations and their speakers in German Wikinews articles, on the 150 articles kept for measuring."""

from __future__ import annotations

import time

from depesche.model.days import Days
from depesche.parse import parse_text
from depesche.read.parties import find_parties
from depesche.read.quotes import find_quotes
from tasks.reading import annotated, knowledge
from tasks.task import Figure, Figures, Place, Reference, Task, read_lines

TYPES = ("Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect")
SPED = 60  # articles whose reading is timed


def measure(place: Place) -> Figures:
    """The figures of the data set's own metric, and of the scorer beside it."""
    gold = place.shared / "bench/quotes/dev.jsonl"
    rows = [
        {"doc": row["doc"], "quotes": annotated(row["doc"], row["text"], row["date"], row["title"])["quotes"]}
        for row in read_lines(gold)
    ]
    scored = place.score("bench/quotes/score.py", gold, place.write("quotes.jsonl", rows), "--paper", "--json")
    paper, speaker = scored["paper"], scored["roles"]["speaker"]
    return {
        "paper_messages_f1": paper["messages"]["f1"],
        "paper_roles_f1": paper["roles"]["f1"],
        "paper_joint_f1": paper["joint"]["f1"],
        "paper_form_f1": paper["form"]["f1"],
        "exact_f1": scored["quotes"]["exact"]["f1"],
        "found_f1": scored["quotes"]["found"]["f1"],
        "speaker_joint_f1": speaker["joint"]["f1"],
        "speaker_accuracy": speaker["accuracy"],
        "addressee_joint_f1": scored["roles"]["addressee"]["joint"]["f1"],
        **{f"{name}_found_f1": scored["types"][name]["found"]["f1"] for name in TYPES},
        "articles_per_cpu_second": _speed([row["text"] for row in read_lines(gold)][:SPED]),
    }


def _speed(texts: list[str]) -> float:
    """Articles a second of processor time whose quotations are found, given their grammar and parties."""
    packs = knowledge()
    parses = [parse_text(text, packs, "de") for text in texts]
    read = [(parse, find_parties(parse, None, Days(), packs.parties)) for parse in parses]
    began = time.process_time()
    for parse, parties in read:
        find_quotes(parse, parties, packs.german.quotes)
    return round(len(read) / (time.process_time() - began), 1)


FLOOR = "regex floor"
"""Word lists and regexes: better on these articles than the published QUiTE (messages .488, joint .389)."""

TASKS = (
    Task(
        "quotes",
        (
            Figure("paper_messages_f1", Reference(0.638, FLOOR)),
            Figure("paper_roles_f1", Reference(0.552, FLOOR)),
            Figure("paper_joint_f1", Reference(0.577, FLOOR)),
            Figure("paper_form_f1", Reference(0.634, FLOOR)),
            Figure("exact_f1", Reference(0.526, FLOOR)),
            Figure("found_f1", Reference(0.643, FLOOR)),
            Figure("speaker_joint_f1", Reference(0.474, FLOOR)),
            Figure("speaker_accuracy", Reference(0.709, FLOOR)),
            Figure("addressee_joint_f1"),
            *(Figure(f"{name}_found_f1") for name in TYPES),
            Figure("articles_per_cpu_second", share=0.5),
        ),
        measure,
    ),
)
