"""read: from an article's grammar and its dateline to what it says.

Parse, Dateline ─▶ times ─▶ parties ─▶ quotations ─▶ event mentions ─▶ Reading
"""

from __future__ import annotations

from depesche.model.days import Days
from depesche.model.page import Article, Dateline
from depesche.model.parse import Parse
from depesche.model.reading import EventMention, Reading
from depesche.model.text import Span
from depesche.packs.load import Packs
from depesche.read.events import find_events
from depesche.read.parties import find_parties
from depesche.read.passage import Knowledge, Passage
from depesche.read.quotes import find_quotes
from depesche.read.times import anchor_times

__all__ = ["read"]


def read(article: Article, parse: Parse, dateline: Dateline, packs: Packs) -> Reading:
    """What an article says, with every value's place in its text and the rule that read it."""
    pack = packs.language(article.language)
    times = anchor_times(parse, dateline, pack.times)
    published = Days(dateline.earliest, dateline.latest)
    parties = find_parties(parse, article.title, published, packs.parties)
    quotes = find_quotes(parse, parties, pack.quotes) if pack.reads else ()
    events: tuple[EventMention, ...] = ()
    if pack.reads:
        knowledge = Knowledge(pack.frames, pack.status, packs.parties, pack.grammar, pack.judges)
        events = find_events(Passage(article.page, parse, dateline, times, parties, quotes, knowledge))
    return Reading(
        page=article.page,
        doc=article.doc,
        text=article.text,
        dateline=dateline,
        title=article.title,
        language=article.language,
        outlet=article.outlet,
        agency=article.agency,
        house=article.house,
        times=times,
        parties=parties,
        quotes=quotes,
        events=events,
        sentences=tuple(Span(s.start, s.end) for s in parse.sentences),
    )
