"""The sources as BibTeX, as reference managers and LaTeX take them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from depesche.answers.selection import Card, Selection, sourced
from depesche.export.addresses import address
from depesche.export.form import Tally
from depesche.export.moves import whole_day
from depesche.export.plain import plain

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
LONGEST_KEY = 80
"""Characters of a key: it names files too."""

_NO_KEY = re.compile(r"[^a-z0-9]+")
_LANGUAGES = {"de": "german", "en": "english"}


def bibtex(selection: Selection, tally: Tally) -> Iterator[str]:
    """An article for each page that tells of a chosen entry, by name."""
    taken: set[str] = set()
    for one in sourced(selection):
        tally.wrote("sources")
        if not one.card.published:
            tally.left_out("days", "the page is not dated; a range stands in its note")
        yield record(one.card, key(one.card.doc, taken))


def key(doc: str, taken: set[str]) -> str:
    """A key in plain letters from a page's name, unlike all that are taken already."""
    letters = unicodedata.normalize("NFKD", doc).encode("ascii", "ignore").decode().lower()
    base = _NO_KEY.sub("-", letters).strip("-")[:LONGEST_KEY] or "page"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    taken.add(found)
    return found


def record(card: Card, name: str) -> str:
    """A page as a record. The title is in double braces, so that German nouns keep their capitals."""
    year, month, day = (card.published.split("-") if card.published else ["", "", ""])[:3]
    fields = {
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in card.authors),
        "title": f"{{{_escaped(plain(card.title or '') or card.doc)}}}",
        "journal": _escaped(card.outlet or ""),
        "year": year,
        "month": str(int(month)) if month else "",
        "day": str(int(day)) if day else "",
        "date": card.published or "",
        "url": _url(address(card) or ""),
        "urldate": whole_day(card.metadata.fetched) or "",
        "langid": _LANGUAGES.get(card.language, ""),
        "note": _escaped("; ".join(notes(card))),
    }
    lines = "".join(f"  {field} = {{{value}}},\n" for field, value in fields.items() if value and value != "{}")
    return f"@article{{{name},\n{lines}}}\n\n"


def notes(card: Card) -> Iterator[str]:
    """What other fields have no room for: the wire service, and what is known of the day of an undated page."""
    if card.agency:
        yield f"agency: {card.agency}"
    if not card.published:
        first, last = card.earliest or "an unknown day", card.latest or "an unknown day"
        yield f"published between {first} and {last}" if card.earliest or card.latest else "undated"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in plain(text))


def _url(url: str) -> str:
    """The address with what would end the field written as a URI has it."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
