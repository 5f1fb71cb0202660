"""Runs of lines that are one paragraph of the page, and how much like article text each looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

import msgspec
from msgspec import structs

from depesche.clean.lines import Line, hard_wrapped
from depesche.packs.furniture import Cue, Cues

OTHER = "other"
_RUNS_ON = re.compile(r"[a-zäöüß,;:.)!?“”»]")
_LIST_ITEM = re.compile(r"[*•·▪■►–-]\s|\d{1,2}[.)]\s")

_MARKS = re.compile(r"[.,;:!?)\]\"“”»«]{1,3}")


class Look(StrEnum):
    """What a paragraph looks like by itself."""

    STRONG = "strong"
    SENTENCE = "sentence"
    SHORT = "short"
    LIST = "list"
    FOREIGN = "foreign"
    FURNITURE = "furniture"


class Group(msgspec.Struct, frozen=True):
    """Lines that run on from one another: one paragraph, broken at links or at one width; `text` is it on one line."""

    lines: tuple[Line, ...]
    cue: Cue | None
    look: Look
    chars: int
    words: int
    sentences: int
    closed: bool
    item: bool
    density: int
    text: str


def group_lines(lines: Sequence[Line], cues: Cues, language: str) -> tuple[Group, ...]:
    """The lines as paragraphs; a line with a cue is one by itself."""
    wrapped = hard_wrapped(lines)
    groups: list[Group] = []
    run: list[Line] = []
    for i, line in enumerate(lines):
        if run and not run[-1].closed and _MARKS.fullmatch(line.text):
            run.append(line)
            continue
        cue = cues.of(line.text)
        linked = run and _is_link(run[-1], line, lines[i + 1 : i + 2], language)
        if run and (cue or not (linked or _continues(run, line, language, wrapped))):
            groups.append(_group(run, None, language))
            run = []
        if cue:
            groups.append(_group([line], cue, language))
        else:
            run.append(line)
    if run:
        groups.append(_group(run, None, language))
    return tuple(groups)


def _continues(run: Sequence[Line], line: Line, language: str, wrapped: bool) -> bool:
    before = run[-1]
    if wrapped and line.number == before.number + 1:
        return True
    if before.closed or _LIST_ITEM.match(line.text):
        return False
    if _RUNS_ON.match(line.text):
        return before.words >= 1 and line.words + sum(one.words for one in run) >= 6
    return before.hangs and not _LIST_ITEM.match(before.text)


def _is_link(before: Line, line: Line, after: Sequence[Line], language: str) -> bool:
    """Whether the line is a linked name in mid sentence, for which the page's writer broke the line."""
    if before.closed or before.words < 5 or before.density.get(language, 0) < 20 or line.words > 4:
        return False
    return not line.closed and bool(after) and _RUNS_ON.match(after[0].text) is not None


def _group(lines: Sequence[Line], cue: Cue | None, language: str) -> Group:
    first, closed = lines[0], lines[-1].closed
    if len(lines) == 1:
        text, words, chars, sentences = first.text, first.words, first.end - first.start, first.sentences
        own = first.density.get(language, 0)
    else:
        text = " ".join([line.text for line in lines])
        words, chars = sum([line.words for line in lines]), sum([line.chars for line in lines])
        own = sum([line.words * line.density.get(language, 0) for line in lines]) // (words or 1)
        sentences = sum([line.sentences for line in lines])
    sentences = max(sentences, int(closed))
    item = _LIST_ITEM.match(first.text) is not None
    plain = Group(tuple(lines), cue, Look.FURNITURE, chars, words, sentences, closed, item, own, text)
    return plain if cue else structs.replace(plain, look=_look(plain, language))


def _look(group: Group, language: str) -> Look:
    words, chars, own, closed = group.words, group.chars, group.density, group.closed
    if words == 0:
        return Look.LIST
    if language != OTHER:
        if words >= 5 and _in_another(group, language):
            return Look.FOREIGN
        if words >= 4 and own < 8 and (words >= 8 or closed is False):
            return Look.LIST if words >= 8 or _foreign_letters(group.lines) else Look.SHORT
    if chars >= 80 and (closed or group.sentences >= 2 or chars >= 220) and (language == OTHER or own >= 15):
        return Look.STRONG
    if closed and words >= 3 and (language == OTHER or own >= 10):
        return Look.SENTENCE
    return Look.SHORT


def _in_another(group: Group, language: str) -> bool:
    """Whether a line has far more function words of another language than the paragraph has of the page's."""
    densities = [line.density[other] for line in group.lines for other in line.density if other != language]
    others = max(densities, default=0)
    return others >= 20 and others > 2 * group.density + 5


def _foreign_letters(lines: Sequence[Line]) -> bool:
    letters = [ch for line in lines for ch in line.text[:300] if ch.isalpha()]
    return sum(ord(ch) > 0x17F for ch in letters) * 10 > len(letters)
