"""Which words date an event, the days that they give, and who is meant by its parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from depesche.model.reading import EventMention
from depesche.packs.judges import Margins
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import annotate_text

NEVER = Margins(-(10**6), -(10**6), -(10**6))
"""Judges with these margins add nothing: what is left is what the rules read."""
PAGE = date(2015, 6, 3)  # a Wednesday


@pytest.fixture(scope="module")
def packs() -> Packs:
    packs = load_packs()
    packs.german.judges = replace(packs.german.judges, margins=NEVER)
    return packs


def _events(packs: Packs, text: str, type: str) -> list[EventMention]:
    return [event for event in annotate_text(text, packs, published=PAGE, language="de").events if event.type == type]


def _days(packs: Packs, text: str, type: str) -> tuple[str, str]:
    days = _events(packs, text, type)[0].days
    return tuple("-" if day is None else day.isoformat() for day in (days.first, days.last))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "type", "first", "last"),
    [
        # the end of a span: what is to come begins with the page
        ("Bis zum 12. Juni wollen Ghana und Togo verhandeln.", "CONSULT", "2015-06-03", "2015-06-12"),
        ("Spätestens am 12. Juni wollen Ghana und Togo verhandeln.", "CONSULT", "2015-06-03", "2015-06-12"),
        ("Binnen 30 Tagen muss das Parlament neu gewählt werden.", "OFFICE", "2015-06-03", "2015-07-03"),
        ("Die Minister wollen ab Montag in Accra verhandeln.", "CONSULT", "2015-06-08", "-"),
        ("Die Minister wollen von Montag an in Accra verhandeln.", "CONSULT", "2015-06-08", "-"),
        # how long it lasts, counted from its first day
        (
            "Am Montag begann der dreitägige Staatsbesuch des Präsidenten in Ghana.",
            "CONSULT",
            "2015-06-01",
            "2015-06-03",
        ),
        *(
            (f"Am Montag begann der {long}tägige Staatsbesuch in Ghana.", "CONSULT", "2015-06-01", "2015-06-01")
            for long in ("0-", "00-", "99999999999999-")
        ),
        # years that only compare
        ("Es kam zu den schwersten Gefechten seit zehn Jahren.", "ASSAULT", "-", "-"),
        # the time before a participle is that of its noun, also where the noun is called off
        ("Der Minister sagte ein für Freitag geplantes Treffen mit Togo ab.", "CONSULT", "2015-06-05", "2015-06-05"),
        # an adverb ties the time to the verb
        ("Der Minister hatte einen Rücktritt noch am Dienstag abgelehnt.", "REJECT", "2015-06-02", "2015-06-02"),
        # "damals" is the past time that was told last
        (
            "Im Jahr 2008 kam es in Togo zu Unruhen. Damals nahm die Polizei vierzig Händler fest.",
            "COERCE",
            "2008-01-01",
            "2008-12-31",
        ),
        # a relative clause behind the verb says when its noun takes place
        (
            "Der Haushalt soll auf dem Gipfel der Minister eine Rolle spielen, der am 9. Juni in Accra stattfindet.",
            "CONSULT",
            "2015-06-09",
            "2015-06-09",
        ),
        # a clause goes on behind a date in commas
        (
            "Der Dichter, der von 2001 bis 2007 Minister war, ist am Montag, 1. Juni, mit 82 Jahren gestorben.",
            "INCIDENT",
            "2015-06-01",
            "2015-06-01",
        ),
    ],
)
def test_the_words_of_time_give_the_days(packs: Packs, text: str, type: str, first: str, last: str) -> None:
    assert _days(packs, text, type) == (first, last)


def test_a_count_of_visits_within_months_is_no_day(packs: Packs) -> None:
    assert _days(packs, "Es war sein zweiter Besuch in Ghana binnen sieben Monaten.", "CONSULT") == ("-", "-")


def test_an_evening_told_in_the_past_is_none_to_come(packs: Packs) -> None:
    text = "Am kommenden Montag wollen Ghana und Togo verhandeln. Der Minister gratulierte noch am Abend dem Sieger."
    assert _days(packs, text, "SUPPORT") == ("2015-06-03", "2015-06-03")


def test_all_verbs_under_one_auxiliary_are_told_in_the_past(packs: Packs) -> None:
    text = "Die Partei hatte am Freitag den Rücktritt verlangt und Gespräche mit den Grünen aufgenommen."
    assert _days(packs, text, "REQUEST") == ("2015-05-29", "2015-05-29")


def test_members_of_a_group_that_are_listed_take_its_part(packs: Packs) -> None:
    text = "Zwei Abgeordnete der Koalition, Anna Ottmann (Grüne) und Jan Kernig (SPD), kritisierten den Minister."
    event = _events(packs, text, "ACCUSE")[0]
    assert [party.name for party in event.actors] == ["Anna Ottmann", "Jan Kernig"]


def test_both_countries_are_those_told_just_before(packs: Packs) -> None:
    text = (
        "Ghana stritt lange mit Togo und Benin. Peru und Chile haben gezahlt. Nun fordern beide Länder Geld von Togo."
    )
    event = _events(packs, text, "REQUEST")[0]
    assert sorted(party.name for party in event.actors) == ["Chile", "Peru"]


def test_a_group_is_those_that_the_article_names_once(packs: Packs) -> None:
    text = "Die Gewerkschaften Verdi und IG Metall rufen zum Streik auf. Die Gewerkschaften fordern höhere Löhne."
    event = _events(packs, text, "REQUEST")[-1]
    assert [party.name for party in event.actors] == ["ver.di", "IG Metall"]


def test_who_is_named_among_many_takes_their_part(packs: Packs) -> None:
    text = "Mehrere Abgeordnete, darunter auch Anna Ottmann und Jan Kernig, kritisierten den Minister scharf."
    event = _events(packs, text, "ACCUSE")[0]
    assert {"Anna Ottmann", "Jan Kernig"} <= {party.name for party in event.actors}


def test_who_is_named_among_abstentions_abstained(packs: Packs) -> None:
    event = _events(packs, "Es gab fünf Enthaltungen, darunter auch China, Deutschland und Russland.", "REJECT")[0]
    assert [party.name for party in event.actors] == ["China", "Deutschland", "Russland"]


def test_western_sanctions_are_those_of_the_west(packs: Packs) -> None:
    event = _events(packs, "Das Land treibt trotz westlicher Sanktionen viel Handel.", "SANCTION")[0]
    assert [party.name for party in event.actors] == ["Der Westen"]


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Heute begann der dreitägige Staatsbesuch des Präsidenten in Ghana.", "CONSULT"),
        ("Binnen 30 Tagen muss das Parlament neu gewählt werden.", "OFFICE"),
    ],
)
def test_where_the_calendar_ends_an_event_ends_too(packs: Packs, text: str, type: str) -> None:
    events = annotate_text(text, packs, published=date.max, language="de").events
    assert [event.days.last for event in events if event.type == type] == [date.max]
