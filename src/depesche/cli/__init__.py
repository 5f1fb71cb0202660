"""The command line: `depesche COMMAND …`.

    read.py    extract, annotate        no store
    explain.py explain                  why a page has its day, its lines, its title
    build.py   build                    pages into a store
    ask.py     chronicle, upcoming, overdue, show, pages
    quotes.py  quotes                   what was said
    differences.py  differences         where sources differ
    diff.py    diff                     what changed between versions of a page
    decide.py  decide: merge, split, reject, confirm, list, undo
    party.py   party: show, merge, split, decisions, undo
    export.py  export                   a chronicle in the forms of other programs
    *(extract, explain, annotate, build, watch),
    *(chronicle, upcoming, overdue, differences, diff, show, quotes, pages, party, decide, export, serve),
    *(check, backup, copy_store),
    serve.py   serve                    pages and an API in the browser

Commands load what they need when they run, so that `depesche --help` answers at once.
"""

from __future__ import annotations

import click

from depesche import __version__
from depesche.cli.ask import chronicle, overdue, pages, show, upcoming
from depesche.cli.build import build
from depesche.cli.decide import decide
from depesche.cli.diff import diff
from depesche.cli.differences import differences
from depesche.cli.edge import Commands, common
from depesche.cli.explain import explain
from depesche.cli.export import export
from depesche.cli.keep import backup, check, copy_store
from depesche.cli.party import party
from depesche.cli.quotes import quotes
from depesche.cli.read import annotate, extract
from depesche.cli.serve import serve
from depesche.cli.watch import watch

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="depesche", message="%(prog)s %(version)s")
@common
def main() -> None:
    """Reads scraped news pages and writes the sourced chronicle they imply.

    \b
    depesche build pages/ --store chronicle.db
    depesche chronicle --store chronicle.db
    """


for _command in (
    *(extract, explain, annotate, build, watch),
    *(chronicle, upcoming, overdue, differences, diff, show, quotes, pages, party, decide, export, serve),
    *(check, backup, copy_store),
):
    main.add_command(_command)
