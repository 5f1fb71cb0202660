"""Where an article names its parties, indexed so that a long article is not walked through for each of its events."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from depesche.model.reading import Party
from depesche.read.passage import Passage

FEW = 50  # mentions that are rather walked through than looked up party by party


@dataclass(frozen=True)
class Naming:
    """The mentions of parties in an article; the k-th of a party is the k-th in `mentions`."""

    passage: Passage

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Party, ...]]:
        """The mentions of each party; one that means several counts for each."""
        out: dict[str, list[Party]] = defaultdict(list)
        singles = {party.id for party in self.passage.parties if not party.members}
        for party in self.passage.parties:
            for id in party.members or (party.id,):
                if id in singles:
                    out[id].append(party)
        return {id: tuple(mentions) for id, mentions in out.items()}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The parties by how often they are named, the first of them 0."""
        counts = {id: (-len(mentions), mentions[0].start) for id, mentions in self.mentions.items()}
        return {id: k for k, id in enumerate(sorted(counts, key=lambda id: (counts[id], id)))}

    @cached_property
    def sentence_of(self) -> Mapping[int, int]:
        """The sentence of each party's head word."""
        return {party.head: self.passage.clause(party.head).sentence for party in self.passage.parties}

    @cached_property
    def leading(self) -> frozenset[str]:
        """The parties that are named in the first sentence."""
        return frozenset(id for id, _ in self.in_sentence.get(0, ()))

    @cached_property
    def in_sentence(self) -> Mapping[int, Sequence[tuple[str, int]]]:
        """The mentions in each sentence: the party, and which of its mentions."""
        out: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for id, k, mention in self._each():
            out[self.sentence_of[mention.head]].append((id, k))
        return out

    @cached_property
    def at_word(self) -> Mapping[int, Sequence[tuple[str, int]]]:
        """The mentions by their own head word and by that of the noun phrase which they stand in."""
        out: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for id, k, mention in self._each():
            phrase = self.passage.phrase_at.get(mention.head)
            for word in {mention.head, phrase.head} if phrase is not None else (mention.head,):
                out[word].append((id, k))
        return out

    def beyond(self, id: str, sentences: Sequence[int]) -> Iterator[int]:
        """Of a party's mentions outside some sentences, which are in order: all that can be the nearest to these.

        Between two of the sentences some mentions are behind the one and the others ahead of the next; of either kind
        the first or the last is the nearest, for the distance grows towards the middle and falls again.
        """
        heads, places, order = self._ordered[id]
        bounds = [(0, bisect_left(places, sentences[0]))]
        for one, following in pairwise(sentences):
            middle = bisect_left(places, (one + following + 1) // 2)
            bounds += [(bisect_right(places, one), middle), (middle, bisect_left(places, following))]
        bounds.append((bisect_right(places, sentences[-1]), len(order)))
        for low, high in bounds:
            if low < high:
                yield order[low]
                yield order[bisect_left(heads, heads[high - 1])]

    def others_between(self, low: int, high: int, id: str, most: int) -> int:
        """How many other parties are named by words between two words, no more than `most`."""
        heads, ids = self._all
        first, last = bisect_right(heads, low), bisect_left(heads, high)
        found = {one for one in ids[first : min(last, first + FEW)] if one != id}
        if last - first > FEW and len(found) < most:
            for other, own in self._heads_of.items():
                if other != id and bisect_right(own, low) < bisect_left(own, high):
                    found.add(other)
                    if len(found) >= most:
                        break
        return min(len(found), most)

    def _each(self) -> Iterator[tuple[str, int, Party]]:
        for id, mentions in self.mentions.items():
            yield from ((id, k, mention) for k, mention in enumerate(mentions))

    @cached_property
    def _ordered(self) -> Mapping[str, tuple[Sequence[int], Sequence[int], Sequence[int]]]:
        """Of each party, in order of their words: head words, sentences, and which mentions."""
        out = {}
        for id, mentions in self.mentions.items():
            order = sorted(range(len(mentions)), key=lambda k: mentions[k].head)
            heads = [mentions[k].head for k in order]
            out[id] = heads, [self.sentence_of[head] for head in heads], order
        return out

    @cached_property
    def _all(self) -> tuple[Sequence[int], Sequence[str]]:
        """The head words of all mentions, in order, and whom each names."""
        named = sorted((party.head, party.id) for party in self.passage.parties)
        return [head for head, _ in named], [id for _, id in named]

    @cached_property
    def _heads_of(self) -> Mapping[str, Sequence[int]]:
        """The head words that name each party, those first that are named most."""
        out: dict[str, list[int]] = defaultdict(list)
        for head, id in zip(*self._all, strict=True):
            out[id].append(head)
        return dict(sorted(out.items(), key=lambda item: (-len(item[1]), item[0])))


def nearest(places: Sequence[int], place: int) -> int:
    """The one of some places, in order, that is nearest to another; the lower of two."""
    at = bisect_left(places, place)
    return min(places[max(at - 1, 0) : at + 1], key=lambda own: (abs(own - place), own))


def around(places: Iterable[int], reach: int) -> set[int]:
    """The whole numbers no farther than so much from some."""
    return {place + step for place in places for step in range(-reach, reach + 1)}
