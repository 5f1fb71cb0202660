"""What somebody said on a subject, in order of day, with all who print it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from depesche.answers.settled import settled_readings
from depesche.answers.utterances import DESCRIBED, Said, Utterance, utterances
from depesche.errors import UsageError
from depesche.link.origins import copied_pairs
from depesche.model.days import Days, Precision
from depesche.model.parties import PartyRecord
from depesche.model.reading import Quote, Reading
from depesche.model.text import Span
from depesche.store import View
from depesche.store.rows import fold

GAP = " […] "
CODE = 3
"""Letters of a country code."""


class QuoteFilter(msgspec.Struct, frozen=True, omit_defaults=True):
    """What quotations are narrowed to; what is None does not narrow.

    `speaker` is a name, a surname or a part of one, an ISO country code ("CHN") or an id ("person:xi-jinping").
    `about` is words that all stand, whole or as parts of others, in what is said or in the sentence that introduces
    it. `start` and `end` keep what can have been said on or between these days, and drop what is of unknown day.
    """

    speaker: str | None = None
    about: str | None = None
    start: date | None = None
    end: date | None = None


EVERYTHING_SAID = QuoteFilter()


class _Known(msgspec.Struct, frozen=True):
    """Who an id means, in all pages together: the words are names and spellings, folded."""

    name: str
    country: str | None
    words: tuple[str, ...]


def quotes(view: View, filter: QuoteFilter = EVERYTHING_SAID) -> tuple[Utterance, ...]:
    """The utterances that the filter keeps, by day and page; UsageError where nobody of that name is quoted."""
    return narrowed(all_quotes(view), view.parties(), filter)


def all_quotes(view: View) -> tuple[Utterance, ...]:
    """Every utterance, by day and page: one walk through all readings."""
    return utterances(quotations(settled_readings(view), _known(view.parties())), copied_pairs(view.copies()))


def narrowed(
    found: tuple[Utterance, ...], parties: Iterable[PartyRecord], filter: QuoteFilter
) -> tuple[Utterance, ...]:
    """Those of the utterances that the filter keeps; UsageError where nobody of that name is quoted."""
    if filter.speaker is not None:
        found = tuple(_by(filter.speaker, found, _known(parties)))
    about = fold(filter.about or "").split()
    return tuple(one for one in found if _told(one, about) and _in_days(one.days, filter))


def _known(records: Iterable[PartyRecord]) -> dict[str, _Known]:
    """Everybody by id."""
    return {
        record.id: _Known(record.name, record.country, tuple(sorted({fold(name) for name in _names(record)})))
        for record in records
    }


def _names(record: PartyRecord) -> tuple[str, ...]:
    return (record.name, *(spelling.text for spelling in record.spellings))


# --- from readings


def quotations(readings: Iterable[Reading], known: Mapping[str, _Known]) -> Iterator[Said]:
    """Every quotation of the readings, but for those that stand inside another one of the same speaker."""
    for reading in readings:
        for quote in reading.quotes:
            if not (quote.nested and _inside(quote, reading.quotes)):
                yield _said(reading, quote, known.get(quote.speaker_id or ""))


def _inside(quote: Quote, others: Iterable[Quote]) -> bool:
    return any(
        other.speaker_id == quote.speaker_id
        and other.quote != quote.quote
        and all(any(outer.holds(span) for outer in other.quote) for span in quote.quote)
        for other in others
    )


def _said(reading: Reading, quote: Quote, known: _Known | None) -> Said:
    line, id = reading.dateline, quote.speaker_id
    name = known.name if known else quote.speaker_name
    if not name and id and id.startswith(DESCRIBED):
        name = _words(quote.speaker, reading.text)
    return Said(
        page=reading.page,
        doc=reading.doc,
        spans=quote.quote,
        words=_words(quote.quote, reading.text),
        type=quote.type,
        medium=quote.medium,
        speaker=name or None,
        speaker_id=id,
        body=quote.body_name,
        body_id=quote.body_id,
        addressee=_addressee(quote, reading),
        published=Days(line.earliest, line.latest),
        told=_day(quote, reading),
        sentence=_sentence(quote, reading),
        outlet=reading.outlet,
        agency=reading.agency,
        house=reading.house,
    )


def _words(spans: Sequence[Span], text: str) -> str:
    return GAP.join(span.of(text) for span in spans)


def _addressee(quote: Quote, reading: Reading) -> str | None:
    """The name of the first party in the words that tell to whom it was said."""
    inside = [party for party in reading.parties if any(span.holds(party.span) for span in quote.addressee)]
    return min(inside, key=lambda party: (party.start, -party.end, party.id)).name if inside else None


def _day(quote: Quote, reading: Reading) -> date | None:
    """The one day that the introducing clause tells; one after the page's is that of what is announced."""
    latest = reading.dateline.latest
    days = {
        time.days.first
        for time in reading.times
        if time.precision is Precision.DAY and time.days.length == 1
        if any(span.start <= time.start and time.end <= span.end for span in quote.frame)
    }
    told = [day for day in days if day and not (latest and day > latest)]
    return told[0] if len(told) == 1 else None


def _sentence(quote: Quote, reading: Reading) -> str:
    around = quote.frame or quote.quote
    held = [span for span in reading.sentences if any(span.meets(one) for one in around)]
    return _words(held or around, reading.text)


# --- what is asked for


def _by(asked: str, found: Sequence[Utterance], known: Mapping[str, _Known]) -> list[Utterance]:
    """What the asked one said. Whole words go before parts of them: "Berg" is no "Bergmann" if there is a Berg."""
    needle, code = fold(asked), asked.upper()
    by_id, whole, part = [], [], []
    for one in found:
        who = known.get(one.speaker_id or "")
        words = "".join(
            f" {name} " for name in (*(who.words if who else ()), fold(one.speaker or ""), fold(one.body or ""))
        )
        ids = (one.speaker_id or "", one.body_id or "")
        if asked in ids or (who and who.country == code) or any(code in id.split(":") for id in ids):
            by_id.append(one)
        if needle and f" {needle} " in words:
            whole.append(one)
        elif needle and needle in words:
            part.append(one)
    if len(asked) == CODE and asked.isupper():  # a code, or an acronym: "IND" is in no "Kinderhilfswerk"
        part = []
    chosen = {one.id for one in (*by_id, *(whole or part))}
    if not chosen:
        raise UsageError(f"--speaker {asked}: nobody of that name is quoted; `depesche quotes` lists who is")
    return [one for one in found if one.id in chosen]


def _told(utterance: Utterance, about: Sequence[str]) -> bool:
    """Whether one of the sources tells of all these words."""
    texts = (fold(f"{source.words} {source.sentence}") for source in utterance.sources) if about else ()
    return not about or any(all(word in text for word in about) for text in texts)


def _in_days(days: Days, filter: QuoteFilter) -> bool:
    if filter.start is None and filter.end is None:
        return True
    return days.known and days.meet(Days(filter.start, filter.end)) is not None
