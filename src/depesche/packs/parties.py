"""What is known of parties: states and their words, bodies, seats of power, offices and their holders, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from depesche.model.days import Days
from depesche.model.reading import PartyKind
from depesche.model.text import slug
from depesche.packs.spellings import Spellings, parts_of

LONGEST_COMPOUND = 60  # characters: beyond it a word is no compound that anybody wrote
INFLECTED = ("", "s", "n", "en")
"""What can stand behind the noun that a compound ends in."""
ADJECTIVE_ENDINGS = ("en", "er", "es", "em")
NUMBER = re.compile(r"[IVX]+\.?|Jr|Jr\.|Sr|\.")
"""What can stand behind a family name: "Charles III."."""
ARTICLE = re.compile(r"^(?:al|el|as|asch|at|ad|ar|an|az)-(?=[^\W\d_])", re.IGNORECASE)
INTERNATIONAL = ("nato-", "un-", "eu-", "commission-", "council-")
"""How the keys of offices of international bodies begin."""


class Country(msgspec.Struct, frozen=True):
    """A state: ISO 3166-1 alpha-3 code, German name, adjective stems ("russisch") and capitals."""

    code: str
    name: str
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


class Known(msgspec.Struct, frozen=True):
    """What a listed name stands for. `sort` is country, capital, seat, body, region or city."""

    name: str
    kind: PartyKind
    sort: str
    country: str | None = None


class Office(msgspec.Struct, frozen=True):
    """A word for an office: the keys of holders it can mean, closest first, and the country in the word itself.

    `single` marks an office that one person of a country holds at a time. `countries` are all that have an office
    of this name, where there are several: a page about one of them means its own.
    """

    word: str
    gender: str
    keys: tuple[str, ...] = ()
    country: str | None = None
    plural: bool = False
    single: bool = False
    countries: tuple[str, ...] = ()

    @property
    def international(self) -> bool:
        """Whether it is an office of an international body ("EU-Ratspräsident")."""
        return any(key.startswith(INTERNATIONAL) for key in self.keys)


class PartyNoun(msgspec.Struct, frozen=True):
    """A common noun that names a party: its kind, the canonical noun ("Streitkräfte"), and its gender there."""

    kind: PartyKind
    name: str
    gender: str


class Holder(msgspec.Struct, frozen=True):
    """That a person held an office in these days; `current` if they still did when the list was written."""

    office: str
    country: str | None
    person: str
    days: Days
    current: bool = False


class Person(msgspec.Struct, frozen=True):
    """A listed person. `alone` marks those whom the bare surname means on any page.

    `surname_first` is None where no list says whether the family name stands in front.
    """

    name: str
    country: str | None
    gender: str = ""
    surname_first: bool | None = None
    alone: bool = False


class PartyBook(msgspec.Struct, frozen=True, dict=True):
    """The lists under `data/parties`, ready to be looked up."""

    countries: dict[str, Country]
    names: dict[str, tuple[tuple[tuple[str, ...], Known], ...]]
    adjectives: dict[str, str]
    city_adjectives: dict[str, Known]
    demonyms: dict[str, str]
    offices: dict[str, Office]
    nouns: dict[str, PartyNoun]
    endings: tuple[tuple[str, PartyNoun], ...]
    holders: tuple[Holder, ...]
    persons: dict[str, Person]
    first_names: dict[str, str]
    words: dict[str, frozenset[str]]
    spellings: Spellings

    @cached_property
    def family_first(self) -> frozenset[str]:
        """Family names that stand before the given name: "Xi", "Kim"."""
        return frozenset(p.name.split()[0] for p in self.persons.values() if p.surname_first)

    @cached_property
    def family_names(self) -> frozenset[str]:
        """Family names of listed persons, wherever they stand."""
        last = (p.name.split()[-1] for p in self.persons.values() if not p.surname_first)
        return self.family_first | frozenset(last)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words that the full names of listed persons begin with."""
        return frozenset(name.partition(" ")[0] for name in self.persons)

    @cached_property
    def spelled(self) -> dict[tuple[str, str], tuple[Person, ...]]:
        """Listed persons by the script of their country and a skeleton of their family name."""
        found: dict[tuple[str, str], list[Person]] = {}
        for person in self.persons.values():
            script, parts = self.spellings.of(person.country), parts_of(person.name, bool(person.surname_first))
            for skeleton in script.skeletons(parts[-1]) if script and len(parts) > 1 else ():
                found.setdefault((script.name if script else "", skeleton), []).append(person)
        return {key: tuple(persons) for key, persons in found.items()}

    def like(self, surname: str) -> tuple[Person, ...]:
        """The listed persons whose family name is another spelling of this one, in the order of the list."""
        keys = ((script.name, key) for script in self.spellings.scripts for key in sorted(script.skeletons(surname)))
        return tuple(dict.fromkeys(person for key in keys for person in self.spelled.get(key, ())))

    @cached_property
    def by_surname(self) -> dict[str, tuple[Person, ...]]:
        """Listed persons, in order, by their family name as part of an id, with and without an Arabic article.

        Those of one name alone are left out: "Philippe", "Henri", kings by their title only.
        """
        found: dict[str, list[Person]] = {}
        for person in self.persons.values():
            own = self.surname_of(person.name)
            if own != person.name:
                for form in dict.fromkeys((own, without_article(own))):
                    found.setdefault(slug(form), []).append(person)
        return {key: tuple(persons) for key, persons in found.items()}

    @cached_property
    def by_folded_name(self) -> dict[str, str]:
        """The full name of each listed person by the name as part of an id; of equal ones the first of the list."""
        return {slug(name): name for name in reversed(self.persons)}

    @cached_property
    def offices_of(self) -> dict[str | None, frozenset[str]]:
        """The keys of the offices that the list has holders of, by country."""
        found: dict[str | None, set[str]] = {}
        for holder in self.holders:
            found.setdefault(holder.country, set()).add(holder.office)
        return {country: frozenset(keys) for country, keys in found.items()}

    @cached_property
    def _noun_ends(self) -> tuple[str, ...]:
        """How words end that are compounds with a party noun."""
        return tuple(ending + extra for ending, _ in self.endings for extra in INFLECTED)

    def surname_of(self, name: str) -> str:
        """The family name: in front for East Asian names, else the last word."""
        words = name.split(" ")
        person = self.persons.get(name)
        front = person.surname_first if person else None
        if front is None and words[0] in self.words["family"] and words[0] not in self.first_names:
            front = 2 <= len(words) <= 3
        if front is None and words[0] == "Kim" and len(words) == 3:
            front = True
        while len(words) > 1 and NUMBER.fullmatch(words[-1]):
            words = words[:-1]
        return words[0] if front else words[-1]

    def named(self, words: Sequence[str], at: int) -> tuple[Known, int] | None:
        """The longest listed name that begins at a word, with its number of words."""
        for form, known in self.names.get(words[at], ()):
            if tuple(words[at : at + len(form)]) == form:
                return known, len(form)
        return None

    def adjective(self, word: str) -> str | None:
        """The country of an adjective in any form ("russischen": RUS)."""
        return self.adjectives.get(stem_of(word))

    def office(self, word: str) -> Office | None:
        """The office a word is a form of, also as the end of a compound ("Landesinnenminister": no listed holder)."""
        if word in self.offices or word in self.nouns or "-" in word or len(word) > LONGEST_COMPOUND:
            return self.offices.get(word)
        for cut in range(4, len(word) - 4):
            tail = self.offices.get(word[cut:].capitalize())
            if tail and word[:1].isupper():
                return Office(word[:cut] + tail.word.lower(), tail.gender, plural=tail.plural)
        return None

    def noun(self, word: str) -> PartyNoun | None:
        """The party noun a word is a form of, also as the end of a compound ("Sicherheitspolizei")."""
        for form in _forms_below(word):
            if form in self.nouns:
                return self.nouns[form]
        lower = word.lower()
        if not lower.endswith(self._noun_ends):
            return None
        for ending, noun in self.endings:
            for extra in INFLECTED:
                if lower.endswith(ending + extra) and len(lower) > len(ending) + 3:
                    return noun if noun.name else PartyNoun(noun.kind, word[: len(word) - len(extra)], noun.gender)
        return None

    def government(self, code: str) -> str:
        """The canonical name of a country's government: "Russische Regierung"."""
        return "Bundesregierung" if code == "DEU" else self.beside(code, "Regierung", "f")

    def beside(self, code: str, noun: str, gender: str) -> str:
        """A noun with the country's adjective before it: "Chinesisches Außenministerium"."""
        country = self.countries.get(code)
        if country is None or not country.adjectives:
            return f"{noun} {country.name}" if country else noun
        stem = country.adjectives[0]
        return f"{stem[0].upper()}{stem[1:]}{'es' if gender == 'n' else 'er' if gender == 'm' else 'e'} {noun}"

    def holder(self, keys: Iterable[str], country: str | None, days: Days) -> Holder | None:
        """Who held the office through all of the days; None where the list does not say, or several did."""
        if days.first is None or days.last is None:
            return None
        for key in keys:
            held = [h for h in self.holders if h.office == key and h.country == country and h.days.meet(days)]
            if held:
                persons = {h.person for h in held}
                return held[0] if len(persons) == 1 else None
        return None


def without_article(surname: str) -> str:
    """A family name without an Arabic article: "al-Assad"."""
    return ARTICLE.sub("", surname)


def stem_of(word: str) -> str:
    """An adjective without its ending, the first letter small unless the word is capitals ("US-")."""
    bare = word if word[:2].isupper() else word[:1].lower() + word[1:]
    if bare.endswith("e"):
        return bare[:-1]
    return bare[:-2] if bare.endswith(ADJECTIVE_ENDINGS) else bare


def _forms_below(word: str) -> Iterator[str]:
    """A word and what it can be an inflected form of."""
    yield word
    for ending in ("s", "n", "es", "en", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            yield word[: -len(ending)]
