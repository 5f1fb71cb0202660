"""The stages in their order; no other file knows it.

    one page at a time, pure
      Page ──clean──▶ Article ──glance──▶ Parse of times and tenses ──date──▶ Dateline      (extract_page)
                         └──────parse──▶ Parse of the whole grammar ─┬─read──▶ Reading ──▶ store
      text with given days ─────parse──▶ Parse ──────────────────────┴─read──▶ Reading      (annotate_text)

    the whole pile, set functions
      Readings ──meaning──▶ vectors ──▶ store                                     (where a build is asked for them)
      Readings ──gather──▶ Facts ──settle──▶ settled Readings ──link──▶ Linkage ──▶ store

Settling starts from the original readings, which alone are stored. A reading is made again only when the page, the
package, its knowledge or `not_after` changed; a linkage only when a reading or one of these did, and then only where
something is new (`relink.py`). No clock is read here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TypeAlias

import msgspec

from depesche import __version__
from depesche.clean import clean, flatten, lines_of, told_facts
from depesche.clean.lines import language_of, split_lines
from depesche.crew import Crew, Lost
from depesche.dating import asks_text, date_article, weigh_article
from depesche.errors import DepescheError, PageError, UsageError
from depesche.intake import Intake, Progress, Quiet, Version
from depesche.link.meaning import Meaning
from depesche.meanings import add_meanings
from depesche.model.decisions import AnyDecision
from depesche.model.explained import Explanation
from depesche.model.page import Article, Dateline, Metadata, Page, Unread
from depesche.model.parse import Parse
from depesche.model.reading import Reading
from depesche.model.reason import stamped
from depesche.model.text import Segment
from depesche.packs.furniture import all_leads
from depesche.packs.load import Packs, load_packs
from depesche.parse import glance, parse
from depesche.read import read
from depesche.relink import link_anew
from depesche.store import PageRows, Store, rows_of_page

__all__ = [
    "BuildReport",
    "Progress",
    "Quiet",
    "Version",
    "annotate_text",
    "build",
    "decide",
    "explain_page",
    "extract_page",
    "link_anew",
    "read_page",
]


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


# --- one page


FEW = 40  # words: too few to tell a language by its function words


def extract_page(page: Page, packs: Packs, not_after: date | None) -> tuple[Article, Dateline]:
    """The page cleaned and dated; PageError where it holds no article."""
    with _faults_told():
        return _dated(page, packs, not_after)


def explain_page(page: Page, packs: Packs, not_after: date | None) -> Explanation:
    """The page cleaned and dated, with everything that spoke for and against; PageError where it holds no article."""
    with _faults_told():
        article, dateline = _dated(page, packs, not_after)
        flat = flatten(page)
        weighed = weigh_article(article, glance(article, packs), packs.world, not_after, flat)
        told = told_facts(article, flat, all_leads(packs.furniture.values()), packs.outlets)
        return Explanation(article, dateline, weighed, told, lines_of(article, flat))


def read_page(page: Page, packs: Packs, not_after: date | None) -> tuple[Article, Reading]:
    """The page cleaned, dated and read; PageError where it holds no article."""
    with _faults_told():
        article, dateline = _dated(page, packs, not_after)
        return article, stamped(read(article, parse(article, packs), dateline, packs), packs.version)


def _dated(page: Page, packs: Packs, not_after: date | None) -> tuple[Article, Dateline]:
    """The page cleaned and dated; its text is looked at only where that can tell its day."""
    article = clean(page, packs.furniture, packs.outlets, packs.heads)
    seen = glance(article, packs) if asks_text(article, packs.world, not_after) else Parse(article.text, (), ())
    return article, date_article(article, seen, packs.world, not_after)


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
        return stamped(read(article, parse(article, packs), dateline, packs), packs.version)


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


def build(  # noqa: PLR0913 — what is read, where to, with what, and how
    sources: Iterable[Page | Unread],
    store: Store,
    packs: Packs,
    *,
    not_after: date | None = None,
    progress: Progress | None = None,
    workers: int = 1,
    meaning: Meaning | None = None,
) -> BuildReport:
    """Reads what is new into the store, reads again what is stale, and links all that it holds.

    Each page is stored by itself, so that an interrupted build goes on where it stopped. More than one worker means
    so many processes that read; what comes out is the same. Few pages are in memory at a time, if `sources` are few.
    Where a `meaning` is given, pages without a vector of it get one; linking uses the vectors that the store holds.
    """
    version = Version.of(packs, not_after)
    with store.writer() as writer:
        intake = Intake(writer, version, progress or Quiet())
        with _reading(workers, packs, not_after, version) as became:
            intake.take(became(intake.fresh(sources)))
            intake.tell_unopened()
            intake.take(became(writer.stale_pages(version.package, version.knowledge)))
        if meaning:
            add_meanings(writer, meaning, intake.told)
        linked = link_anew(writer, packs, version, intake.told)
    with store.view() as view:
        counts = view.counts()
    return BuildReport(len(intake.read), intake.known, intake.listed(), counts.pages, counts.entries, linked)


class _Reader:
    """Makes of a page what is stored: rows, or the reason why it cannot be read."""

    def __init__(self, packs: Packs, not_after: date | None, version: Version) -> None:
        self._packs, self._not_after, self._version = packs, not_after, version

    def __call__(self, page: Page) -> PageRows | Unread:
        try:
            article, reading = read_page(page, self._packs, self._not_after)
        except PageError as error:
            return Unread(page.doc, page.source, str(error))
        return rows_of_page(page, article, reading, self._version.package, self._version.knowledge)


def _reader_elsewhere(not_after: date | None, version: Version) -> _Reader:
    """A reader in another process, which loads the knowledge itself."""
    packs = load_packs()
    if not version.knowledge.startswith(packs.knowledge):
        raise DepescheError("the knowledge of Depesche changed while it was reading; build again")
    return _Reader(packs, not_after, version)


_Became: TypeAlias = Callable[[Iterable[Page]], Iterator[tuple[Page, PageRows | Unread]]]
"""Gives for each page what became of it, in any order."""


@contextmanager
def _reading(workers: int, packs: Packs, not_after: date | None, version: Version) -> Iterator[_Became]:
    """What reads pages: this process, or several others."""
    if workers == 1:
        reader = _Reader(packs, not_after, version)
        yield lambda pages: ((page, reader(page)) for page in pages)
        return
    crew: Crew[Page, PageRows | Unread] = Crew(workers, partial(_reader_elsewhere, not_after, version))
    with crew:
        yield lambda pages: ((page, _survived(page, became)) for page, became in crew.map(pages))


def _survived(page: Page, became: PageRows | Unread | Lost) -> PageRows | Unread:
    """What became of a page, or that the processes that read it ended."""
    if not isinstance(became, Lost):
        return became
    return Unread(page.doc, page.source, f"reading it ended the process twice ({became.how}); please report the page")


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
        version = Version(__version__, view.knowledge() or packs.knowledge)
        link_anew(writer, packs, version, Quiet())
    return number
