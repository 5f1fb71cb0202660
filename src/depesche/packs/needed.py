"""Letters that every match of a pattern holds: a line without them need not be searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from re import _constants, _parser  # type: ignore[attr-defined]  # the parsed form of a pattern has no public name
from typing import Any

WORTH = 3
"""What a word has to be worth: a letter counts one, a rare sign such as "©" as much as three; less is in every line."""

COMMON = " .,:;-()!?/\"'"
LETTERS = " enisratdhulcgmobwfkzpvüäößjyxq"
"""From the most common of a German text to the rarest; all other signs are rarer still."""

Words = frozenset[str]


def needed(pattern: str) -> re.Pattern[str] | None:
    """Finds in a text in small letters what every match of the pattern needs; None where it needs no certain word."""
    words = needed_words(pattern)
    return None if words is None else re.compile(any_of(words))


def needed_words(pattern: str) -> Words | None:
    """Words in small letters of which every match holds at least one; None where there are none to be told."""
    return _of_sequence(_parser.parse(pattern, re.IGNORECASE))


def needs_digit(pattern: str) -> bool:
    """Whether every match of the pattern holds a decimal digit."""
    return _has_digit(_parser.parse(pattern))


def _has_digit(items: Iterable[tuple[Any, Any]]) -> bool:
    return any(_is_digit(kind, value) for kind, value in items)


def _is_digit(kind: Any, value: Any) -> bool:
    match kind:
        case _constants.IN:
            return list(value) == [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)]
        case _constants.SUBPATTERN:
            return _has_digit(value[3])
        case _constants.BRANCH:
            return all(_has_digit(branch) for branch in value[1])
        case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
            return value[0] > 0 and _has_digit(value[2])
        case _:
            return False


def any_of(words: Iterable[str]) -> str:
    """A pattern that tells whether a text in small letters holds one of the words; what it matches is no whole word.

    It begins with the rarest letter of each word, so that most of a text is passed over at once, and looks back from
    the word's end.
    """
    given = frozenset(words)
    least = sorted(word for word in given if not any(other != word and other in word for other in given))
    ends: dict[str, list[str]] = {}
    for word in least:
        rarest = max(range(len(word)), key=lambda at: (_rarity(word[at]), -at))
        ends.setdefault(word[rarest], []).append(f"{re.escape(word[rarest + 1 :])}(?<={re.escape(word)})")
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(told)})" for letter, told in sorted(ends.items())) or "(?!)"


def _rarity(letter: str) -> int:
    at = LETTERS.find(letter)
    return len(LETTERS) if at < 0 else at


def branches(words: Sequence[str]) -> str:
    """A pattern for one of the words, which are sorted, longest first, that tells by each letter where to go on."""
    told: list[str] = []
    for first, group in groupby(filter(None, words), key=lambda word: word[0]):
        rests = [word[1:] for word in group]
        letter = " " if first == " " else re.escape(first)
        told.append(letter + (rests[0] if len(rests) == 1 and not rests[0] else f"(?:{branches(rests)})"))
    return "|".join([*told, ""] if "" in words else told)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Words | None:
    """The best that one of the items needs: letters in a row count as one item."""
    best: Words | None = None
    row = ""
    for kind, value in items:
        if kind is _constants.LITERAL:
            row += chr(value).lower()
            continue
        best = _better(_better(best, frozenset({row})), _of_item(kind, value))
        if kind is not _constants.AT:
            row = ""
    return _better(best, frozenset({row}))


def _better(one: Words | None, other: Words | None) -> Words | None:
    """Of two sets that are both needed, the one whose shortest word is longer."""
    fit = [words for words in (one, other) if words and min(map(_worth, words)) >= WORTH]
    return max(fit, key=lambda words: (min(map(_worth, words)), -len(words)), default=None)


def _worth(word: str) -> int:
    return sum(1 if sign.isalnum() or sign in COMMON else WORTH for sign in word)


def _of_item(kind: Any, value: Any) -> Words | None:
    match kind:
        case _constants.SUBPATTERN:
            return _of_sequence(value[3])
        case _constants.BRANCH:
            told = [_of_sequence(branch) for branch in value[1]]
            return None if None in told else frozenset().union(*(words for words in told if words))
        case _constants.MAX_REPEAT | _constants.MIN_REPEAT if value[0] > 0:
            return _of_sequence(value[2])
        case _:
            return None
