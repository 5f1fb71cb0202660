from __future__ import annotations

import re

import pytest

from depesche.packs.beginnings import beginnings, index_of, part_of


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("Mai", {"mai"}),
        ("(?:de[rs] )?Mai", {"der m", "des m", "mai"}),
        (r"\d{1,2}\.", {"0.", "00."}),
        ("(?-i:(?=[MD]))(?:montag|dienstag)(?!s)", {"monta", "diens"}),
        (r"(?:am|im)(?:\s{1,3})(?P<day>x)", {"am x", "am  x", "am   ", "im x", "im  x", "im   "}),
        ("[^a]b", {""}),
        ("(?:ab)?", {"", "ab"}),
    ],
)
def test_the_letters_that_a_match_begins_with_are_read_off_its_pattern(pattern: str, letters: set[str]) -> None:
    assert beginnings(pattern) == letters


def test_values_come_by_place_in_their_order() -> None:
    lead = "(?:(?:der|die) )"
    patterns = [(f"{lead}?Mai", "may"), (f"{lead}Tage", "days"), (r"\d+", "number")]
    index = index_of([(beginnings(pattern, lead), value) for pattern, value in patterns], lead)
    assert index.at("der Mai", 0) == ("may",)
    assert index.at("DIE TAGE", 0) == ("days",)
    assert index.at("im Mai", 3) == ("may",)
    assert index.at("٣ Tage", 0) == ("number",)
    assert index.at("Mut", 0) == ()


def test_long_classes_do_not_multiply() -> None:
    assert beginnings(r"[a-z]{2,20}[a-z0-9]") == {""}
    assert beginnings(r"un[a-z]{2,20}") == {"un"}


def test_beginnings_leave_out_nothing_that_the_pattern_matches() -> None:
    pattern = r"(?:(?:Ende|Anfang) )?(?:jeden? )?(?:[0-3]\d?\.)?(?:\s?Juni|\s?Juli)"
    told = beginnings(pattern)
    for text in ("Ende Juni", "jede 3. Juli", "31.Juni", " Juli", "anfang 3.juni"):
        assert re.match(pattern, text, re.IGNORECASE)
        letters = "".join("0" if sign.isdecimal() else sign for sign in text[:5].lower())
        assert any(letters.startswith(begun) for begun in told)


@pytest.mark.parametrize(
    "pattern", ["(?:am )?!2\\.", "!|§", "!(?P<a>§)?", "x(?:!|§|y)", "(?:!{0,2}|§)Mai", "!!", "[ab]!"]
)
def test_a_sign_begins_like_what_it_stands_for(pattern: str) -> None:
    stands = {"!": "(?:mai|juni?|m[äa]rz)", "§": r"(?:\d{1,2}|ok(?:t|tober))"}
    whole = pattern
    for sign, inner in stands.items():
        whole = whole.replace(sign, inner)
    parts = {sign: part_of(inner) for sign, inner in stands.items()}
    assert beginnings(pattern, parts=parts) == beginnings(whole)
