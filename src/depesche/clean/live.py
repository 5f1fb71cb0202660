"""Live blogs and tickers: where their entries begin, and which lines between the stamps are theirs.

lines ──────────▶ marks by stamps ("18:32 Uhr: …", "18:32 Uhr" above a text, a day above entries) ─┐
HTML's head, <time> ─▶ marks by what the page tells programs (see live_html.py) ──────────────────┴─▶ posts
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from depesche.clean.judged import Judged, drop, keep
from depesche.clean.lines import Line
from depesche.model.page import Post, Role
from depesche.model.text import Segment
from depesche.packs.live import LiveRules

FEWEST = 3
"""Stamps that make a live blog; a page tells of a time or two without being one."""
IN_ORDER = 0.7
"""Share of steps from stamp to stamp that go the same way, one more not counted: it may cross midnight."""
OPENING = 6
"""Lines ahead of the entries that may name the page a live blog."""
LONGEST_LOOK = 2000
"""Characters of a line in which the page may name itself."""
LEAST_TEXT = 60
"""Characters of a line between stamps that is an entry's text though its sentence has no end."""
LONGEST_TITLE = 140
_OUTSIDE = (
    "clean.outside-main-run",
    "clean.after-article",
    "clean.after-cue",
    "clean.short-line",
    "clean.lone-sentence",
)
STAMPED_WITHIN = 40
"""Characters of a line in which the first digit of its stamp stands."""
_WORD = re.compile(r"[\w-]+")
_DIGIT = re.compile(r"\d")


class Mark(msgspec.Struct, frozen=True):
    """Where an entry begins in the flattening, or where a day is told (`clock` is empty then).

    `clock` is its hour ("18:32"); `head` are words that tell its day, `day` is that day as an ISO day, from HTML.
    """

    start: int
    clock: str
    head: str = ""
    day: str | None = None
    title: str | None = None


def stamps(lines: Sequence[Line], rules: LiveRules) -> tuple[Mark, ...]:
    """Every line that is stamped as an entry is, or that is nothing but a day, as a mark; not the stamp of the page.

    That one stands ahead of all and tells its day, where the entries tell their hours alone.
    """
    marks = [mark for line in lines if (mark := _mark(line, rules))]
    clocks = [mark for mark in marks if mark.clock]
    bare = sum(not mark.head for mark in clocks)
    if 2 * bare > len(clocks):
        first = next(i for i, mark in enumerate(marks) if mark.clock and not mark.head)
        marks = [mark for mark in marks[:first] if not mark.clock] + marks[first:]
    return tuple(marks)


def _mark(line: Line, rules: LiveRules) -> Mark | None:
    if not _DIGIT.search(line.text, 0, STAMPED_WITHIN):
        return None
    alone = rules.line.fullmatch(line.text) if line.chars <= LONGEST_TITLE else None
    if found := alone or rules.front.match(line.text):
        clock = _clock(found)
        return Mark(line.start, clock, found.group() if found["day"] else "") if clock else None
    if line.chars <= LONGEST_TITLE and rules.head.fullmatch(line.text):
        return Mark(line.start, "", line.text)
    return None


def _clock(found: re.Match[str]) -> str | None:
    """The hour of a stamp on 24 hours; None where there is no such hour."""
    hour, half = int(found["h"]), (found["half"] or "").lower()
    if hour > (12 if half else 24):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour % 24:02d}:{found['m']}"


def is_live(marks: Sequence[Mark], lines: Sequence[Line], title: str | None, rules: LiveRules) -> bool:
    """Whether a page that names itself a live blog is stamped as one, with text behind the stamps."""
    clocks = [mark for mark in marks if mark.clock]
    if len(clocks) < FEWEST or not (_names(title or "", rules) or naming(clocks[0].start, lines, rules)):
        return False
    steps = [_step(one.clock, other.clock) for one, other in pairwise(clocks) if one.clock != other.clock]
    in_order = max(steps.count(1), steps.count(-1)) + 1 >= IN_ORDER * len(steps)
    return in_order and _with_text(clocks, lines) >= IN_ORDER * len(clocks)


def naming(first: int, lines: Sequence[Line], rules: LiveRules) -> Line | None:
    """The line close ahead of the first stamp that names the page a live blog: a title, or its opening."""
    ahead = [line for line in lines if line.start < first][-OPENING:]
    return next((line for line in ahead if line.words >= FEWEST and _names(line.text, rules)), None)


def _names(text: str, rules: LiveRules) -> bool:
    return any(rules.names.hold(word.lower()) for word in _WORD.findall(text[:LONGEST_LOOK]))


def _with_text(clocks: Sequence[Mark], lines: Sequence[Line]) -> int:
    """How many stamps have a sentence behind them, ahead of the next one: a list of other news has headings alone."""
    told = [line.start for line in lines if line.closed and line.chars >= LEAST_TEXT]
    ends = [*(mark.start for mark in clocks[1:]), float("inf")]
    return sum(any(mark.start <= start < end for start in told) for mark, end in zip(clocks, ends, strict=True))


def _step(one: str, other: str) -> int:
    return 1 if other > one else -1


def with_entries(judged: Sequence[Judged], marks: Sequence[Mark], rules: LiveRules) -> tuple[Judged, ...]:
    """The lines with those kept that stand between the first stamp and the last entry's end, and read as text.

    Rules for articles take entries behind "Teilen" for other news, and the first heading for the title. A day above
    entries is no text; it dates them.
    """
    clocks = {mark.start for mark in marks if mark.clock}
    days = {mark.start for mark in marks if not mark.clock}
    first, last = min(clocks), max(clocks)
    title = naming(first, [one.line for one in judged], rules)
    titled = title is None or any(one.role is Role.HEADLINE and one.line.start < first for one in judged)
    done: list[Judged] = []
    running = True
    for i, one in enumerate(judged):
        start = one.line.start
        if start > last and not one.kept and one.reason.rule not in _OUTSIDE:
            running = False  # behind the last entry, furniture ends it
        behind_stamp = i > 0 and judged[i - 1].line.start in clocks
        if one.kept and start in days:
            done.append(drop(one.line, Role.DATELINE, "clean.live-day"))
        elif not titled and title is not None and start <= first:
            done.append(_opening(one, title))
        elif not titled and one.role is Role.HEADLINE:
            done.append(keep(one.line, Role.SUBHEADING, "clean.live-entry"))
        elif one.kept and start in clocks:
            done.append(msgspec.structs.replace(one, joins=False))
        elif start >= first and running and _is_entry(one, judged[i + 1 : i + 2], behind_stamp):
            done.append(keep(one.line, Role.SUBHEADING if behind_stamp else Role.BODY, "clean.live-entry"))
        else:
            done.append(one)
    return tuple(done)


def _opening(one: Judged, title: Line) -> Judged:
    """A line ahead of the entries, on a page whose title was not found: the one that names the page is it."""
    if one.line.start == title.start:
        return keep(one.line, Role.HEADLINE, "clean.live-title")
    if one.line.start > title.start and one.line.closed and one.reason.rule in _OUTSIDE:
        return keep(one.line, Role.TEASER, "clean.live-opening")
    return one


def _is_entry(one: Judged, following: Sequence[Judged], behind_stamp: bool) -> bool:
    """Whether a dropped line reads as an entry's text, or as its heading: right behind the stamp, ahead of text."""
    if one.kept or one.reason.rule not in _OUTSIDE:
        return False
    line = one.line
    if (line.closed and line.words >= 4) or line.chars >= LEAST_TEXT:
        return True
    return behind_stamp and line.words >= 2 and any(next_.line.chars >= LEAST_TEXT for next_ in following)


def posts_of(marks: Sequence[Mark], segments: Sequence[Segment], judged: Sequence[Judged]) -> tuple[Post, ...]:
    """The entries that have text in the article, in its order."""
    if not marks:
        return ()
    return tuple(_posts(sorted(marks, key=lambda mark: mark.start), segments, judged))


def _posts(marks: Sequence[Mark], segments: Sequence[Segment], judged: Sequence[Judged]) -> Iterator[Post]:
    head = ""
    placed = sorted((one for one in segments if one.raw_start >= 0), key=lambda one: one.raw_start)
    titles = {one.line.start: one.line.text for one in judged if one.kept and one.role is not Role.HEADLINE}
    ends: list[int | None] = [*(mark.start for mark in marks), None]
    for mark, end in zip(marks, ends[1:], strict=True):
        if not mark.clock:
            head = mark.head
            continue
        own = [one for one in placed if mark.start <= one.raw_start and (end is None or one.raw_start < end)]
        if not own:
            continue
        start, last = min(one.text_start for one in own), max(one.text_end for one in own)
        title = mark.title or _title(own, titles)
        yield Post(start, last, mark.clock, mark.head or ("" if mark.day else head), mark.day, title)


def _title(own: Sequence[Segment], lines: dict[int, str]) -> str | None:
    """The first line of an entry, where more follows and it has no full stop."""
    text = lines.get(own[0].raw_start, "")
    fits = len(own) > 1 and 0 < len(text) <= LONGEST_TITLE and text[-1] not in '.!?…:“”"'
    return text if fits else None
