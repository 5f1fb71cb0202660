"""Fills a store with invented entries, the same ones every time: `python bench/made_store.py FILE ENTRIES [PAGES]`.

Each has one to three mentions on as many of the invented pages, with participants, history and reasons, every fifth a
difference: about as much as an entry of real pages has.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from depesche.model.days import Days, Precision
from depesche.model.linkage import (
    Change,
    Difference,
    DifferenceKind,
    Entry,
    Field,
    Linkage,
    Mention,
    ParticipantIn,
    Relation,
    RelationKind,
    Source,
    Step,
    Told,
    Value,
)
from depesche.model.page import Article, Block, Dateline, Form, Metadata, Page, Role
from depesche.model.reading import Attribution, EventMention, Participant, PartyKind, Place, Reading, Status
from depesche.model.reason import Reason
from depesche.model.text import Segment, Span
from depesche.store import open_store

PAGES = 2000
FIRST_DAY = date(2015, 1, 1)
STATES = ("DEU", "FRA", "CHN", "RUS", "USA", "POL", "NOR", "KEN", "BRA", "JPN")
TYPES = ("CONSULT", "AGREE", "REQUEST", "ACCUSE", "SANCTION", "AID", "SUPPORT", "ASSAULT")
STATUSES = (Status.OCCURRED, Status.OCCURRED, Status.PLANNED, Status.OCCURRED, Status.CANCELLED)
SENTENCE = (
    "Der Minister Nummer {0} traf am Dienstag die Ministerin Nummer {1} zu Gesprächen über den Hafen von Ort {2}."
)
VERSION = "0.1.0+0123456789abcdef"


def page(number: int) -> tuple[Page, Article, Reading]:
    """An invented page with its article and what was read from it: nothing, since the entries are made by hand."""
    id, doc = f"{number:032x}", f"seite-{number:05}"
    text = " ".join(SENTENCE.format(number, number + step, step) for step in range(12))
    day = FIRST_DAY + timedelta(days=number)
    url = f"https://zeitung-{number % 40}.example/artikel/{number}"
    about = Metadata(url=url, outlet=f"Zeitung {number % 40}", published=day.isoformat(), authors=("A. Beispiel",))
    block = Block(0, Span(0, len(text)), Role.BODY, True, Reason("made"))
    article = Article(
        id,
        doc,
        text,
        (Segment(0, len(text), 0, len(text)),),
        (block,),
        "de",
        about,
        f"Seite {number}",
        outlet=about.outlet,
    )
    reading = Reading(id, doc, text, Dateline(day, day, day), f"Seite {number}", outlet=about.outlet)
    return Page(id, doc, Form.TEXT, text, f"{doc}.txt", about), article, reading


def entry(number: int, pages: int = PAGES) -> Entry:
    """An invented entry, told of on some of so many pages; every ninth has no day."""
    day = FIRST_DAY + timedelta(days=number % 3000)
    days = Days() if number % 9 == 0 else Days(day, day + timedelta(days=number % 3))
    precision = Precision.UNKNOWN if number % 9 == 0 else Precision.DAYS if number % 3 else Precision.DAY
    parties = tuple(_party(number + step) for step in range(3))
    mentions = tuple(
        _mention(number, step, (number * 7 + step * 131) % pages, days, parties) for step in range(1 + number % 3)
    )
    values = tuple(Value(one.page, one.doc, "am Dienstag", day.isoformat()) for one in mentions)
    difference = Difference(Field.DATE, DifferenceKind.CONFLICT, values) if number % 5 == 0 else None
    return Entry(
        id=f"e-{number:016x}",
        title=f"Minister Nummer {number} trifft Ministerin Nummer {number + 1}",
        type=TYPES[number % len(TYPES)],
        status=STATUSES[number % len(STATUSES)],
        mode="visit" if number % len(TYPES) == 0 else None,
        days=days,
        precision=precision,
        place=Place(f"Ort {number % 500}", f"Ort {number % 500}", country=STATES[number % len(STATES)]),
        participants=tuple(
            ParticipantIn(party, "recipient" if step else "actor") for step, party in enumerate(parties)
        ),
        sources=tuple(
            Source(one.page, one.doc, f"o{step}", "Zeitung", None, one.published) for step, one in enumerate(mentions)
        ),
        origins=len(mentions),
        mentions=mentions,
        history=tuple(_step(one, step) for step, one in enumerate(mentions)),
        relations=(Relation(RelationKind.PART_OF, f"e-{number // 2:016x}"),) if number % 10 == 0 else (),
        differences=(difference,) if difference else (),
        reasons=tuple(Reason("link.parties", "same parties", None, 30, VERSION) for _ in mentions[1:]),
    )


def _party(number: int) -> Participant:
    number %= 5000
    return Participant(
        Span(4, 24), f"Minister Nummer {number}", f"Minister Nummer {number}", PartyKind.PERSON,
        STATES[number % len(STATES)], f"person:minister-{number}", "Minister",
    )  # fmt: skip


def _mention(number: int, step: int, on: int, days: Days, parties: tuple[Participant, ...]) -> Mention:
    precision = Precision.UNKNOWN if number % 9 == 0 else Precision.DAYS if number % 3 else Precision.DAY
    sentence = SENTENCE.format(number, number + step, on)
    published = (FIRST_DAY + timedelta(days=on)).isoformat()
    event = EventMention(
        id=f"m-{number:013x}{step:03x}",
        type=TYPES[number % len(TYPES)],
        trigger=Span(20, 24),
        evidence=(Span(0, len(sentence)),),
        status=STATUSES[number % len(STATUSES)],
        actors=parties[:1],
        recipients=parties[1:],
        place=Place("Ort", f"Ort {number % 500}", country=STATES[number % len(STATES)]),
        time_words=Span(25, 36),
        days=days,
        precision=precision,
        attribution=Attribution(Span(0, 12), "der Minister", "Minister"),
        reasons=tuple(
            Reason(rule, "", Span(20, 24), None, VERSION)
            for rule in ("de.consult.treffen", "status.past", "time.weekday")
        ),
    )
    told = (Told(Span(0, len(sentence)), sentence),)
    return Mention(
        f"{on:032x}", f"seite-{on:05}", event, (sentence,), published, published, published, "traf", "am Dienstag", told
    )


def _step(mention: Mention, number: int) -> Step:
    change = Change.ANNOUNCED if number == 0 else Change.MOVED if number == 1 else Change.OCCURRED
    event = mention.event
    return Step(
        mention.page, mention.doc, change, event.status, event.id, mention.published, mention.earliest, mention.latest,
        event.days, "der Minister",
    )  # fmt: skip


def entries(number: int, pages: int = PAGES) -> Iterator[Entry]:
    """That many invented entries, by id."""
    return (entry(one, pages) for one in range(number))


def fill(path: str, number: int, pages: int = PAGES) -> None:
    """Makes the store, through the same writer as every build."""
    with open_store(path, write=True).writer() as writer:
        for one in range(pages):
            writer.put_page(*page(one), "0.1.0", "0123456789abcdef")
        writer.put_linkage(Linkage(entries=tuple(entries(number, max(pages, PAGES)))), "made")


if __name__ == "__main__":
    fill(sys.argv[1], *map(int, sys.argv[2:]))
