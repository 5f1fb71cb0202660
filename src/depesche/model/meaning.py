"""What a page is about, as a vector."""

from __future__ import annotations

import msgspec


class PageMeaning(msgspec.Struct, frozen=True):
    """The vector of a page: signed bytes, made by `model` of words that have this `digest`."""

    page: str
    model: str
    digest: str
    vector: bytes
