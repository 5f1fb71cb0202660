"""The parties an article mentions, resolved as far as the page and the lists allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from depesche.model.days import Days
from depesche.model.parse import Parse
from depesche.model.reading import Party, PartyKind
from depesche.packs.parties import PartyBook
from depesche.read.descriptions import Page, home_of
from depesche.read.mentions import Spotter, spotter
from depesche.read.people import People, people_of
from depesche.read.salience import Salience
from depesche.read.surroundings import Draft


def find_parties(parse: Parse, title: str | None, days: Days, book: PartyBook) -> tuple[Party, ...]:
    """Every mention of a party in an article published in `days`, in the order of the text.

    Mentions may nest ("Chinas" in "Chinas Außenministerium"). A form that means two parties together
    gives one Party for each, with the ids of both as members.
    """
    seen = spotter(parse, book)
    drafts = list(seen.drafts())
    home = home_of(drafts)
    drafts = [_at_home(draft, home) for draft in drafts]
    people = people_of(seen, drafts, title, days, home)
    drafts = sorted([*drafts, *_short_forms(seen, people, drafts)], key=lambda draft: (draft.head, draft.first))
    page = Page(seen, people, home, Salience(seen.forms, frozenset(_subjects(parse))))
    return tuple(sorted(page.parties(drafts), key=lambda party: (party.start, party.end, party.id)))


def _at_home(draft: Draft, home: str | None) -> Draft:
    """The draft with the page's own country where an office of that name is known of several: "Bundeskanzler"."""
    office = draft.office
    own = office is not None and home in office.countries and draft.country == office.country
    return replace(draft, country=home) if own else draft


def _subjects(parse: Parse) -> Iterator[int]:
    return (link.head for link in parse.links if link.role == "subj")


def _short_forms(seen: Spotter, people: People, drafts: list[Draft]) -> Iterator[Draft]:
    """Surnames of the page's people that no rule had taken for a name."""
    taken = {i for draft in drafts for i in range(draft.head, draft.last)}
    for i, form in enumerate(seen.forms):
        head, _, tail = form.partition("-")
        if i not in taken and tail[:1].isupper() and seen.parse.words[i].tag.startswith("NN") and people.meant(head):
            yield Draft(i, i + 1, i, "part", PartyKind.PERSON, head, cut=len(head))  # "Putin-Besuch"
            continue
        if (
            i in taken
            or not form[:1].isupper()
            or seen.parse.words[i].tag.startswith(("ART", "APPR", "PPER", "VV(FIN"))
        ):
            continue
        if form in people.by_surname or form.removesuffix("s") in people.by_surname:
            yield Draft(i, i + 1, i, "person", PartyKind.PERSON, named=(i, i + 1))
