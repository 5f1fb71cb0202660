"""Who a party is: its spellings, its offices with the sentences that tell them, and how often it takes part."""

from __future__ import annotations

import msgspec

from depesche.errors import UsageError
from depesche.model.parties import PartyRecord
from depesche.store import View

MOST = 5
"""Parties named where a name fits several."""


class PartyAnswer(msgspec.Struct, frozen=True):
    """A party with the number of entries it takes part in."""

    record: PartyRecord
    entries: int


def party(view: View, asked: str) -> PartyAnswer:
    """The party of that id or name; UsageError where there is none, or where several fit equally well."""
    record = one_party(view, asked)
    return PartyAnswer(record, view.entries_with(record.id))


def one_party(view: View, asked: str) -> PartyRecord:
    """The party that is meant by an id, a full name, a spelling, or a part of one if nobody else has it."""
    by_id = view.party(asked)
    if by_id is not None:
        return by_id
    found = view.parties_named(asked)
    exact = [one for one in found if asked in (one.name, *(spelling.text for spelling in one.spellings))]
    named = [one for one in found if one.name == asked]
    for some in (named, exact, found):
        if len(some) == 1:
            return some[0]
        if some:
            several = ", ".join(f"{one.name} ({one.id})" for one in some[:MOST])
            more = f" and {len(some) - MOST} more" if len(some) > MOST else ""
            raise UsageError(f"{asked}: several parties have that name: {several}{more}; an id in place of it works")
    raise UsageError(
        f"{asked}: no page speaks of such a party; `depesche chronicle --format jsonl` lists names and ids"
    )
