"""Codes of states in other schemes (`countries.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from depesche.packs.files import read_tsv


class Codes(msgspec.Struct, frozen=True):
    """A state by its German name, and in ISO 3166-1, Correlates of War, FIPS 10-4 and CAMEO.

    A code is "" where the scheme has none.
    """

    alpha3: str
    name: str
    alpha2: str
    cow: str
    fips: str
    cameo: str


@cache
def codes() -> Mapping[str, Codes]:
    """The codes by ISO code of three letters."""
    rows = read_tsv(Path(__file__).with_name("countries.tsv"), Codes.__struct_fields__)
    return {row["alpha3"]: Codes(**row) for row in rows}
