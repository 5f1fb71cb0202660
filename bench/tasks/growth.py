"""How the time of linking grows with the pile: ten times the event mentions, invented, without any reading."""

from __future__ import annotations

import time

from depesche.link import link
from made_pile import pile
from tasks.reading import knowledge
from tasks.task import Figure, Figures, Place, Reference, Task

SMALL = 10_000  # event mentions
TIMES = 10


def measure(_: Place) -> Figures:
    """Processor time for the large pile in parts of that for the small one."""
    small, large = _seconds(SMALL), _seconds(TIMES * SMALL)
    return {"times_for_ten_times": round(large / small, 2)}


def _seconds(mentions: int) -> float:
    readings = pile(mentions)
    began = time.process_time()
    link(readings, knowledge().linking)
    return time.process_time() - began


TASKS = (
    Task(
        "growth",
        (Figure("times_for_ten_times", Reference(10, "linear"), less=True, share=0.2),),
        measure,
        long=True,
        alone=True,
    ),
)
