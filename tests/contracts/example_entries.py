"""The example pages and two of their entries, for tests that read exports of them back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).resolve().parent / "schemas"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "pages"
VISIT = "Ramiro Etcheverry besucht Ljubljana"
SUMMIT = "Abgesagt: Gipfel in Accra: Elfenbeinküste, Ghana"

Entry = dict[str, Any]


def titled(entries: list[Entry], title: str) -> Entry:
    """The one entry of a title."""
    (found,) = [entry for entry in entries if entry["title"] == title]
    return found


def schema(name: str) -> Draft202012Validator:
    """A schema beside the tests, itself checked."""
    read = json.loads((SCHEMAS / name).read_text("utf-8"))
    Draft202012Validator.check_schema(read)
    return Draft202012Validator(read)
