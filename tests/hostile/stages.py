"""The stages that take what others wrote, each as a function of bytes: what `make fuzz` tries and tests run again.

Each answers with bytes, the same for the same input. What a stage refuses by one of our errors is an answer, too;
anything else that it raises is a fault.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

import msgspec
from built import build_into, packs
from pieces import FEED, recorded, tarred, zipped

from depesche.answers.browse import Asked
from depesche.answers.catalogue import Catalogue, catalogue
from depesche.answers.search import search
from depesche.clean import clean, flatten
from depesche.errors import DepescheError
from depesche.fetch import feeds_of_opml, read_feed
from depesche.ingest import Limits, read
from depesche.ingest.decode import decode
from depesche.ingest.jsonl import record_pages
from depesche.ingest.sidecar import note_of, table_of
from depesche.ingest.text import looks_like_html
from depesche.model.page import Dateline, Form, Page
from depesche.model.parse import Parse, Sentence
from depesche.model.response import Response
from depesche.parse import parse_text
from depesche.parse.times import find_times
from depesche.parse.tokens import sentences_of, words_of
from depesche.pipeline import annotate_text, extract_page, given_article
from depesche.read.quotes import find_quotes
from depesche.read.times import anchor_times
from depesche.store import ChronicleFilter, View, open_store

Stage: TypeAlias = Callable[[bytes], bytes]

FAULT = "Depesche failed on it"
"""How the pipeline tells a fault of ours as the reason of a page."""

DAY = date(2024, 5, 16)
ON_THE_DAY = Dateline(DAY, DAY, DAY)
SMALL = Limits(file=200_000, unpacked=400_000, members=200, ratio=20)
NAMES = ("x", "x.zip", "x.tar", "x.tar.gz", "x.warc", "x.warc.gz", "x.html", "x.txt.gz", "x.json", "x.tar.xz")
"""Names under which a file may come; the first byte of an input chooses one."""


def run(name: str, data: bytes) -> bytes:
    """What a stage answers; raises what is a fault, that of the pipeline itself and not how it is told."""
    try:
        return STAGES[name](data)
    except DepescheError as error:
        if FAULT in str(error) and error.__cause__ is not None:
            raise error.__cause__ from None
        return f"{type(error).__name__}: {error}".encode("utf-8", "surrogatepass")


def text_of(data: bytes) -> str:
    """The input as characters; lone surrogates stay, for JSON can bring them."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return decode(data)


def page_of(data: bytes) -> Page:
    """The input as a page: of HTML where it looks so, else of text."""
    form = Form.HTML if looks_like_html(data) or data.lstrip()[:1] == b"<" else Form.TEXT
    return Page("0" * 32, "d", form, decode(data), "d")


def _packed(value: object) -> bytes:
    return repr(value).encode("utf-8", "surrogatepass")


def _flattened(data: bytes) -> bytes:
    return flatten(page_of(data)).encode("utf-8", "surrogatepass")


def _cleaned(data: bytes) -> bytes:
    known = packs()
    return _packed(clean(page_of(data), known.furniture, known.outlets, known.heads))


def _dated(data: bytes) -> bytes:
    return _packed(extract_page(page_of(data), packs(), None)[1])


def _tokens(data: bytes) -> bytes:
    text, closed = text_of(data), packs().german.grammar
    tokens = words_of(text, closed)
    return _packed((tokens, sentences_of(text, tokens, closed)))


def _parsed(data: bytes) -> bytes:
    return _packed(parse_text(text_of(data), packs(), "de"))


def _times(data: bytes) -> bytes:
    text, rules = text_of(data), packs().german.times
    whole = (Sentence(0, len(text), 0, 0),)
    bare = Parse(text, (), whole)
    found = msgspec.structs.replace(bare, times=find_times(text, (), whole, rules))
    return _packed(anchor_times(found, ON_THE_DAY, rules))


def _quotes(data: bytes) -> bytes:
    article = given_article(text_of(data), packs(), ON_THE_DAY, None, "de")
    return _packed(find_quotes(parse_text(article.text, packs(), "de"), (), packs().german.quotes))


def _read(data: bytes) -> bytes:
    return _packed(annotate_text(text_of(data), packs(), published=DAY, language="de"))


def _fed(data: bytes) -> bytes:
    listed = _refused(lambda: feeds_of_opml(data, "f.opml"))
    return _packed((listed, _refused(lambda: read_feed(Response("https://hafen.example/rss", 200, (), data)))))


def _ingested(data: bytes) -> bytes:
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data[1:])
        return _packed(list(read([path], SMALL)))


def _recorded(data: bytes) -> bytes:
    return _packed(
        (
            list(record_pages(data, "d", "d", one=False)),
            list(record_pages(data, "d", "d", one=True)),
            _refused(lambda: note_of(data, "d.meta.json")),
            _refused(lambda: table_of(data)),
        )
    )


def _searched(data: bytes) -> bytes:
    """The words as they are asked for in a filter of the chronicle and in the search of the pages."""
    words = text_of(data)[:300].strip()
    if not words:
        return b""
    view, all = _view()
    asked = ChronicleFilter(party=words, text=words), ChronicleFilter(with_party=words, type=words)
    entries = [[entry.id for entry in view.entries(one)] for one in asked]
    answers = [_refused(partial(search, view, all, one)) for one in (Asked(text=words), Asked(party=words))]
    return _packed((entries, answers))


def _refused(act: Callable[[], object]) -> object:
    """What it answers, or the words of our error."""
    try:
        return act()
    except DepescheError as error:
        return str(error)


@cache
def _view() -> tuple[View, Catalogue]:
    """The store of the invented pages, open for as long as the process lasts."""
    folder = Path(tempfile.mkdtemp(prefix="depesche-stages-"))
    build_into(folder / "s.db")
    view = open_store(str(folder / "s.db")).view()
    return view, catalogue(view)


STAGES: Mapping[str, Stage] = {
    "flatten": _flattened,
    "clean": _cleaned,
    "date": _dated,
    "tokens": _tokens,
    "parse": _parsed,
    "times": _times,
    "quotes": _quotes,
    "read": _read,
    "feeds": _fed,
    "ingest": _ingested,
    "records": _recorded,
    "search": _searched,
}
"""By name; those that take text come first."""


WHOLE = ("flatten", "clean", "date", "ingest")
"""Stages that make sense of whole pages only; the others are begun with paragraphs, which are read sooner."""


def seeds(root: Path, stage: str) -> Iterator[bytes]:
    """What a stage is begun with: the invented pages of the tests and of the examples, as it may get them."""
    pages = [path for folder in ("tests/pages", "examples/pages") for path in sorted((root / folder).rglob("*.*"))]
    pages = [path for path in pages if path.suffix != ".gz" or stage in WHOLE]
    for path in pages:
        data = path.read_bytes()
        if stage in WHOLE:
            yield data if stage != "ingest" else b"\x00" + data
        else:
            yield from (part.encode() for part in decode(data).split("\n\n"))
    if stage == "ingest":
        members = [("a.txt", pages[0].read_bytes()), ("pages.csv", b"file,url\na.txt,https://hafen.example/a\n")]
        yield b"\x01" + zipped(members)
        yield b"\x02" + tarred(members)
        yield b"\x03" + gzip.compress(tarred(members), mtime=0)
        yield b"\x04" + WARC
    if stage == "records":
        yield recorded(doc="a", text="Die Schleuse ist zu.", published="2024-05-16", authors=["Karla Beispiel"])
    if stage == "feeds":
        yield "".join(FEED[:7]).encode()


WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://hafen.example/a\r\n"
    b"WARC-Date: 2024-05-16T10:11:12Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: 76\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Die Schleuse ist zu.</p>\r\n\r\n"
)
