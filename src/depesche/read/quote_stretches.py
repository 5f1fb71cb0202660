"""Stretches of text that share their frames: a sentence, or several that a marked passage ties together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from depesche.model.parse import Parse
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_clauses import SEPARATORS, Block, Stretch, pieces_of
from depesche.read.quote_marks import Marked

LONGEST_STRETCH = 900
"""Words: sentences are not tied together beyond this, however many marks they hold."""


def cut_stretches(parse: Parse, marked: Sequence[Marked], rules: QuoteRules) -> tuple[Stretch, ...]:
    """The text as stretches, in order."""
    blocks = _blocks(parse, marked)
    found: list[Stretch] = []
    end_of_last = 0
    for first, last in _joined(parse, blocks):
        start = bisect_left(blocks, first, key=lambda block: block.first)
        own = blocks[start : bisect_left(blocks, last, key=lambda block: block.first)]
        pieces = tuple(pieces_of(parse, rules, (first, last), own))
        fresh = "\n" in parse.text[end_of_last : parse.words[first].start] or not found
        found.append(Stretch(first, last, pieces, own, fresh))
        end_of_last = parse.words[last - 1].end
    return tuple(found)


def _blocks(parse: Parse, marked: Sequence[Marked]) -> tuple[Block, ...]:
    """Outermost marked passages as runs of words."""
    found: list[Block] = []
    at = 0
    for passage in marked:
        if found and passage.start < found[-1].span.end:
            continue
        while at < len(parse.words) and parse.words[at].end <= passage.start:
            at += 1
        last = at
        while last < len(parse.words) and parse.words[last].start < passage.end:
            last += 1
        if last > at:
            found.append(Block(at, last, passage.span))
            at = last
    return tuple(found)


def _joined(parse: Parse, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Word ranges of sentences, joined where a marked passage runs over their border or a frame follows it."""
    inside = {i for block in blocks for i in range(block.first + 1, block.last)}
    closing = {block.last for block in blocks}
    opening = {block.first for block in blocks}
    first, last = -1, -1
    for sentence in parse.sentences:
        if sentence.last <= sentence.first:
            continue
        tied = sentence.first in inside or (sentence.first in closing and _goes_on(parse, sentence.first))
        tied = tied or (sentence.first in opening and first >= 0 and parse.word(last - 1) == ":")
        tied = tied and sentence.last - first <= LONGEST_STRETCH
        if first >= 0 and not tied:
            yield first, last
            first = -1
        first = sentence.first if first < 0 else first
        last = sentence.last
    if first >= 0:
        yield first, last


def _goes_on(parse: Parse, i: int) -> bool:
    form = parse.word(i)
    return form in SEPARATORS or form[:1].islower()
