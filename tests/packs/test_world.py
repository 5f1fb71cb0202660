"""The list of world events: well formed, strict enough, and found by the words of a sentence."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest

from depesche.errors import PackError
from depesche.model.text import Span
from depesche.packs.dating import load_dating, stems
from depesche.packs.files import DATA
from depesche.packs.world import World, load_world

YES = [
    ("Fünf Jahre zuvor war die russische Armee in der Ukraine einmarschiert.", "ukraine-invasion"),
    ("Die Explosion im Hafen von Beirut zerstörte ganze Viertel.", "beirut-explosion"),
    ("Nach der Bundestagswahl begannen die Sondierungen.", "bundestag-election"),
    ("Putins Wiederwahl galt als sicher.", "putin-election"),
    ("Das Repräsentantenhaus gab die 61 Milliarden Dollar frei.", "us-ukraine-aid"),
    ("Beim G20-Gipfel in Neu-Delhi fehlte Xi.", "g20-summit"),
    ("Am Jahrestag des Mordes an Boris Nemzow legten Menschen Blumen nieder.", "nemtsov"),
]
NO = [
    ("Die Ukraine meldete neue Angriffe.", "ukraine-invasion"),
    ("In Beirut tagte das Kabinett.", "beirut-explosion"),
    ("Putin mischte sich in die US-Wahl ein.", "putin-election"),
    ("Die Firma investiert 61 Milliarden Euro in Berlin.", "us-ukraine-aid"),
    ("Der G20-Gipfel endete ohne Erklärung.", "g20-summit"),
    ("Die Jahrestagung der Halleschen Kliniken wurde verschoben.", "halle-attack"),
]


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def kinds(world: World, sentence: str) -> set[str]:
    return {told.kind for told in world.told_in(sentence, Span(0, len(sentence)))}


@pytest.mark.parametrize(("sentence", "kind"), YES)
def test_sentence_tells_of_the_event(world: World, sentence: str, kind: str) -> None:
    assert kind in kinds(world, sentence)


@pytest.mark.parametrize(("sentence", "kind"), NO)
def test_sentence_does_not_tell_of_the_event(world: World, sentence: str, kind: str) -> None:
    assert kind not in kinds(world, sentence)


def test_list_is_long_and_every_row_can_be_met_only_by_several_words(world: World) -> None:
    assert len(world.events) >= 250
    lone = {event.kind for event in world.events if len(event.parties + event.words) < 2}
    assert lone == {"bundestag-election", "european-election"}


def test_words_of_rows_are_in_small_letters(world: World) -> None:
    written = {word for event in world.events for group in event.parties + event.words for word in group}
    assert all(word and word == word.lower() for word in written)
    assert all(len(word.rstrip("*")) > 1 or word in {"w"} for word in written)


def test_rows_of_a_kind_share_no_day(world: World) -> None:
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for event in world.events:
        by_kind.setdefault(event.kind, []).append((str(event.days.first), str(event.days.last)))
    for kind, days in by_kind.items():
        ordered = sorted(days)
        assert all(a[1] < b[0] for a, b in pairwise(ordered)), kind


def test_event_words_are_placed(world: World) -> None:
    sentence = "In Smolensk jährt sich der Flugzeugabsturz."
    (told,) = world.told_in(sentence, Span(0, len(sentence)))
    assert [span.of(sentence) for span in told.words] == ["Flugzeugabsturz"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("2010-04-10\t2010-04-10", "2010-04-31\t2010-04-10"), ("smolensk.2010", "smolensk"), ("smolensk.2010", "a.1")],
)
def test_wrong_row_is_named(tmp_path: Path, before: str, after: str) -> None:
    root = tmp_path / "data"
    copytree(DATA / "world", root / "world")
    path = root / "world" / "events.tsv"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(PackError, match=r"world/events\.tsv: .*(smolensk|a\.1)"):
        load_world(root)


def test_cue_words_hold_whole_words_and_stems() -> None:
    words = stems(("nach", "befürcht*"))
    assert words.hold("nach")
    assert words.hold("befürchtete")
    assert not words.hold("nachdem")


def test_unknown_language_is_named() -> None:
    with pytest.raises(PackError, match=r"languages/xx/dating\.toml"):
        load_dating("xx")
