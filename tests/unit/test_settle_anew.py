"""A page read without a known day and dated afterwards says what it says when its day is known at once."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Reading, Status
from depesche.model.reason import stamped
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import annotate_text
from depesche.settle.anew import redated

DAY = date(2024, 5, 14)
TEXTS = [
    "Präsident Wladimir Putin besucht am Donnerstag und Freitag Peking. Das teilte das Ministerium am Dienstag mit.",
    "Macron traf Scholz am Montag in Paris. Am nächsten Tag reiste er nach Berlin. Dort sprach er um 20 Uhr.",
    "Seit vergangener Woche protestieren Studenten in Tiflis. Letzten Monat hatte die Regierung sie gewarnt.",
    "Macron wird am 25. Mai China besuchen. Der Gipfel mit Xi soll bis Montag dauern.",
    "Gestern verhängte die EU Sanktionen gegen Belarus. Heute kritisierte Minsk die Entscheidung.",
    "Von Montag bis Mittwoch verhandelten Serbien und Kosovo in Brüssel. Vor zwei Wochen war ein Treffen gescheitert.",
]


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


def _read(text: str, packs: Packs, before: int, after: int) -> Reading:
    if before == after == 0:
        return annotate_text(text, packs, published=DAY, language="de")
    return annotate_text(
        text, packs, earliest=DAY - timedelta(days=before), latest=DAY + timedelta(days=after), language="de"
    )


def _days(event: EventMention) -> tuple[object, ...]:
    return event.trigger, event.type, event.time_words, event.days, event.status


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("before", "after"), [(3, 3), (20, 9), (100, 150)])
def test_dated_afterwards_is_dated_at_once(text: str, before: int, after: int, packs: Packs) -> None:
    known, unknown = _read(text, packs, 0, 0), _read(text, packs, before, after)
    anew = stamped(redated(unknown, Dateline(None, DAY, DAY)), packs.version)
    assert [(t.value, t.days, t.precision, t.parts) for t in anew.times] == [
        (t.value, t.days, t.precision, t.parts) for t in known.times
    ]
    same_words = {(e.trigger, e.time_words) for e in known.events}
    compared = [e for e in anew.events if (e.trigger, e.time_words) in same_words]
    assert compared
    assert {_days(e) for e in compared} <= {_days(e) for e in known.events}


def test_only_a_page_without_a_known_day_keeps_its_expressions(packs: Packs) -> None:
    known, unknown = _read(TEXTS[0], packs, 0, 0), _read(TEXTS[0], packs, 9, 9)
    assert all(time.expression is None and time.counts_from == -1 for time in known.times)
    assert all(time.expression is not None and time.direction is not None for time in unknown.times)


def test_what_is_kept_survives_the_store(packs: Packs) -> None:
    for text in TEXTS:
        reading = _read(text, packs, 30, 30)
        assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_a_plan_stays_a_plan_and_what_lies_ahead_becomes_one(packs: Packs) -> None:
    told = "Macron wird am Donnerstag China besuchen. Biden besucht am Freitag Italien."
    unknown = _read(told, packs, 100, 150)
    anew = redated(unknown, Dateline(None, DAY, DAY + timedelta(days=1)))
    assert [event.status for event in unknown.events] == [Status.PLANNED, Status.OCCURRED]
    assert [event.status for event in anew.events] == [Status.PLANNED, Status.PLANNED]
    assert [str(event.days.first) for event in anew.events] == ["2024-05-16", "2024-05-17"]
