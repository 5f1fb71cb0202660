"""Trafilatura's lines laid over the flattening of a page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from depesche.clean.assemble import Passage
from depesche.clean.html import align
from depesche.clean.judged import Judged, drop, keep
from depesche.clean.lines import Line
from depesche.clean.sequence import fold
from depesche.model.page import Role
from depesche.packs.furniture import Cue

NEAR_ARTICLE = 15
"""Lines ahead of the article and behind it that belong to it: byline, stamp, credit."""

Laid = tuple[tuple[Judged, ...], tuple[Passage, ...]]


def lay(
    texts: Sequence[str], flat: str, lines: Sequence[Line], cues: Sequence[Cue], title: str | None, window: str | None
) -> Laid:
    """Every line of the flattening judged by whether the article has it, and the article's passages.

    `window` is the title of the browser's window, which the flattening begins with.
    A line of the article that the flattening has in several pieces is kept as passages that join.
    """
    start = lines[0].end if window and lines and fold(lines[0].text) == fold(window) else 0
    judged: dict[int, Judged] = {}
    passages: list[Passage] = []
    named = fold(title or "")
    for text, place in zip(texts, align(texts, flat, start), strict=True):
        cue = next((cue for cue in cues if cue.fits(text)), None)
        covered = _covered(lines, place)
        if fold(text) == named and not passages:
            judged.update((line.number, keep(line, Role.HEADLINE, "clean.headline")) for line in covered)
        elif cue:
            judged.update((line.number, drop(line, cue.rule.role, cue.rule.id)) for line in covered)
        elif place is None:
            passages.append(Passage(text, -1))
        else:
            for n, line in enumerate(covered):
                judged[line.number] = keep(line, Role.BODY, "clean.trafilatura", n > 0)
                start, end = max(line.start, place[0]), min(line.end, place[1])
                passages.append(Passage(flat[start:end], start, n > 0))
    _find_headline(judged, lines, named)
    return _with_the_rest(judged, lines, cues), tuple(passages)


def _with_the_rest(judged: dict[int, Judged], lines: Sequence[Line], cues: Sequence[Cue]) -> tuple[Judged, ...]:
    """All lines; what lies near the article is named by its cue, for it may say who wrote it and when."""
    kept = [number for number, one in judged.items() if one.kept]
    near = range(min(kept, default=0) - NEAR_ARTICLE, max(kept, default=0) + NEAR_ARTICLE)
    whole = []
    for line in lines:
        one = judged.get(line.number)
        if one is None:
            cue = next((cue for cue in cues if cue.fits(line.text)), None) if line.number in near else None
            role, rule = (cue.rule.role, cue.rule.id) if cue else (Role.NAVIGATION, "clean.not-in-article")
            one = drop(line, role, rule)
        whole.append(one)
    return tuple(whole)


def _covered(lines: Sequence[Line], place: tuple[int, int] | None) -> list[Line]:
    if place is None:
        return []
    i = bisect_left(lines, place[0] + 1, key=lambda line: line.end)
    out = []
    while i < len(lines) and lines[i].start < place[1]:
        out.append(lines[i])
        i += 1
    return out


def _find_headline(judged: dict[int, Judged], lines: Sequence[Line], named: str) -> None:
    """The last print of the title ahead of the text, where trafilatura left it out."""
    if not named or any(one.role is Role.HEADLINE for one in judged.values()):
        return
    first = min((number for number, one in judged.items() if one.kept), default=len(lines))
    printed = [line for line in lines if line.number < first and fold(line.text) == named]
    if printed:
        judged[printed[-1].number] = keep(printed[-1], Role.HEADLINE, "clean.headline")
