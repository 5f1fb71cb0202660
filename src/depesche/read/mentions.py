"""Where an article mentions parties: each mention as its words alone tell it, before the page resolves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from depesche.model.parse import Parse
from depesche.model.reading import PartyKind
from depesche.packs.parties import Known, Office, PartyBook, PartyNoun
from depesche.read.surroundings import DETERMINERS, Attributes, Draft, Surroundings

EUROPE = "Europäische Union"
AGE = re.compile(r"\d{1,3}-[Jj]ährigen?")


@dataclass(frozen=True)
class Spotter(Surroundings):
    """Reads mentions off the words of one article."""

    def drafts(self) -> Iterator[Draft]:
        """All mentions in order of their heads; a name inside an office mention is not given again."""
        done = 0
        for sentence in self.parse.sentences:
            for i in range(sentence.first, sentence.last):
                if i < done:
                    continue
                draft = self._at(i, sentence.first, sentence.last)
                if draft is None:
                    continue
                yield draft
                if draft.sort == "office" and draft.named is None:
                    continue
                if draft.named is not None and draft.named[0] > draft.head + 1:
                    yield from self._between(draft, sentence.first)
                done = max(done, draft.last)

    def _between(self, draft: Draft, first: int) -> Iterator[Draft]:
        """The party between an office and the name behind it: "Sprecher des Außenministeriums, …"."""
        end = draft.named[0] if draft.named else draft.last
        i = draft.head + 1
        while i < end:
            inner = self._known(i, first, end) or self._noun(i, first) or self._body(i, first)
            if inner and inner.last <= end:
                yield inner
                i = inner.last
            else:
                i += 1

    def _at(self, i: int, first: int, last: int) -> Draft | None:
        return (
            self._pronoun(i)
            or self._both(i, last)
            or self._age(i, first)
            or self._office(i, first, last)
            or self._person(i, first, last)
            or self._known(i, first, last)
            or self._land(i, first)
            or self._noun(i, first)
            or self._demonym(i, first)
            or self._body(i, first)
            or self._adjective(i, last)
            or self._part(i)
        )

    def _pronoun(self, i: int) -> Draft | None:
        if self._tag(i) != "PPER":
            return None
        form = self.forms[i].lower()
        gender = next((sort[0] for sort in ("male", "female", "plural") if form in self.book.words[sort]), "")
        return None if not gender else Draft(i, i + 1, i, "pronoun", PartyKind.PERSON, gender=gender)

    def _both(self, i: int, last: int) -> Draft | None:
        """Two parties meant together: "die beiden Staatschefs", "beider Länder", "die Länder", "die beiden"."""
        form = self.forms[i].lower()
        weak = form == "die" and i + 1 < last and self.is_a(self.forms[i + 1], "lands")
        if not self.is_a(form, "both") and not weak:
            return None
        at = i + 1
        while at < last and self._tag(at).startswith("ADJ(A"):
            at += 1
        noun = self.forms[at] if at < last else ""
        start = i - 1 if i and not weak and self.is_a(self.forms[i - 1].lower(), "definite") else i
        if self.is_a(noun, "lands"):
            return Draft(start, at + 1, at, "both", PartyKind.COUNTRY, definite=not weak)
        office = self._plural_office(noun)
        if office or self.is_a(noun, "men"):
            return Draft(start, at + 1, at, "both", PartyKind.PERSON, office=office)
        if noun[:1].isupper() or at > i + 1 or (start == i and form != "beide"):
            return None
        return Draft(start, i + 1, i, "both", PartyKind.PERSON)

    def _plural_office(self, word: str) -> Office | None:
        return self.book.offices.get(word) or self.book.offices.get(word.removesuffix("s"))

    def _age(self, i: int, first: int) -> Draft | None:
        if not AGE.fullmatch(self.forms[i]):
            return None
        determiner = self.forms[i - 1].lower() if i > first else ""
        gender = "f" if determiner == "die" else "m"
        start = i - 1 if self.is_a(determiner, "definite") else i
        return Draft(
            start, i + 1, i, "age", PartyKind.PERSON, gender=gender, definite=self.is_a(determiner, "definite")
        )

    def _office(self, i: int, first: int, last: int) -> Draft | None:
        form = self.forms[i]
        office, country, body = self.book.office(form), None, ""
        if office is None and "-" in form:
            office, country, body = self._compound_office(form)
        if office is None or (self._many(i, office, first) and i + 1 not in self.persons):
            return None
        office = self._joined(i, first, office)
        before = self.attributes(i, first)
        behind, end = self._complement(i + 1, last)
        country = before.country or office.country or country or (behind.country if behind else None)
        if behind and (behind.kind in (PartyKind.IGO, PartyKind.ORG) or behind.sort in ("region", "city")):
            body = behind.name
        office = self._as_held(office, body, before)
        named = self._name_behind(i + 1, end, last)
        if named is None and behind is None:
            end = i + 1
        start = before.first
        return Draft(
            start,
            named[1] if named else end,
            i,
            "office",
            PartyKind.PERSON,
            country=country,
            office=office,
            office_word=form,
            body=body,
            gender=office.gender,
            named=named,
            definite=self.is_a(before.determiner, "definite")
            or (before.determiner == "" and (start < i or i == first)),
            whose=_whose(before.determiner),
        )

    def _joined(self, i: int, first: int, office: Office) -> Office:
        """Two offices of one person in one word: "Staats- und Parteichef" can mean what "Staatschef" does."""
        form = self.forms[i].lower()
        if i - 2 < first or self.forms[i - 1] not in ("und", "wie") or not self.forms[i - 2].endswith("-"):
            return office
        start = self.forms[i - 2][:-1]
        ends = (form[cut:] for cut in range(3, len(form) - 3))
        other = next((self.book.offices[start + end] for end in ends if start + end in self.book.offices), None)
        if other is None or other.plural:
            return office
        keys = tuple(dict.fromkeys(other.keys + office.keys))
        return Office(other.word, office.gender, keys, other.country or office.country, single=other.single)

    def _as_held(self, office: Office, body: str, before: Attributes) -> Office:
        """The office without its listed holders where it is a body's or region's own, or one held formerly."""
        former = any(word.startswith(tuple(self.book.words["former"])) for word in before.words)
        regional = any(w.lower().rstrip("nerms").endswith("isch") and not self.book.adjective(w) for w in before.words)
        if former:
            return Office(f"Ex-{office.word}", office.gender)
        if (body or regional) and office.keys and not office.international:
            return Office(f"{office.word} {body}".strip(), office.gender)
        return office

    def _many(self, i: int, office: Office, first: int) -> bool:
        """Whether an office word is a plural here: "die Außenminister", "Staatschefs", "Aktivisten"."""
        before, form = self.attributes(i, first), self.forms[i]
        if any(self._tag(k) == "CARD" for k in range(before.first, i)) or form.endswith(("innen", "ern")):
            return True
        if office.gender == "m" and (self.is_a(before.determiner, "many")):
            return True
        if office.gender == "f" and form == office.word[:-1]:
            return before.determiner == ""
        if before.country and before.determiner == "der":
            return False
        if form.endswith("chefs") or (form.endswith("en") and form != office.word):
            return before.determiner in ("", "der")
        return (
            before.determiner == "" and bool(before.words) and before.words[-1].endswith("e") and office.gender == "m"
        )

    def _compound_office(self, form: str) -> tuple[Office | None, str | None, str]:
        """The office at the end of "Kreml-Sprecher", its country, and the body before the hyphen."""
        head, _, tail = form.rpartition("-")
        office = self.book.office(tail[:1].upper() + tail[1:])
        if office is None:
            return None, None, ""
        if head == "US":
            return office, "USA", ""
        found = self.book.named((head,), 0)
        known = found[0] if found else None
        if self.is_a(head, "former") or known is None:
            return Office(f"{head}-{office.word}", office.gender), None, ""
        return office, known.country if known else None, known.name if known else head

    def _name_behind(self, i: int, end: int, last: int) -> tuple[int, int] | None:
        """The personal name that follows an office, also behind a comma."""
        for at in dict.fromkeys((i, end)):
            if at < last and at in self.persons:
                return at, self.persons[at]
            if at + 1 < last and at > i and self.forms[at] == "," and at + 1 in self.persons:
                return at + 1, self.persons[at + 1]
        return None

    def _person(self, i: int, first: int, last: int) -> Draft | None:
        if i not in self.persons:
            return None
        end = self.persons[i]
        office, country, body = None, None, ""
        if end < last and self.forms[end] == "(" and end + 1 < last:
            party = self.book.named(self.forms, end + 1)
            if party and party[0].sort == "body":
                country, body = party[0].country, party[0].name
        elif end < last and self.forms[end] == ",":
            office, country = self._office_behind(end + 1, last)
        start = i
        while start > first and self.is_a(self.forms[start - 1], "title"):
            start -= 1
        gender = "f" if "Frau" in self.forms[start:i] else ""
        return Draft(
            start, end, i, "person", PartyKind.PERSON, country=country, office=office, body=body, gender=gender,
            named=(i, end), office_word=office.word if office else "",
        )  # fmt: skip

    def _office_behind(self, i: int, last: int) -> tuple[Office | None, str | None]:
        """The office in apposition behind a name: "Qin Gang, Chinas Außenminister"."""
        for at in range(i, min(i + 5, last)):
            office = self.book.office(self.forms[at])
            if office:
                behind, _ = self._complement(at + 1, last)
                before = self.attributes(at, i)
                of_body = behind is not None and behind.sort in ("body", "region", "city", "noun")
                office = self._as_held(office, behind.name if behind and of_body else "", before)
                return office, office.country or before.country or (behind.country if behind else None)
            tag = self._tag(at)
            if not (tag in DETERMINERS or tag.startswith(("ADJ", "NE", "CARD"))):
                break
        return None, None

    def _known(self, i: int, first: int, last: int) -> Draft | None:
        found = self.book.named(self.forms, i)
        if found is None or i + found[1] > last or not self._meant(i, *found):
            return None
        known, length = found
        start = i
        if i > first and self._tag(i - 1) == "ART":
            start = i - 1
        kind, name = known.kind, known.name
        if known.sort == "capital" and known.country and not self._locative(i, first, last, length):
            if self.is_a(self.forms[i], "union"):
                return Draft(start, i + length, i, "known", PartyKind.IGO, EUROPE, known=known, named=(i, i + length))
            kind, name = PartyKind.GOVERNMENT, self.book.government(known.country)
        return Draft(start, i + length, i, "known", kind, name, known.country, known=known, named=(i, i + length))

    def _meant(self, i: int, known: Known, length: int) -> bool:
        form = self.forms[i]
        if known.sort == "city" and i > 0 and self._tag(i - 1) == "ART":
            return False  # "das Essen": towns have no article
        if length > 1 or self._tag(i) in ("NE", "FM", "XY") or form.isupper():
            return True
        if known.sort in ("city", "region", "capital") and known.kind == PartyKind.PLACE:
            return i > 0 and self.is_a(self.forms[i - 1], "place")
        if known.kind == PartyKind.MEDIA or len(form) < 4:
            return i > 0 and not self.forms[i - 1][:1].isalnum()
        return True

    def _locative(self, i: int, first: int, last: int, length: int) -> bool:
        """Whether a capital is the place: behind "in", "nach", beside "Stadt", or as the dateline of a paragraph."""
        before = self.forms[i - 1] if i > first else ""
        if self.is_a(before, "locative") or self.is_a(before, "place"):
            return True
        if before == "von" and i - 2 >= first and self._tag(i - 2).startswith("NN"):
            return True
        if before == "und" and i - 3 >= first and self.is_a(self.forms[i - 3].lower(), "locative"):
            return True
        return i == first and i + length < last and self.forms[i + length] in ("(", ",", "/", "–", "-", ":")

    def _land(self, i: int, first: int) -> Draft | None:
        if not self.is_a(self.forms[i], "land"):
            return None
        before = self.attributes(i, first)
        whose = _whose(before.determiner)
        if (not whose and before.determiner not in ("das", "dem", "des")) or before.country:
            return None
        return Draft(before.first, i + 1, i, "land", PartyKind.COUNTRY, whose=whose)

    def _noun(self, i: int, first: int) -> Draft | None:
        form = self.forms[i]
        if not form[:1].isupper() or not self._tag(i).startswith(("NN", "NE", "ADJ", "CARD", "FM", "PI")):
            return None
        noun, country, cut = self.book.noun(form), None, 0
        if "-" in form and noun is not None:
            country = self._prefix_country(form)
        if noun is None and "-" in form:
            tail = form.rsplit("-", 1)[1]
            noun, country = self.book.noun(tail[:1].upper() + tail[1:]), self._prefix_country(form)
        before = self.attributes(i, first)
        office = self.book.office(form) if noun is None else None
        if noun is None and office and self._many(i, office, first):
            noun = PartyNoun(PartyKind.GROUP, form, "")
        if noun is None or (
            noun.name == "Regierung"
            and self.is_a(form, "vague")
            and not before.country
            and self.forms[i + 1 : i + 2] != ("in",)
        ):
            return None
        behind, end = self._complement(i + 1, self._sentence_end(i))
        country = before.country or country or (behind.country if behind else None)
        body = self._body_of(i, behind, noun)
        if body:
            return Draft(before.first, body[1], i, "noun", body[0].kind, body[0].name, body[0].country, definite=False)
        name = self._noun_name(noun, country)
        if noun.kind == PartyKind.GROUP:
            name = self._group_name(i, noun, before)
        last = end if behind else i + 1
        if (
            self.bodies.get(last, (0, ""))[1] == "ORG"
            and last == i + 1
            and noun.kind in (PartyKind.ORG, PartyKind.MEDIA)
        ):
            last, name = self.bodies[last][0], " ".join(self.forms[last : self.bodies[last][0]])
            noun = PartyNoun(noun.kind, name, "")
        return Draft(
            before.first, last, i, "noun", noun.kind, name, country, noun=noun, cut=cut,
            definite=self.is_a(before.determiner, "definite") or not before.determiner, whose=_whose(before.determiner),
        )  # fmt: skip

    def _demonym(self, i: int, first: int) -> Draft | None:
        code = self.book.demonyms.get(self.forms[i])
        if code is None or self._before_noun(i):
            return None
        before = self.attributes(i, first)
        if i + 1 in self.persons:
            named = (i + 1, self.persons[i + 1])
            return Draft(before.first, named[1], i, "person", PartyKind.PERSON, country=code, named=named)
        many = before.determiner in ("", "die", "den") and not self.forms[i].endswith("in")
        kind = PartyKind.GROUP if many else PartyKind.PERSON
        return Draft(before.first, i + 1, i, "noun", kind, self.forms[i], code, definite=False)

    def _before_noun(self, i: int) -> bool:
        """Whether a name of inhabitants is the adjective of the noun behind it: "Schweizer Uhren"."""
        form, behind = self.forms[i], self.forms[i + 1 : i + 2]
        adjective = form in self.book.city_adjectives or self.book.adjective(form) is not None
        return adjective and i + 1 not in self.persons and bool(behind) and behind[0][:1].isupper()

    def _body(self, i: int, first: int) -> Draft | None:
        if i not in self.bodies:
            return None
        end, label = self.bodies[i]
        kind = PartyKind.PLACE if label == "LOC" else PartyKind.ORG
        before = self.attributes(i, first)
        name = " ".join(self.forms[i:end])
        return Draft(before.first, end, i, "known", kind, name, before.country, named=(i, end))

    def _adjective(self, i: int, last: int) -> Draft | None:
        """A country's adjective before a noun that is no party: "russische Invasion"."""
        code = self._adjective_country(i)
        if code is None or not (self._tag(i).startswith("ADJ(A") or self.forms[i] in self.book.city_adjectives):
            return None
        for at in range(i + 1, min(i + 5, last)):
            if self._party_head(at):
                return None
            if not self._tag(at).startswith(("ADJ(A", "CARD", "ADV", "ADJ(D", "KON")):
                break
        return Draft(i, i + 1, i, "adjective", PartyKind.COUNTRY, self.book.countries[code].name, code)

    def _party_head(self, i: int) -> bool:
        form = self.forms[i]
        noun = self.book.noun(form) if form[:1].isupper() else None
        return noun is not None or i in self.persons or self.book.office(form) is not None

    def _part(self, i: int) -> Draft | None:
        """The party before the hyphen of a compound: "US-Informationen", "Kreml-Homepage"."""
        head, dash, tail = self.forms[i].partition("-")
        if not dash or not tail or not head[:1].isupper():
            return None
        if head == "US":
            known: Known | None = Known(self.book.countries["USA"].name, PartyKind.COUNTRY, "country", "USA")
        else:
            found = self.book.named((head,), 0)
            known = found[0] if found else None
        if known is None or known.sort in ("region", "city", "capital"):
            return None
        return Draft(i, i + 1, i, "part", known.kind, known.name, known.country, known=known, cut=len(head))


def spotter(parse: Parse, book: PartyBook) -> Spotter:
    """A spotter over the article's words and recognised names."""
    forms = tuple(parse.text[w.start : w.end] for w in parse.words)
    persons = {n.first: n.last for n in parse.names if n.label == "PER"}
    bodies = {n.first: (n.last, n.label) for n in parse.names if n.label in ("ORG", "LOC")}
    starts = {phrase.head: phrase.first for phrase in parse.phrases}
    return Spotter(parse, book, forms, persons, bodies, starts)


def _whose(determiner: str) -> str:
    return "m" if determiner.startswith("sein") else "f" if determiner.startswith("ihr") else ""
