"""How pages say where their text comes from: wire services, material worked in, translations."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import msgspec

from depesche.errors import PackError
from depesche.model.page import CreditKind
from depesche.packs.files import DATA, read_toml
from depesche.packs.needed import needed


class CreditRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of credit as its file words it; the group `who` of the pattern is the name in it."""

    id: str
    kind: CreditKind
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    credit: tuple[CreditRule, ...]


class CreditCue(msgspec.Struct, frozen=True):
    """A credit rule made into a pattern; `needs` finds what every match holds in small letters, where that is known."""

    rule: CreditRule
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None

    def find(self, line: str, low: str) -> re.Match[str] | None:
        """Where the rule finds a credit in a line; `low` is the line in small letters."""
        if self.needs is not None and self.needs.search(low) is None:
            return None
        return self.pattern.search(line)


@lru_cache(maxsize=1)
def load_credits(path: Path = DATA / "credits.toml") -> tuple[CreditCue, ...]:
    """The rules of `credits.toml` in their order; PackError where a pattern is wrong."""
    cues = []
    for rule in read_toml(path, _File).credit:
        try:
            cues.append(CreditCue(rule, re.compile(rule.pattern, re.IGNORECASE), needed(rule.pattern)))
        except re.error as error:
            raise PackError(f"{path.name}: {rule.id}: {error} in {rule.pattern!r}") from error
    return tuple(cues)
