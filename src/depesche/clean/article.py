"""A page made into an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from depesche.clean.assemble import Assembled, Passage, assemble
from depesche.clean.credits import agency_of, authors_of, people_of, stamps_of
from depesche.clean.groups import group_lines
from depesche.clean.headline import find_headline
from depesche.clean.html import flatten_tree, parse_html, read_html
from depesche.clean.judged import Judged, blocks_of, kept_of
from depesche.clean.laid import lay
from depesche.clean.lines import Line, language_of, split_lines
from depesche.clean.live import FEWEST, Mark, is_live, posts_of, stamps, with_entries
from depesche.clean.live_html import live_html
from depesche.clean.sequence import judge
from depesche.clean.trim import trim_front
from depesche.errors import EmptyPage, OversizedPage
from depesche.model.page import Article, Form, Metadata, Page, Post, Role
from depesche.model.text import Span
from depesche.packs.furniture import Cues, Furniture, Lead, all_cues, all_leads, index_cues
from depesche.packs.live import LiveRules, load_live
from depesche.packs.outlets import Outlets

LARGEST_READ = 8_000_000
"""Characters of HTML that trafilatura is given; no article needs more, and its time grows faster than the page."""

LONGEST_ARTICLE = 1_000_000
"""Characters of an article's text: more than a book of five hundred pages has, and than a live blog of a week."""


class Knowledge(msgspec.Struct, frozen=True):
    """What cleaning knows, gathered from the packs."""

    furniture: Mapping[str, Furniture]
    outlets: Outlets
    cues: Cues
    leads: tuple[Lead, ...]
    live: LiveRules


def flatten(page: Page) -> str:
    """The page as lines: a text's own characters, an HTML page's text a line for each block."""
    if page.form is not Form.HTML:
        return page.raw
    tree = parse_html(page.raw)
    return "" if tree is None else flatten_tree(tree)


def clean(page: Page, furniture: Mapping[str, Furniture], outlets: Outlets) -> Article:
    """The article of a page; raises EmptyPage where no line of it is article text."""
    packs = tuple(furniture.values())
    knowledge = Knowledge(furniture, outlets, index_cues(all_cues(packs)), all_leads(packs), load_live())
    if page.form is Form.HTML:
        return _clean_html(page, knowledge)
    return _clean_lines(page, page.raw, page.metadata, knowledge)


def _clean_html(page: Page, known: Knowledge) -> Article:
    tree = parse_html(page.raw)
    if tree is None:
        raise EmptyPage("the HTML holds no element")
    flat = flatten_tree(tree)
    if len(page.raw) > LARGEST_READ:
        return _clean_lines(page, flat, page.metadata, known)
    live = live_html(tree, flat)
    reading = read_html(tree, page.metadata.url)
    metadata = _joined(page.metadata, reading.metadata)
    if live and live.title and not page.metadata.title:
        metadata = msgspec.structs.replace(metadata, title=live.title)
    marks = live.marks if live else ()
    if not reading.lines:
        return _clean_lines(page, flat, metadata, known, marks)
    lines = split_lines(flat, known.furniture)
    language = language_of(lines, metadata.language)
    judged, passages = lay(reading.lines, flat, lines, known.cues, metadata.title)
    if not passages:
        return _clean_lines(page, flat, metadata, known, marks)
    done = assemble(passages, known.leads, known.outlets)
    posts = _posts(marks, lines, judged, done, metadata, known)
    if len(marks) > FEWEST and 2 * len(posts) < len(marks):  # an extraction of articles took the entries for others
        return _clean_lines(page, flat, metadata, known, marks)
    return _article(page, judged, done, language, metadata, known, posts)


def _clean_lines(page: Page, flat: str, metadata: Metadata, known: Knowledge, marks: tuple[Mark, ...] = ()) -> Article:
    lines = split_lines(flat, known.furniture)
    language = language_of(lines, metadata.language)
    groups = group_lines(lines, known.cues, language)
    judged = judge(groups, find_headline(groups, metadata.title))
    marks = marks or _stamped(lines, metadata, known)
    if marks:
        judged = with_entries(judged, marks, known.live)
    passages = [_passage(one) for one in kept_of(judged) if one.role is not Role.HEADLINE]
    done = assemble(passages, known.leads, known.outlets)
    posts = posts_of(marks, done.segments, judged)
    return _article(page, judged, done, language, metadata, known, posts)


def _stamped(lines: Sequence[Line], metadata: Metadata, known: Knowledge) -> tuple[Mark, ...]:
    """The stamps of a page that is a live blog by its title or opening; none on any other page."""
    marks = stamps(lines, known.live)
    return marks if is_live(marks, lines, metadata.title, known.live) else ()


def _posts(
    marks: tuple[Mark, ...],
    lines: Sequence[Line],
    judged: Sequence[Judged],
    done: Assembled,
    metadata: Metadata,
    known: Knowledge,
) -> tuple[Post, ...]:
    return posts_of(marks or _stamped(lines, metadata, known), done.segments, judged)


def _passage(one: Judged) -> Passage:
    return Passage(one.line.text, one.line.start, one.joins)


def _article(  # noqa: PLR0913 — what an article is made of
    page: Page,
    judged: Sequence[Judged],
    done: Assembled,
    language: str,
    metadata: Metadata,
    known: Knowledge,
    posts: tuple[Post, ...],
) -> Article:
    if not done.text.strip():
        raise EmptyPage("no line of it reads as article text")
    if len(done.text) > LONGEST_ARTICLE:
        raise OversizedPage(
            f"its text has {len(done.text):,} characters; at most {LONGEST_ARTICLE:,} are read as one article"
        )
    title, title_raw, cut = _title(judged, metadata, known)
    found = known.outlets.by_url(metadata.url) or known.outlets.by_name(metadata.outlet)
    return Article(
        page=page.id,
        doc=page.doc,
        text=done.text,
        segments=done.segments,
        blocks=blocks_of(judged),
        language=language,
        metadata=metadata,
        title=title,
        title_raw=title_raw,
        lead=(*cut, *done.lead, *stamps_of(judged)),
        authors=people_of(metadata.authors, metadata.outlet, known.outlets) or authors_of(judged) or metadata.authors,
        agency=done.agency or agency_of(judged, metadata.authors, known.outlets),
        outlet=found.name if found else metadata.outlet,
        house=found.house if found else None,
        posts=posts,
    )


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


def _joined(given: Metadata, read: Metadata) -> Metadata:
    """What was given with the page, filled up from what its head says."""
    return Metadata(
        url=given.url or read.url,
        outlet=given.outlet or read.outlet,
        published=given.published or read.published,
        modified=given.modified or read.modified,
        fetched=given.fetched,
        title=given.title or read.title,
        authors=given.authors or read.authors,
        language=given.language or read.language,
    )
