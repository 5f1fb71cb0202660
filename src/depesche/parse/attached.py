"""From the chances of attachments to predicates and their arguments.

The rules' predicates are kept, re-headed, added to or dropped as the model says; arguments are taken in
the order of their chance, one subject and one object to a verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from depesche.model.parse import Link, Parse, Phrase, Predicate, Voice
from depesche.packs.attachments import AttachmentModel
from depesche.packs.grammar import Grammar
from depesche.parse.attach import Attachments
from depesche.parse.likely import Argument, Likely, likely_of
from depesche.parse.predicates import Grid, complexes_of
from depesche.parse.understood import Understood

GOVERNED = frozenset({"obl", "agent"})
WANTED = 0.15  # chance from which an unplaced word becomes the subject that a finite verb lacks, if not its own dative


def attached(ruled: Parse, attachments: Iterable[Attachments], model: AttachmentModel, grammar: Grammar) -> Parse:
    """The parse with the predicates and links that the model finds; attachments of sentences in any order."""
    likely = likely_of(ruled, attachments, model.relations)
    phrases = _phrases(ruled, likely)
    grid = Grid(ruled.clauses, ruled.owners, phrases)
    arguments, copulas = _of_nouns(ruled, likely.arguments)
    predicates = _predicates(ruled, grid, arguments, likely.voices | copulas, grammar)
    arguments = _missing_subjects(predicates, arguments, likely.subjects)
    arguments += _suggested_subjects(ruled, predicates, arguments)
    arguments += _missing_objects(phrases, arguments, likely.objects)
    arguments = _direct(arguments, predicates, phrases, grammar)
    links = _links(ruled, predicates, arguments, (phrases, likely.governors), grammar)
    joined = _joined_predicates(predicates, likely.coordinated)
    links += Understood(ruled.text, ruled.words, grid, predicates, grammar, joined).of(links)
    return msgspec.structs.replace(
        ruled,
        phrases=phrases,
        predicates=tuple(predicates),
        links=tuple(sorted(set(links), key=lambda link: (link.predicate, link.head, link.role, link.understood))),
    )


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
    predicates: Sequence[Predicate], arguments: Sequence[Argument], subjects: Mapping[int, Sequence[Argument]]
) -> list[Argument]:
    """The arguments with subjects for finite verbs that lack one: the likeliest word that is free, or the dative."""
    placed = {argument.word: argument for argument in arguments}
    served = {argument.verb for argument in arguments if argument.role == "subj"}
    for predicate in predicates:
        if predicate.finite < 0 or predicate.word in served:
            continue
        for subject in subjects.get(predicate.word, ()):
            known = placed.get(subject.word)
            own = known is not None and known.verb == predicate.word and known.role in {"dat", "obj"}
            if subject.chance < WANTED and not (own and known is not None and known.role == "dat"):
                continue
            if known is None or own:
                placed[subject.word] = subject
                break
    return list(placed.values())


def _missing_objects(
    phrases: Sequence[Phrase], arguments: Sequence[Argument], objects: Mapping[int, Sequence[Argument]]
) -> list[Argument]:
    """What is given, where a verb has a dative and no object: the likeliest bare phrase that has no place."""
    placed = {argument.word for argument in arguments} | {head for phrase in phrases for head in phrase.conjuncts}
    served = {argument.verb for argument in arguments if argument.role in {"obj", "ccomp", "xcomp"}}
    free = {p.head for p in phrases if not p.preposition and p.genitive_of < 0} - placed
    out = []
    for argument in arguments:
        if argument.role != "dat" or argument.verb in served:
            continue
        given = next((one for one in objects.get(argument.verb, ()) if one.word in free), None)
        if given is not None:
            free.discard(given.word)
            out.append(given)
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


def _phrases(ruled: Parse, likely: Likely) -> tuple[Phrase, ...]:
    """The phrases with their conjuncts, and the nouns that prepositional phrases belong to.

    What "und" joins right before it is sure by rule; the model adds the lists and the phrases farther off.
    """
    heads = {phrase.head for phrase in ruled.phrases}
    sure = {word: phrase.head for phrase in reversed(ruled.phrases) for word in phrase.conjuncts}
    firsts = likely.conjuncts | sure
    conjuncts: dict[int, list[int]] = defaultdict(list)
    for word, first in sorted(firsts.items()):
        if first in heads and word in heads and first < word:
            conjuncts[first].append(word)
    return tuple(
        msgspec.structs.replace(
            phrase,
            conjuncts=tuple(conjuncts.get(phrase.head, ())),
            attached_to=likely.nouns.get(phrase.head, -1) if phrase.preposition else -1,
        )
        for phrase in ruled.phrases
    )


def _joined_predicates(predicates: Sequence[Predicate], coordinated: Mapping[int, int]) -> dict[int, int]:
    """From the second of two coordinated predicates to the first."""
    at = {predicate.word: k for k, predicate in enumerate(predicates)}
    firsts = {k: at.get(coordinated.get(predicate.word, -1), k) for k, predicate in enumerate(predicates)}
    return {k: first for k, first in firsts.items() if first < k}
