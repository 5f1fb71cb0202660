"""Invented pages for measuring how linking grows, the same ones every time: readings made as they are, nothing parsed.

Happenings of two parties each are spread over days in proportion to their number, so that a larger pile is a longer
time at the same density of news; people and subjects change over the years. A happening is told by one to four pages,
within three days; a page tells about four.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from depesche.model.days import Days, Precision
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Participant, Party, PartyKind, Place, Reading, Status
from depesche.model.text import Span

FIRST_DAY = date(1990, 1, 1)
A_DAY = 12  # mentions
A_PAGE = 4  # mentions
STATES = (
    "DEU", "FRA", "CHN", "RUS", "USA", "POL", "NOR", "KEN", "BRA", "JPN",
    "IND", "ITA", "ESP", "TUR", "EGY", "MEX", "CAN", "AUS", "IRN", "UKR",
    "SWE", "FIN", "NLD", "BEL", "AUT", "CHE", "CZE", "HUN", "ROU", "BGR",
    "GRC", "PRT", "DNK", "IRL", "KAZ", "UZB", "VNM", "THA", "IDN", "ZAF",
)  # fmt: skip
PEOPLE = 60  # of each state who are in the news at one time
MOST_PEOPLE = 130  # of each state in all years
NEW_PEOPLE = 3  # of each state, a year
SYLLABLES = (
    "ba", "der", "fin", "gol", "hart", "il", "kem", "lor", "mun", "nas",
    "ort", "pel", "quin", "ras", "stam", "tur", "ul", "wen", "zek", "dol",
)  # fmt: skip
VERBS = {
    "CONSULT": ("traf", "besuchte", "empfing"),
    "REQUEST": ("forderte", "mahnte", "ermahnte"),
    "ACCUSE": ("beschuldigte", "kritisierte", "rügte"),
    "THREATEN": ("bedrohte", "warnte", "drohte"),
    "SUPPORT": ("lobte", "unterstützte", "würdigte"),
    "REJECT": ("verschmähte", "bremste", "blockierte"),
}
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
    "September", "Oktober", "November", "Dezember",
)  # fmt: skip
TOPICS = 600  # at one time
NEW_TOPICS = 100  # a year


@dataclass(frozen=True)
class Happening:
    """What is told: a verb of a type, two people, a day, a town, a subject."""

    type: str
    verb: str
    parties: tuple[tuple[str, str], tuple[str, str]]
    day: date
    town: str
    subject: tuple[str, str]

    @property
    def sentence(self) -> str:
        """The happening as a page words it."""
        (_, one), (_, other) = self.parties
        on = f"{self.day.day}. {MONTHS[self.day.month - 1]} {self.day.year}"
        about = " und ".join(self.subject)
        return f"{one} {self.verb} am {on} in {self.town} {other} wegen {about}."


def pile(mentions: int) -> list[Reading]:
    """Readings with that many event mentions, sorted by page."""
    counted: dict[date, int] = defaultdict(int)
    readings = []
    for day, happenings in pages_of_days(mentions):
        readings.append(_reading(f"{day}-{counted[day]}", day, happenings))
        counted[day] += 1
    return sorted(readings, key=lambda reading: reading.page)


def pages_of_days(mentions: int) -> Iterator[tuple[date, list[Happening]]]:
    """The happenings that each page tells, day by day, with that many mentions in all; no page tells one twice."""
    chance = random.Random(2026)
    told: dict[date, list[Happening]] = defaultdict(list)
    made = 0
    while made < mentions:
        day = FIRST_DAY + timedelta(days=made // A_DAY)
        happening = _happening(chance, day)
        for _ in range(min(chance.choice((1, 1, 1, 2, 4)), mentions - made)):
            told[day + timedelta(days=chance.randrange(3))].append(happening)
            made += 1
    for day, happenings in sorted(told.items()):
        yield from ((day, page) for page in _pages(happenings))


def _happening(chance: random.Random, day: date) -> Happening:
    type_ = chance.choice(tuple(VERBS))
    one, other = chance.sample(STATES, 2)
    year = day.year - FIRST_DAY.year
    people = [(state, _name(state, NEW_PEOPLE * year + chance.randrange(PEOPLE))) for state in (one, other)]
    first, second = (NEW_TOPICS * year + chance.randrange(TOPICS) for _ in range(2))
    subject = _word(first, "frage"), _word(second, "abkommen")
    town = _word(STATES.index(one) * 5 + chance.randrange(5), "stadt")
    return Happening(type_, chance.choice(VERBS[type_]), (people[0], people[1]), day, town, subject)


def _name(state: str, number: int) -> str:
    return _word(STATES.index(state) * MOST_PEOPLE + number, "mann")


def _word(number: int, end: str) -> str:
    """A word of three syllables and an ending, another one for each number below 8000."""
    base = len(SYLLABLES)
    parts = (number % base, number // base % base, number // base**2 % base)
    return "".join(SYLLABLES[part] for part in parts).capitalize() + end


def _pages(happenings: Sequence[Happening]) -> list[list[Happening]]:
    """A day's happenings on pages; no page tells one twice."""
    pages: list[list[Happening]] = [[] for _ in range(-(-len(happenings) // A_PAGE))]
    for happening in happenings:
        room = [page for page in pages if happening not in page]
        min(room or pages, key=len).append(happening)
    return pages


def _reading(doc: str, day: date, happenings: Sequence[Happening]) -> Reading:
    page = sha256(doc.encode()).hexdigest()[:32]
    text, sentences, events, parties = "", [], [], []
    for number, happening in enumerate(happenings):
        span = Span(len(text), len(text) + len(happening.sentence))
        text += happening.sentence + " "
        event = _event(page, number, happening, span, text)
        sentences.append(span)
        events.append(event)
        parties += [Party(p.span.start, p.span.end, -1, p.kind, p.name, p.id, p.country) for p in event.parties]
    title = happenings[0].sentence.partition(" am ")[0] if happenings else None
    return Reading(
        page, doc, text, Dateline(day, day, day), title,
        parties=tuple(parties), events=tuple(events), sentences=tuple(sentences),
    )  # fmt: skip


def _event(page: str, number: int, happening: Happening, sentence: Span, text: str) -> EventMention:
    def place(words: str) -> Span:
        at = text.index(words, sentence.start)
        return Span(at, at + len(words))

    one, other = (
        Participant(place(name), name, name, PartyKind.PERSON, state, f"person:{name.casefold()}")
        for state, name in happening.parties
    )
    return EventMention(
        id=f"m-{sha256(f'{page} {number}'.encode()).hexdigest()[:16]}",
        type=happening.type,
        trigger=place(happening.verb),
        evidence=(sentence,),
        status=Status.OCCURRED,
        actors=(one,),
        recipients=(other,),
        place=Place(happening.town, happening.town, place(happening.town), happening.parties[0][0]),
        time_words=place(f"{happening.day.day}. {MONTHS[happening.day.month - 1]} {happening.day.year}"),
        days=Days(happening.day, happening.day),
        precision=Precision.DAY,
        lemma=happening.verb,
    )
