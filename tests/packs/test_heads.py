"""The examples of each kind of mark."""

from __future__ import annotations

from depesche.packs.heads import KINDS, POSTED, load_heads

HEADS = load_heads()


def test_each_mark_fits_its_examples_and_no_other() -> None:
    wrong = [
        (rule.id, marks)
        for rule in HEADS.rules
        for marks, fits in [*((one, True) for one in rule.yes), *((one, False) for one in rule.no)]
        if HEADS.is_marked(rule.id, marks) is not fits
    ]
    assert not wrong


def test_every_kind_has_examples_of_both_sorts() -> None:
    assert {rule.id for rule in HEADS.rules if rule.yes and rule.no} == {*KINDS, POSTED}


def test_marks_are_told_word_by_word() -> None:
    marks = [one for rule in HEADS.rules if rule.id != POSTED for one in (*rule.yes, *rule.no)]
    for one in marks:
        for other in marks:
            whole = f"{one} {other}"
            kinds = frozenset(kind for kind in KINDS if HEADS.is_marked(kind, whole))
            assert frozenset().union(*map(HEADS.kinds_of, whole.split())) == kinds, whole
