"""The pile seen as one: from settled Readings to copies, stories and entries.

    Reading ──trace──▶ Trace, one a page, which can be kept
    Traces ─┬─ CopyPile ───────▶ copies ────────────────────┐
            ├─ StoryPile ──────▶ stories                    ├─▶ plans ─▶ entries, worded from their Readings
            └─ tellings ─ pairs ─▶ blocks ─▶ groups ────────┘

A set function: neither order nor number of workers leaves a trace. What an earlier linking found (`Before`) saves work
and changes nothing: mentions are compared, blocks grouped and entries made only where something is new.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

import msgspec

from depesche.link.copies import CopyPile, KnownCopies, find_copies
from depesche.link.decided import UNDECIDED, Decided, attach
from depesche.link.entries import Block, Groups, Known
from depesche.link.making import make_entries, plan_entries
from depesche.link.stories import StoryPile, find_stories
from depesche.link.tellings import Telling
from depesche.link.traces import Common, Trace, TraceMentions, Tracer, TraceWords
from depesche.model.linkage import Copies, Entry, Linkage, Story
from depesche.model.reading import Reading
from depesche.packs.linking import LinkRules

__all__ = [
    "Before",
    "Block",
    "Decided",
    "Linked",
    "Seen",
    "Trace",
    "TraceMentions",
    "TraceWords",
    "Tracer",
    "attach",
    "find_copies",
    "find_stories",
    "link",
    "link_traces",
]

NO_MEANINGS: Mapping[str, bytes] = MappingProxyType({})


class Before(msgspec.Struct, frozen=True):
    """What an earlier linking by the same rules left.

    `pages` are those whose trace is still the same, `gone` traces of then that are so no longer, `copies` and `blocks`
    those that `Linked` gave, `entries` the keys of entries by id.
    """

    pages: frozenset[str] = frozenset()
    gone: tuple[Trace, ...] = ()
    copies: Copies = msgspec.field(default_factory=Copies)
    blocks: tuple[Block, ...] = ()
    entries: Mapping[str, str] = MappingProxyType({})


class Linked(msgspec.Struct, frozen=True):
    """A linkage as it is to be stored.

    `keys` has for every entry the key of what it is made of, `mentions` what it holds; `made` are the entries whose key
    is not that of before, each made when it is taken. `blocks` are for the next linking.
    """

    copies: Copies
    stories: tuple[Story, ...]
    blocks: tuple[Block, ...]
    keys: Mapping[str, str]
    mentions: Mapping[str, tuple[str, ...]]
    made: Iterator[Entry]


def link(
    readings: Sequence[Reading],
    rules: LinkRules,
    decided: Decided = UNDECIDED,
    meanings: Mapping[str, bytes] = NO_MEANINGS,
) -> Linkage:
    """Copies, stories and entries of the pile, sorted by id, as people `decided` where they did.

    `meanings` are vectors by page, all of one model; stories do without those that are missing.
    """
    pages, tracer = {reading.page: decided.kept(reading) for reading in readings}, Tracer(rules)
    with uncollected():
        traces = [tracer.trace(reading) for _, reading in sorted(pages.items())]
        seen = Seen((trace.words for trace in traces), (trace.mentions for trace in traces), meanings)
        linked = link_traces(seen, pages.__getitem__, lambda page: pages[page].text, rules, decided)
        entries = tuple(sorted(linked.made, key=lambda entry: entry.id))
    return Linkage(tuple(linked.copies), linked.stories, entries)


class Seen(msgspec.Struct, frozen=True):
    """A pile as linking sees it, a page after the other: the parts of their traces, and vectors by page."""

    words: Iterable[TraceWords]
    mentions: Iterable[TraceMentions]
    meanings: Mapping[str, bytes] = NO_MEANINGS


def link_traces(
    seen: Seen,
    page_of: Callable[[str], Reading],
    text_of: Callable[[str], str],
    rules: LinkRules,
    decided: Decided = UNDECIDED,
    before: Before = Before(),
) -> Linked:
    """The same from traces.

    `page_of` gives text, sentences and events of the settled reading that a trace was made of, `text_of` only its text.
    """
    copies, stories = _of_words(seen, text_of, rules, before)
    common, keys = Common(), dict[str, str]()
    tellings: list[Telling] = []
    for page in seen.mentions:
        keys[page.page.page] = page.key
        tellings += common.tellings(page)
    groups = Groups(tellings, rules, decided, _known(tellings, before))
    plans = plan_entries(groups.groups(), copies, rules, decided)
    made_of = {plan.id: plan.key(keys) for plan in plans}
    fresh = [plan for plan in plans if before.entries.get(plan.id) != made_of[plan.id]]
    return Linked(
        copies,
        stories,
        groups.storable(),
        made_of,
        {plan.id: tuple(telling.id for telling in plan.draft.tellings) for plan in plans},
        make_entries(fresh, groups, page_of, rules),
    )


def _of_words(
    seen: Seen, text_of: Callable[[str], str], rules: LinkRules, before: Before
) -> tuple[Copies, tuple[Story, ...]]:
    """Copies and stories."""
    copies, stories = CopyPile(rules.copies), StoryPile(rules.stories)
    for page in seen.words:
        copies.add(page.page, page.words())
        stories.add(page.page, page.counts, page.days, seen.meanings.get(page.page, b""))
    known = KnownCopies(before.pages, tuple(trace.words.words() for trace in before.gone), before.copies)
    return copies.copies(text_of, known), stories.stories()


def _known(tellings: Iterable[Telling], before: Before) -> Known:
    same = frozenset(telling.id for telling in tellings if telling.page in before.pages)
    return Known.of(before.blocks, same, (telling for trace in before.gone for telling in trace.mentions.tellings()))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage in cycles: linking makes none, and of a large pile looking took a fifth."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
