"""Which patterns can match where: an index of patterns by the letters that their matches can begin with.

A text has hundreds of words and a language a hundred rules. Read off the patterns once, the letters that a match can
begin with leave one or two rules to be tried at most words and none at the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]  # the parsed form of a pattern has no public name
from typing import Any, Generic, TypeVar

import msgspec

from depesche.packs.needed import branches

REACH = 5
"""Letters that tell patterns apart: with five, most words of a text begin none."""
_ANY = ""
_DIGIT, _BLANK = "0", " "
_LEAD = "\x00"
"""Stands for the word that a pattern can lack."""
_LIMIT = 4000
"""Beginnings of one pattern; where there are more, they are cut to fewer letters."""

_FEW = 12
"""Signs of a class that are told apart: of longer ones in a row there are too many words."""

T = TypeVar("T")


class Beginnings(msgspec.Struct, Generic[T], frozen=True):
    """Values, and their numbers by the folded letters that the patterns they belong to begin with.

    `lead` matches a word that many patterns begin with and can do without: "der ". They are looked up by what follows.
    """

    values: tuple[T, ...]
    numbers: Mapping[str, tuple[int, ...]]
    lead: re.Pattern[str]

    def at(self, text: str, offset: int) -> tuple[T, ...]:
        """What can begin at a place of a text, in the order that the values have."""
        numbers = self._begun(text[offset : offset + REACH])
        led = self.lead.match(text, offset)
        if led is not None:
            behind = self._begun(_LEAD + text[led.end() : led.end() + REACH - 1])
            numbers = tuple(sorted({*numbers, *behind}))
        return tuple(self.values[number] for number in numbers)

    def _begun(self, letters: str) -> tuple[int, ...]:
        known, letters = self.numbers, folded(letters)
        while letters not in known:
            letters = letters[:-1]
        return known[letters]

    @property
    def start(self) -> str:
        """A pattern of what any of the values can begin with: the fewest letters that tell so."""
        some = {letters for letters, numbers in self.numbers.items() if numbers}
        least = {letters for letters in some if not any(letters[:end] in some for end in range(len(letters)))}
        led = sorted(letters[1:] for letters in least if letters.startswith(_LEAD))
        bare = _unfolded(sorted(letters for letters in least if not letters.startswith(_LEAD)))
        return f"{bare}|{self.lead.pattern}(?:{_unfolded(led)})" if led else bare


def _unfolded(letters: Sequence[str]) -> str:
    """The pattern of folded letters, sorted: a zero stands for any digit, a blank for any white space."""
    return branches(letters).replace(_DIGIT, r"\d").replace(_BLANK, r"\s")


def index_of(patterns: Sequence[tuple[frozenset[str], T]], lead: str) -> Beginnings[T]:
    """Values by what their patterns can begin with; `lead`, a group, is the word that they can lack."""
    begun = [told for told, _ in patterns]
    prefixes = {_ANY}.union(word[:end] for told in begun for word in told for end in range(len(word) + 1))
    by_prefix: dict[str, set[int]] = {prefix: set() for prefix in prefixes}
    for number, told in enumerate(begun):
        for word in told:
            by_prefix[word].add(number)
    numbers = {
        prefix: tuple(sorted(set().union(*(by_prefix[prefix[:end]] for end in range(len(prefix) + 1)))))
        for prefix in prefixes
    }
    return Beginnings(tuple(value for _, value in patterns), numbers, re.compile(lead, re.IGNORECASE))


def folded(letters: str) -> str:
    """Letters as they are looked up: in lower case, digits and white space each as one sign."""
    lower = letters.lower()
    if lower.isalpha():
        return lower
    return "".join(_DIGIT if sign.isdecimal() else _BLANK if sign.isspace() else sign for sign in lower)


Told = frozenset[tuple[str, bool]]
"""Beginnings, each with whether it is open: what follows in the pattern goes on with it."""
Parts = Mapping[str, Told]
"""The beginnings of what single signs of a pattern stand for: it is read once, however many patterns it is part of."""
NO_PARTS: Parts = {}


def beginnings(pattern: str, lead: str = "", parts: Parts = NO_PARTS) -> frozenset[str]:
    """The folded letters, at most five, that a match of a pattern can begin with, ignoring case; "" stands for any.

    A `lead`, a group, that the pattern can lack counts as one sign of its own.
    """
    if lead:
        pattern = pattern.replace(f"{lead}?", f"{_LEAD}?")
    told = {word[:1] + word[1:].partition(_LEAD)[0] for word, _ in part_of(pattern, parts)}
    for reach in range(REACH, 0, -1):
        cut = frozenset(word[:reach] for word in told)
        if len(cut) <= _LIMIT:
            return cut
    return frozenset({_ANY})


def part_of(pattern: str, parts: Parts = NO_PARTS) -> Told:
    """The beginnings of a pattern that is itself part of others."""
    return _of_sequence(_parser.parse(pattern, re.IGNORECASE), parts)


def _of_sequence(items: Iterable[tuple[Any, Any]], parts: Parts) -> Told:
    told: Told = frozenset({(_ANY, True)})
    for kind, value in items:
        told = _joined(told, _of_item(kind, value, parts))
        if not any(is_open for _, is_open in told):
            break
    return told


def _joined(first: Told, then: Told) -> Told:
    going_on = {
        ((word + more)[:REACH], is_open and len(word + more) < REACH)
        for word, open_ in first
        if open_
        for more, is_open in then
    }
    return frozenset(going_on | {(word, False) for word, open_ in first if not open_})


def _of_item(kind: Any, value: Any, parts: Parts) -> Told:
    match kind:
        case _constants.LITERAL:
            return _of_sign(value, parts)
        case _constants.IN:
            return _of_class(value, parts)
        case _constants.BRANCH:
            return frozenset().union(*(_of_sequence(branch, parts) for branch in value[1]))
        case _constants.SUBPATTERN:
            return _of_sequence(value[3], parts)
        case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
            least, most, inner = value
            return _repeated(_of_sequence(inner, parts), least, most)
        case _constants.ASSERT | _constants.ASSERT_NOT | _constants.AT:
            return frozenset({(_ANY, True)})
        case _:
            return frozenset({(_ANY, False)})


def _of_sign(code: int, parts: Parts) -> Told:
    sign = chr(code)
    return parts[sign] if sign in parts else frozenset({(folded(sign), True)})


def _repeated(once: Told, least: int, most: int) -> Told:
    told = often = frozenset({(_ANY, True)})
    for _ in range(least):
        told = often = _joined(often, once)
    for _ in range(least, min(most, REACH)):
        often = _joined(often, once)
        told |= often
    return told


def _of_class(members: Iterable[tuple[Any, Any]], parts: Parts) -> Told:
    told: set[tuple[str, bool]] = set()
    inside: Told = frozenset()  # the parser makes a class of branches that are one sign each
    for kind, value in members:
        if kind is _constants.LITERAL and chr(value) in parts:
            inside |= parts[chr(value)]
        elif kind is _constants.LITERAL:
            told.add((folded(chr(value)), True))
        elif kind is _constants.RANGE and value[1] - value[0] < _FEW:
            told |= {(folded(chr(code)), True) for code in range(value[0], value[1] + 1)}
        elif kind is _constants.CATEGORY and value is _constants.CATEGORY_DIGIT:
            told.add((_DIGIT, True))
        elif kind is _constants.CATEGORY and value is _constants.CATEGORY_SPACE:
            told.add((_BLANK, True))
        else:
            return frozenset({(_ANY, False)})
    return inside | told if len(told) <= _FEW else frozenset({(_ANY, False)})
