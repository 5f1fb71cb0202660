"""Every quotation rule finds what it says it finds, and leaves alone what it says it leaves alone."""

from __future__ import annotations

import re
from functools import cache

import pytest
from HanTa import HanoverTagger

from depesche.model.parse import Parse, Sentence, Word
from depesche.packs.quotes import AnyRule, all_rules, load_quotes
from depesche.read.quotes import find_quotes

RULES = load_quotes("de")
TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")


@cache
def tagger() -> HanoverTagger.HanoverTagger:
    return HanoverTagger.HanoverTagger("morphmodel_ger.pgz")


def tagged(text: str) -> Parse:
    """The text as a parse of words alone; full stops and line breaks end sentences outside of marks."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    for part in re.finditer(r"[^.!?\n]+[.!?]?[“\"]?", text):
        tokens = list(TOKEN.finditer(text, *part.span()))
        plain = [re.sub("[„“”»«]", '"', token.group()) for token in tokens]
        first = len(words)
        tags = tagger().tag_sent(plain, taglevel=1)
        words += [
            Word(token.start(), token.end(), tag, lemma) for token, (_, lemma, tag) in zip(tokens, tags, strict=True)
        ]
        if tokens:
            sentences.append(Sentence(tokens[0].start(), tokens[-1].end(), first, len(words)))
    return Parse(text=text, words=tuple(words), sentences=tuple(sentences))


def rules_found(sentence: str) -> list[str]:
    return [quote.reason.rule for quote in find_quotes(tagged(sentence), (), RULES) if quote.reason]


def cases(answer: str) -> list[tuple[AnyRule, str]]:
    return [(rule, sentence) for rule in all_rules(RULES) for sentence in getattr(rule, answer)]


@pytest.mark.parametrize(("rule", "sentence"), cases("yes"), ids=lambda value: getattr(value, "id", value))
def test_rule_finds_its_examples(rule: AnyRule, sentence: str) -> None:
    assert rule.id in rules_found(sentence)


@pytest.mark.parametrize(("rule", "sentence"), cases("no"), ids=lambda value: getattr(value, "id", value))
def test_rule_leaves_its_counter_examples_alone(rule: AnyRule, sentence: str) -> None:
    assert rule.id not in rules_found(sentence)


def test_every_rule_has_examples_and_counter_examples() -> None:
    assert [rule.id for rule in all_rules(RULES) if not rule.yes or not rule.no] == []


def test_a_lemma_belongs_to_one_verb_rule() -> None:
    lemmas = [lemma for rule in RULES.file.verbs for lemma in rule.lemmas]
    assert sorted({lemma for lemma in lemmas if lemmas.count(lemma) > 1}) == []
