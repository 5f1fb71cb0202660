"""The country that an article is set in, as the place of what happens on the ground."""

from __future__ import annotations

from datetime import date

import pytest

from depesche.model.reading import EventMention
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import annotate_text

HOME = "Die Regierung von Ghana ist empört. In Ghana wurde viel geredet. "


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


def _event(packs: Packs, text: str, type: str) -> EventMention:
    reading = annotate_text(text, packs, published=date(2015, 6, 3), language="de")
    return next(event for event in reading.events if event.type == type)


def test_an_act_on_the_ground_is_set_in_the_article_s_country(packs: Packs) -> None:
    event = _event(packs, HOME + "Die Polizei nahm zwei Händler fest.", "COERCE")
    assert event.place is not None
    assert event.place.country == "GHA"
    assert "place.backdrop" in [reason.rule for reason in event.reasons]


def test_words_are_not_set_anywhere(packs: Packs) -> None:
    assert _event(packs, HOME + "Der Minister kritisierte den Chef der Notenbank.", "ACCUSE").place is None


def test_an_article_about_two_countries_is_set_in_neither(packs: Packs) -> None:
    text = (
        "Ghana und Togo streiten. Togo ist klein, Ghana ist groß. Zwischen Togo und Ghana nahm man zwei Händler fest."
    )
    assert _event(packs, text, "COERCE").place is None
