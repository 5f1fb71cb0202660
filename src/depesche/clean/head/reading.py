"""What the head of a page says, of all the places where it says it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import msgspec
from lxml.html import HtmlElement

from depesche.clean.head.bylines import find_authors, organisations
from depesche.clean.head.days import find_days
from depesche.clean.head.marked import Heading, Marked, read_marks
from depesche.clean.head.structured import Described, described
from depesche.clean.head.titles import find_title
from depesche.packs.heads import Heads
from depesche.packs.outlets import Outlets


class Head(msgspec.Struct, frozen=True):
    """What a page says of itself. Days are ISO days by the outlet's clock; `free` is None where it does not say.

    `signed` is who signs where no person does.
    `printed` are the wordings of its title, `descriptions` what the head tells of its content.
    `byline` is the line of the page that names its authors.
    """

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    language: str | None = None
    free: bool | None = None
    byline: str | None = None
    printed: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


def read_head(tree: HtmlElement, url: str | None, heads: Heads, outlets: Outlets) -> Head:
    """All that the page's head tells; `url` is its address where that is known beforehand."""
    marked = read_marks(tree, heads)
    told = described(tree)
    address = url or marked.url or marked.first(("og:url",))
    outlet = marked.first(heads.meta.outlet[:1]) or told.outlet or marked.first(heads.meta.outlet[1:])
    known = outlets.by_url(address) or outlets.by_name(outlet)
    names = [*((known.name, *known.names) if known else ())]
    names += [
        name for name in (outlet, told.outlet, *marked.meta.get("og:site_name", ()), *_host_names(address)) if name
    ]
    title, heading = find_title(marked, told.headline, names)
    signed = find_authors(marked, told.authors, heading, heads, names)
    days = find_days(marked, told, heading, heads, known.zone if known else _clock(address, marked.language, heads))
    return Head(
        url=address,
        outlet=outlet,
        title=title,
        authors=signed.names,
        signed=organisations(told.authors, marked, heading, heads.byline),
        published=days.published,
        modified=days.modified,
        section=told.section or marked.first(heads.meta.section),
        language=marked.language,
        free=_is_free(told, marked, heads),
        byline=signed.line,
        printed=_printed(title, heading),
        descriptions=tuple(value for key in heads.meta.description for value in marked.meta.get(key, ())[:1]),
    )


def _printed(title: str | None, heading: Heading | None) -> tuple[str, ...]:
    """The title as given and as the page prints it, with its kicker and without."""
    shown = (heading.text, f"{heading.kicker} {heading.text}") if heading else ()
    return tuple(dict.fromkeys(filter(None, (title, *shown))))


def _host_names(url: str | None) -> list[str]:
    """The host of an address, and its name without the endings: "www.beispiel.de" and "beispiel"."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no address
        return []
    stem = re.sub(r"\.(?:co|com|org|net)?\.?\w{2,10}$", "", host)
    return [name for name in (host, stem, stem.rsplit(".", 1)[-1]) if name]


def _clock(url: str | None, language: str | None, heads: Heads) -> str | None:
    """The time zone of an outlet that is not known by name."""
    hosts = _host_names(url)
    ending = hosts[0].rsplit(".", 1)[-1] if hosts else ""
    return heads.clock.hosts.get(ending) or heads.clock.languages.get((language or "")[:2].lower())


def _is_free(told: Described, marked: Marked, heads: Heads) -> bool | None:
    if told.free is not None:
        return told.free
    tier = (marked.first(heads.meta.tier) or "").lower()
    if any(word in tier.split() for word in heads.tier.locked):
        return False
    return True if any(word in tier.split() for word in heads.tier.free) else None
