"""What stands around a noun that names a party: article, adjectives, genitives, the body it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from depesche.model.parse import Parse
from depesche.model.reading import PartyKind
from depesche.packs.parties import Known, Office, PartyBook, PartyNoun

DETERMINERS = {"ART", "PPOSAT", "PIAT", "PDAT", "PIDAT", "APPRART"}
FARTHEST = 14  # words that an attribute may stand before its noun


@dataclass(frozen=True)
class Draft:
    """A mention: words `first:last` with their head, and what they say by themselves.

    `sort` is person, office, noun, known, adjective, part, pronoun, age, both or land. `named` are the
    words of the bare name. `whose` is the possessive before a noun ("seinem Land": m).
    """

    first: int
    last: int
    head: int
    sort: str
    kind: PartyKind
    name: str = ""
    country: str | None = None
    office: Office | None = None
    office_word: str = ""
    body: str = ""
    gender: str = ""
    named: tuple[int, int] | None = None
    definite: bool = True
    whose: str = ""
    noun: PartyNoun | None = None
    known: Known | None = None
    cut: int = 0  # characters of the head word that are meant, 0 for all ("US" of "US-Politik")


@dataclass(frozen=True)
class Attributes:
    """What stands before a noun: where it begins, the country told there, and its determiner."""

    first: int
    country: str | None = None
    determiner: str = ""
    western: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """The words of one article with its recognised names, and what they say of the noun they surround."""

    parse: Parse
    book: PartyBook
    forms: tuple[str, ...]
    persons: dict[int, int] = field(default_factory=dict)  # first word of a personal name: the word behind it
    bodies: dict[int, tuple[int, str]] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)  # head of a phrase: its first word

    def _tag(self, i: int) -> str:
        return self.parse.words[i].tag

    def is_a(self, word: str, sort: str) -> bool:
        """Whether a word is listed under a sort of name_words.tsv."""
        return word in self.book.words[sort]

    def attributes(self, i: int, first: int) -> Attributes:
        """Article, adjectives and genitive before the noun i."""
        start, country, western = i, None, False
        words: list[str] = []
        while start > first and i - start < FARTHEST:
            form, tag = self.forms[start - 1], self._tag(start - 1)
            named = self._genitive(start - 1)
            if tag in DETERMINERS and not self.is_a(form.lower(), "contracted"):
                return Attributes(start - 1, country, form.lower(), western, tuple(words))
            if self.is_a(form.lower(), "contracted"):
                return Attributes(start, country, "der", western, tuple(words))
            if named:
                return Attributes(named[0], country or named[1], "der", western, tuple(words))
            if not self._attribute(start, form, tag):
                break
            country = country or self._adjective_country(start - 1)
            western = western or form.lower().startswith("westlich")
            words.insert(0, form)
            start -= 1
        opening = self.starts.get(i, i)
        if first <= opening < start and i - opening < FARTHEST and self._tag(opening) in DETERMINERS:
            return Attributes(opening, country, self.forms[opening].lower(), western, tuple(words))
        return Attributes(start, country, "", western, tuple(words))

    def _attribute(self, start: int, form: str, tag: str) -> bool:
        if tag.startswith(("ADJ(A", "CARD", "TRUNC")) or form in self.book.city_adjectives:
            return True
        before = self.forms[start - 2] if start > 1 else ""
        if tag == "KON" and (before.endswith("-") or self._tag(start - 2).startswith("ADJ(A")):
            return form in ("und", "oder")
        return tag in ("ADV", "ADJ(D)") and self._tag(start).startswith("ADJ(A")

    def _genitive(self, i: int) -> tuple[int, str] | None:
        """A country's or capital's genitive that ends at word i: where it begins, and the country."""
        for length in (3, 2, 1):
            at = i - length + 1
            if at < 0:
                continue
            found = self.book.named(self.forms, at)
            if found and found[1] == length and found[0].country and self.forms[i].endswith("s"):
                return (at, found[0].country) if found[0].sort in ("country", "capital") else None
        return None

    def _adjective_country(self, i: int) -> str | None:
        form = self.forms[i]
        city = self.book.city_adjectives.get(form)
        if city:
            return city.country
        return self.book.adjective(form)

    def _complement(self, i: int, last: int) -> tuple[Known | None, int]:
        """The party that an office or noun belongs to, and the word behind it: "des Außenministeriums", "in Peking"."""
        at = i
        if at < last and self.forms[at].lower() in (
            "der",
            "des",
            "von",
            "vom",
            "in",
            "im",
            "beim",
            "bei",
            "für",
            "aus",
        ):
            at += 1
        if at < last and self.forms[at].lower() in ("der", "dem", "den"):
            at += 1
        country = None
        while at < last and self._tag(at).startswith("ADJ(A") and self.book.named(self.forms, at) is None:
            country = country or self._adjective_country(at)
            at += 1
        if at >= last:
            return None, i
        found = self.book.named(self.forms, at)
        if found and (at > i or (found[0].country and self.forms[at].endswith("s"))):
            behind = at + found[1]
            if at == i and behind < last and self._tag(behind).startswith(("NN", "ADJ(A")):
                return None, i  # "die Staaten | Russlands Angriff": the genitive belongs to the noun behind it
            return found[0], behind
        noun = self.book.noun(self.forms[at]) if at > i else None
        if noun and noun.kind in (PartyKind.MINISTRY, PartyKind.GOVERNMENT, PartyKind.ORG):
            deeper, end = self._complement(at + 1, last)
            country = country or (deeper.country if deeper else None)
            return Known(self._noun_name(noun, country), noun.kind, "noun", country), end if deeper else at + 1
        if at > i and at in self.bodies:
            return Known(" ".join(self.forms[at : self.bodies[at][0]]), PartyKind.ORG, "body", country), self.bodies[
                at
            ][0]
        return None, i

    def _noun_name(self, noun: PartyNoun, country: str | None) -> str:
        if country is None:
            return noun.name
        if noun.name == "Regierung":
            return self.book.government(country)
        return self.book.beside(country, noun.name, noun.gender)

    def _body_of(self, i: int, behind: Known | None, noun: PartyNoun) -> tuple[Known, int] | None:
        """The listed body that a noun introduces or belongs to: "Nachrichtenagentur AFP", "Truppen der NATO"."""
        form = self.forms[i]
        found = self.book.named(self.forms, i + 1) if i + 1 < len(self.forms) else None
        if found and found[0].sort == "body" and noun.kind in (PartyKind.ORG, PartyKind.MEDIA, PartyKind.IGO):
            return found[0], i + 1 + found[1]
        if noun.name != "Streitkräfte":
            return None
        if behind and behind.kind == PartyKind.IGO:
            return behind, self._complement(i + 1, self._sentence_end(i))[1]
        head = self.book.named((form.split("-", 1)[0],), 0) if "-" in form else None
        return (head[0], i + 1) if head and head[0].kind == PartyKind.IGO else None

    def _sentence_end(self, i: int) -> int:
        at = bisect_right(self.parse.sentences, i, key=lambda sentence: sentence.first) - 1
        return self.parse.sentences[at].last

    def _prefix_country(self, form: str) -> str | None:
        head = form.split("-", 1)[0]
        if head == "US":
            return "USA"
        found = self.book.named((head,), 0)
        return found[0].country if found else None

    def _group_name(self, i: int, noun: PartyNoun, before: Attributes) -> str:
        form = self.forms[i]
        if i > 1 and self.forms[i - 1] == "und" and self.forms[i - 2].endswith("-"):
            return " ".join(self.forms[i - 2 : i + 1])
        told = [w for w in before.words if w[:1].isalpha() and not w[:1].isupper()]
        if before.western:
            return f"Westliche {form}"
        if before.country and told and self.book.adjective(told[-1]):
            return self.book.beside(before.country, form, "f")
        return noun.name
