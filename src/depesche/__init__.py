"""Depesche: from scraped news pages to the sourced chronicle they imply."""

from __future__ import annotations

__version__ = "0.1.0"
