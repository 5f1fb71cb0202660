"""Quotations in words, before anybody is named, and the runs of words they are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from depesche.model.parse import Parse
from depesche.model.reading import QuoteType
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_clauses import Kind, Piece, Stretch
from depesche.read.quote_cues import Cue

Run = tuple[int, int]


class Draft(msgspec.Struct, frozen=True):
    """A quotation in words: what is said (`said`), the frame and the cue; `verb` leads to the speaker.

    `speaker` is set where the frame names it itself ("laut X"); `piece` is the cue's, -1 without one.
    """

    type: QuoteType
    said: tuple[Run, ...]
    frame: tuple[Run, ...] = ()
    cue: tuple[Run, ...] = ()
    rule: str = ""
    medium: str = "Speech"
    speaker: Run | None = None
    verb: Cue | None = None
    piece: int = -1


class Scene(msgspec.Struct, frozen=True):
    """A stretch with what reading its frames needs: the parse, the rules, the cue of each piece that has one."""

    parse: Parse
    stretch: Stretch
    rules: QuoteRules
    cues: Mapping[int, Cue]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The stretch's pieces."""
        return self.stretch.pieces

    def past_separator(self, last: int) -> int:
        """The word behind the separator that ends a piece, or `last` where none does."""
        more = last < self.stretch.last and self.parse.words[last].tag.startswith("$")
        return last + 1 if more else last

    def lead(self, taken: int, last: int) -> Run:
        """A frame from the first free piece up to word `last` and the separator there."""
        return self.pieces[taken].first, self.past_separator(last)

    def run(self, first: int, last: int) -> Run:
        """The words of the pieces `first` to `last`, both included."""
        return self.pieces[first].first, self.pieces[last].last


def by_verb(scene: Scene, cue: Cue, said: Sequence[Run], frame: Sequence[Run]) -> Draft:
    """A quotation that a verb introduces: direct where marks hold all that is said."""
    kind = QuoteType.DIRECT if all(is_marked(scene.stretch, run) for run in said) else QuoteType.INDIRECT
    words = tuple((i, i + 1) for i in cue.words)
    return Draft(kind, tuple(said), tuple(frame), words, cue.rule, cue.medium, None, cue, cue.piece)


def is_marked(stretch: Stretch, run: Run) -> bool:
    """Whether a run is one marked passage or several in a row."""
    inside = [b for b in stretch.blocks if run[0] <= b.first and b.last <= run[1] + 1]
    covered = sum(block.last - block.first for block in inside)
    return bool(inside) and inside[0].first == run[0] and run[1] - run[0] - covered <= len(inside)


def around(parse: Parse, whole: Run, hole: Run) -> list[Run]:
    """What of a run lies before and after a hole in it, without the commas at the hole and the full stop."""
    parts = [(whole[0], min(hole[0], whole[1])), (max(hole[1], whole[0]), whole[1])]
    return [part for part in (_bare(parse, part) for part in parts) if part[0] < part[1]]


def _bare(parse: Parse, run: Run) -> Run:
    first, last = run
    while first < last and parse.words[first].tag in {"$,", "$."}:
        first += 1
    while first < last and parse.words[last - 1].tag in {"$,", "$."}:
        last -= 1
    return first, last


def own_words(parse: Parse, first: int, last: int) -> bool:
    """Whether marked words are somebody's wording rather than a title or a name."""
    tags = [parse.words[i].tag for i in range(first, last) if parse.words[i].tag[:1] != "$"]
    return any(tag.startswith(("V", "ADJ", "ADV", "P", "ART", "K", "AP")) for tag in tags)


def end_of_said(scene: Scene, start: int) -> int:
    """The last piece that still belongs to what is said from piece `start` on."""
    if scene.pieces[start].kind == Kind.MARKED:
        at = start
        while at + 1 < len(scene.pieces) and scene.pieces[at + 1].kind == Kind.MARKED:
            at += 1
        return at
    for at in range(start + 1, len(scene.pieces)):
        if _breaks_off(scene, at):
            return at - 1
    return len(scene.pieces) - 1


def _breaks_off(scene: Scene, at: int) -> bool:
    """Whether a piece is no longer part of what the pieces before it tell indirectly."""
    piece = scene.pieces[at]
    told = piece.kind == Kind.THUS or (piece.kind == Kind.TOLD and at in scene.cues)
    free = piece.kind == Kind.MAIN and not piece.reported
    if (
        at in scene.cues
        and not piece.reported
        and at + 1 < len(scene.pieces)
        and scene.pieces[at + 1].kind == Kind.MARKED
    ):
        return True
    resumed = piece.verb_first or piece.opened_by == ";" or piece.start > piece.first
    return piece.opened_by in {".", "!", "?"} or told or (free and resumed)
