"""What of the chances of attachments is likely enough to be used, taken from each sentence by itself.

The chances of a sentence are words × heads × relations, so those of a whole article would fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from depesche.model.parse import Parse, Phrase, Voice
from depesche.parse.attach import Attachments

ARGUMENTS = ("subj", "obj", "dat", "gen", "obl", "agent", "ccomp", "xcomp")
SINGLE = frozenset({"subj", "obj", "dat", "gen"})
VOICES = (None, Voice.ACTIVE, Voice.PASSIVE, Voice.COPULA)
CASES = {"subj": "n", "obj": "a", "dat": "d", "gen": "g"}
AGAINST = 0.1  # what is left of a chance that the forms speak against
LIKELY = 0.5
UNLIKELY = 0.3  # chance below which a word takes no role, even if its likelier one is taken
GOVERNS = 0.4  # chance from which a preposition's noun is the model's, not the rules'
POSSIBLE = 0.05  # chance from which a word can become the subject or object that a verb lacks


@dataclass(frozen=True)
class Argument:
    """A word as an argument of a predicate's word, with its chance."""

    chance: float
    word: int
    verb: int
    role: str


@dataclass
class Likely:
    """The likely attachments of an article's words, which count from its first."""

    conjuncts: dict[int, int] = field(default_factory=dict)  # to the first of a list
    nouns: dict[int, int] = field(default_factory=dict)  # from what belongs to a noun to it
    coordinated: dict[int, int] = field(default_factory=dict)  # as conjuncts, of which one head alone is likely
    governors: dict[int, int] = field(default_factory=dict)  # from a noun to its preposition
    voices: dict[int, Voice | None] = field(default_factory=dict)
    arguments: list[Argument] = field(default_factory=list)  # sentence by sentence, the surest first
    subjects: dict[int, list[Argument]] = field(default_factory=dict)  # by verb the possible ones, the likeliest first
    objects: dict[int, list[Argument]] = field(default_factory=dict)


def likely_of(ruled: Parse, attachments: Iterable[Attachments], relations: Sequence[str]) -> Likely:
    """What is likely in an article, from the attachments of its sentences in any order.

    Whom a conjunct or a noun's attribute belongs to is the model's word; all else is weighed with what the forms allow.
    """
    columns = {name: k for k, name in enumerate(relations)}
    infinitives = _infinitives(ruled)
    phrases = _by_sentence(ruled)
    out = Likely()
    arguments: dict[int, list[Argument]] = {}
    for one in attachments:
        out.conjuncts.update(_attached(one, columns["conj"]))
        out.nouns.update(_attached(one, columns["nmod"]))
        weighed = _weighed(one, phrases.get(one.first, ()), infinitives, columns)
        arguments[one.first] = _arguments(weighed, columns)
        out.coordinated.update(_coordinated(weighed, columns["conj"]))
        out.governors.update(_governors(ruled, weighed, columns["case"]))
        out.voices.update((one.first + i, VOICES[k]) for i, k in enumerate(one.voices.argmax(axis=1).tolist()))
        out.subjects.update(_possible(weighed, columns, "subj"))
        out.objects.update(_possible(weighed, columns, "obj"))
    out.arguments.extend(argument for first in sorted(arguments) for argument in arguments[first])
    return out


def _by_sentence(ruled: Parse) -> dict[int, list[Phrase]]:
    """The phrases of each sentence that has some, by its first word."""
    first_of = [sentence.first for sentence in ruled.sentences for _ in range(sentence.first, sentence.last)]
    out: dict[int, list[Phrase]] = {}
    for phrase in ruled.phrases:
        out.setdefault(first_of[phrase.head], []).append(phrase)
    return out


def _infinitives(ruled: Parse) -> frozenset[int]:
    """The infinitives with "zu", which have no subject beside them."""
    words = ruled.words
    return frozenset(
        i for i, word in enumerate(words) if word.tag == "VV(IZU)" or (i > 0 and words[i - 1].tag == "PTKZU")
    )


def _weighed(
    one: Attachments, phrases: Sequence[Phrase], infinitives: frozenset[int], columns: Mapping[str, int]
) -> Attachments:
    """A sentence's chances with those made small that the forms speak against.

    A phrase fills no role whose case it cannot have, its head is no part of a name in another phrase, and an
    infinitive with "zu" has no subject beside it.
    """
    chances = one.chances.copy()
    for verb in range(len(chances)):
        if one.first + verb in infinitives:
            chances[:, verb, columns["subj"]] *= AGAINST
    for phrase in phrases:
        row = chances[phrase.head - one.first]
        if not phrase.preposition:
            for role, case in CASES.items():
                if case not in phrase.cases:
                    row[:, columns[role]] *= AGAINST
        flat = row[:, columns["flat"]]
        flat[: phrase.first - one.first] *= AGAINST
        flat[phrase.last - one.first :] *= AGAINST
    chances /= chances.sum(axis=(1, 2), keepdims=True)
    return Attachments(one.first, chances, one.voices)


def _arguments(one: Attachments, columns: Mapping[str, int]) -> list[Argument]:
    """The arguments of a sentence, the surest first; a verb has one subject, one object."""
    roles = [columns[role] for role in ARGUMENTS]
    chances = one.chances[:, :-1][:, :, roles]
    offers = []
    for word in np.flatnonzero(chances.sum(axis=(1, 2)) > LIKELY).tolist():
        for verb, role in zip(*np.nonzero(chances[word] > UNLIKELY), strict=True):
            chance = float(chances[word, verb, role])
            offers.append(Argument(chance, one.first + word, one.first + int(verb), ARGUMENTS[int(role)]))
    offers.sort(key=lambda offer: (-offer.chance, offer.word, offer.verb, offer.role))
    served: set[tuple[int, str]] = set()
    placed: set[int] = set()
    out = []
    for offer in offers:
        if offer.word in placed or (offer.role in SINGLE and (offer.verb, offer.role) in served):
            continue
        placed.add(offer.word)
        served.add((offer.verb, offer.role))
        out.append(offer)
    return out


def _attached(one: Attachments, column: int) -> Iterator[tuple[int, int]]:
    """The words that have most of their chances in one relation, each with its likeliest head."""
    chances = one.chances[:, :-1, column]
    for word in np.flatnonzero(chances.sum(axis=1) > LIKELY).tolist():
        yield one.first + word, one.first + int(chances[word].argmax())


def _coordinated(one: Attachments, column: int) -> Iterator[tuple[int, int]]:
    """The words that have most of their chances in one relation with one head, each with that head."""
    chances = one.chances[:, :-1, column]
    for word in np.flatnonzero(chances.max(axis=1, initial=0) > LIKELY).tolist():
        yield one.first + word, one.first + int(chances[word].argmax())


def _governors(ruled: Parse, one: Attachments, column: int) -> dict[int, int]:
    """By noun, the first preposition that the model gives it, where the word can be one."""
    out: dict[int, int] = {}
    chances = one.chances[:, :-1, column]
    for word in np.flatnonzero(chances.max(axis=1, initial=0) > GOVERNS).tolist():
        out.setdefault(one.first + int(chances[word].argmax()), one.first + word)
    return {noun: word for noun, word in out.items() if ruled.words[word].tag[:1] in {"A", "K", "P"}}


def _possible(one: Attachments, columns: Mapping[str, int], role: str) -> dict[int, list[Argument]]:
    """By verb the words that can have a role with it, the likeliest first."""
    chances = one.chances[:, :-1, columns[role]]
    out: dict[int, list[Argument]] = {}
    for word, verb in np.argwhere(chances > POSSIBLE).tolist():
        offer = Argument(float(chances[word, verb]), one.first + word, one.first + verb, role)
        out.setdefault(offer.verb, []).append(offer)
    for offers in out.values():
        offers.sort(key=lambda offer: -offer.chance)
    return out
