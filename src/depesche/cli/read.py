"""Commands that need no store: extract (pages to articles) and annotate (a filter over articles)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click
import msgspec

from depesche.cli.edge import common, day_option, limits, tell_passed_over, tell_unread
from depesche.cli.output import write
from depesche.errors import BrokenRecord, PageError
from depesche.export.pages import LAYERS, article_in_words, article_record, reading_record
from depesche.export.plain import json_line, plain, whole
from depesche.model.page import Page, PassedOver, Unread

if TYPE_CHECKING:
    from depesche.packs.load import Packs


@click.command(epilog="Example:  depesche extract pages/ > articles.jsonl")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True)
@day_option("--not-after", help="No page was published after this day.")
@common
def extract(paths: tuple[Path, ...], form: str, not_after: date | None) -> int:
    """Cleans and dates pages.

    Writes one JSON object a page, also for a page that cannot be read.
    """
    from depesche.ingest import read
    from depesche.packs.load import load_packs

    packs, unread, passed = load_packs(), list[Unread](), list[PassedOver]()
    write(_extracted(one, packs, not_after, form, unread) for one in read(paths, limits(), passed.append))
    tell_passed_over(passed)
    return tell_unread(unread)


def _extracted(one: Page | Unread, packs: Packs, not_after: date | None, form: str, unread: list[Unread]) -> str:
    """What is written for an input; one that cannot be read is also added to `unread`."""
    from depesche.pipeline import extract_page

    if isinstance(one, Page):
        try:
            article, dateline = extract_page(one, packs, not_after)
        except PageError as error:
            one = Unread(one.doc, one.source, str(error))
        else:
            in_words = form == "text"
            return (
                article_in_words(article, dateline) if in_words else json_line(article_record(one, article, dateline))
            )
    unread.append(one)
    if form == "text":
        return f"== {plain(one.doc)}\nnot read: {plain(one.reason)}\n\n"
    return json_line({"doc": one.doc, "error": one.reason})


class Line(msgspec.Struct, frozen=True):
    """A line that `annotate` reads. Days are ISO days; the text is taken as it is."""

    doc: str
    text: str
    published: date | None = None
    published_earliest: date | None = None
    published_latest: date | None = None
    title: str | None = None
    language: str | None = None


def _layers(ctx: click.Context, option: click.Parameter, value: str) -> frozenset[str]:
    """The layers asked for; wrong use names those there are."""
    asked = [layer.strip() for layer in value.split(",")]
    for layer in asked:
        if layer not in LAYERS:
            raise click.BadParameter(f"{layer!r} is not one of {', '.join(LAYERS)}", ctx, option)
    return frozenset(asked)


@click.command(epilog="Example:  depesche extract pages/ | depesche annotate --layers quotes,events")
@click.argument("source", metavar="[IN.jsonl|-]", type=click.File("rb"), default="-")
@click.option(
    "--layers", metavar="LAYERS", callback=_layers, default=",".join(LAYERS), show_default=True, help="With commas."
)
@common
def annotate(source: BinaryIO, layers: frozenset[str]) -> int:
    """Reads texts that are clean and dated.

    Finds times, parties, quotations and events; writes a line for every line. A line in is an object with "doc" and
    "text", and "published", "published_earliest", "published_latest", "title" and "language" where they are known. One
    that is no such object gives {"doc","error"} in its place.
    """
    from depesche.packs.load import load_packs

    packs, unread = load_packs(), list[Unread]()
    write(_annotated(number, raw, packs, layers, unread) for number, raw in _numbered(source))
    return tell_unread(unread)


def _numbered(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, split at the line feed only."""
    for number, raw in enumerate(source, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if line.strip():
            yield number, line


def _annotated(number: int, raw: bytes, packs: Packs, layers: frozenset[str], unread: list[Unread]) -> str:
    from depesche.pipeline import annotate_text

    doc = None
    try:
        told = _object(raw)
        doc = told["doc"] if isinstance(told.get("doc"), str) else None
        line = _line(told)
        reading = annotate_text(
            line.text,
            packs,
            published=line.published,
            earliest=line.published_earliest,
            latest=line.published_latest,
            title=line.title,
            language=line.language,
        )
    except PageError as error:
        unread.append(Unread(f"{doc}", f"line {number}", str(error)))
        return json_line({"doc": doc, "error": str(error)})
    return json_line(reading_record(line.doc, reading, layers))


def _object(raw: bytes) -> dict[str, object]:
    try:
        told = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BrokenRecord(f"not JSON ({error})") from error
    if not isinstance(told, dict):
        raise BrokenRecord('not a JSON object; {"doc": …, "text": …} works')
    return {whole(key): whole(value) if isinstance(value, str) else value for key, value in told.items()}


def _line(told: dict[str, object]) -> Line:
    for field in ("published", "published_earliest", "published_latest"):
        value = told.get(field)
        if value is not None and not (isinstance(value, str) and len(value) == 10):
            raise BrokenRecord(f"{field}: {value!r} is not a day such as 2024-05-16")
    try:
        line = msgspec.convert(told, Line)
    except msgspec.ValidationError as error:
        raise BrokenRecord(f"{error}") from error
    earliest, latest = line.published_earliest, line.published_latest
    if earliest and latest and earliest > latest:
        raise BrokenRecord(f"published_earliest {earliest} is after published_latest {latest}")
    return line
