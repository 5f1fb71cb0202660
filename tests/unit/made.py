"""Values made by hand for tests: a small page and all that comes of it.

made_page("a")  made_article("a")  made_reading("a", made_event("a"))  made_entry("a", "b")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from depesche.model.days import Days, Precision
from depesche.model.linkage import Copy, Entry, Linkage, Mention, ParticipantIn, Source, Story
from depesche.model.page import Article, Block, Card, Dateline, Form, Metadata, Page, Role
from depesche.model.parse import Parse
from depesche.model.reading import EventMention, Participant, PartyKind, Reading, Status
from depesche.model.reason import Reason
from depesche.model.text import Segment, Span

TITLE = "Treffen in Sarajevo"
TEXT = "Ada Berg traf am Montag den Minister Cem Dorn."
REASON = Reason("test.made", note="made by hand")


def made_page(name: str, *, title: str = TITLE, text: str = TEXT, metadata: Metadata | None = None) -> Page:
    """A text page: its title, an empty line, its text."""
    return Page(f"p-{name}", name, Form.TEXT, f"{title}\n\n{text}\n", f"{name}.txt", metadata or Metadata())


def made_article(name: str, *, title: str = TITLE, text: str = TEXT, outlet: str | None = None) -> Article:
    """The article of `made_page` with the same words."""
    start = len(title) + 2
    blocks = (
        Block(0, Span(0, len(title)), Role.HEADLINE, True, REASON),
        Block(2, Span(start, start + len(text)), Role.BODY, True, REASON),
    )
    segments = (Segment(0, len(text), start, start + len(text)),)
    return Article(f"p-{name}", name, text, segments, blocks, "de", title=title, outlet=outlet)


def made_participant(
    text: str,
    *,
    name: str | None = None,
    kind: PartyKind = PartyKind.PERSON,
    country: str | None = None,
    id: str = "",
    start: int = 0,
) -> Participant:
    """A participant whose words stand at `start`."""
    return Participant(Span(start, start + len(text)), text, name or text, kind, country, id)


ADA = made_participant("Ada Berg", country="DEU", id="person:ada-berg")
CEM = made_participant("Cem Dorn", country="TUR", id="person:cem-dorn", start=37)


def made_event(
    name: str,
    *,
    type: str = "CONSULT",
    status: Status = Status.OCCURRED,
    days: Days = Days(),
    actors: tuple[Participant, ...] = (ADA,),
    recipients: tuple[Participant, ...] = (CEM,),
) -> EventMention:
    """The event mention `m-name`, told by the whole of TEXT with "traf" as its trigger."""
    return EventMention(
        id=f"m-{name}",
        type=type,
        trigger=Span(9, 13),
        evidence=(Span(0, len(TEXT)),),
        status=status,
        actors=actors,
        recipients=recipients,
        days=days,
        precision=Precision.DAY if days.known else Precision.UNKNOWN,
        reasons=(REASON,),
    )


def made_reading(
    name: str, *events: EventMention, text: str = TEXT, title: str = TITLE, published: date | None = None
) -> Reading:
    """The reading of `made_article`, without sentences, times or quotes."""
    line = Dateline(published, published, published, (REASON,))
    return Reading(f"p-{name}", name, text, line, title, events=events)


def made_mention(name: str, event: EventMention | None = None, evidence: tuple[str, ...] = (TEXT,)) -> Mention:
    """The mention `m-name` on the page `p-name`."""
    return Mention(f"p-{name}", name, event or made_event(name), evidence)


def made_entry(
    *names: str,
    title: str = TITLE,
    type: str = "CONSULT",
    status: Status = Status.OCCURRED,
    days: Days = Days(),
    parties: tuple[Participant, ...] = (ADA, CEM),
    evidence: tuple[str, ...] = (TEXT,),
) -> Entry:
    """The entry of the mentions `m-name`, one on each page `p-name`; its id is that of the least."""
    actors, recipients = parties[:1], parties[1:]
    events = {
        name: made_event(name, type=type, status=status, days=days, actors=actors, recipients=recipients)
        for name in sorted(names)
    }
    roles = ("actor", *("recipient" for _ in recipients))
    return Entry(
        id=f"e-{min(names)}",
        title=title,
        type=type,
        status=status,
        days=days,
        precision=Precision.DAY if days.known else Precision.UNKNOWN,
        participants=tuple(ParticipantIn(party, role) for party, role in zip(parties, roles, strict=False)),
        sources=tuple(Source(f"p-{name}", name, f"o-{name}") for name in events),
        origins=len(events),
        mentions=tuple(made_mention(name, event, evidence) for name, event in events.items()),
        reasons=(REASON,),
    )


def made_linkage(*entries: Entry) -> Linkage:
    """The entries in order, one story over all their pages, the first two pages copies of each other."""
    pages = tuple(sorted({mention.page for entry in entries for mention in entry.mentions}))
    copies = (Copy(pages[1], pages[0], 80),) if len(pages) > 1 else ()
    stories = (Story(f"s-{pages[0]}", pages),) if pages else ()
    return Linkage(copies, stories, tuple(sorted(entries, key=lambda entry: entry.id)))


class MadeSelection(msgspec.Struct):
    """A selection made by hand: entries, cards and former ids by page and entry; every page has the made article."""

    made: tuple[Entry, ...]
    cards: Mapping[str, Card] = {}
    former: Mapping[str, tuple[str, ...]] = {}
    readings: Mapping[str, Reading] = {}

    def entries(self) -> Iterator[Entry]:
        return iter(self.made)

    def entry(self, id: str) -> Entry | None:
        return next((entry for entry in self.made if entry.id == id), None)

    def title(self, id: str) -> str | None:
        found = self.entry(id)
        return found.title if found else None

    def former_ids(self, id: str) -> tuple[str, ...]:
        return self.former.get(id, ())

    def card(self, page: str) -> Card | None:
        return self.cards.get(page)

    def article(self, page: str) -> Article | None:
        return made_article(page.removeprefix("p-"))

    def reading(self, page: str) -> Reading | None:
        return self.readings.get(page)


def links_of(parse: Parse, verb: str) -> set[tuple[str, str]]:
    """(role, head word) of the predicates with this lemma."""
    wanted = [k for k, p in enumerate(parse.predicates) if p.lemma == verb]
    return {(link.role, parse.word(link.head)) for link in parse.links if link.predicate in wanted}
