"""The examples of status.toml, each read as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from depesche.packs.load import Packs, load_packs
from depesche.packs.status import StatusExample, load_status
from depesche.pipeline import annotate_text


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


@pytest.mark.parametrize("example", load_status("de").examples, ids=lambda example: example.text)
def test_example(example: StatusExample, packs: Packs) -> None:
    reading = annotate_text(example.text, packs, published=date(2024, 5, 14))
    found = {event.status for event in reading.events if event.trigger.of(reading.text) == example.trigger}
    assert found == {example.status}
