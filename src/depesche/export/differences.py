"""Differences between sources for people and programs: `DIFFERENCE_EXPORTS[name](differences)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from depesche.answers.differences import Claim, Differing
from depesche.export.markdown import quoted
from depesche.export.plain import json_line, plain
from depesche.export.words import days_in_short, value_in_words
from depesche.model.days import iso


def difference_table(found: Iterable[Differing]) -> Iterator[str]:
    """Each difference with its entry, and a line for every source, for a terminal."""
    number = 0
    for one in found:
        yield f"{plain(one.title)} ({days_in_short(one.days)})  {plain(one.entry)}\n"
        yield f"  {one.field.value}, {one.kind.value}\n"
        for claim in one.claims:
            yield f"    {plain(value_in_words(claim.value))} — {plain(_source(claim))}\n"
        number += 1
    yield f"{number} {'difference' if number == 1 else 'differences'}\n"


def difference_markdown(found: Iterable[Differing]) -> Iterator[str]:
    """The same as Markdown."""
    for one in found:
        yield f"## {quoted(one.title)} ({days_in_short(one.days)})\n\n"
        yield f"{one.field.value}, {one.kind.value}; {quoted(one.entry)}\n\n"
        for claim in one.claims:
            yield f"- {quoted(value_in_words(claim.value))} — {quoted(_source(claim))}\n"
        yield "\n"


def difference_records(found: Iterable[Differing]) -> Iterator[str]:
    """A line of JSON for each difference."""
    for one in found:
        yield json_line(
            {
                "entry": one.entry,
                "title": one.title,
                "start": iso(one.days.first),
                "end": iso(one.days.last),
                "field": one.field.value,
                "kind": one.kind.value,
                "values": [_record(claim) for claim in one.claims],
            }
        )


def _record(claim: Claim) -> dict[str, object]:
    return {
        "doc": claim.value.doc,
        "text": claim.value.text,
        "value": claim.value.value,
        "outlet": claim.outlet,
        "agency": claim.agency,
        "origin": claim.origin,
        "published": claim.published,
        "published_earliest": claim.earliest,
        "published_latest": claim.latest,
    }


def _source(claim: Claim) -> str:
    """Who says so, and as of when."""
    if claim.published:
        day = f"as of {claim.published}"
    elif claim.earliest or claim.latest:
        day = f"as of {claim.earliest or '…'} to {claim.latest or '…'}"
    else:
        day = "undated"
    names = [name for name in (claim.outlet, claim.agency, claim.value.doc) if name]
    return ", ".join([*names, day])


DIFFERENCE_EXPORTS: Mapping[str, Callable[[Iterable[Differing]], Iterator[str]]] = {
    "table": difference_table,
    "md": difference_markdown,
    "jsonl": difference_records,
}
