"""What kinds of event there are: modes, families, the roles they need, and their codes for export."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from depesche.errors import PackError
from depesche.packs.files import DATA, read_toml

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict", "none"]
Role = Literal["actors", "recipients"]


class Mode(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a mode of a type differs from it: a closer CAMEO code, its own score, another family, done elsewhere."""

    cameo: str | None = None
    score: float | None = None
    family: str | None = None
    on_the_ground: bool | None = None


class EventType(Struct, frozen=True, forbid_unknown_fields=True):
    """A type of event. `plover` and `cameo` are None where those schemes have no such type."""

    says: str
    family: str
    needs: tuple[Role, ...]
    score: float
    quad: Quad
    modes: dict[str, Mode] = {}
    open_roles: bool = False
    on_the_ground: bool = False
    plover: str | None = None
    plover_planned: str | None = None
    cameo: str | None = None


class Ontology(Struct, frozen=True):
    """All types of event, in the order of the file."""

    types: dict[str, EventType]

    def knows(self, type: str, mode: str | None = None) -> bool:
        """Whether there is such a type and, where a mode is given, whether the type has it."""
        return type in self.types and (mode is None or mode in self.types[type].modes)

    def family(self, type: str, mode: str | None = None) -> str:
        """The family of a type and mode: only mentions of one family may tell of the same happening."""
        return self._mode(type, mode).family or self.types[type].family

    def on_the_ground(self) -> frozenset[tuple[str, str | None]]:
        """The types, with their modes and without one, that are done with bodies and things, so at some place."""
        told: dict[tuple[str, str | None], bool] = {
            (name, None): kind.on_the_ground for name, kind in self.types.items()
        }
        for name, kind in self.types.items():
            for mode, its in kind.modes.items():
                told[name, mode] = kind.on_the_ground if its.on_the_ground is None else its.on_the_ground
        return frozenset(key for key, there in told.items() if there)

    def plover(self, type: str, planned: bool = False) -> str | None:
        """The PLOVER root; that of a planned event differs for what is not yet cooperation."""
        kind = self.types[type]
        return (kind.plover_planned if planned else None) or kind.plover

    def cameo(self, type: str, mode: str | None = None) -> str | None:
        """The closest CAMEO code."""
        return self._mode(type, mode).cameo or self.types[type].cameo

    def score(self, type: str, mode: str | None = None) -> float:
        """PLOVER's conflict–cooperation score, -10 to 10."""
        own = self._mode(type, mode).score
        return self.types[type].score if own is None else own

    def quad(self, type: str) -> Quad:
        """The quad class: cooperation or conflict, in words or in deeds."""
        return self.types[type].quad

    def _mode(self, type: str, mode: str | None) -> Mode:
        return self.types[type].modes.get(mode, Mode()) if mode else Mode()


def load_ontology(root: Path = DATA) -> Ontology:
    """The types of event, from `ontology/events.toml`."""
    path = root / "ontology" / "events.toml"
    ontology = Ontology(read_toml(path, dict[str, EventType]))
    for name, kind in ontology.types.items():
        for planned in (kind.plover_planned,):
            if planned and planned not in ontology.types:
                allowed = ", ".join(ontology.types)
                raise PackError(f"ontology/events.toml: {name}.plover_planned is {planned!r}, not one of {allowed}")
    return ontology
