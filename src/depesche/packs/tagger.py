"""HanTa behind a small door: tags and lemmas of a sentence's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from depesche.packs.viterbi import MOST_FORMS, Sentences, Words

LONGEST_WORD = 60  # characters: HanTa tries every split of a word, so a longer one is not analysed
MODELS = {"de": "morphmodel_ger.pgz", "en": "morphmodel_en.pgz"}
PLAIN = str.maketrans(
    {"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "—": "-", "\u00ad": ""}
)
WORDLIKE = re.compile(r"\w")


class Tagger(Protocol):
    """Gives each word its STTS tag and its lemma."""

    def tag(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """(tag, lemma) for each word, in order."""
        ...


class _Model(Protocol):
    def tag_sent(self, sent: list[str], taglevel: int = 1) -> list[tuple[str, str, str]]: ...


@dataclass(frozen=True)
class HanTaTagger:
    """Tags by HanTa's trigram model (Wartena 2019); typographic quotes and dashes are made plain first."""

    model: _Model = field(repr=False)

    def tag(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """(tag, lemma) for each word. Marks get the tag "$(" or what HanTa says, over-long words "XY"."""
        plain = [self._plain(word) for word in words]
        return [
            (self._mark(word) or ("XY" if len(word) > LONGEST_WORD else tag), lemma)
            for word, (_, lemma, tag) in zip(words, self.model.tag_sent(plain, taglevel=1), strict=True)
        ]

    @staticmethod
    def _plain(word: str) -> str:
        if len(word) > LONGEST_WORD:
            return "X"
        return word.translate(PLAIN) or "-"

    @staticmethod
    def _mark(word: str) -> str | None:
        if WORDLIKE.search(word):
            return None
        return {",": "$,", ".": "$.", "?": "$.", "!": "$.", ":": "$.", ";": "$.", "…": "$."}.get(word, "$(")


def load_tagger(language: str) -> Tagger:
    """The tagger of a language; German's where a language has none of its own."""
    from HanTa.HanoverTagger import HanoverTagger  # slow to import: only commands that read need it

    model = HanoverTagger(MODELS.get(language, MODELS["de"]))
    words = Words(model)
    model.analyze_forward = words.classes
    model.analyze_viterbi = words.morphemes
    model.tag_sent_viterbi = Sentences(model).best
    model._analyze = lru_cache(MOST_FORMS)(model._analyze)  # most words of a text come again
    return HanTaTagger(model)
