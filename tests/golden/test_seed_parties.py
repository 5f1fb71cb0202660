"""The parties of the seed pages, measured with the scorer beside the data."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from depesche.model.days import one_day
from depesche.packs.load import load_packs
from depesche.parse import parse_text
from depesche.read.parties import find_parties

GOLD = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "gold"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.is_dir(), reason=f"the measuring data is not at {GOLD}"),
]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("seed_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_forms_of_the_seed_pages_are_resolved() -> None:
    packs, rows = load_packs(), []
    for line in (GOLD / "texts.jsonl").read_text("utf-8").split("\n"):
        if not line:
            continue
        page = json.loads(line)
        parse = parse_text(page["text"], packs, "de")
        days = one_day(date.fromisoformat(page["published"]))
        parties = [
            {"start": p.start, "end": p.end, "kind": p.kind.value, "name": p.name, "country": p.country}
            for p in find_parties(parse, page["title"], days, packs.parties)
        ]
        rows.append({"doc": page["doc"], "text": page["text"], "parties": parties})
    figures = scorer().score_parties(rows)
    assert figures["gold"] == 188
    assert figures["found"] >= 187
    assert figures["right"] >= 184
    assert figures["system"] <= 360, "many more mentions than the pages hold is guessing"
