"""The pile of a store linked anew: what pages teach each other, the pages settled by it, and what they imply.

    Readings ──gather──▶ Facts ──settle──▶ settled Readings ─┬─trace──▶ Traces ──link──▶ Linkage ──▶ store
                                                             └──▶ parties ──▶ store

Readings are taken from the store as they are needed, so that few are in memory. What the last linking kept is used as
far as it holds: a page that says what it said has its trace, mentions that hang together as before are not compared
again, and an entry that is made of what it was made of stays where it is.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TypeVar

import msgspec

from depesche.errors import StoreError
from depesche.gather import gather
from depesche.gather.parties import PartyBook
from depesche.intake import Progress, Version
from depesche.link import (
    Before,
    Block,
    Linked,
    Seen,
    Trace,
    TraceMentions,
    Tracer,
    TraceWords,
    attach,
    link_traces,
    uncollected,
)
from depesche.meanings import fitting_meanings
from depesche.model.decisions import AnyDecision, Decision, EntryDecision
from depesche.model.linkage import Copies, Relinked
from depesche.model.meaning import PageMeaning
from depesche.model.reading import Reading
from depesche.model.reason import stamped
from depesche.packs.load import Packs
from depesche.settle import Settler
from depesche.store import KeptTrace, View, Writer

T = TypeVar("T")

AT_HAND = 128
"""Settled readings kept in memory while entries are worded: those of one time follow each other."""

BATCH = 200
"""Traces written at a time."""

QUICK = 1
"""How hard traces are compressed: they are read far more often than they save room."""


def link_anew(writer: Writer, packs: Packs, version: Version, progress: Progress) -> bool:
    """Links the pile where its linkage no longer fits; says whether it did."""
    decisions, meanings = writer.decisions(), list(writer.meanings())
    key = _key(writer, version, decisions, meanings)
    if writer.linked_key() == key:
        return False
    _forget_others(writer, _form(packs))
    with writer.view() as view, uncollected():
        progress.linking(view.counts().pages)
        pile = _Pile(view, packs, decisions)
        book = PartyBook(pile.facts)
        was, now = view.kept().linked_traces(), _traced(pile, view, writer, packs, book)
        with writer.view() as traced:
            before = _before(traced, was, now)
            words = (_unpacked(kept, _Words).words for kept in _current(traced, now))
            mentions = (_unpacked(kept, _Mentions).mentions for kept in _current(traced, now))
            seen = Seen(words, mentions, fitting_meanings(meanings, pile))
            linked = link_traces(seen, pile.page, pile.text, packs.linking, pile.decided, before)
        writer.put_relinked(_told(linked, now, packs.version), key, book.records())
    return True


def _key(writer: Writer, version: Version, decisions: Sequence[AnyDecision], meanings: Sequence[PageMeaning]) -> str:
    """A digest of all that a linkage depends on."""
    parts = (writer.readings_key(), version.package, version.knowledge, *map(repr, decisions))
    parts += tuple(f"{one.page} {one.model} {one.digest}" for one in meanings)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _form(packs: Packs) -> str:
    """What can read the traces: this version, with this shape of them."""
    shape = msgspec.json.encode(msgspec.json.schema(Trace))
    return f"{packs.version} {hashlib.sha256(shape).hexdigest()[:8]}"


def _forget_others(writer: Writer, form: str) -> None:
    """Forgets what a linking of another version has kept."""
    with writer.view() as view:
        known = view.kept().version()
    if known != form:
        writer.forget_traces(form)


class _Pile:
    """The readings of a store, original and settled.

    What was said plays no part in linking. What people rejected as no event teaches nothing about days either.
    """

    def __init__(self, view: View, packs: Packs, decisions: Sequence[AnyDecision]) -> None:
        self._view = view
        self.decided = attach([one for one in decisions if isinstance(one, EntryDecision)], view.readings())
        names = [one for one in decisions if isinstance(one, Decision)]
        self.facts = gather(self, packs.parties.spellings, names)
        self._settler = Settler(self.facts)
        self.page = lru_cache(AT_HAND)(self._page)
        """The settled reading of a page by its id, with what entries are worded from: text, sentences, events."""

    def __iter__(self) -> Iterator[Reading]:
        """The original readings, by page."""
        return map(self._original, self._view.readings())

    def settled(self) -> Iterator[Reading]:
        """The settled readings, by page."""
        return map(self._settler.settle, self)

    def text(self, id: str) -> str:
        """The text of a page."""
        return _there(id, self._view.text(id))

    def _page(self, id: str) -> Reading:
        settled = self._settler.settle(self._original(_there(id, self._view.reading(id))))
        return msgspec.structs.replace(settled, times=(), parties=())

    def _original(self, reading: Reading) -> Reading:
        return self.decided.kept(msgspec.structs.replace(reading, quotes=()))


def _there(page: str, found: T | None) -> T:
    if found is None:
        raise StoreError(f"page {page} went while it was linked; build again")
    return found


def _traced(pile: _Pile, view: View, writer: Writer, packs: Packs, book: PartyBook) -> dict[str, str]:
    """The key of every page's trace; traces that are not kept yet are made and kept, parties told to the book."""
    known = view.kept().linked_traces()
    keys: dict[str, str] = {}
    tracer = Tracer(packs.linking)

    def fresh() -> Iterator[KeptTrace]:
        for reading in pile.settled():
            book.add(reading)
            keys[reading.page] = key = hashlib.sha256(msgspec.json.encode(reading)).hexdigest()[:32]
            if known.get(reading.page) != key:
                yield _packed(tracer.trace(reading, key))

    found = fresh()
    while batch := list(islice(found, BATCH)):
        writer.put_traces(batch)
    return keys


def _packed(trace: Trace) -> KeptTrace:
    value = zlib.compress(msgspec.msgpack.encode(trace, order="deterministic"), QUICK)
    return KeptTrace(trace.words.page, trace.mentions.key, value)


class _Words(msgspec.Struct, frozen=True):
    """Of a trace the words."""

    words: TraceWords


class _Mentions(msgspec.Struct, frozen=True):
    """Of a trace the mentions."""

    mentions: TraceMentions


def _current(view: View, keys: Mapping[str, str]) -> Iterator[KeptTrace]:
    """The traces of these keys, by page."""
    return (kept for kept in view.kept().traces() if keys.get(kept.page) == kept.key)


def _unpacked(kept: KeptTrace, shape: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(zlib.decompress(kept.value), type=shape)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"what linking kept of page {kept.page} is damaged; build into a new store") from error


def _before(view: View, was: Mapping[str, str], now: Mapping[str, str]) -> Before:
    """What the last linking left, of pages that had these traces then and have those now."""
    kept = view.kept()
    gone = {page for page, key in was.items() if now.get(page) != key}
    return Before(
        pages=frozenset(was.keys() - gone),
        gone=tuple(_unpacked(one, Trace) for one in kept.traces() if one.page in gone and was[one.page] == one.key),
        copies=Copies(view.copies() if was else ()),
        blocks=tuple(msgspec.json.decode(value, type=Block) for value in kept.blocks().values()),
        entries=kept.made_of(),
    )


def _told(linked: Linked, traces: Mapping[str, str], version: str) -> Relinked:
    """The linkage as it is stored, with the version in every reason."""
    linked.copies.stamp(version)
    return Relinked(
        linked.copies,
        linked.stories,
        linked.keys,
        linked.mentions,
        (stamped(entry, version) for entry in linked.made),
        {block.id: block for block in linked.blocks},
        traces,
    )
