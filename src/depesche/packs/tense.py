"""The closed lists by which the tense of a clause shows without tagging."""

from __future__ import annotations

from pathlib import Path

import msgspec

from depesche.packs.files import DATA, read_toml


class TenseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Finite forms in small letters, by what they make of a clause; see `tense.toml` for each."""

    have: frozenset[str]
    be: frozenset[str]
    past: frozenset[str]
    will: frozenset[str]
    no_verbs: frozenset[str]
    t_stems: frozenset[str]
    prefixes: frozenset[str]
    moving: tuple[str, ...]
    modals: dict[str, str]
    past_modals: dict[str, str]


def load_tense(language: str, root: Path = DATA) -> TenseWords:
    """The lists of a language; raises PackError that names file and key where they are wrong."""
    return read_toml(root / "languages" / language / "tense.toml", TenseWords)
