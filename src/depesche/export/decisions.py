"""Decisions about entries and parties, for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from depesche.answers.decisions import Standing
from depesche.export.plain import json_line, plain
from depesche.model.decisions import ConfirmEntry, EntryDecision, Mark, MergeEntries, RejectEntry

SHOWN = 100
"""Characters of a passage that are shown in a line."""


def standing_in_words(one: Standing) -> Iterator[str]:
    """A decision, the passages it is about, and which of them are lost."""
    decision = one.decision
    why = f": {decision.why}" if decision.why else ""
    yield f"{one.number}  {kind_of(decision)}  {plain(f'{decision.who}, {decision.when}{why}')}\n"
    lost = set(one.lost)
    for number, side in enumerate(decision.sides):
        if number:
            yield f"    {'and' if isinstance(decision, MergeEntries) else 'apart from'}\n"
        for mark in side:
            yield f"    {plain(_passage(mark))}{'  (not found any more)' if mark in lost else ''}\n"
    if one.entries:
        yield f"    stands in {', '.join(map(plain, one.entries))}\n"
    if not one.in_effect:
        yield "    has no effect any more\n"


def standing_records(found: Iterable[Standing]) -> Iterator[str]:
    """A line of JSON for each decision about entries."""
    for one in found:
        lost, decision = set(one.lost), one.decision
        yield json_line(
            {
                "number": one.number,
                "kind": kind_of(decision),
                "who": decision.who,
                "when": decision.when,
                "why": decision.why or None,
                "sides": [[_mark(mark, mark not in lost) for mark in side] for side in decision.sides],
                "entries": list(one.entries),
                "in_effect": one.in_effect,
            }
        )


def kind_of(decision: EntryDecision) -> str:
    """The word for the decision, as the command has it."""
    if isinstance(decision, MergeEntries):
        return "merge"
    if isinstance(decision, RejectEntry):
        return "reject"
    return "confirm" if isinstance(decision, ConfirmEntry) else "split"


def _mark(mark: Mark, found: bool) -> dict[str, object]:
    return {
        "doc": mark.doc,
        "mention": mark.mention,
        "type": mark.type,
        "text": mark.words,
        "span": [mark.span.start, mark.span.end],
        "found": found,
    }


def _passage(mark: Mark) -> str:
    words = " ".join(mark.words.split())
    return f"“{words if len(words) <= SHOWN else words[: SHOWN - 1] + '…'}” ({mark.type}, {mark.doc}, {mark.mention})"
