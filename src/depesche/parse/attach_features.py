"""What the attachment model sees: features of each word, and of each pair of a word and a possible head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from depesche.model.parse import Link, Name, Parse, Phrase, Word
from depesche.packs.clusters import Clusters, stable_hashes

Codes = npt.NDArray[np.uint32]
Pairs = npt.NDArray[np.int16]

WORD_FEATURES = (
    "form",
    "lemma",
    "tag",
    "suffix3",
    "suffix2",
    "prefix3",
    "shape",
    "cluster4",
    "cluster6",
    "cluster10",
    "case",
    "chunk",
    "clause",
    "predicate",
    "determiner",
)
"""The features of a word, in the order of its codes."""

SUGGESTED = tuple(
    role + mark for mark in ("", "*") for role in ("subj", "obj", "dat", "gen", "obl", "agent", "ccomp", "xcomp")
)
"""What the rules of `links` can suggest for a pair; a star marks an understood argument."""

DISTANCES = (-30, -20, -14, -10, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 14, 20, 30)
"""Upper bounds of the classes of distance, in words."""

GENITIVE, CONJUNCT, PREPOSITION = len(SUGGESTED) + 1, len(SUGGESTED) + 2, len(SUGGESTED) + 3
MOST_MARKS, MOST_VERBS = 7, 2
AT_ONCE = 512  # words whose features are hashed at once
MARKS = frozenset({",", ";", ":", "–", "(", ")"})

OPENED = ("KON", "$,", "$.", "$(", "VV", "VA", "VM", "N")
"""Tags, or how they begin, of the word before a phrase; others count as one more."""

PAIR_FEATURES = (
    PREPOSITION + 1,
    len(DISTANCES) + 1,
    (MOST_MARKS + 1) * (MOST_VERBS + 1),
    6,
    len(OPENED) + 3,
)
"""Number of values of each pair feature: suggested role, distance, marks and verbs between, clauses, phrases."""


@dataclass(frozen=True)
class Surroundings:
    """What the rules found around each word of an article: phrases, names, times, predicates, links."""

    phrases: Mapping[int, Sequence[Phrase]]  # by first word
    phrase_of: Mapping[int, Phrase]  # the narrowest phrase that holds a word
    names: Mapping[int, str]  # the label of the name that a word stands in
    times: frozenset[int]
    voices: Mapping[int, str]  # of the predicates' words, with a mark where a modal governs them
    finite: frozenset[int]
    links: Mapping[int, Sequence[tuple[int, str]]]  # by word: (predicate's word, role)


def surroundings(parse: Parse, times: frozenset[int]) -> Surroundings:
    """The surroundings that a parse by rules gives."""
    phrases: dict[int, list[Phrase]] = {}
    phrase_of: dict[int, Phrase] = {}
    for phrase in parse.phrases:
        phrases.setdefault(phrase.first, []).append(phrase)
        for i in range(phrase.first, phrase.last):
            known = phrase_of.get(i)
            if known is None or phrase.last - phrase.first < known.last - known.first:
                phrase_of[i] = phrase
    links: dict[int, list[tuple[int, str]]] = {}
    for link in parse.links:
        links.setdefault(link.head, []).append((parse.predicates[link.predicate].word, _role(link)))
    return Surroundings(
        phrases,
        phrase_of,
        {i: name.label for name in parse.names for i in _words(name)},
        times,
        {p.word: p.voice.value + "m" * bool(p.modal) for p in parse.predicates},
        frozenset(p.finite for p in parse.predicates),
        links,
    )


def _words(name: Name) -> range:
    return range(name.first, name.last)


def _role(link: Link) -> str:
    return link.role.partition(":")[0] + "*" * link.understood


def word_codes(parse: Parse, around: Surroundings, clusters: Clusters) -> Codes:
    """For each word of the article its features as hashes; 0, the hash of no letters, where it has none."""
    out = np.zeros((len(parse.words), len(WORD_FEATURES)), np.uint32)
    for first in range(0, len(parse.words), AT_ONCE):
        words = range(first, min(first + AT_ONCE, len(parse.words)))
        forms = [parse.word(i) for i in words]
        known, small = clusters.each(forms), clusters.each([form.lower() for form in forms])
        told: list[str] = []
        for i, form, path, low in zip(words, forms, known, small, strict=True):
            told += _form(form, parse.words[i], path or low)
            told += _place(parse, i, around)
        out[first : words.stop] = np.array(stable_hashes(told), np.uint32).reshape(len(words), -1)
    return out


def _form(form: str, word: Word, path: int) -> tuple[str, ...]:
    low = form.lower()
    coarse = [str(path & ((1 << bits) - 1)) if path else "" for bits in (4, 6, 10)]
    return (low, word.lemma.lower(), word.tag, low[-3:], low[-2:], low[:3], _shape(form), *coarse)


def _shape(form: str) -> str:
    """The form as capitals X, small letters x and digits 9; runs of three and more are cut to two, 8 in all."""
    out = ""
    for letter in form:
        kind = "X" if letter.isupper() else "x" if letter.islower() else "9" if letter.isdigit() else letter
        if out[-2:] != kind + kind:
            out += kind
        if len(out) == 8:
            break
    return out


def _place(parse: Parse, i: int, around: Surroundings) -> tuple[str, ...]:
    phrase = around.phrase_of.get(i)
    owner = parse.owners[i]
    opens = i == 0 or owner != parse.owners[i - 1]
    determiner = "-"
    case, chunk = "none", "-"
    if phrase is not None:
        head = phrase.head == i
        case = phrase.cases if head else "~" + phrase.cases
        marks = "p" * bool(phrase.preposition) + "g" * (phrase.genitive_of >= 0) + "c" * bool(phrase.conjuncts)
        chunk = ("H" if head else "I") + marks
        if head and phrase.first != i:
            determiner = parse.word(phrase.first).lower()
    return (
        case,
        chunk + around.names.get(i, "")[:3] + "T" * (i in around.times),
        parse.clauses[owner].kind + "s" * opens,
        around.voices.get(i) or ("f" if i in around.finite else "-"),
        determiner,
    )


def pair_codes(parse: Parse, around: Surroundings, firsts: Sequence[int], length: int) -> Pairs:
    """Of sentences of one length, by their first words: for each word, each possible head and the root, the features.

    Sentences × words × heads and the root behind them × PAIR_FEATURES.
    """
    out = np.zeros((len(firsts), length, length + 1, len(PAIR_FEATURES)), np.int16)
    for k, first in enumerate(firsts):
        _suggest(out[k], parse, around, range(first, first + length))
        _bounds(out[k], parse, around, range(first, first + length))
    out[..., 1] = _distances(length)
    out[:, :, :length, 2] = _between(parse, firsts, length)
    owners = np.array([parse.owners[first : first + length] for first in firsts])
    parents = np.array([[parse.clauses[owner].parent for owner in row] for row in owners.tolist()])
    word, head = owners[:, :, None], owners[:, None, :]
    same = word == head
    below = (parents[:, :, None] == head) & ~same
    above = (parents[:, None, :] == word) & ~same & ~below
    out[:, :, :length, 3] = np.where(same, 1, np.where(below, 2, np.where(above, 3, 4)))
    return out


def _distances(length: int) -> Pairs:
    """The classes of distance of words and heads, the root behind the last."""
    distance = np.arange(length + 1)[None, :] - np.arange(length)[:, None]
    return np.asarray(np.searchsorted(np.array(DISTANCES), distance), np.int16)


def _bounds(out: Pairs, parse: Parse, around: Surroundings, words: range) -> None:
    """For a phrase's head whether the other word is in the phrase (1), and else what stands before the phrase."""
    first = words.start
    for word in words:
        phrase = around.phrase_of.get(word)
        if phrase is None or phrase.head != word:
            continue
        start = phrase.preposition_word if 0 <= phrase.preposition_word < phrase.first else phrase.first
        before = parse.words[start - 1].tag if start > first else "$."
        opened = next((k for k, tag in enumerate(OPENED) if before.startswith(tag)), len(OPENED))
        out[word - first, :, 4] = opened + 2
        out[word - first, phrase.first - first : phrase.last - first, 4] = 1


def _suggest(out: Pairs, parse: Parse, around: Surroundings, words: range) -> None:
    first = words.start
    for i in words:
        for verb, role in around.links.get(i, ()):
            out[i - first, verb - first, 0] = SUGGESTED.index(role) + 1
    for phrase in (phrase for i in words for phrase in around.phrases.get(i, ())):
        head = phrase.head - first
        if phrase.genitive_of >= 0:
            out[head, phrase.genitive_of - first, 0] = GENITIVE
        for other in phrase.conjuncts:
            out[other - first, head, 0] = CONJUNCT
        if phrase.preposition_word >= 0:
            out[phrase.preposition_word - first, head, 0] = PREPOSITION


def _between(parse: Parse, firsts: Sequence[int], length: int) -> Pairs:
    """How many marks and finite verbs stand between two words of a sentence, in one number."""
    marks = _counted([[parse.word(first + i) in MARKS for i in range(length)] for first in firsts])
    verbs = _counted([[parse.words[first + i].tag.endswith("FIN)") for i in range(length)] for first in firsts])
    at = np.arange(length)
    low, high = np.minimum(at[:, None], at[None, :]), np.maximum(at[:, None], at[None, :])
    commas = np.minimum(marks[:, high] - marks[:, low], MOST_MARKS)
    inner = np.where(high > low, verbs[:, high] - verbs[:, np.minimum(low + 1, high)], 0)
    return np.asarray(commas * (MOST_VERBS + 1) + np.minimum(inner, MOST_VERBS), np.int16)


def _counted(rows: Sequence[Sequence[bool]]) -> npt.NDArray[np.intp]:
    """Of each row, how many stand before each place and, last, in all."""
    return np.cumsum([[False, *row] for row in rows], axis=1, dtype=np.intp)
