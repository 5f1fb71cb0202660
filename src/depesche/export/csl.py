"""The sources as CSL JSON, as Zotero, pandoc and citeproc take them."""

from __future__ import annotations

from collections.abc import Iterator

from depesche.answers.selection import Card, Selection, sourced
from depesche.export.addresses import address
from depesche.export.bibtex import key, notes
from depesche.export.form import Tally
from depesche.export.moves import whole_day
from depesche.export.plain import json_lines_in, plain


def csl(selection: Selection, tally: Tally) -> Iterator[str]:
    """A list with an item for each page that tells of a chosen entry, by name; keys are those of the BibTeX form."""
    return json_lines_in("[\n", _items(selection, tally), "]")


def _items(selection: Selection, tally: Tally) -> Iterator[object]:
    taken: set[str] = set()
    for one in sourced(selection):
        tally.wrote("sources")
        if not one.card.published and not (one.card.earliest and one.card.latest):
            tally.left_out("days", "the page is not dated, and an open range stands in its note")
        yield item(one.card, key(one.card.doc, taken))


def item(card: Card, name: str) -> dict[str, object]:
    """A page as an item; a page of which only a range is known is issued in that range."""
    made: dict[str, object] = {
        "id": name,
        "type": "article-newspaper",
        "title": plain(card.title or "") or plain(card.doc),
        "author": [{"literal": plain(author)} for author in card.authors],
        "container-title": plain(card.outlet or ""),
        "issued": _issued(card),
        "accessed": _date(whole_day(card.metadata.fetched)),
        "URL": address(card),
        "language": card.language if card.language != "other" else "",
        "note": plain("; ".join(notes(card))),
    }
    return {field: value for field, value in made.items() if value}


def _issued(card: Card) -> dict[str, object] | None:
    if card.published:
        return _date(card.published)
    if card.earliest and card.latest:
        return {"date-parts": [_parts(card.earliest), _parts(card.latest)], "circa": True}
    return None


def _date(day: str | None) -> dict[str, object] | None:
    return {"date-parts": [_parts(day)]} if day else None


def _parts(day: str) -> list[int]:
    return [int(part) for part in day.split("-")]
