"""Versions of a page for people and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from depesche.answers.versions import changed_words
from depesche.export.plain import json_line, plain
from depesche.export.words import days_in_words
from depesche.model.days import iso
from depesche.model.versions import Change, ChangeKind, History, Revision, Version

SHOWN = 30
"""Words of an unchanged stretch of a line that are shown, half at either end."""


def version_table(found: Iterable[History]) -> Iterator[str]:
    """Each address, each step from one version to the next, a line for every change; lines are counted from 1."""
    addresses = changes = 0
    for history in found:
        addresses += 1
        yield f"{plain(history.address)}  ({len(history.versions)} versions)\n"
        for step in history.revisions:
            changes += len(step.changes)
            yield f"  {plain(_named(step.before))} → {plain(_named(step.after))}\n"
            yield from (f"    {plain(line)}\n" for line in _step(step))
        yield "\n"
    yield f"{_count(addresses, 'address', 'addresses')} with several versions, {_count(changes, 'change', 'changes')}\n"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _named(version: Version) -> str:
    """The name of a version and when it is of: as fetched, or else as published."""
    when = f"fetched {version.fetched}" if version.fetched else days_in_words(version.days)
    return f"{version.doc} ({when})"


def _step(step: Revision) -> Iterator[str]:
    if not step.changes:
        yield "nothing changed in title, day, authors or text"
    for change in step.changes:
        yield _words(change)


def _words(change: Change) -> str:
    line = change.line_after if change.line_after is not None else change.line_before
    place = "" if line is None else f" {line + 1}"
    match change.kind:
        case ChangeKind.ADDED:
            return f"+ line{place}: {change.after}"
        case ChangeKind.REMOVED:
            return f"- line{place}: {change.before}"
        case ChangeKind.CHANGED:
            return f"~ line{place}: {_marked(change.before or '', change.after or '')}"
        case ChangeKind.NUMBER:
            return f"# line{place}: {change.before} → {change.after}"
    return f"{change.kind.value}: {change.before or '(none)'} → {change.after or '(none)'}"


def _marked(before: str, after: str) -> str:
    """The line with what went and what came in marks: "[-39-] {+42+} Tote"."""
    pieces = []
    for both, old, new in changed_words(before, after):
        pieces += [_short(both)] if both else []
        pieces += [f"[-{old}-]"] if old else []
        pieces += [f"{{+{new}+}}"] if new else []
    return " ".join(pieces)


def _short(words: str) -> str:
    """A long unchanged stretch with its middle left out."""
    told = words.split(" ")
    if len(told) <= SHOWN:
        return words
    return " ".join([*told[: SHOWN // 2], "…", *told[-SHOWN // 2 :]])


def version_records(found: Iterable[History]) -> Iterator[str]:
    """A line of JSON for each step; lines are counted from 0."""
    for history in found:
        for step in history.revisions:
            yield json_line(
                {
                    "address": history.address,
                    "before": _version(step.before),
                    "after": _version(step.after),
                    "changes": [_change(change) for change in step.changes],
                }
            )


def _version(version: Version) -> Mapping[str, object]:
    return {
        "doc": version.doc,
        "id": version.page,
        "title": version.title,
        "published_earliest": iso(version.days.first),
        "published_latest": iso(version.days.last),
        "modified": version.modified,
        "fetched": version.fetched,
    }


def _change(change: Change) -> Mapping[str, object]:
    return {
        "kind": change.kind.value,
        "before": change.before,
        "after": change.after,
        "line_before": change.line_before,
        "line_after": change.line_after,
    }


VERSION_EXPORTS: Mapping[str, Callable[[Iterable[History]], Iterator[str]]] = {
    "table": version_table,
    "jsonl": version_records,
}
