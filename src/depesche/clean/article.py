"""A page made into an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from depesche.clean.assemble import Assembled, Passage, assemble
from depesche.clean.credits import Signed, agency_of, authors_of, holds_a_day, people_of, stamps_of
from depesche.clean.groups import group_lines
from depesche.clean.head import Head, read_head
from depesche.clean.headline import find_headline
from depesche.clean.html import flatten_tree, is_deep, parse_html, read_html
from depesche.clean.judged import Judged, blocks_of, kept_of
from depesche.clean.laid import Beside, lay
from depesche.clean.lines import Line, language_of, split_lines
from depesche.clean.live import FEWEST, Mark, is_live, posts_of, stamps, with_entries
from depesche.clean.live_html import LiveHtml, live_html
from depesche.clean.origins import is_teaser_only, origins_of
from depesche.clean.sequence import judge, outline_of
from depesche.clean.trim import trim_front
from depesche.errors import EmptyPage, OversizedPage
from depesche.model.page import Article, CreditKind, Form, Metadata, Page, Post, Role
from depesche.model.text import Span
from depesche.packs.furniture import Cues, Furniture, Lead, all_cues, all_leads, index_cues
from depesche.packs.heads import Heads
from depesche.packs.live import LiveRules, load_live
from depesche.packs.outlets import Outlets

NATIVE = "de"
"""The language whose furniture we know best; of other pages trafilatura is asked for less."""
LARGEST_READ = 8_000_000
"""Characters of HTML that trafilatura is given; no article needs more, and its time grows faster than the page."""

LONGEST_ARTICLE = 1_000_000
"""Characters of an article's text: more than a book of five hundred pages has, and than a live blog of a week."""


class Knowledge(msgspec.Struct, frozen=True):
    """What cleaning knows, gathered from the packs."""

    heads: Heads
    furniture: Mapping[str, Furniture]
    outlets: Outlets
    cues: Cues
    leads: tuple[Lead, ...]
    live: LiveRules


class Told(msgspec.Struct, frozen=True):
    """What stands beside a page's text; `signed` is who signs it where no person does.

    `byline` is the line of its authors, where its head found one.
    """

    metadata: Metadata
    signed: tuple[str, ...] = ()
    byline: str | None = None


class _Made(msgspec.Struct, frozen=True):
    """What the lines of a page were made into: each judged, the text of the kept ones, the entries of a live blog."""

    judged: tuple[Judged, ...]
    done: Assembled
    language: str
    posts: tuple[Post, ...]


def flatten(page: Page) -> str:
    """The page as lines: a text's own characters, an HTML page's text a line for each block."""
    if page.form is not Form.HTML:
        return page.raw
    tree = parse_html(page.raw)
    return "" if tree is None else flatten_tree(tree)


def clean(page: Page, furniture: Mapping[str, Furniture], outlets: Outlets, heads: Heads) -> Article:
    """The article of a page; raises EmptyPage where no line of it is article text."""
    packs = tuple(furniture.values())
    knowledge = Knowledge(heads, furniture, outlets, index_cues(all_cues(packs)), all_leads(packs), load_live())
    if page.form is Form.HTML:
        return _clean_html(page, knowledge)
    return _clean_lines(page, page.raw, _given(page.metadata), knowledge)


def _clean_html(page: Page, known: Knowledge) -> Article:
    tree = parse_html(page.raw)
    if tree is None:
        raise EmptyPage("the HTML holds no element")
    flat = flatten_tree(tree)
    small = len(page.raw) <= LARGEST_READ and not is_deep(tree)
    live = live_html(tree, flat) if small else None  # to be asked before trafilatura changes the tree
    marks = live.marks if live else ()
    read = read_head(tree, page.metadata.url, known.heads, known.outlets)
    head = _told(page.metadata, read, live)
    beside = Beside(tree.findtext(".//title"), (head.metadata.title or "", *read.printed), read.descriptions)
    lines = split_lines(flat, known.furniture)
    language = language_of(lines, head.metadata.language)
    texts = read_html(tree, page.metadata.url, precise=language != NATIVE) if small else ()
    if not texts:
        return _clean_lines(page, flat, head, known, marks)
    judged, passages = lay(texts, flat, lines, known.cues, beside)
    if not passages:
        return _clean_lines(page, flat, head, known, marks)
    done = assemble(passages, known.leads, known.outlets)
    posts = posts_of(marks or _stamped(lines, head.metadata, known), done.segments, judged)
    if len(marks) > FEWEST and 2 * len(posts) < len(marks):  # an extraction of articles took the entries for others
        return _clean_lines(page, flat, head, known, marks)
    return _article(page, _Made(judged, done, language, posts), head, known)


def _clean_lines(page: Page, flat: str, head: Told, known: Knowledge, marks: tuple[Mark, ...] = ()) -> Article:
    lines = split_lines(flat, known.furniture)
    language = language_of(lines, head.metadata.language)
    outline = outline_of(group_lines(lines, known.cues, language))
    judged = judge(outline, find_headline(outline, head.metadata.title))
    marks = marks or _stamped(lines, head.metadata, known)
    if marks:
        judged = with_entries(judged, marks, known.live)
    passages = [_passage(one) for one in kept_of(judged) if one.role is not Role.HEADLINE]
    done = assemble(passages, known.leads, known.outlets)
    posts = posts_of(marks, done.segments, judged)
    return _article(page, _Made(judged, done, language, posts), head, known)


def _stamped(lines: Sequence[Line], metadata: Metadata, known: Knowledge) -> tuple[Mark, ...]:
    """The stamps of a page that is a live blog by its title or opening; none on any other page."""
    marks = stamps(lines, known.live)
    return marks if is_live(marks, lines, metadata.title, known.live) else ()


def _passage(one: Judged) -> Passage:
    return Passage(one.line.text, one.line.start, one.joins)


def _article(page: Page, made: _Made, head: Told, known: Knowledge) -> Article:
    _check_length(made.done.text)
    metadata, judged, done = head.metadata, made.judged, made.done
    title, title_raw, cut = _title(judged, metadata, known)
    dated = metadata.published is not None or any(map(holds_a_day, done.lead))
    published = stamps_of(judged, dated, slashes=made.language == NATIVE, heads=known.heads)
    signed = _signed(judged, head, known)
    origins = origins_of(judged, done, signed, known.heads.credits, known.outlets)
    services = [one.name for one in origins if one.kind is CreditKind.AGENCY]
    found = known.outlets.by_url(metadata.url) or known.outlets.by_name(metadata.outlet)
    return Article(
        page=page.id,
        doc=page.doc,
        text=done.text,
        segments=done.segments,
        blocks=blocks_of(judged),
        language=made.language,
        metadata=metadata,
        title=title,
        title_raw=title_raw,
        lead=(*cut, *done.lead, *published),
        authors=signed.names or head.signed,
        agency=done.agency or agency_of(judged, metadata.authors, known.outlets) or next(iter(services), None),
        outlet=found.name if found else metadata.outlet,
        house=found.house if found else None,
        posts=made.posts,
        credits=origins,
        teaser_only=is_teaser_only(judged, done.text, metadata.free),
    )


def _check_length(text: str) -> None:
    """Raises EmptyPage or OversizedPage where the text is none, or more than one article has."""
    if not text.strip():
        raise EmptyPage("no line of it reads as article text")
    if len(text) > LONGEST_ARTICLE:
        raise OversizedPage(
            f"its text has {len(text):,} characters; at most {LONGEST_ARTICLE:,} are read as one article"
        )


def _signed(judged: Sequence[Judged], head: Told, known: Knowledge) -> Signed:
    """Who wrote the page: as its head says, else as a byline near the text does."""
    people = people_of(head.metadata.authors, head.metadata.outlet, known.outlets)
    return Signed(people, head.byline) if people else authors_of(judged, known.heads)


def _title(
    judged: Sequence[Judged], metadata: Metadata, known: Knowledge
) -> tuple[str | None, Span | None, tuple[str, ...]]:
    """The title, its place, and what was cut from its front; the page's own wording before the metadata's."""
    lines = [one.line for one in judged if one.role is Role.HEADLINE and one.kept]
    if not lines:
        return metadata.title, None, ()
    front = trim_front(lines[0].text, known.leads, known.outlets)
    place = Span(lines[0].start + front.span.start, lines[-1].end)
    text = " ".join([lines[0].text[front.span.start :], *(line.text for line in lines[1:])])
    return metadata.title or text, place, (front.lead,) if front.lead else ()


def _given(metadata: Metadata) -> Told:
    """What is known beforehand of a page that has no head."""
    return Told(metadata, metadata.authors)


def _told(given: Metadata, head: Head, live: LiveHtml | None) -> Told:
    """What was given with the page, filled up from what its head says; a live blog tells its title itself."""
    metadata = Metadata(
        url=given.url or head.url,
        outlet=given.outlet or head.outlet,
        published=given.published or head.published,
        modified=given.modified or head.modified,
        fetched=given.fetched,
        title=given.title or (live and live.title) or head.title,
        authors=given.authors or head.authors,
        language=given.language or head.language,
        section=given.section or head.section,
        free=head.free if given.free is None else given.free,
    )
    return Told(metadata, given.authors or head.signed, head.byline)
