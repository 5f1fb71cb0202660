from __future__ import annotations

import pytest
from link_pages import (
    ALMA,
    AUSTRIA,
    BRNO,
    CZECHIA,
    EUROPE,
    FRANCE,
    IN_CZECHIA,
    IVO,
    LENA,
    LINZ,
    PRAGUE,
    RULES,
    VIENNA,
    days,
    page,
    told,
)

from depesche.link.features import Likeness, compare, threshold
from depesche.link.places import Nearness, compare_places
from depesche.link.tellings import Sameness, Telling, party_key, tell
from depesche.model.reading import Party, PartyKind, Place, Reading, Status


def pair(*readings: Reading) -> tuple[Telling, Telling]:
    a, b = tell(readings, RULES)
    return a, b


def likeness(*readings: Reading) -> Likeness:
    return compare(*pair(*readings), RULES)


def one(*readings: Reading) -> bool:
    a, b = pair(*readings)
    like = compare(a, b, RULES)
    return not like.excluded and like.score >= threshold(a, b, RULES)


def visit(doc: str, published: str, **fields: object) -> Reading:
    words = f"Brandt reist nach Prag ({doc})."
    defaults = {"mode": "visit", "actors": (ALMA,), "recipients": (IVO,), "place": PRAGUE, "trigger": "reist"}
    return page(doc, published, told("CONSULT", words, **(defaults | fields)))


def test_a_plan_and_the_visit_are_one() -> None:
    assert one(
        visit("a", "2030-03-01", status=Status.PLANNED, days=days("2030-03-10", "2030-03-12")),
        visit("b", "2030-03-10", days=days("2030-03-10")),
    )


def test_a_plan_may_be_moved_by_some_days_but_not_by_months() -> None:
    before = visit("a", "2030-03-01", status=Status.PLANNED, days=days("2030-03-10", "2030-03-11"))
    assert one(before, visit("b", "2030-03-16", days=days("2030-03-14", "2030-03-15")))
    assert not one(before, visit("c", "2030-06-16", days=days("2030-06-14", "2030-06-15")))


def test_two_held_visits_of_neighbouring_days_stay_apart() -> None:
    like = likeness(
        visit("a", "2030-03-12", days=days("2030-03-10")), visit("b", "2030-03-12", days=days("2030-03-11"))
    )
    assert like.excluded == "days that exclude each other"


def test_the_same_whichever_stands_first() -> None:
    a, b = pair(visit("a", "2030-03-12", days=days("2030-03-10")), visit("b", "2030-03-12"))
    assert compare(a, b, RULES) == compare(b, a, RULES)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"mode": "phone"}, "modes that exclude each other"),
        ({"aggregate": True}, "a count and a single event"),
        ({"invitation": True}, "an invitation and what it invites to"),
        ({"status": Status.HYPOTHETICAL}, "only one is a possibility"),
        ({"status": Status.CANCELLED}, "one was called off, the other held"),
        ({"status": Status.DENIED}, "only one is denied"),
        ({"actors": (LENA,)}, "different persons for one country"),
        ({"place": LINZ}, "in two countries"),
    ],
)
def test_exclusions(fields: dict[str, object], why: str) -> None:
    assert likeness(visit("a", "2030-03-12"), visit("b", "2030-03-12", **fields)).excluded == why


def test_what_is_told_as_past_is_no_later_event() -> None:
    early = visit("a", "2029-01-01")
    assert likeness(early, visit("b", "2030-03-12", days=days("2030-03-10"))).excluded == "told as past before it was"


def test_visits_without_days_are_one_only_if_told_close_together() -> None:
    assert one(visit("a", "2030-03-12"), visit("b", "2030-03-14"))
    assert not one(visit("a", "2030-03-12", place=None), visit("b", "2030-04-12", place=None))
    assert likeness(visit("a", "2030-03-12"), visit("b", "2033-03-14")).excluded.startswith("too long ago")


def test_a_person_stands_for_the_country() -> None:
    assert party_key(AUSTRIA).sameness(party_key(VIENNA)) is Sameness.SAME
    assert party_key(ALMA).sameness(party_key(AUSTRIA)) is Sameness.NEAR
    assert party_key(ALMA).sameness(party_key(LENA)) is Sameness.NONE
    assert party_key(FRANCE).sameness(party_key(AUSTRIA)) is Sameness.NONE


def test_an_undated_war_is_one_over_pages() -> None:
    def war(doc: str, published: str, **fields: object) -> Reading:
        words = f"Der Einmarsch in Tschechien dauert an ({doc})."
        defaults = {"actors": (FRANCE,), "recipients": (CZECHIA,), "trigger": "Einmarsch"}
        return page(doc, published, told("ASSAULT", words, **(defaults | fields)))

    assert one(war("a", "2030-01-01"), war("b", "2031-01-01"))
    assert one(war("a", "2030-01-01"), war("b", "2031-01-01", recipients=(), place=IN_CZECHIA))
    assert not one(war("a", "2030-01-01"), war("b", "2031-01-01", actors=(AUSTRIA,)))


def test_promises_of_the_same_without_common_words_stay_apart() -> None:
    def promise(doc: str, words: str) -> Reading:
        return page(doc, "2030-01-01", told("AGREE", words, actors=(ALMA,), recipients=(IVO,)))

    assert not one(promise("a", "Brandt verspricht Kohle."), promise("b", "Brandt bietet Lehrkräfte an."))


def test_what_lasts_is_joined_by_the_parties_of_its_sentence() -> None:
    def sanctions(doc: str, words: str, *named: Party, **fields: object) -> Reading:
        event = told("SANCTION", words, trigger="Sanktionen", mode="discontinue", **fields)
        return page(doc, "2030-01-01", event, parties=named)

    paris = Party(6, 12, 1, PartyKind.GOVERNMENT, "Französische Regierung", "government:FRA", "FRA")
    prague = Party(17, 21, 3, PartyKind.GOVERNMENT, "Tschechische Regierung", "government:CZE", "CZE")
    bare = sanctions("a", "Trotz Pariser der Prag treffenden Sanktionen", paris, prague)
    assert one(bare, sanctions("b", "Gegen Pariser zu Prag stehen Sanktionen", paris, prague))
    assert not one(bare, sanctions("c", "Gegen Berlin und Rom stehen Sanktionen"))


def test_a_person_named_in_the_words_counts_half() -> None:
    named = visit("a", "2030-03-12", actors=(ALMA,), recipients=())
    words = "Brandts Reise nach Prag war kurz."
    bare = page("b", "2030-03-12", told("CONSULT", words, mode="visit", place=PRAGUE, trigger="Reise"))
    reasons = {reason.rule: reason.score for reason in likeness(named, bare).reasons}
    assert reasons["link.party-named"] == RULES.scores.party_near


def test_invitations_need_somebody_in_common() -> None:
    def invitation(doc: str, **fields: object) -> Reading:
        words = f"Auf Einladung aus {doc}."
        return page(doc, "2030-03-12", told("CONSULT", words, invitation=True, trigger="Einladung", **fields))

    assert one(invitation("a", actors=(ALMA,), recipients=(IVO,)), invitation("b", actors=(ALMA,), recipients=(IVO,)))
    assert likeness(invitation("a", actors=(ALMA,)), invitation("c")).excluded == "nobody in common"


def test_a_refusal_and_what_was_not_done_are_one_stance() -> None:
    refused = page(
        "a",
        "2030-01-01",
        told("REJECT", "Wien weigert sich, den Einmarsch zu verurteilen.", actors=(VIENNA,), recipients=(FRANCE,)),
    )
    omitted = page(
        "b",
        "2030-01-09",
        told(
            "ACCUSE",
            "Österreich hat den Einmarsch nicht verurteilt.",
            actors=(AUSTRIA,),
            recipients=(FRANCE,),
            status=Status.DENIED,
        ),
    )
    assert one(refused, omitted)


def test_a_page_tells_its_mentions_apart() -> None:
    twice = page(
        "a",
        "2030-03-12",
        told("CONSULT", "Brandt traf Novak am Montag.", actors=(ALMA, IVO), days=days("2030-03-11"), trigger="traf"),
        told("CONSULT", "Brandt sprach Novak.", actors=(ALMA, IVO), days=days("2030-03-11", "2030-03-12")),
    )
    assert likeness(twice).excluded == "told apart by their page"


@pytest.mark.parametrize(
    ("a", "b", "nearness"),
    [
        (PRAGUE, PRAGUE, Nearness.SAME),
        (PRAGUE, IN_CZECHIA, Nearness.INSIDE),
        (IN_CZECHIA, PRAGUE, Nearness.HOLDS),
        (EUROPE, PRAGUE, Nearness.HOLDS),
        (PRAGUE, BRNO, Nearness.COUNTRY),
        (PRAGUE, LINZ, Nearness.APART),
        (PRAGUE, None, Nearness.UNKNOWN),
        (Place("Zentralasien", "Zentralasien"), Place("Usbekistan", "Usbekistan", None, "UZB"), Nearness.HOLDS),
    ],
)
def test_places(a: Place | None, b: Place | None, nearness: Nearness) -> None:
    assert compare_places(a, b, RULES) is nearness
