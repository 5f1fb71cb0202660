"""The command that writes a chronicle in the forms of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from depesche.cli.edge import common, settings, store_option
from depesche.cli.filters import filter_options, wanted
from depesche.cli.output import counting_bar, refuse_store, write, write_file
from depesche.errors import UsageError
from depesche.export import EXPORTS, Form, Tally
from depesche.export.plain import plain

if TYPE_CHECKING:
    from depesche.answers.selection import Selection

FILE_ENDINGS = {".csv", ".json", ".parquet", ".tml", ".tsv", ".txt", ".xlsx", ".xml", ".zip"}
"""Endings that tell that somebody expects one file."""

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def _list(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    """Answers --list and ends."""
    if value and not ctx.resilient_parsing:
        for form in EXPORTS.values():
            click.echo(f"{form.name:<14} {form.makes:<7} {form.says}\n{'':<22} leaves out {form.leaves}")
        ctx.exit()


@click.command(epilog="Example:  depesche export csv --store chronicle.db --out tables --bom")
@click.argument("form", metavar="FORM", type=click.Choice(list(EXPORTS)))
@store_option
@click.option(
    "--out",
    metavar="FILE_OR_FOLDER",
    type=click.Path(path_type=Path),
    help="Where to; - or nothing is standard output, for forms of one file.",
)
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="Lists the forms.")
@filter_options
@click.option("--bom", is_flag=True, help="For csv: a mark at the start by which Excel knows UTF-8.")
@click.option("--separator", type=click.Choice(list(SEPARATORS)), help="For csv: what stands between cells [comma].")
@common
def export(form: str, store: str, out: Path | None, bom: bool, separator: str | None, **asked: Any) -> None:
    """Writes the chronicle in a form that other programs read.

    FORM is polecat, gdelt, ics, timelinejs, ninjs, jsonld, webannotation, ftm, bibtex, csl, markdown, atom, csv,
    parquet or timeml; --list describes them.

    What was written, and what was left out and why, is told on standard error. The same filters as those of chronicle
    choose the entries.
    """
    from depesche.answers.chronicle import chronicle as entries_of
    from depesche.answers.selection import StoredSelection
    from depesche.store import open_store

    chosen, filter, tally = EXPORTS[form], wanted(**asked), Tally()
    if (bom or separator) and form != "csv":
        raise UsageError(f"--bom and --separator are for csv, not for {form}; leave them out")
    target = None if out is None or str(out) == "-" else out
    opened = open_store(store)
    _check(chosen, target, opened.files)
    quiet = settings().quiet
    with opened.view() as view:
        total = view.count(filter) * chosen.passes
        with counting_bar(f"exporting to {form}", total, not quiet and target is not None) as tick:
            selection = StoredSelection(view, lambda view: entries_of(view, filter), tick)
            _write(chosen, selection, tally, target, {"bom": bom, "separator": SEPARATORS[separator or "comma"]})
    if not quiet:
        for line in tally.lines():
            click.echo(f"depesche: {plain(line)}", err=True)


def _check(form: Form, target: Path | None, store: Sequence[Path]) -> None:
    if target is None and form.fill:
        raise UsageError(f"{form.name} fills a folder; --out FOLDER names one")
    if target and form.fill and target.suffix.lower() in FILE_ENDINGS and not target.is_dir():
        raise UsageError(
            f"--out {target}: {form.name} fills a folder, and that is the name of a file; {target.stem} would work"
            + (" (one table alone: depesche chronicle --format csv)" if form.name == "csv" else "")
        )
    refuse_store(target, store)
    if target and form.pieces and target.is_dir():
        raise UsageError(
            f"--out {target}: a folder; {form.name} is one file, such as {target / f'chronicle{form.ending}'}"
        )


def _write(form: Form, selection: Selection, tally: Tally, target: Path | None, csv: dict[str, Any]) -> None:
    if form.pieces:
        pieces = form.pieces(selection, tally)
        write_file(target, pieces) if target else write(pieces)
    elif form.fill and target:
        from depesche.export.folder import FilledFolder

        fill = partial(form.fill, **csv) if form.name == "csv" else form.fill
        with FilledFolder(target, form.name) as folder:
            fill(selection, tally, folder)
