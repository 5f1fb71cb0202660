"""The time, as it is passed in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time and waits. Threads may share one."""

    def now(self) -> datetime:
        """The time, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never go back, for time-outs."""

    def sleep(self, seconds: float) -> None:
        """Waits."""
