"""How linking grows with the pile, and what adding to it costs: event mentions, invented, without any reading.

Growth is that of ten times the mentions. Adding is that of 100 pages to a store of 10,000 mentions, beside linking them
all for the first time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

from depesche.intake import Quiet, Version
from depesche.link import link
from depesche.model.page import Article, Form, Metadata, Page
from depesche.model.reading import Reading
from depesche.model.text import Segment
from depesche.relink import link_anew
from depesche.store import Writer, open_store
from made_pile import pile
from tasks.reading import knowledge
from tasks.task import Figure, Figures, Place, Reference, Task

SMALL = 10_000  # event mentions
TIMES = 10
ADDED = 100  # pages


def measure(_: Place) -> Figures:
    """Processor time for the large pile in parts of that for the small one."""
    small, large = _seconds(SMALL), _seconds(TIMES * SMALL)
    return {"times_for_ten_times": round(large / small, 2)}


def measure_adding(place: Place) -> Figures:
    """Of linking everything the part that linking takes once pages were added: processor time, and entries made."""
    readings, path = pile(SMALL), place.work / "added.db"
    random.Random(2026).shuffle(readings)
    path.unlink(missing_ok=True)
    with open_store(str(path), write=True).writer() as writer:
        _put(writer, readings[ADDED:])
        first = _linked(writer)
        before = _made_of(path)
        _put(writer, readings[:ADDED])
        again = _linked(writer)
    after = _made_of(path)
    made = sum(before.get(id) != key for id, key in after.items())
    return {"share_of_time": round(again / first, 3), "share_of_entries": round(made / len(after), 3)}


def _seconds(mentions: int) -> float:
    readings = pile(mentions)
    began = time.process_time()
    link(readings, knowledge().linking)
    return time.process_time() - began


def _put(writer: Writer, readings: Sequence[Reading]) -> None:
    version = Version.of(knowledge(), None)
    for one in readings:
        whole = (Segment(0, len(one.text), 0, len(one.text)),)
        article = Article(one.page, one.doc, one.text, whole, (), "de", Metadata(), one.title)
        page = Page(one.page, one.doc, Form.TEXT, one.text, one.doc, Metadata())
        writer.put_page(page, article, one, version.package, version.knowledge)


def _linked(writer: Writer) -> float:
    began = time.process_time()
    link_anew(writer, knowledge(), Version.of(knowledge(), None), Quiet())
    return time.process_time() - began


def _made_of(path: Path) -> dict[str, str]:
    with open_store(str(path)).view() as view:
        return view.kept().made_of()


TASKS = (
    Task(
        "growth",
        (Figure("times_for_ten_times", Reference(10, "linear"), less=True, share=0.2),),
        measure,
        long=True,
        alone=True,
    ),
    Task(
        "adding",
        (
            Figure("share_of_time", Reference(1, "everything anew"), less=True, share=0.2),
            Figure("share_of_entries", Reference(1, "everything anew"), less=True, share=0.1),
        ),
        measure_adding,
        long=True,
        alone=True,
    ),
)
