"""One name in several romanisations: reads `data/parties/spellings.toml` and compares names by it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from pathlib import Path

import msgspec

from depesche.packs.files import DATA, read_toml

MOST = 64
"""Skeletons of a word that are looked at: an odd word of many readings is compared by the first of them."""

INITIAL = re.compile(r"[^\W\d_]\.?")


class Script(msgspec.Struct, frozen=True, dict=True):
    """Rules by which names of some countries are romanised, with pairs that are and are not one name."""

    name: str
    countries: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    yes: tuple[tuple[str, str], ...]
    no: tuple[tuple[str, str], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All rules as one pattern; the group that fitted tells the rule."""
        return re.compile("|".join(f"({letters})" for letters, _ in self.rules))

    def skeletons(self, word: str) -> frozenset[str]:
        """What is left of a word when its romanisation is taken off: several where letters can mean several sounds."""
        parts: list[tuple[str, ...]] = []
        at, small = 0, word.casefold()
        for match in self.pattern.finditer(small):
            parts.append((_bare(small[at : match.start()]),))
            parts.append(tuple(self.rules[(match.lastindex or 1) - 1][1].split("|")))
            at = match.end()
        parts.append((_bare(small[at:]),))
        found = zip(range(MOST), product(*parts), strict=False)
        return frozenset(re.sub(r"(.)\1+", r"\1", "".join(one)) for _, one in found)


class Given(msgspec.Struct, frozen=True):
    """Given names that are one in different languages of the same script."""

    names: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    script: tuple[Script, ...]
    given: tuple[Given, ...]


class Spellings(msgspec.Struct, frozen=True, dict=True):
    """What is known of how names are romanised."""

    scripts: tuple[Script, ...]
    given: tuple[Given, ...]

    @cached_property
    def _groups(self) -> dict[str, set[int]]:
        groups: dict[str, set[int]] = {}
        for i, group in enumerate(self.given):
            for name in group.names:
                groups.setdefault(_bare(name.casefold()), set()).add(i)
        return groups

    def of(self, country: str | None) -> Script | None:
        """The script of a country's names; None where names are taken over as they are."""
        return next((script for script in self.scripts if country in script.countries), None)

    def same_person(self, one: Sequence[str], other: Sequence[str], country: str | None) -> bool:
        """Whether two full names, as given names and family name last, can be one person of a country.

        The family names must have a skeleton in common, and the first given names too, or be one name in two
        languages; one of them may be an initial. Further given names may be left out.
        """
        script = self.of(country)
        if script is None or len(one) < 2 or len(other) < 2:
            return False
        if not script.skeletons(one[-1]) & script.skeletons(other[-1]):
            return False
        return self._given_agree(one[0], other[0], script)

    def _given_agree(self, one: str, other: str, script: Script) -> bool:
        if INITIAL.fullmatch(one) or INITIAL.fullmatch(other):
            return bool({key[:1] for key in script.skeletons(one)} & {key[:1] for key in script.skeletons(other)})
        if script.skeletons(one) & script.skeletons(other):
            return True
        a, b = (self._groups.get(_bare(name.casefold()), set()) for name in (one, other))
        return bool(a & b)


def load_spellings(root: Path = DATA / "parties") -> Spellings:
    """The file `spellings.toml`; PackError names file and key where it is wrong."""
    told = read_toml(root / "spellings.toml", _File)
    return Spellings(told.script, told.given)


def parts_of(name: str, surname_first: bool) -> tuple[str, ...]:
    """Given names and family name last: "Kim Jong Un" and "Kim Jong-un" both give Jongun and Kim."""
    words = name.split()
    if surname_first and len(words) > 1:
        return ("".join(words[1:]).replace("-", ""), words[0])
    return tuple(_of_family(words))


def _of_family(words: Sequence[str]) -> Iterator[str]:
    """The words of a name; the article of an Arabic family name is no part of it."""
    for i, word in enumerate(words):
        yield re.sub(r"^(?:al|el|as|asch|at|ad|ar|an|az)-(?=[^\W\d_])", "", word, flags=re.IGNORECASE) if i else word


def _bare(text: str) -> str:
    """Without marks on letters and hyphens."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c) and c != "-")
