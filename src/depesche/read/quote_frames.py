"""Frames and what they introduce: which pieces of a stretch are said, and which say who said them."""

from __future__ import annotations

from collections.abc import Iterator

from depesche.model.parse import Parse
from depesche.model.reading import QuoteType
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_clauses import Kind, Piece, Stretch
from depesche.read.quote_cues import Cue, find_cues
from depesche.read.quote_drafts import Draft, Scene, around, by_verb, end_of_said, own_words
from depesche.read.quote_sources import as_told, by_source, said_before, thus, whereafter

SAYABLE = frozenset({Kind.MAIN, Kind.CONTENT, Kind.MARKED, Kind.QUESTION, Kind.INFINITIVE})
ADDED = frozenset({Kind.RELATIVE, Kind.ADVERBIAL, Kind.PURPOSE, Kind.FRAGMENT})
FROM_THE_END = 6
"""How far from the end of its piece a noun may stand on which the next clause hangs."""


def frames_in(parse: Parse, stretch: Stretch, rules: QuoteRules) -> tuple[Draft, ...]:
    """The framed quotations of a stretch, in order; one that only tells of a statement if there are none."""
    cues = {cue.piece: cue for cue in find_cues(parse, stretch, rules)}
    scene = Scene(parse, stretch, rules, cues)
    source = by_source(scene)
    if source and not _outranked(scene, source):
        return (source,)
    found: list[Draft] = []
    taken = 0
    for index in range(len(stretch.pieces)):
        draft = _frame_at(scene, index, taken) if index >= taken else None
        if draft:
            found.append(draft)
            taken = max(taken, _last_piece(scene, draft) + 1)
    if source and not found:
        return (source,)
    return tuple(found) or tuple(_statements(scene))


def _outranked(scene: Scene, source: Draft) -> bool:
    """Whether a verb before a source, or the one it stands with behind what is said, makes the frame."""
    own = scene.cues.get(source.piece)
    behind = own is not None and source.piece > 0 and _inverted(scene.pieces[source.piece], own)
    return behind or any(index < source.piece for index in scene.cues)


def sentence_before(parse: Parse, before: Stretch, stretch: Stretch, rules: QuoteRules) -> Iterator[Draft]:
    """ "Dies bestätigte X.": the sentence before is said."""
    first = stretch.first
    cue = next(iter(find_cues(parse, stretch, rules)), None)
    if parse.word(first).lower() not in rules.openers.this or cue is None or "clause" not in cue.uses:
        return
    finite = stretch.pieces[cue.piece].finite
    if len(stretch.pieces) == 1 and finite and finite[0] == first + 1 and not cue.passive:
        said = ((before.first, before.last), (first, first + 1))
        words = tuple((i, i + 1) for i in cue.words)
        frame = ((first + 1, stretch.last),)
        yield Draft(QuoteType.INDIRECT, said, frame, words, cue.rule, cue.medium, None, cue, 0)


def _frame_at(scene: Scene, index: int, taken: int) -> Draft | None:
    """The quotation whose frame is the piece `index`, pieces before `taken` being spoken for."""
    draft = as_told(scene, index, taken) or thus(scene, index, taken) or whereafter(scene, index, taken)
    if draft or scene.pieces[index].reported:
        return draft
    return _behind(scene, index, taken) or _ahead(scene, index, taken)


def _behind(scene: Scene, index: int, taken: int) -> Draft | None:
    """ "…, sagte X": what stands before the frame is said, and what carries on after it."""
    piece, cue = scene.pieces[index], scene.cues.get(index)
    if cue is None or "direct" not in cue.uses or index == taken or not _inverted(piece, cue):
        return None
    before = scene.pieces[taken:index]
    spoken = any(p.kind == Kind.MARKED or p.reported for p in before)
    if not any(p.kind in SAYABLE for p in before) or not (spoken or "clause" in cue.uses):
        return None
    if cue.passive and not spoken and not any(p.kind == Kind.CONTENT for p in before):
        return None
    if not spoken and _content_at(scene, index + 1, cue) is not None:
        return None
    frame = (piece.first - (piece.opened_by == ","), piece.last)
    return by_verb(scene, cue, said_before(scene, index, taken), [frame])


def _inverted(piece: Piece, cue: Cue) -> bool:
    return piece.verb_first and cue.words[0] == piece.start == piece.first


def _ahead(scene: Scene, index: int, taken: int) -> Draft | None:
    """ "X sagte, …": what follows the frame is said, or marked words in its midst."""
    cue = scene.cues.get(index)
    if cue is None:
        return _without_verb(scene, index, taken)
    start = _content_at(scene, index + 1, cue)
    if start is None:
        return _fragment(scene, index, taken)
    said = scene.run(start, end_of_said(scene, start))
    return by_verb(scene, cue, [said], [scene.lead(taken, scene.pieces[start - 1].last)])


def _content_at(scene: Scene, index: int, cue: Cue) -> int | None:
    """The piece at `index`, or behind clauses that only add to the frame, that the cue can introduce."""
    for at in range(index, min(index + 3, len(scene.pieces))):
        piece = scene.pieces[at]
        if piece.reported and piece.kind != Kind.TOLD and not piece.verb_first:
            return at
        if piece.kind == Kind.ADVERBIAL and at in scene.cues:
            return None
        if piece.kind not in ADDED:
            return at if _introduces(cue, piece) else None
    return None


def _introduces(cue: Cue, piece: Piece) -> bool:
    """Whether a cue of this use can introduce a piece of this kind."""
    if piece.kind == Kind.MARKED:
        return "direct" in cue.uses or piece.opened_by == ":"
    if piece.kind == Kind.MAIN:
        plain = "plain" in cue.uses and not cue.passive and not piece.verb_first and piece.start == piece.first
        return plain or piece.opened_by == ":"
    if piece.kind == Kind.INFINITIVE:
        return "infinitive" in cue.uses
    return piece.kind == Kind.CONTENT or (piece.kind == Kind.QUESTION and "clause" in cue.uses)


def _without_verb(scene: Scene, index: int, taken: int) -> Draft | None:
    """A clause that hangs on a noun, marked words behind a colon, a clause in the mood of reported speech."""
    piece = scene.pieces[index]
    if index + 1 >= len(scene.pieces) or piece.kind in {Kind.MARKED, Kind.TOLD}:
        return None
    after = scene.pieces[index + 1]
    noun = _noun(scene, piece) if after.kind == Kind.CONTENT or after.reported else -1
    if noun >= 0:
        return _hung_on(scene, index, taken, noun)
    if after.kind == Kind.MARKED and after.opened_by == ":":
        return _announced(scene, index, taken)
    told = after.mood == "k1" and not after.verb_first and after.kind not in {Kind.TOLD, Kind.ADVERBIAL}
    return _hung_on(scene, index, taken, piece.finite[0]) if told and piece.finite else None


def _noun(scene: Scene, piece: Piece) -> int:
    """The last noun of a piece that can carry a content clause; -1 if there is none near its end."""
    words = scene.parse.words
    nouns = (i for i in range(piece.first, piece.last) if words[i].lemma in scene.rules.nouns)
    noun = max(nouns, default=-1)
    return noun if noun >= piece.last - FROM_THE_END else -1


def _hung_on(scene: Scene, index: int, taken: int, cue: int) -> Draft:
    """ "die Behauptung, dass …", "er war erleichtert, man habe …": what follows hangs on the word `cue`."""
    piece = scene.pieces[index]
    noun = scene.rules.nouns.get(scene.parse.words[cue].lemma)
    rule = noun.id if noun else "de.quote.mood"
    verb = Cue(index, (cue,), piece.finite[0] if piece.finite else cue, rule, "SW", (), "")
    said = (scene.run(index + 1, end_of_said(scene, index + 1)),)
    frame = (scene.lead(taken, piece.last),)
    return Draft(QuoteType.INDIRECT, said, frame, ((cue, cue + 1),), rule, "SW", None, verb, index)


def _announced(scene: Scene, index: int, taken: int) -> Draft:
    """ "Zitat von X: „…“": marked words behind a colon, whatever stands before it."""
    piece = scene.pieces[index]
    anchor = piece.finite[0] if piece.finite else piece.last
    verb = Cue(index, (anchor,), anchor, "de.quote.colon", "Speech", (), "")
    said = (scene.run(index + 1, end_of_said(scene, index + 1)),)
    frame = (scene.lead(taken, piece.last),)
    return Draft(QuoteType.DIRECT, said, frame, (), verb.rule, verb.medium, None, verb, index)


def _fragment(scene: Scene, index: int, taken: int) -> Draft | None:
    """ "X nannte es „…“": marked words inside the clause of the cue."""
    piece, cue = scene.pieces[index], scene.cues[index]
    if "direct" not in cue.uses or cue.passive or not _quotes_inside(cue):
        return None
    inside = [b for b in scene.stretch.blocks if piece.first <= b.first and b.last <= piece.last]
    own = [b for b in inside if own_words(scene.parse, b.first, b.last) or "inside" in cue.uses]
    if not own:
        return None
    longest = max(own, key=lambda block: (block.last - block.first, -block.first))
    said = (longest.first, longest.last)
    return by_verb(scene, cue, [said], around(scene.parse, (scene.pieces[taken].first, piece.last), said))


def _quotes_inside(cue: Cue) -> bool:
    """Whether marked words inside the cue's clause are what it introduces, not a part of the statement."""
    return "report" not in cue.uses or "inside" in cue.uses


def _statements(scene: Scene) -> Iterator[Draft]:
    """ "X forderte …": the whole sentence tells of a statement."""
    for index, cue in sorted(scene.cues.items()):
        piece = scene.pieces[index]
        if "report" in cue.uses and not piece.reported and piece.kind == Kind.MAIN and _stated(scene, cue):
            whole = (scene.stretch.first, scene.stretch.last)
            yield Draft(QuoteType.REPORTED, (whole,), (), (), cue.rule, cue.medium, None, cue, index)
            return


def _stated(scene: Scene, cue: Cue) -> bool:
    """Whether somebody is there who states it: not "man", and in the passive only one named by "von"."""
    piece, words = scene.pieces[cue.piece], scene.rules.speakers
    forms = {scene.parse.word(i).lower() for i in range(piece.first, piece.last)}
    return not forms & words.nobody and (not cue.passive or bool(forms & words.agents))


def _last_piece(scene: Scene, draft: Draft) -> int:
    """The index of the last piece that the draft uses."""
    end = max(run[1] for run in (*draft.said, *draft.frame))
    return max((n for n, piece in enumerate(scene.pieces) if piece.first < end), default=0)
