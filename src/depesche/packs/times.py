"""Time rules: named fragments, tables and templates from times.toml, compiled into patterns that give formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TypeAlias

import msgspec

from depesche.errors import PackError
from depesche.model.days import Direction
from depesche.model.expression import Reference, TimexType
from depesche.model.formula import Formula
from depesche.packs.beginnings import Beginnings, Told, beginnings, index_of, part_of
from depesche.packs.files import DATA, read_toml
from depesche.packs.needed import branches
from depesche.packs.time_values import measured

Scalar: TypeAlias = str | int | float | bool
Template: TypeAlias = "Mapping[str, Scalar | Template]"

_SPACE = r"(?:\s{1,3})"
_START = r"(?<!\w)(?<!\d[.,:/])"
_END = r"(?!\w)(?!-[^\W\d_])"
_SLOT = re.compile(r"\{(?:(\w+)=)?([a-z_]\w*)\}")
_PRIVATE = 0xE000  # code points from here on stand for nothing in a text
_PIVOT = 40
"""Two-digit years up to here belong to this century."""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of our own, the words of it that the rule finds, the value, and the reference day where it matters."""

    text: str
    span: str
    value: str
    day: str = "2022-12-14"
    direction: Direction = Direction.PAST


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and what they mean; with `endings`, each word stands for all its inflected forms.

    `also` is a pattern for further forms that say their value themselves: digits.
    """

    words: dict[str, Scalar | dict[str, Scalar]]
    endings: tuple[str, ...] = ("",)
    also: str = ""


class RuleText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as the file words it. An `inner` one holds only behind a part: "Anfang der Woche"."""

    id: str
    type: TimexType
    pattern: str
    formula: dict[str, Scalar | dict[str, Scalar | dict[str, Scalar]]]
    yes: tuple[Example, ...]
    no: tuple[str, ...]
    mod: str | None = None
    direction: Direction | None = None
    reference: Reference = Reference.PUBLICATION
    inner: bool = False


class TimesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of a times.toml."""

    fragments: dict[str, str]
    tables: dict[str, Table]
    rules: tuple[RuleText, ...]
    part: str
    between: str
    join: str
    join_next: str
    of_day: str
    on_day: str
    attribute: str
    done: str
    to_come: str
    after: str
    list_gap: str
    infinitive: str
    daily: tuple[str, ...]
    today: tuple[str, ...]
    future: str
    ahead: tuple[str, ...]
    reporting: tuple[str, ...]
    planning: tuple[str, ...]
    promising: tuple[str, ...]
    past_leads: tuple[str, ...]
    future_leads: tuple[str, ...]


class TimeRule(msgspec.Struct, frozen=True, dict=True):
    """A rule ready to be matched by the pattern that `told` words.

    `slots` tells which fragment a named group of the pattern was made of.
    The group `span`, where there is one, is the expression; groups `a` and `b` are the ends of a range.
    """

    id: str
    type: TimexType
    told: str
    template: Template
    slots: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Scalar | Mapping[str, Scalar]]]
    mod: str | None = None
    direction: Direction | None = None
    reference: Reference = Reference.PUBLICATION
    inner: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried: many rules never are. PackError where it is wrong."""
        try:
            return re.compile(self.told, re.IGNORECASE)
        except re.error as error:
            raise PackError(f"times.toml: rule {self.id}: {error}") from error

    def formula(self, match: re.Match[str]) -> Formula | None:
        """What the words ask of the calendar; None where they are no time after all (hour 35)."""
        filled = self._filled(self.template, match)
        try:
            return msgspec.convert(measured(filled), Formula)  # type: ignore[no-any-return]
        except msgspec.ValidationError:
            return None

    def modifier(self, match: re.Match[str]) -> str | None:
        """TIMEX3's `mod`, fixed for the rule or read from a group named `mod`."""
        if "mod" in self.slots and match["mod"] is not None:
            value = self._value("mod", match)
            return value if isinstance(value, str) else None
        return self.mod

    def _filled(self, template: Template, match: re.Match[str]) -> dict[str, Scalar | Mapping[str, Scalar]]:
        filled: dict[str, Scalar | Mapping[str, Scalar]] = {}
        for key, wanted in template.items():
            if isinstance(wanted, Mapping):
                filled[key] = self._filled(wanted, match)  # type: ignore[assignment]
            elif not (isinstance(wanted, str) and "$" in wanted):
                filled[key] = wanted
            elif (found := self._slot(wanted, match)) is not None:
                if isinstance(found, Mapping):
                    filled.update(found)
                else:
                    filled[key] = found
        return filled

    def _slot(self, wanted: str, match: re.Match[str]) -> Scalar | Mapping[str, Scalar] | None:
        groups = wanted[1:].split("|")
        if wanted[0] == "$" and groups[0] in self.slots:
            told = (self._value(group, match) for group in groups)
            return next((value for value in told if value is not None), None)
        return re.sub(r"\$\{?(\w+)\}?", lambda m: str(self._value(m[1], match)), wanted)

    def _value(self, group: str, match: re.Match[str]) -> Scalar | Mapping[str, Scalar] | None:
        text = match[group]
        if text is None:
            return None
        fragment = self.slots[group]
        known = self.tables.get(fragment, {}).get(" ".join(text.lower().split()))
        if known is not None:
            return known
        if not text.isdecimal():
            return _decimal(text)
        number = int(text)
        if fragment.endswith("year") and len(text) == 2:
            return number + (2000 if number <= _PIVOT else 1900)
        return number


class Joins(msgspec.Struct, frozen=True):
    """What stands between times that belong together."""

    between: str
    range: re.Pattern[str]
    next: re.Pattern[str]
    list: re.Pattern[str]
    of_day: re.Pattern[str]
    on_day: re.Pattern[str]


class Cues(msgspec.Struct, frozen=True):
    """What shows where a time points, and whether a text tells of single days; see the file for each."""

    daily: frozenset[str]
    today: frozenset[str]
    ahead: frozenset[str]
    reporting: frozenset[str]
    planning: frozenset[str]
    promising: frozenset[str]
    past_leads: frozenset[str]
    future_leads: frozenset[str]
    future: re.Pattern[str]
    attribute: re.Pattern[str]
    done: re.Pattern[str]
    to_come: re.Pattern[str]
    after: re.Pattern[str]
    infinitive: re.Pattern[str]


class TimeRules(msgspec.Struct, frozen=True):
    """Every time rule of a language.

    `start` matches wherever one of them could begin. `rules` gives those that can begin at some letters, `behind_part`
    the same with the inner ones.
    """

    start: re.Pattern[str]
    rules: Beginnings[TimeRule]
    behind_part: Beginnings[TimeRule]
    part: re.Pattern[str]
    parts: Mapping[str, str]
    joins: Joins
    cues: Cues


def load_times(language: str) -> TimeRules:
    """The time rules of a language; raises PackError where its times.toml is wrong."""
    file = read_times(language)
    tables = {name: _forms(table) for name, table in file.tables.items()}
    fragments = {name: _alternatives(words, file.tables[name].also) for name, words in tables.items()} | file.fragments
    rules = tuple(_ruled(rule, fragments, tables) for rule in file.rules)
    unknown = {*file.daily, *file.today} - {rule.id for rule in rules}
    if unknown:
        raise PackError(f"times.toml of {language}: `daily` or `today` names no rule: {', '.join(sorted(unknown))}")
    article = _expanded("{det} ", fragments, {})
    reader = _Reader(fragments)
    begun = [(reader.begun(text), rule) for text, rule in zip(file.rules, rules, strict=True)]

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(_expanded(pattern, fragments, {}), re.IGNORECASE)

    index = index_of([pair for pair in begun if not pair[1].inner], article)
    part = index_of([(reader.beginnings(file.part, led=False), True)], article)
    return TimeRules(
        start=re.compile(f"{_START}(?={index.start}|{part.start})", re.IGNORECASE),
        rules=index,
        behind_part=index_of(begun, article),
        part=compiled(file.part),
        parts={word: str(value) for word, value in tables["part"].items()},
        joins=Joins(
            between=file.between,
            range=compiled(file.join),
            next=compiled(file.join_next),
            list=compiled(file.list_gap),
            of_day=compiled(file.of_day),
            on_day=compiled(file.on_day),
        ),
        cues=_cues(file, compiled),
    )


def _cues(file: TimesFile, compiled: Callable[[str], re.Pattern[str]]) -> Cues:
    return Cues(
        daily=frozenset(file.daily),
        today=frozenset(file.today),
        ahead=frozenset(file.ahead),
        reporting=frozenset(file.reporting),
        planning=frozenset(file.planning),
        promising=frozenset(file.promising),
        past_leads=frozenset(file.past_leads),
        future_leads=frozenset(file.future_leads),
        future=compiled(file.future),
        attribute=compiled(file.attribute),
        done=compiled(file.done),
        to_come=compiled(file.to_come),
        after=compiled(file.after),
        infinitive=compiled(file.infinitive),
    )


def read_times(language: str) -> TimesFile:
    """The times.toml of a language with its examples."""
    return read_toml(DATA / "languages" / language / "times.toml", TimesFile)


def _forms(table: Table) -> dict[str, Scalar | dict[str, Scalar]]:
    return {f"{word}{ending}": value for word, value in table.words.items() for ending in table.endings}


def _alternatives(words: Iterable[str], also: str) -> str:
    told = branches(sorted(words))
    return f"{told}|{also}" if also else told


def _ruled(
    rule: RuleText,
    fragments: Mapping[str, str],
    tables: Mapping[str, Mapping[str, Scalar | Mapping[str, Scalar]]],
) -> TimeRule:
    slots: dict[str, str] = {}
    try:
        told = _START + _expanded(rule.pattern, fragments, slots) + _END
    except KeyError as error:
        raise PackError(f"times.toml: rule {rule.id}: {error}") from error
    used = {name: tables[name] for name in slots.values() if name in tables}
    return TimeRule(
        id=rule.id,
        type=rule.type,
        told=told,
        template=rule.formula,
        slots=slots,
        tables=used,
        mod=rule.mod,
        direction=rule.direction,
        reference=rule.reference,
        inner=rule.inner,
    )


class _Reader:
    """Reads off patterns what they can begin with; each fragment is read once and then stands in them as one sign."""

    def __init__(self, fragments: Mapping[str, str]) -> None:
        self._fragments = fragments
        self._signs = {name: chr(_PRIVATE + number) for number, name in enumerate(fragments)}
        self._parts: dict[str, Told] = {}
        self._lead = self._shortened("{det} ")

    def begun(self, rule: RuleText) -> frozenset[str]:
        """The letters that a rule's expressions can begin with; PackError where its pattern is wrong."""
        try:
            return self.beginnings(rule.pattern)
        except re.error as error:
            raise PackError(f"times.toml: rule {rule.id}: {error}") from error

    def beginnings(self, pattern: str, *, led: bool = True) -> frozenset[str]:
        """The letters that a match can begin with; an article in front counts as one sign where it is `led`."""
        return beginnings(self._shortened(pattern), self._lead if led else "", self._parts)

    def _shortened(self, pattern: str) -> str:
        """The pattern with a sign for each fragment."""

        def put_in(slot: re.Match[str]) -> str:
            group, name = slot[1], slot[2]
            sign = self._signs[name]
            if sign not in self._parts:
                self._parts[sign] = part_of(self._shortened(self._fragments[name]), self._parts)
            return sign if group is None else f"(?P<{group}>{sign})"

        return f"(?:{_SLOT.sub(put_in, pattern).replace(' ', _SPACE)})"


def _expanded(pattern: str, fragments: Mapping[str, str], slots: dict[str, str]) -> str:
    """The pattern with its fragments put in, and white space of any kind for each blank."""

    def put_in(slot: re.Match[str]) -> str:
        group, name = slot[1], slot[2]
        inner = _SLOT.sub(put_in, fragments[name])
        if group is None:
            return f"(?:{inner})"
        slots[group] = name
        return f"(?P<{group}>{inner})"

    return f"(?:{_SLOT.sub(put_in, pattern).replace(' ', _SPACE)})"


def _decimal(text: str) -> Scalar:
    try:
        number = float(text.replace(".", "").replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
