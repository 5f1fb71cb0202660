"""What a person who uses a store has decided: that two parties or entries are one, or one is two, or none at all."""

from __future__ import annotations

import msgspec

from depesche.model.text import Span


class Merge(msgspec.Struct, frozen=True, omit_defaults=True, tag="merge"):
    """That `other` is the party `party`, whose name and country stand for both."""

    party: str
    other: str
    name: str
    country: str | None = None


class Split(msgspec.Struct, frozen=True, omit_defaults=True, tag="split"):
    """That on some pages `party` is somebody else, known there as `other`, with that name.

    The pages are those of `pages` (ids), and those that write the name as `spelling`.
    """

    party: str
    other: str
    name: str
    pages: tuple[str, ...] = ()
    spelling: str = ""


Decision = Merge | Split


# --- about entries


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mention that a decision is about, by its identity and by the words that find it again after a new reading.

    `span` and `words` are the passage in the article's text.
    """

    page: str
    doc: str
    mention: str
    type: str
    span: Span
    words: str
    invitation: bool = False
    aggregate: bool = False


class _OnEntries(msgspec.Struct, frozen=True, omit_defaults=True):
    """Marks in sides: what each of them is, the kinds of decision say. `when` is an ISO time, UTC."""

    sides: tuple[tuple[Mark, ...], ...]
    who: str
    when: str
    why: str = ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of all sides."""
        return tuple(mark for side in self.sides for mark in side)


class MergeEntries(_OnEntries, frozen=True, tag="merge-entries"):
    """That several entries, a side each, are one event."""


class SplitEntry(_OnEntries, frozen=True, tag="split-entry"):
    """That the mentions of the first side tell another event than those of the second."""


class RejectEntry(_OnEntries, frozen=True, tag="reject-entry"):
    """That the mentions of the only side tell no event: they are left out of the chronicle."""


class ConfirmEntry(_OnEntries, frozen=True, tag="confirm-entry"):
    """That the mentions of the only side are one event, as a person has checked."""


EntryDecision = MergeEntries | SplitEntry | RejectEntry | ConfirmEntry
AnyDecision = Decision | EntryDecision
