"""Words of a language that tell on what day a page was published."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from depesche.packs.files import DATA, read_toml


class Stems(msgspec.Struct, frozen=True):
    """A list of words in which a trailing "*" stands for further letters."""

    exact: frozenset[str]
    starts: tuple[str, ...]

    def hold(self, word: str) -> bool:
        """Whether a word in small letters is on the list."""
        return word in self.exact or word.startswith(self.starts)


class DatingRules(msgspec.Struct, frozen=True):
    """Cue words for dating, and the pattern of a day in a header."""

    months: dict[str, int]
    named_day: re.Pattern[str]
    month_first: re.Pattern[str]
    updated: Stems
    published: Stems
    unreal: Stems
    planned: Stems
    after: Stems
    ahead: Stems
    towards: Stems
    since: Stems
    coming: Stems
    ahead_modals: Stems
    past_modals: Stems
    perfect: Stems
    nominative: Stems
    night: Stems
    landmark: Stems
    awaited: Stems
    anniversary: Stems
    still: Stems
    former: Stems
    named_days: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    months: dict[str, int]
    updated: tuple[str, ...]
    published: tuple[str, ...]
    unreal: tuple[str, ...]
    planned: tuple[str, ...]
    after: tuple[str, ...]
    ahead: tuple[str, ...]
    towards: tuple[str, ...]
    since: tuple[str, ...]
    coming: tuple[str, ...]
    ahead_modals: tuple[str, ...]
    past_modals: tuple[str, ...]
    perfect: tuple[str, ...]
    nominative: tuple[str, ...]
    night: tuple[str, ...]
    landmark: tuple[str, ...]
    awaited: tuple[str, ...]
    anniversary: tuple[str, ...]
    still: tuple[str, ...]
    former: tuple[str, ...]
    named_days: frozenset[str]


def load_dating(language: str, root: Path = DATA / "languages") -> DatingRules:
    """The language's `dating.toml`; raises PackError that names file and key where it is wrong."""
    file = read_toml(root / language / "dating.toml", _File)
    return DatingRules(
        months=file.months,
        named_day=_named_day(file.months),
        month_first=_month_first(file.months),
        updated=stems(file.updated),
        published=stems(file.published),
        unreal=stems(file.unreal),
        planned=stems(file.planned),
        after=stems(file.after),
        ahead=stems(file.ahead),
        coming=stems(file.coming),
        ahead_modals=stems(file.ahead_modals),
        past_modals=stems(file.past_modals),
        perfect=stems(file.perfect),
        nominative=stems(file.nominative),
        night=stems(file.night),
        landmark=stems(file.landmark),
        awaited=stems(file.awaited),
        since=stems(file.since),
        towards=stems(file.towards),
        anniversary=stems(file.anniversary),
        still=stems(file.still),
        former=stems(file.former),
        named_days=file.named_days,
    )


def stems(words: tuple[str, ...]) -> Stems:
    """The list ready to be asked."""
    starts = tuple(sorted(word[:-1] for word in words if word.endswith("*")))
    return Stems(frozenset(word for word in words if not word.endswith("*")), starts)


def _month_first(months: dict[str, int]) -> re.Pattern[str]:
    """ "Mai 14, 2024", as English software prints it."""
    return re.compile(rf"\b(?P<month>{_names(months)})\.?\s(?P<day>\d{{1,2}}),\s(?P<year>\d{{4}})\b", re.I)


def _names(months: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, months), key=lambda name: (-len(name), name)))


def _named_day(months: dict[str, int]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\d)(?:(?P<day>\d{{1,2}})\.?\s{{0,2}})?(?P<month>{_names(months)})\b\.?(?:,?\s{{0,2}}(?P<year>\d{{4}})\b)?",
        re.I,
    )
