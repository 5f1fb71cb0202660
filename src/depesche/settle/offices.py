"""Who held the office that a page speaks of, where only other pages name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from depesche.model.days import Days
from depesche.model.facts import OfficeFact
from depesche.model.reading import Party, PartyKind, Reading
from depesche.model.reason import Reason
from depesche.model.renaming import Meant, renamed

REACH = 183
"""Days between two pages within which the one's holder of an office is taken for the other's."""

OPEN_OFFICE = "office:"
"""How the id begins of a person who is only described by office and country."""

Settled = dict[str, OfficeFact]


class Holders:
    """Who held which office, by person, by office and country, and by a word of the name; each in order."""

    def __init__(self, offices: Iterable[OfficeFact]) -> None:
        self._by_person: dict[str, list[OfficeFact]] = {}
        self._by_office: dict[tuple[str, str], list[OfficeFact]] = {}
        self._by_word: dict[str, list[OfficeFact]] = {}
        for fact in offices:
            self._by_person.setdefault(fact.person, []).append(fact)
            self._by_office.setdefault((fact.office, fact.country), []).append(fact)
            for word in {fact.name.split(" ")[0], fact.name.split(" ")[-1]}:
                self._by_word.setdefault(word, []).append(fact)

    def of_person(self, id: str) -> Sequence[OfficeFact]:
        """The offices of a person."""
        return self._by_person.get(id, ())

    def who_may_be(self, party: Party) -> Sequence[OfficeFact]:
        """The facts that name whom a page tells by office or by a surname alone."""
        if party.id.startswith(OPEN_OFFICE):
            return self._by_office.get((party.office, party.office_country or ""), ())
        return [fact for fact in self._by_word.get(party.name, ()) if party.country in (None, fact.country)]


def with_offices(reading: Reading, offices: Holders) -> Reading:
    """The reading with parties resolved that only other pages name; the same reading where nothing is learnt.

    A description by office and country, or a bare surname, is resolved where all pages published around
    the same time agree on one person.
    """
    facts = _resolved(reading, offices)
    meant = {id: Meant(one.person, one.name, one.country, _reason(one)) for id, one in facts.items()}
    return renamed(reading, _at_home(reading, offices) | meant)


def _at_home(reading: Reading, offices: Holders) -> dict[str, Meant]:
    """Who is of another country than the page seemed to tell: every page that names an office has the same one."""
    told = {party.id: party for party in reading.parties if party.id.startswith("person:") and party.country}
    found: dict[str, Meant] = {}
    for id in sorted(told):
        facts = offices.of_person(id)
        if not facts:
            continue
        fact, countries = min(facts), {fact.country for fact in facts}
        if len(countries) == 1 and any(p.id == id and p.country not in (None, fact.country) for p in reading.parties):
            found[id] = Meant(id, told[id].name, fact.country, _reason(fact), sure=True)
    return found


def _resolved(reading: Reading, offices: Holders) -> Settled:
    """The fact that resolves each open id of the page."""
    days = Days(reading.dateline.earliest, reading.dateline.latest)
    if days.first is None or days.last is None:
        return {}
    settled: Settled = {}
    for party in reading.parties:
        may_be = offices.who_may_be(party) if _open(party) else ()
        fact = _unanimous(fact for fact in may_be if fact.page != reading.page and _near(fact, days))
        if fact:
            settled[party.id] = fact
    return settled


def _near(fact: OfficeFact, days: Days) -> bool:
    if not fact.earliest or not fact.latest:
        return False
    return days.gap(Days(date.fromisoformat(fact.earliest), date.fromisoformat(fact.latest))) <= REACH


def _open(party: Party) -> bool:
    """Whether the page names the party by its office alone, or by nothing but a surname."""
    if party.kind != PartyKind.PERSON:
        return False
    return party.id.startswith(OPEN_OFFICE) or (party.id.startswith("person:") and " " not in party.name)


def _unanimous(facts: Iterable[OfficeFact]) -> OfficeFact | None:
    """The first of the facts, if they all name one person."""
    found = sorted(facts)
    return found[0] if len({fact.person for fact in found}) == 1 else None


def _reason(fact: OfficeFact) -> Reason:
    return Reason("settle.office", f"{fact.office} {fact.name} ({fact.country}), told by {fact.doc}")
