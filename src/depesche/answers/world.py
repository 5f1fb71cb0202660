"""In which countries the chosen entries are set, and how friendly what occurred there was."""

from __future__ import annotations

from collections import Counter

import msgspec

from depesche.answers.browse import Asked, chosen
from depesche.answers.catalogue import Catalogue
from depesche.answers.dossier import Score, scores
from depesche.answers.overview import Strip, strip
from depesche.store import View


class CountryLine(msgspec.Struct, frozen=True):
    """A country (ISO code of three letters) with its entries; friendly and hostile ones are those that occurred."""

    country: str
    entries: int
    cooperation: int
    conflict: int


class World(msgspec.Struct, frozen=True):
    """Countries by number of entries; `elsewhere` counts the chosen entries whose country is not told."""

    asked: Asked
    total: int
    elsewhere: int
    countries: tuple[CountryLine, ...]
    strip: Strip


def world(view: View, all: Catalogue, asked: Asked, score: Score) -> World:
    """The countries of the entries that are asked for."""
    places = chosen(view, all, asked)
    entries: Counter[str] = Counter()
    friendly: Counter[str] = Counter()
    hostile: Counter[str] = Counter()
    for at, rate in zip(places, scores(all, places, score), strict=True):
        if country := all.countries[at]:
            entries[country] += 1
            friendly[country] += rate > 0
            hostile[country] += rate < 0
    ordered = sorted(entries, key=lambda country: (-entries[country], country))
    lines = tuple(CountryLine(one, entries[one], friendly[one], hostile[one]) for one in ordered)
    return World(asked, len(places), len(places) - entries.total(), lines, strip(all, places))
