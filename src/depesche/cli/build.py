"""The command that reads pages into a store."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from depesche import __version__
from depesche.cli.edge import common, day_option, limits, settings, store_option, tell_passed_over, tell_unread
from depesche.cli.engine import build_with, chosen, engine_options
from depesche.cli.output import progress_bar
from depesche.errors import UsageError
from depesche.model.page import Page, PassedOver, Unread
from depesche.settings import MOST_WORKERS

if TYPE_CHECKING:
    from depesche.link.meaning import Meaning
    from depesche.pipeline import BuildReport
    from depesche.store import Store


@click.command(epilog="Example:  depesche build pages/ --store chronicle.db --not-after 2024-05-20")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@day_option("--not-after", help="No page was published after this day.")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, MOST_WORKERS),
    help="So many processes read pages, each with a core and about 200 MB of its own [default: DEPESCHE_WORKERS or 1].",
)
@click.option(
    "--meaning/--no-meaning",
    default=None,
    help="Tell stories by meaning vectors too, from now on; or forget them. Needs the extra `meaning`.",
)
@engine_options
@common
def build(  # noqa: PLR0913 — one a switch
    paths: tuple[Path, ...],
    store: str,
    not_after: date | None,
    workers: int | None,
    meaning: bool | None,
    engine: str | None,
    lake: str | None,
    ray: str | None,
) -> int:
    """Reads pages into a store and links them.

    It can be interrupted and repeated: only what is new is read.

    PATH is a file or a folder of .txt, .html, .jsonl and the like, or an archive of them: .zip, .tar, .tar.gz, .warc,
    .warc.gz and their like. A pages.csv or NAME.meta.json beside the pages may tell url, outlet,
    published, fetched and title. Another --not-after reads all pages again.

    With --engine daft pages are read on all cores, or by a Ray cluster, into a lake; the store then holds what the lake
    does. The chronicle is the same.
    """
    from depesche.ingest import expected, read
    from depesche.packs.load import load_packs
    from depesche.pipeline import build as build_store
    from depesche.store import Run, open_store

    started, asked = _now(), chosen(engine, lake, ray)
    passed = list[PassedOver]()
    found = read(paths, limits(), passed.append)
    if asked and (workers is not None or meaning is not None):
        raise UsageError("--workers and --meaning go without --engine; `depesche build --meaning` adds vectors later")
    opened, packs = open_store(store, write=True), load_packs()
    sources, count = _without_store(found, paths, opened.files), workers or settings().workers
    if asked:
        with progress_bar(None, not settings().quiet) as bar:
            report = build_with(asked, sources, opened, packs, not_after, bar)
    else:
        encoder = _encoder(opened, meaning)
        with progress_bar(expected(paths), not settings().quiet) as bar:
            report = build_store(
                sources, opened, packs, not_after=not_after, progress=bar, workers=count, meaning=encoder
            )
    if report.read or report.linked:
        run = Run(started, _now(), __version__, packs.knowledge, report.read, len(report.unread), tuple(passed))
        with opened.writer() as writer:
            writer.put_run(run)
    if not settings().quiet:
        click.echo(_summary(report), err=True)
    tell_passed_over(passed)
    return tell_unread(report.unread)


def _encoder(store: Store, wanted: bool | None) -> Meaning | None:
    """What makes meaning vectors, if they are wanted; a store that has some goes on so until told otherwise."""
    from depesche.packs.meaning import load_meaning

    with store.view() as view:
        has = view.has_meanings()
    if wanted is False and has:
        with store.writer() as writer:
            writer.forget_meanings()
    return load_meaning() if wanted or (wanted is None and has) else None


def _without_store(
    found: Iterable[Page | Unread], paths: Sequence[Path], store: Sequence[Path]
) -> Iterator[Page | Unread]:
    """The inputs less the store itself, which may lie in the folder that is read."""
    own = {os.path.realpath(file) for file in store}
    for one in found:
        if isinstance(one, Page) or not any(os.path.realpath(path / one.source) in own for path in paths):
            yield one


def _summary(report: BuildReport) -> str:
    done = f"{report.read} pages read, {report.known} known already, {len(report.unread)} not read"
    return f"{done}; {report.entries} entries from {report.pages} pages"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
