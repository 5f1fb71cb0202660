"""The event frames as a whole: enough triggers for every type, and none that hides another."""

from __future__ import annotations

from collections import Counter

import pytest

from depesche.packs.frames import Frame, load_frames
from depesche.packs.ontology import load_ontology

FRAMES = load_frames("de")
ONTOLOGY = load_ontology()


def triggers(frame: Frame) -> tuple[str, ...]:
    return frame.verbs + frame.nouns + frame.phrases


@pytest.mark.parametrize("type", ONTOLOGY.types)
def test_every_type_has_at_least_eight_triggers(type: str) -> None:
    assert len({word for name, frame in FRAMES.frames if name == type for word in triggers(frame)}) >= 8


def test_there_are_many_triggers() -> None:
    assert len({(type, word) for type, frame in FRAMES.frames for word in triggers(frame)}) >= 450


@pytest.mark.parametrize(("type", "frame"), FRAMES.frames, ids=lambda value: getattr(value, "id", ""))
def test_a_frame_names_each_trigger_once(type: str, frame: Frame) -> None:
    repeated = [word for word, times in Counter(triggers(frame)).items() if times > 1]
    assert repeated == []


@pytest.mark.parametrize(("type", "frame"), FRAMES.frames, ids=lambda value: getattr(value, "id", ""))
def test_every_example_names_its_trigger(type: str, frame: Frame) -> None:
    assert all(example.trigger for example in frame.yes)


def test_no_noun_belongs_to_two_frames_of_one_type() -> None:
    nouns = Counter((type, noun) for type, frame in FRAMES.frames if not frame.copula for noun in frame.nouns)
    assert [noun for noun, times in nouns.items() if times > 1] == []


def test_no_frame_forbids_its_own_noun() -> None:
    forbidden = [
        (frame.id, noun)
        for _, frame in FRAMES.frames
        for noun in frame.nouns
        if not frame.copula and all(other is not frame for _, other in FRAMES.for_noun(noun))
    ]
    assert forbidden == []
