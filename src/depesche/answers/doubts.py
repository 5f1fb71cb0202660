"""What a person should look at: links that barely held, entries that lack a day or a party, sources that conflict."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec
import numpy as np

from depesche.answers.browse import Row, row_of
from depesche.answers.catalogue import SURE, Catalogue, Mask, Positions
from depesche.answers.decisions import Standing, decisions
from depesche.model.decisions import ConfirmEntry
from depesche.model.linkage import Entry, Mention
from depesche.model.reason import Reason
from depesche.store import View

BARELY = 10
"""Points of a link up to which it is doubtful: it holds from 8 on."""

LONGEST = 700
"""Characters of sentences that are shown whole."""

SHOWN = 25
"""Doubts on a page."""


class Kind(StrEnum):
    """Why an entry is doubtful, the most doubtful first."""

    LINK = "link"
    CONFLICT = "conflict"
    PARTIES = "parties"
    DAY = "day"


class Doubt(msgspec.Struct, frozen=True):
    """An entry to be looked at: why, what is told of it, and by which reason it hangs together if that is weak."""

    kind: Kind
    row: Row
    told: tuple[str, ...]
    reason: Reason | None


class DoubtList(msgspec.Struct, frozen=True):
    """Doubtful entries that nobody has confirmed, a page of them; decisions that need another look come along."""

    kind: Kind
    counts: dict[Kind, int]
    doubts: tuple[Doubt, ...]
    next: int | None
    lost: tuple[Standing, ...]
    decided: tuple[Standing, ...]


def doubts(view: View, all: Catalogue, kind: Kind = Kind.LINK, start: int = 0) -> DoubtList:
    """The entries that are doubtful in that way, from that place of the list on."""
    taken = decisions(view)
    open_still = _unconfirmed(all, taken)
    found = {one: _places(all, one, open_still) for one in Kind}
    places = found[kind]
    shown = view.numbered([int(number) for number in all.numbers[places[start : start + SHOWN]]])
    return DoubtList(
        kind=kind,
        counts={one: len(some) for one, some in found.items()},
        doubts=tuple(_doubt(kind, entry) for entry in shown),
        next=start + SHOWN if start + SHOWN < len(places) else None,
        lost=tuple(one for one in taken if one.lost),
        decided=taken,
    )


def _unconfirmed(all: Catalogue, taken: tuple[Standing, ...]) -> Mask:
    confirmed = {id for one in taken if isinstance(one.decision, ConfirmEntry) for id in one.entries}
    return np.array([id not in confirmed for id in all.ids], np.bool_)


def _places(all: Catalogue, kind: Kind, open_still: Mask) -> Positions:
    match kind:
        case Kind.LINK:
            weak = np.flatnonzero((all.weakest <= BARELY) & open_still)
            return weak[np.argsort(all.weakest[weak], kind="stable")].astype(np.int32)
        case Kind.CONFLICT:
            mask = all.disputed
        case Kind.PARTIES:
            mask = np.ones(len(all), np.bool_)
            mask[all.parties.flat] = False
        case Kind.DAY:
            mask = ~all.dated
    return np.flatnonzero(mask & open_still).astype(np.int32)


def _doubt(kind: Kind, entry: Entry) -> Doubt:
    scored = [reason for reason in entry.reasons if reason.score is not None]
    weakest = min(scored, key=lambda reason: (reason.score or SURE, reason.note), default=None)
    told = tuple(dict.fromkeys(words for mention in entry.mentions for words in _sentences(mention)))
    return Doubt(kind, row_of(entry), told[:6], weakest if kind is Kind.LINK else None)


def _sentences(mention: Mention) -> Iterator[str]:
    """What the page says, in whole sentences; the evidence where they are too long to be read at a glance."""
    whole = " ".join(told.text for told in mention.sentences)
    words = whole if 0 < len(whole) <= LONGEST else " […] ".join(mention.evidence)
    if words:
        yield words
