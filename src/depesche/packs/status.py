"""Words that make an event planned, cancelled, denied or hypothetical."""

from __future__ import annotations

from pathlib import Path

import msgspec

from depesche.errors import PackError
from depesche.model.reading import Status
from depesche.packs.files import DATA, read_toml


class StatusExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, the word of its trigger, and the status it should get."""

    text: str
    trigger: str
    status: Status


class WordGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas of one effect, with sentences where they have it and where others do not."""

    lemmas: frozenset[str]
    yes: tuple[StatusExample, ...]
    no: tuple[StatusExample, ...]


class _Modals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    present: tuple[str, ...]
    past: tuple[str, ...]


class _Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    openers: frozenset[str]


class _Carrying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lemmas: frozenset[str]


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types of speech acts whose content, in these roles, is no event of its own."""

    types: frozenset[str]
    roles: frozenset[str]
    announcing: frozenset[str]
    acts: frozenset[str]


class StatusFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `status.toml`."""

    verbs: dict[Status, WordGroup]
    attributes: dict[Status, WordGroup]
    adverbs: dict[Status, WordGroup]
    modals: _Modals
    carrying: _Carrying
    conditions: _Conditions
    content: Content


class StatusRules(msgspec.Struct, frozen=True):
    """The words of `status.toml`, by lemma."""

    verbs: dict[str, Status]
    attributes: dict[str, Status]
    adverbs: dict[str, Status]
    modals_present: dict[str, Status]
    modals_past: dict[str, Status]
    openers: frozenset[str]
    carrying: frozenset[str]
    content: Content
    examples: tuple[StatusExample, ...]


def load_status(language: str, root: Path = DATA) -> StatusRules:
    """The status words of a language; raises PackError for an unknown status or a lemma in two groups."""
    path = root / "languages" / language / "status.toml"
    file = read_toml(path, StatusFile)
    groups = (file.verbs, file.attributes, file.adverbs)
    examples = tuple(example for group in groups for words in group.values() for example in (*words.yes, *words.no))
    return StatusRules(
        _by_lemma(file.verbs, path),
        _by_lemma(file.attributes, path),
        _by_lemma(file.adverbs, path),
        _modals(file.modals.present),
        _modals(file.modals.past),
        file.conditions.openers,
        file.carrying.lemmas,
        file.content,
        examples,
    )


def _by_lemma(groups: dict[Status, WordGroup], path: Path) -> dict[str, Status]:
    out: dict[str, Status] = {}
    for status, group in groups.items():
        for lemma in group.lemmas:
            if lemma in out:
                raise PackError(f"{path.name}: {lemma!r} is both {out[lemma]} and {status}")
            out[lemma] = status
    return out


def _modals(pairs: tuple[str, ...]) -> dict[str, Status]:
    return {modal: Status(status) for modal, _, status in (pair.partition(":") for pair in pairs)}
