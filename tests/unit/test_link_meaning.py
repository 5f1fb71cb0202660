"""Meaning vectors: whole numbers, compared in whole numbers; stories do without them and are told apart by them."""

from __future__ import annotations

import msgspec
import pytest
from link_pages import RULES, days

from depesche.link.meaning import nearness
from depesche.link.stories import StoryText, find_stories, page_similarity
from depesche.packs.meaning import load_meaning


def made(*numbers: int) -> bytes:
    return bytes(number % 256 for number in numbers)


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        (made(3, 4), made(3, 4), 1000),
        (made(3, 4), made(6, 8), 1000),
        (made(1, 0), made(0, 1), 0),
        (made(1, 0), made(-1, 0), 0),
        (made(0, 0), made(1, 1), 0),
        (b"", made(1, 1), 0),
        (made(127) * 512, made(-127) * 512, 0),
    ],
)
def test_nearness_is_the_cosine_in_thousandths(a: bytes, b: bytes, near: int) -> None:
    assert nearness(a, b) == nearness(b, a) == near


def test_a_text_has_one_vector_and_other_languages_are_near() -> None:
    meaning = load_meaning()
    german = meaning.vector("Der Präsident besucht morgen die Hauptstadt.")
    english = meaning.vector("The president will visit the capital tomorrow.")
    other = meaning.vector("Im Zoo kam eine junge Giraffe zur Welt.")
    assert (len(german), meaning.vector("")) == (512, b"")
    assert german == load_meaning().vector("Der  Präsident besucht\nmorgen die Hauptstadt.")
    assert nearness(german, english) > 2 * nearness(german, other)


TEXTS = [
    ("a", "Der Streik der Lokführer trifft Bremen und Hamburg, die Gewerkschaft fordert Lohn."),
    ("b", "Die Lokführer in Bremen und Hamburg beenden den Streik der Gewerkschaft um Lohn."),
    ("c", "In Bremen öffnet das Museum, in Hamburg die Oper, ein Orchester spielt Mozart."),
]


def _pages(meanings: dict[str, bytes]) -> list[StoryText]:
    when = days("2030-01-01")
    return [StoryText(id_, "", text, when, meanings.get(id_, b"")) for id_, text in TEXTS]


def test_vectors_raise_and_lower_likeness() -> None:
    rules = msgspec.structs.replace(RULES.stories, mean=500)
    same, apart = {"a": made(9, 1), "b": made(9, 1)}, {"a": made(9, 0), "b": made(0, 9)}
    assert ("a", "b") in {story.pages for story in find_stories(_pages(same), rules)}
    assert all(len(story.pages) == 1 for story in find_stories(_pages(apart), rules))


def test_similarity_is_of_words_alone_where_a_vector_is_missing() -> None:
    pairs = [("a", "b"), ("a", "c")]
    words = page_similarity(_pages({}), pairs, RULES.stories)
    assert words == page_similarity(_pages({"a": made(9, 1)}), pairs, RULES.stories)
    assert words["a", "b"] > words["a", "c"]
