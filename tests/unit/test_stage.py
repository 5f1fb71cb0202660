"""What a long article's indexes answer, held against a walk through all its mentions and happenings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from eventful import eventful
from hypothesis import given
from hypothesis import strategies as st

import depesche.read.judged as judged
from depesche.model.text import Span, meeting
from depesche.packs.load import load_packs
from depesche.pipeline import annotate_text
from depesche.read.naming import nearest
from depesche.read.stage import MANY_RANKS, REACH, Scene, Stage, Tie


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """Long invented articles with all their happenings."""
    packs, seen = load_packs(), []

    def recorded(*given: object) -> Scene:
        seen.append(Scene(*given))  # type: ignore[arg-type]
        return seen[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(judged, "Scene", recorded)
        for seed in range(3):
            annotate_text("\n\n".join(eventful(80, seed)), packs, published=date(2024, 5, 16), language="de")
    assert sum(len(scene.told) for scene in seen) > 100
    return seen


def stages_of(scenes: list[Scene]) -> Iterator[Stage]:
    """Every happening of every article."""
    return (stage for scene in scenes for stage in scene.stages())


def _rank(tie: Tie) -> tuple[int, int, int]:
    return tie.closeness, abs(tie.distance), tie.distance


def test_candidates_have_the_closest_of_all_their_ties(scenes: list[Scene]) -> None:
    for stage in stages_of(scenes):
        naming = stage.scene.naming
        for candidate in stage.candidates:
            if candidate.tie is not None:
                assert candidate.tie == min(map(stage.tie, naming.mentions[candidate.id]), key=_rank)


def test_candidates_are_those_within_reach_the_most_named_and_the_ruled(scenes: list[Scene]) -> None:
    for stage in stages_of(scenes):
        naming = stage.scene.naming
        ruled = {p.id or p.text for p in stage.told.event.parties}
        expected = {
            id
            for id, mentions in naming.mentions.items()
            if naming.ranks[id] < MANY_RANKS
            or any(abs(stage.sentences_away(naming.sentence_of[m.head])) <= REACH for m in mentions)
        }
        assert {candidate.id for candidate in stage.candidates} == expected | ruled


def test_parts_elsewhere_are_those_in_all_other_happenings(scenes: list[Scene]) -> None:
    for stage in stages_of(scenes):
        scene = stage.scene
        for id in scene.naming.mentions:
            others = [k for k in range(len(scene.told)) if k != stage.at]
            expected = {(scene.part(k, id), scene.told[k].event.type) for k in others}
            assert scene.parts_elsewhere(stage.at, id) == expected


def test_an_act_answers_those_that_its_objects_tell(scenes: list[Scene]) -> None:
    answers = 0
    for stage in stages_of(scenes):
        expected = [
            (role, k, any(draft.trigger.word == word for draft in one.drafts))
            for role, word in stage.objects
            for k, one in enumerate(stage.scene.told)
            if k != stage.at
            and any(
                draft.trigger.word == word or draft.event.lemma == stage.passage.parse.words[word].lemma
                for draft in one.drafts
            )
        ]
        assert stage.answered == expected
        answers += len(expected)
    assert answers > 0


def test_parties_between_two_words_are_counted(scenes: list[Scene]) -> None:
    for scene in scenes:
        parties = scene.passage.parties
        for mention in parties[:40]:
            for other in parties[::5]:
                low, high = sorted((mention.head, other.head))
                between = {p.id for p in parties if low < p.head < high and p.id != mention.id}
                assert scene.naming.others_between(low, high, mention.id, 3) == min(len(between), 3)


@given(st.sets(st.integers(0, 50), min_size=1), st.integers(-5, 55))
def test_nearest_place(places: set[int], place: int) -> None:
    assert nearest(sorted(places), place) == min(places, key=lambda own: (abs(own - place), own))


@given(st.sets(st.integers(0, 40)), st.integers(0, 40), st.integers(1, 10))
def test_spans_that_meet_another(bounds: set[int], start: int, length: int) -> None:
    places = sorted(bounds)
    spans = [Span(*pair) for pair in zip(places[::2], places[1::2], strict=False)]
    other = Span(start, start + length)
    assert list(meeting(spans, other)) == [span for span in spans if span.meets(other)]
