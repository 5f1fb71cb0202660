"""Which paragraph of a flattened page is its headline, where it has one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from depesche.clean.groups import Group, Look
from depesche.clean.sequence import fold

_BREADCRUMB = re.compile(r"\s[»›>|/→]\s")
LONGEST_HEADLINE = 170
NEAR_BODY = 12
"""Paragraphs between a headline and the text, at most: teaser links, a byline, counts."""


def find_headline(groups: Sequence[Group], title: str | None) -> int | None:
    """The index of the paragraph that prints the title, or that reads as one ahead of the text."""
    if title:
        return _printed_title(groups, fold(title))
    body = next((i for i, group in enumerate(groups) if _body_starts(groups, i)), None)
    if body is None:
        return None
    candidates = [i for i in range(max(0, body - NEAR_BODY), body) if _reads_as_headline(groups[i], groups[body])]
    if not candidates:
        return None
    return max(candidates, key=lambda i: _points(groups, i, body))


def _printed_title(groups: Sequence[Group], title: str) -> int | None:
    if not title:
        return None
    keys = [fold(group.text) if group.chars < 400 else "" for group in groups]
    exact = [i for i, key in enumerate(keys) if key == title]
    if exact:
        return max(exact, key=lambda i: (_followed_by_text(groups, i), -i))
    parts = [i for i, key in enumerate(keys) if len(key) >= 20 and len(key.split()) >= 3 and key in title]
    return max(parts, key=lambda i: (len(keys[i]), -i), default=None)


def _followed_by_text(groups: Sequence[Group], i: int) -> bool:
    return any(group.look is Look.STRONG for group in groups[i + 1 : i + 6])


def _body_starts(groups: Sequence[Group], i: int) -> bool:
    """Whether text begins here that goes on: a strong paragraph with another one near."""
    if groups[i].look is not Look.STRONG or groups[i].chars < 100:
        return False
    return groups[i].chars > 400 or any(group.look is Look.STRONG for group in groups[i + 1 : i + 8])


def _reads_as_headline(group: Group, body: Group) -> bool:
    if group.cue or group.item or group.look in (Look.FOREIGN, Look.FURNITURE, Look.STRONG):
        return False
    if not 12 <= group.chars <= LONGEST_HEADLINE or group.words < 3 or group.sentences > 2:
        return False
    if _BREADCRUMB.search(group.text):
        return False
    return 2 * group.chars <= body.chars if group.closed else True


def _points(groups: Sequence[Group], i: int, body: int) -> tuple[int, int]:
    """More for a line that is printed again or that a breadcrumb ends in, for length, and for being near."""
    key = fold(groups[i].text)
    start = key[:40]
    again = sum(start in fold(group.text) for n, group in enumerate(groups) if n != i and group.chars < 300)
    length = 2 if groups[i].words >= 5 else 0
    return 3 * min(again, 1) + length - (2 if groups[i].text.endswith(("...", "…")) else 0), i
