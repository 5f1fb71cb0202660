"""Who held the office that a page speaks of, where only other pages name them."""

from __future__ import annotations

from collections.abc import Iterable
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


def with_offices(reading: Reading, offices: tuple[OfficeFact, ...]) -> Reading:
    """The reading with parties resolved that only other pages name; the same reading where nothing is learnt.

    A description by office and country, or a bare surname, is resolved where all pages published around
    the same time agree on one person.
    """
    facts = _resolved(reading, offices)
    meant = {id: Meant(one.person, one.name, one.country, _reason(one)) for id, one in facts.items()}
    return renamed(reading, _at_home(reading, offices) | meant)


def _at_home(reading: Reading, offices: tuple[OfficeFact, ...]) -> dict[str, Meant]:
    """Who is of another country than the page seemed to tell: every page that names an office has the same one."""
    told = {party.id: party for party in reading.parties if party.id.startswith("person:") and party.country}
    of: dict[str, list[OfficeFact]] = {}
    for fact in offices:
        if fact.person in told:
            of.setdefault(fact.person, []).append(fact)
    found: dict[str, Meant] = {}
    for id, facts in sorted(of.items()):
        fact, countries = min(facts), {fact.country for fact in facts}
        if len(countries) == 1 and any(p.id == id and p.country not in (None, fact.country) for p in reading.parties):
            found[id] = Meant(id, told[id].name, fact.country, _reason(fact), sure=True)
    return found


def _resolved(reading: Reading, offices: tuple[OfficeFact, ...]) -> Settled:
    """The fact that resolves each open id of the page."""
    days = Days(reading.dateline.earliest, reading.dateline.latest)
    if days.first is None or days.last is None:
        return {}
    near = [fact for fact in offices if fact.page != reading.page and _near(fact, days)]
    settled: Settled = {}
    for party in reading.parties:
        fact = _unanimous(fact for fact in near if _answers(fact, party)) if _open(party) else None
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


def _answers(fact: OfficeFact, party: Party) -> bool:
    if party.id.startswith(OPEN_OFFICE):
        return fact.office == party.office and fact.country == party.office_country
    shares_name = party.name in (fact.name.split(" ")[0], fact.name.split(" ")[-1])
    return shares_name and party.country in (None, fact.country)


def _unanimous(facts: Iterable[OfficeFact]) -> OfficeFact | None:
    """The first of the facts, if they all name one person."""
    found = sorted(facts)
    return found[0] if len({fact.person for fact in found}) == 1 else None


def _reason(fact: OfficeFact) -> Reason:
    return Reason("settle.office", f"{fact.office} {fact.name} ({fact.country}), told by {fact.doc}")
