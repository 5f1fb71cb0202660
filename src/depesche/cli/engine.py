"""The options of `build` that read pages on many cores or machines, and what they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from depesche.model.page import Page, Unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from depesche.packs.load import Packs
    from depesche.pipeline import BuildReport, Progress
    from depesche.store import Store

F = TypeVar("F", bound="Callable[..., Any]")


class Engine(msgspec.Struct, frozen=True):
    """Which engine was asked for: the lake it keeps pages in, and the Ray cluster it runs on, if any."""

    lake: str
    ray: str | None = None


def engine_options(command: F) -> F:
    """Adds --engine, --lake and --ray."""
    engine = click.option(
        "--engine", type=click.Choice(["daft"]), help="Read pages on all cores, or with --ray on many machines."
    )
    lake = click.option("--lake", metavar="DIR|s3://…", help="Where --engine keeps pages and readings, as Parquet.")
    ray = click.option("--ray", metavar="ADDRESS", help="The Ray cluster of --engine, such as 10.0.0.1:6379 or auto.")
    return engine(lake(ray(command)))


def chosen(engine: str | None, lake: str | None, ray: str | None) -> Engine | None:
    """The engine that the options name; None for the plain build."""
    if not engine:
        odd = "--lake" if lake else "--ray" if ray else None
        if odd:
            raise click.UsageError(f"{odd} goes with --engine daft", click.get_current_context())
        return None
    if not lake:
        raise click.UsageError("--engine daft needs --lake DIR", click.get_current_context())
    return Engine(lake, ray)


def build_with(
    engine: Engine,
    sources: Iterable[Page | Unread],
    store: Store,
    packs: Packs,
    not_after: date | None,
    progress: Progress | None,
) -> BuildReport:
    """Builds the store by the engine; UsageError where the extra `engine` is not there."""
    from depesche.engine import build_on, daft_cores, open_lake, ray_cores

    cores = ray_cores(engine.ray) if engine.ray else daft_cores()
    return build_on(cores, open_lake(engine.lake), sources, store, packs, not_after=not_after, progress=progress)
