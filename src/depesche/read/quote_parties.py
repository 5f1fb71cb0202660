"""Whom a speaker's words mean: the party they name, not one that only stands among them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence

from depesche.model.parse import Parse
from depesche.model.reading import Party, PartyKind
from depesche.model.text import Span
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_cues import source_noun
from depesche.read.quote_phrases import head_of

Run = tuple[int, int]
BODIES = frozenset({PartyKind.MINISTRY, PartyKind.GOVERNMENT, PartyKind.IGO, PartyKind.ORG, PartyKind.MEDIA})
SHORTEST_PART = 3  # letters of a compound's first part
LONGEST_MENTION = 400
"""Characters of a party's mention; one that starts further back is not looked for."""


def parties_near(span: Span, parties: Sequence[Party]) -> list[Party]:
    """Of parties in the order of the text, those that share a character with the span."""
    first = bisect_left(parties, span.start - LONGEST_MENTION, key=lambda party: party.start)
    last = bisect_left(parties, span.end, key=lambda party: party.start)
    return [party for party in parties[first:last] if party.span.meets(span)]


def resolve(parse: Parse, span: Span, parties: Sequence[Party], rules: QuoteRules) -> Party | None:
    """The party that a speaker's words name: the one that covers them best, at equal cover the first."""
    run = _words(parse, span)
    near = [party for party in parties_near(span, parties) if _named(parse, run, party, rules)]

    def closeness(party: Party) -> tuple[int, int, int]:
        shared = min(party.end, span.end) - max(party.start, span.start)
        whole = max(party.end, span.end) - min(party.start, span.start)
        return (100 * shared // whole, -party.start, -party.end)

    return max(near, key=closeness, default=None)


def body_of(parse: Parse, span: Span, parties: Sequence[Party], rules: QuoteRules) -> Party | None:
    """The body that a spokesperson speaks for: one told in the speaker's words, or one that the compound is made of.

    "ein Sprecher des Außenministeriums", "Regierungssprecher" where the page tells of just one government.
    """
    forms = [parse.word(i).lower() for i in range(*_words(parse, span))]
    spoken = next((form for form in forms if form.endswith(rules.speakers.spokespersons)), None)
    if spoken is None:
        return None
    inside = [party for party in parties_near(span, parties) if span.holds(party.span) and party.kind in BODIES]
    if inside:
        return inside[0]
    ending = max((end for end in rules.speakers.spokespersons if spoken.endswith(end)), key=len)
    part = spoken.removesuffix(ending).rstrip("s-")
    if len(part) < SHORTEST_PART:
        return None
    named = [p for p in parties if p.kind in BODIES and p.span.of(parse.text).lower().endswith(part)]
    return named[0] if len({party.id for party in named}) == 1 else None


def parted(parse: Parse, span: Span, parties: Sequence[Party]) -> Span:
    """The speaker's words up to a second name that follows a known surname without a word between ("Meyer China")."""
    inside = sorted(
        (party for party in parties_near(span, parties) if span.holds(party.span)), key=lambda p: (p.start, -p.end)
    )
    for first, second in itertools.pairwise(inside):
        touching = first.end < second.start and not parse.text[first.end : second.start].strip()
        surname = first.kind == PartyKind.PERSON and " " in first.name and first.start == span.start
        if touching and surname and first.id != second.id and _bare(parse, first) and _bare(parse, second):
            return Span(span.start, first.end)
    return span


def _bare(parse: Parse, party: Party) -> bool:
    """Whether a mention is a name of one word, without article or office."""
    first, last = _words(parse, party.span)
    return last - first == 1 and parse.words[first].tag.startswith("N")


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
