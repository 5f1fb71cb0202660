"""Trafilatura's lines laid over the flattening of a page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

from depesche.clean.assemble import Passage
from depesche.clean.html import align
from depesche.clean.judged import Judged, drop, keep
from depesche.clean.lines import Line
from depesche.clean.sequence import LONGEST_TEASER, SHORTEST_TEASER, fold
from depesche.model.page import Role
from depesche.packs.furniture import Cues

NEAR_ARTICLE = 15
"""Lines ahead of the article and behind it that belong to it: byline, stamp, credit."""

STANDFIRST_BEHIND = 3
TITLE_WITHIN = 3
STANDFIRST_AHEAD = 40
SAME = 80
"""Letters in which a line and a description have to agree."""
SHOWN = frozenset(("any.embedded-post",))
"""Cues that do not count here: what an article shows of social media is part of it."""

Laid = tuple[tuple[Judged, ...], tuple[Passage, ...]]


class Beside(msgspec.Struct, frozen=True):
    """What the head of a page says that helps to lay out its text.

    `window` is the title of the browser's window, which the flattening begins with; `titles` are wordings of the
    headline, `descriptions` what the head tells of the content, often the standfirst.
    """

    window: str | None = None
    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


def lay(texts: Sequence[str], flat: str, lines: Sequence[Line], cues: Cues, beside: Beside) -> Laid:
    """Every line of the flattening judged by whether the article has it, and the article's passages.

    A line of the article that the flattening has in several pieces is kept as passages that join.
    """
    start = lines[0].end if beside.window and lines and fold(lines[0].text) == fold(beside.window) else 0
    judged: dict[int, Judged] = {}
    passages: list[Passage] = []
    named = {_letters(title) for title in beside.titles if _letters(title)}
    for text, place in zip(texts, align(texts, flat, start), strict=True):
        cue = cues.of(text)
        covered = _covered(lines, place)
        if _letters(text) in named and len(passages) < TITLE_WITHIN:
            judged.update((line.number, keep(line, Role.HEADLINE, "clean.headline")) for line in covered)
        elif place and place[1] <= start:
            judged.update((line.number, drop(line, Role.HEADLINE, "clean.window")) for line in covered)
        elif cue and cue.rule.id not in SHOWN:
            judged.update((line.number, drop(line, cue.rule.role, cue.rule.id)) for line in covered)
        elif place is None:
            passages.append(Passage(text, -1))
        else:
            for n, line in enumerate(covered):
                judged[line.number] = keep(line, Role.BODY, "clean.trafilatura", n > 0)
                begin, end = max(line.start, place[0]), min(line.end, place[1])
                passages.append(Passage(flat[begin:end], begin, n > 0))
    _find_headline(judged, lines, named)
    standfirst = _standfirst(judged, lines, cues, beside)
    if standfirst:
        judged[standfirst.number] = keep(standfirst, Role.TEASER, "clean.teaser")
        passages.insert(0, Passage(standfirst.text, standfirst.start))
    return _with_the_rest(judged, lines, cues), tuple(passages)


def _letters(text: str) -> str:
    """The letters of a headline alone: pages print a kicker and a headline with nothing between."""
    return fold(text).replace(" ", "")


def _standfirst(judged: Mapping[int, Judged], lines: Sequence[Line], cues: Cues, beside: Beside) -> Line | None:
    """The line ahead of the text that the head gives as the page's description, where the article lacks it."""
    body = min((number for number, one in judged.items() if one.role is Role.BODY), default=-1)
    told = [fold(description) for description in beside.descriptions]
    if any(_tells(one.line, told) for one in judged.values() if one.role is Role.BODY):
        return None
    ahead = [line for line in lines if body - STANDFIRST_AHEAD <= line.number < body and line.number not in judged]
    free = [line for line in ahead if cues.of(line.text) is None]
    told_ahead = [line for line in free if _tells(line, told)]
    if told_ahead:
        return told_ahead[-1]
    title = max((n for n, one in judged.items() if one.role is Role.HEADLINE and n < body), default=body)
    behind = [line for line in free if title < line.number <= title + STANDFIRST_BEHIND]
    return next((line for line in behind if line.closed and SHORTEST_TEASER <= line.chars <= LONGEST_TEASER), None)


def _tells(line: Line, told: Sequence[str]) -> bool:
    """Whether the line is a description of the page; descriptions are often cut off."""
    key = fold(line.text)
    if not SHORTEST_TEASER <= len(key) <= LONGEST_TEASER:
        return False
    return any(len(one) >= SHORTEST_TEASER and (key.startswith(one[:SAME]) or key in one) for one in told)


def _with_the_rest(judged: dict[int, Judged], lines: Sequence[Line], cues: Cues) -> tuple[Judged, ...]:
    """All lines; what lies near the article is named by its cue, for it may say who wrote it and when."""
    kept = [number for number, one in judged.items() if one.kept]
    near = range(min(kept, default=0) - NEAR_ARTICLE, max(kept, default=0) + NEAR_ARTICLE)
    whole = []
    for line in lines:
        one = judged.get(line.number)
        if one is None:
            cue = cues.of(line.text) if line.number in near else None
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


def _find_headline(judged: dict[int, Judged], lines: Sequence[Line], named: set[str]) -> None:
    """The last print of the title ahead of the text, where trafilatura left it out."""
    if not named or any(one.role is Role.HEADLINE for one in judged.values()):
        return
    first = min((number for number, one in judged.items() if one.kept), default=len(lines))
    printed = [line for line in lines if line.number < first and _letters(line.text) in named]
    if printed:
        judged[printed[-1].number] = keep(printed[-1], Role.HEADLINE, "clean.headline")
