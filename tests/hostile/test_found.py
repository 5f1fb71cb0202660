"""Inputs that fuzzing found once, and a few that every stage gets: each is answered, the same way twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from stages import STAGES, run, seeds

FOUND = sorted(path for path in (Path(__file__).parent / "found").iterdir() if path.name != "README.md")
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_is_answered(path: Path) -> None:
    stage, data = path.name.split("-")[0], path.read_bytes()
    assert run(stage, data) == run(stage, data)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_answers_what_fuzzing_begins_with(stage: str) -> None:
    tried = [*seeds(ROOT, stage)][:8]
    assert tried
    for data in (b"", b"\x00", *tried):
        assert run(stage, data) == run(stage, data)
