"""Invented German pages of about 500 tokens, the same ones every time: `python bench/made_pages.py FOLDER PAGES`.

They tell of the happenings of `made_pile.py`, about three a page, in words that differ from page to page: what
happened, what somebody said of it, what is planned, what came before. Unlike the pile they are text that is read.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from made_pile import MONTHS, STATES, Happening, pages_of_days

NAMES = (
    "Deutschland", "Frankreich", "China", "Russland", "Amerika", "Polen", "Norwegen", "Kenia", "Brasilien", "Japan",
    "Indien", "Italien", "Spanien", "Türkei", "Ägypten", "Mexiko", "Kanada", "Australien", "Iran", "Ukraine",
    "Schweden", "Finnland", "Niederlande", "Belgien", "Österreich", "Schweiz", "Tschechien", "Ungarn", "Rumänien",
    "Bulgarien", "Griechenland", "Portugal", "Dänemark", "Irland", "Kasachstan", "Usbekistan", "Vietnam", "Thailand",
    "Indonesien", "Südafrika",
)  # fmt: skip
SENTENCES_A_HAPPENING = 9
MENTIONS_A_PAGE = 4
SAID = (
    "„Die {first} duldet keinen Aufschub“, sagte {one} vor Journalisten in {town}.",
    "„Wir haben lange genug über die {first} geredet“, erklärte Ministerin {other} am {weekday}.",
    "Nach Angaben von {one} liegen für das {second} inzwischen {number} Vorschläge auf dem Tisch.",
    "Laut {other} habe man sich über die {first} in {number} Sitzungen nicht einigen können.",
    "{other} sagte, das {second} sei noch lange nicht unter Dach und Fach.",
    "Es gehe um Vertrauen, betonte {one}, und um {number} Millionen Euro für {town}.",
    "Zuvor hatte {one} angedeutet, {land} werde das {second} notfalls allein verhandeln.",
)
PLANNED = (
    "Am {later} wollen beide Seiten in {town} erneut über die {first} beraten.",
    "{land} will bis {month} einen Entwurf für das {second} vorlegen.",
    "Ein für {weekday} geplantes Treffen der Fachleute wurde kurzfristig abgesagt.",
    "Für {month} ist eine Konferenz mit {number} Teilnehmern aus {land} und {there} vorgesehen.",
    "{one} soll im {month} nach {there} reisen.",
)
BEFORE = (
    "Bereits am {earlier} hatten Unterhändler aus {land} und {there} in {town} zusammengesessen.",
    "Im vergangenen Jahr war das {second} an der {first} gescheitert.",
    "{there} hatte {land} im {month} vorgeworfen, die {first} zu verschleppen.",
    "Vor {number} Wochen demonstrierten in {town} mehrere tausend Menschen gegen das {second}.",
    "Das Parlament in {town} lehnte die Vorlage damals mit {number} Stimmen ab.",
)
AROUND = (
    "Beobachter halten eine Einigung über die {first} dennoch für möglich.",
    "In {town} regnete es an diesem Tag ununterbrochen, die Straßen waren leer.",
    "Die Kosten werden auf {number} Millionen geschätzt, doch genaue Zahlen fehlen bis heute.",
    "Kritik kam von der Opposition, die dem Kabinett Untätigkeit vorhält.",
    "Wer die {first} verstehen will, muss sich die Karte der Region ansehen.",
    "An den Märkten blieb es ruhig; der Kurs gab nur um {number} Punkte nach.",
    "Die Zeitung aus {town} widmete dem {second} ihre ganze erste Seite.",
)
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")


def pages(number: int) -> Iterator[tuple[str, str]]:
    """That many pages: a file's name and what stands in it."""
    chance = random.Random(2027)
    told = pages_of_days(number * MENTIONS_A_PAGE + 100)
    for _, (day, happenings) in zip(range(number), told, strict=False):
        name = f"seite-{day}-{chance.randrange(10**9):09}.txt"
        yield name, _text(chance, day, happenings)


def _text(chance: random.Random, day: date, happenings: list[Happening]) -> str:
    (_, one), (_, other) = happenings[0].parties
    paragraphs = [f"{one} {happenings[0].verb} {other}"]
    for happening in happenings[:MENTIONS_A_PAGE]:
        paragraphs.append(" ".join((happening.sentence, *_more(chance, day, happening))))
    paragraphs[1] = f"{happenings[0].town}, {_on(day)} – {paragraphs[1]}"
    return "\n\n".join(paragraphs) + "\n"


def _more(chance: random.Random, day: date, happening: Happening) -> Iterator[str]:
    ((state, one), (other_state, other)) = happening.parties
    for _ in range(SENTENCES_A_HAPPENING):
        template = chance.choice(chance.choice((SAID, SAID, PLANNED, BEFORE, AROUND)))
        yield template.format(
            one=one,
            other=other,
            town=happening.town,
            land=NAMES[STATES.index(state)],
            there=NAMES[STATES.index(other_state)],
            first=happening.subject[0],
            second=happening.subject[1],
            number=chance.randrange(3, 900),
            weekday=chance.choice(WEEKDAYS),
            month=chance.choice(MONTHS),
            later=_on(day + timedelta(days=chance.randrange(5, 40))),
            earlier=_on(day - timedelta(days=chance.randrange(5, 40))),
        )


def _on(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def fill(folder: Path, number: int) -> None:
    """Writes the pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(number):
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
