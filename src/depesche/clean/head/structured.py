"""The article that a page's JSON-LD describes (schema.org)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeGuard

import msgspec
from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:article|posting|report|recipe|review|interviewobject)$", re.IGNORECASE)
_PAGE = re.compile(r"(?:webpage|creativework|itempage)$", re.IGNORECASE)
_ORGANISATION = re.compile(r"organi[sz]ation|corporation|publication", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*\n|<!--|<!\[CDATA\[|\s)*|(?:\s|//|/\*|\*/|\]\]>|-->|;)*$", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\ufeff]")
LARGEST = 2_000_000
MOST_NODES = 2000
DEEPEST = 12

Node = Mapping[str, object]


class Named(msgspec.Struct, frozen=True):
    """An author: the name as told, and whether it is said to be an organisation."""

    name: str
    organisation: bool = False


class Described(msgspec.Struct, frozen=True):
    """What JSON-LD says of the page's article. Days are as told; `free` is `isAccessibleForFree`."""

    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[Named, ...] = ()
    section: str | None = None
    outlet: str | None = None
    free: bool | None = None


def described(tree: HtmlElement) -> Described:
    """The article of the page's JSON-LD; what it does not tell is taken from the web page it describes."""
    nodes = [node for script in _scripts(tree) for node in _nodes(script)]
    names = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    articles = [_read(node, names) for node in nodes if _is(node, _ARTICLE)]
    pages = [_read(node, names) for node in nodes if _is(node, _PAGE)]
    best = max(articles, key=_told, default=Described())
    page = max(pages, key=_told, default=Described())
    return Described(
        headline=best.headline,
        published=best.published or page.published,
        modified=best.modified or page.modified,
        authors=best.authors or page.authors,
        section=best.section,
        outlet=best.outlet or page.outlet,
        free=page.free if best.free is None else best.free,
    )


def _told(one: Described) -> int:
    """How much of an article is told: a list of other articles on the page tells less of each."""
    return sum((bool(one.headline), bool(one.published), bool(one.modified), bool(one.authors)))


def _scripts(tree: HtmlElement) -> Iterator[object]:
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        text = _WRAPPED.sub("", (element.text or "")[:LARGEST])
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common and says nothing; meta elements and marks remain


def _nodes(value: object) -> Iterator[Node]:
    """The described things, not those they are made of: lists, graphs and main entities are opened."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    count = 0
    while waiting and count < MOST_NODES:
        one, depth = waiting.pop(0)
        count += 1
        if depth > DEEPEST:
            continue
        if isinstance(one, list):
            waiting.extend((part, depth + 1) for part in one)
        elif _is_node(one):
            yield one
            waiting.extend((one[key], depth + 1) for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one)


def _is_node(value: object) -> TypeGuard[Node]:
    return isinstance(value, dict)


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    return any(kind.search(name) for name in _texts(node.get("@type")))


def _read(node: Node, names: Mapping[object, Node]) -> Described:
    return Described(
        headline=_one(node.get("headline")) or (_one(node.get("name")) if _is(node, _ARTICLE) else None),
        published=_one(node.get("datePublished")) or _one(node.get("dateCreated")),
        modified=_one(node.get("dateModified")),
        authors=tuple(_authors(node.get("author") or node.get("creator"), names)),
        section=_one(node.get("articleSection")),
        outlet=next((named.name for named in _authors(node.get("publisher"), names)), None),
        free=_truth(node.get("isAccessibleForFree")),
    )


def _authors(value: object, names: Mapping[object, Node]) -> Iterator[Named]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield from _named(one, False)
        elif _is_node(one):
            known = names.get(one.get("@id"), one) if "name" not in one else one
            for name in _texts(known.get("name")):
                yield from _named(name, _is(known, _ORGANISATION))


def _named(name: str, organisation: bool) -> Iterator[Named]:
    clean = plain(name)
    if clean and not clean.startswith(("http://", "https://")):
        yield Named(clean, organisation)


def _texts(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _one(value: object) -> str | None:
    return next((told for text in _texts(value) if (told := plain(text))), None)


def _truth(value: object) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower().rsplit("/", 1)[-1])
    return value if isinstance(value, bool) else None


def plain(text: str) -> str:
    """Text of a head on one line, its character references resolved (often twice escaped).

    Half characters, which JSON can bring, are replaced.
    """
    return _SURROGATE.sub("\ufffd", _SPACE.sub(" ", _UNSEEN.sub("", html.unescape(text[:2000]))).strip())
