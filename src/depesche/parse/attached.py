"""From the chances of attachments to predicates and their arguments.

The rules' predicates are kept, re-headed, added to or dropped as the model says; arguments are taken in
the order of their chance, one subject and one object to a verb.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from depesche.model.parse import Link, Parse, Phrase, Predicate, Voice
from depesche.packs.attachments import AttachmentModel
from depesche.packs.grammar import Grammar
from depesche.parse.attach import Attachments
from depesche.parse.predicates import Grid, complexes_of
from depesche.parse.understood import Understood

ARGUMENTS = ("subj", "obj", "dat", "gen", "obl", "agent", "ccomp", "xcomp")
SINGLE = frozenset({"subj", "obj", "dat", "gen"})
GOVERNED = frozenset({"obl", "agent"})
VOICES = (None, Voice.ACTIVE, Voice.PASSIVE, Voice.COPULA)
CASES = {"subj": "n", "obj": "a", "dat": "d", "gen": "g"}
AGAINST = 0.1  # what is left of a chance that the forms speak against
LIKELY = 0.5
UNLIKELY = 0.3  # chance below which a word takes no role, even if its likelier one is taken
GOVERNS = 0.4  # chance from which a preposition's noun is the model's, not the rules'
WANTED = 0.15  # chance from which an unplaced word becomes the subject that a finite verb lacks
POSSIBLE = 0.05  # the same for the verb's own dative, and for what a verb with a dative gives


@dataclass(frozen=True)
class Argument:
    """A word as an argument of a predicate's word, with its chance."""

    chance: float
    word: int
    verb: int
    role: str


def attached(ruled: Parse, attachments: Sequence[Attachments], model: AttachmentModel, grammar: Grammar) -> Parse:
    """The parse with the predicates and links that the model finds."""
    columns = {name: k for k, name in enumerate(model.relations)}
    phrases = _phrases(ruled, attachments, (columns["conj"], columns["nmod"]))
    grid = Grid(ruled.clauses, ruled.owners, phrases)
    attachments = _weighed(ruled, attachments, columns)
    arguments = [argument for one in attachments for argument in _arguments(one, columns)]
    arguments, copulas = _of_nouns(ruled, arguments)
    voices = {one.first + i: VOICES[k] for one in attachments for i, k in enumerate(one.voices.argmax(axis=1).tolist())}
    voices |= copulas
    predicates = _predicates(ruled, grid, arguments, voices, grammar)
    arguments = _missing_subjects(predicates, arguments, attachments, columns["subj"])
    arguments += _suggested_subjects(ruled, predicates, arguments)
    arguments += _missing_objects(phrases, arguments, attachments, columns["obj"])
    arguments = _direct(arguments, predicates, phrases, grammar)
    governors = _governors(ruled, attachments, columns["case"])
    links = _links(ruled, predicates, arguments, (phrases, governors), grammar)
    joined = _joined_predicates(predicates, attachments, columns["conj"])
    links += Understood(ruled.text, ruled.words, grid, predicates, grammar, joined).of(links)
    return msgspec.structs.replace(
        ruled,
        phrases=phrases,
        predicates=tuple(predicates),
        links=tuple(sorted(set(links), key=lambda link: (link.predicate, link.head, link.role, link.understood))),
    )


def _weighed(ruled: Parse, attachments: Sequence[Attachments], columns: Mapping[str, int]) -> list[Attachments]:
    """The chances with those made small that the forms speak against.

    A phrase fills no role whose case it cannot have, its head is no part of a name in another phrase, and an
    infinitive with "zu" has no subject beside it.
    """
    changed = [Attachments(one.first, one.chances.copy(), one.voices) for one in attachments]
    place = [k for k, sentence in enumerate(ruled.sentences) for _ in range(sentence.first, sentence.last)]
    for verb in _infinitives(ruled):
        one = changed[place[verb]]
        one.chances[:, verb - one.first, columns["subj"]] *= AGAINST
    for phrase in ruled.phrases:
        one = changed[place[phrase.head]]
        row = one.chances[phrase.head - one.first]
        if not phrase.preposition:
            for role, case in CASES.items():
                if case not in phrase.cases:
                    row[:, columns[role]] *= AGAINST
        outside = np.ones(len(row), bool)
        outside[phrase.first - one.first : phrase.last - one.first] = False
        row[outside, columns["flat"]] *= AGAINST
    for one in changed:
        one.chances[:] /= one.chances.sum(axis=(1, 2), keepdims=True)
    return changed


def _infinitives(ruled: Parse) -> frozenset[int]:
    """The infinitives with "zu", which have no subject beside them."""
    words = ruled.words
    return frozenset(
        i for i, word in enumerate(words) if word.tag == "VV(IZU)" or (i > 0 and words[i - 1].tag == "PTKZU")
    )


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


def _of_nouns(ruled: Parse, arguments: Sequence[Argument]) -> tuple[list[Argument], dict[int, Voice | None]]:
    """What hangs on a copula that has no subject and no object, on the noun that the rules see under it instead.

    With it come the voices of the copula, which is no predicate then, and of the noun.
    """
    governing = {argument.verb for argument in arguments if argument.role not in GOVERNED}
    nouns = {
        p.finite: p.word
        for p in ruled.predicates
        if p.voice == Voice.COPULA and p.finite != p.word and p.finite not in governing and p.word not in governing
    }
    moved = [replace(argument, verb=nouns.get(argument.verb, argument.verb)) for argument in arguments]
    voices: dict[int, Voice | None] = dict.fromkeys(nouns)
    return moved, voices | dict.fromkeys(nouns.values(), Voice.COPULA)


def _predicates(
    ruled: Parse, grid: Grid, arguments: Sequence[Argument], voices: Mapping[int, Voice | None], grammar: Grammar
) -> list[Predicate]:
    """The rules' predicates that the model confirms, and those it adds, in order of clause and word."""
    governing = {argument.verb for argument in arguments}
    words = governing | {word for word, voice in voices.items() if voice is not None}
    known = {predicate.word: predicate for predicate in ruled.predicates}
    complexes = complexes_of(ruled.text, ruled.words, grid, grammar)
    out = []
    for word in sorted(words):
        voice = voices[word]
        found = known.get(word) or complexes[ruled.owners[word]].predicate_at(word, voice or Voice.ACTIVE)
        if found is not None:
            out.append(found if voice in {None, found.voice} else msgspec.structs.replace(found, voice=voice))
    return sorted(out, key=lambda predicate: (predicate.clause, predicate.word))


def _missing_subjects(
    predicates: Sequence[Predicate], arguments: Sequence[Argument], attachments: Sequence[Attachments], column: int
) -> list[Argument]:
    """The arguments with subjects for finite verbs that lack one: the likeliest word that is free, or the dative."""
    placed = {argument.word: argument for argument in arguments}
    served = {argument.verb for argument in arguments if argument.role == "subj"}
    for predicate in predicates:
        one = attachments[predicate.sentence]
        if predicate.finite < 0 or predicate.word in served:
            continue
        chances = one.chances[:, predicate.word - one.first, column]
        for i in np.argsort(-chances, kind="stable").tolist():
            word, chance = one.first + i, float(chances[i])
            known = placed.get(word)
            own = known is not None and known.verb == predicate.word and known.role in {"dat", "obj"}
            if chance < (POSSIBLE if own and known is not None and known.role == "dat" else WANTED):
                continue
            if known is None or own:
                placed[word] = Argument(chance, word, predicate.word, "subj")
                break
    return list(placed.values())


def _missing_objects(
    phrases: Sequence[Phrase], arguments: Sequence[Argument], attachments: Sequence[Attachments], column: int
) -> list[Argument]:
    """What is given, where a verb has a dative and no object: the likeliest bare phrase that has no place."""
    placed = {argument.word for argument in arguments} | {head for phrase in phrases for head in phrase.conjuncts}
    served = {argument.verb for argument in arguments if argument.role in {"obj", "ccomp", "xcomp"}}
    free = {p.head for p in phrases if not p.preposition and p.genitive_of < 0} - placed
    starts = [one.first for one in attachments]
    out = []
    for argument in arguments:
        if argument.role != "dat" or argument.verb in served:
            continue
        one = attachments[bisect_right(starts, argument.verb) - 1]
        chances = one.chances[:, argument.verb - one.first, column]
        for i in np.argsort(-chances, kind="stable").tolist():
            if chances[i] > POSSIBLE and one.first + i in free:
                free.discard(one.first + i)
                out.append(Argument(float(chances[i]), one.first + i, argument.verb, "obj"))
                break
    return out


def _suggested_subjects(ruled: Parse, predicates: Sequence[Predicate], arguments: Sequence[Argument]) -> list[Argument]:
    """Subjects that only the rules see, for finite verbs that have none, where the word has no other place."""
    placed = {argument.word for argument in arguments}
    served = {argument.verb for argument in arguments if argument.role == "subj"}
    finite = {predicate.word for predicate in predicates if predicate.finite >= 0}
    out: dict[int, Argument] = {}
    for link in ruled.links:
        verb = ruled.predicates[link.predicate].word
        open_to = verb in finite and verb not in served and link.head not in placed
        if link.role == "subj" and not link.understood and open_to:
            out.setdefault(verb, Argument(0.0, link.head, verb, "subj"))
    return list(out.values())


def _direct(
    arguments: Sequence[Argument], predicates: Sequence[Predicate], phrases: Sequence[Phrase], grammar: Grammar
) -> list[Argument]:
    """The arguments, where a lone dative that can be an accusative is the object of a verb that governs no dative."""
    lemmas = {predicate.word: predicate.lemma for predicate in predicates if predicate.voice == Voice.ACTIVE}
    served = {argument.verb for argument in arguments if argument.role in {"obj", "ccomp", "xcomp"}}
    accusative = {phrase.head for phrase in phrases if "a" in phrase.cases}
    return [
        replace(argument, role="obj")
        if argument.role == "dat"
        and argument.verb in lemmas
        and argument.verb not in served
        and argument.word in accusative
        and not grammar.governs(lemmas[argument.verb], "dat")
        and not grammar.governs(lemmas[argument.verb], "dat+acc")
        else argument
        for argument in arguments
    ]


def _governors(ruled: Parse, attachments: Sequence[Attachments], column: int) -> dict[int, int]:
    """By noun, the first preposition that the model gives it."""
    out: dict[int, int] = {}
    for one in attachments:
        chances = one.chances[:, :-1, column]
        for word in np.flatnonzero(chances.max(axis=1, initial=0) > GOVERNS).tolist():
            out.setdefault(one.first + int(chances[word].argmax()), one.first + word)
    return {noun: word for noun, word in out.items() if ruled.words[word].tag[:1] in {"A", "K", "P"}}


def _links(
    ruled: Parse,
    predicates: Sequence[Predicate],
    arguments: Sequence[Argument],
    bound: tuple[Sequence[Phrase], Mapping[int, int]],
    grammar: Grammar,
) -> list[Link]:
    """The arguments as links, conjuncts with their first; `bound`: phrases, and prepositions by noun."""
    phrases = {phrase.head: phrase for phrase in bound[0]}
    at = {predicate.word: k for k, predicate in enumerate(predicates)}
    out: list[Link] = []
    for argument in arguments:
        role = argument.role
        phrase = phrases.get(argument.word)
        if role in GOVERNED:
            governor = bound[1].get(argument.word)
            preposition = grammar.plain(ruled.word(governor)) if governor is not None else ""
            preposition = preposition or (phrase.preposition if phrase else "")
            if not preposition:
                continue
            role = f"{role}:{preposition}"
        if argument.verb in at:
            heads = (argument.word, *(phrase.conjuncts if phrase and role not in {"ccomp", "xcomp"} else ()))
            out.extend(Link(at[argument.verb], role, head) for head in heads)
    return out


def _phrases(ruled: Parse, attachments: Sequence[Attachments], columns: tuple[int, int]) -> tuple[Phrase, ...]:
    """The phrases with their conjuncts, and the nouns that prepositional phrases belong to.

    What "und" joins right before it is sure by rule; the model adds the lists and the phrases farther off.
    """
    heads = {phrase.head for phrase in ruled.phrases}
    sure = {word: phrase.head for phrase in reversed(ruled.phrases) for word in phrase.conjuncts}
    firsts = dict(_attached(attachments, columns[0])) | sure
    conjuncts: dict[int, list[int]] = defaultdict(list)
    for word, first in sorted(firsts.items()):
        if first in heads and word in heads and first < word:
            conjuncts[first].append(word)
    nouns = dict(_attached(attachments, columns[1]))
    return tuple(
        msgspec.structs.replace(
            phrase,
            conjuncts=tuple(conjuncts.get(phrase.head, ())),
            attached_to=nouns.get(phrase.head, -1) if phrase.preposition else -1,
        )
        for phrase in ruled.phrases
    )


def _attached(attachments: Sequence[Attachments], column: int) -> Iterator[tuple[int, int]]:
    """The words that have most of their chances in one relation, each with its likeliest head."""
    for one in attachments:
        chances = one.chances[:, :-1, column]
        for word in np.flatnonzero(chances.sum(axis=1) > LIKELY).tolist():
            yield one.first + word, one.first + int(chances[word].argmax())


def _joined_predicates(
    predicates: Sequence[Predicate], attachments: Sequence[Attachments], column: int
) -> dict[int, int]:
    """From the second of two coordinated predicates to the first."""
    at = {predicate.word: k for k, predicate in enumerate(predicates)}
    out = {}
    for k, predicate in enumerate(predicates):
        one = attachments[predicate.sentence]
        chances = one.chances[predicate.word - one.first, :-1, column]
        first = one.first + int(chances.argmax())
        if chances.max() > LIKELY and first in at and at[first] < k:
            out[k] = at[first]
    return out
