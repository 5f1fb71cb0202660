"""Whom a page means by what is no full name: short forms, offices, ages, pronouns, "die beiden Staatschefs"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from depesche.model.reading import Party, PartyKind
from depesche.model.reason import Reason
from depesche.model.text import Span, slug
from depesche.read.mentions import Spotter
from depesche.read.people import Individual, People, name_of
from depesche.read.salience import Salience, agrees
from depesche.read.surroundings import Draft

BODIES = (PartyKind.GOVERNMENT, PartyKind.MINISTRY, PartyKind.ORG)
DOMINANT = 40  # per cent of the page's country mentions that make one the page's own


@dataclass
class Page:
    """What has been read so far; mentions are resolved in the order of the text."""

    spotter: Spotter
    people: People
    home: str | None
    salience: Salience
    lands: list[tuple[int, str]] = field(default_factory=list)
    joint: tuple[str, ...] = ()
    ministries: dict[str, str] = field(default_factory=dict)

    def parties(self, drafts: Iterable[Draft]) -> tuple[Party, ...]:
        """The parties of all drafts that could be resolved or stand for themselves."""
        found: list[Party] = []
        for draft in drafts:
            for party in self._resolve(draft):
                found.append(party)
                self._remember(draft, party)
        return tuple(found)

    def _resolve(self, draft: Draft) -> list[Party]:
        if draft.sort == "both":
            return self._both(draft)
        party = {
            "person": self._person,
            "office": self._office,
            "pronoun": self._pronoun,
            "age": self._age,
            "land": self._land,
            "noun": self._noun,
            "known": self._known,
            "adjective": self._known,
            "part": self._known,
        }[draft.sort](draft)
        return [party] if party else []

    def _remember(self, draft: Draft, party: Party) -> None:
        sentence = self._sentence(draft.head)
        if party.kind == PartyKind.PERSON and party.name in self.people.by_name:
            self.salience.see(sentence, self.people.by_name[party.name], draft)
        if party.country and draft.sort in ("known", "noun") and party.kind not in (PartyKind.PERSON, PartyKind.MEDIA):
            self.lands.append((sentence, party.country))
            if party.kind == PartyKind.MINISTRY and draft.noun:
                self.ministries[draft.noun.name] = party.country

    def _sentence(self, word: int) -> int:
        return bisect_right(self.spotter.parse.sentences, word, key=lambda sentence: sentence.first) - 1

    def _individual(self, draft: Draft, individual: Individual, rule: str, note: str = "") -> Party:
        parse = self.spotter.parse
        span = parse.span(draft.first, draft.last)
        return Party(
            span.start,
            span.end,
            draft.head,
            PartyKind.PERSON,
            individual.name,
            individual.id,
            individual.country,
            office=draft.office.word if draft.office else "",
            office_country=draft.country if draft.office else None,
            name_span=parse.span(*draft.named) if draft.named else None,
            reason=Reason(f"party.{rule}", note, span),
        )

    def _person(self, draft: Draft) -> Party | None:
        """A personal name, full or short."""
        assert draft.named is not None
        name = name_of(self.spotter, *draft.named)
        if " " in name:
            full = self.people.canonical(name)
            return self._individual(draft, self.people.add(full), "name")
        gender = draft.gender if draft.sort == "office" or draft.gender == "f" else ""
        individual = self._serving(draft, name) or self.people.short(name, self.salience.latest_first(), gender)
        if individual:
            return self._individual(draft, individual, "short")
        individual = self.people.add(name)
        individual.country = individual.country or draft.country
        return self._individual(draft, individual, "name")

    def _serving(self, draft: Draft, surname: str) -> Individual | None:
        """The listed holder of the office told beside a bare surname, if it is theirs: "Kanzler Kohl"."""
        held = self._holder(draft) if draft.office else None
        if held is None or held.surname in (surname, surname.removesuffix("s")):
            return held
        if surname not in held.name.split(" ")[:-1] or surname in self.people.book.first_names:
            return None
        self.people.by_surname.setdefault(surname, []).append(held)  # "Präsident Lula", later only "Lula"
        return held

    def _office(self, draft: Draft) -> Party | None:
        """An office, with a name or to be given one: by the page, then by the list of holders."""
        if draft.named is not None and not self._genitive_of_person(draft):
            return self._person(draft)
        assert draft.office is not None
        if draft.definite:
            individual = self._in_office(draft)
            if individual:
                return self._individual(draft, individual, "office.page")
            held = self._holder(draft)
            if held:
                return self._individual(draft, held, "office.holder", "in office in these days")
        return self._unnamed(draft)

    def _genitive_of_person(self, draft: Draft) -> bool:
        """Whether the name behind an office is whose office it is: "die Anwältin Samanis"."""
        assert draft.named is not None
        form = self.spotter.forms[draft.named[0]]
        alone = draft.named[1] - draft.named[0] == 1 and draft.named[0] == draft.head + 1
        return (
            alone and form.endswith("s") and form not in self.people.by_surname and form[:-1] in self.people.by_surname
        )

    def _in_office(self, draft: Draft) -> Individual | None:
        assert draft.office is not None
        country = draft.country
        fitting = [
            p for p in self.people.with_office(draft.office.keys, draft.office.word, country) if agrees(p, draft)
        ]
        if draft.country is None and not draft.office.keys and draft.body:
            return None
        if country is not None and draft.office.keys:
            fitting = fitting or [
                p for p in self.people.by_name.values()
                if p.country == country and self._holds(p, draft.office.keys) and agrees(p, draft)
            ]  # fmt: skip
        if country is None and draft.office.keys and not draft.body and not fitting:
            seen = dict.fromkeys(p.name for p in self.salience.latest_first())
            serving = [p for p in map(self.people.by_name.__getitem__, seen) if self._holds(p, draft.office.keys)]
            return serving[0] if len(serving) == 1 and agrees(serving[0], draft) else None
        if len(fitting) == 1:
            return fitting[0]
        return next((person for person in self.salience.latest_first() if person in fitting), None) if fitting else None

    def _holds(self, person: Individual, keys: tuple[str, ...]) -> bool:
        days = self.people.days
        return any(
            h.person == person.name and h.office in keys and h.days.meet(days) for h in self.spotter.book.holders
        )

    def _holder(self, draft: Draft) -> Individual | None:
        """Who held the office in the page's days; only somebody who is meant is entered among its people."""
        assert draft.office is not None
        international = draft.country is None and draft.office.international
        country = draft.country or (None if international else self.home)
        if not draft.office.keys or (country is None and not international):
            return None
        holder = self.spotter.book.holder(draft.office.keys, country, self.people.days)
        return self.people.add(holder.person) if holder else None

    def _unnamed(self, draft: Draft) -> Party:
        """A person the text describes only: the id tells the office and country, for other pages to fill."""
        assert draft.office is not None
        parse = self.spotter.parse
        span = parse.span(draft.first, draft.last)
        name = parse.text[parse.words[draft.head].start : span.end]
        country = draft.country
        single = draft.definite and draft.office.single
        told = f"office:{slug(draft.office.word)}:{country}" if country and single else f"description:{slug(name)}"
        return Party(
            span.start, span.end, draft.head, PartyKind.PERSON, " ".join(name.split()), told, country,
            office=draft.office.word, office_country=country, reason=Reason("party.office.unnamed", "", span),
        )  # fmt: skip

    def _salient(self, draft: Draft) -> Individual | None:
        return self.salience.taken_up(self._sentence(draft.head), draft)

    def _told_since(self, sentence: int) -> list[str]:
        """The countries told of since a sentence, in the order of the text."""
        return [code for _, code in takewhile(lambda land: land[0] >= sentence, reversed(self.lands))][::-1]

    def _pronoun(self, draft: Draft) -> Party | None:
        form = self.spotter.forms[draft.head].lower()
        if draft.gender == "p" or (form in ("sie", "ihr") and self._plural_verb(draft.head)):
            return None
        individual = self._salient(draft)
        if individual is None or (form in ("sie", "ihr") and individual.gender != "f"):
            return None
        return self._individual(draft, individual, "pronoun")

    def _plural_verb(self, head: int) -> bool:
        words, forms = self.spotter.parse.words, self.spotter.forms
        around = [i for i in range(max(head - 2, 0), min(head + 3, len(words))) if "(FIN)" in words[i].tag]
        return any(forms[i].endswith("n") for i in around)

    def _age(self, draft: Draft) -> Party | None:
        individual = self._salient(draft) if draft.definite else None
        return self._individual(draft, individual, "age") if individual else None

    def _land(self, draft: Draft) -> Party | None:
        """ "Das Land", "seinem Land": of the person, or the country told of last."""
        code = None
        if draft.whose:
            person = self._salient(draft)
            code = person.country if person else None
        code = code or (self.lands[-1][1] if self.lands else self.home)
        if code is None or code not in self.spotter.book.countries:
            return None
        name = self.spotter.book.countries[code].name
        return self._plain(draft, PartyKind.COUNTRY, name, f"country:{code}", code, "land")

    def _both(self, draft: Draft) -> list[Party]:
        """Two parties meant together: one Party each, with the ids of both in `members`."""
        if draft.kind == PartyKind.COUNTRY:
            federal = not draft.definite and self.home == "DEU"  # "die Länder" of Germany are its states
            codes = [] if federal else self._two_sides(draft)
            if not codes and not federal and not self._sides(draft):
                codes = self._last_two_lands()
            parties = [
                self._plain(draft, PartyKind.COUNTRY, self.spotter.book.countries[c].name, f"country:{c}", c, "both")
                for c in codes
            ]
        else:
            parties = [self._individual(draft, person, "both") for person in self._last_two(draft)]
            if not parties and draft.office is None:
                codes = self._last_two_lands()
                names = self.spotter.book.countries
                parties = [
                    self._plain(draft, PartyKind.COUNTRY, names[c].name, f"country:{c}", c, "both") for c in codes
                ]
        if not parties and draft.kind == PartyKind.COUNTRY:
            noun = self.spotter.forms[draft.head]
            return [self._plain(draft, PartyKind.GROUP, noun, f"group:{slug(noun)}", None, "noun")]
        members = tuple(sorted(party.id for party in parties))
        return [_with_members(party, members) for party in parties]

    def _last_two(self, draft: Draft) -> list[Individual]:
        found: list[Individual] = []
        for person in self.salience.latest_first():
            fits = draft.office is None or not draft.office.keys or self._reigns(person, draft.office.keys)
            if person not in found and fits:
                found.append(person)
            if len(found) == 2:
                return sorted(found, key=lambda p: p.name)
        if draft.office is not None and draft.office.keys:
            everyone = [p for p in self.people.by_name.values() if self._reigns(p, draft.office.keys)]
            return sorted(everyone, key=lambda p: p.name) if len(everyone) == 2 else []
        return []

    def _reigns(self, person: Individual, keys: tuple[str, ...]) -> bool:
        if any(set(keys) & set(office.keys) for office, _ in person.offices):
            return True
        return self._holds(person, keys)

    def _sides(self, draft: Draft) -> bool:
        return self.spotter.forms[draft.head] in self.spotter.book.words["sides"]

    def _two_sides(self, draft: Draft) -> list[str]:
        """The two countries of this sentence and the one before, if there are no more."""
        near = sorted(set(self._told_since(self._sentence(draft.head) - 1)) & set(self.spotter.book.countries))
        return near if len(near) == 2 else []

    def _last_two_lands(self) -> list[str]:
        last = [code for _, code in self.lands[-12:] if code in self.spotter.book.countries]
        counted, order = Counter(last), {code: i for i, code in enumerate(last)}
        best = sorted(counted, key=lambda code: (-counted[code], -order[code], code))[:2]
        return sorted(best) if len(best) == 2 else []

    def _noun(self, draft: Draft) -> Party | None:
        """A body or group without a name of its own; a body takes the page's country where it tells none."""
        country, name = draft.country, draft.name
        short = self._surname(draft)
        if short:
            return short
        if country is None and draft.noun and draft.kind in BODIES and draft.definite:
            country = self._country_around(draft)
            if country:
                name = self._named_beside(draft, country)
        if (
            country is None
            and draft.noun
            and draft.kind == PartyKind.GROUP
            and draft.noun.name not in self.spotter.book.words["abroad"]
        ):
            country = self._country_here(draft)
        kind = draft.kind.value
        if draft.kind == PartyKind.PERSON:
            return self._plain(draft, draft.kind, name, f"description:{slug(name)}", country, "noun")
        named = kind != "group" and (draft.noun is None or not draft.noun.gender)
        part = f":{country}" if country and not named else ""
        told = f"government:{country}" if kind == "government" and country else f"{kind}{part}:{slug(name)}"
        return self._plain(draft, draft.kind, name, told, country, "noun")

    def _named_beside(self, draft: Draft, country: str) -> str:
        book = self.spotter.book
        assert draft.noun is not None
        if draft.noun.name == "Regierung":
            return book.government(country)
        return book.beside(country, draft.noun.name, draft.noun.gender) if draft.noun.gender else draft.name

    def _country_here(self, draft: Draft) -> str | None:
        """The country in which a group is met: that of its sentence where only one is told, else the page's own."""
        told = set(self._told_since(self._sentence(draft.head)))
        return next(iter(told)) if len(told) == 1 else self.home

    def _country_around(self, draft: Draft) -> str | None:
        assert draft.noun is not None
        if draft.whose:
            person = self._salient(draft)
            if person and person.country:
                return person.country
        if draft.noun.name in self.ministries:
            return self.ministries[draft.noun.name]
        near = self._told_since(self._sentence(draft.head) - 1)
        if near and (draft.kind == PartyKind.MINISTRY or (self.home is None and draft.kind == PartyKind.GOVERNMENT)):
            return near[-1]
        return self.home

    def _known(self, draft: Draft) -> Party | None:
        """A listed or recognised name."""
        if draft.kind == PartyKind.PERSON and draft.cut:
            individual = self.people.short(draft.name, self.salience.latest_first())
            told = (individual.name, individual.id, individual.country) if individual else None
            return self._plain(draft, draft.kind, *told, "part") if told else None
        short = self._surname(draft)
        if short:
            return short
        kind, country = draft.kind, draft.country
        state = kind in (PartyKind.COUNTRY, PartyKind.GOVERNMENT) and country
        return self._plain(
            draft, kind, draft.name, f"{kind.value}:{country if state else slug(draft.name)}", country, draft.sort
        )

    def _surname(self, draft: Draft) -> Party | None:
        """A person of the page whose surname a place, body or noun shares ("Köhler", "Wang")."""
        form = self.spotter.forms[draft.head]
        if draft.last - draft.head != 1 or draft.cut or draft.sort == "adjective":
            return None
        for bare in (form, form.removesuffix("s")):
            if bare in self.people.by_surname:
                return self._individual(draft, self.people.by_surname[bare][-1], "short")
        return None

    def _plain(self, draft: Draft, kind: PartyKind, name: str, told: str, country: str | None, rule: str) -> Party:
        parse = self.spotter.parse
        span = parse.span(draft.first, draft.last)
        if draft.cut:
            start = parse.words[draft.head].start
            span = Span(start, start + draft.cut)
        return Party(
            span.start, span.end, draft.head, kind, name, told, country,
            name_span=parse.span(*draft.named) if draft.named else None, reason=Reason(f"party.{rule}", "", span),
        )  # fmt: skip


def home_of(drafts: Iterable[Draft]) -> str | None:
    """The country the page is mostly about; None where none stands out."""
    telling = (d for d in drafts if d.kind != PartyKind.MEDIA and d.sort in ("known", "noun", "adjective", "office"))
    counted = Counter(draft.country for draft in telling if draft.country)
    if not counted:
        return None
    code, most = min(counted.items(), key=lambda item: (-item[1], item[0]))
    return code if most * 100 >= DOMINANT * sum(counted.values()) else None


def _with_members(party: Party, members: tuple[str, ...]) -> Party:
    return Party(
        party.start, party.end, party.head, party.kind, party.name, party.id, party.country,
        party.office, party.office_country, members, party.name_span, party.reason,
    )  # fmt: skip
