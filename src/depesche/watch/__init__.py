"""Watching feeds: a round asks the feeds that are due, fetches what they name, and builds it into the store.

    feeds due ──lanes──▶ what they say ──feeds──▶ pages waiting ─┐   every step is stored before the next,
pages waiting ──lanes──▶ what came ─────pages──▶ kept as it came ┤   so that a round can end anywhere
 kept, unread ──pipeline.build──▶ the chronicle ─────────────────┘
"""

from __future__ import annotations

from depesche.watch.report import Arrived, FeedLine, Missed, Report
from depesche.watch.round import Options, Setting, Watch

__all__ = ["Arrived", "FeedLine", "Missed", "Options", "Report", "Setting", "Watch"]
