"""What HTML pages call things: keys of meta elements, marks of elements, the wording of bylines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from depesche.errors import PackError
from depesche.packs.credits import CreditCue, load_credits
from depesche.packs.files import DATA, read_toml, read_tsv
from depesche.packs.needed import any_of, needed_words


class MetaKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keys of meta elements for each field, those believed first ahead. `dated` are days that may be of a change."""

    title: tuple[str, ...]
    authors: tuple[str, ...]
    published: tuple[str, ...]
    dated: tuple[str, ...]
    modified: tuple[str, ...]
    section: tuple[str, ...]
    outlet: tuple[str, ...]
    description: tuple[str, ...]
    tier: tuple[str, ...]


class Tiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page's tier is called where everybody may read it, and where not."""

    free: tuple[str, ...]
    locked: tuple[str, ...]


class Clocks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Time zones (names of the IANA data base) by the ending of a host and by language."""

    hosts: Mapping[str, str]
    languages: Mapping[str, str]


class MarkRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of mark as its file words it."""

    id: str
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class BylineWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What opens a byline, what ends its names, what stands between them, and what is no author; in small letters.

    `signs` stand before a name in a line that may say other things as well. A line that begins with one of `instead`
    names nobody.
    """

    opens: tuple[str, ...]
    ends: tuple[str, ...]
    parts: tuple[str, ...]
    signs: tuple[str, ...]
    instead: tuple[str, ...]
    nobody: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meta: MetaKeys
    tier: Tiers
    byline: BylineWords
    clock: Clocks
    mark: tuple[MarkRule, ...]


class Heads(msgspec.Struct, frozen=True, eq=False):
    """How the heads of pages are worded; `marks` are patterns by the kind of mark. They equal themselves alone.

    `credits` are the wordings of credits, `first_names` those of people. `telling` finds in a word what a mark of some
    kind of element needs: most words of marks are none.
    """

    meta: MetaKeys
    tier: Tiers
    byline: BylineWords
    clock: Clocks
    first_names: frozenset[str]
    credits: tuple[CreditCue, ...]
    rules: tuple[MarkRule, ...]
    marks: Mapping[str, re.Pattern[str]]
    telling: re.Pattern[str]

    def is_marked(self, kind: str, marks: str) -> bool:
        """Whether the marks of an element, in small letters, name it as of that kind."""
        return self.marks[kind].search(marks) is not None

    def kinds_of(self, word: str) -> frozenset[str]:
        """The kinds as which one word of an element's marks, in small letters, names it."""
        if self.telling.search(word) is None:
            return frozenset()
        return frozenset(kind for kind in KINDS if self.is_marked(kind, word))


def _first_names(path: Path = DATA / "parties" / "first_names.tsv") -> frozenset[str]:
    return frozenset(row["name"] for row in read_tsv(path, COLUMNS))


COLUMNS = ("name", "gender", "source")
POSTED = "posted"
"""The kind of mark that is searched in lines of text."""
KINDS = ("author", "no-author", "elsewhere", "headline", "kicker", "published", "updated", "dated")


@lru_cache(maxsize=1)
def load_heads(path: Path = DATA / "heads.toml") -> Heads:
    """The file `heads.toml`; PackError where a pattern is wrong or a kind of mark is missing."""
    file = read_toml(path, _File)
    marks: dict[str, re.Pattern[str]] = {}
    for rule in file.mark:
        try:
            marks[rule.id] = re.compile(rule.pattern)
        except re.error as error:
            raise PackError(f"{path.name}: {rule.id}: {error} in {rule.pattern!r}") from error
    missing = [kind for kind in (*KINDS, POSTED) if kind not in marks]
    if missing:
        raise PackError(f"{path.name}: no mark {', '.join(missing)}")
    return Heads(
        meta=file.meta,
        tier=file.tier,
        byline=file.byline,
        clock=file.clock,
        first_names=_first_names(),
        credits=load_credits(),
        rules=file.mark,
        marks=marks,
        telling=_telling([marks[kind].pattern for kind in KINDS]),
    )


def _telling(patterns: Sequence[str]) -> re.Pattern[str]:
    """Finds what one of the patterns needs; anything where one of them needs no certain word."""
    needs = [needed_words(pattern) for pattern in patterns]
    return re.compile("" if None in needs else any_of(frozenset().union(*filter(None, needs))))
