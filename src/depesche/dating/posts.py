"""The days on which the entries of a live blog appeared.

An entry tells its hour and seldom its day. From the oldest entry to the newest the hours rise; where they fall,
midnight has passed. A day that is told above an entry, or with it, holds from there on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from depesche.dating.header import header_days, told_days
from depesche.model.page import Article, Post, Posted
from depesche.packs.dating import DatingRules

SLACK = 90
"""Minutes by which an entry may stand out of order without a new day between."""


def date_posts(article: Article, published: date | None, rules: DatingRules) -> tuple[Posted, ...]:
    """The entries with their days; none where neither an entry nor the page tells one."""
    posts = article.posts
    if not posts:
        return ()
    newest_first = _newest_first(posts)
    ordered = tuple(reversed(posts)) if newest_first else posts
    days = _days(ordered, [_told(post, published, rules) for post in ordered], _known_end(article, published))
    by_start = {post.start: day for post, day in zip(ordered, days, strict=True)}
    return tuple(
        Posted(post.start, post.end, day, post.clock) for post in posts if (day := by_start[post.start]) is not None
    )


def _newest_first(posts: Sequence[Post]) -> bool:
    """Whether more hours fall than rise from one entry to the next, days told by HTML counted in."""
    moments = [(post.day or "", post.clock) for post in posts]
    falls = sum(other < one for one, other in pairwise(moments))
    rises = sum(other > one for one, other in pairwise(moments))
    return falls > rises


def _told(post: Post, published: date | None, rules: DatingRules) -> date | None:
    """The day that stands with an entry or above it; a year that is not told is the one nearest to the page's day."""
    if (days := told_days(post.day)) and days.length == 1:
        return days.first
    for found in header_days(post.head, rules):
        if found.days and found.days.length == 1:
            return found.days.first
        if found.days is None and published is not None:
            return _nearest(found.month, found.day, published)
    return None


def _nearest(month: int, day: int, published: date) -> date | None:
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(date(year, month, day))
        except ValueError:  # 29 February
            continue
    return min(days, key=lambda one: abs((one - published).days), default=None)


def _known_end(article: Article, published: date | None) -> tuple[date | None, date | None]:
    """The days of the oldest and of the newest entry, as far as the page tells them.

    Metadata tell the first publication and the last change; a header over a live blog is renewed with every entry.
    """
    told, changed = told_days(article.metadata.published), told_days(article.metadata.modified)
    newest = changed.first if changed and changed.length == 1 else None
    if told and told.length == 1:
        return published, newest
    return None, newest or published


def _days(
    posts: Sequence[Post], told: Sequence[date | None], ends: tuple[date | None, date | None]
) -> list[date | None]:
    """The day of each entry, from the oldest to the newest, counted from the days that are known."""
    midnights = [0]
    for one, other in pairwise(posts):
        midnights.append(midnights[-1] + (_minutes(other) < _minutes(one) - SLACK))
    known = {i: day for i, day in enumerate(told) if day}
    oldest, newest = ends
    if not known and oldest:
        known[0] = oldest
    elif not known and newest:
        known[len(posts) - 1] = newest
    return [_from(i, known, midnights) for i in range(len(posts))]


def _from(i: int, known: dict[int, date], midnights: Sequence[int]) -> date | None:
    """The day of an entry, by the midnights between it and the last known one before it, or else the next one."""
    before = max((k for k in known if k <= i), default=None)
    base = min(known, default=None) if before is None else before
    if base is None:
        return None
    day = known[base] + timedelta(days=midnights[i] - midnights[base])
    following = min((known[k] for k in known if k > i), default=day)
    return min(day, following) if before is not None else day


def _minutes(post: Post) -> int:
    hour, minute = post.clock.split(":")
    return int(hour) * 60 + int(minute)
