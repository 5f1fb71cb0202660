"""The parties of a pile, from its settled readings and the facts they teach."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable

from depesche.gather.names import written
from depesche.model.facts import Facts, OfficeFact
from depesche.model.parties import PartyRecord, Role, Spelling
from depesche.model.reading import Party, PartyKind, Reading
from depesche.model.text import Span

MOST_DOCS = 5
"""Pages named for a spelling."""


def parties_of(readings: Iterable[Reading], facts: Facts) -> tuple[PartyRecord, ...]:
    """Everybody whom settled readings tell of, by id."""
    book = PartyBook(facts)
    for reading in {reading.page: reading for reading in readings}.values():
        book.add(reading)
    return book.records()


class PartyBook:
    """Everybody of a pile whose settled readings are told one after the other, in any order and each once."""

    def __init__(self, facts: Facts) -> None:
        self._told: dict[str, _Told] = defaultdict(_Told)
        self._roles: dict[str, list[Role]] = defaultdict(list)
        self._others: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for name in facts.names:
            self._others[name.party].add((name.id, name.note))
        self._offices: dict[str, list[OfficeFact]] = defaultdict(list)
        self._countries: dict[str, Counter[str]] = defaultdict(Counter)
        for fact in facts.offices:
            self._offices[fact.page].append(fact)
            self._countries[fact.person][fact.country] += 1

    def add(self, reading: Reading) -> None:
        """Takes in what a page tells."""
        for party in reading.parties:
            if party.id:
                self._told[party.id].add(reading, party)
        for fact in self._offices.get(reading.page, ()):
            self._roles[fact.person].append(_role(fact, reading))

    def records(self) -> tuple[PartyRecord, ...]:
        """Everybody, by id."""
        return tuple(self._record(id, told) for id, told in sorted(self._told.items()))

    def _record(self, id: str, told: _Told) -> PartyRecord:
        countries = self._countries.get(id) or told.countries
        return PartyRecord(
            id=id,
            name=min(told.names, key=lambda name: (-told.names[name], name)),
            kind=told.kind,
            country=min(countries, key=lambda code: (-countries[code], code), default=None),
            spellings=told.spellings(),
            roles=tuple(sorted(self._roles.get(id, ()))),
            others=tuple(sorted(self._others.get(id, ()))),
            pages=told.pages,
        )


class _Told:
    """What pages tell of one party."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()
        self.kind = PartyKind.PERSON
        self.pages = 0
        self._first = ("", -1)
        self._page = ""
        self._spellings: dict[str, _Written] = defaultdict(_Written)

    def add(self, reading: Reading, party: Party) -> None:
        """Takes in one mention; those of a page follow each other."""
        self.names[party.name] += 1
        if party.country:
            self.countries[party.country] += 1
        place = reading.page, party.start
        if not self.pages or place < self._first:
            self._first, self.kind = place, party.kind
        if not self.pages or self._page != reading.page:
            self._page = reading.page
            self.pages += 1
        if party.name_span is not None:
            self._spellings[written(reading, party)].add(reading)

    def spellings(self) -> tuple[Spelling, ...]:
        """The names that pages write, the most frequent first; descriptions and pronouns are no names."""
        found = [Spelling(text, on.pages, on.docs()) for text, on in self._spellings.items()]
        return tuple(sorted(found, key=lambda one: (-one.pages, one.text)))


class _Written:
    """On which pages a name is written so: how many, and the first few by name."""

    def __init__(self) -> None:
        self.pages = 0
        self._named: list[tuple[str, str]] = []
        self._last = ""

    def add(self, reading: Reading) -> None:
        """Takes in a mention; those of a page follow each other."""
        if not self.pages or self._last != reading.page:
            self._last = reading.page
            self.pages += 1
            insort(self._named, (reading.doc, reading.page))
            del self._named[MOST_DOCS:]

    def docs(self) -> tuple[str, ...]:
        """The names of the first few pages."""
        return tuple(doc for doc, _ in self._named)


def _role(fact: OfficeFact, reading: Reading) -> Role:
    around = next((span for span in reading.sentences if span.holds(fact.span)), fact.span)
    words = " ".join(Span(around.start, around.end).of(reading.text).split())
    return Role(fact.earliest, fact.latest, fact.office, fact.country, fact.doc, fact.page, fact.span, words)
