"""Outlets and wire services: whose page it is, and whose copy it reprints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from depesche.errors import PackError
from depesche.packs.files import DATA, read_toml


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An outlet: its hosts, the house that owns it, its language and its local time.

    `names` are other spellings of `name` as sidecars and page heads have them.
    """

    name: str
    house: str
    language: str
    zone: str
    hosts: tuple[str, ...]
    names: tuple[str, ...] = ()


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wire service: the marks it signs with ("dpa-AFX"), its full names, its own hosts.

    `marks` are matched as they are written, since many are words in other spelling ("sid", "AP").
    """

    name: str
    marks: tuple[str, ...]
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


class _OutletFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outlet: tuple[Outlet, ...] = ()


class _AgencyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    agency: tuple[Agency, ...]


class Outlets(msgspec.Struct, frozen=True):
    """All outlets by host and by name, all wire services by mark."""

    hosts: Mapping[str, Outlet]
    names: Mapping[str, Outlet]
    agencies: Mapping[str, Agency]

    def by_url(self, url: str | None) -> Outlet | None:
        """The outlet that serves the address; subdomains belong to their domain."""
        parts = _host(url).split(".")
        for i in range(len(parts) - 1):
            found = self.hosts.get(".".join(parts[i:]))
            if found:
                return found
        return None

    def by_name(self, name: str | None) -> Outlet | None:
        """The outlet of that name, whatever the capitals; an address of it does as well."""
        key = _key(name or "")
        return self.names.get(key) or self.hosts.get(key.removeprefix("www."))

    def agency_of(self, mark: str) -> str | None:
        """The wire service that a mark such as "dpa/lby" or "Reuters" names; the first of several."""
        for part in [mark.strip(), *re.split(r"[/,;+&]| und | and |-(?=[A-Z])", mark[:200])]:
            found = self.agencies.get(part.strip(" .-©()"))
            if found:
                return found.name
        return None


@lru_cache(maxsize=1)
def load_outlets(folder: Path = DATA / "outlets") -> Outlets:
    """All files of the folder; a host or a mark that stands twice is a PackError."""
    hosts: dict[str, Outlet] = {}
    names: dict[str, Outlet] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == "agencies.toml":
            continue
        for outlet in read_toml(path, _OutletFile).outlet:
            for host in outlet.hosts:
                _once(hosts, host, outlet, path)
            for name in (outlet.name, *outlet.names):
                _once(names, _key(name), outlet, path)
    return Outlets(hosts, names, _agencies(folder / "agencies.toml"))


def _agencies(path: Path) -> dict[str, Agency]:
    marks: dict[str, Agency] = {}
    for agency in read_toml(path, _AgencyFile).agency:
        for mark in dict.fromkeys((*agency.marks, *agency.names)):
            if mark in marks:
                raise PackError(f"{path.name}: the mark {mark!r} stands twice")
            marks[mark] = agency
    return marks


def _once(index: dict[str, Outlet], key: str, outlet: Outlet, path: Path) -> None:
    if index.get(key, outlet) is not outlet:
        raise PackError(f"{path.name}: {key!r} belongs to {index[key].name} and to {outlet.name}")
    index[key] = outlet


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _host(url: str | None) -> str:
    if not url:
        return ""
    try:
        return (urlsplit(url if "//" in url else f"//{url}").hostname or "").removesuffix(".")
    except ValueError:  # brackets that hold no address
        return ""
