"""HTML pages: our own flattening of the tree, and trafilatura's reading laid over it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p",
    "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
    "ul", "video",
))  # fmt: skip
_SILENT = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "textarea", "canvas",
    "math", "audio",
))  # fmt: skip
_COMPARED = _BLOCKS | _SILENT | {"optgroup", "colgroup", "col"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLACK = re.compile(r"\S+")

DEEPEST_READ = 200
"""Elements within elements beyond which trafilatura is not asked: no article lies so deep, and its time grows with the
square of the depth."""

MOST_COMPARED = 5_000
"""Blocks of a page up to which trafilatura compares what it read with what readability and jusText read: the time of
jusText grows with the square of their number."""

MOST_LOOKED = 500_000_000
"""Characters that are looked through for the lines of one reading, a second or two: lines that stand nowhere, or far
from each other, would take the square of the page's length."""

_DEEPER = etree.XPath(f"boolean({'/*' * (DEEPEST_READ + 1)})")

_READING_FAILED = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, etree.LxmlError)
"""What trafilatura is known to raise on broken pages; the line rules read such a page instead."""


def parse_html(raw: str) -> HtmlElement | None:
    """The tree of a page; None where there is no element in it."""
    written = _UNWRITABLE.sub("\ufffd", raw).encode("utf-8")
    try:
        return document_fromstring(written, parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def flatten_tree(tree: HtmlElement) -> str:
    """The text of a tree, a line for each block, white space folded to one blank (flattening "flat-1").

    Scripts, styles and other silent elements are left out; nothing else is.
    """
    lines: list[str] = []
    pieces: list[str] = []
    for piece in _pieces(tree):
        if piece is None:
            if pieces:
                lines.append(" ".join("".join(pieces).split()))
                pieces = []
        else:
            pieces.append(piece)
    lines.append(" ".join("".join(pieces).split()))
    return "\n".join(line for line in lines if line)


def _pieces(tree: HtmlElement) -> Iterator[str | None]:
    """Text in document order, with None where a block begins or ends. No recursion: trees may be deep."""
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            silent += element.tag in _SILENT
            if element.tag in _BLOCKS:
                yield None
            if not silent and element.text:
                yield element.text
            continue
        if event == "end":
            silent -= element.tag in _SILENT
            if element.tag in _BLOCKS:
                yield None
        if not silent and element.tail and element is not tree:
            yield element.tail


def is_deep(tree: HtmlElement) -> bool:
    """Whether elements lie within elements deeper than any article does."""
    return bool(_DEEPER(tree.getroottree()))


def read_html(tree: HtmlElement, url: str | None, precise: bool) -> tuple[str, ...]:
    """The lines of the article that trafilatura finds in the tree, which it may change.

    `precise`: rather too little than too much.
    """
    from trafilatura import bare_extraction  # costs half a second, and most piles are text

    try:
        document = bare_extraction(
            tree,
            url=url,
            with_metadata=False,
            include_comments=False,
            favor_precision=precise,
            fast=_has_many_blocks(tree),
        )
    except _READING_FAILED:
        return ()
    if document is None or isinstance(document, dict):
        return ()
    return tuple(line.strip() for line in (document.text or "").split("\n") if line.strip())


def _has_many_blocks(tree: HtmlElement) -> bool:
    """Whether the page has more blocks than are compared; what jusText alone takes for one counts, too."""
    return next(islice(tree.iter(*_COMPARED), MOST_COMPARED, None), None) is not None


class Squeezed:
    """A text without its white space, and where each of its characters stands."""

    def __init__(self, text: str) -> None:
        self.text = squeeze(text)
        self._starts = [found.start() for found in _BLACK.finditer(text)]
        self._firsts = [0, *accumulate(map(len, text.split()))]

    def place(self, at: int) -> int:
        """Where a character of the squeezed text stands in the text."""
        run = bisect_right(self._firsts, at) - 1
        return self._starts[run] + at - self._firsts[run]

    def first_from(self, offset: int) -> int:
        """The first character of the squeezed text that stands at a place of the text or behind it."""
        run = bisect_right(self._starts, offset) - 1
        if run < 0:
            return 0
        return min(self._firsts[run] + offset - self._starts[run], self._firsts[run + 1])


def squeeze(text: str) -> str:
    """The text less white space."""
    return "".join(text.split())


class _Search:
    """Looks for strings on a page, as if they were not there once MOST_LOOKED characters were looked through."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._left = MOST_LOOKED

    def first(self, key: str, start: int) -> int:
        """Where it stands first from a place on; -1 where it does not."""
        if self._left < 0:
            return -1
        at = self._page.find(key, start)
        self._left -= (at if at >= 0 else len(self._page)) - start
        return at

    def last(self, key: str, start: int, end: int) -> int:
        """Where it stands last between two places; -1 where it does not."""
        if self._left < 0:
            return -1
        at = self._page.rfind(key, start, end)
        self._left -= end - (at if at >= 0 else start)
        return at


def align(lines: Sequence[str], flat: str, start: int = 0) -> tuple[tuple[int, int] | None, ...]:
    """Where each line stands in the flattening, looking onward from the one before; None where it does not.

    `start` is where the page's body begins: what stands ahead of it is the window's title.
    A short line may stand in a menu as well: it is looked for right ahead of the long line that follows it.
    """
    page = Squeezed(flat)
    search = _Search(page.text)
    keys = [[squeeze(wording) for wording in (line, line.removeprefix("- ").strip())] for line in lines]
    first = page.first_from(start)
    anchors = _anchors([key[0] for key in keys], search, first)
    found: list[tuple[int, int] | None] = []
    cursor = first
    for wordings, anchor in zip(keys, anchors, strict=True):
        span = None
        for key in wordings:
            at = _place(key, search, cursor, anchor)
            if at >= 0:
                cursor = at + len(key)
                span = (page.place(at), page.place(cursor - 1) + 1)
                break
        found.append(span)
    return tuple(found)


ANCHOR = 60
"""Characters without white space that stand on a page but once, as a rule."""


def _anchors(keys: Sequence[str], search: _Search, start: int) -> list[int]:
    """For each line the place of the next long line of the article, -1 where there is none; a long one has its own."""
    places: list[int] = []
    following = -1
    for key in reversed(keys):
        if len(key) >= ANCHOR and (at := search.first(key, start)) >= 0:
            following = at
        places.append(following)
    return places[::-1]


def _place(key: str, search: _Search, cursor: int, anchor: int) -> int:
    """The place of a line: for a short one the last ahead of the anchor, else the first onward, else any."""
    if not key:
        return -1
    if len(key) < ANCHOR and anchor > cursor:
        at = search.last(key, cursor, anchor)
        if at >= 0:
            return at
    at = search.first(key, cursor)
    return at if at >= 0 else search.first(key, 0)
