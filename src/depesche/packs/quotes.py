"""What a language knows of quoting: verbs, nouns and prepositions that report, and the moods of reported speech."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from depesche.errors import PackError
from depesche.packs.files import DATA, read_toml

Use = Literal["clause", "plain", "infinitive", "direct", "inside", "report"]


class VerbRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that report alike. For a lemma, `only` lists words of which one must stand in its clause, `unless` none.

    `speaker` is "place" where the source stands behind a preposition ("heißt es im Bericht").
    """

    id: str
    medium: str
    uses: tuple[Use, ...]
    lemmas: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    only: dict[str, tuple[str, ...]] = {}
    unless: dict[str, tuple[str, ...]] = {}
    speaker: Literal["subject", "place"] = "subject"


class PhraseRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pairs of a verb's lemma and a word beside it that report together ("gab bekannt")."""

    id: str
    medium: str
    uses: tuple[Use, ...]
    pairs: tuple[tuple[str, str], ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class NounRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns on which a content clause may hang ("die Behauptung, dass …")."""

    id: str
    lemmas: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class SourceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that name a source behind a preposition or before a postposition ("nach Angaben der Polizei")."""

    id: str
    lemmas: tuple[str, ...]
    prepositions: tuple[str, ...]
    postpositions: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class WordRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that report by themselves, whatever noun goes with them ("laut", "zufolge", "demnach")."""

    id: str
    forms: tuple[str, ...]
    medium: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Moods(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Forms of finite verbs that report (Konjunktiv I), that stand in for them, and that pass hearsay on."""

    reported: frozenset[str]
    unreal: frozenset[str]
    hearsay: frozenset[str]


class Openers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that open clauses, "so Meyer" and "dies meldete Meyer"."""

    content: frozenset[str]
    question: frozenset[str]
    as_told: frozenset[str]
    purpose: frozenset[str]
    adverbial: frozenset[str]
    thus: frozenset[str]
    this: frozenset[str]
    lingering: frozenset[str]


class SpeakerWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that lead to a speaker, or away from one; the data file explains each list."""

    by_subject: frozenset[str]
    times: frozenset[str]
    oblique: frozenset[str]
    agents: frozenset[str]
    places: frozenset[str]
    nominative: frozenset[str]
    nobody: frozenset[str]
    looking_back: frozenset[str]
    spokespersons: tuple[str, ...]
    relative: frozenset[str]
    fillers: frozenset[str]
    addressing: frozenset[str]
    interviews: frozenset[str]
    talking: frozenset[str]
    with_object: frozenset[str]


class QuoteFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file as it lies on disk."""

    moods: Moods
    clauses: Openers
    speakers: SpeakerWords
    verbs: tuple[VerbRule, ...]
    phrases: tuple[PhraseRule, ...]
    nouns: tuple[NounRule, ...]
    sources: tuple[SourceRule, ...]
    prepositions: tuple[WordRule, ...]
    postpositions: tuple[WordRule, ...]
    particles: tuple[WordRule, ...]


class QuoteRules(msgspec.Struct, frozen=True):
    """The rules, indexed by lemma or form as the reader asks for them; `file` keeps them in order."""

    moods: Moods
    openers: Openers
    speakers: SpeakerWords
    verbs: Mapping[str, VerbRule]
    phrases: Mapping[str, Mapping[str, PhraseRule]]
    nouns: Mapping[str, NounRule]
    sources: Mapping[str, SourceRule]
    prepositions: Mapping[str, WordRule]
    postpositions: Mapping[str, WordRule]
    particles: Mapping[str, WordRule]
    file: QuoteFile


AnyRule = VerbRule | PhraseRule | NounRule | SourceRule | WordRule


def load_quotes(language: str) -> QuoteRules:
    """The quotation rules of a language; raises PackError for a file that is missing or wrong."""
    file = read_toml(DATA / "languages" / language / "quotes.toml", QuoteFile)
    _check_ids(file, language)
    return QuoteRules(
        moods=file.moods,
        openers=file.clauses,
        speakers=file.speakers,
        verbs={lemma: rule for rule in reversed(file.verbs) for lemma in rule.lemmas},
        phrases=_by_verb(file.phrases),
        nouns={lemma: rule for rule in file.nouns for lemma in rule.lemmas},
        sources={lemma: rule for rule in file.sources for lemma in rule.lemmas},
        prepositions=_by_form(file.prepositions),
        postpositions=_by_form(file.postpositions),
        particles=_by_form(file.particles),
        file=file,
    )


def all_rules(rules: QuoteRules) -> tuple[AnyRule, ...]:
    """Every rule that carries examples, in the order of the file."""
    return _in_order(rules.file)


def _in_order(file: QuoteFile) -> tuple[AnyRule, ...]:
    return (
        *file.verbs,
        *file.phrases,
        *file.nouns,
        *file.sources,
        *file.prepositions,
        *file.postpositions,
        *file.particles,
    )


def _by_form(rules: tuple[WordRule, ...]) -> dict[str, WordRule]:
    return {form: rule for rule in rules for form in rule.forms}


def _by_verb(rules: tuple[PhraseRule, ...]) -> dict[str, dict[str, PhraseRule]]:
    found: dict[str, dict[str, PhraseRule]] = {}
    for rule in rules:
        for verb, companion in rule.pairs:
            found.setdefault(verb, {})[companion] = rule
    return found


def _check_ids(file: QuoteFile, language: str) -> None:
    ids = [rule.id for rule in _in_order(file)]
    for rule_id in sorted(ids):
        if ids.count(rule_id) > 1:
            raise PackError(f"languages/{language}/quotes.toml: the id {rule_id!r} stands twice; ids are unique")
