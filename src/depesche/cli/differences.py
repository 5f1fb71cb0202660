"""The command that lists where sources differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from depesche.cli.edge import common, store_option
from depesche.cli.filters import filter_options, wanted
from depesche.cli.output import refuse_store, write, write_file
from depesche.model.linkage import DifferenceKind, Field

FORMS = ("table", "md", "jsonl")


@click.command(epilog="Example:  depesche differences --store chronicle.db --field number --kind conflict")
@store_option
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Into this file instead of standard output."
)
@click.option("--field", type=click.Choice([one.value for one in Field]), help="In what they differ.")
@click.option("--kind", type=click.Choice([one.value for one in DifferenceKind]), help="How they differ.")
@filter_options
@common
def differences(store: str, form: str, out: Path | None, field: str | None, kind: str | None, **asked: Any) -> None:
    """Lists where sources differ.

    In days, place, numbers, parties or status: each value with its source, and the day on which that was published.
    A conflict are values that exclude each other; a refinement holds a closer and a looser one; values of different
    scope speak of different things. No value is preferred.
    """
    from depesche.answers.differences import differences as differences_of
    from depesche.export.differences import DIFFERENCE_EXPORTS
    from depesche.store import open_store

    filter = wanted(**asked)
    opened = open_store(store)
    refuse_store(out, opened.files)
    with opened.view() as view:
        found = differences_of(view, filter, Field(field) if field else None, DifferenceKind(kind) if kind else None)
        pieces = DIFFERENCE_EXPORTS[form](found)
        write_file(out, pieces) if out else write(pieces)
