"""What a person who uses a store has decided about its parties: two are one, or one is two."""

from __future__ import annotations

import msgspec


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
