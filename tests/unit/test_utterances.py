"""Which quotations are one utterance. All sentences are invented."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import msgspec
import pytest

from depesche.answers.alike import Differs
from depesche.answers.utterances import Said, Utterance, utterances
from depesche.model.days import Days, one_day
from depesche.model.reading import QuoteType
from depesche.model.text import Span

ADA, CEM = "person:ada-berg", "person:cem-dorn"
BRIDGE = "„Wir bauen die Brücke über den Fluss noch in diesem Sommer“"


def said(page: str, words: str, day: int | None = 1, id: str | None = ADA, **more: object) -> Said:
    """A quotation of Ada Berg on a page of May 2024."""
    names = {ADA: "Ada Berg", CEM: "Cem Dorn"}
    published = one_day(date(2024, 5, day)) if day else Days()
    one = Said(f"p-{page}", page, (Span(10, 10 + len(words)),), words, QuoteType.DIRECT, published=published)
    told = {"speaker": names.get(id or ""), "speaker_id": id, "sentence": words} | more
    return msgspec.structs.replace(one, **told)


def sources(one: Utterance) -> list[tuple[str, str]]:
    return [(source.doc, source.differs.value) for source in one.sources]


def test_the_same_words_are_one_utterance_first_seen_on_the_earliest_page() -> None:
    (one,) = utterances([said("b", BRIDGE.upper(), 2), said("a", BRIDGE, 3), said("c", "»" + BRIDGE[1:-1] + ".«", 1)])
    assert sources(one) == [("c", "same"), ("b", "same"), ("a", "same")]
    assert (one.first.doc, one.days, one.told) == ("c", one_day(date(2024, 5, 1)), False)
    assert (one.speaker, one.speaker_id, one.origins) == ("Ada Berg", ADA, 3)


def test_a_page_without_a_day_is_no_first_page() -> None:
    (one,) = utterances([said("a", BRIDGE, None), said("b", BRIDGE, 9)])
    assert [source.doc for source in one.sources] == ["b", "a"]


def test_five_words_of_longer_ones_are_a_cut() -> None:
    (one,) = utterances([said("a", "„die Brücke über den Fluss“", 1), said("b", BRIDGE, 2)])
    assert one.words == BRIDGE
    assert sources(one) == [("a", "cut"), ("b", "same")]


@pytest.mark.parametrize(
    "words", ["„Brücke über den Fluss“", "„die Brücke über den Bach“", "„die Brücke den Fluss über“"]
)
def test_fewer_words_or_others_are_no_cut(words: str) -> None:
    assert len(utterances([said("a", words), said("b", BRIDGE)])) == 2


def test_direct_speech_that_shares_four_fifths_in_order_is_changed() -> None:
    changed = BRIDGE.replace("noch in", "in")
    (one,) = utterances([said("a", changed), said("b", BRIDGE)])
    assert sources(one) == [("a", "changed"), ("b", "same")]
    indirect = said("a", changed, type=QuoteType.INDIRECT)
    assert len(utterances([indirect, said("b", BRIDGE)])) == 2


def test_just_under_four_fifths_is_another_utterance() -> None:
    ten = "eins zwei drei vier fünf sechs sieben acht neun zehn"
    kept = ten.replace("zwei", "x").replace("sechs", "y")
    lost = kept.replace("neun", "z")
    assert len(utterances([said("a", ten), said("b", kept)])) == 1
    assert len(utterances([said("a", ten), said("b", lost)])) == 2


def test_the_same_words_of_different_speakers_stay_apart() -> None:
    found = utterances([said("a", BRIDGE), said("b", BRIDGE, id=CEM), said("c", BRIDGE, id=None)])
    assert sorted(one.speaker_id or "" for one in found) == ["", ADA, CEM]


def test_different_words_of_one_speaker_stay_apart() -> None:
    other = "„Den Zoll auf Honig senken wir im nächsten Winter wieder“"
    assert len(utterances([said("a", BRIDGE), said("a", other, 1)])) == 2


def test_a_few_words_are_one_utterance_only_on_pages_close_in_time() -> None:
    short = "„Das ist falsch“"
    days = [("a", 1), ("b", 3), ("c", 20), ("d", None)]
    found = utterances([said(page, short, day) for page, day in days])
    assert [[source.doc for source in one.sources] for one in found] == [["a", "b"], ["c"], ["d"]]


def test_a_surname_without_an_id_is_the_one_who_said_so() -> None:
    nameless = said("b", BRIDGE, id=None, speaker="Berg")
    (one,) = utterances([said("a", BRIDGE), nameless])
    assert (one.speaker_id, len(one.sources)) == (ADA, 2)
    karl = said("c", BRIDGE, id="person:karl-berg", speaker="Karl Berg")
    found = utterances([said("a", BRIDGE), nameless, karl])
    assert sorted(one.speaker_id or "" for one in found) == ["", ADA, "person:karl-berg"]


def test_the_day_told_goes_before_that_of_the_page() -> None:
    (one,) = utterances([said("a", BRIDGE, 4, told=date(2024, 5, 2)), said("b", BRIDGE, 3)])
    assert (one.days, one.told, one.first.doc) == (one_day(date(2024, 5, 2)), True, "b")


def test_copies_and_one_wire_text_count_once() -> None:
    some = [said("a", BRIDGE), said("b", BRIDGE), said("c", BRIDGE, agency="dpa"), said("d", BRIDGE, agency="DPA")]
    (one,) = utterances(some, frozenset({("p-a", "p-b")}))
    assert one.origins == 2
    assert [source.origin for source in one.sources] == ["o1", "o1", "o2", "o2"]


def test_a_page_that_prints_it_twice_is_one_source_with_the_fullest_words() -> None:
    twice = said("a", "„die Brücke über den Fluss“", spans=(Span(300, 327),))
    (one,) = utterances([said("a", BRIDGE), twice])
    assert [(source.doc, source.words) for source in one.sources] == [("a", BRIDGE)]


OTHER_WORDS = "die Brücke über den Fluss werde noch diesen Sommer gebaut"


def test_other_words_on_the_same_matter_are_probably_the_same() -> None:
    indirect = said("b", OTHER_WORDS, 4, type=QuoteType.INDIRECT)
    first = "„Wir werden die Brücke am Fluss schon diesen Sommer fertig haben“"
    one, other = utterances([said("a", first, 1), indirect])
    assert (one.probably, other.probably) == ((other.id,), (one.id,))


@pytest.mark.parametrize(
    "changed", [{"day": 5}, {"day": None}, {"id": CEM}, {"page": "a"}, {"type": QuoteType.REPORTED}]
)
def test_later_pages_other_speakers_and_reports_are_not(changed: dict[str, object]) -> None:
    first = said("a", "„Wir werden die Brücke am Fluss schon diesen Sommer fertig haben“", 1)
    told: dict[str, object] = {"page": "b", "day": 4, "type": QuoteType.INDIRECT} | changed
    found = utterances([first, said(words=OTHER_WORDS, **told)])  # type: ignore[arg-type]
    assert [one.probably for one in found] == [(), ()]


def test_the_order_of_quotations_does_not_matter() -> None:
    some = [
        said("a", BRIDGE, 2),
        said("b", "„die Brücke über den Fluss“", 1),
        said("c", BRIDGE.replace("noch in", "in"), 2),
        said("d", BRIDGE, 2, id=None, speaker="Berg"),
        said("e", OTHER_WORDS, 3, type=QuoteType.INDIRECT),
    ]
    found = {utterances(order, frozenset({("p-a", "p-c")})) for order in permutations(some)}
    assert len(found) == 1
    (whole, *_) = found.pop()
    assert {source.differs for source in whole.sources} == set(Differs)
