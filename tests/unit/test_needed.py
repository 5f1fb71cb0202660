from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.packs.needed import any_of, needed_words, needs_digit

WORD = st.text(alphabet="abekü (@.-", min_size=1, max_size=5)


@given(st.lists(WORD, max_size=6), st.text(alphabet="abekü (@.-", max_size=20))
def test_a_text_holds_one_of_the_words_or_none(words: list[str], text: str) -> None:
    assert (re.search(any_of(words), text) is not None) == any(word in text for word in words)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("Abo (?:testen|kündigen)", {"testen", "kündigen"}),
        (r"\d+ Kommentare?", {" kommentar"}),
        ("(?:Newsletter)?", None),
        ("Abo|ja", None),
    ],
)
def test_the_words_that_every_match_holds_are_read_off_the_pattern(pattern: str, words: set[str] | None) -> None:
    assert needed_words(pattern) == words


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\w+ \d{1,2}\.", True),
        (r"(?:am \d|\d+ Uhr)", True),
        (r"(?:am \d|heute)", False),
        (r"\d?\s", False),
        (r"[\d.]+", False),
    ],
)
def test_whether_a_match_holds_a_digit_is_read_off_the_pattern(pattern: str, needs: bool) -> None:
    assert needs_digit(pattern) is needs
