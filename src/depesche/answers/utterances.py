"""Quotations of many pages as utterances: the same words of one speaker are one, with all who print them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product

import msgspec

from depesche.answers.alike import LEAST_CUT, Differs, Words, difference, same_matter, same_words, stems
from depesche.link.origins import origin_numbers
from depesche.link.words import words_of
from depesche.model.days import Days, one_day
from depesche.model.reading import QuoteType
from depesche.model.text import Span
from depesche.store.rows import digest, fold

CLOSE = 3
"""Days between pages that may tell of one utterance in different words, or in very few."""

DESCRIBED = "description:"
"""How the id begins of somebody without a name ("ein Sprecher"), who is another one on another page."""

NOBODY = ("name:", "page:")
"""How the key begins of speakers without an id."""

REPHRASED = frozenset((QuoteType.DIRECT, QuoteType.INDIRECT))
NEVER = date.max


class Said(msgspec.Struct, frozen=True):
    """One quotation on one page. `published` is the page's day or range, `told` the day told for the utterance.

    `sentence` is what stands around it: the sentences of the clause that introduces it, or else its own.
    """

    page: str
    doc: str
    spans: tuple[Span, ...]
    words: str
    type: QuoteType
    medium: str = "Speech"
    speaker: str | None = None
    speaker_id: str | None = None
    body: str | None = None
    body_id: str | None = None
    addressee: str | None = None
    published: Days = Days()
    told: date | None = None
    sentence: str = ""
    outlet: str | None = None
    agency: str | None = None
    house: str | None = None


class Source(msgspec.Struct, frozen=True):
    """A page that prints an utterance: its own words, and how they differ from the fullest ones.

    Pages of one `origin` (copies, one house, one wire text) count once.
    """

    page: str
    doc: str
    outlet: str | None
    agency: str | None
    published: Days
    words: str
    spans: tuple[Span, ...]
    sentence: str
    differs: Differs
    origin: str


class Utterance(msgspec.Struct, frozen=True):
    """What somebody said once. `words` are the fullest that a source prints, word for word.

    `body` is what the speaker speaks for. `days` are those told for it (`told`), or else those of the first page
    that prints it. `sources` go by day, so that the first one is where it was first seen. `probably` are ids of
    utterances that seem to be this one in other words.
    """

    id: str
    speaker: str | None
    speaker_id: str | None
    words: str
    type: QuoteType
    medium: str
    addressee: str | None
    days: Days
    told: bool
    sources: tuple[Source, ...]
    origins: int
    probably: tuple[str, ...] = ()
    body: str | None = None
    body_id: str | None = None

    @property
    def first(self) -> Source:
        """Where it was first seen."""
        return self.sources[0]


class _Group(msgspec.Struct, frozen=True):
    """The quotations of one utterance, at least one, in the order of the pages' days."""

    id: str
    speaker: str
    quotations: tuple[Said, ...]


def utterances(quotations: Iterable[Said], copies: frozenset[tuple[str, str]] = frozenset()) -> tuple[Utterance, ...]:
    """The utterances that the quotations are, by day, page and place there, in whatever order the quotations come."""
    blocks: dict[str, list[tuple[Said, Words]]] = defaultdict(list)
    worded = [(one, tuple(words_of(one.words))) for one in sorted(set(quotations), key=_place)]
    worded = [(one, words) for one, words in worded if words]
    for (one, words), speaker in zip(worded, _speakers(worded), strict=True):
        blocks[speaker].append((one, words))
    found: list[Utterance] = []
    for speaker, block in sorted(blocks.items()):
        groups = [_group(speaker, members) for members in _same(block)]
        probably = _rephrased(groups)
        found += [_utterance(group, copies, probably.get(group.id, ())) for group in groups]
    return tuple(sorted(found, key=_in_order))


# --- who speaks


def _speakers(worded: Sequence[tuple[Said, Words]]) -> Iterator[str]:
    """Whose each quotation is: an id, a surname, or nobody else's."""
    known: dict[str, list[tuple[Said, Words]]] = defaultdict(list)
    nameless = {_surname(one) for one, _ in worded if one.speaker and not one.speaker_id}
    for one, words in worded:
        if _surname(one) in nameless:
            known[_surname(one)].append((one, words))
    resolved = {one: id for surname in sorted(nameless) for one, id in _resolved(known[surname]).items()}
    for one, _ in worded:
        if one.speaker_id or one.speaker:
            yield one.speaker_id or resolved.get(one) or f"name:{_surname(one)}"
        else:
            yield f"page:{one.page}:{one.spans[0].start}:{one.spans[0].end}"


def _surname(one: Said) -> str:
    return fold(one.speaker or "").rpartition(" ")[2]


def _resolved(block: Sequence[tuple[Said, Words]]) -> dict[Said, str]:
    """The ids of those without one, where the words are those of one speaker only of that surname."""
    owners: dict[Words, set[str]] = defaultdict(set)
    for one, words in block:
        if one.speaker_id:
            owners[words].add(one.speaker_id)
    meant: dict[Words, set[str]] = {words: set(owners[words]) for _, words in block}
    for a, b in same_words(_wordings(block)):
        meant[a] |= owners[b]
        meant[b] |= owners[a]
    return {one: min(meant[words]) for one, words in block if not one.speaker_id and len(meant[words]) == 1}


# --- what is one utterance


def _wordings(block: Iterable[tuple[Said, Words]]) -> dict[Words, bool]:
    """Every wording once, and whether it is direct speech somewhere."""
    wordings: dict[Words, bool] = {}
    for one, words in block:
        wordings[words] = wordings.get(words, False) or one.type is QuoteType.DIRECT
    return wordings


def _same(block: Sequence[tuple[Said, Words]]) -> list[list[Said]]:
    """The quotations of one speaker, those of one utterance together."""
    root = {words: words for words in _wordings(block)}

    def rooted(words: Words) -> Words:
        while root[words] != words:
            root[words] = root[root[words]]
            words = root[words]
        return words

    for a, b in same_words(_wordings(block)):
        first, second = sorted((rooted(a), rooted(b)))
        root[second] = first
    groups: dict[Words, list[Said]] = defaultdict(list)
    for one, words in block:
        groups[rooted(words)].append(one)
    return [
        part for words, group in groups.items() for part in (_by_time(group) if len(words) < LEAST_CUT else [group])
    ]


def _by_time(group: Sequence[Said]) -> Iterator[list[Said]]:
    """A few words that are the same (“Das ist falsch”) are one utterance only where pages are close in time."""
    part: list[Said] = []
    for one in sorted(group, key=_first_seen):
        if part and part[-1].page != one.page and not _close(part[-1], one):
            yield part
            part = []
        part.append(one)
    yield part


def _close(a: Said, b: Said) -> bool:
    """Whether both pages have known days, at most a few apart."""
    known = a.published.length is not None and b.published.length is not None
    return known and a.published.gap(b.published) <= CLOSE


def _group(speaker: str, members: Sequence[Said]) -> _Group:
    least = min(members, key=_place)
    spans = " ".join(f"{span.start}:{span.end}" for span in least.spans)
    return _Group(f"u-{digest(f'{least.page} {spans}')[:16]}", speaker, tuple(sorted(members, key=_first_seen)))


def _rephrased(groups: Sequence[_Group]) -> dict[str, tuple[str, ...]]:
    """By id the utterances of one speaker that tell nearly the same on other pages of those days."""
    if any(group.speaker.startswith((DESCRIBED, *NOBODY)) for group in groups):
        return {}
    told = {group.id: [one for one in group.quotations if one.type in REPHRASED] for group in groups}
    wordings = {id: stems(tuple(words_of(_fullest(some).words))) for id, some in told.items() if some}
    probably: dict[str, list[str]] = defaultdict(list)
    for a, b in same_matter(wordings):
        if any(one.page != other.page and _close(one, other) for one, other in product(told[a], told[b])):
            probably[a].append(b)
            probably[b].append(a)
    return {id: tuple(sorted(others)) for id, others in probably.items()}


# --- what is told of it


def _utterance(group: _Group, copies: frozenset[tuple[str, str]], probably: tuple[str, ...]) -> Utterance:
    pages: dict[str, list[Said]] = defaultdict(list)
    for one in group.quotations:
        pages[one.page].append(one)
    printed = [_fullest(same) for same in pages.values()]
    fullest = _fullest(printed)
    origins = origin_numbers(printed, copies)
    names = Counter(one.speaker for one in group.quotations if one.speaker)
    told = Counter(one.told for one in group.quotations if one.told)
    day = min(told, key=lambda day: (-told[day], day), default=None)
    nobody = group.speaker.startswith(NOBODY)
    spoken_for = next((one for one in printed if one.body), None)
    return Utterance(
        id=group.id,
        speaker=min(names, key=lambda name: (-names[name], name), default=None),
        speaker_id=None if nobody else group.speaker,
        words=fullest.words,
        type=fullest.type,
        medium=fullest.medium,
        addressee=fullest.addressee or next((one.addressee for one in printed if one.addressee), None),
        days=one_day(day) if day else printed[0].published,
        told=day is not None,
        sources=tuple(_source(one, fullest, origins[one.page]) for one in printed),
        origins=len(set(origins.values())),
        probably=probably,
        body=spoken_for.body if spoken_for else None,
        body_id=spoken_for.body_id if spoken_for else None,
    )


def _source(one: Said, fullest: Said, origin: str) -> Source:
    return Source(
        page=one.page,
        doc=one.doc,
        outlet=one.outlet,
        agency=one.agency,
        published=one.published,
        words=one.words,
        spans=one.spans,
        sentence=one.sentence,
        differs=difference(tuple(words_of(one.words)), tuple(words_of(fullest.words))),
        origin=origin,
    )


def _fullest(some: Iterable[Said]) -> Said:
    """The one with most words, direct speech first, then the first seen."""
    return min(some, key=lambda one: (-len(words_of(one.words)), one.type is not QuoteType.DIRECT, *_first_seen(one)))


def _place(one: Said) -> tuple[str, tuple[Span, ...], str, str, str]:
    """Where it stands; then what tells two readings of one place apart."""
    return (one.page, one.spans, one.type, one.speaker_id or "", one.words)


def _first_seen(one: Said) -> tuple[date, date, str, str, tuple[Span, ...], str]:
    return (*_in_time(one.published), one.doc, one.page, one.spans, one.type)


def _in_order(one: Utterance) -> tuple[date, date, str, str, tuple[Span, ...], str]:
    return (*_in_time(one.days), one.first.doc, one.first.page, one.first.spans, one.id)


def _in_time(days: Days) -> tuple[date, date]:
    """By first day, then last; what has no day comes last."""
    return (days.first or days.last or NEVER, days.last or NEVER)
