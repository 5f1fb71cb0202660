"""Pairs of quotation marks, German, Swiss, English and plain, wherever they stand and however they fail to close."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from depesche.model.text import Span

DOUBLE = '„“”«»"‟＂'
SINGLE = "‚‘‹›"
OPEN_ONLY = "„‟‚"
LONGEST = 4000
"""Marks further apart than this belong to two quotations, or one was forgotten."""

_LEFT = ' \t\n\r\u00a0\u202f([{–—-/:…„“”«»"‚‘‹›'
_RIGHT = ' \t\n\r\u00a0\u202f)]}–—-/:….,;!?„“”«»"‚‘’‹›'


class Marked(msgspec.Struct, frozen=True, order=True):
    """A passage with its marks; `closed` is false where the closing mark is missing."""

    start: int
    end: int
    closed: bool = True
    inner: bool = False

    @property
    def span(self) -> Span:
        """The passage with its marks."""
        return Span(self.start, self.end)


def find_marked(text: str) -> tuple[Marked, ...]:
    """Every passage in quotation marks, outer ones before those inside them, in the order of the text."""
    return tuple(sorted((*_pairs(text, DOUBLE), *_pairs(text, SINGLE, inner=True)), key=lambda m: (m.start, -m.end)))


def _pairs(text: str, family: str, inner: bool = False) -> Iterator[Marked]:
    """One level of marks of a family. A mark that opens while one is open starts anew unless it carries on."""
    opened = -1
    for at, mark in _marks(text, family):
        if opened >= 0 and at - opened > LONGEST:
            yield from _left_open(text, opened, inner)
            opened = -1
        if opened < 0:
            opened = at if _can_open(text, at) else -1
        elif _closes(text, at, mark):
            if at > opened + 1:
                yield Marked(opened, at + 1, True, inner)
            opened = -1
        elif not _carries_on(text, at):
            yield from _left_open(text, opened, inner)
            opened = at
    if opened >= 0:
        yield from _left_open(text, opened, inner)


def _marks(text: str, family: str) -> Iterator[tuple[int, str]]:
    return ((at, char) for at, char in enumerate(text) if char in family)


def _can_open(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and (text[at] in OPEN_ONLY or at == 0 or text[at - 1] in _LEFT)


def _closes(text: str, at: int, mark: str) -> bool:
    """Whether a mark ends what is open: by its shape, else by the characters beside it."""
    if mark in OPEN_ONLY:
        return False
    before, after = text[at - 1], text[at + 1 : at + 2]
    if not after or after in _RIGHT:
        return not before.isspace() or not after or after.isspace()
    return not (before in _LEFT and after.isalnum())


def _carries_on(text: str, at: int) -> bool:
    """Whether a mark that opens at the start of a paragraph repeats the one still open."""
    return text[max(0, at - 9) : at].rstrip(" \t\u00a0")[-1:] == "\n"


def _left_open(text: str, opened: int, inner: bool) -> Iterator[Marked]:
    """What a mark without partner holds: up to the end of its paragraph; nothing for single marks."""
    if inner:
        return
    end = text.find("\n", opened, opened + LONGEST)
    end = end if end >= 0 else min(len(text), opened + LONGEST)
    passage = text[opened:end].rstrip()
    if len(passage) > 1:
        yield Marked(opened, opened + len(passage), False, inner)
