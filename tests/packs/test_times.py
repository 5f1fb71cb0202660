"""Runs the examples of every time rule: `yes` must be found and mean what it says, `no` must not be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from depesche.model.days import one_day
from depesche.model.expression import TimeExpression, resolve
from depesche.model.parse import Sentence
from depesche.packs.times import Example, RuleText, TimeRules, load_times, read_times
from depesche.parse.times import find_times

LANGUAGES = ("de", "en")
LONGEST = 130
"""Most often that anything in a pattern may come again: all patterns look at a bounded stretch of text."""
RULES: dict[str, TimeRules] = {language: load_times(language) for language in LANGUAGES}
FILES = {language: read_times(language) for language in LANGUAGES}


def cases(kind: str) -> list[object]:
    return [
        pytest.param(language, rule, example, id=f"{language}-{rule.id}-{n}")
        for language in LANGUAGES
        for rule in FILES[language].rules
        for n, example in enumerate(getattr(rule, kind))
    ]


def times_in(text: str, language: str) -> tuple[TimeExpression, ...]:
    return find_times(text, (), (Sentence(0, len(text), 0, 0),), RULES[language])


@pytest.mark.parametrize(("language", "rule", "example"), cases("yes"))
def test_a_rule_finds_its_examples(language: str, rule: RuleText, example: Example) -> None:
    found = times_in(example.text, language)
    spans = {example.text[time.start : time.end]: time for time in found}
    assert example.span in spans, f"{rule.id} found {sorted(spans)}"
    time = spans[example.span]
    assert time.rule == rule.id
    assert time.type is rule.type
    assert resolve(time, one_day(date.fromisoformat(example.day)), example.direction).value == example.value


@pytest.mark.parametrize(("language", "rule", "text"), cases("no"))
def test_a_rule_leaves_its_counter_examples_alone(language: str, rule: RuleText, text: str) -> None:
    assert rule.id not in {time.rule for time in times_in(text, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_examples_of_both_kinds_and_a_name_of_its_own(language: str) -> None:
    rules = FILES[language].rules
    assert [rule.id for rule in rules if not rule.yes or not rule.no] == []
    assert len({rule.id for rule in rules}) == len(rules)


def repeats(items: Any) -> Iterator[int]:
    """How often the parts of a parsed pattern may come again."""
    for kind, value in items:
        if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            yield int(value[1])
            yield from repeats(value[2])
        elif kind is _constants.BRANCH:
            for branch in value[1]:
                yield from repeats(branch)
        elif kind in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from repeats(value[1])
        elif kind is _constants.SUBPATTERN:
            yield from repeats(value[3])


def patterns_of(rules: TimeRules) -> Iterator[tuple[str, re.Pattern[str]]]:
    yield "part", rules.part
    yield from ((rule.id, rule.pattern) for rule in rules.behind_part.values)
    for told in (rules.joins, rules.cues):
        for name in told.__struct_fields__:
            pattern = getattr(told, name)
            if isinstance(pattern, re.Pattern):
                yield name, pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_looks_further_than_some_words(language: str) -> None:
    """So the work at each place of a text is bounded, whatever the text: no text takes long for its length."""
    boundless = {
        name
        for name, pattern in patterns_of(RULES[language])
        if any(most > LONGEST for most in repeats(_parser.parse(pattern.pattern)))
    }
    assert boundless == set()
