"""Whatever the text and the day: times are found, lie where they say, and never raise."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.model.days import Days, Direction
from depesche.model.expression import TimeExpression, resolve
from depesche.model.page import Dateline
from depesche.model.parse import Parse, Sentence
from depesche.packs.times import load_times, read_times
from depesche.parse.times import find_times
from depesche.read.times import anchor_times

RULES = {language: load_times(language) for language in ("de", "en")}
WORDINGS = [
    (language, example.text) for language in RULES for rule in read_times(language).rules for example in rule.yes
]
PIECES = sorted({word for _, text in WORDINGS for word in text.split()})


def found_in(text: str, language: str = "de") -> tuple[TimeExpression, ...]:
    return find_times(text, (), (Sentence(0, len(text), 0, 0),), RULES[language])


EXPRESSIONS = [time for language, text in WORDINGS for time in found_in(text, language)]


@given(st.sampled_from(EXPRESSIONS), st.dates(), st.dates(), st.sampled_from(Direction))
@settings(max_examples=400, deadline=None)
def test_resolving_never_raises_and_widens_with_the_anchor(
    expression: TimeExpression, one: date, other: date, direction: Direction
) -> None:
    anchor = Days(min(one, other), max(one, other))
    wide = resolve(expression, anchor, direction)
    for day in (one, other):
        close = resolve(expression, Days(day, day), direction)
        if close.days.known and wide.days.known:
            assert wide.days.hull(close.days) == wide.days
    for half in (Days(one, None), Days(None, one), Days()):
        assert isinstance(resolve(expression, half, direction).value, str)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30), st.sampled_from(sorted(RULES)))
@settings(max_examples=200, deadline=None)
def test_times_are_in_order_apart_and_inside_the_text(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    end = 0
    for time in found_in(text, language):
        assert end <= time.start < time.end <= len(text)
        assert text[time.start : time.end].strip() == text[time.start : time.end]
        for part in time.parts:
            assert time.start <= part.start < part.end <= time.end
        end = time.end


VALUE = re.compile(
    r"[PF](?:AST|UTURE)_REF|PRESENT_REF"
    r"|P(?:[\dX.]+(?:Y|M|W|D|Q|H|DE|CE|L|WE|NI|SP|SU|FA|WI))*(?:T(?:[\dX.]+(?:H|M|S|MO|MI|AF|EV|NI|DT))*)?"
    r"|[\dX]{1,4}(?:-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:WE|[1-7]))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?"
    r"(?:T(?:[0-2]\d:[0-5]\d|MO|MI|AF|EV|NI|DT))?"
)


@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.integers(0, 9999).map(str), st.text(max_size=3)), max_size=12),
    st.sampled_from(sorted(RULES)),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(Direction),
)
@settings(max_examples=300, deadline=None)
def test_every_value_is_one_of_timex3(pieces: list[str], language: str, day: date | None, direction: Direction) -> None:
    for time in found_in(" ".join(pieces), language):
        told = resolve(time, Days(day, day), direction)
        assert all(VALUE.fullmatch(value) for value in told.value.split("/")), told.value


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12), st.sampled_from(sorted(RULES)))
@settings(max_examples=200, deadline=None)
def test_every_rule_that_matches_a_place_is_looked_up_there(pieces: list[str], language: str) -> None:
    text, rules = " ".join(pieces), RULES[language]
    for begin in rules.start.finditer(text):
        looked_up = {rule.id for rule in rules.behind_part.at(text, begin.start())}
        for rule in rules.behind_part.values:
            if rule.pattern.match(text, begin.start()):
                assert rule.id in looked_up


@pytest.mark.parametrize(
    "piece",
    [
        "1.",
        "den ",
        "vor ",
        "1 ",
        "12.12.",
        "heute ",
        "und ",
        "\ud800",
        "der letzten ",
        "\n",
        "Mai-",
        "20.20-",
        "Anfang Mai ",
        "ſonntag ",
        "the ſtart of May ",
    ],
)
def test_hostile_repetition_comes_to_an_end(piece: str) -> None:
    text = piece * 3000
    for language in RULES:
        assert all(text[time.start : time.end].strip() for time in found_in(text, language))


class Counted:
    """A search that counts the letters it may look at."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.letters = 0

    def search(self, text: str, first: int, last: int) -> re.Match[str] | None:
        self.letters += last - first
        return self.pattern.search(text, first, last)


@pytest.mark.parametrize("language", sorted(RULES))
def test_where_a_time_points_is_read_from_its_surroundings_however_long_the_sentence(language: str) -> None:
    text = ("1989; " if language == "en" else "Mai; ") * 2000
    times = found_in(text, language)
    future = Counted(RULES[language].cues.future)
    cues = msgspec.structs.replace(RULES[language].cues, future=future)
    parse = Parse(text, (), (Sentence(0, len(text), 0, 0),), times=times)
    rules = msgspec.structs.replace(RULES[language], cues=cues)
    assert len(anchor_times(parse, Dateline(), rules)) == len(times) >= 1000
    assert future.letters < 1000 * len(times)
