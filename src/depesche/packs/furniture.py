"""What belongs to a page but not to its article: cue phrases of furniture, datelines, function words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from depesche.errors import PackError
from depesche.model.page import Role
from depesche.packs.beginnings import REACH, beginnings, folded
from depesche.packs.files import DATA, read_toml
from depesche.packs.needed import any_of, needed_words, needs_digit

_DIGIT = re.compile(r"\d")
SHORT = 100
"""Characters up to which what a line is, is kept at hand."""
AT_HAND = 8192
LONG = 300
"""Characters above which a line is the business of few cues."""


class Where(StrEnum):
    """Which part of a line a cue has to fill."""

    LINE = "line"
    START = "start"
    END = "end"
    ANYWHERE = "anywhere"


class Opens(StrEnum):
    """What a cue announces: nothing, a few items in mid article, or the tail after the article."""

    NOTHING = "nothing"
    ITEMS = "items"
    TAIL = "tail"


class CueRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cue group as its file words it; lines longer than `max_chars` are never its business."""

    id: str
    role: Role
    patterns: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    where: Where = Where.LINE
    opens: Opens = Opens.NOTHING
    max_chars: int = 120


class LeadRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is cut from the front of a kept line. A group `mark` has to name a wire service or an outlet."""

    id: str
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    function_words: str = ""
    hanging_words: str = ""
    cue: tuple[CueRule, ...] = ()
    lead: tuple[LeadRule, ...] = ()


class Cue(msgspec.Struct, frozen=True, eq=False):
    """A cue group made into a pattern; each is loaded once and equals itself alone."""

    rule: CueRule
    pattern: re.Pattern[str]

    def fits(self, line: str) -> bool:
        """Whether the line (without surrounding white space) is furniture of this kind."""
        return len(line) <= self.rule.max_chars and _way(self.pattern, self.rule.where)(line) is not None


Fits = Callable[[str], re.Match[str] | None]


class Trial(msgspec.Struct, frozen=True):
    """One pattern of a cue as it is tried on a line, on none longer than `most`."""

    cue: Cue
    most: int
    fits: Fits


class Filed(msgspec.Struct, frozen=True):
    """The patterns of cues in their order, each as a trial with a number, filed by the letters of a line.

    `by_front` has the numbers by the letters that a pattern begins with, `by_word` those of other patterns by a word
    in small letters that they need; `gate` tells whether a line holds one of these words. `with_digit` and `others`
    are patterns of which neither is known: they need a digit, or nothing.
    """

    trials: tuple[Trial, ...]
    by_front: Mapping[str, tuple[int, ...]]
    by_word: Mapping[str, tuple[int, ...]]
    gate: re.Pattern[str]
    with_digit: tuple[int, ...]
    others: tuple[int, ...]

    def of(self, line: str) -> Cue | None:
        """The first cue that a line fits; what cannot fit by its letters is not tried."""
        for number in sorted(self._numbers(line)):
            trial = self.trials[number]
            if len(line) <= trial.most and trial.fits(line):
                return trial.cue
        return None

    def _numbers(self, line: str) -> set[int]:
        """The patterns that can fit by the letters of the line."""
        low, front = line.lower(), folded(line[:REACH])
        numbers = set(self.others)
        if _DIGIT.search(line):
            numbers.update(self.with_digit)
        if self.gate.search(low):
            numbers.update(*[needing for word, needing in self.by_word.items() if word in low])
        for end in range(1, len(front) + 1):
            if front[:end] in self.by_front:
                numbers.update(self.by_front[front[:end]])
        return numbers


class Cues:
    """Cues to be looked up line by line.

    What short lines are is kept at hand: menus and footers stand on every page of an outlet. Lines of some length are
    few cues' business, and those of more characters than `longest` no cue's.
    """

    def __init__(self, all_cues: Filed, long_cues: Filed, longest: int) -> None:
        self._all = all_cues
        self._long = long_cues
        self._longest = longest
        self._of_short = lru_cache(maxsize=AT_HAND)(all_cues.of)

    def of(self, line: str) -> Cue | None:
        """The first cue that a line (without surrounding white space) fits."""
        length = len(line)
        if length <= SHORT:
            return self._of_short(line)
        if length <= LONG:
            return self._all.of(line)
        return self._long.of(line) if length <= self._longest else None


def _way(pattern: re.Pattern[str], where: Where) -> Fits:
    """How the pattern of a cue is tried."""
    return {Where.LINE: pattern.fullmatch, Where.START: pattern.match}.get(where, pattern.search)


class Lead(msgspec.Struct, frozen=True):
    """A lead rule made into a pattern; matched at the front of a line only."""

    rule: LeadRule
    pattern: re.Pattern[str]


class Furniture(msgspec.Struct, frozen=True, eq=False):
    """What one language knows of furniture, together with what is the same in all of them; it equals itself alone.

    `hanging_words` end no sentence: a line that ends in one was broken off.
    """

    language: str
    function_words: frozenset[str]
    hanging_words: frozenset[str]
    cues: tuple[Cue, ...]
    leads: tuple[Lead, ...]


SHARED = "furniture.toml"


@cache
def load_furniture(language: str) -> Furniture:
    """The language's `furniture.toml` and the one shared by all languages; wrong patterns are a PackError."""
    folder = DATA / "languages"
    files = [folder / SHARED, folder / language / SHARED]
    shapes = [(path, read_toml(path, _File)) for path in files]
    return Furniture(
        language,
        frozenset(word for _, shape in shapes for word in shape.function_words.split()),
        frozenset(word for _, shape in shapes for word in shape.hanging_words.split()),
        tuple(Cue(rule, _cue_pattern(rule, path)) for path, shape in shapes for rule in shape.cue),
        tuple(Lead(rule, _compiled(rule.pattern, rule.id, path, 0)) for path, shape in shapes for rule in shape.lead),
    )


def _cue_pattern(rule: CueRule, path: Path) -> re.Pattern[str]:
    return _compiled(_joined(rule.patterns, rule.where), rule.id, path, re.IGNORECASE)


def _joined(patterns: Sequence[str], where: Where) -> str:
    """A pattern for what any of the patterns matches."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return f"(?:{joined})$" if where is Where.END else joined


def _compiled(pattern: str, rule: str, path: Path, flags: int) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise PackError(f"{path.relative_to(DATA)}: {rule}: {error} in {pattern!r}") from error


def all_cues(packs: Iterable[Furniture]) -> tuple[Cue, ...]:
    """The cues of several languages, each once: a German page carries English furniture as well."""
    return tuple({cue.rule.id: cue for pack in packs for cue in pack.cues}.values())


@lru_cache(maxsize=8)
def index_cues(cues: tuple[Cue, ...]) -> Cues:
    """The cues made ready to be looked up; the same cues give the same index."""
    told = [_worded(cue, pattern) for cue in cues for pattern in cue.rule.patterns]
    long = [one for one in told if one.trial.most > LONG]
    return Cues(_filed(told), _filed(long), max((cue.rule.max_chars for cue in cues), default=0))


class _Worded(msgspec.Struct, frozen=True):
    """A pattern of a cue and what it is filed by: `fronts` that it begins with, `words` that it needs, or a digit."""

    trial: Trial
    fronts: frozenset[str]
    words: frozenset[str]
    digit: bool


def _worded(cue: Cue, pattern: str) -> _Worded:
    where = cue.rule.where
    trial = Trial(cue, cue.rule.max_chars, _way(re.compile(_joined((pattern,), where), re.IGNORECASE), where))
    fronts = _fronts(pattern, where)
    words = frozenset() if fronts else needed_words(pattern) or frozenset()
    return _Worded(trial, fronts, words, not fronts and not words and needs_digit(pattern))


def _filed(patterns: Sequence[_Worded]) -> Filed:
    by_front: dict[str, list[int]] = {}
    by_word: dict[str, list[int]] = {}
    with_digit: list[int] = []
    others: list[int] = []
    for number, one in enumerate(patterns):
        if one.fronts:
            _file(by_front, one.fronts, number)
        elif one.words:
            _file(by_word, one.words, number)
        else:
            (with_digit if one.digit else others).append(number)
    return Filed(
        trials=tuple(one.trial for one in patterns),
        by_front={front: tuple(numbers) for front, numbers in by_front.items()},
        by_word={word: tuple(numbers) for word, numbers in by_word.items()},
        gate=re.compile(any_of(by_word)),
        with_digit=tuple(with_digit),
        others=tuple(others),
    )


def _fronts(pattern: str, where: Where) -> frozenset[str]:
    """The letters that a line which fits begins with; none where it can begin with any."""
    fronts = beginnings(pattern) if where in (Where.LINE, Where.START) else frozenset[str]()
    return frozenset() if "" in fronts else fronts


def _file(numbers: dict[str, list[int]], keys: Iterable[str], number: int) -> None:
    for key in keys:
        numbers.setdefault(key, []).append(number)


def all_leads(packs: Iterable[Furniture]) -> tuple[Lead, ...]:
    """The lead rules of several languages, each once."""
    return tuple({lead.rule.id: lead for pack in packs for lead in pack.leads}.values())
