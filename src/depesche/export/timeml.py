"""The times of the articles as TimeML 1.2.1, a file a page: TIMEX3 and events in the text, links between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from depesche.answers.selection import Card, Selection, sourced
from depesche.export.bibtex import key
from depesche.export.form import Folder, Tally
from depesche.export.plain import MARK, plain, whole
from depesche.model.expression import TimexType
from depesche.model.reading import EventMention, Reading, Status, Time
from depesche.model.text import Span

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNKNOWN = "XXXX-XX-XX"
_WORDS = {"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"}
_MODS = {"BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
         "START", "MID", "END", "APPROX"}  # fmt: skip
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
"""


class Tag(msgspec.Struct, frozen=True):
    """An element around a stretch of the text."""

    span: Span
    name: str
    attributes: tuple[tuple[str, str], ...]

    def opened(self) -> str:
        """Its opening tag."""
        attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in self.attributes)
        return f"<{self.name}{attributes}>"


def timeml(selection: Selection, tally: Tally, folder: Folder) -> None:
    """A document for each page that tells of a chosen entry. Times are as the page alone tells them."""
    taken: set[str] = set()
    for one in sourced(selection):
        reading = selection.reading(one.card.page)
        if reading is None:
            tally.left_out("pages", "the page is no longer in the store")
            continue
        tally.wrote("pages")
        folder.write(f"{key(one.card.doc, taken)}.tml", document(reading, one.card, tally))


def document(reading: Reading, card: Card, tally: Tally) -> Iterator[str]:
    """The article with its times and events marked. Its text is verbatim what stands between the tags."""
    times, events = _times(reading), _events(reading)
    tags, dropped = _apart([*times, *events])
    tally.wrote("times", sum(tag.name == "TIMEX3" for tag in tags))
    tally.wrote("events", sum(tag.name == "EVENT" for tag in tags))
    for name, number in dropped.items():
        tally.left_out(name, "its words overlap with others that are marked, and TimeML marks each once", number)
    yield _HEAD
    yield f"<DOCID>{_quoted(plain(card.doc))}</DOCID>\n"
    yield f"<DCT>{_created(card)}</DCT>\n"
    yield f"<TITLE>{_quoted(plain(card.title or ''))}</TITLE>\n"
    yield f"<TEXT>{''.join(_marked(reading.text, tags))}</TEXT>\n"
    shown = {value for tag in tags for name, value in tag.attributes if name in {"tid", "eid"}}
    yield from _instances(reading, shown)
    yield from _links(reading, shown)
    yield "</TimeML>\n"


def _created(card: Card) -> str:
    value = card.published or _UNKNOWN
    return (
        f'<TIMEX3 tid="t0" type="DATE" value="{value}" temporalFunction="false" '
        f'functionInDocument="CREATION_TIME">{card.published or "unknown"}</TIMEX3>'
    )


def _parts(reading: Reading) -> list[Time]:
    """The times, a range as its two ends, as TIMEX3 writes it."""
    return [part for time in reading.times for part in time.parts or (time,)]


def _times(reading: Reading) -> list[Tag]:
    return [_timex(time, number) for number, time in enumerate(_parts(reading), 1)]


def _timex(time: Time, number: int) -> Tag:
    mod = [("mod", time.mod)] if time.mod in _MODS else []
    kind = time.type if time.type in set(TimexType) else "DATE"
    attributes = [("tid", f"t{number}"), ("type", kind), ("value", time.value or _UNKNOWN), *mod]
    return Tag(Span(time.start, time.end), "TIMEX3", tuple((name, value) for name, value in attributes if value))


def _events(reading: Reading) -> list[Tag]:
    return [
        Tag(event.trigger, "EVENT", (("eid", f"e{number}"), ("class", _class(event))))
        for number, event in enumerate(reading.events, 1)
    ]


def _class(event: EventMention) -> str:
    """Whether something is said or done."""
    return "REPORTING" if event.type in _WORDS else "OCCURRENCE"


def _apart(tags: Sequence[Tag]) -> tuple[list[Tag], dict[str, int]]:
    """The tags in the order of the text, less those that overlap with one before; how many of which were dropped."""
    kept: list[Tag] = []
    dropped: dict[str, int] = {}
    for tag in sorted(tags, key=lambda tag: (tag.span.start, -tag.span.end, tag.name)):
        if kept and tag.span.start < kept[-1].span.end:
            name = "times" if tag.name == "TIMEX3" else "events"
            dropped[name] = dropped.get(name, 0) + 1
        else:
            kept.append(tag)
    return kept, dropped


def _marked(text: str, tags: Sequence[Tag]) -> Iterator[str]:
    place = 0
    for tag in tags:
        yield _quoted(text[place : tag.span.start])
        yield f"{tag.opened()}{_quoted(tag.span.of(text))}</{tag.name}>"
        place = tag.span.end
    yield _quoted(text[place:])


def _instances(reading: Reading, shown: set[str]) -> Iterator[str]:
    for number, event in enumerate(reading.events, 1):
        if f"e{number}" in shown:
            modal = {Status.PLANNED: ' tense="FUTURE"', Status.HYPOTHETICAL: ' tense="NONE" modality="MAY"'}
            tense = modal.get(event.status, ' tense="NONE"')
            polarity = "NEG" if event.status in {Status.DENIED, Status.CANCELLED} else "POS"
            yield (
                f'<MAKEINSTANCE eiid="ei{number}" eventID="e{number}"{tense} aspect="NONE" '
                f'polarity="{polarity}" pos="OTHER"/>\n'
            )


def _links(reading: Reading, shown: set[str]) -> Iterator[str]:
    """Which time dates which event: IS_INCLUDED, since an event need not fill its day."""
    parts = _parts(reading)
    lid = 0
    for number, event in enumerate(reading.events, 1):
        if event.time_words is None or f"e{number}" not in shown:
            continue
        for place, time in enumerate(parts, 1):
            if f"t{place}" in shown and event.time_words.meets(Span(time.start, time.end)):
                lid += 1
                yield (
                    f'<TLINK lid="l{lid}" relType="IS_INCLUDED" eventInstanceID="ei{number}" '
                    f'relatedToTime="t{place}"/>\n'
                )


def _quoted(text: str) -> str:
    """The text as XML holds it, character for character; what XML forbids becomes U+FFFD."""
    clean = _NO_XML.sub(MARK, whole(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return clean.replace('"', "&quot;").replace("\r", "&#13;")
