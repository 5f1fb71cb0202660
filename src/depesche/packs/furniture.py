"""What belongs to a page but not to its article: cue phrases of furniture, datelines, function words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from depesche.errors import PackError
from depesche.model.page import Role
from depesche.packs.beginnings import REACH, beginnings, folded
from depesche.packs.files import DATA, read_toml
from depesche.packs.needed import branches, needed, needed_words


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


class Cue(msgspec.Struct, frozen=True):
    """A cue group made into a pattern.

    A match holds what `needs` finds in small letters, and begins with one of `starts`, where these are known.
    """

    rule: CueRule
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    starts: frozenset[str] | None = None

    def fits(self, line: str) -> bool:
        """Whether the line (without surrounding white space) is furniture of this kind."""
        if len(line) > self.rule.max_chars:
            return False
        if self.rule.where is Where.LINE:
            return self.pattern.fullmatch(line) is not None
        if self.rule.where is Where.START:
            return self.pattern.match(line) is not None
        return self.pattern.search(line) is not None


class Trial(msgspec.Struct, frozen=True):
    """A cue as it is tried on a line: on none longer than `most`, on none in which `needs` finds nothing."""

    cue: Cue
    most: int
    needs: Callable[[str], object] | None
    fits: Callable[[str], object]


class Cues(msgspec.Struct, frozen=True):
    """Cues in their order, found by the letters of a line.

    `by_front` has the numbers of those that begin with certain letters, `rest` those of all others. `gate` finds in a
    line in small letters what one of the rest needs; `open` are those of the rest that need nothing. `longest` is the
    most characters of a line that is any cue's business.
    """

    trials: tuple[Trial, ...]
    by_front: Mapping[str, tuple[int, ...]]
    rest: tuple[int, ...]
    gate: re.Pattern[str]
    open: tuple[int, ...]
    longest: int

    def of(self, line: str) -> Cue | None:
        """The first cue that a line fits; what cannot fit by its letters is not tried."""
        length = len(line)
        if length > self.longest:
            return None
        low, front = line.lower(), folded(line[:REACH])
        numbers = self.open if self.gate.search(low) is None else self.rest
        for end in range(1, len(front) + 1):
            more = self.by_front.get(front[:end])
            if more is not None:
                numbers += more
        for number in sorted(numbers):
            trial = self.trials[number]
            if length <= trial.most and (trial.needs is None or trial.needs(low)) and trial.fits(line):
                return trial.cue
        return None


def _trial(cue: Cue) -> Trial:
    ways = {Where.LINE: cue.pattern.fullmatch, Where.START: cue.pattern.match}
    way = ways.get(cue.rule.where, cue.pattern.search)
    return Trial(cue, cue.rule.max_chars, cue.needs.search if cue.needs else None, way)


class Lead(msgspec.Struct, frozen=True):
    """A lead rule made into a pattern; matched at the front of a line only."""

    rule: LeadRule
    pattern: re.Pattern[str]


class Furniture(msgspec.Struct, frozen=True):
    """What one language knows of furniture, together with what is the same in all of them.

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
        tuple(_cue(rule, path) for path, shape in shapes for rule in shape.cue),
        tuple(Lead(rule, _compiled(rule.pattern, rule.id, path, 0)) for path, shape in shapes for rule in shape.lead),
    )


def _cue(rule: CueRule, path: Path) -> Cue:
    pattern = _cue_pattern(rule, path)
    starts = beginnings(pattern.pattern) if rule.where in (Where.LINE, Where.START) else frozenset({""})
    return Cue(rule, pattern, needed(pattern.pattern), None if "" in starts else starts)


def _cue_pattern(rule: CueRule, path: Path) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in rule.patterns)
    if rule.where is Where.END:
        joined = f"(?:{joined})$"
    return _compiled(joined, rule.id, path, re.IGNORECASE)


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
    by_front: dict[str, list[int]] = {}
    for number, cue in enumerate(cues):
        for letters in cue.starts or ():
            by_front.setdefault(letters, []).append(number)
    rest = tuple(number for number, cue in enumerate(cues) if cue.starts is None)
    needs = [needed_words(cue.pattern.pattern) or frozenset() for cue in cues if cue.starts is None]
    return Cues(
        tuple(map(_trial, cues)),
        {letters: tuple(numbers) for letters, numbers in by_front.items()},
        rest,
        re.compile(branches(sorted(frozenset().union(*needs))) or "(?!)"),
        tuple(number for number in rest if cues[number].needs is None),
        max((cue.rule.max_chars for cue in cues), default=0),
    )


def all_leads(packs: Iterable[Furniture]) -> tuple[Lead, ...]:
    """The lead rules of several languages, each once."""
    return tuple({lead.rule.id: lead for pack in packs for lead in pack.leads}.values())
