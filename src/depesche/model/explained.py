"""Why a page is dated and cleaned as it is: every piece of evidence, what became of it, and the lines that say so."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from depesche.model.days import Days
from depesche.model.page import Article, Dateline
from depesche.model.text import Span


class Verdict(StrEnum):
    """What became of a piece of evidence for a page's day.

    `PASSED_OVER`: another one of its kind counts. `NOT_NEEDED`: the text is not asked where metadata, a header or the
    address name the day. `FURNITURE`: it stands in a line that is no part of the article.
    """

    USED = "used"
    OVERRULED = "overruled"
    PASSED_OVER = "passed over"
    NOT_NEEDED = "not needed"
    FURNITURE = "furniture"


class Candidate(msgspec.Struct, frozen=True):
    """A piece of evidence for the day of a page: the days it allows, its weight, and what became of it, with why.

    `kind` is what it is in a word or two, `rule` its dotted id. `words` are the words of the page that it rests on,
    `line` the number of their line in the flattening, from 0; None for what stands outside the text.
    """

    rule: str
    kind: str
    note: str
    weight: int
    days: tuple[Days, ...]
    verdict: Verdict
    why: str = ""
    words: str | None = None
    line: int | None = None


class Weighed(msgspec.Struct, frozen=True):
    """All evidence for a page's day, strongest first, and why the winner won, a sentence each."""

    candidates: tuple[Candidate, ...]
    grounds: tuple[str, ...]


class Told(msgspec.Struct, frozen=True):
    """A fact of a page and where it is told.

    `where` is "line", or "head" for what stands in no line: in the page's head, its sidecar or its record. `line` is
    its number in the flattening, from 0, and `words` the whole line.
    """

    field: str
    value: str
    where: str
    line: int | None = None
    words: str | None = None


class Line(msgspec.Struct, frozen=True):
    """A line of the page that is not blank: its number in the flattening, from 0, its text, what it is and why."""

    number: int
    text: str
    role: str
    kept: bool
    rule: str
    note: str = ""


class Explanation(msgspec.Struct, frozen=True):
    """A page with its day, and why: evidence, facts with the lines that tell them, all lines."""

    article: Article
    dateline: Dateline
    weighed: Weighed
    told: tuple[Told, ...]
    lines: tuple[Line, ...]


def line_of(article: Article, place: Span) -> int | None:
    """The number of the line of the flattening in which a place of it lies."""
    for block in article.blocks:
        if block.raw.start <= place.start < block.raw.end:
            return block.line
    return None
