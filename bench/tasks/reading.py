"""Texts read by Depesche inside this process, which loads its knowledge once for all tasks that run here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from depesche.export.pages import LAYERS, reading_record
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import annotate_text


@cache
def knowledge() -> Packs:
    """All packs, loaded once a process."""
    return load_packs()


def annotated(
    doc: str, text: str, published: str | None, title: str | None = None, packs: Packs | None = None
) -> Mapping[str, Any]:
    """What `depesche annotate` gives for a German text, all layers."""
    day = date.fromisoformat(published) if published else None
    reading = annotate_text(text, packs or knowledge(), published=day, title=title, language="de")
    return reading_record(doc, reading, LAYERS)
