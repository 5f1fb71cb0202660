"""Which parties of several pages are one: spellings of a name, and what people have decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from depesche.model.decisions import Decision, Merge, Split
from depesche.model.facts import NameFact
from depesche.model.reading import Party, PartyKind, Reading
from depesche.packs.spellings import Spellings, parts_of

SPELLING = "party.spelling"
DECIDED = "party.decided"


@dataclass(frozen=True)
class Bearer:
    """A person named in full by some page: id, name, country, and on how many pages."""

    id: str
    name: str
    country: str
    pages: int


def shared_names(
    readings: Iterable[Reading], spellings: Spellings | None, decisions: Sequence[Decision]
) -> tuple[NameFact, ...]:
    """The ids that mean another party, sorted. Decisions come before what spellings suggest, later before earlier."""
    facts = {fact.id: fact for fact in _by_spelling(_bearers(readings), spellings)} if spellings else {}
    shared = _Names(facts)
    for decision in decisions:
        if isinstance(decision, Merge):
            shared.merge(decision)
        else:
            shared.split(decision, readings)
    return tuple(sorted([*shared.everywhere.values(), *shared.here.values()]))


@dataclass
class _Names:
    """The facts so far: those of all pages by id, and those of one page by page and id."""

    everywhere: dict[str, NameFact]
    here: dict[tuple[str, str], NameFact] = field(default_factory=dict)

    def root(self, id: str) -> str:
        """The party that an id means on most pages."""
        return self.everywhere[id].party if id in self.everywhere else id

    def merge(self, told: Merge) -> None:
        """Both, and all that had become one with either, are the first from now on."""
        one, other = self.root(told.party), self.root(told.other)
        if one == other:
            return
        followers = [fact.id for fact in self.everywhere.values() if fact.party == other]
        for id in (other, *followers):
            note = f"{told.other} is {told.party}"
            self.everywhere[id] = NameFact(id, "", one, told.name, told.country, DECIDED, note)
        for key, fact in self.here.items():
            if fact.party == other:
                self.here[key] = NameFact(fact.id, fact.page, one, told.name, told.country, DECIDED, fact.note)

    def split(self, told: Split, readings: Iterable[Reading]) -> None:
        """On the pages meant, every id that means the party means the other one."""
        if told.spelling:
            self._part(told)
        meant = self.root(told.party)
        for reading in readings:
            ids = {id for id in self._ids(reading) if self._now(reading.page, id) == meant}
            if reading.page in told.pages or (told.spelling and _writes(reading, ids, told.spelling)):
                note = f"{told.party} is {told.other} on this page"
                for id in ids:
                    fact = NameFact(id, reading.page, told.other, told.name, None, DECIDED, note)
                    self.here[reading.page, id] = fact

    def _part(self, told: Split) -> None:
        """Takes the two apart where spelling had made them one, whichever of them stood for both."""
        self.everywhere.pop(told.other, None)
        led = [fact for fact in self.everywhere.values() if fact.party == told.other]
        for fact in led:
            del self.everywhere[fact.id]

    def _now(self, page: str, id: str) -> str:
        return self.here[page, id].party if (page, id) in self.here else self.root(id)

    def _ids(self, reading: Reading) -> set[str]:
        return {party.id for party in reading.parties}


def _writes(reading: Reading, ids: set[str], spelling: str) -> bool:
    """Whether a page writes the name of one of these parties like that."""
    return any(party.id in ids and written(reading, party) == spelling for party in reading.parties)


def written(reading: Reading, party: Party) -> str:
    """The bare name of a mention as the page has it; the whole mention where it has no name."""
    return " ".join((party.name_span or party.span).of(reading.text).split())


def _bearers(readings: Iterable[Reading]) -> list[Bearer]:
    """Everybody whom a page names in full and gives a country, by id and country."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for reading in readings:
        seen.update({(p.id, p.name, p.country) for p in reading.parties if p.country and _named_in_full(p)})
    return [Bearer(id, name, country, pages) for (id, name, country), pages in sorted(seen.items())]


def _named_in_full(party: Party) -> bool:
    return party.kind == PartyKind.PERSON and party.id.startswith("person:") and " " in party.name


def _by_spelling(bearers: Sequence[Bearer], spellings: Spellings) -> Iterator[NameFact]:
    """Who of a country is somebody else of that country in another spelling; the name of most pages stands for both."""
    countries = Counter(id for id, _ in {(one.id, one.country) for one in bearers})
    leaders: dict[tuple[str, str], list[Bearer]] = {}
    for one in sorted(bearers, key=lambda bearer: (-bearer.pages, bearer.name, bearer.id)):
        script, parts = spellings.of(one.country), _parts(one)
        if script is None or countries[one.id] > 1 or len(parts[0].rstrip(".")) < 2:  # an initial is too little
            continue
        keys = [(one.country, key) for key in sorted(script.skeletons(parts[-1]))]
        known = dict.fromkeys(leader for key in keys for leader in leaders.get(key, ()))
        same = [leader for leader in known if spellings.same_person(parts, _parts(leader), one.country)]
        if len(same) == 1:
            note = f"{one.name} is {same[0].name} in another spelling"
            yield NameFact(one.id, "", same[0].id, same[0].name, one.country, SPELLING, note)
        else:
            for key in keys:
                leaders.setdefault(key, []).append(one)


def _parts(bearer: Bearer) -> tuple[str, ...]:
    """Given names and family name last: in front for the names of a few countries."""
    return parts_of(bearer.name, bearer.country in ("CHN", "TWN", "HKG", "KOR", "PRK"))
