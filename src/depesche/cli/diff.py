"""The command that tells what changed between versions of a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from depesche.cli.edge import common, settings
from depesche.cli.output import write
from depesche.errors import PageError, UsageError
from depesche.model.page import Page
from depesche.model.versions import History, Version

if TYPE_CHECKING:
    from depesche.packs.load import Packs


@click.command(epilog="Example:  depesche diff morning.html evening.html;  depesche diff --store chronicle.db")
@click.argument("paths", metavar="[BEFORE AFTER]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--store", metavar="FILE", help="All addresses with several versions in this store, instead of files.")
@click.option("--url", metavar="ADDRESS", help="Of the store only this address.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@common
def diff(paths: tuple[Path, ...], store: str | None, url: str | None, form: str) -> None:
    """Tells what changed between versions of a page.

    Between two files, or between all pages of a store that were saved from one address, in the order in which they were
    fetched: title, day, authors, lines added, removed and changed, numbers.
    """
    from depesche.answers.versions import histories
    from depesche.export.versions import VERSION_EXPORTS
    from depesche.packs.load import load_packs
    from depesche.store import open_store

    named = store or (None if paths else settings().store)
    if bool(paths) == bool(named) or (paths and (len(paths) != 2 or url)):
        raise UsageError("name two files, or --store FILE (and --url ADDRESS), not both")
    packs, shown = load_packs(), VERSION_EXPORTS[form]
    if named is None:
        write(shown([_of_files(paths, packs)]))
        return
    with open_store(named).view() as view:
        write(shown(histories(view, packs.german.grammar.lists.numbers, url)))


def _of_files(paths: tuple[Path, ...], packs: Packs) -> History:
    from depesche.answers.versions import revision

    before, after = (_version(path, packs) for path in paths)
    step = revision(before, after, packs.german.grammar.lists.numbers)
    return History(after.url or before.url or str(paths[1]), (before, after), (step,))


def _version(path: Path, packs: Packs) -> Version:
    from depesche.answers.versions import version_of
    from depesche.ingest import Limits, read
    from depesche.pipeline import extract_page

    found = list(read([path], Limits(settings().largest_file, settings().largest_unpacked)))
    if len(found) != 1:
        raise UsageError(f"{path}: {len(found)} pages; a file with one page would work")
    if not isinstance(found[0], Page):
        raise PageError(f"{path}: {found[0].reason}")
    try:
        return version_of(*extract_page(found[0], packs, None))
    except PageError as error:
        raise PageError(f"{path}: {error}") from error
