"""The chronicle in the forms that people and programs read: `EXPORTS[name](entries)` gives it in pieces of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from depesche.export.csv import csv
from depesche.export.html import html
from depesche.export.ics import ics
from depesche.export.jsonl import jsonl
from depesche.export.markdown import markdown
from depesche.export.table import table
from depesche.model.linkage import Entry

__all__ = ["EXPORTS", "Export"]

Export: TypeAlias = Callable[[Iterable[Entry]], Iterator[str]]

EXPORTS: Mapping[str, Export] = {
    "table": table,
    "md": markdown,
    "jsonl": jsonl,
    "csv": csv,
    "ics": ics,
    "html": html,
}
