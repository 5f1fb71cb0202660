"""A short story for each input: who meets whom, where and when, told so that events and quotations are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

MEN = (
    "Alexander Stubb", "Jonas Gahr Støre", "Olaf Scholz", "Emmanuel Macron", "Donald Tusk", "Petr Fiala",
    "Karl Nehammer", "Viktor Orbán", "Pedro Sánchez", "Mark Rutte", "Ulf Kristersson", "Xi Jinping", "Narendra Modi",
)  # fmt: skip
TOWNS = ("Oslo", "Helsinki", "Paris", "Warschau", "Prag", "Wien", "Budapest", "Madrid", "Ankara", "Peking", "Stockholm")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
FIRST = date(2019, 1, 7)


@dataclass(frozen=True)
class Story:
    """The parts of a page of plain text."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    who: str
    town: str

    @property
    def text(self) -> str:
        """Title, an empty line, and the paragraphs with one between them."""
        return "\n\n".join((self.title, *self.paragraphs))

    def titled(self, title: str) -> Story:
        """Under another title."""
        return replace(self, title=title)

    def with_words(self, words: str) -> Story:
        """With words in the middle of its first sentence, and once more in its last."""
        return self._changed(" hat ", f" {words} hat ")._changed(f"Nr. {self.number}", f"Nr. {self.number} {words}")

    def saying(self, words: str) -> Story:
        """With words in what was said."""
        return self._changed("„Wir ", f"„Wir {words} ")

    def named(self, words: str) -> Story:
        """With words in place of who met somebody."""
        return replace(self._changed(self.who, words), title=self.title.replace(self.who, words))

    def at(self, words: str) -> Story:
        """With words in place of the town."""
        return self._changed(self.town, words)

    def _changed(self, old: str, new: str) -> Story:
        return replace(self, paragraphs=tuple(one.replace(old, new) for one in self.paragraphs))


def story(number: int) -> Story:
    """The story of an input; those of neighbouring numbers tell of other people, towns and days."""
    one = MEN[number % len(MEN)]
    other = MEN[(number * 5 + number // len(MEN) + 3) % len(MEN)]
    other = other if other != one else MEN[(number + 1) % len(MEN)]
    town, day = TOWNS[number % len(TOWNS)], FIRST + timedelta(days=number * 2)
    when = f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    return Story(
        number,
        f"{one} trifft {other} in {town}",
        (
            f"{town}, {when} – {one} hat am {when} in {town} {other} getroffen. Beide sprachen über die "
            f"Fähre Nr. {number}.",
            f"„Wir bleiben bei unserem Plan für die Fähre“, sagte {one} am Abend. Er warf der Reederei {number} vor, "
            f"Zeit zu verlieren.",
        ),
        one,
        town,
    )
