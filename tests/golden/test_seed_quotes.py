"""The quotations of the five seed pages, found and given to the right speaker, do not slip back."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from depesche.model.days import Days
from depesche.model.reading import Quote
from depesche.packs.load import load_packs
from depesche.packs.quotes import load_quotes
from depesche.parse import parse_text
from depesche.read.parties import find_parties
from depesche.read.quotes import find_quotes

GOLD = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "gold"
FOUND = 45
WITH_SPEAKER = 41
PRECISION = 0.83

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the measuring data does not lie beside the project"),
]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("seed_score", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(doc: str, text: str, quotes: tuple[Quote, ...]) -> dict[str, object]:
    return {"doc": doc, "text": text, "quotes": msgspec.to_builtins(quotes)}


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    packs, rules = load_packs(), load_quotes("de")
    rows = []
    for line in (GOLD / "texts.jsonl").read_text("utf-8").split("\n"):
        if line.strip():
            page = json.loads(line)
            parse = parse_text(page["text"], packs, "de")
            parties = find_parties(parse, page.get("title"), Days(), packs.parties)
            rows.append(row(page["doc"], page["text"], find_quotes(parse, parties, rules)))
    result: dict[str, float] = scorer().score_quotes(rows)
    return result


def test_quotations_are_found(figures: dict[str, float]) -> None:
    assert figures["found"] >= FOUND


def test_speakers_are_right(figures: dict[str, float]) -> None:
    assert figures["with_speaker"] >= WITH_SPEAKER


def test_little_else_is_taken_for_a_quotation(figures: dict[str, float]) -> None:
    assert figures["precision"] >= PRECISION
