from __future__ import annotations

import pytest

from depesche.read.quote_marks import LONGEST, find_marked


def passages(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_marked(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "„Ja, gern“",
        "„Ja, gern”",
        '„Ja, gern"',
        "“Ja, gern”",
        "»Ja, gern«",
        "«Ja, gern»",
        '"Ja, gern"',
        "‚Ja, gern‘",
        "›Ja, gern‹",
    ],
)
def test_every_pair_of_marks_is_found_with_its_marks(marked: str) -> None:
    assert passages(f"Er sagte {marked}, und ging.") == [marked]


def test_two_passages_in_one_sentence_stay_two() -> None:
    assert passages('Das "Nein" und das "Ja" zählten.') == ['"Nein"', '"Ja"']


def test_single_marks_inside_double_ones_come_after_them() -> None:
    assert passages("„Er rief ‚Halt‘ und lief“, hieß es.") == ["„Er rief ‚Halt‘ und lief“", "‚Halt‘"]


def test_an_apostrophe_opens_nothing() -> None:
    assert passages("Das war's, sagte Lars' Bruder.") == []


def test_a_mark_that_never_closes_holds_the_rest_of_its_paragraph() -> None:
    text = "Er sagte: „Wir gehen jetzt.\nDann gingen alle."
    found = find_marked(text)
    assert passages(text) == ["„Wir gehen jetzt."]
    assert not found[0].closed


def test_a_passage_goes_on_over_paragraphs_that_repeat_the_mark() -> None:
    text = "„Wir gehen jetzt.\n„Und zwar alle.“"
    assert passages(text) == [text]


def test_a_closing_mark_alone_is_nothing() -> None:
    assert passages("Wir gehen jetzt.“ Dann gingen alle.") == []


def test_marks_further_apart_than_a_quotation_are_not_paired() -> None:
    text = "„" + "a " * LONGEST + "“"
    assert all(m.end - m.start <= LONGEST for m in find_marked(text))


@pytest.mark.parametrize("text", ["", "„", '"', "„“", '""""', "‚", "\ud800„\udfff“", "„" * 2000])
def test_hostile_texts_give_spans_inside_the_text(text: str) -> None:
    assert all(0 <= m.start < m.end <= len(text) for m in find_marked(text))
