"""Triggers: the words of an article that may tell of an event, each with its frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from depesche.model.parse import Predicate, Voice
from depesche.packs.frames import Frame, Typed
from depesche.read.passage import Passage


class Kind(StrEnum):
    """How a trigger is built, which decides where its participants stand."""

    VERB = "verb"
    PHRASE = "phrase"
    NOUN = "noun"
    PARTICIPLE = "participle"


@dataclass(frozen=True)
class Trigger:
    """A word with a frame.

    `predicate` is the verb itself, the light verb, or the verb that governs the noun (-1: none); `role`
    the noun's role under that verb.
    """

    type: str
    frame: Frame
    kind: Kind
    word: int
    predicate: int = -1
    role: str = ""


ENDING = {"COERCE", "REJECT"}
"""Types of light verbs that end what their noun names."""

OCCASIONAL = {"bei", "während", "nach", "vor", "seit", "anlässlich"}
SHORT = 4  # letters: a shorter veto word is no end of a compound

REMOTE = {"phone", "video"}


def find_triggers(passage: Passage) -> list[Trigger]:
    """All triggers in order of their words, at most one a word; light verbs before bare nouns and verbs."""
    found: dict[int, Trigger] = {}
    taken: set[int] = set()
    for trigger in _phrases(passage):
        found.setdefault(trigger.word, trigger)
        if trigger.frame.mode not in REMOTE:  # "am Telefon gratulieren" is a call and a congratulation
            taken.add(passage.parse.predicates[trigger.predicate].word)
    for trigger in _verbs(passage):
        if trigger.word not in taken:
            found.setdefault(trigger.word, trigger)
    nouns = _nouns(passage)
    for trigger in (*nouns, *_participles(passage)):
        found.setdefault(trigger.word, trigger)
    # "eine Kundgebung auflösen", "ein Treffen absagen": what is ended is told too
    ended = [
        n
        for n in nouns
        if found[n.word].kind == Kind.PHRASE and found[n.word].type in ENDING and n.type != found[n.word].type
    ]
    return sorted([*found.values(), *ended], key=lambda trigger: (trigger.word, trigger.type))


def _phrases(passage: Passage) -> list[Trigger]:
    """ "Gespräche führen", "in Kraft setzen", "zu Gast sein": a noun under its light verb."""
    out = []
    frames = passage.knowledge.frames
    for k, predicate in enumerate(passage.parse.predicates):
        for noun, role, preposition, verb in _under(passage, k, predicate):
            typed = frames.for_phrase(verb, passage.parse.words[noun].lemma, preposition)
            chosen = _chosen(passage, typed, k)
            if chosen is not None:
                out.append(Trigger(*chosen, Kind.PHRASE, noun, k, role))
    return [*out, *_resultatives(passage)]


def _under(passage: Passage, k: int, predicate: Predicate) -> Iterator[tuple[int, str, str, str]]:
    """The nouns that can make a light verb with a predicate: noun, role, preposition, the verb's lemma."""
    seen = set()
    for link in passage.links_of.get(k, ()):
        role, _, preposition = link.role.partition(":")
        if not link.understood and role not in {"ccomp", "xcomp"}:
            seen.add(link.head)
            yield link.head, role, preposition, predicate.lemma
    for phrase in passage.nested(k):
        if phrase.preposition and phrase.head not in seen:
            yield phrase.head, "obl", phrase.preposition, predicate.lemma
    own = passage.phrase_by_head.get(predicate.word)
    if own is not None and own.preposition and predicate.finite >= 0:
        yield predicate.word, "pred", own.preposition, passage.parse.words[predicate.finite].lemma


def _resultatives(passage: Passage) -> list[Trigger]:
    """ "verantwortlich machen", "gefangen nehmen": an adjective under its light verb."""
    out = []
    for k, predicate in enumerate(passage.parse.predicates):
        for i in passage.stretch(predicate.word):
            word = passage.parse.words[i]
            typed = passage.knowledge.frames.for_phrase(predicate.lemma, word.lemma) if word.tag == "ADJ(D)" else ()
            chosen = _chosen(passage, typed, k)
            if chosen is not None:
                out.append(Trigger(*chosen, Kind.PHRASE, i, k, "pred"))
    return out


def _verbs(passage: Passage) -> list[Trigger]:
    out = []
    for k, predicate in enumerate(passage.parse.predicates):
        chosen = _chosen(passage, _verbal(passage, predicate), k)
        if chosen is not None:
            out.append(Trigger(*chosen, Kind.VERB, predicate.word, k))
    return out


def _verbal(passage: Passage, predicate: Predicate) -> tuple[Typed, ...]:
    """Frames of a predicate: of its verb or adjective, or of "werden" with this noun."""
    frames = passage.knowledge.frames
    found = frames.for_verb(predicate.lemma)
    if found or predicate.voice != Voice.COPULA or predicate.finite < 0:
        return found
    return frames.for_copula(passage.parse.words[predicate.finite].lemma, passage.parse.words[predicate.word].lemma)


def _nouns(passage: Passage) -> list[Trigger]:
    out = []
    for i, word in enumerate(passage.parse.words):
        if word.tag not in {"NN", "NNI", "NNA"} or not word.lemma[:1].isupper():
            continue
        governor = passage.governor(i)
        predicate, role = governor if governor is not None else (-1, "")
        chosen = _chosen(passage, passage.knowledge.frames.for_noun(word.lemma), predicate, noun=i)
        if chosen is not None:
            out.append(Trigger(*chosen, Kind.NOUN, i, predicate, role))
    return out


def _participles(passage: Passage) -> list[Trigger]:
    """ "der neu ernannte Minister", "der zu Besuch kommende Präsident": attributive participles of a frame's verb."""
    out = []
    for i, word in enumerate(passage.parse.words):
        if word.tag != "ADJ(A)" or not word.lemma[:1].islower():
            continue
        typed = _of_present(passage, i) if word.lemma.endswith("end") else _of_past(passage, word.lemma)
        fits = [pair for pair in typed if not _vetoed(passage, pair[1], i)]
        if fits:
            out.append(Trigger(*fits[0], Kind.PARTICIPLE, i))
    return out


def _of_past(passage: Passage, participle: str) -> list[Typed]:
    frames, grammar = passage.knowledge.frames, passage.knowledge.grammar
    typed = [pair for verb in grammar.verbs_of(participle) for pair in frames.for_verb(verb)]
    return [pair for pair in typed if pair[1].participles]


def _of_present(passage: Passage, i: int) -> list[Typed]:
    """Frames of the light verb that a present participle and the phrase before it make: "zu Besuch kommend"."""
    words = passage.parse.words
    if i < 2 or words[i - 2].tag not in {"APPR", "APPRART"} or words[i - 1].tag != "NN":
        return []
    preposition = passage.form(i - 2).lower()
    verb = words[i].lemma.removesuffix("d")
    return list(passage.knowledge.frames.for_phrase(verb, words[i - 1].lemma, preposition))


def _chosen(passage: Passage, typed: tuple[Typed, ...], predicate: int, noun: int = -1) -> Typed | None:
    """The frame whose conditions hold; the one with most conditions where several do."""
    fits = [pair for pair in typed if _holds(passage, pair[1], predicate, noun)]
    return max(fits, key=lambda pair: (pair[1].negated, len(pair[1].needs), len(pair[1].not_with))) if fits else None


def _holds(passage: Passage, frame: Frame, predicate: int, noun: int) -> bool:
    word = noun if noun >= 0 else passage.parse.predicates[predicate].word
    if _vetoed(passage, frame, word):
        return False
    if frame.negated and (predicate < 0 or passage.parse.predicates[predicate].negation < 0):
        return False
    if noun >= 0:
        return True
    if frame.judged and not _judged(passage, predicate, frame.judged):
        return False
    if any(_met(passage, function, predicate) for function in frame.not_with):
        return False
    return all(
        any(_met(passage, part, predicate) or _nested(passage, part, predicate) for part in need.split("|"))
        for need in frame.needs
    )


def _nested(passage: Passage, function: str, predicate: int) -> bool:
    """Whether a noun of the clause has the preposition: "importierte Gas | aus Norwegen"."""
    role, _, preposition = function.partition(":")
    return role == "obl" and preposition != "von" and any(True for _ in passage.obliques(predicate, preposition))


def _judged(passage: Passage, predicate: int, polarity: str) -> bool:
    """Whether a predicate's clause, its subject apart, has a word that judges so and none that judges otherwise."""
    judgements = passage.knowledge.frames.judgements
    subjects = {link.head for link in passage.links_of.get(predicate, ()) if link.role == "subj"}
    found = set()
    for i in passage.words_of_clause[passage.parse.owners[passage.parse.predicates[predicate].word]]:
        phrase = passage.phrase_at.get(i)
        if phrase is None or phrase.head not in subjects:
            word = judgements.get(passage.parse.words[i].lemma.lower()) or judgements.get(passage.form(i).lower())
            found |= {word} if word else set()
    return found == {polarity}


def _met(passage: Passage, function: str, predicate: int) -> bool:
    links = passage.links_of.get(predicate, ())
    party, role = function.startswith("party:"), function.removeprefix("party:")
    wanted: tuple[str, ...] = () if role == "any" else (role,)
    if passage.parse.predicates[predicate].voice == Voice.PASSIVE:
        wanted = {"subj": ("agent:von", "agent:durch"), "obj": ("subj",)}.get(role, wanted)
    return any((not wanted or link.role in wanted) and (not party or link.head in passage.party_at) for link in links)


def _vetoed(passage: Passage, frame: Frame, word: int) -> bool:
    """Whether a veto word stands in the clause; what is only the occasion ("bei einem Besuch …") does not veto."""
    if not frame.veto:
        return False
    lemmas = set()
    for i in passage.words_of_clause[passage.parse.owners[word]]:
        phrase = passage.phrase_at.get(i)
        if i == word or phrase is None or phrase.head == word or phrase.preposition not in OCCASIONAL:
            lemmas.add(passage.parse.words[i].lemma)
    endings = tuple(veto.lower() for veto in frame.veto if len(veto) > SHORT)
    return not lemmas.isdisjoint(frame.veto) or any(lemma.endswith(endings) for lemma in lemmas)
