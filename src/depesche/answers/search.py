"""Words looked for in titles and evidence, among parties, and in what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from depesche.answers.browse import Asked, ChroniclePage, Cursor, Row, page_with_entries
from depesche.answers.catalogue import Catalogue
from depesche.answers.dossier import PartyLine, party_list
from depesche.answers.marked import Layer, Mark, Run, runs
from depesche.model.linkage import Entry
from depesche.model.text import Span
from depesche.store import View

PARTIES, LONGEST = 8, 320
"""Parties that are named, and characters of a passage that are shown."""


class Hit(msgspec.Struct, frozen=True):
    """An entry with the first passage that holds the words, or its first one; the words are marked."""

    row: Row
    passage: tuple[Run, ...]


class SearchAnswer(msgspec.Struct, frozen=True):
    """What was found: entries a page at a time, with what there is in all of them, and parties of that name."""

    text: str
    entries: ChroniclePage
    hits: tuple[Hit, ...]
    parties: tuple[PartyLine, ...]


def search(view: View, all: Catalogue, asked: Asked, cursor: Cursor = Cursor()) -> SearchAnswer:
    """The entries whose title or evidence holds the text of the filter, narrowed by the rest of it."""
    found, entries = page_with_entries(view, all, asked, cursor)
    text = asked.text or ""
    hits = tuple(Hit(row, _passage(entry, text)) for row, entry in zip(found.rows, entries, strict=True))
    return SearchAnswer(text, found, hits, party_list(all, text).lines[:PARTIES] if text else ())


def _passage(entry: Entry, text: str) -> tuple[Run, ...]:
    told = [words for mention in entry.mentions for words in mention.evidence]
    if not told:
        return ()
    pattern = _pattern(text)
    best = next((words for words in told if pattern and pattern.search(words)), told[0])
    found = pattern.search(best) if pattern else None
    start = max(found.start() - LONGEST // 2, 0) if found else 0
    part = Span(start, min(start + LONGEST, len(best)))
    return runs(best, part, _marks(best, pattern) if pattern else ())


def _pattern(text: str) -> re.Pattern[str] | None:
    """The words one after another, whatever stands between them."""
    words = re.findall(r"\w+", text)
    return re.compile(r"[\W_]+".join(map(re.escape, words)), re.IGNORECASE) if words else None


def _marks(words: str, pattern: re.Pattern[str]) -> Iterable[Mark]:
    return [Mark(Layer.TRIGGER, Span(*match.span())) for match in pattern.finditer(words)]
