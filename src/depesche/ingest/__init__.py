"""Files to pages: `read` names every input and yields each page once, or says why it could not be read.

paths ──folder──▶ named files ──┬─ text ──▶ decode ─┐
                                ├─ html ──▶ decode ─┼─▶ Page | Unread
                                ├─ jsonl ─ a record a line
                                ├─ archive ─ members of a zip or tar, each as a file
                                ├─ warc ── web ── what servers answered
                                └─ sidecar: what pages.csv or NAME.meta.json add
"""

from __future__ import annotations

from depesche.ingest.pages import Limits, expected, read
from depesche.ingest.web import name_of, response_page

__all__ = ["Limits", "expected", "name_of", "read", "response_page"]
