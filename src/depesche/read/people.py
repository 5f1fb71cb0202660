"""The people a page names in full, and whom a short form means there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from depesche.model.days import Days
from depesche.model.text import slug
from depesche.packs.parties import Office, PartyBook, Person, without_article
from depesche.packs.spellings import parts_of
from depesche.read.mentions import Spotter
from depesche.read.surroundings import Draft

TITLE_NAME = re.compile(r"[^\W\d_][\w’'-]*(?: (?:[^\W\d_]\.|von|der|de|al|bin|van|zu|[^\W\d_][\w’'-]*))+")


@dataclass
class Individual:
    """A person of the page: canonical name, and what the page or the lists say of them."""

    name: str
    surname: str
    gender: str = ""
    country: str | None = None
    offices: list[tuple[Office, str | None]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The same for the same person on every page."""
        return "person:" + slug(self.name)


@dataclass
class People:
    """Everybody the page names in full, by surname. Filled once, before descriptions are resolved.

    `told` are the countries that the page tells of.
    """

    book: PartyBook
    days: Days
    told: frozenset[str] = frozenset()
    by_name: dict[str, Individual] = field(default_factory=dict)
    by_surname: dict[str, list[Individual]] = field(default_factory=dict)
    by_last_word: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str) -> Individual:
        """The individual of a full name, entered where the page had not named them yet."""
        person = self.book.persons.get(name)
        if name in self.by_name:
            return self.by_name[name]
        surname = self.book.surname_of(name)
        individual = Individual(name, surname, self._gender(name, person), person.country if person else None)
        self.by_name[name] = individual
        self.by_last_word.setdefault(name.rsplit(" ", 1)[-1], []).append(name)
        for form in dict.fromkeys((surname, without_article(surname))):
            self.by_surname.setdefault(form, []).append(individual)
        return individual

    def canonical(self, name: str) -> str:
        """How lists or the page know somebody: without a genitive -s, with or without more first names."""
        if name + "." in self.book.persons:
            return name + "."
        forms = (name, name[:-1]) if name.endswith(("s", "’", "'")) else (name,)
        for form in forms:
            words = form.split(" ")
            tails = (" ".join(words[i:]) for i in range(len(words) - 1))
            listed = next((tail for tail in tails if tail in self.book.persons), None)
            known = self.by_last_word.get(words[-1], [])
            longer = listed or next((k for k in known if k == form or k.endswith(" " + form)), None)
            if longer:
                return longer
        return self._folded(forms) or self._spelled(forms) or name

    def _spelled(self, forms: tuple[str, ...]) -> str | None:
        """The listed person, or the one of this page, whose name is romanised in another way."""
        for form in forms:
            parts = parts_of(form, self.book.surname_of(form) == form.split(" ")[0])
            for person in self.book.like(parts[-1]) if len(parts) > 1 else ():
                if self._one_person(parts, person.name, person.country):
                    return person.name
            for individual in self.by_name.values():
                if self._one_person(parts, individual.name, individual.country):
                    return individual.name
        return None

    def _one_person(self, parts: tuple[str, ...], name: str, country: str | None) -> bool:
        other = parts_of(name, self.book.surname_of(name) == name.split(" ")[0])
        return self.book.spellings.same_person(parts, other, country)

    def _folded(self, forms: tuple[str, ...]) -> str | None:
        """The listed person whose name is written without its accents or with other hyphens."""
        folded = self.book.by_folded_name
        return next((folded[slug(form)] for form in forms if slug(form) in folded), None)

    def _gender(self, name: str, person: Person | None) -> str:
        if person and person.gender:
            return person.gender
        first = name.split(" ")[0]
        gender = self.book.first_names.get(first) or self.book.first_names.get(first.split("-")[0], "")
        return "" if gender == "u" else gender

    def short(self, word: str, before: Iterable[Individual], gender: str = "") -> Individual | None:
        """Whom a bare surname means: of several the first of `before`, else a listed person of these days."""
        for form in _bare(word):
            there = [i for i in self.by_surname.get(form, ()) if not gender or i.gender in ("", gender)]
            if there:
                return next((person for person in before if person in there), there[0])
        for form in _bare(word):
            person = self._listed(form)
            if person:
                return self.add(person.name)
        return self._like(_bare(word)[0], before)

    def _like(self, surname: str, before: Iterable[Individual]) -> Individual | None:
        """Whose family name on this page, or in the lists, is another spelling of a bare surname."""
        there = [one for one in self.by_name.values() if " " in one.name and self._alike(surname, one)]
        if there:
            return next((person for person in before if person in there), there[0])
        found = [p for p in self.book.like(surname) if p.alone]
        return self.add(found[0].name) if len(found) == 1 else None

    def _alike(self, surname: str, individual: Individual) -> bool:
        script = self.book.spellings.of(individual.country)
        return script is not None and bool(script.skeletons(surname) & script.skeletons(individual.surname))

    def _listed(self, surname: str) -> Person | None:
        found = [p for p in self.book.by_surname.get(slug(surname), ()) if p.alone or p.country in self.told]
        if len(found) > 1:
            found = [p for p in found if p.name in self._serving()] if self.days.known else []
        return found[0] if len(found) == 1 else None

    def _serving(self) -> set[str]:
        """Who held any listed office in the page's days."""
        return {h.person for h in self.book.holders if h.days.meet(self.days) is not None}

    def meant(self, surname: str) -> bool:
        """Whether a bare surname means somebody whom the page names, or whom everybody knows."""
        if surname in self.by_surname:
            return True
        return any(person.alone for person in self.book.by_surname.get(slug(surname), ()))

    def has_office(self, keys: tuple[str, ...], country: str | None) -> bool:
        """Whether a country can have such an office: Israel has no chancellor. True where no list says."""
        listed = self.book.offices_of.get(country, frozenset()) if country else frozenset()
        return not listed or bool(listed & set(keys))

    def with_office(self, keys: tuple[str, ...], word: str, country: str | None) -> Iterator[Individual]:
        """Those whom the page gives such an office, in the order of their first mention."""
        for individual in self.by_name.values():
            for office, of in individual.offices:
                known = of or individual.country
                same = office.word == word or office.word.endswith("-" + word) or office.word.endswith(word.lower())
                # "Dmitri Peskow, Sprecher des Kreml" is "der Kremlsprecher"
                same = same or (country is not None and of == country and word.endswith(office.word.lower()))
                akin = bool(set(keys) & set(office.keys)) and (country is None or known == country)
                akin = akin and self.has_office(keys, known)
                if akin or (same and (country is None or known in (None, country))):
                    yield individual
                    break


def people_of(spotter: Spotter, drafts: Sequence[Draft], title: str | None, days: Days, home: str | None) -> People:
    """The people whom the article and its title name in full, with the offices told beside their names.

    Who holds an office of a state that is not told is taken to hold that of the page's own country.
    """
    people = People(spotter.book, days, frozenset(draft.country for draft in drafts if draft.country))
    for name in _title_names(title, spotter.book):
        people.add(name)
    for draft in drafts:
        if draft.named is None or draft.sort not in ("person", "office"):
            continue
        name = name_of(spotter, *draft.named)
        if " " not in name:
            continue
        individual = people.add(people.canonical(name))
        individual.gender = individual.gender or ("f" if draft.gender == "f" else "")
        individual.country = individual.country or draft.country
        if draft.office:
            individual.offices.append((draft.office, draft.country))
            if not draft.body and not draft.office.international:
                individual.country = individual.country or home
    return people


def name_of(spotter: Spotter, first: int, last: int) -> str:
    """The words of a name as the text has them."""
    words = spotter.parse.words
    return " ".join(spotter.parse.text[words[first].start : words[last - 1].end].split())


def _title_names(title: str | None, book: PartyBook) -> Iterator[str]:
    for match in TITLE_NAME.finditer((title or "")[:300]):
        words = match.group().split(" ")
        for i in range(len(words)):
            for length in (4, 3, 2):
                name = " ".join(words[i : i + length])
                if len(words[i : i + length]) == length and name in book.persons:
                    yield name


def _bare(word: str) -> tuple[str, ...]:
    """A word and the surname it may be the genitive of."""
    trimmed = word.rstrip("’'")
    return tuple(dict.fromkeys((trimmed, trimmed.removesuffix("s"))))
