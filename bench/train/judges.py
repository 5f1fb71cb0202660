"""Trains the judges of the event reader, and writes their weights as whole numbers.

    python bench/train/judges.py --shared ../shared

Learns from the invented articles beside this file and from the development articles of `bench/events`. Beside the
judges that ship it makes three more, each without one of the three parts of the development articles: with these
`make bench` measures that part, so that no article is measured by judges who have seen it. The seed pages are never
learned from. The same data and versions give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import multiprocessing
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from articles import Row, articles
from common import stored_table
from listwise import Choice, fitted

from depesche.model.days import Days
from depesche.model.page import Dateline
from depesche.model.reading import Participant, Party
from depesche.packs.files import DATA
from depesche.packs.judges import FILE, SCALE, Judges, Margins
from depesche.packs.load import Packs, load_packs
from depesche.packs.weights import Table
from depesche.parse import parse
from depesche.pipeline import given_article
from depesche.read.events import happenings
from depesche.read.occasion import dated_by
from depesche.read.parties import find_parties
from depesche.read.party_features import nobody_features, part_features
from depesche.read.passage import Knowledge, Passage
from depesche.read.quotes import find_quotes
from depesche.read.stage import Candidate, Scene, Stage
from depesche.read.time_features import time_features, times_of, undated_features
from depesche.read.times import anchor_times

PARTS = ("dev1", "dev2", "dev3")
FOLDS = Path(__file__).parent / "folds"
PENALTY = 7.0
MARGINS = {"actor": 1.0, "recipient": 1.0, "day": 0.5}
"""More would fill more roles and find more days, and more of them wrong.

Decision 17 tells how many of those that are filled are right.
"""


@dataclass(frozen=True)
class Lesson:
    """What one article teaches: choices of actors, recipients and days where the rules leave them open."""

    actors: list[Choice]
    recipients: list[Choice]
    days: list[Choice]


Weighed = dict[str, dict[int, int]]
"""Whole weights by feature and column."""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds bench/")
    asked = parser.parse_args()
    own = lessons(asked.shared, articles())
    parts = {part: lessons(asked.shared, development(asked.shared, part)) for part in PARTS}
    FOLDS.mkdir(exist_ok=True)
    for left_out in (None, *PARTS):
        seen = [*own, *(lesson for part in PARTS if part != left_out for lesson in parts[part])]
        path = FOLDS / f"judges-without-{left_out}.npz" if left_out else DATA / "models/de" / FILE
        write(seen, path)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB from {len(seen)} articles", flush=True)


def development(shared: Path, part: str) -> Iterator[Row]:
    """The articles of a part with their events."""
    folder = shared / "bench/events"
    texts = {row["doc"]: row for row in _rows(folder / "texts.jsonl")}
    for row in _rows(folder / f"{part}.jsonl"):
        yield texts[row["doc"]] | row


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def lessons(shared: Path, rows: Iterable[Row]) -> list[Lesson]:
    """What the articles teach, read by two processes."""
    with multiprocessing.Pool(2) as pool:
        return pool.starmap(lesson, ((shared, row) for row in rows), chunksize=8)


@cache
def _knowledge() -> Packs:
    return load_packs()


@cache
def _scorer(path: Path) -> ModuleType:
    """The scorer of the events, which knows when two parties or two days are the same."""
    spec = importlib.util.spec_from_file_location("events_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lesson(shared: Path, row: Row) -> Lesson:
    """What one article teaches: the happenings that the rules find, held against those that a reader found."""
    scorer = _scorer(shared / "bench/events/score.py")
    passage = passage_of(row, _knowledge())
    told = happenings(passage)
    shown = [_shown(passage, one.event, k) for k, one in enumerate(told)]
    right = {found["at"]: gold for gold, found in scorer.pair_up(row["events"], shown, None)}
    out = Lesson([], [], [])
    for stage in Scene(passage, told).stages():
        gold, event = right.get(stage.at), stage.told.event
        if gold is None or gold["type"] != event.type:
            continue
        if not event.actors:
            out.actors.append(_part_choice(stage, gold, {"actors"}, scorer))
        mutual = stage.main.trigger.frame.reciprocal
        if not event.recipients and not (mutual and len(event.actors) > 1):
            sides = {"actors", "recipients"} if mutual else {"recipients"}
            out.recipients.append(_part_choice(stage, gold, sides, scorer))
        if not event.days.known:
            out.days.extend(_day_choice(stage, gold, scorer))
    return out


def passage_of(row: Row, packs: Packs) -> Passage:
    """The article, read as far as the events."""
    day = date.fromisoformat(row["published"])
    dateline = Dateline(day, day, day)
    german = packs.german
    article = given_article(row["text"], packs, dateline, row["title"], german.code)
    parsed = parse(article, packs)
    parties = find_parties(parsed, article.title, Days(day, day), packs.parties)
    knowledge = Knowledge(german.frames, german.status, packs.parties, german.grammar, _nobody())
    return Passage(
        article.page,
        parsed,
        dateline,
        anchor_times(parsed, dateline, german.times),
        parties,
        find_quotes(parsed, parties, german.quotes),
        knowledge,
    )


def _nobody() -> Judges:
    """Judges who know nothing: the happenings are found before they are asked."""
    empty = Table(np.zeros(0, np.uint32), np.zeros((1, 1), np.int8))
    return Judges("", (), Margins(0, 0, 0), empty, empty)


def _shown(passage: Passage, event: Any, at: int) -> Row:
    evidence = [" ".join(span.of(passage.parse.text).split()) for span in event.evidence]
    actors, recipients = ([_party(p, p.text) for p in side] for side in (event.actors, event.recipients))
    return {"type": event.type, "evidence": evidence, "actors": actors, "recipients": recipients, "at": at}


def _party(party: Party | Participant, text: str) -> Row:
    return {"text": text, "name": party.name, "country": party.country, "kind": party.kind.value}


def _typed(type: str, features: Sequence[str]) -> list[str]:
    return [*features, *(f"{type}:{feature}" for feature in features)]


def _part_choice(stage: Stage, gold: Row, sides: Set[str], scorer: ModuleType) -> Choice:
    """Nobody, or one of the candidates; each party of the reader's is the closest candidate that agrees with it.

    Right is whom the reader has on one of the sides, and the rules do not have.
    """
    type, text = stage.told.event.type, stage.passage.parse.text
    ordered = sorted(stage.candidates, key=_closeness)
    names = [
        [_party(c.participant(stage.passage), c.participant(stage.passage).text)]
        + [_party(m, m.span.of(text)) for m in c.mentions if not m.members]
        for c in ordered
    ]
    right: dict[int, str] = {}
    for side in ("actors", "recipients"):
        for party in gold[side]:
            fits = [k for k, own in enumerate(names) if any(scorer.agree(party, name) for name in own)]
            free = [k for k in fits if k not in right]
            if free:
                right[free[0]] = side
    features = [_typed(type, nobody_features(stage)), *(_typed(type, part_features(stage, c)) for c in ordered)]
    open_to = [k + 1 for k, side in right.items() if side in sides and ordered[k].ruled is None]
    return Choice(features, open_to or [0])


def _closeness(candidate: Candidate) -> tuple[bool, int, int, str]:
    tie = candidate.tie
    return (candidate.ruled is None, tie.closeness if tie else 0, abs(tie.distance) if tie else 0, candidate.id)


def _day_choice(stage: Stage, gold: Row, scorer: ModuleType) -> Iterator[Choice]:
    """No day, or one of the times; nothing is learned where the reader's day is none that the times tell."""
    type, times = stage.told.event.type, times_of(stage)
    features = [_typed(type, undated_features(stage)), *(_typed(type, time_features(stage, t, times)) for t in times)]
    if gold["start"] or gold["end"]:
        found = [dated_by(stage.passage, time, stage.main.trigger.word).days for time in times]
        right = [k + 1 for k, days in enumerate(found) if scorer.same_dates(gold, _interval(days))]
    else:
        right = [0]
    if right:
        yield Choice(features, right)


def _interval(days: Days) -> Mapping[str, str | None]:
    first, last = (day.isoformat() if day else None for day in (days.first, days.last))
    return {"start": first, "end": last}


def write(given: Sequence[Lesson], path: Path) -> None:
    """The judges who have learned from these lessons."""
    actors = fitted([choice for one in given for choice in one.actors], PENALTY)
    recipients = fitted([choice for one in given for choice in one.recipients], PENALTY)
    days = fitted([choice for one in given for choice in one.days], PENALTY)
    types = _types([*actors, *days])
    parts = _by_type(actors, types, 0)
    for feature, cells in _by_type(recipients, types, 1 + len(types)).items():
        parts.setdefault(feature, {}).update(cells)
    stored = {
        "types": np.array(types),
        "margins": np.array([round(MARGINS[name] * SCALE) for name in Margins.__annotations__]),
        **stored_table("parts", parts),
        **stored_table("days", _by_type(days, types, 0)),
    }
    digest = hashlib.sha256(b"".join(stored[name].tobytes() for name in sorted(stored))).hexdigest()
    np.savez_compressed(path, version=np.array(f"judges-{digest[:8]}"), **stored)


def _types(features: Iterable[str]) -> list[str]:
    starts = {feature.partition(":")[0] for feature in features if ":" in feature}
    return sorted(start for start in starts if start.isupper())


def _by_type(weights: Mapping[str, float], types: Sequence[str], shift: int) -> Weighed:
    """Whole weights: a feature for all types in the first column, for one type in that type's."""
    out: Weighed = defaultdict(dict)
    for name, weight in weights.items():
        start, mark, rest = name.partition(":")
        typed = bool(mark) and start in types
        if whole := round(weight * SCALE):
            out[rest if typed else name][shift + (1 + types.index(start) if typed else 0)] = whole
    return out


if __name__ == "__main__":
    main()
