"""Which paragraph of a flattened page is its headline, where it has one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from depesche.clean.groups import Group, Look
from depesche.clean.sequence import Outline, fold

_BREADCRUMB = re.compile(r"\s[»›>|/→]\s")
LONGEST_HEADLINE = 170
AGAIN_WITHIN = 40
INTO_RUN = 6
NEAR_BODY = 12
"""Paragraphs between a headline and the text, at most: teaser links, a byline, counts."""


def find_headline(outline: Outline, title: str | None) -> int | None:
    """The index of the paragraph that prints the title, or that reads as one ahead of the text."""
    groups, run = outline.groups, outline.run
    if title:
        return _printed_title(outline, fold(title))
    if not run:
        return None
    body = next((i for i in run if groups[i].look is Look.STRONG), run.start)
    ahead = [i for i in range(max(0, body - NEAR_BODY), body) if _reads_as_headline(groups[i], groups[body])]
    inside = [i for i in range(body, run.stop)[:INTO_RUN] if not groups[i].cue and _is_printed(outline, i, range(i))]
    return max(ahead + inside, key=lambda i: _points(outline, i), default=None)


def _printed_title(outline: Outline, title: str) -> int | None:
    if not title:
        return None
    groups = outline.groups
    keys = [key if group.chars < 400 else "" for group, key in zip(groups, outline.keys, strict=True)]
    exact = [i for i, key in enumerate(keys) if key == title]
    if exact:
        return max(exact, key=lambda i: (_followed_by_text(groups, i), -i))
    parts = [i for i, key in enumerate(keys) if len(key) >= 20 and len(key.split()) >= 3 and key in title]
    return max(parts, key=lambda i: (len(keys[i]), -i), default=None)


def _followed_by_text(groups: Sequence[Group], i: int) -> bool:
    return any(group.look is Look.STRONG for group in groups[i + 1 : i + 6])


def _reads_as_headline(group: Group, body: Group) -> bool:
    if group.cue or group.item or group.look in (Look.FOREIGN, Look.FURNITURE, Look.STRONG):
        return False
    if not 12 <= group.chars <= LONGEST_HEADLINE or group.words < 3 or group.sentences > 2:
        return False
    if _BREADCRUMB.search(group.text):
        return False
    return 2 * group.chars <= body.chars if group.closed else True


def _points(outline: Outline, i: int) -> tuple[int, int]:
    """More for a line that is printed again, for length, function words, no full stop; of equals the first."""
    group = outline.groups[i]
    ends = group.text.endswith((".", "…"))
    behind = range(i + 1, min(i + AGAIN_WITHIN, len(outline.groups)))
    again = _is_printed(outline, i, range(i)) or _is_printed(outline, i, behind)
    return 3 * again + 2 * (group.words >= 5) + (group.density >= 10) - 2 * ends, -i


def _is_printed(outline: Outline, i: int, others: range) -> bool:
    """Whether the line stands inside another: the browser's title, a breadcrumb (perhaps cut off), a caption."""
    groups, keys = outline.groups, outline.keys
    if groups[i].words < 5 or groups[i].chars > LONGEST_HEADLINE:
        return False
    whole, front = keys[i], keys[i][:40]
    return any(front in keys[n] and groups[n].chars < 300 and (whole in keys[n] or _cut_off(groups[n])) for n in others)


def _cut_off(group: Group) -> bool:
    return group.text.endswith(("...", "…"))
