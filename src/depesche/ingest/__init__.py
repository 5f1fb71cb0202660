"""Files to pages: `read` names every input and yields each page once, or says why it could not be read.

paths ──folder──▶ named files ──┬─ text ──▶ decode ─┐
                                ├─ html ──▶ decode ─┼─▶ Page | Unread
                                ├─ jsonl ─ a record a line
                                └─ sidecar: what pages.csv or NAME.meta.json add
"""

from __future__ import annotations

from depesche.ingest.pages import Limits, read

__all__ = ["Limits", "read"]
