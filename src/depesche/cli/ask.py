"""Commands that ask a store: chronicle, upcoming, overdue, show, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from depesche.cli.edge import common, day_option, store_option
from depesche.cli.filters import filter_options, wanted
from depesche.cli.output import colour, refuse_store, width, write, write_file
from depesche.export import LISTINGS
from depesche.export.jsonl import jsonl
from depesche.export.plain import json_line
from depesche.export.show import entry_in_words
from depesche.model.linkage import Entry

if TYPE_CHECKING:
    from depesche.answers.selection import Selection
    from depesche.store import View

F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """Adds --format and --out."""
    form = click.option("--format", "form", type=click.Choice(list(LISTINGS)), default="table", show_default=True)
    out = click.option(
        "--out", metavar="FILE", type=click.Path(path_type=Path), help="Into this file instead of standard output."
    )
    return form(out(command))


@click.command(epilog="Example:  depesche chronicle --store chronicle.db --party CHN --from 2024-05-01 --format md")
@store_option
@output_options
@filter_options
@common
def chronicle(store: str, form: str, out: Path | None, **asked: Any) -> None:
    """Writes the chronicle of a store.

    What happened or is to happen, when, and who says so.
    """
    from depesche.answers.chronicle import chronicle as entries_of

    filter = wanted(**asked)
    _answer(store, form, out, lambda view: entries_of(view, filter))


@click.command(epilog="Example:  depesche upcoming --store chronicle.db --on 2024-05-14")
@store_option
@day_option("--on", "--day", "day", required=True, help="Seen from this day: from the pages that were out by then.")
@output_options
@common
def upcoming(store: str, day: date, form: str, out: Path | None) -> None:
    """Writes what was to come on a day.

    What was planned for that day or later, as the pages that were out by then tell it.
    """
    from depesche.answers.chronicle import upcoming as entries_of

    prefixes = _prefixes()
    _answer(store, form, out, lambda view: entries_of(view, day, prefixes))


@click.command(epilog="Example:  depesche overdue --store chronicle.db --on 2024-06-01")
@store_option
@day_option("--on", "--day", "day", required=True, help="Seen from this day: from the pages that were out by then.")
@output_options
@common
def overdue(store: str, day: date, form: str, out: Path | None) -> None:
    """Writes what was announced, but not reported.

    What was announced for days before that day, and of which no page told by then that it was held or called off.
    """
    from depesche.answers.chronicle import overdue as entries_of

    prefixes = _prefixes()
    _answer(store, form, out, lambda view: entries_of(view, day, prefixes))


def _prefixes() -> Mapping[str, str]:
    """What titles begin with by status."""
    from depesche.packs.linking import load_linking

    return load_linking().titles.status


def _table(selection: Selection, colour: bool) -> Iterator[str]:
    from depesche.export.table import table

    return table(selection.entries(), width(), colour)


def _answer(store: str, form: str, out: Path | None, entries_of: Callable[[View], Iterable[Entry]]) -> None:
    from depesche.answers.selection import StoredSelection
    from depesche.store import open_store

    opened = open_store(store)
    refuse_store(out, opened.files)
    listing = LISTINGS[form]
    if form == "table":
        listing = partial(_table, colour=colour() and not out)
    with opened.view() as view:
        pieces = listing(StoredSelection(view, entries_of))
        write_file(out, pieces) if out else write(pieces)


@click.command(epilog="Example:  depesche show e-3f2a9c0d11bb7e65 --store chronicle.db")
@click.argument("entry_id", metavar="ENTRY-ID")
@store_option
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@common
def show(entry_id: str, store: str, form: str) -> None:
    """Shows one entry with all its evidence.

    Every passage that tells of it, its history, its differences, and the reasons.
    """
    from depesche.answers.entry import entry as entry_of
    from depesche.store import open_store

    with open_store(store).view() as view:
        found = entry_of(view, entry_id)
        related = {one.id: other.title for one in found.relations if (other := view.entry(one.id))}
    write(jsonl([found]) if form == "jsonl" else [entry_in_words(found, related)])


@click.command(epilog="Example:  depesche pages --store chronicle.db")
@store_option
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@common
def pages(store: str, form: str) -> None:
    """Lists the pages, their days, and why.

    Then what could not be read.
    """
    from depesche.export.listing import page_in_words, page_record, unread_in_words
    from depesche.store import open_store

    with open_store(store).view() as view:
        unread = sorted(view.unread(), key=lambda one: (one.source, one.doc))
        readings = sorted(view.readings(), key=lambda reading: (reading.doc, reading.page))

    def lines() -> Iterator[str]:
        for reading in readings:
            yield json_line(page_record(reading)) if form == "jsonl" else page_in_words(reading)
        for one in unread:
            yield json_line({"doc": one.doc, "error": one.reason}) if form == "jsonl" else unread_in_words(one)

    write(lines())
