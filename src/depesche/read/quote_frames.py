"""Frames and what they introduce: which pieces of a stretch are said, and which say who said them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from depesche.model.parse import Parse
from depesche.model.reading import QuoteType
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_clauses import Block, Kind, Piece, Stretch
from depesche.read.quote_cues import Cue, Source, find_cues, find_sources
from depesche.read.quote_phrases import phrase_after

Run = tuple[int, int]
STOPS = frozenset({".", "!", "?"})


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
    nested: bool = False


def frames_in(parse: Parse, stretch: Stretch, rules: QuoteRules) -> tuple[Draft, ...]:
    """The framed quotations of a stretch, in order."""
    source = _source_draft(parse, stretch, rules)
    cues = {cue.piece: cue for cue in find_cues(parse, stretch, rules)}
    if source and (source.piece <= 0 or not any(n < source.piece for n in cues)):
        return (source,)
    found: list[Draft] = []
    taken = 0
    for index, piece in enumerate(stretch.pieces):
        cue = cues.get(index)
        draft = _told(parse, stretch, index, cue, taken) if index >= taken else None
        draft = draft or (_whereafter(parse, stretch, index, taken, rules) if index >= taken else None)
        if draft is None and index >= taken and not piece.reported:
            draft = _behind(parse, stretch, index, cue, taken) or _ahead(parse, stretch, index, (cue, cues), (taken, rules))
        if draft:
            found.append(draft)
            taken = max(taken, _last_piece(stretch, draft) + 1)
    return tuple(found) or tuple(_statements(stretch, cues))


def _source_draft(parse: Parse, stretch: Stretch, rules: QuoteRules) -> Draft | None:
    """ "Laut X …": all of the stretch but the frame is said, or all of the relative clause it stands in."""
    hidden = {i for block in stretch.blocks for i in range(block.first, block.last)}
    for source in find_sources(parse, (stretch.first, stretch.last), rules):
        if source.frame[0] in hidden:
            continue
        index = next(n for n, piece in enumerate(stretch.pieces) if source.frame[0] < piece.last)
        draft = _by_source(parse, stretch, source, index)
        if draft.said:
            return draft
    return None


def _by_source(parse: Parse, stretch: Stretch, source: Source, index: int) -> Draft:
    piece = stretch.pieces[index]
    frame = _front(piece, source.frame)
    speaker = (source.speaker[0], frame[1]) if source.cue[0] == frame[0] else source.speaker
    within = (piece.first, piece.last) if piece.kind == Kind.RELATIVE else (stretch.first, stretch.last)
    block = _whole_block(stretch, source)
    said = [(block.first, block.last)] if block else _around(parse, within, frame)
    kind = QuoteType.DIRECT if block else QuoteType.INDIRECT
    return Draft(kind, tuple(said), (frame,), (source.cue,), source.rule, source.medium, speaker, None, index)


def _front(piece: Piece, frame: Run) -> Run:
    """The frame stretched to the finite verb where it opens a main clause: only one constituent stands there."""
    if piece.kind != Kind.MAIN or frame[0] != piece.start or not piece.finite:
        return frame
    verb = piece.finite[0]
    return (frame[0], verb) if frame[1] < verb <= frame[1] + 8 else frame


def _whole_block(stretch: Stretch, source: Source) -> Block | None:
    """The marked passage that is all the source says."""
    rest = stretch.last - stretch.first - (source.frame[1] - source.frame[0])
    return next((block for block in stretch.blocks if rest - (block.last - block.first) <= 2), None)


def _told(parse: Parse, stretch: Stretch, index: int, cue: Cue | None, taken: int) -> Draft | None:
    """ "Wie X sagte, …" and "…, so X": the rest of the stretch is said."""
    piece = stretch.pieces[index]
    if piece.kind == Kind.THUS:
        return _thus(parse, stretch, index, taken)
    if piece.kind != Kind.TOLD or cue is None or cue.passive:
        return None
    frame = (piece.first, _after_separator(parse, piece.last, stretch.last))
    said = _around(parse, (stretch.pieces[taken].first, stretch.last), frame)
    return _draft(parse, stretch, cue, said, [frame])


def _whereafter(parse: Parse, stretch: Stretch, index: int, taken: int, rules: QuoteRules) -> Draft | None:
    """ "ein Bericht, wonach …" and a sentence that starts with "Demnach"."""
    piece = stretch.pieces[index]
    rule = rules.particles.get(parse.word(piece.first).lower())
    if rule is None or not piece.finite or piece.first + 1 >= piece.last:
        return None
    word = (piece.first, piece.first + 1)
    start = stretch.pieces[taken].first if piece.opened_by else piece.first
    end = _end_of_content(stretch, index, {})
    said = ((piece.first + 1, stretch.pieces[end].last),)
    return Draft(QuoteType.INDIRECT, said, ((start, word[1]),), (word,), rule.id, rule.medium, word, None, index)


def _thus(parse: Parse, stretch: Stretch, index: int, taken: int) -> Draft | None:
    piece = stretch.pieces[index]
    phrase = phrase_after(parse, piece.first + 1, piece.last)
    if phrase is None or (index == taken and index + 1 >= len(stretch.pieces)):
        return None
    cue = (piece.first, piece.first + 1)
    if index > taken:
        said = _said_before(stretch, index, taken) + _carried_on(stretch, index)
    else:
        said = [(stretch.pieces[index + 1].first, stretch.pieces[-1].last)]
    direct = all(any((b.first, b.last) == run for b in stretch.blocks) for run in said)
    kind = QuoteType.DIRECT if direct else QuoteType.INDIRECT
    frame = (piece.first, piece.last)
    return Draft(kind, tuple(said), (frame,), (cue,), "de.quote.thus", "Speech", phrase, None, index)


def _behind(parse: Parse, stretch: Stretch, index: int, cue: Cue | None, taken: int) -> Draft | None:
    """ "…, sagte X": what stands before the frame is said, and what carries on after it."""
    piece = stretch.pieces[index]
    if cue is None or "direct" not in cue.uses or index == taken or not _inverted(parse, piece, cue):
        return None
    before = stretch.pieces[taken:index]
    if not any(p.kind in {Kind.MAIN, Kind.CONTENT, Kind.MARKED, Kind.QUESTION, Kind.INFINITIVE} for p in before):
        return None
    if cue.passive and not any(p.reported or p.kind in {Kind.MARKED, Kind.CONTENT} for p in before):
        return None
    follows = _content_at(stretch, index + 1, cue)
    if follows is not None and not any(p.kind == Kind.MARKED or p.reported for p in before):
        return None
    said = _said_before(stretch, index, taken) + _carried_on(stretch, index)
    return _draft(parse, stretch, cue, said, [(piece.first - (piece.opened_by == ","), piece.last)])


def _inverted(parse: Parse, piece: Piece, cue: Cue) -> bool:
    return piece.verb_first and cue.words[0] == piece.start


def _said_before(stretch: Stretch, index: int, taken: int) -> list[Run]:
    """The pieces before a frame: the marked ones next to it alone, else all since the last frame."""
    first = index
    while first > taken and stretch.pieces[first - 1].kind == Kind.MARKED:
        first -= 1
    first = first if first < index else taken
    return [(stretch.pieces[first].first, stretch.pieces[index - 1].last)]


def _carried_on(stretch: Stretch, index: int) -> list[Run]:
    """What follows a frame in the middle: marked words, or clauses in the mood of reported speech."""
    after = stretch.pieces[index + 1 : index + 2]
    if not after or stretch.pieces[index - 1].kind != after[0].kind and not after[0].reported:
        return []
    if after[0].kind == Kind.MARKED or (after[0].reported and after[0].start == after[0].first):
        return [(after[0].first, stretch.pieces[_end_of_content(stretch, index + 1, {})].last)]
    return []


def _ahead(
    parse: Parse,
    stretch: Stretch,
    index: int,
    cues: tuple[Cue | None, dict[int, Cue]],
    state: tuple[int, QuoteRules],
) -> Draft | None:
    """ "X sagte, …": what follows the frame is said, or marked words in its midst."""
    cue, others = cues
    taken, rules = state
    start = _content_at(stretch, index + 1, cue)
    if cue is None:
        return _by_noun(parse, stretch, index, start, state)
    if start is None:
        return _fragment(parse, stretch, index, cue, taken)
    end = _end_of_content(stretch, start, others)
    said = [(stretch.pieces[start].first, stretch.pieces[end].last)]
    frame = (stretch.pieces[taken].first, _after_separator(parse, stretch.pieces[start - 1].last, stretch.last))
    return _draft(parse, stretch, cue, said, [frame])


def _content_at(stretch: Stretch, index: int, cue: Cue | None) -> int | None:
    """The piece at `index`, or behind clauses that only add to the frame, that the cue can introduce."""
    uses = cue.uses if cue else ()
    for at in range(index, min(index + 3, len(stretch.pieces))):
        piece = stretch.pieces[at]
        if piece.kind == Kind.MARKED:
            return at if "direct" in uses or piece.opened_by == ":" else None
        if piece.reported and piece.kind not in {Kind.TOLD, Kind.ADVERBIAL} and not piece.verb_first:
            return at
        if piece.kind == Kind.ADVERBIAL and piece.reported and cue:
            return at
        if piece.kind == Kind.CONTENT:
            return at if cue else None
        if piece.kind in {Kind.QUESTION, Kind.INFINITIVE}:
            return at if ("infinitive" if piece.kind == Kind.INFINITIVE else "clause") in uses else None
        if piece.kind == Kind.MAIN:
            plain = "plain" in uses and not (cue and cue.passive) and not piece.verb_first and piece.start == piece.first
            return at if plain or (cue and piece.opened_by == ":") else None
        if piece.kind not in {Kind.RELATIVE, Kind.ADVERBIAL, Kind.PURPOSE, Kind.FRAGMENT}:
            return None
    return None


def _end_of_content(stretch: Stretch, start: int, cues: dict[int, Cue]) -> int:
    """The last piece that still belongs to what is said from piece `start` on."""
    for at in range(start + 1, len(stretch.pieces)):
        piece = stretch.pieces[at]
        told = piece.kind in {Kind.TOLD, Kind.THUS} and (at in cues or piece.kind == Kind.THUS)
        free = piece.kind == Kind.MAIN and not piece.reported
        if stretch.pieces[start].kind == Kind.MARKED:
            if piece.kind != Kind.MARKED:
                return at - 1
            continue
        if piece.opened_by in STOPS or told or (free and (piece.verb_first or piece.opened_by == ";" or piece.start > piece.first)):
            return at - 1
    return len(stretch.pieces) - 1


def _by_noun(parse: Parse, stretch: Stretch, index: int, start: int | None, state: tuple[int, QuoteRules]) -> Draft | None:
    """ "die Behauptung, dass …", and any clause before one in the mood of reported speech."""
    taken, rules = state
    piece = stretch.pieces[index]
    if index + 1 >= len(stretch.pieces) or piece.kind in {Kind.MARKED, Kind.TOLD}:
        return None
    after = stretch.pieces[index + 1]
    noun = next((j for j in reversed(range(*_run(piece))) if parse.words[j].lemma in rules.nouns), -1)
    hangs = after.kind == Kind.CONTENT or after.reported
    if noun < 0 or not hangs or noun < piece.last - 6:
        noun = -1
    if noun < 0 and after.kind == Kind.MARKED and after.opened_by == ":":
        return _announced(parse, stretch, index, taken)
    if noun < 0 and (start != index + 1 or not piece.finite or after.mood != "k1"):
        return None
    end = _end_of_content(stretch, index + 1, {})
    cue = noun if noun >= 0 else piece.finite[0]
    rule = rules.nouns[parse.words[noun].lemma].id if noun >= 0 else "de.quote.mood"
    frame = (stretch.pieces[taken].first, _after_separator(parse, piece.last, stretch.last))
    said = ((after.first, stretch.pieces[end].last),)
    verb = Cue(index, (cue,), piece.finite[0] if piece.finite else cue, rule, "SW", (), "")
    return Draft(QuoteType.INDIRECT, said, (frame,), ((cue, cue + 1),), rule, "SW", None, verb, index)


def _announced(parse: Parse, stretch: Stretch, index: int, taken: int) -> Draft:
    """ "Zitat von X: „…“": marked words behind a colon, whatever stands before it."""
    piece = stretch.pieces[index]
    end = _end_of_content(stretch, index + 1, {})
    said = ((stretch.pieces[index + 1].first, stretch.pieces[end].last),)
    frame = (stretch.pieces[taken].first, _after_separator(parse, piece.last, stretch.last))
    anchor = piece.finite[0] if piece.finite else piece.last
    verb = Cue(index, (anchor,), anchor, "de.quote.colon", "Speech", (), "")
    return Draft(QuoteType.DIRECT, said, (frame,), (), verb.rule, verb.medium, None, verb, index)


def _fragment(parse: Parse, stretch: Stretch, index: int, cue: Cue, taken: int) -> Draft | None:
    """ "X sprach von „…“": marked words inside the clause of the cue."""
    piece = stretch.pieces[index]
    own = [block for block in stretch.blocks if piece.first <= block.first and block.last <= piece.last]
    own = [block for block in own if own_words(parse, block.first, block.last) or cue.rule == "de.quote.call"]
    if "direct" not in cue.uses or not own or cue.passive or not _quotes_inside(cue):
        return None
    longest = max(own, key=lambda block: (block.last - block.first, -block.first))
    said = (longest.first, longest.last)
    frame = _around(parse, (stretch.pieces[taken].first, piece.last), said)
    return _draft(parse, stretch, cue, [said], frame)


def _quotes_inside(cue: Cue) -> bool:
    """Whether marked words inside the cue's clause are what it introduces, not a part of the statement."""
    return "report" not in cue.uses or cue.rule == "de.quote.call"


def _statements(stretch: Stretch, cues: dict[int, Cue]) -> Iterator[Draft]:
    """ "X forderte …": the whole sentence tells of a statement."""
    for index, cue in sorted(cues.items()):
        piece = stretch.pieces[index]
        if "report" not in cue.uses or piece.reported or piece.kind != Kind.MAIN or cue.passive:
            continue
        whole = (stretch.first, stretch.last)
        yield Draft(QuoteType.REPORTED, (whole,), (), (), cue.rule, cue.medium, None, cue, index)
        return


def own_words(parse: Parse, first: int, last: int) -> bool:
    """Whether marked words are somebody's wording rather than a title or a name."""
    tags = [parse.words[i].tag for i in range(first, last) if parse.words[i].tag[:1] != "$"]
    return any(tag.startswith(("V", "ADJ", "ADV", "P", "ART", "K", "AP")) for tag in tags)


def sentence_before(parse: Parse, before: Stretch, stretch: Stretch, rules: QuoteRules) -> Iterator[Draft]:
    """ "Dies bestätigte X.": the sentence before is said."""
    first = stretch.first
    cue = next(iter(find_cues(parse, stretch, rules)), None)
    if parse.word(first).lower() not in rules.openers.this or cue is None or "clause" not in cue.uses:
        return
    piece = stretch.pieces[cue.piece]
    if cue.piece == 0 and piece.finite and piece.finite[0] == first + 1 and not cue.passive and len(stretch.pieces) == 1:
        said = ((before.first, before.last), (first, first + 1))
        words = tuple((i, i + 1) for i in cue.words)
        frame = ((first + 1, stretch.last),)
        yield Draft(QuoteType.INDIRECT, said, frame, words, cue.rule, cue.medium, None, cue, 0)


def _draft(parse: Parse, stretch: Stretch, cue: Cue, said: Sequence[Run], frame: Sequence[Run]) -> Draft:
    marked = {(block.first, block.last) for block in stretch.blocks}
    direct = all(_trimmed(run, marked) for run in said)
    kind = QuoteType.DIRECT if direct else QuoteType.INDIRECT
    words = tuple((i, i + 1) for i in cue.words)
    return Draft(kind, tuple(said), tuple(frame), words, cue.rule, cue.medium, None, cue, cue.piece)


def _trimmed(run: Run, marked: set[Run]) -> bool:
    """Whether a run is one marked passage or several in a row."""
    inside = sorted(block for block in marked if run[0] <= block[0] and block[1] <= run[1] + 1)
    covered = sum(last - first for first, last in inside)
    return bool(inside) and inside[0][0] == run[0] and run[1] - run[0] - covered <= len(inside)


def _around(parse: Parse, whole: Run, hole: Run) -> list[Run]:
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


def _after_separator(parse: Parse, last: int, end: int) -> int:
    return last + 1 if last < end and parse.words[last].tag.startswith("$") else last


def _run(piece: Piece) -> Run:
    return piece.first, piece.last


def _last_piece(stretch: Stretch, draft: Draft) -> int:
    """The index of the last piece that the draft uses."""
    end = max(run[1] for run in (*draft.said, *draft.frame))
    return max((n for n, piece in enumerate(stretch.pieces) if piece.first < end), default=0)
