"""Fetching from the web: politely, within limits, and never from where no page can lie.

address ──urls──▶ tidy ──hosts──▶ allowed by robots.txt, its turn ──client──▶ Response ──feeds──▶ Feed
                                                     │
                                     network: resolves, checks each address, connects to the checked one

Needs the extra `watch`. Nothing here reads a store or a clock of its own: clock and sleep are passed in.
"""

from __future__ import annotations

from depesche.fetch.addresses import Gate
from depesche.fetch.client import Client, Limits
from depesche.fetch.clock import Clock
from depesche.fetch.feeds import read_feed
from depesche.fetch.fetcher import Conditions, Fetcher, Manners
from depesche.fetch.opml import feeds_of_opml
from depesche.fetch.urls import tidy_url

__all__ = [
    "Client",
    "Clock",
    "Conditions",
    "Fetcher",
    "Gate",
    "Limits",
    "Manners",
    "feeds_of_opml",
    "read_feed",
    "tidy_url",
]
