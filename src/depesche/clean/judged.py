"""What a line of a page was judged to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from depesche.clean.lines import Line
from depesche.model.page import Block, Role
from depesche.model.reason import Reason
from depesche.model.text import Span


class Judged(msgspec.Struct, frozen=True):
    """A line with its role. `joins` says that it runs on from the kept line before it."""

    line: Line
    role: Role
    kept: bool
    reason: Reason
    joins: bool = False

    def block(self) -> Block:
        """The line as the article records it."""
        return Block(self.line.number, Span(self.line.start, self.line.end), self.role, self.kept, self.reason)


@lru_cache(maxsize=512)
def _reason(rule: str, note: str = "") -> Reason:
    """The same few reasons are those of all lines."""
    return Reason(rule, note)


def keep(line: Line, role: Role, rule: str, joins: bool = False) -> Judged:
    """A line of the article."""
    return Judged(line, role, True, _reason(rule), joins)


def drop(line: Line, role: Role, rule: str, note: str = "") -> Judged:
    """A line that is no part of the article."""
    return Judged(line, role, False, _reason(rule, note))


def blocks_of(judged: Iterable[Judged]) -> tuple[Block, ...]:
    """All lines as blocks, in the order of the page."""
    return tuple(one.block() for one in sorted(judged, key=lambda one: one.line.number))


def kept_of(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The lines of the article, in order."""
    return tuple(one for one in judged if one.kept)
