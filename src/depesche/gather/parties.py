"""The parties of a pile, from its settled readings and the facts they teach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from depesche.gather.names import written
from depesche.model.facts import Facts, NameFact, OfficeFact
from depesche.model.parties import PartyRecord, Role, Spelling
from depesche.model.reading import Party, Reading
from depesche.model.text import Span

MOST_DOCS = 5
"""Pages named for a spelling."""


def parties_of(readings: Sequence[Reading], facts: Facts) -> tuple[PartyRecord, ...]:
    """Everybody whom settled readings tell of, by id."""
    told: dict[str, list[tuple[Reading, Party]]] = defaultdict(list)
    for reading in readings:
        for party in reading.parties:
            told[party.id].append((reading, party))
    roles: dict[str, list[OfficeFact]] = defaultdict(list)
    for fact in facts.offices:
        roles[fact.person].append(fact)
    others: dict[str, set[NameFact]] = defaultdict(set)
    for name in facts.names:
        others[name.party].add(name)
    pages = {reading.page: reading for reading in readings}
    return tuple(_record(id, told[id], roles[id], others[id], pages) for id in sorted(told) if id)


def _record(
    id: str,
    told: Sequence[tuple[Reading, Party]],
    offices: Sequence[OfficeFact],
    others: Iterable[NameFact],
    pages: Mapping[str, Reading],
) -> PartyRecord:
    names = Counter(party.name for _, party in told)
    countries = Counter(role.country for role in offices) or Counter(p.country for _, p in told if p.country)
    first = min(told, key=lambda one: (one[0].page, one[1].start))[1]
    return PartyRecord(
        id=id,
        name=min(names, key=lambda name: (-names[name], name)),
        kind=first.kind,
        country=min(countries, key=lambda code: (-countries[code], code), default=None),
        spellings=_spellings(told),
        roles=tuple(sorted(_role(fact, pages[fact.page]) for fact in offices if fact.page in pages)),
        others=tuple(sorted({(fact.id, fact.note) for fact in others})),
        pages=len({reading.page for reading, _ in told}),
    )


def _spellings(told: Sequence[tuple[Reading, Party]]) -> tuple[Spelling, ...]:
    """The names that pages write, the most frequent first; descriptions and pronouns are no names."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for reading, party in told:
        if party.name_span is not None:
            found[written(reading, party)].add((reading.doc, reading.page))
    spellings = [Spelling(text, len(on), tuple(doc for doc, _ in sorted(on)[:MOST_DOCS])) for text, on in found.items()]
    return tuple(sorted(spellings, key=lambda one: (-one.pages, one.text)))


def _role(fact: OfficeFact, reading: Reading) -> Role:
    around = next((span for span in reading.sentences if span.holds(fact.span)), fact.span)
    words = " ".join(Span(around.start, around.end).of(reading.text).split())
    return Role(fact.earliest, fact.latest, fact.office, fact.country, fact.doc, fact.page, fact.span, words)
