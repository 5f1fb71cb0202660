"""Quotations: what is said, in whose words, on whose word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from depesche.model.parse import Parse
from depesche.model.reading import Party, Quote, QuoteType
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.packs.quotes import QuoteRules
from depesche.read.quote_clauses import Kind, Stretch
from depesche.read.quote_drafts import Draft, Run, own_words
from depesche.read.quote_frames import frames_in, sentence_before
from depesche.read.quote_marks import find_marked
from depesche.read.quote_parties import body_of, parted, parties_near, resolve
from depesche.read.quote_speakers import Ties, addressee_of, speaker_of, subject_in, ties_of
from depesche.read.quote_stretches import cut_stretches


def find_quotes(parse: Parse, parties: tuple[Party, ...], rules: QuoteRules) -> tuple[Quote, ...]:
    """The quotations of an article, direct, indirect, reported and carried on, in the order of the text."""
    stretches = cut_stretches(parse, find_marked(parse.text), rules)
    found: list[Quote] = []
    ties = ties_of(parse, rules)
    known = tuple(sorted(parties, key=lambda party: (party.start, party.end, party.id)))
    for stretch, drafts in _drafted(parse, stretches, ties, known):
        for draft in drafts:
            quote = _quote(parse, stretch, draft, ties)
            if not quote.quote:
                continue
            found.append(quote)
            found.extend(_inside(parse, stretch, draft, quote))
    merged = _with_speakers(_merged(parse, found), rules)
    return tuple(_named(parse, quote, known, rules) for quote in merged)


def _drafted(
    parse: Parse, stretches: Sequence[Stretch], ties: Ties, parties: Sequence[Party]
) -> Iterator[tuple[Stretch, tuple[Draft, ...]]]:
    """Each stretch with its quotations: framed, or carried on from the stretch before."""
    distance = 9
    for n, stretch in enumerate(stretches):
        drafts = frames_in(parse, stretch, ties.rules)
        if not drafts and distance and n:
            drafts = tuple(sentence_before(parse, stretches[n - 1], stretch, ties.rules))
        drafts = drafts or tuple(_carried(parse, stretch, ties.rules, distance))
        if n and distance:
            drafts = tuple(
                _taken_over(parse, draft, subject_in(parse, stretches[n - 1], ties), parties) for draft in drafts
            )
        framed = any(draft.type not in {QuoteType.FREE_INDIRECT} for draft in drafts)
        distance = 0 if framed else distance + 1
        yield stretch, drafts


def _carried(parse: Parse, stretch: Stretch, rules: QuoteRules, distance: int) -> Iterator[Draft]:
    """A stretch without frame that carries speech on: by mood, by marks, or as hearsay."""
    main = [piece for piece in stretch.pieces if piece.kind == Kind.MAIN]
    whole = ((stretch.first, stretch.last),)
    alone = [block for block in stretch.blocks if _fills(block.last - block.first, stretch)]
    if alone:
        said = tuple((block.first, block.last) for block in alone)
        yield Draft(QuoteType.DIRECT, said, rule="de.quote.marks")
    elif main and (main[0].mood == "k1" or (main[0].mood == "k2" and distance == 0)):
        yield Draft(QuoteType.INDIRECT_FREE_INDIRECT, whole, rule="de.quote.mood")
    elif main and distance <= 0 and _hearsay(parse, main[0].finite, rules):
        yield Draft(QuoteType.FREE_INDIRECT, whole, rule="de.quote.hearsay")


def _taken_over(parse: Parse, draft: Draft, subject: Run | None, parties: Sequence[Party]) -> Draft:
    """Speech without frame behind a sentence that is none: whoever that sentence is about speaks, if it is somebody."""
    if draft.verb or draft.speaker or subject is None:
        return draft
    span = parse.span(*subject)
    named = any(parse.words[i].tag in {"NE", "PPER"} for i in range(*subject))
    known = any(party.start <= span.start < party.end for party in parties_near(span, parties))
    return msgspec.structs.replace(draft, speaker=subject) if named or known else draft


def _fills(length: int, stretch: Stretch) -> bool:
    return length >= 5 and length >= 0.9 * (stretch.last - stretch.first)


def _hearsay(parse: Parse, finite: Sequence[int], rules: QuoteRules) -> bool:
    return bool(finite) and parse.word(finite[0]).lower() in rules.moods.hearsay


def _quote(parse: Parse, stretch: Stretch, draft: Draft, ties: Ties) -> Quote:
    """The draft in spans of the text, with its speaker as far as the frame tells."""
    speaker = draft.speaker
    addressee = None
    if speaker is None and draft.verb is not None:
        speaker = speaker_of(parse, stretch, draft.verb, ties)
        addressee = addressee_of(parse, stretch, draft.verb, speaker, ties)
    return Quote(
        type=draft.type,
        quote=_spans(parse, draft.said),
        speaker=_spans(parse, [speaker] if speaker else []),
        cue=_spans(parse, _joined(draft.cue)),
        addressee=_spans(parse, [addressee] if addressee else []),
        frame=_spans(parse, draft.frame),
        medium=draft.medium,
        reason=Reason(rule=draft.rule),
    )


def _inside(parse: Parse, stretch: Stretch, draft: Draft, outer: Quote) -> Iterator[Quote]:
    """The marked words within what is told indirectly: the speaker's own."""
    if draft.type == QuoteType.DIRECT:
        return
    for block in stretch.blocks:
        within = any(first <= block.first and block.last <= last for first, last in draft.said)
        if within and own_words(parse, block.first, block.last):
            yield msgspec.structs.replace(outer, type=QuoteType.DIRECT, quote=(block.span,), nested=True)


def _spans(parse: Parse, runs: Sequence[Run]) -> tuple[Span, ...]:
    return tuple(parse.span(first, last) for first, last in runs if first < last)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Runs with neighbours made one."""
    found: list[Run] = []
    for first, last in sorted(runs):
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _merged(parse: Parse, quotes: Sequence[Quote]) -> list[Quote]:
    """Free sentences that follow each other in one paragraph as one quotation."""
    found: list[Quote] = []
    free = {QuoteType.INDIRECT_FREE_INDIRECT, QuoteType.FREE_INDIRECT}
    for quote in quotes:
        at = next((n for n in range(len(found) - 1, -1, -1) if not found[n].nested), -1)
        before = found[at] if at >= 0 else None
        if (
            before
            and not quote.nested
            and quote.type in free
            and before.type == quote.type
            and _adjoin(parse, before, quote)
        ):
            span = Span(before.quote[0].start, quote.quote[-1].end)
            found[at] = msgspec.structs.replace(before, quote=(span,))
        else:
            found.append(quote)
    return found


def _adjoin(parse: Parse, before: Quote, quote: Quote) -> bool:
    between = parse.text[before.quote[-1].end : quote.quote[0].start]
    return not between.strip() and "\n" not in between


def _with_speakers(quotes: Sequence[Quote], rules: QuoteRules) -> Iterator[Quote]:
    """Quotations that name no speaker take the last one named."""
    last: tuple[Span, ...] = ()
    unframed = {QuoteType.INDIRECT_FREE_INDIRECT, QuoteType.FREE_INDIRECT}
    for quote in quotes:
        if quote.speaker:
            last = quote.speaker
        elif quote.type in unframed or not quote.frame or quote.nested or _looks_back(quote, rules):
            quote = msgspec.structs.replace(quote, speaker=last)
        yield quote


def _looks_back(quote: Quote, rules: QuoteRules) -> bool:
    """Whether the frame points at a speaker named before: "demnach", "hieß es"."""
    return quote.reason is not None and quote.reason.rule in rules.speakers.looking_back


def _named(parse: Parse, quote: Quote, parties: Sequence[Party], rules: QuoteRules) -> Quote:
    """The quotation with the party its speaker's words mean."""
    if not quote.speaker:
        return quote
    span = parted(parse, quote.speaker[0], parties)
    party = resolve(parse, span, parties, rules)
    speaker = (span, *quote.speaker[1:])
    unnamed = party is None or party.id.startswith("description:")  # "eine mit den Plänen vertraute Person"
    name = None if party is None or unnamed else party.name
    body = body_of(parse, span, parties, rules)
    return msgspec.structs.replace(
        quote,
        speaker=speaker,
        speaker_name=name,
        speaker_id=party.id if party else None,
        body_name=body.name if body else None,
        body_id=body.id if body else None,
    )
