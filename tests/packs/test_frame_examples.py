"""Every frame reads its yes sentences as it says, and leaves its no sentences alone."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from depesche.model.reading import EventMention, Participant, Reading
from depesche.packs.frames import Example, load_frames
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import annotate_text

DAY = date(2024, 5, 16)
FRAMES = load_frames("de").frames
YES = [
    pytest.param(type, frame.id, example, id=f"{frame.id}-{n}")
    for type, frame in FRAMES
    for n, example in enumerate(frame.yes)
]
NO = [
    pytest.param(frame.id, sentence, id=f"{frame.id}-{n}") for _, frame in FRAMES for n, sentence in enumerate(frame.no)
]


@cache
def packs() -> Packs:
    return load_packs()


def read(text: str) -> Reading:
    """The sentence as an article of a known day, so that a present tense with "nächste Woche" is a plan."""
    return annotate_text(text, packs(), published=DAY, language="de")


def of_frame(reading: Reading, id: str) -> list[EventMention]:
    rule = f"de.{id}"
    return [event for event in reading.events if any(reason.rule == rule for reason in event.reasons)]


def missing(words: tuple[str, ...], participants: tuple[Participant, ...]) -> list[str]:
    return [word for word in words if not any(word in part.text or word in part.name for part in participants)]


@pytest.mark.parametrize(("type", "id", "example"), YES)
def test_yes(type: str, id: str, example: Example) -> None:
    reading = read(example.text)
    events = [event for event in of_frame(reading, id) if example.trigger in event.trigger.of(reading.text)]
    assert events, [(event.type, event.trigger.of(reading.text), event.reasons) for event in reading.events]
    event = events[0]
    assert event.type == type
    assert event.status == example.status
    assert missing(example.actors, event.actors) == []
    assert missing(example.recipients, event.recipients) == []


@pytest.mark.parametrize(("id", "sentence"), NO)
def test_no(id: str, sentence: str) -> None:
    assert of_frame(read(sentence), id) == []
