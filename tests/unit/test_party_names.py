"""Persons of several pages who are one, and what people decide about parties."""

from __future__ import annotations

from datetime import date

import pytest

from depesche.gather import gather
from depesche.gather.parties import parties_of
from depesche.model.decisions import Decision, Merge, Split
from depesche.model.facts import Facts
from depesche.model.page import Dateline
from depesche.model.reading import Party, PartyKind, Reading
from depesche.model.text import Span, slug
from depesche.packs.spellings import load_spellings
from depesche.settle import settle

SPELLINGS = load_spellings()
DAY = date(2023, 3, 17)


def page(id: str, *names: str, country: str | None = "KAZ") -> Reading:
    """A page that names these people, each as minister, in a sentence of its own."""
    parties: list[Party] = []
    text = ""
    for name in names:
        start = len(text)
        text += f"Minister {name} kam."
        span = Span(start, start + len("Minister ") + len(name))
        told = f"person:{slug(name)}"
        named = Span(start + len("Minister "), span.end)
        parties.append(
            Party(span.start, span.end, 0, PartyKind.PERSON, name, told, country, "Minister", country, (), named)
        )
    sentences = tuple(Span(p.start, p.end + len(" kam.")) for p in parties)
    return Reading(id, f"{id}.txt", text, Dateline(DAY, DAY, DAY), parties=tuple(parties), sentences=sentences)


def met(pile: list[Reading], *decisions: Decision) -> dict[str, list[str]]:
    """The ids that settled pages speak of, by page."""
    facts = gather(pile, SPELLINGS, decisions)
    return {one.page: [party.id for party in settle(one, facts).parties] for one in pile}


def test_two_spellings_of_two_pages_are_one_person_by_the_name_of_most() -> None:
    pile = [page("p1", "Askar Schumabajew"), page("p2", "Askar Schumabajew"), page("p3", "Askar Zhumabaev")]
    assert met(pile)["p3"] == ["person:askar-schumabajew"]
    assert met(pile[::-1]) == met(pile), "the order of pages leaves no trace"
    (reason,) = [party.reason for party in settle(pile[2], gather(pile, SPELLINGS)).parties]
    assert reason is not None
    assert reason.rule == "party.spelling"


@pytest.mark.parametrize(
    ("one", "other", "countries"),
    [
        ("Askar Schumabajew", "Aigul Zhumabaev", ("KAZ", "KAZ")),
        ("Askar Schumabajew", "Askar Zhumabaev", ("KAZ", "RUS")),
        ("Askar Schumabajew", "Askar Zhumabaev", ("FRA", "FRA")),
        ("Askar Schumabajew", "Askar Zhumabaev", (None, None)),
        ("Askar Schumabajew", "A. Zhumabaev", ("KAZ", "KAZ")),
    ],
)
def test_too_little_in_common_leaves_two_persons(
    one: str, other: str, countries: tuple[str | None, str | None]
) -> None:
    pile = [page("p1", one, country=countries[0]), page("p2", other, country=countries[1])]
    assert met(pile) == {"p1": [f"person:{slug(one)}"], "p2": [f"person:{slug(other)}"]}


def test_a_spelling_that_fits_two_persons_is_neither() -> None:
    # "Sergei Chanin" can be Hanin and Tschanin; the two are two.
    pile = [page("p1", "Sergei Hanin", "Sergei Tschanin"), page("p2", "Sergei Chanin")]
    assert met(pile)["p2"] == ["person:sergei-chanin"]


def test_merged_parties_are_the_first_on_every_page() -> None:
    pile = [page("p1", "Ann Weber"), page("p2", "Anna Weber")]
    merge = Merge("person:ann-weber", "person:anna-weber", "Ann Weber", "KAZ")
    assert met(pile, merge)["p2"] == ["person:ann-weber"]
    assert met(pile)["p2"] == ["person:anna-weber"], "without the decision they are two again"


def test_merges_follow_each_other() -> None:
    pile = [page("p1", "Ann Weber"), page("p2", "Anna Weber"), page("p3", "Anne Weber")]
    first = Merge("person:anna-weber", "person:anne-weber", "Anna Weber")
    second = Merge("person:ann-weber", "person:anna-weber", "Ann Weber")
    assert met(pile, first, second)["p3"] == ["person:ann-weber"]


def test_a_party_is_somebody_else_on_the_pages_it_was_split_from() -> None:
    pile = [page("p1", "Ann Weber"), page("p2", "Ann Weber")]
    split = Split("person:ann-weber", "person:ann-weber-sport", "Ann Weber (Sport)", pages=("p2",))
    assert met(pile, split) == {"p1": ["person:ann-weber"], "p2": ["person:ann-weber-sport"]}


def test_a_spelling_can_be_split_off_for_good() -> None:
    pile = [page("p1", "Askar Schumabajew"), page("p2", "Askar Zhumabaev")]
    assert len({id for ids in met(pile).values() for id in ids}) == 1
    split = Split("person:askar-schumabajew", "person:askar-zhumabaev", "Askar Zhumabaev", spelling="Askar Zhumabaev")
    pile.append(page("p3", "Askar Zhumabaev"))
    assert met(pile, split)["p2"] == met(pile, split)["p3"] == ["person:askar-zhumabaev"]
    assert met(pile, split)["p1"] == ["person:askar-schumabajew"]


def test_the_record_of_a_party_tells_spellings_and_offices_with_their_sentences() -> None:
    pile = [page("p1", "Askar Schumabajew"), page("p2", "Askar Schumabajew"), page("p3", "Askar Zhumabaev")]
    facts = gather(pile, SPELLINGS)
    (record,) = parties_of([settle(one, facts) for one in pile], facts)
    assert [(one.text, one.pages) for one in record.spellings] == [("Askar Schumabajew", 2), ("Askar Zhumabaev", 1)]
    assert [(role.office, role.country, role.page) for role in record.roles] == [
        ("Minister", "KAZ", "p1"),
        ("Minister", "KAZ", "p2"),
        ("Minister", "KAZ", "p3"),
    ]
    assert record.roles[2].sentence == "Minister Askar Zhumabaev kam."
    assert (record.roles[0].earliest, record.roles[0].latest) == ("2023-03-17", "2023-03-17")
    assert record.others[0][0] == "person:askar-zhumabaev"


def test_without_facts_nothing_is_renamed() -> None:
    assert settle(page("p1", "Ann Weber"), Facts()) == page("p1", "Ann Weber")
