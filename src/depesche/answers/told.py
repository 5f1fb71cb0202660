"""An entry as its page shows it: every passage in its paragraph, source by source, copies folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from depesche.answers.browse import Row, parties_in, row_of
from depesche.answers.catalogue import Party
from depesche.answers.entry import entry as entry_of
from depesche.answers.marked import Layer, Mark, Run, around, runs
from depesche.model.days import Days, Precision
from depesche.model.linkage import Change, Difference, Entry, Mention, RelationKind, Source
from depesche.model.page import Article
from depesche.model.reading import Number, Status
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.store import View


class Passage(msgspec.Struct, frozen=True):
    """What one mention says on its page: paragraphs with the evidence marked, and who read it so.

    `days` is what the mention means by `time_text`; `forgotten` tells that the page is stored no longer, so that
    only the evidence is known.
    """

    mention: str
    paragraphs: tuple[tuple[Run, ...], ...]
    status: Status
    days: Days
    time_text: str | None
    trigger: str | None
    attribution: str | None
    numbers: tuple[Number, ...]
    reasons: tuple[Reason, ...]
    forgotten: bool = False


class SourceTold(msgspec.Struct, frozen=True):
    """A page that tells of the entry, with its passages; `earliest` and `latest` are days of its publication."""

    source: Source
    title: str | None
    earliest: str | None
    latest: str | None
    passages: tuple[Passage, ...]


class Origin(msgspec.Struct, frozen=True):
    """Pages that count as one source: the fullest first, the others are folded."""

    origin: str
    first: SourceTold
    copies: tuple[SourceTold, ...]


class Turn(msgspec.Struct, frozen=True):
    """A step of the entry's history with its page."""

    page: str
    doc: str
    change: Change
    status: Status
    days: Days
    published: str | None
    earliest: str | None
    latest: str | None
    attribution: str | None


class Related(msgspec.Struct, frozen=True):
    """An entry that this one stands in a relation to; `back` tells that the relation is the other one's."""

    kind: RelationKind
    id: str
    title: str
    back: bool = False


class EntryPage(msgspec.Struct, frozen=True):
    """All there is on an entry. `id` differs from the id asked for where that one was taken up by this."""

    id: str
    row: Row
    precision: Precision
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    origins: tuple[Origin, ...]
    history: tuple[Turn, ...]
    differences: tuple[Difference, ...]
    relations: tuple[Related, ...]
    reasons: tuple[Reason, ...]
    mentions: tuple[str, ...]


def entry_page(view: View, id: str) -> EntryPage:
    """The entry of that id, now or formerly; UsageError if there never was one."""
    entry = entry_of(view, id)
    return EntryPage(
        id=entry.id,
        row=row_of(entry),
        precision=entry.precision,
        actors=parties_in(entry, "actor"),
        recipients=parties_in(entry, "recipient"),
        origins=tuple(_origins(view, entry)),
        history=tuple(
            Turn(
                step.page, step.doc, step.change, step.status, step.days, step.published, step.earliest, step.latest,
                step.attribution,
            )
            for step in entry.history
        ),
        differences=entry.differences,
        relations=tuple(
            Related(one.kind, one.id, title) for one in entry.relations if (title := view.title(one.id)) is not None
        ),
        reasons=entry.reasons,
        mentions=tuple(mention.event.id for mention in entry.mentions),
    )  # fmt: skip


def _origins(view: View, entry: Entry) -> Iterator[Origin]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in entry.mentions:
        mentions[mention.page].append(mention)
    groups: dict[str, list[SourceTold]] = defaultdict(list)
    for source in entry.sources:
        groups[source.origin].append(_source(view, source, mentions[source.page]))
    for origin, some in groups.items():
        ordered = sorted(some, key=_fullest)
        yield Origin(origin, ordered[0], tuple(ordered[1:]))


def _fullest(one: SourceTold) -> tuple[int, str, str]:
    length = sum(len(run.text) for passage in one.passages for part in passage.paragraphs for run in part)
    return (-length, one.source.doc, one.source.page)


def _source(view: View, source: Source, mentions: Sequence[Mention]) -> SourceTold:
    article = view.article(source.page)
    first = mentions[0] if mentions else None
    return SourceTold(
        source=source,
        title=article.title if article else None,
        earliest=first.earliest if first else None,
        latest=first.latest if first else None,
        passages=tuple(_passage(mention, article) for mention in mentions),
    )


def _passage(mention: Mention, article: Article | None) -> Passage:
    event = mention.event
    return Passage(
        mention=event.id,
        paragraphs=tuple(_shown(mention, article)),
        status=event.status,
        days=event.days,
        time_text=mention.time_text,
        trigger=mention.trigger,
        attribution=(event.attribution.name or event.attribution.text) if event.attribution else None,
        numbers=event.numbers,
        reasons=event.reasons,
        forgotten=article is None,
    )


def _shown(mention: Mention, article: Article | None) -> Iterator[tuple[Run, ...]]:
    event = mention.event
    if article is None:
        yield from ((Run(text, 0, (Mark(Layer.EVIDENCE, Span(0, len(text))),)),) for text in mention.evidence)
        return
    marks = [Mark(Layer.EVIDENCE, span) for span in event.evidence] + [Mark(Layer.TRIGGER, event.trigger)]
    sentences = [told.span for told in mention.sentences]
    for part in around(article.text, [*event.evidence, event.trigger], sentences):
        yield runs(article.text, part, marks)
