"""The languages of the interface: words from `words/*.toml`, days, numbers and countries by CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from babel import Locale
from babel.dates import format_date, format_interval
from babel.numbers import format_decimal

from depesche.export.countries import codes
from depesche.model.days import Days, month_of
from depesche.packs.files import read_toml

WORDS = Path(__file__).with_name("words")
LANGUAGES = ("de", "en")

Words = Mapping[str, Mapping[str, str | list[str]]]


class Tongue(msgspec.Struct, frozen=True):
    """One language of the interface."""

    code: str
    words: Words
    countries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words under "section.name"; of two forms the one for `n`. KeyError where there are none."""
        section, _, name = key.partition(".")
        found = self.words[section][name]
        if isinstance(found, list):
            found = found[0] if values.get("n") == 1 else found[1]
        told = {key: self.number(value) if isinstance(value, int) else value for key, value in values.items()}
        return found.format(**told)

    def named(self, section: str, value: str) -> str:
        """What a value of a list that may grow is called; the value itself where there is no word for it."""
        found = self.words[section].get(value, value)
        return found if isinstance(found, str) else found[0]

    def number(self, value: int) -> str:
        """A whole number."""
        return str(format_decimal(value, locale=self.code))

    def country(self, code: str | None) -> str:
        """The name of a country by its code of three letters; the code where CLDR has no name for it."""
        return self.countries.get(code or "", code or "")

    def day(self, day: date) -> str:
        """One day."""
        return format_date(day, "long", locale=self.code)

    def month(self, day: date) -> str:
        """The month of a day."""
        return format_date(day, "LLLL y", locale=self.code)

    def days(self, days: Days) -> str:
        """One day, a month, a year, a range, an open one, or that no day is known."""
        match days:
            case Days(first=None, last=None):
                return self("days.none")
            case Days(first=date() as first, last=None):
                return self("days.since", day=self.day(first))
            case Days(first=None, last=date() as last):
                return self("days.until", day=self.day(last))
            case Days(first=date() as first, last=date() as last):
                return self._closed(first, last)
        return ""

    def _closed(self, first: date, last: date) -> str:
        if first == last:
            return self.day(first)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        if Days(first, last) == month_of(first.year, first.month):
            return self.month(first)
        return str(format_interval(first, last, "yMMMd", locale=self.code))

    def published(self, day: str | date | None, earliest: str | date | None, latest: str | date | None) -> str:
        """When a page appeared: its day, its range, or that it is not known."""
        if day:
            return self.day(_date(day))
        if not earliest and not latest:
            return self("days.undated")
        return self.days(Days(_date(earliest) if earliest else None, _date(latest) if latest else None))


def _date(told: str | date) -> date:
    return told if isinstance(told, date) else date.fromisoformat(told)


@cache
def tongue(code: str) -> Tongue:
    """The language of that code."""
    territories = Locale.parse(code).territories
    names = {one.alpha3: territories[one.alpha2] for one in codes().values() if one.alpha2 in territories}
    return Tongue(code, read_toml(WORDS / f"{code}.toml", dict[str, dict[str, str | list[str]]]), names)
