"""The stages in their order; no other file knows it.

    one page at a time, pure
      Page ──clean──▶ Article ──parse──▶ Parse ──date──▶ Dateline ──read──▶ Reading ──▶ store
      text with given days ───parse──▶ Parse ──────────────────── read──▶ Reading       (annotate_text)

    the whole pile, set functions
      Readings ──meaning──▶ vectors ──▶ store                                     (where a build is asked for them)
      Readings ──gather──▶ Facts ──settle──▶ settled Readings ──link──▶ Linkage ──▶ store

Settling starts from the original readings, which alone are stored. A reading is made again only when the page, the
package, its knowledge or `not_after` changed; a linkage only when a reading or one of these did. No clock is read here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Protocol

import msgspec

from depesche import __version__
from depesche.clean import clean
from depesche.clean.lines import language_of, split_lines
from depesche.dating import date_article
from depesche.errors import DepescheError, PageError, UsageError
from depesche.gather import gather
from depesche.gather.parties import parties_of
from depesche.link import attach, link
from depesche.link.meaning import Meaning, words_to_mean
from depesche.model.decisions import AnyDecision, Decision, EntryDecision
from depesche.model.linkage import Linkage
from depesche.model.meaning import PageMeaning
from depesche.model.page import Article, Dateline, Metadata, Page, Unread
from depesche.model.parse import Parse
from depesche.model.parties import PartyRecord
from depesche.model.reading import Reading
from depesche.model.reason import stamped
from depesche.model.text import Segment
from depesche.packs.load import Packs
from depesche.parse import parse
from depesche.read import read
from depesche.settle import settle
from depesche.store import Store, Writer

__all__ = ["BuildReport", "Progress", "annotate_text", "build", "decide", "extract_page", "read_page"]


class Progress(Protocol):
    """Hears of each page that is done, and of the linking that follows; what it shows is its own affair."""

    def page(self, doc: str) -> None:
        """One more input is done: read, known already, or not to be read."""

    def meaning(self, pages: int) -> None:
        """All inputs are done; so many pages get a meaning vector now, each of which `page` tells of."""

    def linking(self, pages: int) -> None:
        """All is read; so many pages are linked now."""


class Quiet:
    """Progress that nobody watches."""

    def page(self, doc: str) -> None:
        """Says nothing."""

    def meaning(self, pages: int) -> None:
        """Says nothing."""

    def linking(self, pages: int) -> None:
        """Says nothing."""


class BuildReport(msgspec.Struct, frozen=True):
    """What a build did: pages read now, pages whose reading was there already, and what could not be read.

    `pages` and `entries` count what the store holds after it; `linked` is False where its linkage still fitted.
    """

    read: int
    known: int
    unread: tuple[Unread, ...]
    pages: int
    entries: int
    linked: bool


class _Version(msgspec.Struct, frozen=True):
    """What a reading depends on besides its page."""

    package: str
    knowledge: str


# --- one page


FEW = 40  # words: too few to tell a language by its function words


def extract_page(page: Page, packs: Packs, not_after: date | None) -> tuple[Article, Dateline]:
    """The page cleaned and dated; PageError where it holds no article."""
    with _faults_told():
        article, _, dateline = _dated(page, packs, not_after)
    return article, dateline


def read_page(page: Page, packs: Packs, not_after: date | None) -> tuple[Article, Reading]:
    """The page cleaned, dated and read; PageError where it holds no article."""
    with _faults_told():
        article, parsed, dateline = _dated(page, packs, not_after)
        return article, stamped(read(article, parsed, dateline, packs), version_of(packs))


def version_of(packs: Packs) -> str:
    """What every reason names: the package's version and the first letters of the knowledge's digest."""
    return f"{__version__}+{packs.knowledge[:8]}"


def _dated(page: Page, packs: Packs, not_after: date | None) -> tuple[Article, Parse, Dateline]:
    article = clean(page, packs.furniture, packs.outlets)
    parsed = parse(article, packs)
    return article, parsed, date_article(article, parsed, packs.world, not_after)


def annotate_text(  # noqa: PLR0913 — the fields of a line that `annotate` takes
    text: str,
    packs: Packs,
    *,
    published: date | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Reading:
    """What a text says that was published on the given day, or in the given range; the text stays as it is.

    The title is context and is not annotated. A language that is not given is found out.
    """
    dateline = Dateline(published, published or earliest, published or latest)
    with _faults_told():
        article = given_article(text, packs, dateline, title, language)
        return stamped(read(article, parse(article, packs), dateline, packs), version_of(packs))


def given_article(text: str, packs: Packs, dateline: Dateline, title: str | None, language: str | None) -> Article:
    """The article that is just this text."""
    code = (language or "")[:2].lower() or _found_out(text, packs)
    return Article(
        page=_text_id(text, title, dateline),
        doc="",
        text=text,
        segments=(Segment(0, len(text), 0, len(text)),) if text else (),
        blocks=(),
        language=code,
        metadata=Metadata(language=language),
        title=title,
    )


def _found_out(text: str, packs: Packs) -> str:
    """The language of a text; a few words that show none are taken for German."""
    found = language_of(split_lines(text, packs.furniture))
    return packs.german.code if found == "other" and len(text.split()) < FEW else found


@contextmanager
def _faults_told() -> Iterator[None]:
    """One page must not end the reading of all others: a fault of ours becomes that page's reason."""
    try:
        yield
    except (DepescheError, MemoryError):
        raise
    except Exception as error:
        raise PageError(f"Depesche failed on it ({type(error).__name__}: {error}); please report the page") from error


def _text_id(text: str, title: str | None, dateline: Dateline) -> str:
    """Of the text and what is told of it, so that equal lines give equal ids of mentions."""
    told = json.dumps([text, title, str(dateline.earliest), str(dateline.latest)])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


# --- the pile


def build(
    sources: Iterable[Page | Unread],
    store: Store,
    packs: Packs,
    *,
    not_after: date | None = None,
    progress: Progress | None = None,
    meaning: Meaning | None = None,
) -> BuildReport:
    """Reads what is new into the store, reads again what is stale, and links all that it holds.

    Each page is stored by itself, so that an interrupted build goes on where it stopped. Where a `meaning` is given,
    pages without a vector of it get one; linking uses the vectors that the store holds.
    """
    told = progress or Quiet()
    version = _Version(__version__, packs.knowledge if not_after is None else f"{packs.knowledge}<{not_after}")
    read_now, known = 0, 0
    unread: list[Unread] = []
    with store.writer() as writer:
        pages = list(_in_order(sources))
        current = _current(pages, store, writer, version)
        for page in pages:
            if isinstance(page, Page) and page.id in current:
                known += 1
            elif complaint := _take(page, writer, packs, not_after, version):
                unread.append(complaint)
            else:
                read_now += 1
            told.page(page.doc)
        for page in writer.stale_pages(version.package, version.knowledge):
            if complaint := _take(page, writer, packs, not_after, version):
                unread.append(complaint)
            else:
                read_now += 1
            told.page(page.doc)
        if meaning:
            _add_meanings(writer, meaning, told)
        linked = _link_anew(writer, packs, version, told)
    with store.view() as view:
        counts = view.counts()
    listed = tuple(sorted(unread, key=lambda one: (one.source, one.doc)))
    return BuildReport(read_now, known, listed, counts.pages, counts.entries, linked)


def _in_order(sources: Iterable[Page | Unread]) -> Iterator[Page | Unread]:
    """Pages by name and id, each once, then what could not be opened by source."""
    everything = list(sources)
    pages = {page.id: page for page in sorted(_pages(everything), key=lambda page: (page.doc, page.id), reverse=True)}
    yield from sorted(pages.values(), key=lambda page: (page.doc, page.id))
    unread = {(one.source, one.doc): one for one in everything if isinstance(one, Unread)}
    yield from (unread[key] for key in sorted(unread))


def _pages(sources: Iterable[Page | Unread]) -> Iterator[Page]:
    return (one for one in sources if isinstance(one, Page))


def _current(pages: Iterable[Page | Unread], store: Store, writer: Writer, version: _Version) -> frozenset[str]:
    """The ids of the pages that were read by these versions, under the names they have now."""
    with store.view() as view:
        return frozenset(
            page.id
            for page in _pages(pages)
            if writer.has_reading(page.id, version.package, version.knowledge)
            and (stored := view.page(page.id))
            and (stored.doc, stored.source) == (page.doc, page.source)
        )


def _take(
    page: Page | Unread, writer: Writer, packs: Packs, not_after: date | None, version: _Version
) -> Unread | None:
    """Reads and stores a page; gives, and stores, the reason where it cannot be read."""
    if isinstance(page, Unread):
        complaint = page
    else:
        try:
            article, reading = read_page(page, packs, not_after)
        except PageError as error:
            complaint = Unread(page.doc, page.source, str(error))
        else:
            writer.put_page(page, article, reading, version.package, version.knowledge)
            return None
    writer.put_unread(complaint)
    return complaint


def _add_meanings(writer: Writer, meaning: Meaning, progress: Progress) -> None:
    """Makes the vectors of the pages that have none of this model and of the words they have now."""
    known = {one.page: (one.model, one.digest) for one in writer.meanings()}
    lacking = [
        reading.page
        for reading in writer.readings()
        if known.get(reading.page) != (meaning.version, _digest_of_words(reading))
    ]
    if not lacking:
        return
    progress.meaning(len(lacking))
    wanted = frozenset(lacking)
    for reading in writer.readings():
        if reading.page in wanted:
            vector = meaning.vector(words_to_mean(reading.title, reading.text))
            writer.put_meaning(PageMeaning(reading.page, meaning.version, _digest_of_words(reading), vector))
            progress.page(reading.doc)


def _digest_of_words(reading: Reading) -> str:
    words = words_to_mean(reading.title, reading.text)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _fitting(meanings: Sequence[PageMeaning], readings: Iterable[Reading]) -> dict[str, bytes]:
    """Vectors by page: those of one model, and of the words that the pages have now."""
    model = max((one.model for one in meanings), default="")
    by_page = {one.page: one for one in meanings if one.model == model}
    found = ((by_page[reading.page], reading) for reading in readings if reading.page in by_page)
    return {one.page: one.vector for one, reading in found if one.digest == _digest_of_words(reading)}


def _link_anew(writer: Writer, packs: Packs, version: _Version, progress: Progress) -> bool:
    """Links the pile where its linkage no longer fits; says whether it did."""
    decisions = writer.decisions()
    meanings = list(writer.meanings())
    parts = (writer.readings_key(), version.package, version.knowledge, *map(repr, decisions))
    parts += tuple(f"{one.page} {one.model} {one.digest}" for one in meanings)
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    if writer.linked_key() == key:
        return False
    readings = list(writer.readings())
    progress.linking(len(readings))
    linkage, parties = _linked(readings, packs, decisions, _fitting(meanings, readings))
    writer.put_linkage(linkage, key, parties)
    return True


def _linked(
    readings: list[Reading], packs: Packs, decisions: Sequence[AnyDecision], meanings: Mapping[str, bytes]
) -> tuple[Linkage, tuple[PartyRecord, ...]]:
    """The linkage, and the parties of the pile.

    What people rejected as no event teaches nothing about days either.
    """
    decided = attach([one for one in decisions if isinstance(one, EntryDecision)], readings)
    kept = [decided.kept(reading) for reading in readings]
    facts = gather(kept, packs.parties.spellings, [one for one in decisions if isinstance(one, Decision)])
    settled = [settle(reading, facts) for reading in kept]
    linkage = stamped(link(settled, packs.linking, decided, meanings), version_of(packs))
    return linkage, parties_of(settled, facts)


def decide(store: Store, packs: Packs, decision: AnyDecision | int) -> int:
    """Takes a decision about parties or entries, or takes one back by its number, and links the pile anew; its number.

    UsageError where there is no decision of that number.
    """
    with store.writer() as writer, store.view() as view:
        if isinstance(decision, int):
            if not writer.undo(decision):
                raise UsageError(f"{decision}: no such decision; `depesche decide list` lists them")
            number = decision
        else:
            number = writer.decide(decision)
        version = _Version(__version__, view.knowledge() or packs.knowledge)
        _link_anew(writer, packs, version, Quiet())
    return number
