"""What the readings of a small store say was said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
from made import made_article, made_entry, made_event, made_linkage, made_page, made_reading

from depesche.answers.quotes import QuoteFilter, quotes
from depesche.answers.utterances import Utterance
from depesche.model.days import Days, Precision, one_day
from depesche.model.reading import Party, PartyKind, Quote, QuoteType, Reading, Time
from depesche.model.text import Span
from depesche.store import open_store

DAY = date(2024, 5, 14)
TEXT = "„Wir liefern den Honig“, sagte Ada Berg am Montag in Bonn zu Cem Dorn, „und zwar ‚ohne jeden Zoll‘.“"
ADA = "person:ada-berg"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def read(published: date | None, monday: date = date(2024, 5, 13)) -> Reading:
    """A page on which Ada Berg speaks, in two parts, of which the second holds a quotation of its own."""
    parts = (span("„Wir liefern den Honig“"), span("„und zwar ‚ohne jeden Zoll‘.“"))
    frame = (span(", sagte Ada Berg am Montag in Bonn zu Cem Dorn,"),)
    outer = Quote(QuoteType.DIRECT, parts, (span("Ada Berg"),), "Ada Berg", ADA, (), (span("zu Cem Dorn"),), frame)
    inner = Quote(QuoteType.DIRECT, (span("‚ohne jeden Zoll‘"),), speaker_name="Ada Berg", speaker_id=ADA, nested=True)
    dorn, told = span("Cem Dorn"), span("am Montag")
    return msgspec.structs.replace(
        made_reading("a", made_event("a"), text=TEXT, published=published),
        quotes=(outer, inner),
        parties=(Party(dorn.start, dorn.end, 0, PartyKind.PERSON, "Cem Dorn", "person:cem-dorn"),),
        times=(Time(told.start, told.end, "DATE", monday.isoformat(), one_day(monday), Precision.DAY),),
        sentences=(Span(0, len(TEXT)),),
    )


def answer(path: Path, reading: Reading, asked: QuoteFilter, days: tuple[str, str] | None = None) -> list[Utterance]:
    """The answer from a store of that reading; `days` are those that linking leaves the page."""
    entry = made_entry("a")
    if days:
        mentions = tuple(msgspec.structs.replace(one, earliest=days[0], latest=days[1]) for one in entry.mentions)
        entry = msgspec.structs.replace(entry, mentions=mentions)
    store = open_store(str(path / "s.db"), write=True)
    with store.writer() as writer:
        writer.put_page(made_page("a", text=TEXT), made_article("a", text=TEXT), reading, "1", "k")
        writer.put_linkage(made_linkage(entry), "key")
    with store.view() as view:
        return list(quotes(view, asked))


def test_parts_are_one_and_what_stands_inside_them_is_not_told_again(tmp_path: Path) -> None:
    (one,) = answer(tmp_path, read(DAY), QuoteFilter())
    assert one.words == "„Wir liefern den Honig“ […] „und zwar ‚ohne jeden Zoll‘.“"
    assert (one.speaker, one.addressee, one.first.sentence) == ("Ada Berg", "Cem Dorn", TEXT)


def test_the_day_of_the_clause_is_the_day_it_was_said(tmp_path: Path) -> None:
    (one,) = answer(tmp_path, read(DAY), QuoteFilter(end=date(2024, 5, 13)))
    assert (one.days, one.told, one.first.published) == (one_day(date(2024, 5, 13)), True, one_day(DAY))


def test_a_day_after_the_page_is_that_of_what_is_announced(tmp_path: Path) -> None:
    (one,) = answer(tmp_path, read(DAY, date(2024, 5, 20)), QuoteFilter())
    assert (one.days, one.told) == (one_day(DAY), False)


def test_an_undated_page_has_the_days_that_linking_leaves_it(tmp_path: Path) -> None:
    reading = msgspec.structs.replace(read(None), times=())
    (one,) = answer(tmp_path, reading, QuoteFilter(start=date(2024, 5, 15)), ("2024-05-14", "2024-05-16"))
    assert one.days == Days(DAY, date(2024, 5, 16))


def test_what_is_of_unknown_day_is_between_no_days(tmp_path: Path) -> None:
    reading = msgspec.structs.replace(read(None), times=())
    assert answer(tmp_path, reading, QuoteFilter(start=DAY)) == []


def test_words_of_the_introducing_sentence_count(tmp_path: Path) -> None:
    assert len(answer(tmp_path, read(DAY), QuoteFilter(about="BONN honig"))) == 1
