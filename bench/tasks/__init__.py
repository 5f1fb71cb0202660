"""All tasks of the bench, in the order of the table."""

from __future__ import annotations

from tasks import (
    cost,
    engine,
    events,
    exports,
    extract,
    grammar,
    growth,
    linking,
    machines,
    quotes,
    seeds,
    speed,
    stories,
    timelines,
    timex,
    web,
)
from tasks.task import Task

TASKS: tuple[Task, ...] = (
    *seeds.TASKS,
    *linking.TASKS,
    *growth.TASKS,
    *events.TASKS,
    *timex.TASKS,
    *quotes.TASKS,
    *extract.TASKS,
    *speed.TASKS,
    *stories.TASKS,
    *timelines.TASKS,
    *grammar.TASKS,
    *cost.TASKS,
    *engine.TASKS,
    *exports.TASKS,
    *web.TASKS,
    *machines.TASKS,
)
