"""The command that watches feeds: watch."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from depesche import __version__
from depesche.cli.edge import SOME_UNREAD, common, settings, store_option
from depesche.cli.output import colour, progress_bar, width, write
from depesche.errors import DepescheError, StoreLocked, UsageError
from depesche.export.plain import plain

if TYPE_CHECKING:
    from depesche.watch import Report, Watch

_SPAN = re.compile(r"(\d{1,5})\s*(s|min|m|h|d)")
_UNITS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86400}
LONGEST_NAP = 3600.0
"""Seconds after which a watch that sleeps looks at the clock again, which may have been set."""


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)


def _span(ctx: click.Context, option: click.Parameter, value: str) -> timedelta:
    match = _SPAN.fullmatch(value.strip())
    if not match or not int(match[1]):
        raise click.BadParameter(f"{value!r} is no span of time such as 90s, 15min, 2h or 3d", ctx, option)
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


@click.command(epilog="Example:  depesche watch feeds.opml https://hafen.example/rss --store chronicle.db --once")
@click.argument("feeds", metavar="[FEEDS.opml|URL]…", nargs=-1)
@store_option
@click.option("--once", is_flag=True, help="One round, then end: for cron.")
@click.option("--list", "listing", is_flag=True, help="Tell how the feeds stand, and ask nobody.")
@click.option("--forget", metavar="URL", multiple=True, help="Watch this feed no longer; what was read of it stays.")
@click.option("--interval", metavar="SPAN", callback=_span, default="15min", show_default=True, help="Between rounds.")
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(1, 10_000),
    default=50,
    show_default=True,
    help="Pages of a feed a round.",
)
@click.option(
    "--since", metavar="SPAN", callback=_span, default="14d", show_default=True, help="Pages told longer ago are left."
)
@click.option(
    "--delay", metavar="SPAN", callback=_span, default="3s", show_default=True, help="Between two questions to a host."
)
@click.option("--hosts", metavar="N", type=click.IntRange(1, 64), default=8, show_default=True, help="Asked at a time.")
@click.option("--contact", metavar="TEXT", help="An address by which hosts can reach you, told to them with our name.")
@click.option(
    "--allow-network", "networks", metavar="CIDR", multiple=True, help="Fetch from this network though not public."
)
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@common
def watch(  # noqa: PLR0913 - the options of the command
    feeds: tuple[str, ...],
    store: str,
    once: bool,
    listing: bool,
    forget: tuple[str, ...],
    interval: timedelta,
    most: int,
    since: timedelta,
    delay: timedelta,
    hosts: int,
    contact: str | None,
    networks: tuple[str, ...],
    form: str,
) -> int:
    """Fetches what feeds name, and builds it into a store.

    Feeds are RSS, Atom, JSON Feed and sitemaps, by their addresses or in an OPML file; without any, those that the
    store already knows. Robots.txt is obeyed, hosts are asked one question at a time. A round tells what arrived, what
    failed, and which feeds are late. It can be interrupted and repeated. Without --once it goes on until Ctrl-C.
    """
    try:
        from depesche.fetch import Client, Gate, Manners, tidy_url
        from depesche.watch import Options, Setting, Watch
    except ModuleNotFoundError as error:
        raise DepescheError(
            f"{error.name} is missing; the extra `watch` brings it (pip install 'depesche[watch]')"
        ) from error
    from depesche.packs.load import load_packs
    from depesche.store import open_store

    named, clock = _named(feeds), SystemClock()
    client = Client(clock, Gate(networks))
    manners = Manners(_agent(contact), delay.total_seconds())
    options = Options(interval, most, since, hosts)
    opened = open_store(store, write=bool(named))
    watching = Watch(Setting(opened, load_packs(), client, clock, manners, options))
    for url in forget:
        if not watching.forget(tidy_url(url)):
            raise UsageError(f"{url}: no such feed; `depesche watch --list` lists them")
    if listing or (forget and not named):
        _tell(watching.standing(named), form)
        return 0
    if not named and not watching.standing().feeds:
        raise UsageError("no feed named, and the store knows none; name an address or an OPML file")
    return _rounds(watching, named, once, form)


def _agent(contact: str | None) -> str:
    """The name by which we ask."""
    return f"Depesche/{__version__}" + (f" ({plain(contact)})" if contact else "")


def _named(feeds: tuple[str, ...]) -> list[str]:
    """The addresses of the feeds, those in OPML files too; UsageError for what is neither."""
    from depesche.fetch import feeds_of_opml, tidy_url

    found = list[str]()
    for name in feeds:
        path = Path(name)
        if path.is_file():
            found += feeds_of_opml(path.read_bytes(), name)
        elif re.match(r"(?:https?|feed):", name, re.IGNORECASE):
            found.append(name)
        else:
            raise UsageError(f"{name}: no such file, and no address; https://… or an OPML file works")
    try:
        return list(dict.fromkeys(tidy_url(url) for url in found))
    except DepescheError as error:
        raise UsageError(str(error)) from error


def _rounds(watching: Watch, named: list[str], once: bool, form: str) -> int:
    """Round after round, or one; the exit code of the last."""
    clock = SystemClock()
    while True:
        try:
            with progress_bar(None, not settings().quiet) as bar:
                report = watching.round(named, bar) if bar else watching.round(named)
            code = _tell(report, form)
        except StoreLocked as error:
            if once:
                raise
            click.echo(f"depesche: {plain(str(error))}", err=True)
            clock.sleep(60)
            continue
        if once:
            return code
        due = watching.next_due(named)
        while (left := (due - clock.now()).total_seconds()) > 0:
            clock.sleep(min(left, LONGEST_NAP))


def _tell(report: Report, form: str) -> int:
    """Writes the report; the exit code says whether anything failed."""
    from depesche.watch.listing import report_records, report_table

    now = SystemClock().now()
    write(report_records(report) if form == "jsonl" else report_table(report, now, width(), colour()))
    return SOME_UNREAD if report.missed or any(feed.state in ("failed", "gone") for feed in report.feeds) else 0
