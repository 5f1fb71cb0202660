"""An article's grammar with its times, parties and quotations, indexed by word, for the event reader."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from depesche.model.page import Dateline
from depesche.model.parse import Clause, Link, Parse, Phrase
from depesche.model.reading import Party, PartyKind, Quote, Time
from depesche.model.text import Span
from depesche.packs.frames import Frames
from depesche.packs.grammar import Grammar
from depesche.packs.judges import Judges
from depesche.packs.parties import PartyBook
from depesche.packs.status import StatusRules

LISTING = {",", "und", "sowie"}
LONGEST_NOTE = 8  # words in brackets behind a name: its party, its place
NAMED_IN_GROUPS = frozenset({PartyKind.ORG, PartyKind.COUNTRY})


@dataclass(frozen=True)
class Knowledge:
    """The lists that the event reader leans on."""

    frames: Frames
    status: StatusRules
    book: PartyBook
    grammar: Grammar
    judges: Judges


@dataclass(frozen=True)
class Passage:
    """One article, as far as it has been read, and look-ups by word index."""

    page: str
    parse: Parse
    dateline: Dateline
    times: tuple[Time, ...]
    parties: tuple[Party, ...]
    quotes: tuple[Quote, ...]
    knowledge: Knowledge

    def form(self, i: int) -> str:
        """The word's characters."""
        return self.parse.word(i)

    @cached_property
    def phrase_at(self) -> Mapping[int, Phrase]:
        """The innermost noun phrase of each word."""
        out: dict[int, Phrase] = {}
        for phrase in sorted(self.parse.phrases, key=lambda p: (p.first - p.last, p.first)):
            for i in range(phrase.first, phrase.last):
                out[i] = phrase
        return out

    @cached_property
    def phrase_by_head(self) -> Mapping[int, Phrase]:
        """The phrase that a word heads."""
        return {phrase.head: phrase for phrase in self.parse.phrases}

    @cached_property
    def genitives(self) -> Mapping[int, Sequence[Phrase]]:
        """Genitive phrases by the noun they belong to."""
        out: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in self.parse.phrases:
            if phrase.genitive_of >= 0:
                out[phrase.genitive_of].append(phrase)
        return out

    @cached_property
    def governed(self) -> Mapping[int, Sequence[Phrase]]:
        """Prepositional phrases by the word of their preposition."""
        out: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in self.parse.phrases:
            if phrase.preposition_word >= 0:
                out[phrase.preposition_word].append(phrase)
        return out

    @cached_property
    def links_of(self) -> Mapping[int, Sequence[Link]]:
        """Links by predicate."""
        out: dict[int, list[Link]] = defaultdict(list)
        for link in self.parse.links:
            out[link.predicate].append(link)
        return out

    @cached_property
    def attached(self) -> Mapping[int, Sequence[Phrase]]:
        """Prepositional phrases by the noun that they belong to."""
        out: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in self.parse.phrases:
            if phrase.attached_to >= 0:
                out[phrase.attached_to].append(phrase)
        return out

    def nested(self, predicate: int) -> Iterator[Phrase]:
        """Genitives and prepositional phrases on the nouns that hang on a predicate, and those on them."""
        waiting = [
            link.head
            for link in self.links_of.get(predicate, ())
            if link.role not in {"ccomp", "xcomp"} and not link.understood
        ]
        seen = set(waiting)
        while waiting:
            head = waiting.pop(0)
            for phrase in (*self.attached.get(head, ()), *self.genitives.get(head, ())):
                if phrase.head not in seen:
                    seen.add(phrase.head)
                    waiting.append(phrase.head)
                    yield phrase

    def obliques(self, predicate: int, preposition: str) -> Iterator[int]:
        """Heads under a preposition: those that hang on the predicate, then those on nouns that do."""
        yield from (link.head for link in self.links_of.get(predicate, ()) if link.role == f"obl:{preposition}")
        yield from (phrase.head for phrase in self.nested(predicate) if phrase.preposition == preposition)

    @cached_property
    def links_to(self) -> Mapping[int, Sequence[Link]]:
        """Links by the head word they point at."""
        out: dict[int, list[Link]] = defaultdict(list)
        for link in self.parse.links:
            if not link.understood:
                out[link.head].append(link)
        return out

    @cached_property
    def predicates_in(self) -> Mapping[int, Sequence[int]]:
        """Predicates by clause."""
        out: dict[int, list[int]] = defaultdict(list)
        for k, predicate in enumerate(self.parse.predicates):
            out[predicate.clause].append(k)
        return out

    @cached_property
    def party_at(self) -> Mapping[int, Sequence[Party]]:
        """Parties by each word of their mention, the closest-fitting first."""
        out: dict[int, list[Party]] = defaultdict(list)
        starts = self.word_at
        for party in sorted(self.parties, key=lambda p: (p.end - p.start, p.start)):
            i = starts(party.start)
            while i < len(self.parse.words) and self.parse.words[i].start < party.end:
                out[i].append(party)
                i += 1
        return out

    @cached_property
    def party_by_head(self) -> Mapping[int, Party]:
        """The party that a word heads; the longest mention where several share a head."""
        return {party.head: party for party in sorted(self.parties, key=lambda p: (p.end - p.start, -p.start))}

    @cached_property
    def groups_named(self) -> Mapping[int, list[Party]]:
        """By the head word of a group the names right behind it: "die Gewerkschaften Verdi und IG BCE"."""
        out: dict[int, list[Party]] = {}
        for party in self.parties:
            at = self.word_at(party.end)
            if party.kind == PartyKind.GROUP and self.parse.words[at - 1].end == party.end and party.head == at - 1:
                names = self.names_from(at, NAMED_IN_GROUPS)
                if len(names) > 1:
                    out[party.head] = names
        return out

    @cached_property
    def named_among(self) -> Mapping[int, Sequence[tuple[int, list[Party]]]]:
        """By sentence, each noun with ", darunter" behind it and the parties that are named there."""
        out: dict[int, list[tuple[int, list[Party]]]] = defaultdict(list)
        for i, word in enumerate(self.parse.words):
            if word.lemma != "darunter" or i < 2 or self.form(i - 1) != ",":
                continue
            first = next((k for k in range(i + 1, min(i + 4, len(self.parse.words))) if self.party_at.get(k)), -1)
            named = self.names_from(first, frozenset(PartyKind)) if first > 0 else []
            phrase = self.phrase_at.get(i - 2)
            if named:
                out[self.clause(i).sentence].append((phrase.head if phrase is not None else i - 2, named))
        return out

    def names_from(self, at: int, kinds: Set[PartyKind]) -> list[Party]:
        """The parties listed from a word on, joined by commas and "und", with what stands in brackets behind each.

        The list may begin with its first name or with the comma before it.
        """
        found: list[Party] = []
        last = len(self.parse.words)
        while at < last:
            if found or self.form(at) == ",":
                if self.form(at) not in LISTING or at + 1 >= last:
                    break
                at += 1
            start = self.parse.words[at].start
            named = next((p for p in self.party_at.get(at, ()) if p.kind in kinds and p.start == start), None)
            if named is None or named.id.partition(":")[0] != named.kind.value:
                break  # an office or a description is no name
            found.append(named)
            at = self._behind_brackets(self.word_at(named.end))
        return found

    def _behind_brackets(self, at: int) -> int:
        """The word behind brackets that open at a word, else the word itself."""
        if self.form(at) != "(":
            return at
        ends = (i for i in range(at, min(at + LONGEST_NOTE, len(self.parse.words))) if self.form(i) == ")")
        return next(ends, at - 1) + 1

    def word_at(self, offset: int) -> int:
        """The index of the first word that starts at or behind an offset."""
        return min(bisect_left(self._starts, offset), len(self._starts) - 1)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [word.start for word in self.parse.words]

    def clause(self, i: int) -> Clause:
        """The clause of a word."""
        return self.parse.clauses[self.parse.owners[i]]

    @cached_property
    def times_of_clause(self) -> Mapping[int, Sequence[Time]]:
        """Each clause's own times."""
        out: dict[int, list[Time]] = defaultdict(list)
        for time in self.times:
            out[self.parse.owners[self.word_at(time.start)]].append(time)
        return out

    @cached_property
    def words_of_clause(self) -> Mapping[int, Sequence[int]]:
        """Each clause's own words."""
        out: dict[int, list[int]] = defaultdict(list)
        for i, clause in enumerate(self.parse.owners):
            out[clause].append(i)
        return out

    def is_event_noun(self, i: int) -> bool:
        """Whether a word is a noun of some frame."""
        word = self.parse.words[i]
        return word.tag in {"NN", "NNI", "NNA"} and bool(self.knowledge.frames.for_noun(word.lemma))

    @cached_property
    def noun_around(self) -> Mapping[int, int]:
        """For the words inside a noun's phrase, before the noun, that noun: "der am Montag gefasste Mann"."""
        timed = {self.parse.words[i].start for i in self.time_at}
        nouns = [p for p in self.parse.phrases if self.parse.words[p.head].start not in timed and p.head > p.first + 1]
        return {i: phrase.head for phrase in nouns for i in range(phrase.first + 1, phrase.head)}

    def stretch(self, verb: int) -> list[int]:
        """The clause's words that belong to one verb: of coordinated ones each has those behind the one before."""
        clause = self.parse.owners[verb]
        heads = [self.parse.predicates[k].word for k in self.predicates_in.get(clause, ())]
        earlier = max((head for head in heads if head < verb), default=-1)
        last = verb if any(head > verb for head in heads) else len(self.parse.words)
        return [i for i in self.words_of_clause[clause] if earlier < i <= last]

    def governor(self, head: int) -> tuple[int, str] | None:
        """The predicate that a noun is an argument of, with its role.

        Climbs over genitives, conjuncts and the nouns of prepositional phrases; of these the first gives the role.
        """
        seen: set[int] = set()
        role = ""
        while head not in seen:
            seen.add(head)
            links = self.links_to.get(head, ())
            if links:
                return links[0].predicate, role or links[0].role
            phrase = self.phrase_by_head.get(head)
            if phrase is None:
                return None
            if phrase.genitive_of >= 0:
                head = phrase.genitive_of
            elif phrase.attached_to >= 0:
                role = role or f"obl:{phrase.preposition}"
                head = phrase.attached_to
            elif head in self.first_conjunct:
                head = self.first_conjunct[head]
            else:
                return None
        return None

    @cached_property
    def first_conjunct(self) -> Mapping[int, int]:
        """From each further conjunct to the head of the phrase that lists it."""
        return {head: phrase.head for phrase in reversed(self.parse.phrases) for head in phrase.conjuncts}

    def after(self, head: int) -> Iterator[Phrase]:
        """Phrases hung on a noun behind it, in order: genitives, then prepositional phrases in an unbroken row."""
        phrase = self.phrase_by_head.get(head)
        end = phrase.last if phrase is not None else head + 1
        for genitive in self.genitives.get(head, ()):
            if genitive.first >= end:
                end = genitive.last
                yield genitive
        end = self.beyond(head, end)
        while end < len(self.parse.words):
            following = next((p for p in self.governed.get(end, ()) if p.first >= end), None)
            if following is None or self.parse.owners[following.head] != self.parse.owners[head]:
                return
            yield following
            end = self.beyond(following.head, following.last)

    @cached_property
    def time_at(self) -> Mapping[int, Time]:
        """Time expressions by each of their words."""
        out: dict[int, Time] = {}
        for time in self.times:
            i = self.word_at(time.start)
            while i < len(self.parse.words) and self.parse.words[i].start < time.end:
                out[i] = time
                i += 1
        return out

    def beyond(self, head: int, end: int) -> int:
        """The word behind the end of a phrase with its conjuncts and the genitives behind it."""
        phrase = self.phrase_by_head.get(head)
        for conjunct in phrase.conjuncts if phrase else ():
            other = self.phrase_by_head.get(conjunct)
            end = max(end, other.last if other else conjunct + 1)
        for genitive in self.genitives.get(head, ()):
            end = max(end, genitive.last)
        return end

    def trimmed(self, first: int, last: int) -> Span:
        """The span of words `first:last` without marks and joining words at its ends."""
        while first < last - 1 and self.parse.words[first].tag.startswith("$"):
            first += 1
        if (
            first < last - 1
            and self.parse.words[first].tag == "KON"
            and self.form(first).lower() in {"und", "aber", "sowie", "oder"}
        ):
            first += 1
        while last > first + 1 and self.parse.words[last - 1].tag.startswith("$"):
            last -= 1
        return self.parse.span(first, last)
