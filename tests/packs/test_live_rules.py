from __future__ import annotations

import re

import pytest

from depesche.packs.live import load_live, read_live

FILE, RULES = read_live(), load_live()


def _fits(kind: str, pattern: re.Pattern[str], example: str) -> bool:
    return (pattern.match(example) if kind == "front" else pattern.fullmatch(example)) is not None


@pytest.mark.parametrize("kind", ["line", "front", "head"])
def test_stamps_fit_their_examples_and_no_others(kind: str) -> None:
    pattern = getattr(RULES, kind)
    assert [one for one in getattr(FILE, f"yes_{kind}") if not _fits(kind, pattern, one)] == []
    assert [one for one in getattr(FILE, f"no_{kind}") if _fits(kind, pattern, one)] == []


def test_names_of_live_blogs() -> None:
    assert RULES.names.hold("liveblogs") and not RULES.names.hold("lieblich")
