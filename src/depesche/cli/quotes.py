"""The command that lists what was said."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from depesche.cli.edge import common, day_option, store_option
from depesche.cli.filters import check_days
from depesche.cli.output import colour, refuse_store, width, write, write_file
from depesche.errors import UsageError

if TYPE_CHECKING:
    from depesche.answers.quotes import QuoteFilter

FORMS = ("table", "md", "jsonl", "csv")


@click.command(epilog='Example:  depesche quotes --store chronicle.db --speaker "Qin Gang" --about Handel --format md')
@store_option
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Into this file instead of standard output."
)
@click.option("--speaker", metavar="NAME", help="Who said it: a name, part of one, or a country code such as CHN.")
@click.option("--about", metavar="WORDS", help="Words that all stand in it, or in the sentence that introduces it.")
@day_option("--from", "start", help="What can have been said on this day or later.")
@day_option("--to", "end", help="What can have been said on this day or earlier.")
@common
def quotes(store: str, form: str, out: Path | None, **asked: Any) -> None:
    """Lists what was said, by whom, and who prints it.

    The same words on several pages are one utterance, with all its sources; what is probably the same in other words
    is named beside it.
    """
    from depesche.answers.quotes import quotes as quotes_of
    from depesche.export.quotes import QUOTE_LISTINGS, quotes_table
    from depesche.store import open_store

    filter = _wanted(**asked)
    opened = open_store(store)
    refuse_store(out, opened.files)
    listing = QUOTE_LISTINGS[form]
    if form == "table":
        listing = partial(quotes_table, width=width(), colour=colour() and not out)
    with opened.view() as view:
        pieces = listing(quotes_of(view, filter))
    write_file(out, pieces) if out else write(pieces)


def _wanted(speaker: str | None, about: str | None, start: date | None, end: date | None) -> QuoteFilter:
    """The filter that the options ask for."""
    from depesche.answers.quotes import QuoteFilter

    check_days(start, end)
    for option, words in (("--speaker", speaker), ("--about", about)):
        if words is not None and not any(sign.isalnum() for sign in words):
            raise UsageError(f"{option} {words}: there is no word in it; a word such as Handel would work")
    return QuoteFilter(speaker, about, start, end)
