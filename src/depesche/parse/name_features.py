"""What the name model looks at: features of a word by itself, and features of a word's place in its sentence.

A feature is a short text: a kind, "=", a value. A word's own features are looked at from its neighbours too, so that
what they weigh can be looked up once a word form; those of its place are looked at from the word alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from depesche.model.parse import Name
from depesche.packs.clusters import Clusters
from depesche.packs.parties import PartyBook

FAR = frozenset({"t", "c6", "c", "g", "s"})
NEAR = FAR | {"w", "l", "c4", "c10", "e3", "hg"}
"""Kinds of features that are looked at two words away, and next door. At the word itself all are."""
EDGE = "t=EDGE"
"""The only feature of what stands before a sentence's first word and behind its last."""
PLACES = 16
"""How many features the place of a word has."""
PREFIXES = (4, 6, 8, 10)
LOWER = re.compile(r"[^\W\d_A-ZÄÖÜ]+")
UPPER = re.compile(r"[A-ZÄÖÜ]")
DIGITS = re.compile(r"\d+")
OPENING, CLOSING = frozenset("„»‚›"), frozenset("“«‘‹”")


def reach_of(feature: str) -> int:
    """From how many words away a word's own feature is looked at."""
    kind = feature.split("=", 1)[0]
    return 2 if kind in FAR else 1 if kind in NEAR else 0


def shape_of(form: str) -> str:
    """Capitals as X, runs of small letters as x, runs of digits as 9; at most eight signs."""
    return DIGITS.sub("9", UPPER.sub("X", LOWER.sub("x", form)))[:8]


@dataclass(frozen=True)
class WordFeatures:
    """Features of words by themselves."""

    book: PartyBook
    clusters: Clusters

    def of(self, form: str, tag: str, lemma: str) -> list[str]:
        """The features of a word form with its tag and lemma."""
        lower = form.lower()
        shape = shape_of(form)
        out = [f"w={lower}", f"l={lemma.lower()}", f"t={tag}", f"s={shape}", f"ts={tag}{shape}", "1="]
        out += [f"b{n}={lower[:n]}" for n in range(1, 6) if n <= len(form)]
        out += [f"e{n}={lower[-n:]}" for n in range(1, 7) if n <= len(form)]
        out += self._clusters(form)
        out += [f"g={sort}" for sort in self._listed(form)]
        out.append(f"n={min(len(form), 12)}")
        if "-" in form[1:-1]:
            out += self._parts(form)
        return out

    def _clusters(self, form: str) -> list[str]:
        path = self.clusters.of(form)
        kind = "c"
        if not path and form.endswith("s"):
            path = self.clusters.of(form[:-1])
        if not path:
            path = self.clusters.of(form.lower() if form[:1].isupper() else form.capitalize())
            kind = "d"
        if not path:
            return ["c=0"]
        return [f"{kind}={path}", *(f"{kind}{n}={path & ((1 << n) - 1)}" for n in PREFIXES)]

    def _parts(self, form: str) -> list[str]:
        """Features of a compound with hyphens: "US-Regierung", "Nord-Ossetien"."""
        head, _, tail = form.partition("-")
        last = form.rsplit("-", 1)[-1]
        out = [
            f"h={head.lower()}",
            f"k={last.lower()}",
            f"hs={shape_of(head)}-{shape_of(last)}",
            f"k4={last[-4:].lower()}",
        ]
        path, lastly = self.clusters.of(head), self.clusters.of(last)
        out += [f"hc={path}", f"hc6={path & 63}", f"kc={lastly}", f"kc6={lastly & 63}"]
        out += [f"hg={sort}" for sort in self._listed(head)]
        return [*out, *(f"kg={sort}" for sort in self._listed(tail))]

    def _listed(self, form: str) -> list[str]:
        """In which lists a form stands."""
        book = self.book
        out = []
        for bare in (form, form[:-1]) if form.endswith("s") and len(form) > 3 else (form,):
            out += [known.sort for words, known in book.names.get(bare, ()) if len(words) == 1]
            if bare in book.first_names:
                out.append("first" + book.first_names[bare])
            if bare in book.family_names:
                out.append("family")
            if out:
                break
        out += [sort for sort, words in sorted(book.words.items()) if form in words]
        if form in book.demonyms:
            out.append("demonym")
        if form in book.city_adjectives:
            out.append("cityadj")
        if book.adjective(form):
            out.append("adjective")
        if form[:1].isupper():
            office, noun = book.office(form), book.noun(form)
            if office:
                out.append("office")
            if noun:
                out.append(f"noun{noun.kind.value}")
        return out


@dataclass(frozen=True)
class PlaceFeatures:
    """Features of words in their sentence. Each word has the same number of them, in the same order."""

    book: PartyBook
    clusters: Clusters

    def of(self, forms: Sequence[str], tags: Sequence[str], rules: Sequence[str]) -> list[list[str]]:
        """For each word of a sentence its features; `rules` is what the rules take each word for ("B-PER", "O")."""
        n = len(forms)
        if not n:
            return []
        shapes = ["", *(shape_of(form) for form in forms), ""]
        turns = ["", *(str(path & 63) for path in self.clusters.each(forms)), ""]
        tag = ["", *tags, ""]
        rule = ["", *rules]
        lower = ["", *(form.lower() for form in forms), ""]
        quoted = self._quoted(forms)
        lists = self._lists(forms)
        out = []
        for i in range(1, n + 1):
            first = "^" if i == 1 else ""
            out.append(
                [
                    f"tt={tag[i - 1]} {tag[i]}",
                    f"tu={tag[i]} {tag[i + 1]}",
                    f"tv={tag[i - 1]} {tag[i + 1]}",
                    f"cc={turns[i - 1]} {turns[i]}",
                    f"cd={turns[i]} {turns[i + 1]}",
                    f"ss={shapes[i - 1]} {shapes[i]}",
                    f"st={shapes[i]} {shapes[i + 1]}",
                    f"ws={lower[i - 1]} {shapes[i]}",
                    f"wc={lower[i - 1]} {turns[i]}",
                    f"r={rule[i]}",
                    f"rp={rule[i - 1]} {rule[i]}",
                    f"rt={rule[i]} {tag[i]}",
                    f"fs={first} {shapes[i]} {tag[i]}",
                    f"fc={first} {turns[i]}",
                    f"q={quoted[i - 1]} {shapes[i]}",
                    f"m={lists[i - 1]}",
                ]
            )
        return out

    def _quoted(self, forms: Sequence[str]) -> list[str]:
        """For each word how long the quotation is that it stands in, if it is a short one."""
        out = ["" for _ in forms]
        opened = -1
        for i, form in enumerate(forms):
            if form in OPENING or (form in ('"', "''", "``") and opened < 0):
                opened = i
            elif opened >= 0 and (form in CLOSING or form in ('"', "''")):
                if i - opened <= 7:
                    for at in range(opened + 1, i):
                        out[at] = ("b" if at == opened + 1 else "i") + str(min(i - opened - 1, 4))
                opened = -1
        return out

    def _lists(self, forms: Sequence[str]) -> list[str]:
        """For each word the longest listed name of several words that it is part of."""
        out = ["" for _ in forms]
        i = 0
        while i < len(forms):
            found = self.book.named(forms, i)
            length = found[1] if found else 1
            if found and length > 1:
                for at in range(i, i + length):
                    out[at] = ("b" if at == i else "i") + found[0].sort
            i += length
        return out


def marks_of(names: Sequence[Name], words: int) -> list[str]:
    """For each of so many words "B-" or "I-" with its name's label, or "O"."""
    out = ["O"] * words
    for name in names:
        for at in range(name.first, name.last):
            out[at] = ("B-" if at == name.first else "I-") + name.label
    return out
