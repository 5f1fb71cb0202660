"""Who wrote a page, as its dropped lines say: bylines, closing credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from depesche.clean.head.bylines import is_person, signed_in
from depesche.clean.judged import Judged
from depesche.model.page import Role
from depesche.packs.heads import POSTED, Heads
from depesche.packs.outlets import Outlets

_CREDIT_WORD = re.compile(r"(?:Quellen?|Source|Von|By|Text|Copyright)\s?:?\s+")
_TITLE_OF_AUTHOR = re.compile(r"^(?:Autor(?:in)?|Von|By|Author|Text|Redaktion):?\s+")
_NO_AUTHOR = re.compile(r"\b(?:GmbH|AG|Verlag|Inc|Ltd|Online|Com|De|De\.|At|Ch|Facebook|Twitter)\.?$|^https?:|@")
_DATED = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zä]{3,9}\.?)\s?\d{2,4}|\b\d{4}-\d\d-\d\d|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
    r"|\b\d{1,2} [A-Z][a-zä]{2,8}\.?,? \d{4}"
)
_FRONT_DAY = re.compile(
    r"(?:(?:Presse)?(?:[Mm]itteilung|[Mm]eldung)\svom\s)?(?P<day>\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zä]{3,9})\s?\d{4})\s?[|·„\"«»–-]"
)
_SLASHES = re.compile(r"(?<![\d/])\d{2}/\d{2}/\d{4}(?![\d/])")
_WORD = re.compile(r"[^\W\d_]{2,}")
BESIDE = 2
FEW_WORDS = 6
LONGEST_POSTED = 300
LONE = 5
LONGEST_BYLINE = 120
LOOSE_AHEAD = 8
LOOSE_BEHIND = 10
LONGEST_STAMP = 140
STAMP_AHEAD = 6
STAMP_BEHIND = 8
"""Lines ahead of the first kept one, and behind the first of the text, that a publication stamp may stand in."""
FARTHEST = 12
"""Lines between a byline and the article's text, at most."""


class Signed(msgspec.Struct, frozen=True):
    """Who signs a page, and the line that says so."""

    names: tuple[str, ...] = ()
    line: str | None = None


def authors_of(judged: Sequence[Judged], heads: Heads) -> Signed:
    """The names in the first byline near the text, ahead of it or behind; a lone name there signs as well."""
    words = heads.byline
    lines = [one for one in near_text(judged) if one.line.chars <= LONGEST_BYLINE and not one.line.closed]
    lines = [one for one in lines if not one.line.text.lower().startswith(words.instead)]
    signed = [(signed_in(one.line.text, words), one.line.text) for one in lines]
    for names, line in signed:
        if any(is_person(name, words) for name in names):
            return Signed(tuple(dict.fromkeys(names)), line)
    for names, line in signed:
        if names:
            return Signed(tuple(dict.fromkeys(names)), line)
    lone = next((one.line.text for one in _at_the_ends(judged) if _is_lone(one.line.text, heads)), None)
    return Signed((lone,), lone) if lone else Signed()


def _is_lone(text: str, heads: Heads) -> bool:
    """Whether a line is a person's name and nothing else; "PDF Vorschau" has no first name."""
    return is_person(text, heads.byline) and any(part in heads.first_names for part in text.split()[:-1])


def _at_the_ends(judged: Sequence[Judged]) -> list[Judged]:
    """The few lines behind the headline, and the last of the text with those behind it: a name alone signs there."""
    kept = [i for i, one in enumerate(judged) if one.kept]
    if not kept:
        return []
    title = max((i for i in kept[:3] if judged[i].role is Role.HEADLINE), default=kept[0])
    return [*judged[title + 1 : title + LONE], *judged[max(title + 1, kept[-1] - 1) : kept[-1] + 2]]


def people_of(names: Sequence[str], sitename: str | None, outlets: Outlets) -> tuple[str, ...]:
    """The author field of a page's head less what is no author: the outlet itself, its company, its address."""
    found = []
    for name in names:
        bare = _TITLE_OF_AUTHOR.sub("", name).strip()
        same = sitename is not None and bare.casefold() == sitename.casefold()
        if bare and not same and not outlets.by_name(bare) and not _NO_AUTHOR.search(bare):
            found.append(bare)
    return tuple(dict.fromkeys(found))


def stamps_of(judged: Sequence[Judged], dated: bool, slashes: bool, heads: Heads) -> tuple[str, ...]:
    """The lines with a full date that stand between headline and text, or just ahead of both: when it was published.

    Of several that stand apart those nearest to the headline count. Where nothing else dates the page, any line
    that holds a day and little more will do, or a stamp close behind the text. `slashes`: "17/02/2022" is a day here.
    """
    kept = [i for i, one in enumerate(judged) if one.kept]
    if not kept:
        return ()
    body = next((i for i in kept if judged[i].role is not Role.HEADLINE), kept[0])
    title = max((i for i in kept if i < body and judged[i].role is Role.HEADLINE), default=body)
    near = range(max(0, min(title, kept[0]) - STAMP_AHEAD), min(len(judged), body + STAMP_BEHIND))
    stamps = [i for i in near if _is_stamp(judged[i])]
    if not stamps and not dated:
        wide = range(max(0, title - LOOSE_AHEAD), min(len(judged), body + LOOSE_BEHIND))
        stamps = [i for i in wide if _is_loose_stamp(judged[i], slashes)]
        if not stamps and (front := _day_in_front(judged[title : body + LOOSE_BEHIND])):
            return (front,)
        posted = {one.line.text for one in judged if _is_posted(one, heads)}
        if not stamps and len(posted) == 1:
            return tuple(posted)
        behind = range(kept[-1] + 1, min(len(judged), kept[-1] + FARTHEST))
        stamps = stamps or [i for i in behind if _is_stamp(judged[i])][:1]
    nearest = min(stamps, key=lambda i: (abs(i - title) + (i < title), i), default=0)
    return tuple(dict.fromkeys(judged[i].line.text for i in stamps if abs(i - nearest) <= BESIDE))


def _is_posted(one: Judged, heads: Heads) -> bool:
    """Whether a dropped line tells in a sentence when the page was made."""
    return not one.kept and one.line.chars <= LONGEST_POSTED and heads.is_marked(POSTED, one.line.text.lower())


def _day_in_front(lines: Sequence[Judged]) -> str | None:
    """The day that a line begins with: "25. Mai 2022 | Berlin", "Pressemitteilung vom 25. Mai 2022 – ..."."""
    for one in lines:
        match = None if _is_of_others(one) else _FRONT_DAY.match(one.line.text)
        if match and holds_a_day(match["day"]):
            return match["day"]
    return None


def holds_a_day(line: str) -> bool:
    """Whether a line tells a day with its year."""
    return _DATED.search(line) is not None


def _is_stamp(one: Judged) -> bool:
    return not one.kept and one.role is Role.BYLINE and _DATED.search(one.line.text) is not None


def _is_of_others(one: Judged) -> bool:
    """Whether a line tells of another page, whose day it may hold."""
    return not one.kept and one.role is Role.RELATED


def _is_loose_stamp(one: Judged, slashes: bool) -> bool:
    """Whether a line holds a day and few other words, and is no sentence; a caption tells more."""
    text = one.line.text
    if (
        _is_of_others(one)
        or one.line.chars > LONGEST_STAMP
        or (one.kept and (one.line.closed or one.role is Role.HEADLINE))
    ):
        return False
    match = _DATED.search(text) or (_SLASHES.search(text) if slashes else None)
    return match is not None and len(_WORD.findall(text[: match.start()] + " " + text[match.end() :])) <= FEW_WORDS


def agency_of(judged: Sequence[Judged], authors: Sequence[str], outlets: Outlets) -> str | None:
    """The wire service that an author field or a dropped credit near the text names."""
    for author in authors:
        agency = next(filter(None, map(outlets.agency_of, (author, author.lower(), author.upper()))), None)
        if agency:
            return agency
    kept = sum(one.kept for one in judged)
    first = next((i for i, one in enumerate(judged) if one.kept), 0)
    before = 0
    for one in judged[max(0, first - STAMP_AHEAD) :]:
        before += one.kept
        if one.kept or one.line.chars > 60 or one.role not in (Role.CREDIT, Role.BYLINE):
            continue
        agency = credited_agency(one.line.text, outlets)
        # A bare mark in mid article signs the picture above it, not the text.
        if agency and (_CREDIT_WORD.match(one.line.text) or before <= 1 or before >= kept - 1):
            return agency
    return None


def credited_agency(line: str, outlets: Outlets) -> str | None:
    """The wire service that a line credits ("Quelle: dpa", "(AFP)")."""
    prefix = _CREDIT_WORD.match(line)
    return outlets.agency_of(line[prefix.end() if prefix else 0 :].strip("() ."))


def near_text(judged: Sequence[Judged]) -> list[Judged]:
    """The lines around headline and first text, then those around the end of the text."""
    kept = [i for i, one in enumerate(judged) if one.kept]
    if not kept:
        return []
    body = next((i for i in kept if judged[i].role is not Role.HEADLINE), kept[0])
    title = max((i for i in kept if i < body and judged[i].role is Role.HEADLINE), default=body)
    front = judged[max(0, title - STAMP_AHEAD) : body + STAMP_BEHIND]
    ends = judged[max(body + STAMP_BEHIND, kept[-1] - LONE) : kept[-1] + FARTHEST]
    middle = [one for one in judged[body + STAMP_BEHIND : max(0, kept[-1] - LONE)] if not one.kept]
    return [*front, *ends, *(one for one in middle if one.role is Role.BYLINE)]
