"""An entry from its group: fields, title, sources, history, differences, and why its mentions are one.

What an entry is made of can be told by a key without making it, so one that stays as it is need not be made again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, combinations

import msgspec

from depesche.link.decided import Decided
from depesche.link.differences import compare_counts, find_differences
from depesche.link.entries import Group, Groups
from depesche.link.features import Likeness
from depesche.link.fields import settle_fields
from depesche.link.history import tell_history
from depesche.link.origins import tell_sources
from depesche.link.relations import Draft, relate
from depesche.link.tellings import Telling, worded
from depesche.link.titles import word_title
from depesche.model.days import iso
from depesche.model.linkage import Copies, Entry, Mention, Relation
from depesche.model.reading import Reading
from depesche.model.reason import Reason
from depesche.packs.linking import LinkRules

REASONS = 20  # joints of an entry that are shown
MOST_PARTIES = 8  # parties of a count by which others are looked up
SIBLINGS = 20  # counts shown beside each other


class Plan(msgspec.Struct, frozen=True):
    """An entry before it is worded: with its relations, the copies among its pages, and what was decided about it.

    `counts` are groups of counts, itself among them: the first that differ are shown beside each other.
    """

    draft: Draft
    group: Group
    relations: tuple[Relation, ...]
    counts: tuple[tuple[Telling, ...], ...]
    copies: frozenset[tuple[str, str]]
    decided: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """The identity of the entry."""
        return self.draft.id

    def key(self, keys: Mapping[str, str]) -> str:
        """A digest of all that the entry is made of; `keys` are those of pages."""
        told = chain(self.draft.tellings, *self.counts)
        made_of = (
            [(keys[telling.page], telling.id) for telling in told],
            self.group.block.pairs,
            self.group.ruling,
            self.relations,
            sorted(self.copies),
            self.decided,
        )
        return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()[:32]


def plan_entries(groups: Sequence[Group], copies: Copies, rules: LinkRules, decided: Decided) -> list[Plan]:
    """The entries of all groups, by their least mention."""
    drafts = [Draft(_entry_id(group), settle_fields(group.tellings, rules), group.tellings) for group in groups]
    relations, counts = relate(drafts, rules), _counts(drafts)
    return [
        Plan(
            draft,
            group,
            relations[draft.id],
            counts.get(draft.id, ()),
            copies.among(draft.pages),
            decided.reasons_of(telling.id for telling in sorted(draft.tellings, key=Telling.order)),
        )
        for draft, group in zip(drafts, groups, strict=True)
    ]


def make_entries(
    plans: Sequence[Plan], groups: Groups, page_of: Callable[[str], Reading], rules: LinkRules
) -> Iterator[Entry]:
    """The planned entries, those of the same time one after the other, so that few pages are looked up twice."""
    for plan in sorted(plans, key=lambda plan: (*min(map(Telling.order, plan.draft.tellings)), plan.id)):
        yield _entry(plan, groups.joints(plan.group), page_of, rules)


def _entry(plan: Plan, joints: Sequence[Likeness], page_of: Callable[[str], Reading], rules: LinkRules) -> Entry:
    draft, fields = plan.draft, plan.draft.fields
    tellings = [worded(telling, page_of(telling.page)) for telling in draft.tellings]
    sources = tell_sources(tellings, plan.copies)
    differences = find_differences(tellings, fields.mode, rules)
    counts = ([worded(telling, page_of(telling.page)) for telling in told] for told in plan.counts)
    count = next((difference for told in counts if (difference := compare_counts(told))), None)
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
        mentions=tuple(_mention(telling) for telling in sorted(tellings, key=Telling.order)),
        history=tell_history(tellings, rules),
        relations=plan.relations,
        differences=(*differences, count) if count else differences,
        reasons=(*plan.decided, *_reasons(joints)),
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


def _reasons(joints: Sequence[Likeness]) -> tuple[Reason, ...]:
    """Why the mentions are one: a line for each joint, its features in the note; the strongest first."""
    notes = sorted((-joint.score, _note(joint)) for joint in joints)
    return tuple(Reason("link.joint", note, score=-score) for score, note in notes[:REASONS])


def _note(joint: Likeness) -> str:
    return "; ".join(f"{r.rule.removeprefix('link.')} {r.note} ({r.score})" for r in joint.reasons)


def _counts(drafts: Sequence[Draft]) -> dict[str, tuple[tuple[Telling, ...], ...]]:
    """For counts of what the same two did ("39 Mal", "drei Mal") the others, a group for each two, in order."""
    alike: dict[tuple[str, tuple[str, ...]], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.aggregate:
            for pair in combinations(sorted(draft.states())[:MOST_PARTIES], 2):
                alike[draft.fields.type, pair].append(draft)
    beside: dict[str, tuple[tuple[Telling, ...], ...]] = defaultdict(tuple)
    for _, siblings in sorted(alike.items(), key=lambda item: item[0]):
        told = tuple(telling for draft in siblings[:SIBLINGS] for telling in draft.tellings)
        for draft in siblings:
            beside[draft.id] += (told,)
    return beside
