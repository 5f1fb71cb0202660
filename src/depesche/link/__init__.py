"""The pile seen as one: from settled Readings to copies, stories and entries.

    Readings ─┬─ find_copies ────▶ copies ──────────────┐
              ├─ find_stories ───▶ stories              ├─▶ origins
              └─ tell ─▶ tellings ─ group_tellings ─▶ groups ─▶ fields, title, history, differences ─▶ relations

A set function: neither order nor number of workers leaves a trace.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from types import MappingProxyType

import msgspec

from depesche.link.copies import find_copies
from depesche.link.decided import UNDECIDED, Decided, attach
from depesche.link.differences import compare_counts, find_differences
from depesche.link.entries import Group, group_tellings
from depesche.link.features import Likeness
from depesche.link.fields import settle_fields
from depesche.link.history import tell_history
from depesche.link.origins import copied_pairs, tell_sources
from depesche.link.relations import Draft, relate
from depesche.link.stories import StoryText, find_stories
from depesche.link.tellings import Telling, tell
from depesche.link.titles import word_title
from depesche.model.days import Days, iso
from depesche.model.linkage import Difference, Entry, Linkage, Mention, Relation
from depesche.model.reading import Reading
from depesche.model.reason import Reason
from depesche.packs.linking import LinkRules

__all__ = ["Decided", "attach", "find_copies", "find_stories", "link"]

NO_MEANINGS: Mapping[str, bytes] = MappingProxyType({})
REASONS = 20  # joints of an entry that are shown
MOST_PARTIES = 8  # parties of a count by which others are looked up
SIBLINGS = 20  # counts shown beside each other


def link(
    readings: Sequence[Reading],
    rules: LinkRules,
    decided: Decided = UNDECIDED,
    meanings: Mapping[str, bytes] = NO_MEANINGS,
) -> Linkage:
    """Copies, stories and entries of the pile, sorted by id, as people `decided` where they did.

    `meanings` are vectors by page, all of one model; stories do without those that are missing.
    """
    with _uncollected():
        return _link(readings, rules, decided, meanings)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage in cycles: linking makes none, and of a large pile looking took a fifth."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _link(readings: Sequence[Reading], rules: LinkRules, decided: Decided, meanings: Mapping[str, bytes]) -> Linkage:
    pages = [reading for _, reading in sorted({reading.page: reading for reading in readings}.items())]
    copies = find_copies([(reading.page, reading.text) for reading in pages], rules.copies)
    stories = find_stories([_story_text(reading, meanings) for reading in pages], rules.stories)
    groups = group_tellings(tell(map(decided.kept, pages), rules), rules, decided)
    drafts = [Draft(_entry_id(group), settle_fields(group.tellings, rules), group.tellings) for group in groups]
    relations, counts = relate(drafts, rules), _counts(drafts)
    pairs = copied_pairs(copies)
    entries = [
        _entry(draft, group, pairs, relations[draft.id], counts.get(draft.id), rules)
        for draft, group in zip(drafts, groups, strict=True)
    ]
    entries = [_with_decisions(entry, decided) for entry in entries]
    return Linkage(copies, stories, tuple(sorted(entries, key=lambda entry: entry.id)))


def _with_decisions(entry: Entry, decided: Decided) -> Entry:
    """The entry with what people decided about it among its reasons, before those of linking."""
    told = decided.reasons_of(mention.event.id for mention in entry.mentions)
    return msgspec.structs.replace(entry, reasons=(*told, *entry.reasons)) if told else entry


def _entry(
    draft: Draft,
    group: Group,
    copies: frozenset[tuple[str, str]],
    relations: tuple[Relation, ...],
    count: Difference | None,
    rules: LinkRules,
) -> Entry:
    fields = draft.fields
    sources = tell_sources(draft.tellings, copies)
    differences = find_differences(draft.tellings, fields.mode, rules)
    return Entry(
        id=draft.id,
        title=word_title(fields, _kind(draft), rules.titles),
        type=fields.type,
        status=fields.status,
        mode=fields.mode,
        days=fields.days,
        precision=fields.precision,
        place=fields.place,
        participants=fields.participants,
        sources=sources,
        origins=len({source.origin for source in sources}),
        mentions=tuple(_mention(telling) for telling in sorted(draft.tellings, key=Telling.order)),
        history=tell_history(draft.tellings, rules),
        relations=relations,
        differences=(*differences, count) if count else differences,
        reasons=_reasons(group),
    )


def _entry_id(group: Group) -> str:
    """Of the least mention id: "m-3f2a" gives "e-3f2a" (decision 0002)."""
    return "e-" + group.tellings[0].id.removeprefix("m-")


def _kind(draft: Draft) -> str:
    if draft.invitation:
        return "invitation"
    return "count" if draft.aggregate else "event"


def _mention(telling: Telling) -> Mention:
    dateline = telling.dateline
    return Mention(
        page=telling.page,
        doc=telling.reading.doc,
        event=telling.event,
        evidence=tuple(telling.words(span) for span in telling.event.evidence),
        sentences=telling.sentences(),
        published=iso(dateline.published),
        earliest=iso(dateline.earliest),
        latest=iso(dateline.latest),
        trigger=telling.words(telling.event.trigger),
        time_text=telling.words(telling.event.time_words) if telling.event.time_words else None,
    )


def _reasons(group: Group) -> tuple[Reason, ...]:
    """Why the mentions are one: a line for each joint, its features in the note; the strongest first."""
    notes = sorted((-joint.score, _note(joint)) for joint in group.joints)
    return tuple(Reason("link.joint", note, score=-score) for score, note in notes[:REASONS])


def _note(joint: Likeness) -> str:
    return "; ".join(f"{r.rule.removeprefix('link.')} {r.note} ({r.score})" for r in joint.reasons)


def _counts(drafts: Sequence[Draft]) -> dict[str, Difference]:
    """Counts of what the same two did ("39 Mal", "drei Mal"), each shown beside the others."""
    alike: dict[tuple[str, tuple[str, ...]], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.aggregate:
            for pair in combinations(sorted(draft.states())[:MOST_PARTIES], 2):
                alike[draft.fields.type, pair].append(draft)
    shown: dict[str, Difference] = {}
    for _, siblings in sorted(alike.items(), key=lambda item: item[0]):
        told = [telling for draft in siblings[:SIBLINGS] for telling in draft.tellings]
        difference = compare_counts(told)
        if difference:
            shown = dict.fromkeys((draft.id for draft in siblings), difference) | shown
    return shown


def _story_text(reading: Reading, meanings: Mapping[str, bytes]) -> StoryText:
    days = Days(reading.dateline.earliest, reading.dateline.latest)
    return StoryText(reading.page, reading.title or "", reading.text, days, meanings.get(reading.page, b""))
