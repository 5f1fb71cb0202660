"""What an HTML page says of itself beside its text: title, authors, days, section, outlet, whether all may read it.

JSON-LD ──▶ Described ──┐
meta elements ──────────┼─▶ Head
marked elements ────────┘
"""

from __future__ import annotations

from depesche.clean.head.reading import Head, read_head

__all__ = ["Head", "read_head"]
