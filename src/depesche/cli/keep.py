"""The commands that keep a store: check, backup, copy-store."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from depesche.cli.edge import FAILED, common, settings, store_option
from depesche.cli.output import counting_bar, write
from depesche.errors import UsageError
from depesche.export.plain import plain


@click.command(epilog="Example:  depesche check --store chronicle.db")
@store_option
@click.option(
    "--format", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="How faults are told."
)
@common
def check(store: str, format: str) -> int:
    """Looks through a store for faults.

    Damaged values, words that do not stand on the saved page where they should, references that lead nowhere. A line
    for each fault; exit code 1 if there is any. Nothing is changed, and a build may go on meanwhile.
    """
    from depesche.store import open_store

    opened = open_store(store)
    found = 0
    for fault in opened.faults():
        found += 1
        where = f"{fault.kind} {fault.id}".strip()
        line = msgspec.json.encode(fault).decode() if format == "jsonl" else plain(f"{where}: {fault.what}")
        write([f"{line}\n"])
    if not settings().quiet:
        with opened.view() as view:
            counts = view.counts()
        held = f"{counts.entries} entries from {counts.pages} pages"
        click.echo(f"{opened.name}: {held}, {found or 'no'} fault{'s' * (found != 1)}", err=True)
    return FAILED if found else 0


@click.command(epilog="Example:  depesche backup chronicle.db chronicle-monday.db")
@click.argument("store", metavar="STORE")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@common
def backup(store: str, file: Path) -> None:
    """Copies a store's file, though a build may write it meanwhile.

    STORE as it is at this moment becomes the new file FILE, a store like any other. A store on a PostgreSQL server is
    backed up by the server's own means (pg_dump), or copied into a file by copy-store.
    """
    from depesche.store import open_store

    opened = open_store(store)
    opened.backup_to(file)
    if not settings().quiet:
        with open_store(str(file)).view() as view:
            counts = view.counts()
        click.echo(f"{file}: {counts.entries} entries from {counts.pages} pages", err=True)


@click.command(
    "copy-store",
    epilog="Example:  depesche copy-store chronicle.db postgresql+psycopg://host/chronicle",
)
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@common
def copy_store(source: str, target: str) -> None:
    """Copies a store whole, from a file or a server to another.

    TARGET is a new file or an empty database. SOURCE is copied as it is at this moment, a build may go on meanwhile.
    The copy is compared with it at the end. If it is interrupted nothing of it is kept, and it can be repeated.
    """
    from depesche.store import open_store

    opened = open_store(source)
    if source == target:
        raise UsageError(f"{opened.name}: source and target are the same; name another target")
    with counting_bar("copying rows", opened.size(), not settings().quiet) as tick:
        copied = opened.copy_to(target, tick or (lambda: None)).rows
    if not settings().quiet:
        rows = sum(copied.values())
        told = f"{copied['entries']} entries from {copied['pages']} pages"
        click.echo(f"{told} copied and compared, {rows} rows in all", err=True)
