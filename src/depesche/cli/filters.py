"""The options by which entries are chosen, and the filter they ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from depesche.cli.edge import day_option
from depesche.errors import UsageError
from depesche.model.reading import Status

if TYPE_CHECKING:
    from depesche.answers.chronicle import ChronicleFilter

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    day_option("--from", "start", help="What can lie on this day or later."),
    day_option("--to", "end", help="What can lie on this day or earlier."),
    click.option("--party", help="Somebody who takes part: part of a name, or a country code such as CHN."),
    click.option("--with", "with_party", help="Somebody else who takes part in the same."),
    click.option("--type", "type_", help="A type of event, such as CONSULT."),
    click.option("--status", type=click.Choice([status.value for status in Status]), help="Where it stands."),
    click.option("--text", help="Words of the title or the evidence."),
)


def filter_options(command: F) -> F:
    """Adds --from, --to, --party, --with, --type, --status and --text."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wanted(type_: str | None, status: str | None, **asked: Any) -> ChronicleFilter:
    """The filter that the options ask for."""
    from depesche.answers.chronicle import ChronicleFilter

    check_days(asked["start"], asked["end"])
    return ChronicleFilter(type=_known_type(type_), status=Status(status) if status else None, **asked)


def check_days(start: date | None, end: date | None) -> None:
    """Refuses days that run backwards."""
    if start and end and start > end:
        raise UsageError(f"--from {start} is after --to {end}; an earlier --from would work")


def _known_type(name: str | None) -> str | None:
    """The type as it is written; UsageError lists those there are."""
    if name is None:
        return None
    from depesche.packs.ontology import load_ontology

    types = load_ontology().types
    if name.upper() not in types:
        raise UsageError(f"--type {name}: no such type; there are {', '.join(types)}")
    return name.upper()
