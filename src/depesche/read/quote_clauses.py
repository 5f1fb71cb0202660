"""Stretches of text that share their frames, cut into pieces at commas, colons and dashes outside the marks.

This leans on tags and word forms alone, so that a quotation is found even where the parse knows no clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from depesche.model.parse import Parse
from depesche.model.text import Span
from depesche.packs.quotes import QuoteRules

SEPARATORS = frozenset({",", ":", ";", "–", "—", "-", "--"})
NOUNS = ("NN", "NE", "FM", "PPER", "PDS", "PIS", "PWS")


class Kind(StrEnum):
    """What a piece is to the pieces around it."""

    MAIN = "main"
    CONTENT = "content"
    QUESTION = "question"
    TOLD = "told"
    RELATIVE = "relative"
    ADVERBIAL = "adverbial"
    INFINITIVE = "infinitive"
    PURPOSE = "purpose"
    MARKED = "marked"
    THUS = "thus"
    FRAGMENT = "fragment"


class Piece(msgspec.Struct, frozen=True):
    """Words `first:last` between separators. `start` is the first word behind "und"; `mood` ind, k1 or k2.

    `opened_by` is the separator before it, "" at the start; `finite` holds its finite verbs.
    """

    first: int
    last: int
    start: int
    kind: Kind
    finite: tuple[int, ...] = ()
    mood: str = "ind"
    opened_by: str = ""

    @property
    def verb_first(self) -> bool:
        """Whether it starts with its finite verb."""
        return bool(self.finite) and self.finite[0] == self.start and self.kind == Kind.MAIN

    @property
    def reported(self) -> bool:
        """Whether its mood says that somebody else speaks."""
        return self.mood != "ind"


class Block(msgspec.Struct, frozen=True):
    """The words `first:last` of a marked passage, its marks included."""

    first: int
    last: int
    span: Span


class Stretch(msgspec.Struct, frozen=True):
    """One sentence, or several that a marked passage ties together."""

    first: int
    last: int
    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]
    paragraph: bool


def mood_of(parse: Parse, i: int, rules: QuoteRules) -> str:
    """k1 for a form that reports, k2 for one that is unreal or stands in for it, else ind."""
    word, form = parse.words[i], parse.word(i).lower()
    near = {parse.word(j).lower() for j in (i - 1, i + 1) if 0 <= j < len(parse.words)}
    if "ich" in near:
        return "ind"
    if form in rules.moods.reported:
        return "k1"
    if form in rules.moods.unreal:
        return "k2"
    stem = word.lemma.lower().removesuffix("n").removesuffix("e")
    if not word.tag.startswith(("VV", "VM")) or "FIN" not in word.tag:
        return "ind"
    bent = form.endswith(("e", "en")) and any(mark in form and mark not in stem for mark in "äöü")
    return "k1" if form == stem + "e" else "k2" if bent else "ind"


def is_finite(parse: Parse, i: int, rules: QuoteRules) -> bool:
    """Whether the word is a finite verb, by its tag or as one of the listed forms."""
    tag = parse.words[i].tag
    if tag.startswith("V"):
        return "FIN" in tag or "IMP" in tag
    form = parse.word(i)
    return form in rules.moods.reported and not tag.startswith(("N", "ADJ"))


def pieces_of(parse: Parse, rules: QuoteRules, words: tuple[int, int], blocks: Sequence[Block]) -> list[Piece]:
    """The words of a stretch as pieces, in order."""
    raw = [_piece(parse, rules, part, blocks) for part in _raw_parts(parse, rules, words, blocks)]
    return _glued(raw)


def _raw_parts(
    parse: Parse, rules: QuoteRules, words: tuple[int, int], blocks: Sequence[Block]
) -> Iterator[tuple[int, int, str]]:
    """Runs of words between separators; marked passages and brackets are not cut."""
    hidden = _hidden(parse, words, blocks)
    first, opened_by = words[0], ""
    full_stops = {block.last for block in blocks if _ends_in_stop(parse, block)}
    for i in range(words[0], words[1]):
        if i in full_stops and parse.word(i)[:1].isupper():
            yield first, i, opened_by
            first, opened_by = i, "."
        end = parse.words[i].tag == "$." or parse.word(i) in {".", "!", "?"}
        if i not in hidden and i > first + 1 and _resumes(parse, rules, (first, i, words[1])):
            yield first, i, opened_by
            first, opened_by = i, "und"
        if i in hidden or not (end or parse.word(i) in SEPARATORS):
            continue
        if i > first:
            yield first, i, opened_by
        first, opened_by = i + 1, parse.word(i)
    if first < words[1]:
        yield first, words[1], opened_by


def _resumes(parse: Parse, rules: QuoteRules, words: tuple[int, int, int]) -> bool:
    """Whether "und" goes back from reported speech to the clause that reports: "…, er bleibe, und fügte hinzu"."""
    first, i, end = words
    if parse.words[i].tag != "KON" or i + 1 >= end or "FIN" not in parse.words[i + 1].tag:
        return False
    if parse.word(i + 1)[:1].isupper() or mood_of(parse, i + 1, rules) != "ind":
        return False
    finite = [j for j in range(first, i) if is_finite(parse, j, rules)]
    reporting = bool(finite) and parse.words[i + 1].lemma in rules.verbs
    return reporting or any(mood_of(parse, j, rules) != "ind" for j in finite)


def _ends_in_stop(parse: Parse, block: Block) -> bool:
    return block.last - block.first > 3 and parse.word(block.last - 2) in {".", "!", "?"}


def _hidden(parse: Parse, words: tuple[int, int], blocks: Sequence[Block]) -> set[int]:
    """Words inside marks or brackets."""
    found = {i for block in blocks for i in range(block.first, block.last)}
    depth = 0
    for i in range(*words):
        form = parse.word(i)
        depth += form in {"(", "["}
        if depth:
            found.add(i)
        depth -= depth > 0 and form in {")", "]"}
    return found


def _piece(parse: Parse, rules: QuoteRules, part: tuple[int, int, str], blocks: Sequence[Block]) -> Piece:
    first, last, opened_by = part
    own = [block for block in blocks if first <= block.first < last]
    hidden = _hidden(parse, (first, last), own)
    free = [i for i in range(first, last) if i not in hidden]
    if own and not any(parse.words[i].tag[:1] in "NV" for i in free) and len(free) < 3:
        return Piece(first, last, first, Kind.MARKED, opened_by=opened_by)
    finite = tuple(i for i in free if is_finite(parse, i, rules))
    if not finite and own:
        finite = tuple(i for b in own for i in range(b.first, min(b.last, last)) if is_finite(parse, i, rules))
    if not finite and opened_by in {"", ".", ":", ";"} and parse.word(first).lower() not in rules.openers.purpose:
        finite = _mistaken(parse, free)
    start = first + (parse.words[first].tag == "KON" and first + 1 < last)
    kind = _kind(parse, rules, (start, last), finite)
    kind = Kind.MAIN if kind == Kind.RELATIVE and opened_by != "," else kind
    return Piece(first, last, start, kind, finite, _mood(parse, rules, finite), opened_by)


def _mistaken(parse: Parse, words: Sequence[int]) -> tuple[int, ...]:
    """A finite verb that the tagger took for an infinitive or participle: the only verb of a main clause."""
    verbs = [i for i in words if parse.words[i].tag.startswith("V")]
    marked = any(parse.words[i].tag == "PTKZU" or "IZU" in parse.words[i].tag for i in words)
    return tuple(verbs) if len(verbs) == 1 and not marked else ()


def _mood(parse: Parse, rules: QuoteRules, finite: Sequence[int]) -> str:
    moods = {mood_of(parse, i, rules) for i in finite}
    return next((mood for mood in ("k1", "k2") if mood in moods), "ind")


def _kind(parse: Parse, rules: QuoteRules, words: tuple[int, int], finite: Sequence[int]) -> Kind:
    start, last = words
    form, tag, openers = parse.word(start).lower(), parse.words[start].tag, rules.openers
    if form in openers.content:
        return Kind.CONTENT
    if not finite:
        return _without_verb(parse, rules, words)
    late = finite[0] > start + 1
    if form in openers.thus and start + 1 < last and parse.word(start + 1) in openers.content:
        return Kind.ADVERBIAL
    if form in openers.as_told and late:
        return Kind.TOLD
    if tag.startswith("PREL") or (tag in {"ART", "PDS"} and finite[-1] >= last - 2 and late and form.startswith("d")):
        return Kind.RELATIVE if finite[-1] >= last - 2 and last - start > 2 else Kind.MAIN
    if tag == "APPR" and start + 1 < last and parse.words[start + 1].tag.startswith("PREL"):
        return Kind.RELATIVE
    if form in openers.question and late:
        return Kind.QUESTION
    closing = finite[-1] >= last - 2
    hanging = tag == "KOUS" or (form in openers.adverbial and closing)
    return Kind.ADVERBIAL if hanging and late else Kind.MAIN


def _without_verb(parse: Parse, rules: QuoteRules, words: tuple[int, int]) -> Kind:
    tags = [parse.words[i].tag for i in range(*words)]
    if parse.word(words[0]).lower() in rules.openers.thus and len(tags) > 1 and not tags[1].startswith(("ADJ", "KO")):
        return Kind.THUS
    if parse.word(words[0]).lower() in rules.openers.as_told and parse.word(words[1] - 1)[:1].isupper():
        return Kind.TOLD
    if "PTKZU" not in tags and not any("IZU" in tag for tag in tags):
        return Kind.FRAGMENT
    return Kind.PURPOSE if parse.word(words[0]).lower() in rules.openers.purpose else Kind.INFINITIVE


def _spanned(raw: Sequence[Piece]) -> list[Piece]:
    """Clauses in the mood of speech that a relative clause parts from their subject, made whole."""
    found: list[Piece] = []
    for piece in raw:
        parted = len(found) > 1 and found[-1].kind == Kind.RELATIVE and found[-2].kind == Kind.FRAGMENT
        if parted and piece.reported and piece.verb_first:
            head = found[-2]
            found[-2:] = [msgspec.structs.replace(piece, first=head.first, start=head.start, opened_by=head.opened_by)]
        else:
            found.append(piece)
    return found


def _glued(raw: Sequence[Piece]) -> list[Piece]:
    """Fragments join the piece before them, or at the start the main clause that follows."""
    found: list[Piece] = []
    for piece in _spanned(raw):
        before = found[-1] if found else None
        if before and before.kind == Kind.TOLD and not before.finite and piece.kind in {Kind.MAIN, Kind.FRAGMENT}:
            found[-1] = msgspec.structs.replace(before, last=piece.last, finite=piece.finite, mood=piece.mood)
            continue
        if before and piece.kind == Kind.FRAGMENT and piece.opened_by == "," and before.kind != Kind.MARKED:
            found[-1] = msgspec.structs.replace(before, last=piece.last)
        elif before and before.kind == Kind.FRAGMENT and _completes(piece):
            found[-1] = msgspec.structs.replace(
                piece, first=before.first, start=before.start, opened_by=before.opened_by
            )
        elif piece.kind == Kind.MAIN and _waits_for_verb(found):
            found.append(msgspec.structs.replace(piece, kind=Kind.ADVERBIAL))
        else:
            found.append(piece)
    return found


def _waits_for_verb(before: Sequence[Piece]) -> bool:
    """Whether a content clause has not had its verb yet, but for relative clauses in it."""
    at = len(before) - 1
    while at >= 0 and before[at].kind == Kind.RELATIVE:
        at -= 1
    return at >= 0 and before[at].kind == Kind.CONTENT and not before[at].finite


def _completes(piece: Piece) -> bool:
    """Whether a main clause goes on with the fragment before its comma, instead of hanging on it."""
    return piece.kind == Kind.MAIN and piece.opened_by == "," and (piece.verb_first or not piece.reported)
