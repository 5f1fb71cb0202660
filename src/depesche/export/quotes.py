"""Utterances for people and programs: `QUOTE_LISTINGS[form](utterances)`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from depesche.answers.alike import Differs
from depesche.answers.utterances import Source, Utterance
from depesche.export.csv import as_text, defused
from depesche.export.markdown import quoted
from depesche.export.plain import json_line, plain
from depesche.export.words import days_in_short, days_in_words
from depesche.model.days import Days, iso
from depesche.model.reading import QuoteType

ROOMY = 110  # characters: a narrower terminal has no room for page and id beside the words
UNNAMED = "–"

COLUMNS = (
    *("id", "start", "end", "told", "speaker", "speaker_id", "body", "body_id", "type", "medium", "addressee"),
    *("words", "first", "docs", "outlets", "differs", "sources", "origins", "probably"),
)


def quotes_table(utterances: Iterable[Utterance], width: int = 120, colour: bool = False) -> Iterator[str]:
    """The utterances as rows for a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    roomy = width >= ROOMY
    rows = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    rows.add_column("days", no_wrap=True)
    rows.add_column("speaker", max_width=24)
    rows.add_column("words", ratio=2)
    if roomy:
        rows.add_column("first seen", max_width=24)
    rows.add_column("sources", justify="right", no_wrap=True)
    if roomy:
        rows.add_column("id", no_wrap=True, style="dim")
    for one in utterances:
        words = Text(plain(one.words), style="green" if one.type is QuoteType.DIRECT else "")
        told = (Text(days_in_short(one.days)), Text(_speaker(one)), words)
        first, id = ((Text(plain(_where(one.first))),), (Text(one.id),)) if roomy else ((), ())
        rows.add_row(*told, *first, Text(_sources(one)), *id)
    paper = io.StringIO()
    console = Console(file=paper, width=width, force_terminal=colour, color_system="standard" if colour else None)
    if rows.row_count:
        console.print(rows)
    console.print(f"{rows.row_count} {'utterance' if rows.row_count == 1 else 'utterances'}", highlight=False)
    yield paper.getvalue()


def quotes_markdown(utterances: Iterable[Utterance]) -> Iterator[str]:
    """A heading for every day or range of days; under each utterance its sources, and what is probably the same."""
    some = tuple(utterances)
    known = {one.id: one for one in some}
    heading = None
    yield "# Quotations\n"
    for one in some:
        days = days_in_words(one.days)
        if days != heading:
            heading = days
            yield f"\n## {days}\n\n"
        yield f"- **{quoted(_speaker(one))}**: {quoted(one.words)} — {quoted(_about(one))}\n"
        yield from (f"    - {_source_line(source)}\n" for source in one.sources)
        for id in one.probably:
            yield f"    - probably the same: {quoted(known[id].words if id in known else id)}\n"
    if heading is None:
        yield "\nNo quotations.\n"


def quotes_jsonl(utterances: Iterable[Utterance]) -> Iterator[str]:
    """A line of JSON for every utterance."""
    return (json_line(quote_record(one)) for one in utterances)


def quotes_csv(utterances: Iterable[Utterance]) -> Iterator[str]:
    """The header, then a row for every utterance; lists are joined with "; "."""
    yield as_text([COLUMNS])
    for one in utterances:
        cells = {**quote_record(one), "first": one.first.doc, "sources": len(one.sources)}
        for column, held in (("docs", "doc"), ("outlets", "outlet"), ("differs", "differs")):
            cells[column] = "; ".join(str(getattr(source, held) or "") for source in one.sources)
        cells["told"] = "yes" if one.told else "no"
        cells["probably"] = "; ".join(one.probably)
        yield as_text([[_cell(cells[column]) for column in COLUMNS]])


QuoteListing: TypeAlias = Callable[[Iterable[Utterance]], Iterator[str]]

QUOTE_LISTINGS: Mapping[str, QuoteListing] = {
    "table": quotes_table,
    "md": quotes_markdown,
    "jsonl": quotes_jsonl,
    "csv": quotes_csv,
}


def quote_record(one: Utterance) -> dict[str, object]:
    """An utterance as other programs see it."""
    return {
        "id": one.id,
        "speaker": one.speaker,
        "speaker_id": one.speaker_id,
        "body": one.body,
        "body_id": one.body_id,
        "words": one.words,
        "type": one.type.value,
        "medium": one.medium,
        "addressee": one.addressee,
        **_days(one.days),
        "told": one.told,
        "sources": [_source(source) for source in one.sources],
        "origins": one.origins,
        "probably": list(one.probably),
    }


def _source(source: Source) -> dict[str, object]:
    days = source.published
    return {
        "doc": source.doc,
        "outlet": source.outlet,
        "agency": source.agency,
        "published": iso(days.first) if days.first == days.last else None,
        "published_earliest": iso(days.first),
        "published_latest": iso(days.last),
        "words": source.words,
        "spans": [[span.start, span.end] for span in source.spans],
        "sentence": source.sentence,
        "differs": source.differs.value,
        "origin": source.origin,
    }


def _days(days: Days) -> dict[str, object]:
    return {"start": iso(days.first), "end": iso(days.last)}


def _cell(value: object) -> str | int | None:
    return value if isinstance(value, int) else defused(str(value)) if value is not None else None


def _speaker(one: Utterance) -> str:
    return plain(f"{one.speaker or UNNAMED}, for {one.body}" if one.body else one.speaker or UNNAMED)


def _where(source: Source) -> str:
    return f"{source.doc} ({source.outlet})" if source.outlet else source.doc


def _sources(one: Utterance) -> str:
    """Independent sources, and pages where those are more."""
    pages = len(one.sources)
    return f"{one.origins}" if pages <= one.origins else f"{one.origins} of {pages}"


def _about(one: Utterance) -> str:
    """ "Direct; to Ghana; 2 independent sources"."""
    counted = "1 independent source" if one.origins == 1 else f"{one.origins} independent sources"
    addressee = f"to {one.addressee}" if one.addressee else ""
    return "; ".join(part for part in (one.type.value, addressee, counted) if part)


def _source_line(source: Source) -> str:
    """A source with its day; its own words where they are others."""
    published = days_in_words(source.published) if source.published.known else "undated"
    told = quoted(", ".join(part for part in (source.doc, source.outlet, source.agency, published) if part))
    return told if source.differs is Differs.SAME else f"{told}; {source.differs.value}: {quoted(source.words)}"
