"""Whom a speaker's words mean: the party they name, not one that only stands among them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence

from depesche.model.parse import Parse
from depesche.model.reading import Party
from depesche.model.text import Span
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_cues import source_noun
from depesche.read.quote_phrases import head_of

Run = tuple[int, int]


def resolve(parse: Parse, span: Span, parties: Sequence[Party], rules: QuoteRules) -> Party | None:
    """The party that a speaker's words name: the one that covers them best, at equal cover the first."""
    run = _words(parse, span)
    near = [party for party in parties if party.span.meets(span) and _named(parse, run, party, rules)]

    def closeness(party: Party) -> tuple[int, int, int]:
        shared = min(party.end, span.end) - max(party.start, span.start)
        whole = max(party.end, span.end) - min(party.start, span.start)
        return (100 * shared // whole, -party.start, -party.end)

    return max(near, key=closeness, default=None)


def parted(text: str, span: Span, parties: Sequence[Party]) -> Span:
    """The speaker's words up to a second party that follows the first without a word between ("Meyer China")."""
    inside = sorted((party for party in parties if span.holds(party.span)), key=lambda p: (p.start, -p.end))
    for first, second in itertools.pairwise(inside):
        touching = first.end < second.start and not text[first.end : second.start].strip()
        if touching and first.start == span.start and first.id != second.id:
            return Span(span.start, first.end)
    return span


def _words(parse: Parse, span: Span) -> Run:
    first = bisect_left(parse.words, span.start, key=lambda word: word.start)
    return first, max(bisect_left(parse.words, span.end, key=lambda word: word.start), first + 1)


def _named(parse: Parse, run: Run, party: Party, rules: QuoteRules) -> bool:
    """Whether a party is what the phrase is about: its head, a name or apposition beside it, or whose word it is."""
    head = head_of(parse, run)
    first, last = _words(parse, party.span)
    if first <= head < last or source_noun(parse, run, rules):
        return True
    if last <= head:
        return first == run[0]
    between = range(head + 1, min(first, len(parse.words)))
    beside = all(parse.words[i].tag.startswith("N") for i in between)
    return beside or parse.words[first - 1].tag == "$,"
