"""The evidence for a page's day laid open: what was used, what was not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from depesche.dating.constraints import FIRST, HARD, LAST, Constraint
from depesche.dating.evidence import Evidence, honest, names_a_day
from depesche.dating.header import Found, header_days, headers
from depesche.dating.solve import Solution
from depesche.model.days import Days
from depesche.model.explained import Candidate, Verdict, Weighed, line_of
from depesche.model.page import Article, Block
from depesche.model.text import raw_span
from depesche.packs.dating import DatingRules

KINDS = {
    "date.not-after": "told limit",
    "date.fetched": "day of fetching",
    "date.metadata": "metadata",
    "date.modified": "metadata",
    "date.header": "header",
    "date.header-update": "header",
    "date.dateline": "header",
    "date.url": "address",
    "date.furniture": "date",
    "date.weekday": "weekday",
    "date.office": "office",
}
TOLD = "time in the text"
WORLD = "known event"
MOST_FURNITURE = 40
"""Dates of dropped lines that are listed: a list of other news has one in every line."""
LONGEST_LINE = 400
"""Characters of a dropped line that are searched for dates."""


def weigh(article: Article, evidence: Evidence, rules: DatingRules, flat: str) -> Weighed:
    """All evidence for the day of an article, strongest first within each verdict. `flat` is the page's flattening."""
    solution = evidence.solution
    taken = [_of_constraint(one, Verdict.USED, "", article, flat) for one in solution.used]
    taken += [_overruled(one, solution, article, flat) for one in solution.overruled]
    taken += [_not_needed(one, solution, article, flat) for one in evidence.not_needed]
    taken += _passed_over(article, rules, [*solution.used, *solution.overruled], flat)
    order = list(Verdict)
    ranked = sorted(taken, key=lambda one: (order.index(one.verdict), -one.weight))
    furniture = islice(_furniture(article, rules, flat), MOST_FURNITURE)
    return Weighed((*ranked, *furniture), tuple(_grounds(solution)))


def _of_constraint(one: Constraint, verdict: Verdict, why: str, article: Article, flat: str) -> Candidate:
    words, line = _place(one, article, flat)
    days = tuple(map(_open, one.days))
    return Candidate(one.rule, kind_of(one.rule), one.note, one.weight, days, verdict, why, words, line)


def _open(days: Days) -> Days:
    """The days with an end that nothing limits left open."""
    return Days(None if days.first == FIRST else days.first, None if days.last == LAST else days.last)


def kind_of(rule: str) -> str:
    """What evidence of a rule is, in a word or two."""
    return KINDS.get(rule) or (WORLD if rule.startswith("date.world.") else TOLD)


def _place(one: Constraint, article: Article, flat: str) -> tuple[str | None, int | None]:
    """The words that the evidence rests on, and the line they stand in."""
    if one.span is not None:
        raw = raw_span(article.segments, one.span)
        return one.span.of(article.text), line_of(article, raw) if raw else None
    if one.words is not None:
        return one.words, next((block.line for block in _header_blocks(article, flat, one.words)), None)
    return None, None


def _header_blocks(article: Article, flat: str, words: str) -> Iterator[Block]:
    """The lines of the page that are headers and hold the words."""
    leads = [lead for lead in headers(article) if words in lead]
    for block in article.blocks:
        line = block.raw.of(flat)
        if words in line and any(line.startswith(lead) for lead in leads):
            yield block


def _overruled(one: Constraint, solution: Solution, article: Article, flat: str) -> Candidate:
    return _of_constraint(one, Verdict.OVERRULED, _against(one, solution), article, flat)


def _against(one: Constraint, solution: Solution) -> str:
    """Why evidence is not used: what outweighs it."""
    if not one.days:
        return "it is true on no day"
    stronger = max((other for other in solution.used if not _share(one, other)), key=_weight, default=None)
    if stronger is not None:
        return f"contradicts {stronger.note!r}, which weighs {stronger.weight}"
    return "the days that the rest leaves are none of its days"


def _share(one: Constraint, other: Constraint) -> bool:
    """Whether both can be true of one day."""
    few, many = sorted((one.days, other.days), key=len)
    return any(days.meet(more) is not None for days in few for more in many)


def _weight(one: Constraint) -> int:
    return one.weight


def _not_needed(one: Constraint, solution: Solution, article: Article, flat: str) -> Candidate:
    agrees = any(days.meet(solution.days) is not None for days in one.days)
    why = f"the day is told beside the text; this {'agrees' if agrees else 'does not agree'} with it"
    return _of_constraint(one, Verdict.NOT_NEEDED, why, article, flat)


def _passed_over(article: Article, rules: DatingRules, counted: Iterable[Constraint], flat: str) -> Iterator[Candidate]:
    """Further dates of header lines: of several the earliest counts."""
    known = {one.words for one in counted if one.words is not None}
    for header in headers(article):
        for one in header_days(header, rules):
            if one.text not in known:
                known.add(one.text)
                line = next((block.line for block in _header_blocks(article, flat, one.text)), None)
                yield _date("date.header", one, Verdict.PASSED_OVER, "of several the earliest full date counts", line)


def _furniture(article: Article, rules: DatingRules, flat: str) -> Iterator[Candidate]:
    """Dates in dropped lines, which are no evidence."""
    leads = tuple(headers(article))
    for block in article.blocks:
        line = block.raw.of(flat)
        if block.kept or line[:LONGEST_LINE] in leads:
            continue
        why = f"its line was dropped as {block.role.value} ({block.reason.rule})"
        for one in header_days(line[:LONGEST_LINE], rules):
            yield _date("date.furniture", one, Verdict.FURNITURE, why, block.line)


def _date(rule: str, one: Found, verdict: Verdict, why: str, line: int | None) -> Candidate:
    days = (one.days,) if one.days else ()
    return Candidate(rule, kind_of(rule), f"a date: {one.text!r}", 0, days, verdict, why, one.text, line)


def _grounds(solution: Solution) -> Iterator[str]:
    """Why the winner won."""
    if not solution.used:
        yield "Nothing on the page tells when it was published."
        return
    yield _balance(solution)
    naming = max((one for one in solution.used if names_a_day(one)), key=_weight, default=None)
    if naming is not None and solution.days.length == 1:
        yield f"The day is named by: {naming.note} (weight {naming.weight})."
        return
    days = honest(solution)
    if not days.known:
        yield "None of it limits the day before or after, so none is given."
        return
    yield from _end("first", days.first, solution.used)
    yield from _end("last", days.last, solution.used)
    if days != solution.days:
        yield "Only one day is left, but nothing beside the text names it: it is given with the days around it."
    elif days.known and not any(one.weight >= HARD and names_a_day(one) for one in solution.used):
        yield "Nothing beside the text names a day, so the range is given and no day in it."


def _balance(solution: Solution) -> str:
    agree, against = (sum(map(_weight, some)) for some in (solution.used, solution.overruled))
    total = len(solution.used) + len(solution.overruled)
    if total == len(solution.used):
        return f"All evidence can be true of one day (weight {agree})."
    return (
        f"Of {total} pieces of evidence {len(solution.used)} can be true of one day: weight {agree} against {against}."
    )


def _end(which: str, day: date | None, used: Sequence[Constraint]) -> Iterator[str]:
    """What limits the range on one side."""
    if day is None:
        yield f"Nothing limits the {'earliest' if which == 'first' else 'latest'} day."
        return
    limiting = [one for one in used if any(getattr(days, which) == day for days in one.days)]
    if limiting:
        strongest = max(limiting, key=_weight)
        yield f"The {which} day of the range, {day}, comes from: {strongest.note} (weight {strongest.weight})."
