"""Frames without a verb of their own clause: "laut X", "nach Angaben von X", "wie X sagte", "so X", "demnach"."""

from __future__ import annotations

from depesche.model.reading import QuoteType
from depesche.read.quote_clauses import Block, Kind, Piece, Stretch
from depesche.read.quote_cues import Source, find_sources
from depesche.read.quote_drafts import Draft, Run, Scene, around, by_verb, end_of_said
from depesche.read.quote_phrases import phrase_after, phrases_in, with_apposition

FRONT_FIELD = 8
"""Words that may stand between a source and the finite verb and still belong to the source's phrase."""


def by_source(scene: Scene) -> Draft | None:
    """ "Laut X …": all of the stretch but the frame is said, or all of the relative clause it stands in."""
    hidden = {i for block in scene.stretch.blocks for i in range(block.first, block.last)}
    for source in find_sources(scene.parse, (scene.stretch.first, scene.stretch.last), scene.rules):
        if source.frame[0] in hidden:
            continue
        index = next(n for n, piece in enumerate(scene.pieces) if source.frame[0] < piece.last)
        draft = _by_one(scene, source, index)
        if draft.said:
            return draft
    return None


def _by_one(scene: Scene, source: Source, index: int) -> Draft:
    piece = scene.pieces[index]
    frame = _front(piece, source.frame)
    speaker = (source.speaker[0], frame[1]) if source.cue[0] == frame[0] else source.speaker
    stretch = scene.stretch
    within = (piece.first, piece.last) if piece.kind == Kind.RELATIVE else (stretch.first, stretch.last)
    block = _whole_block(stretch, source)
    said = [(block.first, block.last)] if block else around(scene.parse, within, frame)
    kind = QuoteType.DIRECT if block else QuoteType.INDIRECT
    return Draft(kind, tuple(said), (frame,), (source.cue,), source.rule, source.medium, speaker, None, index)


def _front(piece: Piece, frame: Run) -> Run:
    """The frame stretched to the finite verb where it opens a main clause: only one constituent stands there."""
    if piece.kind != Kind.MAIN or frame[0] != piece.start or not piece.finite:
        return frame
    verb = piece.finite[0]
    return (frame[0], verb) if frame[1] < verb <= frame[1] + FRONT_FIELD else frame


def _whole_block(stretch: Stretch, source: Source) -> Block | None:
    """The marked passage that is all the source says."""
    rest = stretch.last - stretch.first - (source.frame[1] - source.frame[0])
    return next((block for block in stretch.blocks if rest - (block.last - block.first) <= 2), None)


def as_told(scene: Scene, index: int, taken: int) -> Draft | None:
    """ "Wie X sagte, …": the rest of the stretch is said."""
    piece, cue = scene.pieces[index], scene.cues.get(index)
    if piece.kind != Kind.TOLD or cue is None or cue.passive or index == taken > 0:
        return None
    frame = (piece.first, scene.past_separator(piece.last))
    whole = (scene.pieces[taken].first, scene.stretch.last)
    return by_verb(scene, cue, around(scene.parse, whole, frame), [frame])


def thus(scene: Scene, index: int, taken: int) -> Draft | None:
    """ "…, so X": what stands before it is said, or what follows at the start of a stretch."""
    piece = scene.pieces[index]
    phrase = phrase_after(scene.parse, piece.first + 1, piece.last) if piece.kind == Kind.THUS else None
    if phrase is None or (index == taken and index + 1 >= len(scene.pieces)):
        return None
    said = said_before(scene, index, taken) if index > taken else [scene.run(index + 1, end_of_said(scene, index + 1))]
    phrase = with_apposition(scene.parse, phrase, piece.last)
    direct = all(any((b.first, b.last) == run for b in scene.stretch.blocks) for run in said)
    kind = QuoteType.DIRECT if direct else QuoteType.INDIRECT
    frame, cue = (piece.first, piece.last), (piece.first, piece.first + 1)
    return Draft(kind, tuple(said), (frame,), (cue,), "de.quote.thus", "Speech", phrase, None, index)


def whereafter(scene: Scene, index: int, taken: int) -> Draft | None:
    """ "ein Bericht, wonach …" and a sentence with "demnach" in it."""
    piece = scene.pieces[index]
    forms = [scene.parse.word(i).lower() for i in range(piece.first, piece.last)]
    at = next((n for n, form in enumerate(forms) if form in scene.rules.particles), -1)
    if at < 0 or not piece.finite or len(forms) < 2 or piece.reported:
        return None
    rule = scene.rules.particles[forms[at]]
    word = (piece.first + at, piece.first + at + 1)
    end = scene.pieces[end_of_said(scene, index)].last
    start = scene.pieces[taken].first if piece.opened_by and not at else word[0]
    said = around(scene.parse, (piece.first, end), word)
    named = list(phrases_in(scene.parse, start, piece.first))[-1:]
    speaker = named[0] if named else None
    return Draft(
        QuoteType.INDIRECT, tuple(said), ((start, word[1]),), (word,), rule.id, rule.medium, speaker, None, index
    )


def said_before(scene: Scene, index: int, taken: int) -> list[Run]:
    """What a frame behind it claims: the marked pieces next to it alone, else all since the last frame.

    With what carries on behind the frame: more marked words, or a clause in the mood of reported speech.
    """
    first = index
    while first > taken and scene.pieces[first - 1].kind == Kind.MARKED:
        first -= 1
    before = scene.run(first if first < index else taken, index - 1)
    return [before, *_carried_on(scene, index)]


def _carried_on(scene: Scene, index: int) -> list[Run]:
    if index + 1 >= len(scene.pieces):
        return []
    after, marked = scene.pieces[index + 1], scene.pieces[index - 1].kind == Kind.MARKED
    if (after.kind == Kind.MARKED and marked) or (after.reported and after.start == after.first):
        return [scene.run(index + 1, end_of_said(scene, index + 1))]
    return []
