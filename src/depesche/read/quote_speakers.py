"""Who speaks and to whom: by the links of the cue where the parse has them, else by the order of words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

import msgspec

from depesche.model.parse import Parse
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_clauses import Kind, Piece, Stretch
from depesche.read.quote_cues import Cue, source_noun
from depesche.read.quote_phrases import ALONE, phrase_after, phrases_in, with_apposition

Run = tuple[int, int]
NAMES_BACK = 8
"""Names before a word among which the one that reaches it is looked for."""
LONGEST_FRONT = 24
"""Words of a subject before its verb; more are a tangle that is better left alone."""


class Ties(msgspec.Struct, frozen=True):
    """What leads from a cue to its speaker: the rules, and the heads that the parse links to each verb by role."""

    rules: QuoteRules
    heads: Mapping[tuple[int, str], int]


LATE = frozenset({Kind.TOLD, Kind.CONTENT, Kind.ADVERBIAL, Kind.RELATIVE, Kind.QUESTION})


def ties_of(parse: Parse, rules: QuoteRules) -> Ties:
    """The ties of a parse; of several links of a verb in one role the first counts."""
    heads: dict[tuple[int, str], int] = {}
    for link in parse.links:
        predicate = parse.predicates[link.predicate]
        for word in (predicate.word, predicate.finite):
            if word >= 0:
                heads.setdefault((word, link.role), link.head)
    return Ties(rules, heads)


def speaker_of(parse: Parse, stretch: Stretch, cue: Cue, ties: Ties) -> Run | None:
    """The words that name the speaker of a cue; None where its clause names none."""
    piece = stretch.pieces[cue.piece]
    words = ties.rules.speakers
    verb = ties.rules.verbs.get(cue.lemma)
    if cue.passive or (verb and verb.speaker == "place"):
        whole = (piece.first, piece.last)
        agent = _behind_preposition(parse, whole, words.agents, ties) if cue.passive else None
        return agent or _behind_preposition(parse, whole, words.places, ties, sourced=cue.passive)
    ordered = _by_order(parse, stretch, cue, ties)
    head = _linked(ties, cue, "subj")
    linked = _phrase_around(parse, head, stretch) if head is not None else None
    if linked and (ordered is None or _overrules(parse, stretch, cue, (linked, ordered), ties)):
        return linked if _may_speak(parse, stretch, cue, linked, ties) else ordered
    return ordered


def subject_in(parse: Parse, stretch: Stretch, ties: Ties) -> Run | None:
    """The subject of a stretch's first main clause: who is spoken of, and may speak on."""
    for index, piece in enumerate(stretch.pieces):
        if piece.kind == Kind.MAIN and piece.finite:
            verb = piece.finite[0]
            return speaker_of(parse, stretch, Cue(index, (verb,), verb, "", "", (), ""), ties)
    return None


def addressee_of(parse: Parse, stretch: Stretch, cue: Cue, speaker: Run | None, ties: Ties) -> Run | None:
    """The words that name whom the speaker addresses, where the frame tells."""
    piece = stretch.pieces[cue.piece]
    told = _addressed(parse, piece, ties)
    if told:
        return told
    turned = cue.lemma in ties.rules.speakers.with_object
    head = _linked(ties, cue, ("subj" if cue.passive else "obj") if turned else "dat")
    run = _phrase_around(parse, head, stretch) if head is not None else None
    if run is None:
        return None if ties.heads else _dative_behind(parse, (cue.words[0] + 1, piece.last), speaker)
    governed = run[0] > 0 and parse.words[run[0] - 1].tag in {"APPR", "APPRART"}
    apart = speaker is None or run[1] <= speaker[0] or speaker[1] <= run[0]
    return run if apart and not governed and piece.first <= run[0] < piece.last else None


def _addressed(parse: Parse, piece: Piece, ties: Ties) -> Run | None:
    """An addressee behind "gegenüber", or behind "im Interview mit"."""
    words = ties.rules.speakers
    for i in range(piece.first, piece.last):
        talk = (
            parse.word(i).lower() in words.talking and i > piece.first and parse.words[i - 1].lemma in words.interviews
        )
        phrase = phrase_after(parse, i + 1, piece.last) if talk or parse.word(i).lower() in words.addressing else None
        if phrase:
            return phrase
    return None


def _dative_behind(parse: Parse, words: Run, speaker: Run | None) -> Run | None:
    """A phrase with a dative's article behind the speaker: "sagte Meyer der Zeitung"."""
    for i in range(*words):
        phrase = phrase_after(parse, i, words[1])
        dative = parse.words[i].tag == "ART" and parse.word(i) in {"der", "dem", "den"}
        free = parse.words[i - 1].tag not in {"APPR", "APPRART"}
        if phrase and dative and free and speaker and speaker[1] <= i:
            return phrase
    return None


def _overrules(parse: Parse, stretch: Stretch, cue: Cue, choices: tuple[Run, Run], ties: Ties) -> bool:
    """Whether the parse's subject is to be believed against the order of words.

    It is where an object opens the clause ("Den Plan nannte Meyer …"), unless that names a person, and where the
    parse has the subject in front and the order did not see it.
    """
    linked, ordered = choices
    piece = stretch.pieces[cue.piece]
    if ordered[0] < piece.first:
        return False
    finite = min((i for i in cue.words if i in piece.finite), default=cue.words[0])
    if linked[0] == piece.start:
        return ordered[0] != piece.start
    fronted = ordered[0] < finite < linked[0]
    person = _has_person(parse, ordered)
    head = _linked(ties, cue, "subj")
    named = head is not None and _names_person(parse, head)
    return fronted and named and not person and parse.words[ordered[0]].tag != "PPER"


def _names_person(parse: Parse, i: int) -> bool:
    """Whether a word stands in a person's name, is a name on its own, or a pronoun."""
    return _has_person(parse, (i, i + 1)) or parse.words[i].tag in {"NE", "PPER"}


def _has_person(parse: Parse, run: Run) -> bool:
    """Whether a person's name, as the parse recognised it, touches the words."""
    last = bisect_left(parse.names, run[1], key=lambda name: name.first)
    near = parse.names[max(last - NAMES_BACK, 0) : last]
    return any(name.label == "PER" and run[0] < name.last for name in near)


def _may_speak(parse: Parse, stretch: Stretch, cue: Cue, run: Run, ties: Ties) -> bool:
    """Whether a linked subject stands in the cue's own piece, outside of marks, and is neither time nor filler."""
    piece = stretch.pieces[cue.piece]
    marked = any(block.first <= run[0] < block.last for block in stretch.blocks)
    forms = {parse.word(i) for i in range(*run)}
    filler = parse.word(run[0]).lower() in ties.rules.speakers.fillers | ties.rules.speakers.oblique
    return piece.first <= run[0] < piece.last and not marked and not filler and not forms & ties.rules.speakers.times


def _linked(ties: Ties, cue: Cue, role: str) -> int | None:
    """The head of the argument that the parse links to the cue's verb."""
    words = sorted({*cue.words, cue.verb})
    return next((ties.heads[word, role] for word in words if (word, role) in ties.heads), None)


def _phrase_around(parse: Parse, head: int, stretch: Stretch) -> Run | None:
    """The noun phrase that holds the head word."""
    first, last = max(head - 14, 0), min(head + 20, len(parse.words))
    if stretch.first <= head < stretch.last:
        first, last = max(first, stretch.first), min(last, stretch.last)
    for i in range(first, head + 1):
        phrase = phrase_after(parse, i, last)
        if phrase and phrase[0] <= head < phrase[1]:
            return with_apposition(parse, phrase, last)
    return None


def _by_order(parse: Parse, stretch: Stretch, cue: Cue, ties: Ties) -> Run | None:
    """The subject as German order has it: behind a verb that comes first, else in front of it, else behind."""
    piece = stretch.pieces[cue.piece]
    if piece.kind == Kind.RELATIVE and parse.word(piece.start).lower() in ties.rules.speakers.relative:
        return _antecedent(parse, stretch, cue)
    if piece.kind in LATE:
        own = _subjects(parse, (piece.start + 1, piece.last), ties)
        return next(own, None) or _antecedent(parse, stretch, cue)
    finite = next((i for i in cue.words if i in piece.finite), cue.words[0])
    if piece.verb_first and piece.start > piece.first and cue.piece:
        return _shared(parse, stretch, cue, ties)
    if finite + 1 < piece.last and parse.word(finite + 1) in ties.rules.speakers.nominative:
        return finite + 1, finite + 2
    before = None if piece.verb_first else _in_front(parse, piece, finite, ties)
    if before is None and _interrupted(stretch, cue):
        before = next(_subjects(parse, (stretch.first, piece.first), ties), None)
    if before:
        return with_apposition(parse, before, piece.last)
    behind = next(_subjects(parse, (finite + 1, piece.last), ties), None)
    if behind:
        return with_apposition(parse, behind, piece.last)
    return next(_subjects(parse, (stretch.first, piece.first), ties), None)


def _shared(parse: Parse, stretch: Stretch, cue: Cue, ties: Ties) -> Run | None:
    """The subject that a clause behind "und" shares with the main clause before it."""
    for index in range(cue.piece - 1, -1, -1):
        piece = stretch.pieces[index]
        if piece.kind == Kind.MAIN and piece.finite and not piece.reported:
            verb = piece.finite[0]
            return speaker_of(parse, stretch, Cue(index, (verb,), verb, "", "", (), ""), ties)
    return next(_subjects(parse, (stretch.first, stretch.pieces[cue.piece].first), ties), None)


def _interrupted(stretch: Stretch, cue: Cue) -> bool:
    """Whether a relative clause parts the subject from its verb."""
    piece = stretch.pieces[cue.piece]
    before = stretch.pieces[: cue.piece]
    return piece.verb_first and len(before) > 1 and before[-1].kind == Kind.RELATIVE and before[0].kind == Kind.FRAGMENT


def _in_front(parse: Parse, piece: Piece, finite: int, ties: Ties) -> Run | None:
    """The subject before the finite verb; behind "und" where that has one of its own."""
    joint = max((i for i in range(piece.start, finite) if _new_clause(parse, piece, i)), default=piece.start)
    own = next(_subjects(parse, (joint, finite), ties), None)
    if own and own[0] == piece.start and piece.finite[:1] == (finite,):
        return _whole_front(parse, own, finite)
    return own or next(_subjects(parse, (piece.start, finite), ties), None)


def _whole_front(parse: Parse, subject: Run, finite: int) -> Run:
    """The subject up to the finite verb: nothing else stands before it, but for adverbs and commas."""
    last = finite
    while last > subject[1] and parse.words[last - 1].tag in {"ADV", "PROAV", "$,", "ADJ(D)", "KON", "PAV"}:
        last -= 1
    alone = parse.words[subject[0]].tag in ALONE and subject[1] == subject[0] + 1
    return subject if alone or last - subject[0] > LONGEST_FRONT else (subject[0], last)


def _new_clause(parse: Parse, piece: Piece, i: int) -> bool:
    joint = parse.words[i].tag == "KON" and parse.words[i - 1].tag != "TRUNC"
    return joint and any(j < i for j in piece.finite)


def _subjects(parse: Parse, words: Run, ties: Ties) -> Iterator[Run]:
    """Noun phrases that may be subjects: without preposition, no time, no filler, not in an oblique case."""
    known = ties.rules.speakers
    for phrase in phrases_in(parse, *words):
        forms = [parse.word(i) for i in range(*phrase)]
        filler = len(forms) == 1 and forms[0].lower() in known.fillers
        if not filler and forms[0].lower() not in known.oblique and not known.times.intersection(forms):
            yield phrase


def _antecedent(parse: Parse, stretch: Stretch, cue: Cue) -> Run | None:
    """For a relative clause the phrase before its comma, for others none."""
    piece = stretch.pieces[cue.piece]
    if cue.piece == 0 or piece.kind != Kind.RELATIVE:
        return None
    before = stretch.pieces[cue.piece - 1]
    phrases = list(phrases_in(parse, before.first, before.last))
    return phrases[-1] if phrases else None


def _behind_preposition(
    parse: Parse, words: Run, prepositions: frozenset[str], ties: Ties, *, sourced: bool = False
) -> Run | None:
    """The first noun phrase that one of the prepositions governs, unless it is a time.

    With `sourced` only one whose noun names a source ("in einem Bericht").
    """
    for i in range(*words):
        phrase = phrase_after(parse, i + 1, words[1]) if parse.word(i).lower() in prepositions else None
        if phrase and sourced and not source_noun(parse, phrase, ties.rules):
            continue
        if phrase and not ties.rules.speakers.times.intersection(parse.word(j) for j in range(*phrase)):
            return phrase
    return None
