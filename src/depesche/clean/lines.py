"""The lines of a flattening, and what can be seen of each without its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from statistics import median

import msgspec

from depesche.packs.furniture import Furniture

_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.!?…।。؟۔:]")
"""What every sentence ends with; most lines of a page are labels and have none."""
_END = re.compile(
    r"[.!?…।。؟۔:](?:(?<!:)|(?<=[^\W\d_]{3}:)(?=$))[\"”“»«’‘')\]]*\s{0,3}"
    r"(?:(?:©|\(c\))\s?[\w/., +-]{2,30}|[(\[][\w/ ,.+-]{1,30}[)\]]|[a-zA-Z]{2,4}(?:/[\w/,-]{2,20})|[\"”“»«’‘]\S{0,8})?$"
)
"""The end of a sentence; a note's number, an agency's mark or an author's initials may follow it."""
_SENTENCE = re.compile(r"[.!?…][\"“”»«’‘')]*\s+[\"“„»«‚‘'(]*[A-ZÄÖÜ0-9]")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)[\"”“»«’‘')\]]*$")
_FULL_STOP = re.compile(r"[a-zäöüß0-9][\"”“»«)]*\.[\"”“»«]*\s+[\"“„»«]*[A-ZÄÖÜ]")

LONGEST_LOOK = 4000
"""Characters of a line that are looked at: nothing on a hostile page of one line takes longer."""
SHORT = 100
"""Characters up to which what a line shows is kept at hand."""

Seen = tuple[int, Mapping[str, int], int, bool, bool]


class Line(msgspec.Struct, frozen=True):
    """A non-empty line of a flattening: its number, its place without surrounding white space, its text.

    `density` is the share of function words in whole per cent, by language. `closed`: a sentence ends with the line;
    `hangs`: one breaks off there.
    """

    number: int
    start: int
    end: int
    text: str
    words: int
    density: Mapping[str, int]
    sentences: int
    closed: bool
    hangs: bool

    @property
    def chars(self) -> int:
        """Its length without surrounding white space."""
        return self.end - self.start


def split_lines(flat: str, furniture: Mapping[str, Furniture]) -> tuple[Line, ...]:
    """The lines that are not blank, split at the line feed only."""
    packs = tuple(furniture.values())
    return tuple(_line(number, start, text, packs) for number, start, text in _stripped(flat))


def _stripped(flat: str) -> Iterator[tuple[int, int, str]]:
    offset = 0
    for number, whole in enumerate(flat.split("\n")):
        text = whole.strip()
        if text:
            yield number, offset + len(whole) - len(whole.lstrip()), text
        offset += len(whole) + 1


def _line(number: int, start: int, text: str, packs: tuple[Furniture, ...]) -> Line:
    seen = _seen_short(text, packs) if len(text) <= SHORT else _seen(text, packs)
    return Line(number, start, start + len(text), text, *seen)


@lru_cache(maxsize=8192)
def _seen_short(text: str, packs: tuple[Furniture, ...]) -> Seen:
    """The same at hand: menus and footers stand on every page of an outlet."""
    return _seen(text, packs)


def _seen(text: str, packs: tuple[Furniture, ...]) -> Seen:
    """What a line shows: its words, the density, its sentences, whether it is closed, whether it hangs."""
    look = text if len(text) <= LONGEST_LOOK else text[: LONGEST_LOOK // 2] + text[-LONGEST_LOOK // 2 :]
    words = _WORD.findall(look.casefold())
    density = {
        pack.language: 100 * sum(map(pack.function_words.__contains__, words)) // (len(words) or 1) for pack in packs
    }
    if not _STOP.search(look):
        return len(words), density, 0, False, _breaks_off(look, words, packs)
    elliptic = _ELLIPSIS.search(look[-8:]) is not None
    closed = not elliptic and _END.search(look[-80:]) is not None
    hangs = not (closed or elliptic) and (_FULL_STOP.search(look) is not None or _breaks_off(look, words, packs))
    return len(words), density, len(_SENTENCE.findall(look)) + closed, closed, hangs


def _breaks_off(text: str, words: Sequence[str], packs: Iterable[Furniture]) -> bool:
    """Whether the line ends in mid sentence: behind a comma, an article, a preposition."""
    if text[-1] in ",–-":
        return True
    return bool(words) and text[-1].isalpha() and any(words[-1] in pack.hanging_words for pack in packs)


def language_of(lines: Sequence[Line], hint: str | None = None) -> str:
    """The language most of the running text is in: one that we know the function words of, or "other"."""
    long = sorted(lines, key=attrgetter("words"), reverse=True)[:40]  # of equals the first
    total = sum(line.words for line in long) or 1
    shares = {
        language: sum(line.words * line.density[language] for line in long) // total
        for language in (long[0].density if long else {})
    }
    best = max(sorted(shares), key=lambda language: shares[language], default="other")
    if shares.get(best, 0) >= 22:
        return best
    known = (hint or "")[:2].lower()
    return known if known in shares and shares[known] >= 10 else "other"


def hard_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs were broken into lines of one width, as in plain mail."""
    lengths = [line.chars for line in lines]
    if len(lines) < 6 or not 45 <= max(lengths) <= 110 or median(lengths) < 0.75 * max(lengths):
        return False
    return sum(line.closed for line in lines) < 0.6 * len(lines)
