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
_SPLIT = re.compile(r"\s*[,;|/•·–&+]\s*|\s+[-—]\s+|\s+(?=\()|\)\s*")
_PERSON = re.compile(
    r"(?:(?:Dr|Prof|Mag|Dipl|Ing|Pfr|Lic|med|h\.c|PhD)\.?(?:-\w+\.?)?\s)*"
    r"[^\W\d_a-zß][\w.’'‘-]*(?:\s(?:von|van|de|der|den|du|di|la|le|el|al|zu|bin|da|dos|del|ter|und\szu|v\.))*"
    r"(?:\s[^\W\d_a-zß][\w.’'‘-]*){1,4}"
)
_HANDLE = re.compile(r"[\w.-]{2,30}")
_LINK = re.compile(r"^(?:https?:|www\.|@)|\.(?:com|de|net|org|html?)(?:/|$)|\[at\]|@")
_WEEKDAY = re.compile(r"[\s,]+(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\.?[\s,]*$", re.IGNORECASE)
_AMID = re.compile(r"^\S+(?:\s\S+)?\s+(?:Von|VON|By|Autor(?:in)?:)\s+(?=[^\W\d_a-z])")
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
    for fits in (is_person, lambda name: True):
        found = [byline for byline in (described, shown, meta) if any(map(fits, _less(byline.names, own)))]
        if found:
            best = next((one for one in found if set(_keys(one)) > set(_keys(found[0]))), found[0])
            return Byline(_unique(_less(best.names, own)), best.line)
    return Byline()


def organisations(
    told: Sequence[Named], marked: Marked, heading: Heading | None, words: BylineWords
) -> tuple[str, ...]:
    """Who signs where no person does: an organisation, the outlet itself, an editorial office."""
    shown = [one.text for one in _near(marked, heading) if len(one.text) <= LONGEST]
    signed = [_opened(text, words).strip(" :-|") for text in shown if not text.lower().startswith(words.instead)]
    return _unique([*signed[:1], *(one.name for one in told)][:1])


def _less(names: Iterable[str], own: set[str]) -> list[str]:
    return [name for name in names if fold(name) not in own]


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


def is_person(name: str) -> bool:
    """Whether a name reads as that of a person: two words or more with capitals."""
    return _PERSON.fullmatch(name) is not None


def names_of(line: str, words: BylineWords) -> list[str]:
    """The names in a byline; none where it names nobody.

    "Von Karla Beispiel und Karl Muster, Wien" gives two names: a part of one word behind a person is a place.
    """
    if line.strip().lower().startswith(words.instead):
        return []
    bare = _opened(_AMID.sub("", line.strip()), words)
    cut = _DIGITS.search(bare)
    bare = _WEEKDAY.sub("", bare[: cut.start()]) if cut else bare
    parts = list(_parts(bare, words))
    persons = [part for part in parts if is_person(part)]
    if persons:
        return persons
    return [part for part in parts[:1] if _HANDLE.fullmatch(part) or len(part.split()) <= 5]


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
    for i, token in enumerate(tokens):
        ahead = " ".join(tokens[i:]).lower()
        if (i > 1 or (i and f"{ahead} ".startswith(("am ", "um ", "vom ", "at ", "on ")))) and any(
            _opens_with(ahead, end) for end in words.ends
        ):
            return " ".join(tokens[:i])
    return text
