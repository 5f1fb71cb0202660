"""The examples of each wording of credits."""

from __future__ import annotations

from depesche.model.page import CreditKind
from depesche.packs.credits import CreditCue, load_credits
from depesche.packs.outlets import load_outlets

OUTLETS = load_outlets()


def _fits(cue: CreditCue, line: str) -> bool:
    match = cue.pattern.search(line)
    if not match or cue.rule.kind is not CreditKind.AGENCY:
        return match is not None
    return OUTLETS.agency_of(match["who"]) is not None


def test_each_rule_fits_its_examples_and_no_other() -> None:
    wrong = [
        (cue.rule.id, line)
        for cue in load_credits()
        for line, fits in [*((one, True) for one in cue.rule.yes), *((one, False) for one in cue.rule.no)]
        if _fits(cue, line) is not fits
    ]
    assert not wrong
