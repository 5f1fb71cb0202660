"""Builds a store from made pages, slowly enough to be killed: `python interrupted.py STORE`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from made import made_article, made_entry, made_linkage, made_page, made_reading

from depesche.model.linkage import Linkage
from depesche.model.reading import Reading
from depesche.store import open_store

NAMES = tuple(f"{number:03}" for number in range(120))


def build(url: str, tell: Callable[[str], object] = lambda step: None) -> None:
    """What the pipeline does, without the reading: each page once, then the linkage of them all.

    `tell` hears of every step just before it is taken.
    """
    tell("open")
    with open_store(url, write=True).writer() as writer:
        for name in NAMES:
            tell(f"page {name}")
            if not writer.has_reading(f"p-{name}", "1", "k"):
                text = f"Seite {name}. " * 200
                reading = made_reading(name, text=text)
                writer.put_page(made_page(name, text=text), made_article(name, text=text), reading, "1", "k")
        tell("link")
        key = writer.readings_key()
        if writer.linked_key() != key:
            writer.put_linkage(linked(list(writer.readings())), key)
    tell("done")


def linked(readings: list[Reading]) -> Linkage:
    """Two neighbours tell of one happening, so that an entry's id depends on which pages are there."""
    names = [reading.doc for reading in readings]
    pairs = [names[i : i + 2] for i in range(0, len(names), 2)]
    return made_linkage(*(made_entry(*pair) for pair in pairs))


if __name__ == "__main__":
    build(sys.argv[1], lambda step: os.write(1, f"{step}\n".encode()))
