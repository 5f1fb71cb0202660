"""Whom a page has spoken of so far, and whom of them a pronoun or "der 70-Jährige" takes up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from depesche.read.people import Individual
from depesche.read.surroundings import Draft

NEAR = 3
"""Sentences back in which a pronoun looks for its person."""
BOUNDARIES = frozenset((*',;:.!?–—-()„“”"»«', "und", "oder", "aber", "sondern", "doch"))
"""What parts the clause of a pronoun from that of a person."""


@dataclass(frozen=True)
class Sighting:
    """A person told of: in which sentence, by which words, and whether as the subject of a verb."""

    sentence: int
    person: Individual
    first: int
    last: int
    subject: bool


@dataclass
class Salience:
    """The persons of a page in the order of the text. `forms` are its words, `subjects` those that are subjects."""

    forms: tuple[str, ...]
    subjects: frozenset[int]
    seen: list[Sighting] = field(default_factory=list)

    def see(self, sentence: int, person: Individual, draft: Draft) -> None:
        """Takes note of a mention of the person; the subject may be the noun before a name ("Ausschusschef …")."""
        before = max(draft.head - (draft.sort == "person" and self.forms[draft.head - 1][:1].isupper()), 0)
        subject = any(i in self.subjects for i in range(before, draft.last))
        self.seen.append(Sighting(sentence, person, draft.head, draft.last, subject))

    def latest_first(self) -> Iterator[Individual]:
        """Everybody told of, the latest first; a person comes as often as they were mentioned."""
        return (one.person for one in reversed(self.seen))

    def taken_up(self, here: int, draft: Draft) -> Individual | None:
        """The person that a mention in sentence `here` takes up: subjects before others, near before far."""
        near = [one for one in self._since(here - NEAR + 1) if one.first < draft.head and agrees(one.person, draft)]
        if draft.sort == "pronoun":
            near = [one for one in near if not self._apart(one, draft.head, here)]
        for sentence in range(here, here - NEAR, -1):
            there = [one for one in near if one.sentence == sentence]
            subjects = [one for one in there if one.subject]
            if there:
                return subjects[-1].person if subjects else there[0].person
        return None

    def _since(self, sentence: int) -> list[Sighting]:
        return list(takewhile(lambda one: one.sentence >= sentence, reversed(self.seen)))[::-1]

    def _apart(self, one: Sighting, pronoun: int, here: int) -> bool:
        """Whether a person told in the pronoun's own clause, or as speaker of the words it stands in, is another."""
        between = self.forms[one.last : pronoun]
        if one.sentence != here:
            return False
        if "„" in between and "“" not in between:
            return one.subject
        genitive = self.forms[one.last - 1].endswith(("s", "’")) and not one.subject
        return not genitive and not any(form in BOUNDARIES for form in between)


def agrees(person: Individual, draft: Draft) -> bool:
    """Whether a mention's gender does not speak against the person."""
    return not person.gender or not draft.gender or person.gender == draft.gender or draft.gender == "p"
