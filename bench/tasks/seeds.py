"""The five seed pages, all through the command line: cleaning and dating, reading alone, end to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.events import score_mentions
from tasks.task import Figure, Figures, Place, Reference, Row, Task, count, depesche, read_lines

SCORER = "seeds/gold/score.py"
EVENTS = "bench/events/score.py"
GOLD = "seeds/gold"
PAGES = "seeds/pages"


def measure_pages(place: Place) -> Figures:
    """Lines kept and dropped as in gold, and the days of publication."""
    system = _kept(place, "extract.jsonl", depesche("extract", place.shared / PAGES))
    lines = place.score(SCORER, "blocks", "--system", system, "--json")
    days = place.score(SCORER, "days", "--system", system, "--json")
    return {
        "lines": lines["right"],
        "lines_lowest_f1": lines["lowest"],
        "days_inside": days["inside"],
        "days_tight": days["tight"],
        "days_wrong": days["wrong_day"],
    }


def measure_reading(place: Place) -> Figures:
    """Quotations, parties and events of the clean texts with their true days: reading alone.

    Parties are counted by form and page; `aliases_right` is the share of all aliases of all actors that led to the
    right party, an alias of several pages by the part of its pages.
    """
    gold = place.shared / GOLD
    system = _kept(place, "annotate.jsonl", depesche("annotate", gold / "texts.jsonl"))
    quotes = place.score(SCORER, "quotes", "--system", system, "--json")
    parties = place.score(SCORER, "parties", "--system", system, "--json")
    return {
        "quotes_found": quotes["found"],
        "quotes_with_speaker": quotes["with_speaker"],
        "quotes_precision": quotes["precision"],
        "parties_found": parties["found"],
        "parties_right": parties["right"],
        "aliases_right": parties["of_aliases"]["right"] / parties["of_aliases"]["gold"],
        **_short(score_mentions(place, [gold / "events.jsonl"], system)),
    }


def measure_chronicle(place: Place) -> Figures:
    """Events, their joining across pages and the differences between sources, from the raw pages."""
    gold, store = place.shared / GOLD, place.work / "seeds.db"
    depesche("build", place.shared / PAGES, "--store", store)
    system = _kept(place, "chronicle.jsonl", depesche("chronicle", "--store", store, "--format", "jsonl"))
    entries = read_lines(system)
    mentions = place.write("mentions.jsonl", _by_page(entries))
    joined = place.write("joined.jsonl", map(with_objects, entries))
    events = gold / "events.jsonl"
    chronicle = place.score(
        EVENTS, "chronicle", "--gold", gold / "chronicle.jsonl", "--events", events, "--system", joined, "--json"
    )
    differences = place.score(SCORER, "differences", "--system", system, "--json")
    return {
        "told_by_several_as_one": chronicle["events_whole"],
        "told_by_several_dated": chronicle["events_dated"],
        "links_f1": chronicle["links"]["f1"],
        "links_all_f1": chronicle["links_all"]["f1"],
        "bcubed_f1": chronicle["bcubed"]["f1"],
        "differences_found": differences["reachable"]["found"],
        "differences_kind_right": differences["reachable"]["kind_right"],
        "differences_precision": differences["precision"],
        **_short(score_mentions(place, [events], mentions)),
    }


def _short(figures: Figures) -> Figures:
    """Of the figures on event mentions those that have a floor here."""
    return {f"events_{name}": figures[name] for name in EVENT_FIGURES}


def _kept(place: Place, name: str, lines: str) -> Path:
    path = place.work / name
    path.write_text(lines, encoding="utf-8")
    return path


def with_objects(entry: Row) -> Row:
    """The entry with the parties of its mentions as objects.

    The contract of `chronicle` gives them as names, on which the scorer of the chronicle fails; it uses them to choose
    between gold mentions of one passage, such as an invitation and the visit it leads to (decision 0010).
    """
    return {**entry, "mentions": [_with_objects(mention) for mention in entry["mentions"]]}


def _with_objects(mention: Row) -> Row:
    return mention | {
        role: [{"name": name, "text": name} for name in mention[role]] for role in ("actors", "recipients")
    }


def _by_page(entries: list[dict[str, Any]]) -> list[Row]:
    """The chronicle's mentions in the form of annotations, page by page."""
    pages: dict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        for mention in entry["mentions"]:
            pages[mention["doc"]].append(as_annotation(mention, entry["participants"]))
    return [{"doc": doc, "events": events} for doc, events in sorted(pages.items())]


def as_annotation(mention: Row, participants: list[dict[str, Any]]) -> Row:
    """A mention whose parties are objects: kind and country come from the entry's participant of that name."""
    known: Mapping[str, Row] = {party["name"]: party for party in participants}
    parties = {role: [known.get(name, {"name": name}) for name in mention[role]] for role in ("actors", "recipients")}
    return {**mention, **parties, "place": {"country": mention["place"]} if mention["place"] else None}


KEYWORDS = "keyword list"
EVENT_FIGURES = ("found_f1", "typed_f1", "whole_f1", "participants_f1", "status", "dates_given", "place_given")
EVENTS_HERE = (
    Figure("events_found_f1", Reference(0.71, KEYWORDS)),
    Figure("events_typed_f1", Reference(0.52, KEYWORDS)),
    Figure("events_whole_f1", Reference(0.01, KEYWORDS)),
    Figure("events_participants_f1", Reference(0.11, KEYWORDS)),
    Figure("events_status", Reference(0.91, KEYWORDS)),
    Figure("events_dates_given", Reference(0.0, KEYWORDS)),
    Figure("events_place_given", Reference(0.0, KEYWORDS)),
)

TASKS = (
    Task(
        "seeds-pages",
        (
            count("lines", Reference(158, "gold")),
            Figure("lines_lowest_f1"),
            count("days_inside", Reference(5, "gold")),
            count("days_tight", Reference(5, "gold")),
            count("days_wrong", Reference(0, "gold"), less=True),
        ),
        measure_pages,
    ),
    Task(
        "seeds-reading",
        (
            count("quotes_found", Reference(49, "gold")),
            count("quotes_with_speaker", Reference(49, "gold")),
            Figure("quotes_precision"),
            count("parties_found", Reference(188, "gold")),
            count("parties_right", Reference(188, "gold")),
            Figure("aliases_right"),
            *EVENTS_HERE,
        ),
        measure_reading,
    ),
    Task(
        "seeds-chronicle",
        (
            count("told_by_several_as_one", Reference(12, "gold")),
            count("told_by_several_dated", Reference(12, "gold")),
            Figure("links_f1"),
            Figure("links_all_f1"),
            Figure("bcubed_f1"),
            count("differences_found", Reference(14, "gold")),
            count("differences_kind_right", Reference(14, "gold")),
            Figure("differences_precision"),
            *EVENTS_HERE,
        ),
        measure_chronicle,
    ),
)
