"""Who wrote a page: names in its bylines, weighed against what its head says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from depesche.clean.head.marked import Heading, Marked, Signed
from depesche.clean.head.structured import Named
from depesche.clean.sequence import fold
from depesche.packs.heads import BylineWords, Heads

_DIGITS = re.compile(r"(?<!\w)\d{1,2}[./:]|\b(?:19|20)\d\d\b|(?<!\w)\d{1,2}\s\w{3,}")
_SPLIT = re.compile(r"\s*[,;|•·–&+]\s*|\s/\s*|(?<=\w{4})/(?=[A-ZÄÖÜ])|\s+[-—]\s+|\s+(?=\()|\)\s*")
_WORD = re.compile(r"[^\W\d_][\w.’'‘-]*")
_PARTICLES = frozenset(
    ("von", "van", "de", "der", "den", "du", "di", "la", "le", "el", "al", "zu", "bin", "da", "dos", "del", "und")
)
MOST_WORDS = 7
_INITIALS = re.compile(r"[a-z]{2,8}(?:/[a-z]{2,8})?")
_LINK = re.compile(r"^(?:https?:|www\.|@)|\.(?:com|de|net|org|html?)(?:/|$)|\[at\]|@")
_BY = re.compile(r"(?:^|[\d·|–—/-]\s{1,2}|Uhr\s)(?:[Vv]on|VON|[Bb]y|BY)\b:?\s+")
_AMID = re.compile(r"(?:^\S+(?:\s\S+)?\s+|[\d·|–—-]\s{1,2}|Uhr\s)(?:Von|VON|von|By|by|Autor(?:in)?:)\s+(?=[^\W\d_])")
_DAY_AHEAD = re.compile(r"^\d{1,2}\.\s?(?:\d{1,2}\.|\w{3,9})\s?\d{2,4}\s?[|·–/-]{1,2}\s")
_WEEKDAY = re.compile(r"[\s,]+(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\.?[\s,]*$", re.IGNORECASE)
LONGEST = 60
LONGEST_LINE = 160
BEFORE = 3
"""How many times farther a byline ahead of the title is than one behind it."""
MOST = 8
CLOSE = 150
"""Elements behind the title within which a byline is the article's, whatever box it stands in."""


class Byline(msgspec.Struct, frozen=True):
    """Who signs, and the line that says so."""

    names: tuple[str, ...] = ()
    line: str | None = None


def find_authors(
    marked: Marked, told: Sequence[Named], heading: Heading | None, heads: Heads, sites: Sequence[str]
) -> Byline:
    """The authors of a page: persons before handles, and the outlet itself only where it signs as the author."""
    words = heads.byline
    own = {fold(site) for site in sites}
    shown = _shown(marked, heading, words)
    described = Byline(tuple(_clean((one.name for one in told if not one.organisation), words)))
    meta = Byline(tuple(_of_meta(marked, heads, own)))
    sources = (described, shown, meta)
    for name_fits, own_fits in ((is_person, False), (_any, False), (is_person, True)):
        found = [one for one in sources if any(name_fits(name, words) for name in _less(one.names, own, own_fits))]
        if found:
            best = next((one for one in found if set(_keys(one)) > set(_keys(found[0]))), found[0])
            return Byline(_unique(_less(best.names, own, own_fits)), best.line)
    return Byline()


def _any(name: str, words: BylineWords) -> bool:
    return bool(fold(name))


def organisations(
    told: Sequence[Named], marked: Marked, heading: Heading | None, words: BylineWords
) -> tuple[str, ...]:
    """Who signs where no person does: an organisation, the outlet itself, an editorial office."""
    shown = [one.text for one in _near(marked, heading) if len(one.text) <= LONGEST]
    signed = [_signature(text, words) for text in shown if not text.lower().startswith(words.instead)]
    return _unique([*filter(None, signed), *(one.name for one in told)][:1])


def _signature(text: str, words: BylineWords) -> str:
    """A byline less its opening and its day; "Redaktion" is the opening and the name."""
    cut = _DIGITS.search(text)
    line = (text[: cut.start()] if cut else text).strip(" :-|–·,")
    return _opened(line, words).strip(" :-|–·,") or line.split(" ")[-1]


def _less(names: Iterable[str], own: set[str], all_of_them: bool) -> list[str]:
    return [name for name in names if all_of_them or fold(name) not in own]


def _keys(byline: Byline) -> list[str]:
    return [fold(name) for name in byline.names]


def _of_meta(marked: Marked, heads: Heads, own: set[str]) -> Iterator[str]:
    """Names in meta elements; none of a value that begins with the outlet or with an address ("beispiel.de, Wien")."""
    for key in heads.meta.authors:
        for value in marked.meta.get(key, ())[:4]:
            front = _SPLIT.split(value)[0]
            if not _LINK.search(front) and fold(front) not in own:
                yield from names_of(value, heads.byline)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(name): name for name in reversed(list(names)) if fold(name)}.values())[::-1][:MOST]


def _clean(names: Iterable[str], words: BylineWords) -> list[str]:
    return [part for name in names for part in names_of(name, words)]


def _shown(marked: Marked, heading: Heading | None, words: BylineWords) -> Byline:
    """The byline nearest to the title that names somebody."""
    for one in _near(marked, heading):
        names = names_of(one.text, words)
        if names:
            return Byline(tuple(names), one.text)
    return Byline()


def _near(marked: Marked, heading: Heading | None) -> list[Signed]:
    """Bylines outside lists and margins, else those close behind the title; the nearest first."""
    place = heading.place if heading else 0
    inside = heading.within if heading else frozenset()
    lines = [one for one in marked.signed if len(one.text) <= LONGEST_LINE]
    near = [one for one in lines if one.within <= inside]
    close = [one for one in lines if heading and 0 < one.place - place <= CLOSE]
    return sorted({*near, *close}, key=lambda one: (_distance(one.place - place), one.place))


def _distance(steps: int) -> int:
    return steps if steps >= 0 else -BEFORE * steps


def is_person(name: str, words: BylineWords) -> bool:
    """Whether a name reads as that of a person: two words or more with capitals, none of them a word of bylines."""
    parts = name.split()
    capitals = [part for part in parts if part[0].isupper()]
    if not 2 <= len(capitals) <= len(parts) <= MOST_WORDS or not parts[-1][0].isupper():
        return False
    if not all(_WORD.fullmatch(part) and (part[0].isupper() or part in _PARTICLES) for part in parts):
        return False
    others = {*words.nobody, *words.instead, *(end for end in words.ends if len(end) > 3)}
    return not any(
        part.strip(".:") in others or part.endswith(("redaktion", "team"))
        for part in name.lower().split()
        if part not in _PARTICLES
    )


def signed_in(line: str, words: BylineWords) -> list[str]:
    """The names behind a word that signs, anywhere in a short line: "6. Mai · von Karla Beispiel · Ressort"."""
    lower = line.lower()
    ends = [at + len(sign) for sign in words.signs if sign in lower and (at := _sign_at(lower, sign)) >= 0]
    if ends:
        return names_of(line[max(ends) :].lstrip(" :"), words)
    match = _BY.search(line)
    if match:
        return names_of(line[match.end() :], words)
    behind = _DAY_AHEAD.sub("", line)
    return [behind] if behind != line and is_person(behind, words) else []


def _sign_at(lower: str, sign: str) -> int:
    """Where a sign stands as whole words, -1 where it does not."""
    at = lower.find(sign)
    if at < 0 or (at and lower[at - 1].isalnum()) or lower[at + len(sign) : at + len(sign) + 1].isalnum():
        return -1
    return at


def names_of(line: str, words: BylineWords) -> list[str]:
    """The names in a byline; none where it names nobody.

    "Von Karla Beispiel und Karl Muster, Wien" gives two names: a part of one word behind a person is a place.
    """
    if line.strip().lower().startswith(words.instead):
        return []
    amid = _AMID.search(line)
    bare = _opened(line[amid.end() :] if amid else line.strip(), words)
    cut = _DIGITS.search(bare)
    bare = _WEEKDAY.sub("", bare[: cut.start()]) if cut else bare
    parts = list(_parts(bare, words))
    persons = [part for part in parts if is_person(part, words)]
    if persons:
        return persons
    if len(parts) > 1 and all(_INITIALS.fullmatch(part) for part in parts):
        return parts
    return [part for part in parts[:1] if ":" not in part and len(part.split()) <= 5 and any(map(str.isalpha, part))]


def _parts(text: str, words: BylineWords) -> Iterator[str]:
    between = "|".join(map(re.escape, words.parts))
    for part in re.split(rf"{_SPLIT.pattern}|\s+(?:{between})\s+", text, flags=re.IGNORECASE):
        name = _ended(_opened(part.strip(" .:,;|-–\"'„“”"), words), words).strip(" .:,;|")
        if name and len(name) <= LONGEST and fold(name) not in words.nobody and not _LINK.search(name):
            yield name


def _opened(text: str, words: BylineWords) -> str:
    """A text less the words that open a byline, however many stand there."""
    while True:
        lower = text.lower()
        opening = max((one for one in words.opens if _opens_with(lower, one)), key=len, default=None)
        if opening is None:
            return text
        text = text[len(opening) :].lstrip(" :\u00a0.-–|")


def _opens_with(lower: str, word: str) -> bool:
    return lower.startswith(word) and (len(lower) == len(word) or not lower[len(word)].isalnum())


def _ended(text: str, words: BylineWords) -> str:
    """A text up to the first word that says something else of the author."""
    tokens = text.split(" ")
    for i in range(len(tokens)):
        ahead = " ".join(tokens[i:]).lower()
        if (i > 1 or (i and f"{ahead} ".startswith(("am ", "um ", "vom ", "at ", "on ")))) and any(
            _opens_with(ahead, end) for end in words.ends
        ):
            return " ".join(tokens[:i])
    return text
