"""The chronicle as a feed (RFC 4287): new and changed entries first, under ids that stay."""

from __future__ import annotations

from collections.abc import Iterator

from depesche.answers.selection import Selection
from depesche.export.addresses import address, lasting_id, urn
from depesche.export.form import Tally
from depesche.export.moves import NEVER, first_told, last_change, last_told
from depesche.export.plain import marked
from depesche.export.words import (
    days_in_words,
    differences_in_words,
    history_in_words,
    parties_in_words,
    place_in_words,
    published_in_words,
    relation_titles,
)
from depesche.model.linkage import Entry

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<id>{id}</id>
<title>Chronicle</title>
<updated>{updated}</updated>
<author><name>Depesche</name></author>
<generator>Depesche</generator>
"""


def atom(selection: Selection, tally: Tally) -> Iterator[str]:
    """The feed, what was told last first. `updated` is the latest day on which a page told of an entry."""
    told = sorted((last_told(entry), number, entry.id) for number, entry in enumerate(selection.entries()))
    latest = told[-1][0] if told else NEVER
    yield _HEAD.format(id=urn("feed", "chronicle"), updated=_instant(latest))
    for day, _, id in sorted(told, key=lambda one: (-_number(one[0]), one[1])):
        if entry := selection.entry(id):
            tally.wrote("entries")
            if day == NEVER:
                tally.left_out("values", f"when an entry was last told of is not known: updated is {NEVER}")
            yield "".join(f"{line}\n" for line in _entry(entry, selection))
    yield "</feed>\n"


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _entry(entry: Entry, selection: Selection) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{urn('entry', lasting_id(entry.id, selection))}</id>"
    yield f"<title>{marked(entry.title)}</title>"
    yield f"<updated>{_instant(last_told(entry))}</updated>"
    if published := first_told(entry):
        yield f"<published>{_instant(published)}</published>"
    for scheme, term in _terms(entry):
        yield f'<category scheme="{urn("scheme", scheme)}" term="{marked(term)}"/>'
    for source in entry.sources:
        if url := address(selection.card(source.page)):
            yield f'<link rel="via" href="{marked(url)}" title="{marked(source.outlet or source.doc)}"/>'
    yield f"<summary>{marked(_summary(entry))}</summary>"
    yield f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{"".join(_content(entry, selection))}</div>'
    yield "</content>"
    yield "</entry>"


def _terms(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "type", entry.type
    yield "status", entry.status.value
    if change := last_change(entry):
        yield "change", change.change.value
        yield "news", "new" if change.published == first_told(entry) else "changed"


def _summary(entry: Entry) -> str:
    """Where it stands, and what changed last."""
    facts = [entry.status.value, days_in_words(entry.days), place_in_words(entry.place), parties_in_words(entry)]
    if change := last_change(entry):
        facts.append(f"{change.change.value} on {change.published} ({change.doc})")
    return "; ".join(fact for fact in facts if fact)


def _content(entry: Entry, selection: Selection) -> Iterator[str]:
    yield f"<p>{marked(_summary(entry))}</p>"
    for mention in entry.mentions:
        said = " […] ".join(mention.evidence)
        yield f"<blockquote><p>“{marked(said)}” ({marked(mention.doc)}, {published_in_words(mention)})</p></blockquote>"
    lines = [*history_in_words(entry), *differences_in_words(entry), *relation_titles(entry, selection.title)]
    if lines:
        yield f"<ul>{''.join(f'<li>{marked(line)}</li>' for line in lines)}</ul>"
