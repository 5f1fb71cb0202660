"""A page, and what was read from it, as records for other programs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from depesche.export.plain import plain, plain_lines
from depesche.model.days import Days, iso
from depesche.model.page import Article, Dateline, Form, Page, Post
from depesche.model.reading import EventMention, Participant, Party, Quote, Reading, Time
from depesche.model.reason import Reason
from depesche.model.text import Span

LAYERS = ("times", "parties", "quotes", "events")
"""What `annotate` can be asked for."""


def article_record(page: Page, article: Article, dateline: Dateline) -> dict[str, object]:
    """A page cleaned and dated. Line numbers are given for text, where they are those of the file."""
    record: dict[str, object] = {
        "doc": article.doc,
        "title": article.title,
        "text": article.text,
        "published": iso(dateline.published),
        "published_earliest": iso(dateline.earliest),
        "published_latest": iso(dateline.latest),
        "reasons": [reason_in_words(reason) for reason in dateline.reasons],
        "authors": list(article.authors),
        "agency": article.agency,
        "outlet": article.outlet,
        "language": article.language,
        "section": article.metadata.section,
        "teaser_only": article.teaser_only,
        "credits": [{"kind": one.kind, "name": one.name, "line": one.line} for one in article.credits],
    }
    if article.posts:
        record["entries"] = [_entry(post, dateline) for post in article.posts]
    if page.form is Form.TEXT:
        dropped = [block for block in article.blocks if not block.kept]
        record["kept"] = [block.line for block in article.blocks if block.kept]
        record["dropped"] = [{"line": block.line, "reason": reason_in_words(block.reason)} for block in dropped]
    return record


def _entry(post: Post, dateline: Dateline) -> dict[str, object]:
    """An entry of a live blog: its span in the text, heading, day (None where it is not known) and hour."""
    told = dateline.post_at(post.start)
    day = iso(told.day) if told else None
    return {"start": post.start, "end": post.end, "title": post.title, "published": day, "time": post.clock}


def article_in_words(article: Article, dateline: Dateline) -> str:
    """A page cleaned and dated, for people: name, title, day, text."""
    days = dateline.published or " to ".join(iso(day) or "…" for day in (dateline.earliest, dateline.latest))
    facts = (f"{days}" if dateline.earliest or dateline.latest else "undated", article.outlet, article.agency)
    head = [f"== {plain(article.doc)}", plain(article.title or "(no title)")]
    head.append(plain(" · ".join(fact for fact in facts if fact)))
    return "\n".join([*head, "", plain_lines(article.text), "", ""])


def reading_record(doc: str, reading: Reading, layers: Collection[str]) -> dict[str, object]:
    """What an article says, the layers that were asked for only."""
    made: Mapping[str, object] = {
        "times": [_time(part) for time in reading.times for part in time.parts or (time,)],
        "parties": [_party(party) for party in reading.parties],
        "quotes": [_quote(quote) for quote in reading.quotes],
        "events": [_event(event, reading.text) for event in reading.events],
    }
    return {"doc": doc, "text": reading.text, **{layer: made[layer] for layer in LAYERS if layer in layers}}


def reason_in_words(reason: Reason) -> str:
    """The rule and what it found."""
    return f"{reason.rule}: {reason.note}" if reason.note else reason.rule


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [_span(span) for span in spans]


def _time(time: Time) -> dict[str, object]:
    return {
        "start": time.start,
        "end": time.end,
        "type": time.type,
        "value": time.value,
        "mod": time.mod,
        "earliest": iso(time.days.first),
        "latest": iso(time.days.last),
        "precision": time.precision.value,
    }


def _party(party: Party) -> dict[str, object]:
    return {
        "start": party.start,
        "end": party.end,
        "kind": party.kind.value,
        "name": party.name,
        "country": party.country,
        "id": party.id,
    }


def _quote(quote: Quote) -> dict[str, object]:
    return {
        "type": quote.type.value,
        "quote": _spans(quote.quote),
        "speaker": _spans(quote.speaker),
        "speaker_name": quote.speaker_name,
        "cue": _spans(quote.cue),
        "addressee": _spans(quote.addressee),
        "frame": _spans(quote.frame),
        "medium": quote.medium,
        "nested": quote.nested,
    }


def _event(event: EventMention, text: str) -> dict[str, object]:
    place, told = event.place, event.attribution
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "evidence": _spans(event.evidence),
        "trigger": _span(event.trigger),
        "actors": [_participant(party) for party in event.actors],
        "recipients": [_participant(party) for party in event.recipients],
        "place": {"span": _span(place.span) if place.span else None, "text": place.text, "country": place.country}
        if place
        else None,
        "time": _span(event.time_words) if event.time_words else None,
        "time_text": event.time_words.of(text) if event.time_words else None,
        **_days(event.days),
        "precision": event.precision.value,
        "status": event.status.value,
        "attribution": {"span": _span(told.span), "text": told.text, "name": told.name} if told else None,
        "numbers": [
            {"span": _span(number.span), "value": number.value, "unit": number.unit, "of": number.of}
            for number in event.numbers
        ],
        "reasons": [msgspec.to_builtins(reason) for reason in event.reasons],
    }


def _days(days: Days) -> dict[str, object]:
    return {"start": iso(days.first), "end": iso(days.last)}


def _participant(party: Participant) -> dict[str, object]:
    return {
        "span": _span(party.span),
        "text": party.text,
        "name": party.name,
        "country": party.country,
        "kind": party.kind.value,
    }
