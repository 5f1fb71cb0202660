"""How live blogs and tickers are named, and how their entries are stamped."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from depesche.errors import PackError
from depesche.packs.dating import Stems, stems
from depesche.packs.files import DATA, read_toml

FILE = "live.toml"


class LiveFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `live.toml`, with its examples."""

    names: tuple[str, ...]
    clock: str
    day: str
    line: str
    front: str
    head: str
    yes_line: tuple[str, ...]
    no_line: tuple[str, ...]
    yes_front: tuple[str, ...]
    no_front: tuple[str, ...]
    yes_head: tuple[str, ...]
    no_head: tuple[str, ...]


class LiveRules(msgspec.Struct, frozen=True):
    """Patterns of stamps, all for a line from its beginning; see the file for their groups."""

    names: Stems
    line: re.Pattern[str]
    front: re.Pattern[str]
    head: re.Pattern[str]


def read_live() -> LiveFile:
    """The file with its examples."""
    return read_toml(DATA / "languages" / FILE, LiveFile)


@cache
def load_live() -> LiveRules:
    """The rules; raises PackError where a pattern is wrong."""
    file = read_live()
    later = re.sub(r"\?P<(\w+)>", r"?P<\g<1>2>", file.day)

    def compiled(pattern: str) -> re.Pattern[str]:
        whole = pattern.replace("{clock}", file.clock).replace("{day2}", later).replace("{day}", file.day)
        try:
            return re.compile(whole, re.IGNORECASE)
        except re.error as error:
            raise PackError(f"{FILE}: {error} in {pattern!r}") from error

    return LiveRules(stems(file.names), compiled(file.line), compiled(file.front), compiled(file.head))
