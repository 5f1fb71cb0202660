"""Runs the examples of every time rule: `yes` must be found and mean what it says, `no` must not be found."""

from __future__ import annotations

from datetime import date

import pytest

from depesche.model.days import one_day
from depesche.model.expression import TimeExpression, resolve
from depesche.model.parse import Sentence
from depesche.packs.times import Example, RuleText, TimeRules, load_times, read_times
from depesche.parse.times import find_times

LANGUAGES = ("de", "en")
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
