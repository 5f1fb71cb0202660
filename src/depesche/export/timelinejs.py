"""The chronicle as the JSON that TimelineJS reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from depesche.answers.selection import Selection
from depesche.export.addresses import address
from depesche.export.form import Tally
from depesche.export.moves import certain, in_short
from depesche.export.plain import json_lines_in, marked
from depesche.export.words import (
    days_in_words,
    differences_in_words,
    history_in_words,
    parties_in_words,
    place_in_words,
    relation_titles,
)
from depesche.model.days import Days, month_of
from depesche.model.linkage import Entry, Mention

_TITLE = '{"title":{"text":{"headline":"Chronicle"}},"events":['


def timelinejs(selection: Selection, tally: Tally) -> Iterator[str]:
    """The slides. What has no day at all has no place on a line."""
    return json_lines_in(f"{_TITLE}\n", _slides(selection, tally), "]}")


def _slides(selection: Selection, tally: Tally) -> Iterator[object]:
    for entry in selection.entries():
        if not entry.days.known:
            tally.left_out("entries", "no day is known, and a timeline needs one")
            continue
        tally.wrote("slides")
        yield slide(entry, selection)


def slide(entry: Entry, selection: Selection) -> dict[str, object]:
    """An entry as a slide. Where its days are a range in which it lies somewhere, `display_date` says so."""
    made: dict[str, object] = {"unique_id": entry.id, **_dates(entry.days)}
    if not certain(entry.precision) and in_short(entry) is None:
        made["display_date"] = marked(f"{days_in_words(entry.days)} (day not known)")
    made["group"] = marked(entry.type)
    made["text"] = {"headline": marked(entry.title), "text": "".join(_text(entry, selection))}
    return made


def _dates(days: Days) -> dict[str, object]:
    """Start and end; a whole month or year without the parts that are not known."""
    first, last = days.first or days.last, days.last
    assert first is not None
    if last and (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return {"start_date": {"year": first.year}}
    if days == month_of(first.year, first.month):
        return {"start_date": {"year": first.year, "month": first.month}}
    dates: dict[str, object] = {"start_date": _date(first)}
    if last and last != first:
        dates["end_date"] = _date(last)
    return dates


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(entry: Entry, selection: Selection) -> Iterator[str]:
    facts = (entry.status.value, place_in_words(entry.place), parties_in_words(entry))
    yield f"<p>{marked('; '.join(fact for fact in facts if fact))}</p>"
    for mention in entry.mentions:
        yield f"<blockquote>“{marked(' […] '.join(mention.evidence))}” ({_source(mention, selection)})</blockquote>"
    lines = history_in_words(entry) if len(entry.history) > 1 else []
    lines += [*differences_in_words(entry), *relation_titles(entry, selection.title)]
    if lines:
        yield f"<ul>{''.join(f'<li>{marked(line)}</li>' for line in lines)}</ul>"


def _source(mention: Mention, selection: Selection) -> str:
    card = selection.card(mention.page)
    name = marked((card.outlet if card else None) or mention.doc)
    url = address(card)
    return f'<a href="{marked(url)}">{name}</a>' if url else name
