"""Time rules: named fragments, tables and templates from times.toml, compiled into patterns that give formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

import msgspec

from depesche.errors import PackError
from depesche.model.days import Direction
from depesche.model.expression import Reference, TimexType
from depesche.model.formula import Formula, Unit
from depesche.packs.beginnings import Beginnings, index_of
from depesche.packs.files import DATA, read_toml

Scalar: TypeAlias = str | int | float | bool
Template: TypeAlias = "Mapping[str, Scalar | Template]"

_SPACE = r"(?:\s{1,3})"
_START = r"(?<!\w)(?<!\d[.,:/])"
_END = r"(?!\w)(?!-[^\W\d_])"
_SLOT = re.compile(r"\{(?:(\w+)=)?([a-z_]\w*)\}")
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
    daily: tuple[str, ...]
    today: tuple[str, ...]
    future: str
    ahead: tuple[str, ...]
    reporting: tuple[str, ...]
    planning: tuple[str, ...]
    past_leads: tuple[str, ...]
    future_leads: tuple[str, ...]


class TimeRule(msgspec.Struct, frozen=True):
    """A rule ready to be matched: `slots` tells which fragment a named group of the pattern was made of.

    The group `span`, where there is one, is the expression; groups `a` and `b` are the ends of a range.
    """

    id: str
    type: TimexType
    pattern: re.Pattern[str]
    template: Template
    slots: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Scalar | Mapping[str, Scalar]]]
    mod: str | None = None
    direction: Direction | None = None
    reference: Reference = Reference.PUBLICATION
    inner: bool = False

    def formula(self, match: re.Match[str]) -> Formula | None:
        """What the words ask of the calendar; None where they are no time after all (hour 35)."""
        filled = self._filled(self.template, match)
        try:
            return msgspec.convert(_measured(filled), Formula)  # type: ignore[no-any-return]
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
        return re.sub(r"\$(\w+)", lambda m: str(self._value(m[1], match)), wanted)

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
    between: str
    join: re.Pattern[str]
    join_next: re.Pattern[str]
    daily: frozenset[str]
    today: frozenset[str]
    future: re.Pattern[str]
    ahead: frozenset[str]
    reporting: frozenset[str]
    planning: frozenset[str]
    past_leads: frozenset[str]
    future_leads: frozenset[str]


def load_times(language: str) -> TimeRules:
    """The time rules of a language; raises PackError where its times.toml is wrong."""
    file = read_times(language)
    tables = {name: _forms(table) for name, table in file.tables.items()}
    fragments = {name: _alternatives(words, file.tables[name].also) for name, words in tables.items()} | file.fragments
    rules = tuple(_compiled(rule, fragments, tables) for rule in file.rules)
    unknown = {*file.daily, *file.today} - {rule.id for rule in rules}
    if unknown:
        raise PackError(f"times.toml of {language}: `daily` or `today` names no rule: {', '.join(sorted(unknown))}")
    part = _expanded(file.part, fragments, {})
    patterns = [(_expanded(text.pattern, fragments, {}), rule) for text, rule in zip(file.rules, rules, strict=True)]
    article = _expanded("{det} ", fragments, {})
    return TimeRules(
        start=re.compile(_START + r"[\w’‘´]"),
        rules=index_of([pair for pair in patterns if not pair[1].inner], article),
        behind_part=index_of(patterns, article),
        part=re.compile(part, re.IGNORECASE),
        parts={word: str(value) for word, value in tables["part"].items()},
        between=file.between,
        join=re.compile(_expanded(file.join, fragments, {}), re.IGNORECASE),
        join_next=re.compile(_expanded(file.join_next, fragments, {}), re.IGNORECASE),
        daily=frozenset(file.daily),
        today=frozenset(file.today),
        ahead=frozenset(file.ahead),
        reporting=frozenset(file.reporting),
        planning=frozenset(file.planning),
        past_leads=frozenset(file.past_leads),
        future_leads=frozenset(file.future_leads),
        future=re.compile(_expanded(file.future, fragments, {}), re.IGNORECASE),
    )


def read_times(language: str) -> TimesFile:
    """The times.toml of a language with its examples."""
    return read_toml(DATA / "languages" / language / "times.toml", TimesFile)


def _forms(table: Table) -> dict[str, Scalar | dict[str, Scalar]]:
    return {f"{word}{ending}": value for word, value in table.words.items() for ending in table.endings}


def _alternatives(words: Iterable[str], also: str) -> str:
    told = _branches(sorted(words))
    return f"{told}|{also}" if also else told


def _branches(words: Sequence[str]) -> str:
    """A pattern for one of the words, longest first, that tells by each letter where to go on."""
    branches: list[str] = []
    for first, group in groupby(filter(None, words), key=lambda word: word[0]):
        rests = [word[1:] for word in group]
        letter = " " if first == " " else re.escape(first)
        branches.append(letter + (rests[0] if len(rests) == 1 and not rests[0] else f"(?:{_branches(rests)})"))
    return "|".join([*branches, ""] if "" in words else branches)


def _compiled(
    rule: RuleText,
    fragments: Mapping[str, str],
    tables: Mapping[str, Mapping[str, Scalar | Mapping[str, Scalar]]],
) -> TimeRule:
    slots: dict[str, str] = {}
    try:
        pattern = re.compile(_START + _expanded(rule.pattern, fragments, slots) + _END, re.IGNORECASE)
    except (re.error, KeyError) as error:
        raise PackError(f"times.toml: rule {rule.id}: {error}") from error
    used = {name: tables[name] for name in slots.values() if name in tables}
    return TimeRule(
        id=rule.id,
        type=rule.type,
        pattern=pattern,
        template=rule.formula,
        slots=slots,
        tables=used,
        mod=rule.mod,
        direction=rule.direction,
        reference=rule.reference,
        inner=rule.inner,
    )


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


def _measured(formula: dict[str, Scalar | Mapping[str, Scalar]]) -> dict[str, Scalar | Mapping[str, Scalar]]:
    """Counts and units also written as TIMEX3 has them: 2 and TH become PT2H; a count of "X" is none."""
    if formula["type"] in ("decade", "century"):
        return _era(formula)
    if formula["type"] == "year-pair":
        return _year_pair(formula)
    if formula["type"] == "clock-half":
        hour = formula.get("hour")
        return {"type": "clock", "hour": (hour - 1) % 12, "minute": 30} if isinstance(hour, int) else {"type": "clock"}
    if "half_day" in formula:
        return dict(formula) | {"hour": _hour_of_day(formula.get("hour"), formula["half_day"])}
    if "unit" not in formula or formula["type"] == "offset":
        return formula
    told = dict(formula)
    value = _length(told.get("count", 1), told["unit"])
    if "unit2" in told:
        value += _length(told["count2"], told["unit2"])[1:]
    told["value"] = value
    if told.get("count") == "X":
        del told["count"]
    return told


def _length(count: object, unit: object) -> str:
    number = f"{count:g}" if isinstance(count, float) else str(count)
    if isinstance(unit, str) and unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR):
        return f"PT{number}{unit[1]}"
    return f"P{number}{unit}"


def _era(formula: Mapping[str, Scalar | Mapping[str, Scalar]]) -> dict[str, Scalar | Mapping[str, Scalar]]:
    """A decade told by a year of it ("90er Jahre": of the last century), a century by its number."""
    year, number = formula.get("year"), formula.get("number")
    if isinstance(year, int):
        first = year // 10 * 10 + (0 if year >= 100 else 1900 if year >= 20 else 2000)
        return {"type": "era", "value": str(first // 10), "first": first, "last": first + 9}
    if isinstance(number, int):
        return {"type": "era", "value": f"{number - 1:02d}", "first": number * 100 - 99, "last": number * 100}
    return {"type": "era"}


def _year_pair(formula: Mapping[str, Scalar | Mapping[str, Scalar]]) -> dict[str, Scalar | Mapping[str, Scalar]]:
    """Two years of which the second is told by its last digits: "1925/26"."""
    first, last = formula.get("first"), formula.get("last")
    if not isinstance(first, int) or not isinstance(last, int):
        return {"type": "between"}
    year = first // 100 * 100 + last
    year += 100 if year < first else 0
    return {"type": "between", "first": {"type": "date", "year": first}, "last": {"type": "date", "year": year}}


def _hour_of_day(hour: object, half_day: object) -> int:
    """The hour of 24 from one of twelve, where the second half of the day begins with 12."""
    return hour % 12 + half_day if isinstance(hour, int) and isinstance(half_day, int) else -1
