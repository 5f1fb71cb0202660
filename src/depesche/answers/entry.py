"""One entry of the chronicle, and the sentences on the saved pages that say so."""

from __future__ import annotations

import msgspec

from depesche.errors import UsageError
from depesche.model.linkage import Entry
from depesche.model.text import Span, raw_span
from depesche.store import View


class Said(msgspec.Struct, frozen=True):
    """A passage that tells of an entry.

    `text` is verbatim the article's at `span`; `on_page` is its place in the saved page's flattening, where
    it could be aligned.
    """

    page: str
    doc: str
    mention: str
    text: str
    span: Span
    on_page: Span | None


def entry(view: View, id: str) -> Entry:
    """The entry of that id, now or formerly; UsageError if there never was one."""
    found = view.entry(id)
    if found is None:
        raise UsageError(f"{id}: no such entry; `depesche chronicle --format jsonl` lists the ids")
    return found


def said(view: View, entry: Entry) -> tuple[Said, ...]:
    """The passages that tell of the entry, in the order of its mentions."""
    passages: list[Said] = []
    for mention in entry.mentions:
        article = view.article(mention.page)
        if article is None:
            continue  # the page was forgotten since; the entry still tells its sentences
        for span in mention.event.evidence:
            place = raw_span(article.segments, span)
            passages.append(Said(mention.page, mention.doc, mention.event.id, span.of(article.text), span, place))
    return tuple(passages)
