"""Quotations and their speakers in German Wikinews articles, on the 150 articles kept for measuring."""

from __future__ import annotations

from tasks.reading import annotated
from tasks.task import Figure, Figures, Place, Reference, Task, read_lines


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
    }


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
        ),
        measure,
    ),
)
