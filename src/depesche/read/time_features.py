"""What speaks for and against a time's dating an event: the features that the trained judge weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from depesche.model.days import Days
from depesche.model.page import Dateline
from depesche.model.reading import EventMention, Time
from depesche.model.text import Span
from depesche.read.occasion import compares, datable, event_noun_before
from depesche.read.stage import FAR, Stage

WEEK, MONTH, YEAR = 7, 31, 366  # days
FEW = 2  # times, happenings
OPENING = 25  # characters from the start of a sentence


def times_of(stage: Stage) -> list[Time]:
    """The times of the article that say a day, in order; of a live blog those of the event's own entry.

    None that only compares ("der erste seit fünf Jahren") or that dates a neighbour.
    """
    passage, dateline = stage.passage, stage.passage.dateline
    own = dateline.post_at(stage.told.event.trigger.start)
    times = [time for time in passage.times if datable(time) and dateline.post_at(time.start) == own]
    times = [time for time in times if not compares(passage, passage.word_at(time.start))]
    return [time for time in times if not _of_neighbour(stage, time)]


def _of_neighbour(stage: Stage, time: Time) -> bool:
    """Whether the rules date another happening of the same clause by it: "das Treffen nach dem Besuch am Montag"."""
    words = Span(time.start, time.end)
    owner = stage.passage.parse.owners[stage.passage.word_at(time.start)]
    return owner in stage.clauses and any(
        one is not stage.told
        and one.event.time_words == words
        and any(stage.passage.parse.owners[draft.trigger.word] == owner for draft in one.drafts)
        for one in stage.scene.told
    )


def time_features(stage: Stage, time: Time, times: Sequence[Time]) -> list[str]:
    """The features of a time as that of the event, beside all `times` of the article."""
    event, main = stage.told.event, stage.main
    close, way = _close(stage, time)
    when = when_of(time.days, stage.passage.dateline.at(time.start))
    ruled = _ruled(event, time)
    what = _what(time)
    tense = "past" if any(draft.past for draft in stage.told.drafts) else "-"
    kind = main.trigger.kind.value
    return [
        "1",
        f"close={close}",
        f"way={way}",
        f"ruled={ruled}",
        f"ruled,way={ruled},{way}",
        f"ruled,close={ruled},{close}",
        f"what={what},{close}",
        f"when={when},{close}",
        f"when,status={when},{event.status},{close}",
        f"when,tense={when},{tense},{kind},{close}",
        f"ruled,what={ruled},{what}",
        f"ruled,kind={ruled},{kind},{close}",
        f"before={_opener(stage, time)},{close}",
        f"kind,way={kind},{main.trigger.role},{way}",
        f"tense,way={tense},{way}",
        f"bare={all(draft.bare for draft in stage.told.drafts)},{way}",
        *_order(stage, time, times, close),
        *_others(stage, time, close),
        *_told_with(stage, time, close),
    ]


def undated_features(stage: Stage) -> list[str]:
    """The features of an event that speak for no time."""
    event, main = stage.told.event, stage.main
    kind, ruled = main.trigger.kind.value, "has" if event.days.known else "none"
    past = any(draft.past for draft in stage.told.drafts)
    bare = all(draft.bare for draft in stage.told.drafts)
    return [
        "none",
        f"none,ruled={ruled}",
        f"none,kind={kind},{ruled}",
        f"none,past={past},{kind},{ruled}",
        f"none,bare={bare},{ruled}",
        f"none,status={event.status.value},{ruled}",
        f"none,told={min(FAR, len(stage.told.drafts))},{ruled}",
        f"none,frame={main.trigger.frame.id}",
        f"none,quoted={event.attribution is not None},{ruled}",
        f"none,first={min(FAR, *stage.sentences)},{ruled}",
    ]


def when_of(days: Days, dateline: Dateline) -> str:
    """Where days lie beside the day of the article."""
    if not days.known:
        return "none"
    if dateline.latest is None or dateline.earliest is None:
        return "unknown"
    if days.first is not None and days.first > dateline.latest:
        return "future"
    if days.last is not None and days.last < dateline.earliest:
        ago = (dateline.earliest - days.last).days
        return "yesterday" if ago == 1 else "week" if ago <= WEEK else "year" if ago <= YEAR else "past"
    return "now"


def _close(stage: Stage, time: Time) -> tuple[str, str]:
    """How close a time is to the nearest trigger, and in which way."""
    passage = stage.passage
    at = passage.word_at(time.start)
    word = stage.nearest(at)
    side = "before" if at < word else "behind"
    noun = passage.phrase_at.get(at)
    if noun is not None and noun.first <= word < noun.last:
        return "phrase", "inside"
    if passage.parse.owners[at] in stage.clauses:
        owner = event_noun_before(passage, at)
        own = "own" if owner == word else "other" if owner >= 0 else "free"
        return "clause", f"clause:{side}:{own}"
    clause = passage.clause(at)
    apart = stage.sentences_away(clause.sentence)
    if apart == 0:
        return "sentence", f"sentence:{side}:{clause.kind.value}:{passage.clause(word).kind.value}"
    low, high = sorted((time.start, passage.parse.words[word].start))
    paragraph = "|" if "\n" in passage.parse.text[low:high] else ""
    where = "back" if apart < 0 else "ahead"
    return where, f"{where}{min(abs(apart), FAR)}{paragraph}"


def _ruled(event: EventMention, time: Time) -> str:
    """Whether the rules have chosen this time, another one, or none."""
    if event.time_words is None:
        return "none"
    return "this" if event.time_words.meets(Span(time.start, time.end)) else "other"


def _what(time: Time) -> str:
    """The type of the time and how long it is."""
    length = time.days.length
    size = "open"
    if length is not None:
        size = "1" if length == 1 else "7" if length <= WEEK else "31" if length <= MONTH else "+"
    return f"{time.type},{size},{'REF' if time.value.endswith('_REF') else ''}"


def _opener(stage: Stage, time: Time) -> str:
    """The word before the time where it is a small one, else its tag."""
    passage = stage.passage
    at = passage.word_at(time.start)
    if at == 0:
        return "^"
    tag = passage.parse.words[at - 1].tag
    return passage.form(at - 1).lower() if tag.startswith(("AP", "K", "$", "ART")) else tag


def _order(stage: Stage, time: Time, times: Sequence[Time], close: str) -> Iterator[str]:
    """Whether other times stand between or nearer, and whether the time opens its sentence or the article."""
    passage = stage.passage
    start = stage.told.event.trigger.start
    low, high = sorted((time.start, start))
    yield f"between={min(sum(low < other.start < high for other in times), FEW)},{close}"
    nearer = sum(abs(other.start - start) < abs(time.start - start) for other in times)
    yield f"nearer={min(nearer, FAR)},{close}"
    sentence = passage.parse.sentences[passage.clause(passage.word_at(time.start)).sentence]
    yield f"opens={time.start - sentence.start < OPENING},{close}"
    yield f"first={time is times[0]},{close}"
    own = any(passage.clause(passage.word_at(other.start)).sentence in stage.sentences for other in times)
    yield f"any={own},{close}"


def _others(stage: Stage, time: Time, close: str) -> Iterator[str]:
    """Which other happenings the rules date by this time, and whether they share a party with this one."""
    event = stage.told.event
    mine = {p.id for p in event.parties}
    found = [one.event for one in stage.scene.told if one is not stage.told and _ruled(one.event, time) == "this"]
    yield f"dates={min(len(found), FEW)},{close}"
    shared = any(mine & {p.id for p in other.parties} for other in found)
    yield f"shared={shared},{len(found) > 0},{close}"
    yield from (f"dates type={type},{close}" for type in sorted({other.type for other in found}))
    if found:
        yield f"same status={any(other.status == event.status for other in found)},{close}"


def _told_with(stage: Stage, time: Time, close: str) -> Iterator[str]:
    """What the clause of the time tells: in which tense, and whether of a party that acts in the event."""
    passage = stage.passage
    actors = {p.id for p in stage.told.event.actors}
    clause = passage.parse.owners[passage.word_at(time.start)]
    for k in passage.predicates_in.get(clause, ()):
        subjects = {
            party.id
            for link in passage.links_of.get(k, ())
            if link.role == "subj"
            for party in passage.party_at.get(link.head, ())
        }
        tense = passage.parse.predicates[k].tense.value
        yield f"clause tense={tense},{close}"
        yield f"clause of actor={bool(subjects & actors)},{tense},{close}"
        yield f"clause of actor={bool(subjects & actors)},{len(actors) > 0},{close}"
