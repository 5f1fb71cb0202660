"""Commands that ask a store: chronicle, upcoming, overdue, show, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from depesche.cli.edge import common, day_option, store_option
from depesche.cli.output import colour, width, write, write_file
from depesche.errors import UsageError
from depesche.export import EXPORTS
from depesche.export.plain import json_line
from depesche.export.show import entry_in_words
from depesche.model.linkage import Entry
from depesche.model.reading import Status

if TYPE_CHECKING:
    from depesche.store import View

F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """Adds --format and --out."""
    form = click.option("--format", "form", type=click.Choice(list(EXPORTS)), default="table", show_default=True)
    out = click.option(
        "--out", metavar="FILE", type=click.Path(path_type=Path), help="Into this file instead of standard output."
    )
    return form(out(command))


@click.command(epilog="Example:  depesche chronicle --store chronicle.db --party CHN --from 2024-05-01 --format md")
@store_option
@output_options
@day_option("--from", "start", help="What can lie on this day or later.")
@day_option("--to", "end", help="What can lie on this day or earlier.")
@click.option("--party", help="Somebody who takes part: part of a name, or a country code such as CHN.")
@click.option("--with", "with_party", help="Somebody else who takes part in the same.")
@click.option("--type", "type_", help="A type of event, such as CONSULT.")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Where it stands.")
@click.option("--text", help="Words of the title or the evidence.")
@common
def chronicle(store: str, form: str, out: Path | None, type_: str | None, status: str | None, **asked: Any) -> None:
    """Writes the chronicle of a store.

    What happened or is to happen, when, and who says so.
    """
    from depesche.answers.chronicle import ChronicleFilter
    from depesche.answers.chronicle import chronicle as entries_of

    if asked["start"] and asked["end"] and asked["start"] > asked["end"]:
        raise UsageError(f"--from {asked['start']} is after --to {asked['end']}; an earlier --from would work")
    wanted = ChronicleFilter(type=_known_type(type_), status=Status(status) if status else None, **asked)
    _answer(store, form, out, lambda view: entries_of(view, wanted))


@click.command(epilog="Example:  depesche upcoming --store chronicle.db --day 2024-05-14")
@store_option
@day_option("--day", required=True, help="Seen from this day.")
@output_options
@common
def upcoming(store: str, day: date, form: str, out: Path | None) -> None:
    """Writes what is planned from a day on."""
    from depesche.answers.chronicle import upcoming as entries_of

    _answer(store, form, out, lambda view: entries_of(view, day))


@click.command(epilog="Example:  depesche overdue --store chronicle.db --day 2024-06-01")
@store_option
@day_option("--day", required=True, help="Seen from this day.")
@output_options
@common
def overdue(store: str, day: date, form: str, out: Path | None) -> None:
    """Writes what was announced and never reported."""
    from depesche.answers.chronicle import overdue as entries_of

    _answer(store, form, out, lambda view: entries_of(view, day))


def _answer(store: str, form: str, out: Path | None, entries_of: Callable[[View], Iterable[Entry]]) -> None:
    from depesche.store import open_store

    opened = open_store(store)
    if out and out.exists() and out.samefile(opened.path):
        raise UsageError(f"--out {out}: that is the store; name another file")
    export = EXPORTS[form]
    if form == "table":
        from depesche.export.table import table

        export = partial(table, width=width(), colour=colour() and not out)
    with opened.view() as view:
        pieces = export(entries_of(view))
        write_file(out, pieces) if out else write(pieces)


def _known_type(name: str | None) -> str | None:
    """The type as it is written; UsageError lists those there are."""
    if name is None:
        return None
    from depesche.packs.ontology import load_ontology

    types = load_ontology().types
    if name.upper() not in types:
        raise UsageError(f"--type {name}: no such type; there are {', '.join(types)}")
    return name.upper()


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
    write(EXPORTS["jsonl"]([found]) if form == "jsonl" else [entry_in_words(found, related)])


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
