"""Texts taken from one another: found by runs of words they share, proved by the passages.

Candidates come from a sampled index of word runs, so cost grows with the pile; a run that very many texts have
(furniture, a slogan, a wire text in every paper) joins them along a chain only. Topic alone never makes a copy.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.link.words import WORD, digest, word_places, words_of
from depesche.model.linkage import Copies, Copy
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.packs.linking import CopyRules

TRIES = 8  # places of one run that are tried for the longest match
LEAST_SHARED_RUNS = 2
PASSAGES = "link.copy.passages"  # the rule of copies that need no third one
AT_HAND = 200  # texts whose runs are kept looked up

Runs = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, bits well spread (the golden ratio)
_SHIFT = np.uint64(29)


class _Text(msgspec.Struct, frozen=True):
    """A text as numbers: one for each word, one for each run of words that begins at it; `kinds` has each run once."""

    id: str
    words: Sequence[int]
    runs: Runs
    kinds: Runs

    @property
    def length(self) -> int:
        return len(self.words)


def find_copies(documents: Sequence[tuple[str, str]], rules: CopyRules) -> tuple[Copy, ...]:
    """Every pair of texts of which one holds a good part of the other; `page` is the shorter of the two.

    Two texts that both share a good part with a third, as cut from one wire text, need less in common.
    """
    texts, numbers = dict(documents), WordNumbers()
    return tuple(copies_among(((id_, numbers.of(text)) for id_, text in texts.items()), texts.__getitem__, rules))


class KnownCopies(msgspec.Struct, frozen=True):
    """What an earlier search among much the same texts found.

    `same` are texts that were there as they are, `gone` the words of those that are not, `copies` all that were found.
    """

    same: frozenset[str] = frozenset()
    gone: tuple[Words, ...] = ()
    copies: Copies = msgspec.field(default_factory=Copies)


NOTHING = KnownCopies()


def copies_among(
    documents: Iterable[tuple[str, Words]],
    text_of: Callable[[str], str],
    rules: CopyRules,
    known: KnownCopies = NOTHING,
) -> Copies:
    """The same for texts by the numbers of their words; `text_of` gives the few that are copies."""
    texts = [_text(id_, words, rules.seed) for id_, words in sorted(documents, key=lambda one: one[0])]
    furniture = _furniture(texts, rules.furniture)
    search = _Search(texts, [_own(text, furniture, rules) for text in texts], text_of, rules)
    chosen = [_sampled(text, furniture, rules) for text in texts]
    before = _Before(texts, furniture, known, rules)
    found, copies = dict[tuple[int, int], None](), Copies()
    for pair in _candidates(chosen, rules.crowd):
        copy = before.copy(*pair) if before.compared(*pair) else search.compare(*pair)
        if copy is not None:
            found[pair] = None
            copies.add(copy)
    for third, (a, b) in _relatives(found, rules.crowd):
        if (a, b) not in found and (copy := search.compare(a, b, texts[third].id)):
            found[a, b] = None
            copies.add(copy)
    return copies


class _Before:
    """Pairs of which an earlier search tells whether they are copies: texts as they were, with the same furniture."""

    def __init__(self, texts: list[_Text], furniture: Runs, known: KnownCopies, rules: CopyRules) -> None:
        self._ids = [text.id for text in texts]
        self._copies = known.copies
        self._nothing_gone = not known.gone
        then = [text for text in texts if text.id in known.same]
        gone = [_text("", words, rules.seed) for words in known.gone]
        other = np.setxor1d(furniture, _furniture([*then, *gone], rules.furniture), assume_unique=True)
        self._same = frozenset(text.id for text in then if not len(other) or not _among(text.kinds, other).any())

    def compared(self, a: int, b: int) -> bool:
        """Whether two texts were compared. If they were no copies, a text that is gone may have parted them."""
        same = self._ids[a] in self._same and self._ids[b] in self._same
        return same and (self._nothing_gone or self.copy(a, b) is not None)

    def copy(self, a: int, b: int) -> Copy | None:
        """What came of it."""
        one, other = self._ids[a], self._ids[b]
        found = self._copies.get(one, other) or self._copies.get(other, one)
        return found if found and found.reason and found.reason.rule == PASSAGES else None


class WordNumbers(dict[str, int]):
    """The number of each word that was met, as it was written: the same in every process, whatever its case."""

    def __missing__(self, word: str) -> int:
        """The number of a word met for the first time."""
        self[word] = number = digest(words_of(word))
        return number

    def of(self, text: str) -> Words:
        """The numbers of a text's words."""
        return np.array([self[word] for word in WORD.findall(text)], dtype=np.uint32)


def _text(id_: str, words: Words, seed: int) -> _Text:
    runs = _runs(words, seed)
    return _Text(id_, array("I", words.tobytes()), runs, np.unique(runs))


def _runs(words: Words, seed: int) -> Runs:
    """A number for each run: of its words in their order, the same in every process."""
    count = max(len(words) - seed + 1, 0)
    codes, runs = words.astype(np.uint64), np.zeros(count, dtype=np.uint64)
    for place in range(seed):
        runs = (runs + codes[place : place + count]) * _FACTOR
        runs ^= runs >> _SHIFT
    return runs


def _candidates(chosen: list[Runs], crowd: int) -> list[tuple[int, int]]:
    """Pairs of texts, by number, that share several of the runs that were chosen of each."""
    if not chosen:
        return []
    runs, holders = np.concatenate(chosen), np.repeat(np.arange(len(chosen)), [len(some) for some in chosen])
    order = np.argsort(runs, kind="stable")
    runs, holders = runs[order], holders[order]
    ends = [*np.flatnonzero(runs[1:] != runs[:-1]) + 1, len(runs)]
    shared: Counter[tuple[int, int]] = Counter()
    start = 0
    for end in ends:
        if end - start > 1:
            shared.update(_pairs(holders[start:end].tolist(), crowd))
        start = end
    return sorted(pair for pair, count in shared.items() if count >= LEAST_SHARED_RUNS)


def _sampled(text: _Text, furniture: Runs, rules: CopyRules) -> Runs:
    """One in so many runs of a text, each once; all of a short one. Of furniture only where there is hardly more."""
    kinds = text.kinds
    if text.length >= 4 * rules.least:
        kinds = kinds[kinds % np.uint64(rules.sample) == 0]
    own = kinds[~_among(kinds, furniture)]
    return own if 100 * len(own) >= rules.share * len(kinds) else kinds


def _pairs(holders: list[int], crowd: int) -> Iterator[tuple[int, int]]:
    reach = len(holders) if len(holders) <= crowd else 1
    for i, a in enumerate(holders):
        for b in holders[i + 1 : i + 1 + reach]:
            yield a, b


def _relatives(found: Collection[tuple[int, int]], crowd: int) -> list[tuple[int, tuple[int, int]]]:
    """Pairs that are copies of one third, with that third, in order."""
    partners: dict[int, list[int]] = defaultdict(list)
    for a, b in found:
        partners[a].append(b)
        partners[b].append(a)
    return [
        (third, pair)
        for third, copies in sorted(partners.items())
        for pair in combinations(sorted(copies)[:crowd], 2)
        if pair not in found
    ]


class _Own(msgspec.Struct, frozen=True):
    """Which words are a text's own, how many, and whether the text is hardly more than furniture."""

    words: list[bool]
    count: int
    bare: bool


class _Places(msgspec.Struct, frozen=True):
    """Where the runs of a text begin: each one's last place, and those before it of the few that come again."""

    last: dict[int, int]
    before: dict[int, list[int]]

    def of(self, run: int) -> list[int]:
        """The places of a run, from left to right."""
        return [*self.before.get(run, ()), self.last[run]]


class _Search:
    """Compares texts of a pile, of each of which it is known which words are its own."""

    def __init__(self, texts: list[_Text], own: list[_Own], text_of: Callable[[str], str], rules: CopyRules) -> None:
        self._texts = texts
        self._own = own
        self._rules = rules
        self._places = lru_cache(AT_HAND)(lambda i: _places_of_runs(texts[i]))
        self._spans = lru_cache(AT_HAND)(lambda i: word_places(text_of(texts[i].id)))

    def compare(self, a: int, b: int, third: str = "") -> Copy | None:
        """The shorter of two texts as a copy of the longer, or of what both have from a `third`; None if it is none."""
        short, long = sorted((a, b), key=lambda i: (self._texts[i].length, self._texts[i].id))
        matches = self._matches(short, long)
        own = self._own[short]
        shared = sum(sum(own.words[i : i + length]) for i, _, length in matches)
        share = 100 * shared // max(own.count, 1)
        if not self._enough(share, shared, own, third):
            return None
        proof = [match for match in matches if match[2] >= self._rules.proof]
        if not proof:
            return None
        note = f"{shared} of {own.count} words of its own stand in the other text"
        reason = Reason(PASSAGES, note, score=share)
        if third:
            reason = Reason("link.copy.relatives", f"{note}; both share passages with {third}", score=share)
        left, right = self._spans(short), self._spans(long)
        passages = tuple((_span(left, i, length), _span(right, j, length)) for i, j, length in proof)
        return Copy(self._texts[short].id, self._texts[long].id, share, passages, reason)

    def _enough(self, share: int, shared: int, own: _Own, third: str) -> bool:
        """Whether so much is a copy: a good part, or nearly the whole of a few words, or less beside a third copy."""
        rules = self._rules
        if third:
            return share >= rules.share_related and shared >= rules.least_whole
        few = rules.least_whole if share >= rules.whole and not own.bare else rules.least
        return share >= rules.share and shared >= min(few, own.count)

    def _matches(self, short: int, long: int) -> list[tuple[int, int, int]]:
        """Runs of shared words: where in the short text, where in the long one, how many; left to right."""
        here, there = self._texts[short].words, self._texts[long].words
        ours, theirs, seed = self._places(short), self._places(long), self._rules.seed
        shared = ours.last.keys() & theirs.last.keys()
        begins = {ours.last[run]: run for run in shared}
        begins |= {place: run for run in ours.before.keys() & shared for place in ours.before[run]}
        matches = []
        after, following = 0, 0
        for i in sorted(begins):
            if i < after:
                continue
            places = theirs.of(begins[i])[:TRIES]
            length, _, j = max((_length(here, there, i, j), -abs(j - following), j) for j in places)
            if length >= seed:
                matches.append((i, j, length))
                after, following = i + length, j + length
        return matches


def _places_of_runs(text: _Text) -> _Places:
    runs = text.runs.tolist()
    last = dict(zip(runs, range(len(runs)), strict=True))
    before: dict[int, list[int]] = defaultdict(list)
    if len(last) < len(runs):
        for place, run in enumerate(runs):
            if last[run] != place:
                before[run].append(place)
    return _Places(last, dict(before))


def _own(text: _Text, furniture: Runs, rules: CopyRules) -> _Own:
    """Which words are the text's own: not in a run that a crowd of texts has (a slogan, a footer).

    Where hardly anything is left, as in a wire text that every paper prints, all words are its own.
    """
    own = [True] * text.length
    for place in np.flatnonzero(_among(text.runs, furniture)).tolist():
        own[place : place + rules.seed] = [False] * rules.seed
    count = sum(own)
    if 100 * count < rules.share * text.length:
        return _Own([True] * text.length, text.length, bare=True)
    return _Own(own, count, bare=False)


def _furniture(texts: list[_Text], crowd: int) -> Runs:
    """The runs that more than a crowd of texts have, sorted."""
    if len(texts) <= crowd:
        return np.zeros(0, dtype=np.uint64)
    runs, spread = np.unique(np.concatenate([text.kinds for text in texts]), return_counts=True)
    found: Runs = runs[spread > crowd]
    return found


def _among(runs: Runs, furniture: Runs) -> npt.NDArray[np.bool_]:
    """Which of the runs are furniture; much faster than `np.isin` for the few runs of one text."""
    if not len(furniture):
        return np.zeros(len(runs), dtype=bool)
    places = np.searchsorted(furniture, runs)
    found: npt.NDArray[np.bool_] = furniture[np.minimum(places, len(furniture) - 1)] == runs
    return found


def _length(here: Sequence[int], there: Sequence[int], i: int, j: int) -> int:
    start, last = i, min(len(here), len(there) - j + i)
    shift = j - i
    while i < last and here[i] == there[i + shift]:
        i += 1
    return i - start


def _span(words: list[tuple[int, int]], first: int, length: int) -> Span:
    return Span(words[first][0], words[first + length - 1][1])
