"""The evidence as W3C Web Annotations: every passage by its words and by its place on the page."""

from __future__ import annotations

from collections.abc import Iterator

from depesche import __version__
from depesche.answers.selection import Card, Selection
from depesche.export.addresses import address, urn
from depesche.export.form import Tally
from depesche.export.moves import whole_day
from depesche.export.plain import json_line, json_lines_in
from depesche.model.linkage import Entry, Mention
from depesche.model.text import Span, raw_span

AROUND = 32
"""Characters of the article before and after a passage, by which it is told from the same words elsewhere."""


def webannotation(selection: Selection, tally: Tally) -> Iterator[str]:
    """A collection with one page: an annotation for each mention, a target for each of its passages."""
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": urn("annotations", "chronicle"),
        "type": "AnnotationCollection",
        "label": "Evidence of a chronicle",
        "generator": {"id": urn("software", "depesche"), "type": "Software", "name": f"Depesche {__version__}"},
    }
    page = f'"first":{{"id":"{urn("annotations", "all")}","type":"AnnotationPage","startIndex":0,"items":[\n'
    yield from json_lines_in(f"{json_line(collection)[:-2]},{page}", _annotations(selection, tally), "]},")
    yield f'"total":{dict(tally.written).get("annotations", 0)}}}\n'


def _annotations(selection: Selection, tally: Tally) -> Iterator[object]:
    for entry in selection.entries():
        for mention in entry.mentions:
            tally.wrote("annotations")
            yield annotation(entry, mention, selection, tally)


def annotation(entry: Entry, mention: Mention, selection: Selection, tally: Tally) -> dict[str, object]:
    """What one page says of an entry."""
    return {
        "id": urn("mention", mention.event.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "language": "de",
                "value": entry.title,
            },
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": mention.event.type},
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": mention.event.status.value},
            {"type": "SpecificResource", "purpose": "linking", "source": urn("entry", entry.id)},
        ],
        "target": list(_targets(mention, selection, tally)),
    }


def _targets(mention: Mention, selection: Selection, tally: Tally) -> Iterator[dict[str, object]]:
    article, card = selection.article(mention.page), selection.card(mention.page)
    for words, span in zip(mention.evidence, mention.event.evidence, strict=False):
        quoted: dict[str, object] = {"type": "TextQuoteSelector", "exact": words}
        place: Span | None = None
        if article:
            quoted["prefix"] = article.text[max(span.start - AROUND, 0) : span.start]
            quoted["suffix"] = article.text[span.end : span.end + AROUND]
            place = raw_span(article.segments, span)
        if place is None:
            tally.left_out("positions", "the passage could not be aligned with the saved page; its words are there")
        selectors = [quoted, *([_position(place)] if place else [])]
        yield {"type": "SpecificResource", "source": _source(card, mention), "selector": selectors, **_state(card)}


def _position(place: Span) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": place.start, "end": place.end}


def _source(card: Card | None, mention: Mention) -> str:
    return address(card) or urn("page", mention.page)


def _state(card: Card | None) -> dict[str, object]:
    """When the page looked like that, where it is known."""
    fetched = whole_day(card.metadata.fetched if card else None)
    return {"state": {"type": "TimeState", "sourceDate": f"{fetched}T00:00:00Z"}} if fetched else {}
