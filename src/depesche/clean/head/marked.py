"""Meta elements of a page, and those of its elements whose marks say that they hold a title, an author or a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import msgspec
from lxml import etree
from lxml.html import HtmlElement

from depesche.clean.head.structured import plain
from depesche.packs.heads import Heads

_QUOTES = "\"'„“»«›‹‚‘(#"
_SPACE = re.compile(r"\s+")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_ASIDE = frozenset(("aside", "nav", "figure", "figcaption"))
_WHOLE = frozenset(("html", "body", "main", "article", "h1", "h2", "h3", "h4", "time", "a"))
_UNREAD = frozenset(("script", "style", "noscript", "template", "svg", "form", "button", "textarea"))
_NO_KINDS: frozenset[str] = frozenset()
LONGEST = 300
MOST_PIECES = 400
DEEPEST = 12
"""Boxes within boxes that are told apart; and pieces of one element that are looked at."""
MOST = 500
"""Elements kept of each sort: menus of large outlets have some hundred headings ahead of the article's."""
MOST_LOOKED = 20_000
"""Elements in all headings, names and days of a page that are looked at; those of real pages have some hundreds."""


class Heading(msgspec.Struct, frozen=True):
    """A heading: its text less its kicker, its level (1 is `h1`), its place among the elements, whether it is marked.

    `within` are the places of the lists, boxes and margins that hold it; `home`: it is a link to the front page.
    """

    text: str
    kicker: str
    level: int
    place: int
    marked: bool
    home: bool
    within: frozenset[int]


class Signed(msgspec.Struct, frozen=True):
    """An element that is marked as naming an author. `sure`: by `rel` or `itemprop`, not by a class only."""

    text: str
    sure: bool
    place: int
    within: frozenset[int]


class Stamped(msgspec.Struct, frozen=True):
    """An element that holds a day: the machine's wording, the reader's, and which day its marks say it is."""

    told: str
    text: str
    kind: str
    place: int
    within: frozenset[int]


class Marked(msgspec.Struct, frozen=True):
    """What the marks of a page's elements say, in the order of the page, and its meta elements by key."""

    meta: Mapping[str, tuple[str, ...]]
    headings: tuple[Heading, ...]
    signed: tuple[Signed, ...]
    stamped: tuple[Stamped, ...]
    titles: tuple[str, ...]
    url: str | None
    language: str | None

    def first(self, keys: Sequence[str]) -> str | None:
        """The value of the first of these keys that the page has."""
        return next((value for key in keys for value in self.meta.get(key, ()) if value), None)


class _Marks:
    """The kinds of each wording of marks; the same few occur again and again on a page."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads
        self._known: dict[tuple[str | None, str | None], frozenset[str]] = {(None, None): frozenset()}

    def of(self, element: HtmlElement) -> frozenset[str]:
        named = (element.get("class"), element.get("id"))
        kinds = self._known.get(named)
        if kinds is None:
            marks = " ".join(filter(None, named)).lower()[:LONGEST]
            kinds = _NO_KINDS.union(*(_kinds_of(word, self._heads) for word in marks.split()))
            self._known[named] = kinds
        return kinds


@lru_cache(maxsize=4096)
def _kinds_of(word: str, heads: Heads) -> frozenset[str]:
    """The kinds of one word of marks, kept at hand: an outlet's pages, and all that one program makes, use the same."""
    return heads.kinds_of(word)


class _Room:
    """How much of a page may still be looked at again, for an element may lie in another and that in a third."""

    def __init__(self) -> None:
        self._left = MOST_LOOKED

    def holds(self, element: HtmlElement) -> bool:
        """Whether there is room for the element, which takes it."""
        if self._left <= 0:
            return False
        self._left -= sum(1 for _ in islice(element.iter(), MOST_PIECES))
        return True


def read_marks(tree: HtmlElement, heads: Heads) -> Marked:
    """The meta elements and the marked elements of a page."""
    headings: list[Heading] = []
    signed: list[Signed] = []
    stamped: list[Stamped] = []
    marks, room = _Marks(heads), _Room()
    for element, kinds, place, within in _elements(tree, marks):
        prop = (element.get("itemprop") or "").lower()
        level = _HEADINGS.get(element.tag, 9)
        if len(headings) < MOST and (level <= 4 or prop == "headline" or "headline" in kinds):
            if room.holds(element):
                is_marked = prop == "headline" or "headline" in kinds
                headings.extend(_heading(element, level, place, within, marks, is_marked))
        elif len(signed) < MOST and _is_signed(element, prop, kinds):
            if room.holds(element):
                signed.extend(_signed(element, prop, place, within))
        elif len(stamped) < MOST and _is_stamped(element, prop, kinds) and room.holds(element):
            stamped.extend(_stamped(element, prop, kinds, place, within))
    return Marked(
        _meta(tree),
        tuple(headings),
        tuple(signed),
        tuple(stamped),
        tuple(title for one in tree.iter("title") if (title := text_of(one)) and not _in_svg(one)),
        _canonical(tree),
        tree.get("lang") or None,
    )


def _elements(tree: HtmlElement, marks: _Marks) -> Iterator[tuple[HtmlElement, frozenset[str], int, frozenset[int]]]:
    """Elements that can tell something, in order, each with the kinds of its marks, its place and what boxes hold it.

    One without attributes tells nothing unless its name does; most elements of a page are such.
    """
    within: list[frozenset[int]] = [frozenset()]
    unread = 0
    for place, (event, element) in enumerate(etree.iterwalk(tree, events=("start", "end"))):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "end":
            unread -= tag in _UNREAD
            within.pop()
            continue
        unread += tag in _UNREAD
        told = bool(element.attrib)
        kinds = marks.of(element) if told else _NO_KINDS
        boxed = tag in _ASIDE or (tag not in _WHOLE and "elsewhere" in kinds)
        within.append(within[-1] | {place} if boxed and len(within[-1]) < DEEPEST else within[-1])
        readable = told and (tag == "a" or (not unread and tag not in _WHOLE))
        if tag in _HEADINGS or tag == "time" or (readable and _can_tell(element, kinds)):
            yield element, kinds, place, within[-1]


def _can_tell(element: HtmlElement, kinds: frozenset[str]) -> bool:
    """Whether the attributes of an element say anything but its looks."""
    return bool(kinds) or element.get("itemprop") is not None or element.get("rel") is not None


def _heading(
    element: HtmlElement, level: int, place: int, within: frozenset[int], marks: _Marks, marked: bool
) -> Iterator[Heading]:
    kickers = [child for child in islice(element.iter(), MOST_PIECES) if _is_kicker(child, marks)][:4]
    kicker = " ".join(filter(None, map(text_of, kickers)))
    text = text_of(element, without=kickers)
    if (not text[:1].isalnum() and text[:1] not in _QUOTES) or kicker.endswith(":"):
        text, kicker = text_of(element), ""
    if 3 <= len(text) <= LONGEST:
        yield Heading(text, kicker[:LONGEST], level, place, marked, _is_home(element), within)


def _is_kicker(element: HtmlElement, marks: _Marks) -> bool:
    return element.tag not in _HEADINGS and isinstance(element.tag, str) and "kicker" in marks.of(element)


def _is_home(element: HtmlElement) -> bool:
    """Whether the heading is but a link to the front page."""
    links = [*islice(element.iter("a"), 4), *islice(element.iterancestors("a"), 1)]
    return any(re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?(?:[a-z]{2}/)?", a.get("href") or "#") for a in links)


def _is_signed(element: HtmlElement, prop: str, kinds: frozenset[str]) -> bool:
    if prop in ("author", "creator") or "author" in (element.get("rel") or "").lower().split():
        return True
    return "author" in kinds and "no-author" not in kinds


def _signed(element: HtmlElement, prop: str, place: int, within: frozenset[int]) -> Iterator[Signed]:
    text = plain(element.get("content") or "") or text_of(element, apart=True)
    if text and len(text) <= LONGEST:
        yield Signed(text, bool(prop) or bool(element.get("rel")), place, within)


def _is_stamped(element: HtmlElement, prop: str, kinds: frozenset[str]) -> bool:
    return element.tag == "time" or prop.startswith("date") or "dated" in kinds


def _stamped(
    element: HtmlElement, prop: str, kinds: frozenset[str], place: int, within: frozenset[int]
) -> Iterator[Stamped]:
    told = next(filter(None, (element.get(key) for key in ("datetime", "content", "data-datetime", "title"))), "")
    text = text_of(element, apart=True)
    kind = "published" if "published" in prop or element.get("pubdate") is not None else ""
    kind = kind or ("updated" if "modified" in prop else "")
    kind = kind or next((kind for kind in ("updated", "published") if kind in kinds), "dated")
    if (told or text) and len(text) <= LONGEST:
        yield Stamped(told[:LONGEST], text, kind, place, within)


def text_of(element: HtmlElement, without: Sequence[HtmlElement] = (), apart: bool = False) -> str:
    """The text of an element on one line, less that of some elements in it; `apart`: a blank between its pieces.

    Where an inline element begins with a capital right behind a word, a blank is put between: style does it.
    """
    skipped = set(without)
    pieces: list[str] = []
    length, silent = 0, 0
    for event, one in islice(etree.iterwalk(element, events=("start", "end", "comment")), MOST_PIECES):
        hidden = event != "comment" and (one.tag in _UNREAD or one in skipped)
        if event == "start":
            silent += hidden
            piece = one.text if not silent else None
        else:
            silent -= hidden
            piece = one.tail if not silent and one is not element else None
        if piece:
            pieces.append(" " + piece if apart or _runs_into(pieces, piece) else piece)
            length += len(piece)
            if length > 4 * LONGEST:
                break
    return plain(_SPACE.sub(" ", "".join(pieces)))


def _runs_into(pieces: Sequence[str], piece: str) -> bool:
    last = pieces[-1][-1:] if pieces else ""
    return (last.isalnum() or last in ':.!?»“"') and piece[:1].isupper() and not last.isupper()


def _meta(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = plain(element.get("content") or "")
        for name in ("property", "name", "itemprop"):
            key = (element.get(name) or "").strip().lower()
            if key and value:
                found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _canonical(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        address = str(link.get("href") or "")
        if "canonical" in (link.get("rel") or "").lower().split() and address.startswith("http"):
            return address
    return None


def _in_svg(element: HtmlElement) -> bool:
    return next(element.iterancestors("svg"), None) is not None
