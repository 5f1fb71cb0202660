"""Noun phrases: article, adjectives, noun, name, with the preposition that governs them.

One pass from left to right. A recognised name is one unit. A genitive stays a phrase of its own and
points at the noun it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from depesche.model.parse import Name, Phrase, Word
from depesche.packs.grammar import Grammar

DETERMINERS = {"ART", "PDAT", "PPOSAT", "PIAT", "PWAT", "PRELAT"}
ATTRIBUTES = {"ADJ(A)", "CARD", "TRUNC"}
NOUNS = {"NN", "NNA", "NNI", "NE", "FM", "XY"}
PRONOUNS = {"PPER", "PDS", "PIS", "PRELS", "PWS", "PRF"}
PREPOSITIONS = {"APPR", "APPRART"}
LONGEST_ATTRIBUTE = 12  # words between an article and the participle that its noun follows


BODIES = (
    "ung",
    "heit",
    "keit",
    "schaft",
    "ion",
    "tät",
    "partei",
    "polizei",
    "amt",
    "ministerium",
    "gericht",
    "rat",
    "parlament",
    "land",
)
"""Endings of nouns that name no person, so that a person's name behind them is a phrase of its own."""

CONTRACTED = {"am": "dem", "im": "dem", "zum": "dem", "beim": "dem", "vom": "dem", "zur": "der"}


@dataclass(frozen=True)
class Lead:
    """How a phrase begins: where, under which preposition, with which article inside that preposition."""

    start: int
    preposition: str
    governor: int
    determiner: str

    def made(self, last: int, head: int, cases: str) -> Phrase:
        """The phrase that ends before word `last`."""
        return Phrase(self.start, last, head, self.preposition, self.governor, cases)


@dataclass(frozen=True)
class Chunker:
    """Finds the noun phrases of one sentence, `words[first:last]`."""

    text: str
    words: Sequence[Word]
    first: int
    last: int
    names: Mapping[int, Name]  # by first word
    grammar: Grammar
    times: frozenset[int] = frozenset()  # words inside time expressions

    def phrases(self) -> list[Phrase]:
        """The phrases in order of their first word, genitives and conjuncts linked."""
        out: list[Phrase] = []
        i = self.first
        while i < self.last:
            found, i = self._phrase_at(i)
            out.extend(found)
        out.sort(key=lambda phrase: (phrase.first, -phrase.last))
        return self._join(self._genitives(out))

    def _form(self, i: int) -> str:
        return self.text[self.words[i].start : self.words[i].end]

    def _tag(self, i: int) -> str:
        return self.words[i].tag if i < self.last else ""

    def _phrase_at(self, i: int) -> tuple[list[Phrase], int]:
        """The phrase that begins at word i with those nested in it, and where to go on."""
        lead = self._lead(i)
        start, determiner = lead.start, lead.determiner
        if self._tag(start) in PRONOUNS and start not in self.names:
            cases = self.grammar.lists.pronouns.get(self._form(start).lower(), "ngda")
            return [lead.made(start + 1, start, cases)], start + 1
        nested: list[Phrase] = []
        j = start
        if self._tag(j) in DETERMINERS and j not in self.names:
            determiner = self._form(j).lower()
            j += 1
            nested, j = self._participial(j)
        while self._attributive(j, determiner) and j not in self.names:
            j += 1
        end = self._nouns(j)
        if end == j:
            alone = self._without_noun(lead, j, determiner)
            return ([alone, *nested], j) if alone is not None else (nested, max(j, i + 1))
        made = lead.made(end, self._head(j, end), self._cases(determiner, start, j, end))
        return [made, *nested, *self._prenominal(j, end)], end

    def _lead(self, i: int) -> Lead:
        """The preposition that opens at word i, and where the phrase itself begins."""
        preposition, governor, start, determiner = "", -1, i, ""
        while self._tag(start) in PREPOSITIONS and start + 1 < self.last and start not in self.names:
            preposition, governor = self.grammar.plain(self._form(start)), start
            if self._tag(start) == "APPRART":
                determiner = CONTRACTED.get(self._form(start).lower(), "das")
            start += 1
        if not preposition and i > self.first and self._tag(i - 1) == "KOKOM":
            preposition, governor = self._form(i - 1).lower(), i - 1
        return Lead(start, preposition, governor, determiner)

    def _attributive(self, j: int, determiner: str) -> bool:
        if self._tag(j) in ATTRIBUTES or (self._tag(j) in {"PIAT", "PIS"} and determiner):
            return True
        return self._quoted(j) or self._adverb_of(j) or self._joined_attribute(j)

    def _joined_attribute(self, j: int) -> bool:
        """ "und" between two adjectives of one noun: "mit langem und lautem Beifall"."""
        if self._tag(j) != "KON" or j == self.first or self._tag(j - 1) != "ADJ(A)":
            return False
        k = j + 1
        while self._tag(k) in {"ADV", "ADJ(D)", "ADJ(A)"}:
            k += 1
        return k > j + 1 and self._tag(k - 1) == "ADJ(A)" and self._tag(k) in NOUNS

    def _adverb_of(self, j: int) -> bool:
        """An adverb or adjective before an attribute: "sein neu ernannter Minister", "die rund 300 Menschen"."""
        return self._tag(j) in {"ADV", "ADJ(D)"} and self._tag(j + 1) in ATTRIBUTES and j > self.first

    def _quoted(self, j: int) -> bool:
        return (
            self._tag(j) == "$("
            and self._form(j) in '„“"»«‚‘'
            and self._tag(j + 1) in ATTRIBUTES | NOUNS
            and j > self.first
            and self._tag(j - 1) in DETERMINERS | ATTRIBUTES
        )

    def _participial(self, j: int) -> tuple[list[Phrase], int]:
        """Steps over a participle's own phrases: "der [zu Besuch] kommende russische Staatschef"."""
        if self._tag(j) not in PREPOSITIONS | {"PRF", "ADV"} | DETERMINERS:
            return [], j
        for k in range(j + 1, min(j + LONGEST_ATTRIBUTE, self.last - 1)):
            if self._tag(k) in {"$,", "$.", "KON"} or self._tag(k).startswith(("VV(F", "VA(F", "VM(F")):
                break
            if (
                k not in self.times
                and self._tag(k) == "ADJ(A)"
                and self._form(k).lower().rstrip("nrmse").endswith(("t", "nd", "en", "e"))
                and self._tag(k + 1) in NOUNS | {"ADJ(A)"}
            ):
                return replace(self, first=j, last=k).phrases(), k
        return [], j

    def _nouns(self, j: int) -> int:
        """The end of the run of nouns and names that begins at j; j if there is none."""
        end = j
        while end < self.last:
            if end > j and ((end in self.times) != (j in self.times) or self._breaks(j, end)):
                break  # "letzten Jahres | Peking"
            if end in self.names:
                end = min(self.names[end].last, self.last)
            elif self._tag(end) in NOUNS or (self._tag(end) == "KON" and self._tag(end - 1) == "TRUNC"):
                end += 1
            else:
                break
        return end

    def _breaks(self, j: int, end: int) -> bool:
        """Whether two nouns in a row are two phrases: "Putin Chinas Diplomaten", "Xi Putin", "nächste Woche Peking"."""
        if (
            end not in self.names
            and self._tag(end) in {"NN", "NNI"}
            and self._tag(end - 1) == "NN"
            and self._apart(j, end)
        ):
            return True  # "dass die Regierung | Hilfe schickt"
        known = (self.names[k] for k in range(self.first, end) if k in self.names)
        before = next((name for name in known if name.last == end), None)
        if before is not None:
            genitive = self._is_genitive_name(before.first) and before.first == j
            return not (genitive and end not in self.names and self._tag(end) in {"NN", "NNA", "NNI"})
        if end in self.names:
            if self._tag(end - 1) in {"NN", "NNI"} and end - 1 not in self.names and self._is_genitive_name(end):
                return True  # "Angriffskrieg | Russlands"
            place = self.names[end].label == "LOC" and self._tag(end - 1) in {"NN", "NNA", "NNI"}
            if place and not self._form(end - 1).lower().endswith(self.grammar.lists.place_nouns):
                return True  # "dass der Westen | Moskau warnt", but "die Hauptstadt Peking"
            body = self.names[end].label == "PER" and self._form(end - 1).lower().endswith(BODIES)
            return body or self._tag(end - 1) in {"NE"}
        return False

    def _apart(self, j: int, end: int) -> bool:
        """Whether two common nouns in a row are two phrases; "drei Millionen Menschen" is one."""
        form = self._form(end - 1)
        return (
            form not in self.grammar.lists.measures and self._tag(j - 1) in DETERMINERS | {"ADJ(A)"} and j > self.first
        )

    def _head(self, j: int, end: int) -> int:
        """The noun that the phrase hangs on: the last common noun before a name, else the name's first word."""
        first_name = next((k for k in range(j, end) if k in self.names), end)
        if first_name == j and self._tag(j) == "ADJ(A)":  # "Internationaler Gerichtshof"
            return next((k for k in range(j, self.names[j].last) if self._tag(k) in NOUNS), j)
        if first_name == j and end > self.names[j].last and self._is_genitive_name(j):
            rest = range(self.names[j].last, end)
            return next((k for k in rest if k not in self.names), self.names[j].last)
        if first_name == end:  # no listed name: "Einladung Karimows", "Oberst Diallo"
            proper = next((k for k in range(j, end) if self._tag(k) == "NE"), end)
            return proper - 1 if proper > j else j
        return first_name - 1 if first_name > j else j

    def _is_genitive_name(self, j: int) -> bool:
        last = self.words[self.names[j].last - 1]
        form = self.text[last.start : last.end]
        return form[-1:] in {"'", "’"} or (form.endswith("s") and last.lemma.casefold() != form.casefold())

    def _prenominal(self, j: int, end: int) -> list[Phrase]:
        """A name in the genitive before its noun: "Chinas" in "Chinas Außenministerium"."""
        if j in self.names and self.names[j].last < end and self._is_genitive_name(j):
            head = self._head(j, end)
            return [Phrase(j, self.names[j].last, j, cases="g", genitive_of=head)]
        return []

    def _without_noun(self, lead: Lead, j: int, determiner: str) -> Phrase | None:
        """ "Die beiden", "die drei", "der 70-Jährige": attributes that stand for the noun."""
        last = self._tag(j - 1) if j > lead.start else ""
        numeral = last in {"ADJ(A)", "CARD", "PIAT", "PIS"} and not self._form(j - 1).isdigit()
        if numeral and (determiner or last != "ADJ(A)"):
            return lead.made(j, j - 1, self._cases(determiner, lead.start, j, j))
        return None

    def _cases(self, determiner: str, start: int, j: int, end: int) -> str:
        """The cases that the determiner, the strong adjective ending and the noun's own ending leave."""
        cases = self.grammar.lists.determiners.get(determiner, "")
        noun = self._form(self._head(j, end)) if end > j else ""
        lemma = self.words[self._head(j, end)].lemma if end > j else ""
        if lemma.casefold() == noun.casefold():
            lemma = noun  # HanTa writes "Us-kongress"
        if not cases:
            cases = self._bare_cases(start, j, noun, lemma)
        adjective = next((self._form(k).lower() for k in range(j - 1, start, -1) if self._tag(k) == "ADJ(A)"), "")
        if determiner == "der" and adjective:
            return "n" if adjective.endswith("e") else "gd"
        if determiner == "der" and noun and start > self.first and self._tag(start - 1) in NOUNS:
            return "ngd" if lemma == noun else "g"
        if determiner == "der" and noun and self._head(j, end) not in self.names:
            return self._after_der(noun, lemma)
        if determiner == "den" and noun:
            cases = (
                "d"
                if noun.endswith("n") and lemma != noun and not self._weak(noun, lemma)
                else "ad"
                if noun.endswith("n")
                else "a"
            )
        if determiner in {"das"} and noun.endswith("s") and lemma + "s" == noun:
            cases = "g"
        return cases

    def _after_der(self, noun: str, lemma: str) -> str:
        """ "der Regierung" is genitive or dative, "der Minister", "der Westen" nominative, "der Minister" no other."""
        if noun.lower().endswith(self.grammar.lists.feminine_endings) or self._feminine(noun):
            return "gd"
        if lemma == noun or noun in self.grammar.lists.singular_en:
            return "n"
        return "ng" if noun.endswith("n") and not noun.endswith("en") else "g"

    def _feminine(self, noun: str) -> bool:
        """Whether a singular is a listed feminine, or a compound that ends in one."""
        lower = noun.lower()
        return any(lower.endswith(listed) for listed in self.grammar.feminine)

    @staticmethod
    def _weak(noun: str, lemma: str) -> bool:
        """Masculine nouns of the n-declension: "den Präsidenten" is an accusative."""
        return noun in {lemma + "en", lemma + "n"} and lemma.endswith(
            ("ent", "ant", "ist", "at", "e", "og", "aph", "ot", "ar", "Mensch", "Prinz", "Held")
        )

    def _bare_cases(self, start: int, j: int, noun: str, lemma: str) -> str:
        """Without a determiner the adjective shows the case: "russischer Truppen" is a genitive."""
        adjective = next((self._form(k).lower() for k in range(start, j) if self._tag(k) == "ADJ(A)"), "")
        if adjective.endswith("er"):
            return "g" if noun != lemma or noun.lower().endswith(self.grammar.lists.feminine_endings) else "n"
        if adjective.endswith("em"):
            return "d"
        if adjective.endswith("en") and not noun.endswith("en"):
            return "ag"
        if noun.endswith("s") and lemma == noun[:-1] and j in self.names:
            return "g"
        return "nda"

    def _genitives(self, phrases: list[Phrase]) -> list[Phrase]:
        """Ties a genitive to the noun right before it."""
        ends = {phrase.last: phrase for phrase in phrases if not phrase.genitive_of >= 0}
        out = []
        for phrase in phrases:
            before = ends.get(phrase.first)
            if phrase.genitive_of < 0 and not phrase.preposition and "g" in phrase.cases and before is not None:
                article = self._tag(phrase.first) in DETERMINERS | {"ADJ(A)"}
                named = phrase.cases == "g"
                if (article or named) and self._tag(before.head) in {"NN", "NNA", "NNI", "NE", "CARD", "PIS"}:
                    out.append(Phrase(phrase.first, phrase.last, phrase.head, cases="g", genitive_of=before.head))
                    continue
            out.append(phrase)
        return out

    def _join(self, phrases: list[Phrase]) -> list[Phrase]:
        """Lists the conjuncts of each phrase: "Xi und Putin", "Russland, China und Indien"."""
        out = list(phrases)
        index = {phrase.first: k for k, phrase in enumerate(out) if phrase.genitive_of < 0}
        for k in range(len(out) - 1, -1, -1):
            phrase = out[k]
            after = phrase.last
            tail = next((p for p in out if p.genitive_of == phrase.head and p.first == after), None)
            after = tail.last if tail else after
            if (self._tag(after) == "KON" and self._form(after).lower() in {"und", "oder", "sowie"}) or self._listed(
                after, index, out
            ):
                other = index.get(after + 1)
                if other is not None and self._same_kind(phrase, out[other]):
                    joined = (out[other].head, *out[other].conjuncts)
                    out[k] = msgspec.structs.replace(phrase, conjuncts=joined)
        return out

    def _listed(self, comma: int, index: Mapping[int, int], phrases: Sequence[Phrase]) -> bool:
        """Whether the comma stands in a list that ends in "und": A, B und C."""
        if self._tag(comma) != "$,":
            return False
        other = index.get(comma + 1)
        return other is not None and bool(phrases[other].conjuncts)

    def _same_kind(self, a: Phrase, b: Phrase) -> bool:
        if self._tag(b.head) in {"PRELS", "PRF"} or (b.preposition and b.preposition != a.preposition):
            return False
        # "…traf Merkel, und Putin reiste ab": behind a finite verb the second noun opens a clause of its own
        opens = self._tag(b.last).endswith("(FIN)")
        k = a.first - 1
        while opens and k >= self.first and self._tag(k) != "$,":
            if self._tag(k).endswith("(FIN)"):
                return False
            k -= 1
        return True
