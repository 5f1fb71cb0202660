"""How feeds and pages stand after what came of asking for them. Pure: the time is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

import msgspec

from depesche.errors import FetchError
from depesche.model.response import HTML_TYPES, Response
from depesche.model.watching import Feed, FeedState, Listed, PageState, Standing

TRIES = 5
"""How often a page is tried, in as many rounds, before it is given up."""

GIVEN_UP = timedelta(days=7)
"""After how long a page is given up whose host keeps putting us off."""

FIRST_PAUSE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(days=1)
LONGEST_MARK = 500
"""Characters of an ETag or a time of change that are sent back; longer ones are forgotten."""

USUAL_OF = 5
"""How many times a feed must tell before what is usual for it can be said."""

LATE_AFTER = 4
"""A feed is late when nothing came for so many times its usual gap, and for a day at least."""


def feed_answered(state: FeedState, answer: Response, feed: Feed | None, now: datetime, due: datetime) -> FeedState:
    """The feed after an answer; `feed` is None where nothing was new."""
    fresh = msgspec.structs.replace(state, checked=now, due=due, failures=0, says="")
    if feed is None:
        return fresh
    told = sorted({min(page.told, now) for page in feed.pages if page.told}, reverse=True)
    return msgspec.structs.replace(
        fresh,
        title=feed.title or state.title,
        etag=_mark(answer.header("etag")),
        modified=_mark(answer.header("last-modified")),
        newest=max((time for time in (*told[:1], state.newest) if time), default=None),
        gap=_gap(told) or state.gap,
    )


def feed_failed(state: FeedState, error: FetchError, now: datetime) -> FeedState:
    """The feed after a failure: asked again after a pause that doubles, or never where it is gone for good."""
    gone = error.status == 410
    pause = max(_pause(state.failures), timedelta(seconds=error.wait or 0))
    due = None if gone else now + pause
    return msgspec.structs.replace(state, checked=now, due=due, failures=state.failures + 1, says=str(error), gone=gone)


def is_late(state: FeedState, now: datetime) -> bool:
    """Whether the feed has been silent for much longer than is usual for it."""
    if state.newest is None or state.gap is None:
        return False
    return now - state.newest > max(timedelta(days=1), timedelta(seconds=LATE_AFTER * state.gap))


def named_pages(
    feed: str, listed: Sequence[Listed], known: Mapping[str, PageState], now: datetime, since: timedelta
) -> Iterator[PageState]:
    """The pages that are to be fetched: new ones, and those that were changed since they were fetched.

    What was told of longer ago than `since` is left alone.
    """
    for page in listed:
        told = min(page.told, now) if page.told else None
        if told and now - told > since:
            continue
        before = known.get(page.url)
        if before is None:
            yield PageState(page.url, feed, now, told=told)
        elif before.standing is Standing.ARRIVED and told and before.fetched and told > before.fetched:
            yield msgspec.structs.replace(before, standing=Standing.WAITING, told=told, due=None, tries=0)


def refused_form(answer: Response) -> FetchError | None:
    """Why what came is no page, if it is none."""
    media = answer.media_type
    if not media or media in HTML_TYPES:
        return None
    return FetchError(f"no page of HTML but {media[:100]}", status=answer.status, lasting=True)


def page_arrived(page: PageState, now: datetime) -> PageState:
    """The page after it was fetched."""
    return msgspec.structs.replace(page, standing=Standing.ARRIVED, fetched=now, due=None, tries=0, says="")


def page_failed(page: PageState, error: FetchError, now: datetime) -> PageState:
    """The page after a failure: tried again in a later round, or given up."""
    put_off = error.wait is not None
    tries = page.tries + (0 if put_off else 1)
    if error.lasting or tries >= TRIES or now - page.seen > GIVEN_UP:
        return msgspec.structs.replace(page, standing=Standing.FAILED, due=None, tries=tries, says=str(error))
    pause = timedelta(seconds=error.wait) if error.wait is not None else _pause(page.tries)
    return msgspec.structs.replace(page, due=now + pause, tries=tries, says=str(error))


def _pause(failures: int) -> timedelta:
    return min(FIRST_PAUSE * (1 << min(failures, 20)), LONGEST_PAUSE)


def _mark(told: str) -> str | None:
    return told if told and len(told) <= LONGEST_MARK and told.isascii() and told.isprintable() else None


def _gap(told: Sequence[datetime]) -> float | None:
    """The usual seconds between two pages, of times that come latest first."""
    if len(told) < USUAL_OF:
        return None
    return median((later - earlier).total_seconds() for later, earlier in pairwise(told))
