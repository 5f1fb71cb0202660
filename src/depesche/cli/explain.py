"""The command that tells why a page is dated and cleaned as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from depesche.cli.edge import common, day_option, settings, tell_unread
from depesche.cli.output import width, write
from depesche.errors import PageError
from depesche.export.plain import json_line, plain
from depesche.model.page import Page, Unread

if TYPE_CHECKING:
    from depesche.packs.load import Packs


@click.command(epilog="Example:  depesche explain pages/abendblatt.txt --lines")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lines", is_flag=True, help="Every line too: kept or dropped, and by which rule.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@day_option("--not-after", help="No page was published after this day.")
@common
def explain(paths: tuple[Path, ...], lines: bool, form: str, not_after: date | None) -> int:
    """Tells why a page has the day it has.

    Lists all evidence with its weight, the days it allows, the line it stands in and what became of it, and says why
    the winner won; then which line tells the title, the authors and the wire service. The table counts lines from 1,
    JSON from 0 as `extract` does; those of HTML are lines of its text.
    """
    from depesche.ingest import Limits, read
    from depesche.packs.load import load_packs

    limits = Limits(settings().largest_file, settings().largest_unpacked)
    packs, unread = load_packs(), list[Unread]()
    write(piece for one in read(paths, limits) for piece in _explained(one, packs, not_after, form, lines, unread))
    return tell_unread(unread)


def _explained(
    one: Page | Unread, packs: Packs, not_after: date | None, form: str, lines: bool, unread: list[Unread]
) -> list[str]:
    """What is written for an input; one that cannot be read is also added to `unread`."""
    from depesche.export.explanation import explanation_record, explanation_table
    from depesche.pipeline import explain_page

    if isinstance(one, Page):
        try:
            found = explain_page(one, packs, not_after)
        except PageError as error:
            one = Unread(one.doc, one.source, str(error))
        else:
            if form == "jsonl":
                return [explanation_record(found, lines=lines)]
            return list(explanation_table(found, lines=lines, width=width()))
    unread.append(one)
    if form == "jsonl":
        return [json_line({"doc": one.doc, "error": one.reason})]
    return [f"== {plain(one.doc)}\nnot read: {plain(one.reason)}\n\n"]
