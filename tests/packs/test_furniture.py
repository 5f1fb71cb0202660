from __future__ import annotations

import pytest

from depesche.packs.furniture import LONG, SHORT, Cue, Furniture, Lead, all_cues, all_leads, index_cues, load_furniture
from depesche.packs.outlets import load_outlets

LANGUAGES = ("de", "en")
PACKS = {language: load_furniture(language) for language in LANGUAGES}
CUES = all_cues(PACKS.values())
LEADS = all_leads(PACKS.values())


def _examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.rule.id}: {example[:30]}")
        for rule in (*CUES, *LEADS)
        for example in getattr(rule.rule, kind)
    ]


def _holds(rule: Cue | Lead, example: str) -> bool:
    if isinstance(rule, Cue):
        return rule.fits(example)
    match = rule.pattern.match(example)
    mark = match.groupdict().get("mark") if match else None
    return match is not None and (mark is None or load_outlets().agency_of(mark) is not None)


@pytest.mark.parametrize(("rule", "example"), _examples("yes"))
def test_rule_fits(rule: Cue | Lead, example: str) -> None:
    assert _holds(rule, example)


@pytest.mark.parametrize(("rule", "example"), _examples("no"))
def test_rule_leaves_alone(rule: Cue | Lead, example: str) -> None:
    assert not _holds(rule, example)


@pytest.mark.parametrize("rule", (*CUES, *LEADS), ids=lambda rule: rule.rule.id)
def test_rule_has_both_kinds_of_example(rule: Cue | Lead) -> None:
    assert rule.rule.yes
    assert rule.rule.no


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.language)
def test_hanging_words_are_function_words(pack: Furniture) -> None:
    assert pack.hanging_words - pack.function_words == frozenset()


def test_ids_are_unique_across_languages() -> None:
    ids = [rule.rule.id for pack in PACKS.values() for rule in (*pack.cues, *pack.leads)]
    shared = [rule for rule in ids if rule.startswith("any.")]
    own = [rule for rule in ids if not rule.startswith("any.")]
    assert len(own) == len(set(own))
    assert len(shared) == len(LANGUAGES) * len(set(shared))


LINES = [example for cue in CUES for kind in ("yes", "no") for example in getattr(cue.rule, kind)]


@pytest.mark.parametrize("line", [*LINES, *(line.upper() for line in LINES), "", "–", "16. Mai 2024 | 18:32 Uhr"])
@pytest.mark.parametrize("least", [0, SHORT + 1, LONG + 1])
def test_index_finds_the_cue_that_trying_all_finds(line: str, least: int) -> None:
    padded = line + " und so weiter" * (max(0, least - len(line)) // 14 + bool(least))
    assert index_cues(CUES).of(padded) is next((cue for cue in CUES if cue.fits(padded)), None)


def test_long_lines_are_nobodys_business() -> None:
    assert not any(cue.fits("Newsletter abonnieren " * 100_000) for cue in CUES)
