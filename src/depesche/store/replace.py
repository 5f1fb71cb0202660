"""Puts a new linkage in the place of the old one, touching only rows that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from depesche.model.linkage import Copies, Entry, Relinked, Story
from depesche.model.parties import PartyRecord
from depesche.store import rows
from depesche.store.schema import (
    blocks,
    copies,
    entries,
    entry_text,
    mentions,
    participants,
    parties,
    redirects,
    state,
    stories,
    traces,
)

T = TypeVar("T")
K = TypeVar("K", bound=tuple[str, ...])

LINKED = "linked"
"""The name under which `state` holds the key of the stored linkage."""

TRACED = "traced"
"""The name under which `state` holds the version that made the traces, the blocks and what entries are made of."""

BATCH = 100
"""Rows of a kind written at a time."""


def replace_linkage(connection: Connection, linkage: Relinked, key: str) -> None:
    """Stores the linkage and its key; must run inside one transaction."""
    _replace_entries(connection, linkage)
    _replace_copies(connection, linkage.copies)
    _replace_stories(connection, linkage.stories)
    _replace_blocks(connection, linkage.blocks)
    _mark_linked(connection, linkage.traces)
    connection.execute(delete(state).where(state.c.name == LINKED))
    connection.execute(insert(state), {"name": LINKED, "value": key})


def successors(old: Mapping[str, Iterable[str]], holder: Mapping[str, str]) -> dict[str, str]:
    """For each old entry the new one that holds most of its mentions (the least id where two hold as many).

    `old` maps vanished entries to their mentions, `holder` mentions to the entries that hold them now.
    """
    found: dict[str, str] = {}
    for id, its_mentions in old.items():
        held = Counter(holder[mention] for mention in its_mentions if mention in holder)
        if held:
            found[id] = min(held, key=lambda new: (-held[new], new))
    return found


def _replace_entries(connection: Connection, new: Relinked) -> None:
    query = select(entries.c.id, entries.c.number, entries.c.digest)
    stored = {row.id: row for row in connection.execute(query)}
    free = max((row.number for row in stored.values()), default=0) + 1
    vanished = sorted(stored.keys() - new.keys.keys())
    old = {id: _mentions_of(connection, id) for id in vanished}
    _delete_entries(connection, [stored[id].number for id in vanished])
    for made in _batches(new.made):
        values = {entry.id: rows.to_json(entry) for entry in made}
        changed = [e for e in made if e.id not in stored or stored[e.id].digest != rows.digest(values[e.id])]
        _delete_entries(connection, [stored[entry.id].number for entry in changed if entry.id in stored])
        _insert_entries(connection, dict(enumerate(changed, start=free)), values)
        free += len(changed)
        made_of = [{"this": entry.id, "key": new.keys[entry.id]} for entry in made]
        known = update(entries).where(entries.c.id == bindparam("this")).values(made_of=bindparam("key"))
        connection.execute(known, made_of)
    holder = {mention: id for id, held in new.mentions.items() for mention in held}
    _redirect(connection, successors(old, holder))


def _batches(found: Iterable[T]) -> Iterator[list[T]]:
    left = iter(found)
    while batch := list(islice(left, BATCH)):
        yield batch


def _mark_linked(connection: Connection, now: Mapping[str, str]) -> None:
    """Keeps the traces that the linkage was made of, by page and key, and forgets all others."""
    there = connection.execute(select(traces.c.page, traces.c.key)).all()
    others = [{"this": page, "made_of": key} for page, key in there if now.get(page) != key]
    if others:
        these = (traces.c.page == bindparam("this")) & (traces.c.key == bindparam("made_of"))
        connection.execute(delete(traces).where(these), others)
    connection.execute(update(traces).where(traces.c.linked == 0).values(linked=1))


def replace_parties(connection: Connection, records: Iterable[PartyRecord]) -> None:
    """Makes the stored parties these; must run inside one transaction."""
    wanted = {record.id: rows.party_row(record) for record in records}
    stored = {row.id: row.value for row in connection.execute(select(parties.c.id, parties.c.value))}
    gone = [{"gone": id} for id in stored if id not in wanted or wanted[id]["value"] != stored[id]]
    changed = [row for id, row in wanted.items() if stored.get(id) != row["value"]]
    if gone:
        connection.execute(delete(parties).where(parties.c.id == bindparam("gone")), gone)
    if changed:
        connection.execute(insert(parties), changed)


def _delete_entries(connection: Connection, numbers: list[int]) -> None:
    if not numbers:
        return
    gone = [{"gone": number} for number in numbers]
    connection.execute(delete(entry_text).where(entry_text.c.rowid == bindparam("gone")), gone)
    for table in (participants, mentions):
        connection.execute(delete(table).where(table.c.entry == bindparam("gone")), gone)
    connection.execute(delete(entries).where(entries.c.number == bindparam("gone")), gone)


def _insert_entries(connection: Connection, batch: Mapping[int, Entry], values: Mapping[str, str]) -> None:
    """Inserts entries under their numbers; `values` holds their JSON by id."""
    if not batch:
        return
    numbered = batch.items()
    connection.execute(insert(entries), [rows.entry_row(entry, number, values[entry.id]) for number, entry in numbered])
    texts = [{"rowid": number, "words": rows.entry_words(entry)} for number, entry in numbered]
    connection.execute(insert(entry_text), texts)
    for table, row_of in ((participants, rows.participant_rows), (mentions, rows.mention_rows)):
        found = [row for number, entry in numbered for row in row_of(entry, number)]
        if found:
            connection.execute(insert(table), found)


def _redirect(connection: Connection, followed: Mapping[str, str]) -> None:
    """Records by which entries others were followed, and leads older redirects on to there."""
    for id, successor in followed.items():
        connection.execute(update(redirects).where(redirects.c.new == id).values(new=successor))
        connection.execute(delete(redirects).where(redirects.c.old == id))
        connection.execute(insert(redirects), {"old": id, "new": successor})
    # An id that came back stands for itself again.
    connection.execute(delete(redirects).where(redirects.c.old.in_(select(entries.c.id))))


def _mentions_of(connection: Connection, id: str) -> list[str]:
    query = select(mentions.c.mention).join(entries, entries.c.number == mentions.c.entry).where(entries.c.id == id)
    return list(connection.execute(query).scalars())


def _replace_copies(connection: Connection, new: Copies) -> None:
    _replace_keyed(connection, copies, ("page", "of"), new.pairs(), lambda pair: new.get(*pair))


def _replace_stories(connection: Connection, new: tuple[Story, ...]) -> None:
    wanted = {(story.id,): story for story in new}
    _replace_keyed(connection, stories, ("id",), wanted, wanted.get)


def _replace_blocks(connection: Connection, new: Mapping[str, msgspec.Struct]) -> None:
    _replace_keyed(connection, blocks, ("id",), ((id,) for id in new), lambda key: new.get(*key))


def _replace_keyed(
    connection: Connection,
    table: Table,
    key: tuple[str, ...],
    wanted: Iterable[K],
    value_of: Callable[[K], msgspec.Struct | None],
) -> None:
    """Makes the rows of a table of keys and values those wanted; what has no value is not wanted.

    Few of the values are in memory.
    """
    kept: set[K] = set()
    gone = []
    for row in connection.execute(select(*(table.c[k] for k in key), table.c.value)):
        id: K = tuple(row[:-1])  # type: ignore[assignment]
        value = value_of(id)
        if value is not None and rows.to_json(value) == row[-1]:
            kept.add(id)
        else:
            gone.append({f"gone_{name}": part for name, part in zip(key, id, strict=True)})
    if gone:
        this = and_(*(table.c[name] == bindparam(f"gone_{name}") for name in key))
        connection.execute(delete(table).where(this), gone)
    for batch in _batches(id for id in wanted if id not in kept):
        fresh = [dict(zip((*key, "value"), (*id, rows.to_json(value_of(id))), strict=True)) for id in batch]
        connection.execute(insert(table), fresh)
