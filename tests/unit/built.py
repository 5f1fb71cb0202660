"""Stores built for tests from the invented pages in `tests/pages`, and the command line run on them.

The knowledge is loaded once for all tests of a process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner, Result

from depesche.answers.chronicle import chronicle
from depesche.answers.selection import StoredSelection
from depesche.cli import main
from depesche.export import LISTINGS
from depesche.ingest import read
from depesche.model.page import Page, Unread
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import BuildReport, build
from depesche.store import open_store

PAGES = Path(__file__).resolve().parents[1] / "pages"
NAMES = ("abendblatt", "bote", "kurier", "morgenpost", "rundschau")


@cache
def packs() -> Packs:
    """All knowledge."""
    return load_packs()


def sources(*paths: Path) -> list[Page | Unread]:
    """The inputs under the paths, or the invented pages."""
    return list(read(paths or (PAGES,)))


def build_into(store: Path | str, found: Iterable[Page | Unread] | None = None, **extra: Any) -> BuildReport:
    """Builds a store of the inputs, or of the invented pages."""
    return build(sources() if found is None else found, open_store(str(store), write=True), packs(), **extra)


def exported(store: Path | str, form: str = "jsonl") -> str:
    """The whole chronicle of a store."""
    with open_store(str(store)).view() as view:
        return "".join(LISTINGS[form](StoredSelection(view, chronicle)))


def depesche(*words: str | Path, input: str | bytes | None = None, **environment: str) -> Result:
    """The command line, run in this process."""
    clean = {name: None for name in os.environ if name.startswith("DEPESCHE_")}
    with patch("depesche.packs.load.load_packs", packs):
        return CliRunner().invoke(main, [str(word) for word in words], input=input, env=clean | environment)


def records(text: str) -> list[dict[str, Any]]:
    """JSON lines, split at the line feed only."""
    return [json.loads(line) for line in text.split("\n") if line]
