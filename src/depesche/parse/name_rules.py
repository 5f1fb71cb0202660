"""Names by rules: people, organisations, places, and the words made from them. The trained finder asks them too.

Rules over lists, tags and capitals. Listed names come first, then personal names (a first name, a title
or an office before, particles inside), then what is left by its surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from depesche.model.parse import Name, Sentence, Word
from depesche.model.reading import PartyKind
from depesche.packs.parties import Known, PartyBook

INITIAL = re.compile(r"[^\W\d_]\.?")
ROMAN = re.compile(r"[IVX]+\.?")
ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ&/.-]+s?")
ARABIC = re.compile(r"(?:al|el|as|ad|ar|an|asch|ash|at|az|ul|ed|bin|es)-\w", re.IGNORECASE)
QUOTES = {"„", "»", '"', "“", "‚"}
LONGEST_NAME = 7


@dataclass(frozen=True)
class Ruled:
    """Names by the rules: `sure` are those that lists, first names, titles and offices vouch for, `guessed` the rest.

    `family` are guessed ones of one word that is the family name of a listed person.
    `firm` are the sure ones that hold even where the model sees no name: all but bodies and places, which are often
    named like common things ("Bahn", "Essen"); seats of power are firm.
    """

    sure: tuple[Name, ...]
    guessed: tuple[Name, ...]
    firm: tuple[Name, ...]
    family: tuple[Name, ...] = ()

    @property
    def names(self) -> tuple[Name, ...]:
        """All of them in order, none inside another."""
        return tuple(sorted([*self.sure, *self.guessed], key=lambda name: name.first))


def ruled_names(text: str, words: Sequence[Word], sentences: Sequence[Sentence], book: PartyBook) -> Ruled:
    """The names of a text by the rules."""
    forms = tuple(text[word.start : word.end] for word in words)
    finder = _Finder(forms, tuple(word.tag for word in words), book)
    spans = [(s.first, s.last) for s in sentences]
    sure = tuple(name for first, last in spans for name in finder.listed(first, last))
    surnames = frozenset(forms[n.last - 1] for n in sure if n.label == "PER" and n.last - n.first > 1)
    taken = {i for n in sure for i in range(n.first, n.last)}
    rest = tuple(name for first, last in spans for name in finder.guessed(first, last, taken, surnames))
    firm = tuple(name for name in sure if name.label not in ("ORG", "LOC") or finder.seat(name.first))
    family = tuple(n for n in rest if n.last - n.first == 1 and forms[n.first].removesuffix("s") in book.family_names)
    return Ruled(sure, rest, firm, family)


@dataclass(frozen=True)
class _Finder:
    forms: tuple[str, ...]
    tags: tuple[str, ...]
    book: PartyBook

    def listed(self, first: int, last: int) -> Iterator[Name]:
        """Names of a sentence that lists, first names, titles and offices vouch for."""
        i = first
        while i < last:
            name = self._person(i, first, last) or self._known(i, last) or self._derived(i, last)
            if name:
                yield name
            i = name.last if name else i + 1

    def guessed(self, first: int, last: int, taken: set[int], surnames: frozenset[str]) -> Iterator[Name]:
        """Names of a sentence that stand in no list: by tag, surroundings and the page's own people."""
        i = first
        while i < last:
            end = i
            while end < last and end not in taken and self._namelike(end, first) and end - i < LONGEST_NAME:
                end += 1
                if end < last and self._two_people(end - 1):
                    break
            label = self._guess(i, end, first, surnames) if end > i else ""
            if label:
                yield Name(i, end, label)
            i = max(end, i + 1)

    def _person(self, i: int, first: int, last: int) -> Name | None:
        """A personal name: listed first name with a family name, or a name behind a title or an office."""
        form = self.forms[i]
        person = self._listed_person(i, last)
        if person:
            return person
        if not form[:1].isupper() or self._long_body(i):
            return None
        if i + 1 < last and self._two_people(i):
            return None
        known = self.book.first_names.get(form) or self.book.first_names.get(form.split("-")[0])
        titled = i > first and self._before_name(i - 1)
        if not known and not (titled and self._namelike(i, first) and not self._place_or_body(i)):
            return None
        end = self._family_name(i + 1, last)
        if end == i + 1 and not (titled and self._namelike(i, first)):
            return None
        return Name(i, end, "PER")

    def _two_people(self, i: int) -> bool:
        """ "gratulierte Xi Putin": two people side by side, each by the family name."""
        other = self.forms[i + 1]
        family = other in self.book.family_names or other.removesuffix("s") in self.book.family_names
        return self.forms[i] in self.book.family_first and family

    def _listed_person(self, i: int, last: int) -> Name | None:
        if self.forms[i].partition(" ")[0] not in self.book.first_words:
            return None
        for length in (5, 4, 3, 2):
            words = self.forms[i : min(i + length, last)]
            if len(words) == length and self._is_person(" ".join(words)):
                return Name(i, i + length, "PER")
        return None

    def _is_person(self, name: str) -> bool:
        return name in self.book.persons or (name.endswith("s") and name[:-1] in self.book.persons)

    def _before_name(self, i: int) -> bool:
        form = self.forms[i]
        if form in self.book.words["title"] or self.book.office(form):
            return True
        if form == "." and i and self.forms[i - 1] in self.book.words["title"]:
            return True
        tail = form.rsplit("-", 1)[-1]
        return "-" in form and self.book.office(tail[:1].upper() + tail[1:]) is not None

    def _family_name(self, i: int, last: int) -> int:
        """Where a personal name ends whose first word stands before i."""
        end, at = i, i
        while at < last and at - i < LONGEST_NAME:
            form = self.forms[at]
            if self._particle(at, last):
                at += 1
            elif self._name_word(at) and not self._body_at(at):
                at += 1
                end = at
                if at < last and self.forms[at] == "." and len(form) == 1:
                    at += 1
            else:
                break
        return end

    def _particle(self, at: int, last: int) -> bool:
        form = self.forms[at]
        ahead = at + 1 < last and self.forms[at + 1][:1].isupper()
        if form in self.book.words["particle"]:
            return ahead or (at + 1 < last and self.forms[at + 1] in self.book.words["inner"])
        return form in self.book.words["inner"] and ahead and self.forms[at - 1] in ("von", "zu", "van", "de")

    def _name_word(self, at: int) -> bool:
        form, tag = self.forms[at], self.tags[at]
        if ARABIC.match(form):
            return True
        if not form[:1].isupper() or form in self.book.offices or form in self.book.nouns:
            return False
        if len(form) <= 2 and (INITIAL.fullmatch(form) or ROMAN.fullmatch(form)):
            return True
        return tag in ("NE", "FM", "XY") or ROMAN.fullmatch(form) is not None or self._unknown_noun(at)

    def _unknown_noun(self, at: int) -> bool:
        """A capital word behind a first name is a family name even where the tagger sees a noun ("Olaf Scholz")."""
        return self.tags[at] in ("NN", "ADJ(A)", "ADJ(D)", "NNA") and self.forms[at - 1] in self.book.first_names

    def _known(self, i: int, last: int) -> Name | None:
        found = self.book.named(self.forms, i)
        if found is None or i + found[1] > last or not self._meant(i, *found):
            return None
        known, length = found
        return Name(i, i + length, "ORG" if known.sort in ("body", "seat") else "LOC")

    def _meant(self, i: int, known: Known, length: int) -> bool:
        """Whether a listed form is the name here, not the common word it looks like ("Essen", "Bild", "Union")."""
        if known.kind == PartyKind.GROUP:
            return False
        if length > 1 or self.tags[i] in ("NE", "FM", "XY") or ACRONYM.fullmatch(self.forms[i]):
            return True
        if known.sort in ("city", "region", "capital"):
            return i > 0 and self.forms[i - 1] in self.book.words["place"]
        if known.kind == PartyKind.MEDIA or len(self.forms[i]) < 4:
            return i > 0 and self.forms[i - 1] in QUOTES
        return self.forms[i][:1].isupper()

    def _body_at(self, i: int) -> bool:
        found = self.book.named(self.forms, i)
        return found is not None and found[0].sort in ("body", "seat") and len(self.forms[i]) > 2

    def seat(self, i: int) -> bool:
        """Whether a listed seat of power begins at a word."""
        found = self.book.named(self.forms, i)
        return found is not None and found[0].sort == "seat"

    def _long_body(self, i: int) -> bool:
        found = self.book.named(self.forms, i)
        return found is not None and found[1] > 1

    def _place_or_body(self, i: int) -> bool:
        return self.book.named(self.forms, i) is not None

    def _derived(self, i: int, last: int) -> Name | None:
        form = self.forms[i]
        if self._country_adjective(i) or form in self.book.demonyms:
            return Name(i, i + 1, "LOCderiv")
        if form in self.book.city_adjectives and i + 1 < last and self.forms[i + 1][:1].isupper():
            return Name(i, i + 1, "LOCderiv")
        if form.endswith(("ministerium", "ministeriums")):
            return Name(i, i + 1, "ORG")
        label = self._part(form)
        return Name(i, i + 1, label) if label else None

    def _country_adjective(self, i: int) -> bool:
        form = self.forms[i]
        if form[:1].isupper() and not self.tags[i].startswith("ADJ") and not form.startswith("US-"):
            return False
        return self.book.adjective(form) is not None or self.book.adjective(form.rsplit("-", 1)[-1]) is not None

    def _part(self, form: str) -> str:
        """The label of a compound with a name before its hyphen: "Ukraine-Krieg", "SPD-Chef"."""
        head, dash, tail = form.partition("-")
        if not dash or not tail:
            return ""
        if head == "US":
            return "LOCpart"
        found = self.book.named((head,), 0)
        if found is None:
            return ""
        return "ORGpart" if found[0].sort in ("body", "seat") else "LOCpart"

    def _namelike(self, i: int, first: int) -> bool:
        """Whether a word left over looks like a name: tagged so and capital; a sentence's first word needs more."""
        form = self.forms[i]
        if len(form) < 2 or not form[:1].isupper() or self.tags[i] not in ("NE", "FM"):
            return False
        if form in self.book.offices or form in self.book.nouns or form in self.book.words["title"]:
            return False
        return i > first or len(form) > 3

    def _guess(self, i: int, end: int, first: int, surnames: frozenset[str]) -> str:
        last = self.forms[end - 1]
        if last in surnames or last.removesuffix("s") in surnames:
            return "PER"
        if any(form in self.book.words["body"] for form in self.forms[i:end]):
            return "ORG"
        if end - i == 1 and len(last) < 7 and (ACRONYM.fullmatch(last) or any(c.isdigit() for c in last)):
            return "ORG"
        return self._by_neighbours(i, end, first)

    def _by_neighbours(self, i: int, end: int, first: int) -> str:
        """The label its surroundings suggest; "" where a single word is more often none than any."""
        before = self.forms[i - 1] if i > first else ""
        if before in self.book.words["place"] or before.rstrip("s") in self.book.words["place"]:
            return "LOC"
        alone = end - i == 1
        if before in QUOTES:
            return "" if alone else "OTH"
        if before.lower() in ("der", "die", "das", "den", "dem", "des", "beim", "zum"):
            return "" if alone else "ORG"
        return "" if alone and i > first and self.tags[i - 1] == "NN" else "PER"
