"""Texts taken from one another: found by runs of words they share, proved by the passages.

Candidates come from a sampled index of word runs, so cost grows with the pile; a run that very many texts have
(furniture, a slogan, a wire text in every paper) joins them along a chain only. Topic alone never makes a copy.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations

import msgspec
import numpy as np

from depesche.link.runs import OrderedTexts, Runs, Texts, WordNumbers, Words, among, common_runs, pairs_sharing, runs_of
from depesche.link.words import word_places
from depesche.model.linkage import Copies, Copy
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.packs.linking import CopyRules

TRIES = 8  # places of one run that are tried for the longest match
LEAST_SHARED_RUNS = 2
PASSAGES = "link.copy.passages"  # the rule of copies that need no third one
AT_HAND = 200  # texts whose runs are kept looked up


def find_copies(documents: Sequence[tuple[str, str]], rules: CopyRules) -> tuple[Copy, ...]:
    """Every pair of texts of which one holds a good part of the other; `page` is the shorter of the two.

    Two texts that both share a good part with a third, as cut from one wire text, need less in common.
    """
    texts, numbers, pile = dict(documents), WordNumbers(), CopyPile(rules)
    for id_, text in texts.items():
        pile.add(id_, numbers.of(text))
    return tuple(pile.copies(texts.__getitem__))


class KnownCopies(msgspec.Struct, frozen=True):
    """What an earlier search among much the same texts found.

    `same` are texts that were there as they are, `gone` the words of those that are not, `copies` all that were found.
    """

    same: frozenset[str] = frozenset()
    gone: tuple[Words, ...] = ()
    copies: Copies = msgspec.field(default_factory=Copies)


NOTHING = KnownCopies()


class CopyPile:
    """Texts, by the numbers of their words, of which some may be copies of others."""

    def __init__(self, rules: CopyRules) -> None:
        self._rules = rules
        self._texts = Texts(rules.seed)

    def add(self, id_: str, words: Words) -> None:
        """Takes in a text."""
        self._texts.add(id_, words)

    def copies(self, text_of: Callable[[str], str], known: KnownCopies = NOTHING) -> Copies:
        """Every pair of which one holds a good part of the other; `text_of` gives the few texts that are copies."""
        texts, rules = self._texts.ordered(), self._rules
        furniture = common_runs(texts, rules.furniture)
        search = _Search(texts, furniture, text_of, rules)
        before = _Before(texts, furniture, known, rules)
        found, copies = defaultdict[int, set[int]](set), Copies()
        for a, b in pairs_sharing([_sampled(runs, furniture, rules) for runs in texts], rules.crowd, LEAST_SHARED_RUNS):
            copy = before.copy(a, b) if before.compared(a, b) else search.compare(a, b)
            if copy is not None:
                found[a].add(b)
                copies.add(copy)
        for third, (a, b) in _relatives(found, rules.crowd):
            if b not in found[a] and (copy := search.compare(a, b, texts.ids[third])):
                found[a].add(b)
                copies.add(copy)
        return copies


class _Before:
    """Pairs of which an earlier search tells whether they are copies: texts as they were, with the same furniture."""

    def __init__(self, texts: OrderedTexts, furniture: Runs, known: KnownCopies, rules: CopyRules) -> None:
        self._ids = texts.ids
        self._copies = known.copies
        self._nothing_gone = not known.gone
        then = [place for place, id_ in enumerate(texts.ids) if id_ in known.same]
        gone = (runs_of(words, rules.seed) for words in known.gone)
        were = common_runs((*(texts[place] for place in then), *gone), rules.furniture) if then else furniture
        other = np.setxor1d(furniture, were, assume_unique=True)
        self._same = frozenset(texts.ids[place] for place in then if not among(texts[place], other).any())

    def compared(self, a: int, b: int) -> bool:
        """Whether two texts were compared. If they were no copies, a text that is gone may have parted them."""
        same = self._ids[a] in self._same and self._ids[b] in self._same
        return same and (self._nothing_gone or self.copy(a, b) is not None)

    def copy(self, a: int, b: int) -> Copy | None:
        """What came of it."""
        one, other = self._ids[a], self._ids[b]
        found = self._copies.get(one, other) or self._copies.get(other, one)
        return found if found and found.reason and found.reason.rule == PASSAGES else None


def _sampled(runs: Runs, furniture: Runs, rules: CopyRules) -> Runs:
    """One in so many runs of a text, each once; all of a short one. Of furniture only where there is hardly more."""
    kinds = np.unique(runs)
    if len(runs) + rules.seed - 1 >= 4 * rules.least:
        kinds = kinds[kinds % np.uint64(rules.sample) == 0]
    own = kinds[~among(kinds, furniture)]
    return own if 100 * len(own) >= rules.share * len(kinds) else kinds


def _relatives(found: Mapping[int, Collection[int]], crowd: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Pairs of what was found to be copies of one third, with that third, in order."""
    partners: dict[int, list[int]] = defaultdict(list)
    for a, others in found.items():
        for b in others:
            partners[a].append(b)
            partners[b].append(a)
    for third, copies in sorted(partners.items()):
        for pair in combinations(sorted(copies)[:crowd], 2):
            yield third, pair


class _Places(msgspec.Struct, frozen=True):
    """Where the runs of a text begin: each one's last place, and those before it of the few that come again."""

    last: dict[int, int]
    before: dict[int, list[int]]

    @classmethod
    def of_runs(cls, runs: Runs) -> _Places:
        """The places of a text's runs."""
        told = runs.tolist()
        last = dict(zip(told, range(len(told)), strict=True))
        before: dict[int, list[int]] = defaultdict(list)
        if len(last) < len(told):
            for place, run in enumerate(told):
                if last[run] != place:
                    before[run].append(place)
        return cls(last, dict(before))

    def of(self, run: int) -> list[int]:
        """The places of a run, from left to right."""
        return [*self.before.get(run, ()), self.last[run]]


class _Text(msgspec.Struct, frozen=True):
    """A text that is compared: the numbers of its words, the places of its runs, and what is its own.

    `own` is 1 for each word of its own; `bare` says that the text is hardly more than furniture.
    """

    words: array[int]
    places: _Places
    own: bytes
    bare: bool

    @classmethod
    def of(cls, words: array[int], runs: Runs, furniture: Runs, rules: CopyRules) -> _Text:
        """Its own are words in no run that a crowd of texts has (a slogan, a footer).

        Where hardly anything is left, as in a wire text that every paper prints, all words are its own.
        """
        every = b"\1" * len(words)
        own = bytearray(every)
        for place in np.flatnonzero(among(runs, furniture)).tolist():
            own[place : place + rules.seed] = bytes(rules.seed)
        bare = 100 * own.count(1) < rules.share * len(words)
        return cls(words, _Places.of_runs(runs), every if bare else bytes(own), bare)


class _Search:
    """Compares texts of a pile in which some runs are furniture."""

    def __init__(self, texts: OrderedTexts, furniture: Runs, text_of: Callable[[str], str], rules: CopyRules) -> None:
        self._texts = texts
        self._rules = rules
        self._text = lru_cache(AT_HAND)(lambda i: _Text.of(texts.words(i), texts[i], furniture, rules))
        self._spans = lru_cache(AT_HAND)(lambda i: array("I", chain.from_iterable(word_places(text_of(texts.ids[i])))))

    def compare(self, a: int, b: int, third: str = "") -> Copy | None:
        """The shorter of two texts as a copy of the longer, or of what both have from a `third`; None if it is none."""
        short, long = sorted((a, b), key=lambda i: (self._texts.length(i), i))
        one, other = self._text(short), self._text(long)
        matches = _matches(one, other, self._rules.seed)
        whole = one.own.count(1)
        shared = sum(one.own.count(1, i, i + length) for i, _, length in matches)
        share = 100 * shared // max(whole, 1)
        if not self._enough(share, shared, one, third):
            return None
        proof = [match for match in matches if match[2] >= self._rules.proof]
        if not proof:
            return None
        note = f"{shared} of {whole} words of its own stand in the other text"
        reason = Reason(PASSAGES, note, score=share)
        if third:
            reason = Reason("link.copy.relatives", f"{note}; both share passages with {third}", score=share)
        left, right = self._spans(short), self._spans(long)
        passages = tuple((_span(left, i, length), _span(right, j, length)) for i, j, length in proof)
        return Copy(self._texts.ids[short], self._texts.ids[long], share, passages, reason)

    def _enough(self, share: int, shared: int, text: _Text, third: str) -> bool:
        """Whether so much is a copy: a good part, or nearly the whole of a few words, or less beside a third copy."""
        rules = self._rules
        if third:
            return share >= rules.share_related and shared >= rules.least_whole
        few = rules.least_whole if share >= rules.whole and not text.bare else rules.least
        return share >= rules.share and shared >= min(few, text.own.count(1))


def _matches(short: _Text, long: _Text, seed: int) -> list[tuple[int, int, int]]:
    """Runs of shared words: where in the short text, where in the long one, how many; left to right."""
    ours, theirs = short.places, long.places
    shared = ours.last.keys() & theirs.last.keys()
    begins = {ours.last[run]: run for run in shared}
    begins |= {place: run for run in ours.before.keys() & shared for place in ours.before[run]}
    matches = []
    after, following = 0, 0
    for i in sorted(begins):
        if i < after:
            continue
        places = theirs.of(begins[i])[:TRIES]
        length, _, j = max((_length(short.words, long.words, i, j), -abs(j - following), j) for j in places)
        if length >= seed:
            matches.append((i, j, length))
            after, following = i + length, j + length
    return matches


def _length(here: Sequence[int], there: Sequence[int], i: int, j: int) -> int:
    start, last = i, min(len(here), len(there) - j + i)
    shift = j - i
    while i < last and here[i] == there[i + shift]:
        i += 1
    return i - start


def _span(bounds: Sequence[int], first: int, length: int) -> Span:
    """The span of so many words; of each word `bounds` has begin and end."""
    return Span(bounds[2 * first], bounds[2 * (first + length) - 1])
