"""Event frames: which words of a language tell of an event, and how its participants are worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, structs

from depesche.errors import PackError
from depesche.model.reading import Status
from depesche.packs.files import DATA, read_toml, read_tsv
from depesche.packs.ontology import load_ontology

FUNCTIONS = ("subj", "obj", "dat", "gen")
"""How a participant hangs on a verb; also "obl:" with a preposition."""

NOUN_FUNCTIONS = ("gen", "adj", "poss", "subj", "obj", "dat", "compound")
"""How a participant hangs on a noun; also a bare preposition. subj, obj, dat are those of the light verb."""

CLAUSES = ("ccomp", "xcomp")
JUDGED = ("", "good", "bad")
MENDED = 7
"""Letters that a noun needs before a mended spelling of a lemma may end in it."""
PARTIES = ("party:subj", "party:obj", "party:dat", "party:any")


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that a frame reads: the words of its trigger, words in each participant, its status."""

    text: str
    trigger: str = ""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: str = "occurred"


class Frame(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell of one kind of event, and where its participants stand.

    `verbs` are infinitives with their particle joined, reflexives without "sich". `nouns` are singular
    and match the end of a compound too, unless `compounds` is false or the word ends like one of
    `not_compounds`. `phrases` are light verbs, "[preposition] noun verb"; the noun is the trigger.
    `actors` and `recipients` hold for verbs, `noun_actors` and `noun_recipients` for nouns and phrases.
    `place` lists the prepositions whose place is the event's. For verbs, each of `needs` must be met (by one
    of the functions that "|" joins) and any of `not_with` forbids the event, as a lemma of `veto` in the
    clause does for every trigger.
    A `negated` frame holds only for negated verbs, and tells what is done by not doing it ("stimmt nicht zu");
    `judged`, good or bad, asks for a word of `judgements.tsv` in the clause. `status` is the frame's own where
    tense does not decide. `mode` is one of the type's. Where `copula`
    is set, the nouns are predicates of that copula instead ("wird Außenminister").
    """

    id: str
    yes: tuple[Example, ...]
    no: tuple[str, ...]
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    compounds: bool = True
    not_compounds: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    participles: bool = True
    actors: tuple[str, ...] = ("subj",)
    recipients: tuple[str, ...] = ()
    noun_actors: tuple[str, ...] = ("gen", "von", "durch", "adj", "poss")
    noun_recipients: tuple[str, ...] = ()
    place: tuple[str, ...] = ("in", "bei", "nach")
    reciprocal: bool = False
    needs: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    status: str | None = None
    invitation: bool = False
    copula: str = ""
    negated: bool = False
    judged: str = ""


Typed = tuple[str, Frame]
"""A frame with the type of event it tells of."""

Key = TypeVar("Key")


class Frames(Struct, frozen=True):
    """All frames of a language, found by their triggers."""

    types: tuple[str, ...]
    frames: tuple[Typed, ...]
    by_verb: dict[str, tuple[Typed, ...]]
    by_noun: dict[str, tuple[Typed, ...]]
    by_phrase: dict[tuple[str, str], dict[str, tuple[Typed, ...]]]
    """By verb and preposition, then by noun."""
    by_copula: dict[str, dict[str, tuple[Typed, ...]]]
    particles: frozenset[str]
    judgements: dict[str, str] = {}
    on_the_ground: frozenset[tuple[str, str | None]] = frozenset()

    def for_verb(self, lemma: str) -> tuple[Typed, ...]:
        """Frames that the verb triggers; `lemma` has its separable particle joined."""
        return self.by_verb.get(_folded(lemma), ())

    def for_noun(self, lemma: str) -> tuple[Typed, ...]:
        """Frames of the longest noun that the lemma is or, as a compound, ends in."""
        return self._longest(lemma, self.by_noun)

    def for_phrase(self, verb: str, noun: str, preposition: str = "") -> tuple[Typed, ...]:
        """Frames of the light verb with this noun, under this preposition or, if empty, without one."""
        return self._longest(noun, self.by_phrase.get((_folded(verb), preposition)))

    def for_copula(self, copula: str, noun: str) -> tuple[Typed, ...]:
        """Frames of a predicate noun under its copula: "werden" and "Außenminister"."""
        return self._longest(noun, self.by_copula.get(copula))

    def _longest(self, lemma: str, typed: Mapping[str, tuple[Typed, ...]] | None) -> tuple[Typed, ...]:
        """Frames of the longest ending; a mended spelling must meet a long one ("Landkreis" is no "Reise")."""
        for word, shortest in _spellings(lemma) if typed else ():
            for at in (0, *range(3, len(word) - 2)):
                told = typed.get(word[at:]) if typed else None
                if told is None or len(word) - at < shortest or (at and word[:at].strip("-") in self.particles):
                    continue
                found = tuple(pair for pair in told if _allows(pair[1], word, word[at:]))
                if found:
                    return found
        return ()


class FrameFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of frames, all of one type."""

    type: str
    frame: tuple[Frame, ...]


class Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """What frames of a language may name: its prepositions, and parts that make no compound."""

    prepositions: tuple[str, ...]
    particles: tuple[str, ...]


def load_frames(language: str, root: Path = DATA) -> Frames:
    """The language's frames from `languages/<language>/events/`, checked against the ontology."""
    folder = root / "languages" / language
    vocabulary = read_toml(folder / "frames.toml", Vocabulary)
    ontology = load_ontology(root)
    checks = _Checks(modes={name: tuple(kind.modes) for name, kind in ontology.types.items()}, vocabulary=vocabulary)
    files = {path.name: read_toml(path, FrameFile) for path in sorted((folder / "events").glob("*.toml"))}
    if not files:
        raise PackError(f"languages/{language}/events: no frames; a file TYPE.toml is needed for each type")
    seen: dict[str, str] = {}
    for name, file in files.items():
        checks.check_file(name, file)
        for frame in file.frame:
            if frame.id in seen:
                raise PackError(f"{name}: id {frame.id!r} stands in {seen[frame.id]} already")
            seen[frame.id] = name
    rows = read_tsv(folder / "judgements.tsv", ("word", "polarity"))
    judgements = {row["word"].lower(): row["polarity"] for row in rows}
    frames = index_frames(
        [(file.type, frame) for file in files.values() for frame in file.frame], vocabulary, judgements
    )
    return structs.replace(frames, on_the_ground=ontology.on_the_ground())


def index_frames(frames: Iterable[Typed], vocabulary: Vocabulary, judgements: dict[str, str]) -> Frames:
    """The frames with their look-up tables; `judgements` are words that judge, good or bad."""
    typed = tuple(frames)
    bare = [pair for pair in typed if not pair[1].copula]
    predicative = [pair for pair in typed if pair[1].copula]
    return Frames(
        types=tuple(dict.fromkeys(type for type, _ in typed)),
        frames=typed,
        by_verb=_grouped((_folded(verb), pair) for pair in typed for verb in pair[1].verbs),
        by_noun=_grouped((_folded(noun), pair) for pair in bare for noun in pair[1].nouns),
        by_phrase=_nested(
            (((verb, preposition), noun), _light(pair))
            for pair in typed
            for verb, noun, preposition in map(phrase_key, pair[1].phrases)
        ),
        by_copula=_nested(((pair[1].copula, _folded(noun)), pair) for pair in predicative for noun in pair[1].nouns),
        particles=frozenset(vocabulary.particles),
        judgements=judgements,
    )


def _light(typed: Typed) -> Typed:
    """The frame as a light verb reads it: its noun says enough, so the verbs' conditions do not bind it."""
    return typed[0], structs.replace(typed[1], needs=(), not_with=())


def _grouped(pairs: Iterable[tuple[Key, Typed]]) -> dict[Key, tuple[Typed, ...]]:
    out: dict[Key, tuple[Typed, ...]] = {}
    for key, typed in pairs:
        out[key] = (*out.get(key, ()), typed)
    return out


def _nested(pairs: Iterable[tuple[tuple[Key, str], Typed]]) -> dict[Key, dict[str, tuple[Typed, ...]]]:
    out: dict[Key, dict[str, tuple[Typed, ...]]] = {}
    for (key, noun), found in _grouped(pairs).items():
        out.setdefault(key, {})[noun] = found
    return out


def phrase_key(phrase: str) -> tuple[str, str, str]:
    """Verb, noun and preposition of a light verb such as "in Kraft setzen"; the last is "" without one."""
    words = _folded(phrase).split()
    if len(words) not in (2, 3):
        raise ValueError(f"{phrase!r} should read [preposition] noun verb")
    return words[-1], words[-2], words[0] if len(words) == 3 else ""


def _folded(lemma: str) -> str:
    """Lower case, without "ß": the tagger's lemmas mix the old and the new spelling ("Prozeß")."""
    return lemma.lower().replace("ß", "ss")


def _spellings(lemma: str) -> Iterator[tuple[str, int]]:
    """The lemma, and what it should be where the tagger cut or left an ending ("Trockenperiod", "Terrorakte").

    With each goes the length of the shortest noun that it may meet.
    """
    word = _folded(lemma)
    yield word, 0
    yield word + "e", MENDED
    yield word + "s", MENDED
    if word.endswith("e"):
        yield word[:-1], MENDED


def _allows(frame: Frame, word: str, ending: str) -> bool:
    if any(word.endswith(_folded(other)) for other in frame.not_compounds):
        return False
    return word == ending or frame.compounds


class _Checks(Struct, frozen=True):
    """What a frame may say, so that a slip in a file is named and not silently without effect."""

    modes: dict[str, tuple[str, ...]]
    vocabulary: Vocabulary

    def check_file(self, name: str, file: FrameFile) -> None:
        """Raises PackError that names file, frame and key."""
        _require(file.type in self.modes, f"{name}: type {file.type!r} is not one of {', '.join(self.modes)}")
        _require(name == f"{file.type}.toml", f"{name}: a file of {file.type} should be called {file.type}.toml")
        for frame in file.frame:
            where = f"{name}: {frame.id}"
            self._check_names(where, file.type, frame)
            self._check_functions(where, frame)
            _check_examples(where, frame)

    def _check_names(self, where: str, type: str, frame: Frame) -> None:
        stem = f"{type.lower()}."
        _require(frame.id.startswith(stem), f"{where}: id should begin with {stem!r}")
        _require(bool(frame.verbs or frame.nouns or frame.phrases), f"{where}: no verbs, nouns or phrases")
        allowed = self.modes[type]
        _require(frame.mode is None or frame.mode in allowed, f"{where}: mode {frame.mode!r} is not one of {allowed}")
        _check_status(where, frame.status)
        _require(frame.judged in JUDGED, f"{where}: judged: {frame.judged!r} is not one of {', '.join(JUDGED[1:])}")
        for phrase in frame.phrases:
            try:
                preposition = phrase_key(phrase)[2]
            except ValueError as error:
                raise PackError(f"{where}: phrases: {error}") from error
            _require(
                not preposition or preposition in self.vocabulary.prepositions,
                f"{where}: phrases: {preposition!r} is no preposition of frames.toml",
            )

    def _check_functions(self, where: str, frame: Frame) -> None:
        oblique = tuple(f"obl:{preposition}" for preposition in self.vocabulary.prepositions)
        verbal = FUNCTIONS + oblique
        nominal = NOUN_FUNCTIONS + self.vocabulary.prepositions
        needs = tuple(part for need in frame.needs for part in need.split("|"))
        for key, values, allowed in (
            ("actors", frame.actors, verbal),
            ("recipients", frame.recipients, verbal),
            ("noun_actors", frame.noun_actors, nominal),
            ("noun_recipients", frame.noun_recipients, nominal),
            ("place", frame.place, self.vocabulary.prepositions),
            ("needs", needs, verbal + CLAUSES + PARTIES),
            ("not_with", frame.not_with, verbal + CLAUSES),
        ):
            for value in values:
                _require(value in allowed, f"{where}: {key}: {value!r} is not one of {', '.join(allowed)}")


def _check_examples(where: str, frame: Frame) -> None:
    _require(len(frame.yes) >= 2, f"{where}: yes: at least two examples are needed")
    _require(len(frame.no) >= 1, f"{where}: no: at least one example is needed")
    for example in frame.yes:
        _check_status(where, example.status)
        for words in (example.trigger, *example.actors, *example.recipients):
            _require(words in example.text, f"{where}: yes: {words!r} does not stand in {example.text!r}")


def _check_status(where: str, status: str | None) -> None:
    allowed = tuple(Status)
    _require(status is None or status in allowed, f"{where}: status {status!r} is not one of {', '.join(allowed)}")


def _require(holds: bool, complaint: str) -> None:
    if not holds:
        raise PackError(complaint)
