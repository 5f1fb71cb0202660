"""The closed lists of a language's grammar, ready for look-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from depesche.packs.files import DATA, read_toml, read_tsv


class GrammarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `grammar.toml`."""

    abbreviations: frozenset[str]
    sentence_openers: frozenset[str]
    modals: frozenset[str]
    copulas: frozenset[str]
    bare_infinitive: frozenset[str]
    negations: frozenset[str]
    particles: frozenset[str]
    subordinators: frozenset[str]
    infinitive_openers: frozenset[str]
    relatives: frozenset[str]
    coordinators: frozenset[str]
    konjunktiv_1: frozenset[str]
    konjunktiv_2: frozenset[str]
    prepositions: frozenset[str]
    contractions: dict[str, str]
    determiners: dict[str, str]
    pronouns: dict[str, str]
    feminine: tuple[str, ...]
    place_nouns: tuple[str, ...]
    singular_en: frozenset[str]
    measures: frozenset[str]
    numbers: dict[str, int]
    feminine_endings: tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """Closed lists, past stems of strong verbs, and what verbs govern."""

    lists: GrammarFile
    past_stems: dict[str, str]
    participles: dict[str, str]
    valency: dict[str, frozenset[str]]

    @cached_property
    def past_endings(self) -> tuple[tuple[str, str], ...]:
        """(past stem, bare verb), longest stems first, so that "verstand" is read before "stand"."""
        return tuple(sorted(((past, verb) for verb, past in self.past_stems.items()), key=lambda p: (-len(p[0]), p)))

    @cached_property
    def strong_past(self) -> re.Pattern[str]:
        """Matches a finite form that ends with a strong verb's past stem and a personal ending."""
        stems = "|".join(re.escape(stem) for stem, _ in self.past_endings)
        return re.compile(rf"(?:{stems})(?:e?n|s?t)?$")

    def verbs_of(self, participle: str) -> tuple[str, ...]:
        """Infinitives that a participle without ending can belong to: "angekündigt" gives "ankündigen"."""
        out = [self.participles[participle]] if participle in self.participles else []
        for form, verb in self.participles.items():
            if participle.endswith(form) and participle != form:
                out.append(participle.removesuffix(form) + verb)  # eingeladen: ein + laden
            elif form.startswith("ge") and participle.endswith(form[2:]) and len(participle) > len(form) - 2:
                out.append(participle.removesuffix(form[2:]) + verb)  # ernannt: er + nennen
        if participle.endswith("t"):
            stem = participle[:-1]
            for bare in (stem, stem[2:] if stem.startswith("ge") else "", _without_ge(stem, self.lists.particles)):
                out.extend((bare + "en", bare + "n") if bare else ())
                if bare.endswith("e"):
                    out.append(bare[:-1] + "en")
        return tuple(dict.fromkeys(out))

    @cached_property
    def feminine(self) -> tuple[str, ...]:
        """Feminine nouns in lower case, to be met at the end of compounds too."""
        return tuple(noun.lower() for noun in self.lists.feminine)

    def plain(self, preposition: str) -> str:
        """A preposition in small letters without the article in it: "Im" gives "in"."""
        lower = preposition.lower()
        return self.lists.contractions.get(lower, lower)

    def governs(self, verb: str, frame: str) -> bool:
        """Whether the verb is listed with the frame (dat, dat+acc, control, speech)."""
        return frame in self.valency.get(verb, frozenset())


def _without_ge(stem: str, particles: frozenset[str]) -> str:
    """A particle verb's participle without its "ge": "angekündig" gives "ankündig"."""
    at = stem.find("ge", 1)
    return stem[:at] + stem[at + 2 :] if at > 0 and stem[:at] in particles else ""


def load_grammar(language: str, root: Path = DATA) -> Grammar:
    """The grammar of a language; raises PackError that names file and key."""
    folder = root / "languages" / language
    strong = read_tsv(folder / "strong.tsv", ("verb", "past", "participle"))
    past = {row["verb"]: row["past"] for row in strong}
    participles = {row["participle"]: row["verb"] for row in strong}
    frames: dict[str, frozenset[str]] = {}
    for row in read_tsv(folder / "valency.tsv", ("verb", "frame")):
        frames[row["verb"]] = frames.get(row["verb"], frozenset()) | frozenset(row["frame"].split())
    return Grammar(read_toml(folder / "grammar.toml", GrammarFile), past, participles, frames)
