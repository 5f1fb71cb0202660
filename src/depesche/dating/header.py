"""Evidence that stands beside the text: metadata, address, header lines, and the day the page was fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

import msgspec
from msgspec import structs

from depesche.dating.constraints import FIRST, HARD, LAST, Constraint, each_year, joined, to_day
from depesche.model.days import Days, month_of, one_day
from depesche.model.page import Article, Role
from depesche.packs.dating import DatingRules

LATEST, CUED, METADATA, HEADER, URL = 32 * HARD, 16 * HARD, 8 * HARD, 4 * HARD, 2 * HARD
"""Weights: nothing is later than its fetching; then the metadata, the header, the address."""

_HEADER_CHARS = 400
_BEFORE = 30
_APART = 31
_LATE = 3
_CLOCK = re.compile(r"[,|\s–-]{0,4}(?:um\s)?\d{1,2}[:.]\d\d(?!\d)")
_CLOCK_WITHIN = 14
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})[./]\s?(\d{1,2})[./]\s?((?:19|20)?\d\d)(?!\d)")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_URL_DAY_FIRST = re.compile(r"(?<!\d)(\d{2})([-.])(\d{2})\2((?:19|20)\d\d)(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d\d)(?=/)")


class Found(msgspec.Struct, frozen=True):
    """A day or month in a header. Where it tells no year, `days` is None and `month` and `day` say which.

    `changed` and `published` tell what stands before it: that the page was changed, or published, then. `timed`: an
    hour stands behind it.
    """

    start: int
    text: str
    days: Days | None = None
    month: int = 0
    day: int = 0
    changed: bool = False
    published: bool = False
    timed: bool = False


def beside(article: Article, rules: DatingRules, not_after: date | None) -> Iterator[Constraint]:
    """All evidence outside the article's text, strongest first."""
    if not_after:
        yield Constraint("date.not-after", f"not after {not_after}, as told", LATEST, to_day(not_after))
    fetched = told_days(article.metadata.fetched)
    if fetched and fetched.last:
        yield Constraint("date.fetched", f"fetched {article.metadata.fetched}", LATEST, to_day(fetched.last))
    modified = told_days(article.metadata.modified)
    if modified and modified.last:
        yield Constraint("date.modified", f"modified {article.metadata.modified}", URL, to_day(modified.last))
    published = told_days(article.metadata.published)
    if published:
        yield Constraint(
            "date.metadata", f"metadata: published {article.metadata.published}", METADATA, joined([published])
        )
    yield from _of_header(article, rules)
    address = url_days(article.metadata.url)
    if address:
        yield Constraint("date.url", f"the address holds {_told(address)}", URL, joined([address]))


def told_days(told: str | None) -> Days | None:
    """The days of an ISO day or a prefix of one ("2022-12"); None where it is no date."""
    match = re.match(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\d)", told or "")
    return _days(match[1], match[2], match[3]) if match else None


def url_days(url: str | None) -> Days | None:
    """The day, or else the month, that an address holds ("/2024/05/14/", "20240514")."""
    for match in _URL_DAY.finditer((url or "")[:2000]):
        if (days := _days(match[1], match[3], match[4])) and days.length == 1:
            return days
    for match in _URL_DAY_FIRST.finditer((url or "")[:2000]):
        if (days := _days(match[4], match[3], match[1])) and days.length == 1:
            return days
    month = _URL_MONTH.search((url or "")[:2000])
    return _days(month[1], month[2], None) if month else None


def _of_header(article: Article, rules: DatingRules) -> Iterator[Constraint]:
    """What header lines say: the earliest day that is not one of a later change, else a month, else a yearless day."""
    found = [one for header in headers(article) for one in header_days(header, rules)]
    for one in found:
        if one.changed and one.days and one.days.last:
            days = to_day(one.days.last)
            yield Constraint("date.header-update", f"header: changed {one.text!r}", URL, days, words=one.text)
    told = [one for one in found if not one.changed]
    exact = sorted((one for one in told if one.days and one.days.length == 1), key=_first)
    months = [one for one in told if one.days and one.days.length != 1]
    if exact:
        yield _earliest(exact, told_days(article.metadata.published))
    elif months and months[0].days:
        month = months[0]
        yield Constraint("date.header", f"header: {month.text!r}", HEADER, joined([months[0].days]), words=month.text)
    for one in [one for one in told if one.days is None][:1]:
        yearly = each_year(partial(_dateline, month=one.month, day=one.day))
        yield Constraint("date.dateline", f"header: {one.text!r}, year not told", URL, yearly, words=one.text)


def _earliest(exact: Sequence[Found], metadata: Days | None) -> Constraint:
    """The earliest day in the headers; a range where they lie so far apart that one must mean something else.

    The metadata of HTML pages often hold the day of a change, or of the printed edition: a header that says
    "veröffentlicht" just before it wins, and one with an hour on the day before.
    """
    first, last = _first(exact[0]), _first(exact[-1])
    days = Days(first, first if (last - first).days <= _APART else last)
    late = (metadata.last - first).days if metadata and metadata.last and metadata.length == 1 else 0
    sure = (exact[0].published and 0 < late <= _LATE) or (exact[0].timed and late == 1)
    weight = CUED if sure else HEADER
    return Constraint("date.header", f"header: {exact[0].text!r}", weight, (days,), words=exact[0].text)


def headers(article: Article) -> Iterator[str]:
    """The header lines of a page: what cleaning cut from the front, and kept datelines."""
    for lead in article.lead:
        yield lead[:_HEADER_CHARS]
    for block in article.blocks:
        if block.kept and block.role is Role.DATELINE:
            for segment in article.segments:
                if segment.raw_start <= block.raw.start < segment.raw_end:
                    start = segment.text_start + block.raw.start - segment.raw_start
                    yield article.text[start : start + min(block.raw.end - block.raw.start, _HEADER_CHARS)]


def header_days(header: str, rules: DatingRules) -> list[Found]:
    """Every date in a header line, in order."""
    found = sorted(_dates(header, rules), key=lambda one: one.start)
    return [_with_cue(one, header, rules) for one in found]


def _with_cue(one: Found, header: str, rules: DatingRules) -> Found:
    behind = header[one.start + len(one.text) : one.start + len(one.text) + _CLOCK_WITHIN]
    before = re.findall(r"\w+", header[max(0, one.start - _BEFORE) : one.start].lower())
    return structs.replace(
        one,
        changed=any(rules.updated.hold(word) for word in before),
        published=any(rules.published.hold(word) for word in before),
        timed=_CLOCK.match(behind) is not None,
    )


def _dates(header: str, rules: DatingRules) -> Iterator[Found]:
    for match in _ISO.finditer(header):
        if days := _days(match[1], match[2], match[3]):
            yield Found(match.start(), match.group(), days)
    for match in _NUMBERS.finditer(header):
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        if days := _days(year, match[2], match[1]):
            yield Found(match.start(), match.group(), days)
    for match in rules.month_first.finditer(header):
        if days := _days(match["year"], str(rules.months[match["month"].lower()]), match["day"]):
            yield Found(match.start(), match.group(), days)
    for match in rules.named_day.finditer(header):
        month, day = rules.months[match["month"].lower()], int(match["day"] or 0)
        if match["year"]:
            if days := _days(match["year"], str(month), match["day"]):
                yield Found(match.start(), match.group(), days)
        elif 1 <= day <= 31:
            yield Found(match.start(), match.group(), None, month, day)


def _dateline(year: int, month: int, day: int) -> Days | None:
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    return Days(first, first + timedelta(days=1))


def _days(year: str, month: str | None, day: str | None) -> Days | None:
    try:
        if month and day:
            days = one_day(date(int(year), int(month), int(day)))
        elif month:
            days = month_of(int(year), int(month))
        else:
            days = Days(date(int(year), 1, 1), date(int(year), 12, 31))
    except ValueError:
        return None
    return days if days.meet(Days(FIRST, LAST)) else None


def _first(one: Found) -> date:
    return (one.days.first if one.days else None) or FIRST


def _told(days: Days) -> str:
    return str(days.first) if days.length == 1 else f"{days.first} to {days.last}"
