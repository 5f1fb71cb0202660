"""An entry in the codes of PLOVER and CAMEO, or the reason why it has none there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from depesche.export.moves import certain
from depesche.model.linkage import Entry
from depesche.model.reading import Status
from depesche.packs.files import read_toml
from depesche.packs.ontology import Ontology, load_ontology

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""In the order of GDELT's QuadClass, from 1."""

_UNDERTAKINGS = {"AGREE", "CONCEDE"}
"""Types whose plans are undertakings themselves, and so keep their root."""


class Schemes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `plover.toml` holds."""

    modes: dict[str, tuple[str, ...]]
    renamed: dict[str, str]
    contexts: dict[str, str]
    planned: dict[str, str]
    sectors: dict[str, str]


class Coded(msgspec.Struct, frozen=True):
    """An entry in both schemes. `quad` counts from 1; `score` is PLOVER's conflict–cooperation score."""

    day: date
    root: str
    mode: str
    context: str
    cameo: str
    score: float
    quad: int


class Uncoded(msgspec.Struct, frozen=True):
    """Why an entry has no row in the event tables."""

    why: str


@cache
def schemes() -> Schemes:
    """The names and codes of the other schemes."""
    return read_toml(Path(__file__).with_name("plover.toml"), Schemes)


@cache
def _ontology() -> Ontology:
    return load_ontology()


def coded(entry: Entry) -> Coded | Uncoded:
    """The codes of an entry. A planned one is coded by PLOVER's rule: as AGREE or CONCEDE, not as what is planned."""
    ontology = _ontology()
    planned = entry.status is Status.PLANNED
    root = ontology.plover(entry.type, planned)
    if root is None:
        return Uncoded(f"{entry.type} has no counterpart in PLOVER")
    if entry.status not in {Status.OCCURRED, Status.PLANNED}:
        return Uncoded(f"{entry.status.value}: it did not happen, and a row would say that it did")
    if planned and root == entry.type and root not in _UNDERTAKINGS:
        return Uncoded(f"planned {entry.type}: PLOVER codes plans of cooperation only, and a row would say it happened")
    if entry.days.first is None or not certain(entry.precision):
        range_known = "only a range of days is" if entry.days.known else "no day is"
        return Uncoded(f"{range_known} known, and a row needs one day")
    mode = None if planned else entry.mode
    code = (schemes().planned.get(entry.type) if planned else None) or ontology.cameo(entry.type, mode) or ""
    return Coded(
        day=entry.days.first,
        root=root,
        mode=_mode(root, mode),
        context=schemes().contexts.get(entry.mode or "", ""),
        cameo=code,
        score=ontology.score(root, None if planned else mode),
        quad=QUADS.index(ontology.quad(root)) + 1,
    )


def _mode(root: str, mode: str | None) -> str:
    named: Mapping[str, str] = schemes().renamed
    word = named.get(mode or "", mode or "")
    return word if word in schemes().modes.get(root, ()) else ""
