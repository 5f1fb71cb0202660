"""A round: ask the feeds that are due, fetch the pages they name, build what came into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from depesche.errors import FetchError, PageError
from depesche.fetch import Client, Clock, Conditions, Fetcher, Manners, read_feed
from depesche.fetch.hosts import Hosts
from depesche.ingest import name_of, response_page
from depesche.model.page import Page, Unread
from depesche.model.response import Response
from depesche.model.watching import Feed, FeedState, Listed, PageState
from depesche.packs.load import Packs
from depesche.pipeline import BuildReport, Progress, Quiet, build
from depesche.store import Store, Watching
from depesche.store.rows import digest
from depesche.watch.lanes import exchanges
from depesche.watch.report import Arrived, Missed, Report, feed_lines
from depesche.watch.standing import (
    feed_answered,
    feed_failed,
    named_pages,
    page_arrived,
    page_failed,
    refused_form,
)

EARLIEST = datetime.min.replace(tzinfo=UTC)
PARTS = 10
"""How many sitemaps of a sitemap of sitemaps are read, the latest ones."""


class Options(msgspec.Struct, frozen=True):
    """How to watch: how long a feed is left alone, how many pages of each are fetched in a round, how old they may be.

    `lanes` is at how many hosts at a time; with one, nothing happens at the same time as anything else.
    """

    interval: timedelta = timedelta(minutes=15)
    most: int = 50
    since: timedelta = timedelta(days=14)
    lanes: int = 8


class Setting(msgspec.Struct, frozen=True):
    """What a watch works with."""

    store: Store
    packs: Packs
    client: Client
    clock: Clock
    manners: Manners
    options: Options = Options()


class Watch:
    """The watch of a store. Rounds follow each other; each takes up where the last one, however it ended, left off."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._clock = setting.clock
        self._memory = setting.store.watching(setting.clock.sleep)

    def round(self, feeds: Sequence[str] = (), progress: Progress = Quiet()) -> Report:
        """One round over the feeds, or over all that are known where none is named.

        StoreLocked if another watch is running, or another program keeps writing.
        """
        with self._memory.alone():
            return _Round(self._setting, self._memory, self._states(feeds), progress).done()

    def standing(self, feeds: Sequence[str] = ()) -> Report:
        """How the feeds stand, without asking anybody."""
        states = self._states(feeds)
        counts = {state.url: self._memory.counts(state.url) for state in states}
        return Report(feed_lines(states, counts, Counter(), (), (), self._clock.now()))

    def forget(self, feed: str) -> bool:
        """Watches a feed no longer; what was read of it stays. False if it is not known."""
        with self._memory.alone():
            return self._memory.forget(feed)

    def next_due(self, feeds: Sequence[str] = ()) -> datetime:
        """When the next feed is to be asked."""
        later = self._clock.now() + self._setting.options.interval
        return min((state.due for state in self._states(feeds) if state.due), default=later)

    def _states(self, feeds: Sequence[str]) -> list[FeedState]:
        known = {state.url: state for state in self._memory.feeds()}
        return [known.get(url, FeedState(url)) for url in dict.fromkeys(feeds or known)]


class _Round:
    """One round, as far as it has come."""

    def __init__(self, setting: Setting, memory: Watching, states: Sequence[FeedState], progress: Progress) -> None:
        self._setting = setting
        self._options = setting.options
        self._now = setting.clock.now
        self._memory = memory
        self._progress = progress
        self._hosts = Hosts(setting.clock, setting.manners, {host.host: host for host in memory.hosts()})
        self._fetcher = Fetcher(setting.client, setting.clock, setting.manners, self._hosts)
        self._states = {state.url: state for state in states}
        self._named = Counter[str]()
        self._arrived: list[Arrived] = []
        self._missed: list[Missed] = []

    def done(self) -> Report:
        """Does it."""
        self._ask_feeds()
        self._fetch_pages()
        built = self._build()
        counts = {url: self._memory.counts(url) for url in self._states}
        lines = feed_lines(self._states.values(), counts, self._named, self._arrived, self._missed, self._now())
        return Report(lines, tuple(self._arrived), tuple(self._missed), built)

    # --- feeds

    def _ask_feeds(self) -> None:
        now, parts = self._now(), list[tuple[str, str]]()
        due = [one for one in self._states.values() if not one.gone and (one.due is None or one.due <= now)]
        ask = self._fetcher.fetch
        asked = exchanges(
            due, lambda one: one.url, lambda one: ask(one.url, Conditions(one.etag, one.modified)), self._options.lanes
        )
        for state, outcome in asked:
            for part in self._take_feed(state, outcome):
                parts.append((state.url, part.url))
        for (feed, url), outcome in exchanges(parts, lambda one: one[1], lambda one: ask(one[1]), self._options.lanes):
            self._take_part(feed, url, outcome)

    def _take_feed(self, state: FeedState, outcome: Response | FetchError) -> Sequence[Listed]:
        """Remembers what came of asking a feed; gives the parts that it consists of."""
        now, feed = self._now(), None
        try:
            if isinstance(outcome, FetchError):
                raise outcome
            feed = None if outcome.status == 304 else read_feed(outcome)
            # A little early, so that a job that runs at this interval does not find it not yet due.
            after = feed_answered(state, outcome, feed, now, now + self._options.interval * 0.9)
        except FetchError as error:
            after = feed_failed(state, error, now)
        self._put_feed(after, feed)
        if feed is None:
            return ()
        return sorted(feed.parts, key=lambda part: (part.told or EARLIEST, part.url), reverse=True)[:PARTS]

    def _take_part(self, feed: str, url: str, outcome: Response | FetchError) -> None:
        try:
            if isinstance(outcome, FetchError):
                raise outcome
            self._put_feed(self._states[feed], read_feed(outcome))
        except FetchError as error:
            self._missed.append(Missed(url, feed, str(error), self._states[feed].due))

    def _put_feed(self, state: FeedState, feed: Feed | None) -> None:
        listed = feed.pages if feed else ()
        known = self._memory.pages(page.url for page in listed)
        pages = list(named_pages(state.url, listed, known, self._now(), self._options.since))
        self._states[state.url] = state
        self._named[state.url] += len(pages)
        self._memory.put_feed(state, pages)
        self._memory.put_hosts(self._hosts.changed())

    # --- pages

    def _fetch_pages(self) -> None:
        jobs = [page for url in self._states for page in self._due_pages(url)]
        for page, outcome in exchanges(
            jobs, lambda page: page.url, lambda page: self._fetcher.fetch(page.url), self._options.lanes
        ):
            self._take_page(page, outcome)
            self._memory.put_hosts(self._hosts.changed())
            self._progress.page(page.url)

    def _due_pages(self, feed: str) -> list[PageState]:
        """The pages of a feed that are to be fetched now, the latest first."""
        now = self._now()
        due = [page for page in self._memory.waiting(feed) if page.due is None or page.due <= now]
        return sorted(due, key=lambda page: (page.told or page.seen, page.url), reverse=True)[: self._options.most]

    def _take_page(self, page: PageState, outcome: Response | FetchError) -> None:
        now = self._now()
        fault = outcome if isinstance(outcome, FetchError) else refused_form(outcome)
        if fault is not None:
            after = page_failed(page, fault, now)
            self._memory.put_page(after)
            self._missed.append(Missed(page.url, page.feed, after.says, after.due))
        elif isinstance(outcome, Response):
            new = self._memory.last_digest(page.url) != digest(outcome.body)
            self._memory.put_page(page_arrived(page, now), outcome if new else None)
            if new:
                self._arrived.append(Arrived(page.url, page.feed, name_of(outcome.url)))

    # --- the chronicle

    def _build(self) -> BuildReport | None:
        """Reads what was fetched, in this round or one that was interrupted, and lists what never will be."""
        numbers, sources = list[int](), list[Page | Unread]()
        for number, url, response in self._memory.to_read():
            numbers.append(number)
            sources.append(_page(url, response))
        sources += [Unread(name_of(one.url), one.url, one.says) for one in self._missed if one.again is None]
        if not sources:
            return None
        built = build(sources, self._setting.store, self._setting.packs, progress=self._progress)
        self._memory.mark_read(numbers)
        told = {one.url for one in self._missed}
        unread = {one.source: one for one in built.unread if one.source not in told}
        feeds = self._memory.pages(unread)
        self._missed += [Missed(url, feeds[url].feed, one.reason) for url, one in unread.items() if url in feeds]
        return built


def _page(url: str, response: Response) -> Page | Unread:
    """The page that was fetched from the address, which is its source: so it takes the place of an earlier failure."""
    name = name_of(response.url)
    try:
        return response_page(response, name, url)
    except PageError as error:
        return Unread(name, url, str(error))
