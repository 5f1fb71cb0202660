"""What changed between versions of a page: title, day, authors, lines, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

from depesche.model.days import Days
from depesche.model.page import Article, Dateline
from depesche.model.versions import Change, ChangeKind, History, Revision, Version
from depesche.store import View

ALIKE = 0.5
"""Share of words that a line has in common with the one it was made from."""
MOST_LINES = 3000
"""Lines of a text up to which their order is compared; longer ones are compared as sets."""
MOST_WORDS = 1500
"""Words of a line up to which the words are compared one by one."""
MOST_PAIRS = 2500
"""Pairs of lines of one changed stretch that are compared."""
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_TRACKING = re.compile(r"(?:utm_|wt_|pk_|mtm_)\w*|fbclid|gclid|xing_share|ref|cid|sara_\w*")


def version_of(article: Article, dateline: Dateline) -> Version:
    """What is compared of a page."""
    told = article.metadata
    return Version(
        page=article.page,
        doc=article.doc,
        lines=tuple(line for line in article.text.split("\n") if line.strip()),
        title=article.title,
        days=Days(dateline.earliest, dateline.latest),
        authors=article.authors,
        agency=article.agency,
        url=told.url,
        fetched=told.fetched,
        modified=told.modified,
    )


def histories(view: View, numbers: Collection[str], url: str | None = None) -> Iterator[History]:
    """Each address of which the store holds several versions, by address; only that of `url` where it is given.

    `numbers` are words that tell a number ("zwei").
    """
    wanted = None if url is None else same_address(url)
    pages: dict[str, list[str]] = {}
    for card in view.cards():
        address = same_address(card.metadata.url)
        if address and wanted in (None, address):
            pages.setdefault(address, []).append(card.page)
    for address, ids in sorted(pages.items()):
        if len(ids) > 1:
            yield history_of(address, (version for id in ids if (version := _stored(view, id))), numbers)


def _stored(view: View, page: str) -> Version | None:
    article, reading = view.article(page), view.reading(page)
    return version_of(article, reading.dateline) if article and reading else None


def history_of(address: str, versions: Iterable[Version], numbers: Collection[str]) -> History:
    """The versions in their order, and what changed at each step."""
    ordered = tuple(sorted(versions, key=_order))
    steps = pairwise(ordered)
    return History(address, ordered, tuple(revision(before, after, numbers) for before, after in steps))


def _order(version: Version) -> tuple[str, str, str]:
    """By the day of fetching, else that of the change, else that of publication; then by name."""
    published = f"{version.days.first or ''}"
    return version.fetched or version.modified or published, version.doc, version.page


def same_address(url: str | None) -> str | None:
    """An address without what leads to the same page all the same: scheme, "www.", fragment, tracking, last slash."""
    if not url:
        return None
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # brackets that hold no address
        return None
    asked = [(key, value) for key, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(key.lower())]
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if host else None


def revision(before: Version, after: Version, numbers: Collection[str]) -> Revision:
    """All that changed from one version to the other."""
    return Revision(before, after, (*_facts(before, after), *_lines(before.lines, after.lines, numbers)))


def _facts(before: Version, after: Version) -> Iterator[Change]:
    pairs = (
        (ChangeKind.TITLE, before.title, after.title),
        (ChangeKind.DAY, _days(before.days), _days(after.days)),
        (ChangeKind.AUTHORS, ", ".join(before.authors) or None, ", ".join(after.authors) or None),
        (ChangeKind.AGENCY, before.agency, after.agency),
    )
    yield from (Change(kind, old, new) for kind, old, new in pairs if old != new)


def _days(days: Days) -> str | None:
    if not days.known:
        return None
    return f"{days.first}" if days.first == days.last else f"{days.first or '…'} to {days.last or '…'}"


def _lines(before: Sequence[str], after: Sequence[str], numbers: Collection[str]) -> Iterator[Change]:
    """The lines that were added, removed or changed, in the order of the later text."""
    if max(len(before), len(after)) > MOST_LINES:
        yield from _unordered(before, after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield from _stretch(before, range(a, b), after, range(c, d), numbers)


def _unordered(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """What either text has more of than the other."""
    yield from _more(before, Counter(after), ChangeKind.REMOVED)
    yield from _more(after, Counter(before), ChangeKind.ADDED)


def _more(lines: Sequence[str], others: Counter[str], kind: ChangeKind) -> Iterator[Change]:
    for number, line in enumerate(lines):
        if others[line] > 0:
            others[line] -= 1
        else:
            yield _removed(line, number) if kind is ChangeKind.REMOVED else _added(line, number)


def _removed(line: str, number: int) -> Change:
    return Change(ChangeKind.REMOVED, line, None, number, None)


def _added(line: str, number: int) -> Change:
    return Change(ChangeKind.ADDED, None, line, None, number)


def _stretch(
    before: Sequence[str], old: range, after: Sequence[str], new: range, numbers: Collection[str]
) -> Iterator[Change]:
    """A stretch of lines that another took the place of: lines made from one another are one change."""
    partner = _partners(before, old, after, new)
    kept = set(partner.values())
    yield from (_removed(before[i], i) for i in old if i not in kept)
    for j in new:
        i = partner.get(j)
        if i is None:
            yield _added(after[j], j)
        else:
            yield Change(ChangeKind.CHANGED, before[i], after[j], i, j)
            for was, now in _numbers(before[i], after[j], numbers):
                yield Change(ChangeKind.NUMBER, was, now, i, j)


def _partners(before: Sequence[str], old: range, after: Sequence[str], new: range) -> dict[int, int]:
    """By the number of a new line that of the old one it was made from; each old line once, the most alike first."""
    if len(old) * len(new) > MOST_PAIRS:
        return {}
    alike = [(_likeness(before[i], after[j]), i, j) for i in old for j in new]
    partner: dict[int, int] = {}
    used: set[int] = set()
    for likeness, i, j in sorted(alike, key=lambda one: (-one[0], one[1], one[2])):
        if likeness >= ALIKE and i not in used and j not in partner:
            partner[j] = i
            used.add(i)
    return partner


def _likeness(one: str, other: str) -> float:
    """The share of words that two lines have in common, whatever their order."""
    a, b = Counter(one.split()), Counter(other.split())
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def _numbers(before: str, after: str, words: Collection[str]) -> Iterator[tuple[str, str]]:
    """The numbers that changed in a line, each with the word behind it: "39 Tote" and "42 Tote"."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "replace":
            continue
        was = [i for i in range(a, b) if _is_number(old[i], words)]
        now = [j for j in range(c, d) if _is_number(new[j], words)]
        for i, j in zip(was, now, strict=False):
            yield " ".join(old[i : i + 2]).strip(".,;:"), " ".join(new[j : j + 2]).strip(".,;:")


def _is_number(word: str, words: Collection[str]) -> bool:
    return _FIGURE.search(word) is not None or word.strip(".,;:()„“»«").lower() in words


def changed_words(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """A changed line in pieces: what both have, what only the earlier has, what only the later has."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield "", before, after
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield " ".join(old[a:b]), "", ""
        else:
            yield "", " ".join(old[a:b]), " ".join(new[c:d])
