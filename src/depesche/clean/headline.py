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
        return _printed_title(groups, fold(title))
    if not run:
        return None
    body = next((i for i in run if groups[i].look is Look.STRONG), run.start)
    ahead = [i for i in range(max(0, body - NEAR_BODY), body) if _reads_as_headline(groups[i], groups[body])]
    inside = [i for i in range(body, run.stop)[:INTO_RUN] if not groups[i].cue and _is_printed(groups[i], groups[:i])]
    return max(ahead + inside, key=lambda i: _points(groups, i), default=None)


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


def _reads_as_headline(group: Group, body: Group) -> bool:
    if group.cue or group.item or group.look in (Look.FOREIGN, Look.FURNITURE, Look.STRONG):
        return False
    if not 12 <= group.chars <= LONGEST_HEADLINE or group.words < 3 or group.sentences > 2:
        return False
    if _BREADCRUMB.search(group.text):
        return False
    return 2 * group.chars <= body.chars if group.closed else True


def _points(groups: Sequence[Group], i: int) -> tuple[int, int]:
    """More for a line that is printed again, for length, function words, no full stop; of equals the first."""
    group = groups[i]
    ends = group.text.endswith((".", "…"))
    again = _is_printed(group, groups[:i]) or _is_printed(group, groups[i + 1 : i + AGAIN_WITHIN])
    return 3 * again + 2 * (group.words >= 5) + (group.density >= 10) - 2 * ends, -i


def _is_printed(group: Group, others: Sequence[Group]) -> bool:
    """Whether the line stands inside another: the browser's title, a breadcrumb (perhaps cut off), a caption."""
    if group.words < 5 or group.chars > LONGEST_HEADLINE:
        return False
    key = fold(group.text)
    short = (other for other in others if other.chars < 300)
    return any(key in fold(other.text) or (_cut_off(other) and key[:40] in fold(other.text)) for other in short)


def _cut_off(group: Group) -> bool:
    return group.text.endswith(("...", "…"))
