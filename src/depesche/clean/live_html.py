"""Where the entries of a live blog begin, as HTML tells it to programs: JSON-LD of a LiveBlogPosting, `<time>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from lxml.html import HtmlElement

from depesche.clean.html import align, flatten_tree
from depesche.clean.live import FEWEST, LONGEST_TITLE, Mark

LARGEST = 4_000_000
"""Characters of a script that are read as JSON."""
MOST = 2000
"""Entries and moments of one page that are looked at; no live blog has more."""
ABOVE = 400
"""Characters ahead of an entry's words in which its stamp stands."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)")
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_SIGN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


class LiveHtml(msgspec.Struct, frozen=True):
    """What HTML tells of a live blog: its title, and its entries in the flattening."""

    title: str | None
    marks: tuple[Mark, ...]


class _Update(msgspec.Struct, frozen=True):
    """An entry as JSON-LD has it."""

    day: str
    clock: str
    title: str
    text: str


def live_html(tree: HtmlElement, flat: str) -> LiveHtml | None:
    """The live blog that a page is; None where it tells programs of none. To be asked before the tree changes."""
    found = next(_blogs(tree), None)
    if found is None:
        return None
    marks = _placed(list(_updates(found)), flat)
    if len(marks) < FEWEST:
        marks = _moments(tree, flat)
    title = found.get("headline")
    return LiveHtml(" ".join(title.split()) if isinstance(title, str) and title.strip() else None, marks)


def _blogs(tree: HtmlElement) -> Iterator[Mapping[str, object]]:
    for script in tree.iter("script"):
        text = script.text or ""
        if "LiveBlogPosting" in text and len(text) <= LARGEST:
            try:
                found = json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _objects(found)


def _objects(found: object) -> Iterator[Mapping[str, object]]:
    """The live blogs in a JSON value: itself, in a list, or in its graph."""
    waiting, seen = [found], 0
    while waiting and seen < MOST:
        one, seen = waiting.pop(0), seen + 1
        if isinstance(one, list):
            waiting.extend(one[:MOST])
        elif isinstance(one, dict):
            kind = one.get("@type")
            if "LiveBlogPosting" in (kind if isinstance(kind, list) else [kind]):
                yield one
            waiting.extend(value for key, value in one.items() if key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _updates(blog: Mapping[str, object]) -> Iterator[_Update]:
    updates = blog.get("liveBlogUpdate")
    for one in (updates if isinstance(updates, list) else [updates])[:MOST]:
        if isinstance(one, dict) and (moment := _moment(one.get("datePublished"))):
            title, text = (one.get(name) for name in ("headline", "articleBody"))
            yield _Update(*moment, title if isinstance(title, str) else "", text if isinstance(text, str) else "")


def _moment(told: object) -> tuple[str, str] | None:
    """Day and hour as the page writes them: an offset in them is that of the outlet."""
    found = _MOMENT.match(told.strip()) if isinstance(told, str) else None
    return (found[1], f"{found[2]}:{found[3]}") if found else None


def _placed(updates: Sequence[_Update], flat: str) -> tuple[Mark, ...]:
    """The entries whose heading or first words stand on the page, each from its stamp on where that stands above."""
    marks = []
    places = align([update.title or update.text[:80] for update in updates], flat)
    bodies = align([update.text[:80] for update in updates], flat)
    for update, heading, body in zip(updates, places, bodies, strict=True):
        place = heading or body
        if heading and body and not 0 <= body[0] - heading[0] <= ABOVE + len(update.title):
            place = body
        if place is not None:
            above = flat.rfind(update.clock.removeprefix("0"), max(0, place[0] - ABOVE), place[0])
            start = flat.rfind("\n", 0, above) + 1 if above >= 0 else place[0]
            title = " ".join(update.title.split()) or None
            marks.append(
                Mark(start, update.clock, "", update.day, title if title and len(title) <= LONGEST_TITLE else None)
            )
    return _once(marks)


def _moments(tree: HtmlElement, flat: str) -> tuple[Mark, ...]:
    """The `<time datetime>` of the page by their places: each is signed in its text while the tree is flattened."""
    signed = [(one, moment) for one in tree.iter("time") if (moment := _moment(one.get("datetime")))][:MOST]
    texts = [one.text for one, _ in signed]
    try:
        for number, (one, _) in enumerate(signed):
            one.text = f"{_OPEN}{number}{_CLOSE}{one.text or ''}"
        with_signs = flatten_tree(tree)
    finally:
        for (one, _), text in zip(signed, texts, strict=True):
            one.text = text
    if _SIGN.sub("", with_signs) != flat:
        return ()
    marks, gone = [], 0
    for found in _SIGN.finditer(with_signs):
        day, clock = signed[int(found[1])][1] if int(found[1]) < len(signed) else ("", "")
        start = flat.rfind("\n", 0, found.start() - gone) + 1
        gone += len(found.group())
        if clock:
            marks.append(Mark(start, clock, "", day))
    return _once(marks)


def _once(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks by place, the first of each."""
    by_place: dict[int, Mark] = {}
    for mark in marks:
        by_place.setdefault(mark.start, mark)
    return tuple(by_place[start] for start in sorted(by_place))
