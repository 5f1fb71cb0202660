"""What comes in, and what cleaning makes of it."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import StrEnum

import msgspec

from depesche.model.days import Days
from depesche.model.reason import Reason
from depesche.model.text import Segment, Span

FLATTENING = "flat-1"
"""Name and version of the flattening that segment maps point into (see decision 0003)."""


class Form(StrEnum):
    """How a page arrived."""

    TEXT = "text"
    HTML = "html"
    RECORD = "record"


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a sidecar, a record or the HTML head says about a page. Days are ISO days or prefixes of them.

    `section` is the outlet's name for the part it stands in. `free` says whether everybody may read it; None: not told.
    """

    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    fetched: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None
    free: bool | None = None


class Page(msgspec.Struct, frozen=True):
    """A page as it was scraped.

    `id` is the digest of its bytes and its sidecar, so the same page met twice is one page. `doc` is
    its readable name. `source` says where it was read, relative to what was named on the command
    line. `raw` is its decoded characters: text, HTML source, or a record's text.
    """

    id: str
    doc: str
    form: Form
    raw: str
    source: str = ""
    metadata: Metadata = Metadata()


class Unread(msgspec.Struct, frozen=True):
    """An input that could not be read, and why. Nothing is lost: it is listed at the end."""

    doc: str
    source: str
    reason: str


class PassedOver(msgspec.Struct, frozen=True):
    """What an archive holds besides pages: of each kind of record how many, most first. It is no fault."""

    source: str
    counts: tuple[tuple[str, int], ...]


class Role(StrEnum):
    """What a block of a page is."""

    HEADLINE = "headline"
    TEASER = "teaser"
    DATELINE = "dateline"
    BODY = "body"
    SUBHEADING = "subheading"
    BYLINE = "byline"
    CREDIT = "credit"
    CAPTION = "caption"
    RELATED = "related"
    ADVERT = "advert"
    NEWSLETTER = "newsletter"
    COMMENTS = "comments"
    FEED = "feed item"
    COUNTS = "counts"
    NAVIGATION = "navigation"
    FOOTER = "footer"
    REPEAT = "repeat"


class Block(msgspec.Struct, frozen=True):
    """One non-empty line of the page's flattening: what it is, whether it is kept, and why.

    `line` counts from 0 in the flattening split at newline. `raw` is its place in the flattening,
    without surrounding white space.
    """

    line: int
    raw: Span
    role: Role
    kept: bool
    reason: Reason


class Post(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry of a live blog: its span in the article's text, the hour of its stamp ("18:32"), and its heading.

    `head` are the words of the page that tell its day ("Mittwoch, 15. Mai"), `day` is that day where the page tells
    programs; both are empty where only the page's own day can tell it.
    """

    start: int
    end: int
    clock: str
    head: str = ""
    day: str | None = None
    title: str | None = None


class CreditKind(StrEnum):
    """What a page says of the origin of its text: who wrote it, which wire service, what was worked in, translated."""

    AUTHOR = "author"
    AGENCY = "agency"
    MATERIAL = "material"
    MIXED = "mixed"
    TRANSLATED = "translated"


class Credit(msgspec.Struct, frozen=True):
    """One such statement: the name in it (empty where it names none), its line, and its place in the flattening.

    `raw` is None where the line was cut from a kept one, or stands in the page's head only.
    """

    kind: CreditKind
    name: str
    line: str
    raw: Span | None = None


class Article(msgspec.Struct, frozen=True):
    """The article proper of a page: its text without the title, and the way back to the page.

    `lead` holds the ends of lines that cleaning cut from the front of a kept line (a dateline such as
    "Hongkong (CNN)", a header such as "date 2022-12"), for dating. `agency` is the wire service that
    the page credits, `house` the owner of its outlet. `title_raw` is the title's place in the flattening,
    where it stands there. `posts` are the entries of a live blog, in the order of the text. `credits` is what the page
    says of the origin of its text. `teaser_only`: the page holds the beginning only of an article that not everybody
    may read.
    """

    page: str
    doc: str
    text: str
    segments: tuple[Segment, ...]
    blocks: tuple[Block, ...]
    language: str
    metadata: Metadata = Metadata()
    title: str | None = None
    title_raw: Span | None = None
    lead: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    agency: str | None = None
    outlet: str | None = None
    house: str | None = None
    flattening: str = FLATTENING
    posts: tuple[Post, ...] = ()
    credits: tuple[Credit, ...] = ()
    teaser_only: bool = False


class Card(msgspec.Struct, frozen=True):
    """What a list of sources tells of a page: an article less its text, and the day or range of its publication."""

    page: str
    doc: str
    language: str
    metadata: Metadata = Metadata()
    title: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    outlet: str | None = None
    house: str | None = None
    published: str | None = None
    earliest: str | None = None
    latest: str | None = None


class Posted(msgspec.Struct, frozen=True, array_like=True):
    """An entry of a live blog by its span in the article's text, with the day on which it appeared and its hour."""

    start: int
    end: int
    day: date
    clock: str


class Dateline(msgspec.Struct, frozen=True):
    """When a page was published: one day, a range, or nothing, with the reasons.

    `published` is set only if the day is known; then `earliest` and `latest` are that day too. `possible`
    are the runs of days between the two on which the evidence is true, in order; empty where every day will do. `posts`
    are the entries of a live blog whose day is known, in the order of the text.
    """

    published: date | None = None
    earliest: date | None = None
    latest: date | None = None
    reasons: tuple[Reason, ...] = ()
    possible: tuple[Days, ...] = ()
    posts: tuple[Posted, ...] = ()

    def at(self, offset: int) -> Dateline:
        """When the place of the text was published: with the entry that holds it, else with the page."""
        post = self.post_at(offset)
        return self if post is None else Dateline(post.day, post.day, post.day)

    def post_at(self, offset: int) -> Posted | None:
        """The entry of known day that holds a place of the text."""
        i = bisect_right(self.posts, offset, key=lambda post: post.start) - 1
        return self.posts[i] if i >= 0 and offset < self.posts[i].end else None

    @property
    def runs(self) -> tuple[Days, ...]:
        """The runs of days on which the page can have been published; none where nothing is known."""
        whole = Days(self.earliest, self.latest)
        return self.possible or ((whole,) if whole.known else ())
